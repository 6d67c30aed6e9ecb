"""What pooling answers with: one frozen value that carries all a reader needs to trust it."""

from dataclasses import dataclass

__all__ = ["Caveat", "Certificate", "PooledEffect"]


@dataclass(frozen=True, slots=True)
class Caveat:
    """A doubt that does not stop the answer but must reach the reader."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """How the between-study variance was found, and how far the answer can be trusted.

    Attributes:
        converged: The estimate was found; for a likelihood, also proved to be the global optimum.
        iterations: Newton steps taken (0 for a closed form).
        score: What is left of the estimating equation at the answer, free of units; 0 is perfect.
        boundary: The estimate lies on the boundary tau2 = 0.
        roots: Stationary points (likelihood) or solutions (moments) on tau2 > 0.
    """

    converged: bool
    iterations: int
    score: float
    boundary: bool
    roots: int


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """The pooled effect of k studies, its doubt, and what a new setting may show.

    Proportions are 0-1. ``None`` means that the data cannot answer (one study has no tau2), and a
    caveat then says so.

    Attributes:
        mu: Pooled effect, in the unit of y.
        se: Standard error of mu under ``ci_method``.
        statistic: mu / se; normal if ``df`` is None, else t with ``df`` degrees of freedom.
        p: Two-sided p-value of mu = 0.
        ci: Confidence interval of mu at ``level``.
        level: Coverage of every interval here.
        tau2: Between-study variance, in y's unit squared; 0 for a common effect.
        tau2_ci: Its Q-profile interval.
        tau2_se: Its large-sample standard error, a guide only; None for a common effect.
        q: Cochran's Q.
        q_df: Its degrees of freedom, k - 1.
        q_p: Its p-value.
        i2: Share of the total variance that lies between studies, 0-1.
        h2: Total over typical sampling variance.
        prediction_interval: Where the true effect of a new, similar study is expected at ``level``,
            with the standard error of ``ci_method``; None for a common effect.
        prediction_df: Degrees of freedom behind it; None for a normal one.
        prediction_distribution: "normal", "t-k-minus-1" or "t-k-minus-2".
        k: Number of studies.
        weights: Share of each study in mu, in the order given; they sum to 1.
        method: Estimator of tau2, as asked for.
        ci_method: "wald", "wald-t", "hartung-knapp" or "hartung-knapp-floor", as used.
        df: Degrees of freedom of ci and p; None for a normal distribution.
        converged: Short for ``certificate.converged``.
        certificate: How tau2 was found.
        caveats: Doubts that the reader must see.
    """

    mu: float
    se: float
    statistic: float
    p: float
    ci: tuple[float, float]
    level: float
    tau2: float | None
    tau2_ci: tuple[float, float] | None
    tau2_se: float | None
    q: float | None
    q_df: int
    q_p: float | None
    i2: float | None
    h2: float | None
    prediction_interval: tuple[float, float] | None
    prediction_df: int | None
    prediction_distribution: str | None
    k: int
    weights: tuple[float, ...]
    method: str
    ci_method: str
    df: int | None
    converged: bool
    certificate: Certificate
    caveats: tuple[Caveat, ...]
