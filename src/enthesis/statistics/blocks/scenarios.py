"""One analysis over several stated correlations: what the unknown one does to the answer."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from enthesis.statistics.blocks.covariances import sampling_covariance
from enthesis.statistics.blocks.fit import fit
from enthesis.statistics.blocks.results import BlockFit
from enthesis.statistics.blocks.terms import Term

__all__ = ["Scenario", "over_correlations"]

#: Low, middle and high, as change-score correlations are varied elsewhere in this product.
CORRELATIONS = (0.3, 0.5, 0.7)


@dataclass(frozen=True, eq=False, slots=True)
class Scenario:
    """What the analysis says if effects of one trial correlate by ``rho``."""

    rho: float
    fit: BlockFit


def over_correlations(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    cluster: Sequence[Hashable],
    random: Sequence[Term],
    rhos: Sequence[float] = CORRELATIONS,
    method: str = "REML",
    interval: str = "wald",
    level: float = 0.95,
    intercept: bool = True,
) -> tuple[Scenario, ...]:
    """The model fitted once per stated correlation; arguments as for `fit` and `sampling_covariance`.

    Raises:
        InvalidData: As for `fit` and `sampling_covariance`.
        CannotEstimate: As for `fit`.
    """
    return tuple(
        Scenario(
            rho,
            fit(
                y,
                sampling_covariance(v, cluster, rho=rho),
                X,
                names,
                random=random,
                method=method,
                interval=interval,
                level=level,
                intercept=intercept,
            ),
        )
        for rho in rhos
    )
