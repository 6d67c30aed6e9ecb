"""Selection models: the pooled effect if studies were seen with a chance that depends on their p-value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.critical import confidence_interval
from enthesis.statistics.bias.selection_fit import LARGEST_DELTA, SelectionFit, maximise_selection
from enthesis.statistics.bias.selection_likelihood import SelectionLikelihood, SmoothSelection, StepSelection
from enthesis.statistics.bias.selection_weights import SMOOTH_WEIGHTS
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.pooling import pool_batch
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["SelectionModel", "selection_model"]

_KINDS = ("steps", *SMOOTH_WEIGHTS)
_LOWEST_STEP_WEIGHT = 1e-5
# Carter et al. 2019, doi:10.1177/2515245919847196, studied selection models from 10 studies upwards.
_MINIMUM_K = 10
# What is left of the derivatives, in scaled units; converged fits leave 1e-6 or less.
_LARGEST_SCORE = 1e-4
# With three or fewer studies in an interval its weight rests on next to nothing.
_FEW_IN_INTERVAL = 3


@dataclass(frozen=True, slots=True)
class SelectionModel:
    """Pooled effect adjusted for selection by p-value, and the selection itself.

    Attributes:
        kind: "steps", "beta", "half-normal", "negative-exponential", "logistic" or "power".
        favours: Direction that is favoured by selection, "greater" or "less".
        steps: One-sided p-values at which the weight changes; empty for the smooth kinds.
        mu: Adjusted mean effect.
        se: Its standard error from the observed information; None where that is singular.
        ci: Its Wald interval at ``level``; None with ``se``.
        tau2: Adjusted between-study variance.
        tau2_se: Its standard error; None on the boundary.
        delta: Selection parameters. For steps: chance of being seen relative to the interval of smallest
            p-values, one for each later interval.
        delta_se: Their standard errors; None on a bound.
        log_likelihood: Of the selection model.
        log_likelihood_unadjusted: Of the random-effects model without selection, by maximum likelihood.
        statistic: Likelihood-ratio statistic of "no selection".
        df: Its degrees of freedom.
        p: Its p-value.
        unadjusted: Mean effect without selection, by maximum likelihood.
        level: Coverage of the interval.
        k: Number of studies.
        in_interval: Studies in each interval of p-values; empty for the smooth kinds.
        score: Largest derivative left, in scaled units; 0 is perfect.
        caveats: Doubts that the reader must see.
    """

    kind: str
    favours: str
    steps: tuple[float, ...]
    mu: float
    se: float | None
    ci: tuple[float, float] | None
    tau2: float
    tau2_se: float | None
    delta: tuple[float, ...]
    delta_se: tuple[float | None, ...]
    log_likelihood: float
    log_likelihood_unadjusted: float
    statistic: float
    df: int
    p: float
    unadjusted: float
    level: float
    k: int
    in_interval: tuple[int, ...]
    score: float
    caveats: tuple[Caveat, ...]


def selection_model(
    y: ArrayLike,
    v: ArrayLike,
    *,
    favours: str,
    kind: str = "steps",
    steps: tuple[float, ...] = (0.025,),
    level: float = 0.95,
    minimum_k: int = _MINIMUM_K,
    minimum_in_interval: int = 1,
) -> SelectionModel:
    """Mean effect of all studies, when the chance of being seen depends on the one-sided p-value.

    The default, one step at 0.025, is the three-parameter selection model.

    Args:
        y: Effect of each study, shape (k,), on one additive scale with 0 as no effect.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        favours: Direction that gets studies seen: "greater" (positive effects) or "less".
        kind: Weight function: "steps" or one of the smooth ones.
        steps: One-sided p-values where the weight changes, rising, in (0, 1); for "steps" only.
        level: Coverage of the interval.
        minimum_k: Refuse below this many studies; lower it only to validate the code.
        minimum_in_interval: Refuse when an interval of p-values holds fewer; lower it only to validate.

    When it misleads: with few studies the estimates are wild and intervals too short; it believes that
    selection works on the p-value of exactly this outcome, and that effects would else be normal around one
    mean. Read it as "how far could selection move the answer", never as the corrected answer.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Too few studies, or an interval of p-values without studies.

    Source: Vevea & Hedges 1995, doi:10.1007/BF02294384; smooth kinds: see ``SMOOTH_WEIGHTS``.
    """
    y, v = check_effects(y, v)
    check_level(level)
    _check_options(kind, favours, steps)
    selection, lowest = _selection(kind, steps)
    _check_enough(len(y), 2 + len(lowest), minimum_k)
    sign = 1.0 if favours == "greater" else -1.0
    counts = _count_intervals(selection, sign * y / np.sqrt(v), minimum_in_interval)
    plain = pool_batch(y[None], v[None], method="ML", interval="wald")
    mu, tau2 = float(plain.mu[0]), float(plain.tau2[0])
    likelihood = SelectionLikelihood(sign * y, v, selection)
    fit = maximise_selection(likelihood, sign * mu, tau2, lowest)
    unadjusted = _normal_log_likelihood(y, v, mu, tau2)
    return _assemble(fit, sign, kind, favours, steps, mu, unadjusted, level, len(y), counts)


def _selection(kind: str, steps: tuple[float, ...]) -> tuple[StepSelection | SmoothSelection, Array]:
    if kind == "steps":
        return StepSelection(tuple(steps)), np.full(len(steps), _LOWEST_STEP_WEIGHT)
    weight = SMOOTH_WEIGHTS[kind]
    return SmoothSelection.of(weight), np.array(weight.lowest)


def _count_intervals(selection: StepSelection | SmoothSelection, z: Array, minimum: int) -> tuple[int, ...]:
    if isinstance(selection, SmoothSelection):
        return ()
    edges = (0.0, *selection.steps, 1.0)
    counts = np.bincount(selection.interval(z), minlength=len(edges) - 1)
    for i in np.flatnonzero(counts < minimum):
        raise CannotEstimate(
            f"{counts[i]} studies have a one-sided p-value between {edges[i]:g} and {edges[i + 1]:g}; "
            f"at least {minimum} must, for their chance of being seen to be estimated. Choose other steps."
        )
    return tuple(int(n) for n in counts)


def _normal_log_likelihood(y: Array, v: Array, mu: float, tau2: float) -> float:
    total = v + tau2
    return float(-(np.log(2 * np.pi * total) + (y - mu) ** 2 / total).sum() / 2)


def _assemble(
    fit: SelectionFit, sign: float, kind: str, favours: str, steps: tuple[float, ...], unadjusted: float,
    log_likelihood_unadjusted: float, level: float, k: int, counts: tuple[int, ...],
) -> SelectionModel:  # fmt: skip
    mu, tau2, delta = sign * fit.theta[0], fit.theta[1], fit.theta[2:]
    se, tau2_se, *delta_se = (float(s) if np.isfinite(s) else None for s in fit.se)
    statistic = max(0.0, 2 * (fit.log_likelihood - log_likelihood_unadjusted))
    return SelectionModel(
        kind=kind,
        favours=favours,
        steps=tuple(steps) if kind == "steps" else (),
        mu=float(mu),
        se=se,
        ci=None if se is None else confidence_interval(float(mu), se, level, None),
        tau2=float(tau2),
        tau2_se=tau2_se,
        delta=tuple(delta.tolist()),
        delta_se=tuple(delta_se),
        log_likelihood=fit.log_likelihood,
        log_likelihood_unadjusted=log_likelihood_unadjusted,
        statistic=statistic,
        df=len(delta),
        p=float(chdtrc(len(delta), statistic)),
        unadjusted=unadjusted,
        level=level,
        k=k,
        in_interval=counts,
        score=fit.score,
        caveats=_caveats(fit, sign, se, k, counts),
    )


def _caveats(
    fit: SelectionFit, sign: float, se: float | None, k: int, counts: tuple[int, ...]
) -> tuple[Caveat, ...]:
    found = [
        Caveat(
            "selection-model-is-a-scenario",
            "The adjusted effect holds only if studies were selected in the way this model assumes.",
        )
    ]
    if fit.rivals:
        means = ", ".join(f"{sign * mu:.3g}" for mu in fit.rivals)
        found.append(
            Caveat("several-tops", f"The data fit almost as well with quite another mean ({means}).")
        )
    if (fit.theta[2:] >= LARGEST_DELTA).any():
        found.append(
            Caveat(
                "selection-at-bound", f"A selection parameter ran to its largest value, {LARGEST_DELTA:g}."
            )
        )
    if fit.theta[1] == 0:
        found.append(Caveat("tau2-on-boundary", "The between-study variance was estimated as 0."))
    if counts and min(counts) <= _FEW_IN_INTERVAL:
        found.append(Caveat("few-in-interval", f"One interval of p-values holds only {min(counts)} studies."))
    if fit.score > _LARGEST_SCORE:
        found.append(
            Caveat("not-converged", f"The best fit leaves a slope of {fit.score:.1g}; no top was found.")
        )
    if se is None:
        found.append(
            Caveat("no-standard-error", "The likelihood is flat at its top; no interval can be given.")
        )
    if k < 30:
        found.append(Caveat("few-studies", f"Selection models are unstable with few studies; there are {k}."))
    return tuple(found)


def _check_enough(k: int, parameters: int, minimum_k: int) -> None:
    if k < parameters:
        raise CannotEstimate(
            f"This selection model has {parameters} parameters; {k} studies cannot carry it."
        )
    if k < minimum_k:
        raise CannotEstimate(
            f"A selection model needs at least {minimum_k} studies; {k} given. How it behaves with fewer "
            "has not been studied (Carter et al. 2019, doi:10.1177/2515245919847196)."
        )


def _check_options(kind: str, favours: str, steps: tuple[float, ...]) -> None:
    faults = []
    if kind not in _KINDS:
        faults.append(Fault(f"{kind!r} is unknown;", "kind", f"give one of {', '.join(_KINDS)}."))
    if favours not in ("greater", "less"):
        faults.append(Fault(f"{favours!r} is no direction;", "favours", "give greater or less."))
    rising = all(a < b for a, b in zip((0.0, *steps), (*steps, 1.0), strict=True))
    if kind == "steps" and not (steps and rising):
        faults.append(Fault(f"{steps!r} are no steps;", "steps", "give rising p-values between 0 and 1."))
    if faults:
        raise InvalidData(faults)
