"""What a network meta-analysis answers with."""

from dataclasses import dataclass

from enthesis.statistics.pooling.results import Caveat, Certificate

__all__ = ["Comparison", "DesignQ", "Heterogeneity", "InconsistencyTest", "QDecomposition"]

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One treatment against another, from all the evidence that links them.

    Attributes:
        treatment: What is looked at.
        comparator: What it is compared with; the effect is treatment less comparator.
        estimate: Effect; a logarithm for OR and RR.
        se: Its standard error.
        statistic: estimate / se.
        p: Two-sided p-value of no effect.
        ci: Confidence interval.
        prediction_interval: Where the true effect of a new, similar trial is expected; None where tau2 is
            unknown or taken as 0.
        k: Trials that compare the two directly.
        evidence: "direct", "indirect" or "mixed".
    """

    treatment: str
    comparator: str
    estimate: float
    se: float
    statistic: float
    p: float
    ci: Pair
    prediction_interval: Pair | None
    k: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """How much trials of one comparison differ, one tau2 for the whole part of the network.

    ``None`` means that the data cannot answer: no comparison is repeated.

    Attributes:
        tau2: Between-trial variance of every comparison, in y's unit squared; 0 for a common effect.
        tau2_ci: Its Q-profile interval.
        tau2_se: Its large-sample standard error, a guide only.
        q: Weighted residual sum of squares about the consistency model at tau2 = 0.
        q_df: Its degrees of freedom, contrasts less effects.
        q_p: Its p-value.
        i2: Share of the total variance that lies between trials, 0-1.
        h2: Total over typical sampling variance.
        log_likelihood: Of the contrasts at the fit.
        restricted_log_likelihood: Of the error contrasts, without the term of X'X.
    """

    tau2: float | None
    tau2_ci: Pair | None
    tau2_se: float | None
    q: float | None
    q_df: int
    q_p: float | None
    i2: float | None
    h2: float | None
    log_likelihood: float
    restricted_log_likelihood: float


@dataclass(frozen=True, slots=True)
class DesignQ:
    """How much the trials of one design differ among themselves."""

    design: tuple[str, ...]
    k: int
    q: float
    df: int
    p: float | None


@dataclass(frozen=True, slots=True)
class QDecomposition:
    """Cochran's Q of a network, parted; p is None where there are no degrees of freedom.

    Attributes:
        total: About the consistency model.
        within_designs: Between trials that compared the same treatments: heterogeneity.
        between_designs: What remains: designs that disagree, inconsistency.
        by_design: The part of each design in ``within_designs``.
    """

    total: float
    df_total: int
    p_total: float | None
    within_designs: float
    df_within: int
    p_within: float | None
    between_designs: float
    df_between: int
    p_between: float | None
    by_design: tuple[DesignQ, ...]


@dataclass(frozen=True, slots=True)
class InconsistencyTest:
    """Whether designs disagree beyond heterogeneity: Wald test of all design-by-treatment interactions.

    Attributes:
        statistic: Chi-square.
        df: Independent ways in which designs could disagree.
        p: p-value.
        tau2: Between-trial variance inside designs; 0 for a common effect, or where it is unknown.
        certificate: How it was found.
        caveats: Doubts that the reader must see.
    """

    statistic: float
    df: int
    p: float
    tau2: float
    certificate: Certificate
    caveats: tuple[Caveat, ...]
