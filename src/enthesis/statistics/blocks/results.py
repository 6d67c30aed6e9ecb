"""What a block model answers with."""

from dataclasses import dataclass, field

from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.blocks.structures import Kind
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood_fit import FitStatistics
from enthesis.statistics.pooling.regression_results import Coefficient, ModeratorTest
from enthesis.statistics.pooling.results import Caveat

__all__ = ["BlockCertificate", "BlockFit", "Component", "Residual"]


@dataclass(frozen=True, slots=True)
class Component:
    """One variance or correlation of the random effects.

    Attributes:
        term: Set of random effects it belongs to: "study", "study/effect", "outer".
        name: "sigma2[study]", "tau2[26]", "rho[pain,function]".
        kind: "variance" (in y's unit squared) or "correlation" (CAR: per unit of time).
        value: Estimate.
        boundary: It lies at the end of its range.
    """

    term: str
    name: str
    kind: Kind
    value: float
    boundary: bool


@dataclass(frozen=True, slots=True)
class BlockCertificate:
    """How the components were found, and how far the answer can be trusted.

    Attributes:
        converged: The best point is a local maximum by its exact curvature.
        gradient: Largest slope of the log-likelihood there, per component in its own size; a bound that
            holds a component counts 0.
        gain: What one more Newton step would promise, in log-likelihood.
        curvature: Smallest curvature of the log-likelihood per component in its own size; near 0 it is flat.
        starts: Starting points tried.
        iterations: Newton steps in all.
        optima: Distinct local maxima reached from them.
        boundary: Names of the components on the boundary.
    """

    converged: bool
    gradient: float
    gain: float
    curvature: float
    starts: int
    iterations: int
    optima: int
    boundary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Residual:
    """Test of residual heterogeneity: the weighted residual sum of squares without random effects."""

    q: float
    df: int
    p: float


@dataclass(frozen=True, eq=False, slots=True)
class BlockFit:
    """Dependent effects, pooled or regressed on moderators.

    Attributes:
        coefficients: In the order of the design, the intercept first where there is one.
        covariance: Of the coefficients, (p, p), if the model's covariances are right; see `robust`.
        components: Variances and correlations of the random effects.
        residual: Heterogeneity that the moderators leave.
        moderators: Test of all coefficients but the intercept; of the intercept where it is alone.
        ml: Log-likelihood and criteria at the estimates.
        reml: The same of the error contrasts; compares only models with the same design.
        k: Number of effects.
        n_blocks: Number of independent blocks.
        level: Coverage of every interval here.
        method: "REML" or "ML".
        ci_method: "wald" or "wald-t".
        df: Degrees of freedom of t; None for a normal distribution.
        certificate: How the components were found.
        caveats: Doubts that the reader must see.
        model: The data as laid out, for `robust`, `ranef` and `profile_intervals`.
        theta: Parameters behind the components, scaled, (q,).
    """

    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    components: tuple[Component, ...]
    residual: Residual
    moderators: ModeratorTest
    ml: FitStatistics
    reml: FitStatistics
    k: int
    n_blocks: int
    level: float
    method: str
    ci_method: str
    df: int | None
    certificate: BlockCertificate
    caveats: tuple[Caveat, ...]
    model: BlockModel = field(repr=False)
    theta: Array = field(repr=False)

    @property
    def converged(self) -> bool:
        """Short for ``certificate.converged``."""
        return self.certificate.converged

    def component(self, name: str) -> Component:
        """The component of this name.

        Raises:
            KeyError: There is none.
        """
        for one in self.components:
            if one.name == name:
                return one
        raise KeyError(
            f"No component is called {name!r}; there are {', '.join(c.name for c in self.components)}."
        )
