"""What every regression test of funnel-plot asymmetry answers with."""

from dataclasses import dataclass

from enthesis.statistics.bias.critical import confidence_interval, p_value
from enthesis.statistics.bias.weighted_line import WeightedLine
from enthesis.statistics.pooling.results import Caveat

__all__ = ["AsymmetryTest"]


@dataclass(frozen=True, slots=True)
class AsymmetryTest:
    """Regression of effect on a measure of study size: a slope other than 0 is asymmetry.

    Attributes:
        test: Name of the test.
        variant: "classical" (dispersion multiplies the variances), "random-effects" (tau2 is added) or
            "three-level, CR2" (dependent effects).
        predictor: What the effects were regressed on.
        slope: Change of effect per unit of the predictor; Egger's "bias" when that is the standard error.
        se: Standard error of the slope.
        statistic: slope / se; t with ``df`` degrees of freedom, normal if ``df`` is None.
        df: Degrees of freedom; a fraction for CR2 errors.
        p: Two-sided p-value of slope = 0.
        limit: Effect predicted for an infinitely large study; None if the predictor grows with size.
        limit_ci: Its confidence interval at ``level``.
        level: Coverage of that interval.
        tau2: Residual variance of true effects; None in the classical variant.
        k: Number of effects.
        caveats: Doubts that the reader must see.
    """

    test: str
    variant: str
    predictor: str
    slope: float
    se: float
    statistic: float
    df: float | None
    p: float
    limit: float | None
    limit_ci: tuple[float, float] | None
    level: float
    tau2: float | None
    k: int
    caveats: tuple[Caveat, ...]

    @classmethod
    def from_line(
        cls,
        line: WeightedLine,
        *,
        test: str,
        predictor: str,
        level: float,
        limit: bool,
        caveats: tuple[Caveat, ...],
    ) -> "AsymmetryTest":
        """The classical test that a weighted line gives."""
        t = line.slope / line.se_slope
        limit_ci = confidence_interval(line.intercept, line.se_intercept, level, line.df)
        return cls(
            test=test,
            variant="classical",
            predictor=predictor,
            slope=line.slope,
            se=line.se_slope,
            statistic=t,
            df=line.df,
            p=p_value(t, line.df),
            limit=line.intercept if limit else None,
            limit_ci=limit_ci if limit else None,
            level=level,
            tau2=None,
            k=line.df + 2,
            caveats=caveats,
        )
