"""What meta-regression answers with."""

from dataclasses import dataclass

from enthesis.statistics.pooling.results import Caveat, Certificate

__all__ = ["Coefficient", "Heterogeneity", "MetaRegression", "ModeratorTest", "PredictedEffect"]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What one unit more of a moderator does to the effect."""

    name: str
    estimate: float
    se: float
    statistic: float
    p: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """What the moderators leave unexplained.

    Attributes:
        q: Weighted residual sum of squares at tau2 = 0.
        df: Its degrees of freedom, k - p.
        p: Its p-value.
        tau2: Residual between-study variance, in y's unit squared.
        tau2_ci: Its Q-profile interval.
        tau2_se: Its large-sample standard error, a guide only; None for a common effect.
        i2: Share of the residual variance that lies between studies, 0-1.
        h2: Residual total over typical sampling variance.
    """

    q: float
    df: int
    p: float
    tau2: float
    tau2_ci: tuple[float, float]
    tau2_se: float | None
    i2: float
    h2: float


@dataclass(frozen=True, slots=True)
class ModeratorTest:
    """Test of all moderators together, without the intercept.

    Attributes:
        statistic: Chi-square, or F.
        df: Number of moderators tested.
        residual_df: k - p for F; None for chi-square.
        p: p-value.
    """

    statistic: float
    df: int
    residual_df: int | None
    p: float


@dataclass(frozen=True, slots=True)
class PredictedEffect:
    """The mean effect at given moderators, and where a new study there is expected."""

    mu: float
    se: float
    ci: tuple[float, float]
    prediction_interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class MetaRegression:
    """A random-effects regression of effects on moderators.

    Attributes:
        coefficients: In the order of the design, the intercept first where there is one.
        covariance: Of the coefficients, (p, p), under ``ci_method``.
        moderators: Test of all of them together.
        residual: The heterogeneity they leave.
        r2: Share of tau2 that they explain, 0-1; None without an intercept, or with nothing to explain.
        k: Number of studies.
        level: Coverage of every interval here.
        method: Estimator of tau2.
        ci_method: How intervals were built, as used.
        df: Degrees of freedom of t; None for a normal distribution.
        certificate: How tau2 was found.
        caveats: Doubts that the reader must see.
    """

    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    moderators: ModeratorTest
    residual: Heterogeneity
    r2: float | None
    k: int
    level: float
    method: str
    ci_method: str
    df: int | None
    certificate: Certificate
    caveats: tuple[Caveat, ...]

    @property
    def tau2(self) -> float:
        """Residual between-study variance."""
        return self.residual.tau2

    @property
    def tau2_ci(self) -> tuple[float, float]:
        """Q-profile interval of the residual between-study variance."""
        return self.residual.tau2_ci

    @property
    def converged(self) -> bool:
        """tau2 was found."""
        return self.certificate.converged
