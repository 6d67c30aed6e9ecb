"""Profile-likelihood intervals of variances and correlations."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.blocks.climb import climb
from enthesis.statistics.blocks.likelihood import curves, log_likelihood, split
from enthesis.statistics.blocks.results import BlockFit
from enthesis.statistics.blocks.search import bounds
from enthesis.statistics.blocks.structures import Part
from enthesis.statistics.distributions import chdtri
from enthesis.statistics.pooling.data import Array, check_level

__all__ = ["ComponentInterval", "profile_intervals"]

#: Doublings of a standard deviation before the likelihood is declared to have no upper bound: a million
#: times, beyond which the sampling variances drown in rounding.
MAX_DOUBLINGS = 20

#: Relative precision of a bound, on the scale of standard deviations or correlations.
PRECISION = 1e-10


@dataclass(frozen=True, slots=True)
class ComponentInterval:
    """What the likelihood allows for one component.

    Attributes:
        name: As in the model's components.
        value: Estimate.
        ci: Interval at ``level``; an end at the end of the range means that it is not rejected.
        level: Coverage, by the chi-square with one degree of freedom.
    """

    name: str
    value: float
    ci: tuple[float, float]
    level: float


def profile_intervals(fitted: BlockFit, *, level: float | None = None) -> tuple[ComponentInterval, ...]:
    """Where each component may lie: all others are estimated anew at every value tried.

    The interval is the stretch around the estimate in which the profile log-likelihood stays within half the
    chi-square quantile of its maximum. On a boundary its true coverage is above the nominal one.

    Args:
        fitted: What `fit` gave.
        level: Coverage; the model's if left out.

    Raises:
        CannotEstimate: The likelihood never falls far enough, or the model did not converge.

    Source: Hardy & Thompson 1996, doi:10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A;
        Venzon & Moolgavkar 1988, doi:10.2307/2347496.
    """
    if not fitted.converged:
        raise CannotEstimate("The model did not converge, so its likelihood cannot be profiled.")
    level = check_level(fitted.level if level is None else level)
    model, restricted = fitted.model, fitted.method == "REML"
    top = log_likelihood(model, fitted.theta, restricted=restricted)
    cut = top - 0.5 * float(chdtri(1, 1.0 - level))
    return tuple(
        _interval(fitted, index, part, shown, cut, level)
        for index, (structure, own) in enumerate(
            zip(model.structures, split(model, fitted.theta), strict=True)
        )
        for part, shown in enumerate(structure.parts(own))
    )


def _interval(
    fitted: BlockFit, index: int, part: int, shown: Part, cut: float, level: float
) -> ComponentInterval:
    """One component, on a scale where its profile is smooth: standard deviation or correlation."""
    profile = _Profile(fitted, index, part, shown.kind == "variance")
    centre, low, high = profile.scale(shown.value), profile.scale(shown.low), profile.scale(shown.high)

    def excess(x: float) -> float:
        return profile(x) - cut

    if np.isinf(high):
        high = _beyond(excess, centre, shown.name)
    ends = tuple(profile.unscale(_end(excess, centre, end)) for end in (low, high))
    unit = fitted.model.unit**2 if profile.is_variance else 1.0
    return ComponentInterval(shown.name, shown.value * unit, (ends[0] * unit, ends[1] * unit), level)


def _beyond(excess: Callable[[float], float], centre: float, name: str) -> float:
    """A standard deviation that the likelihood rejects."""
    x = 2.0 * centre + 1.0
    for _ in range(MAX_DOUBLINGS):
        if excess(x) < 0.0:
            return x
        x *= 2.0
    raise CannotEstimate(f"The likelihood does not bound {name} from above; there are too few studies.")


def _end(excess: Callable[[float], float], inside: float, outside: float) -> float:
    """Where the profile meets the cut, or the end of the range where it never does.

    scipy.optimize is loaded at its first use.
    """
    from scipy.optimize import brentq

    if inside == outside or excess(outside) >= 0.0:
        return outside
    precision = PRECISION * (abs(inside) + abs(outside))
    return float(brentq(excess, inside, outside, xtol=precision, rtol=PRECISION))


@dataclass(eq=False, slots=True)
class _Profile:
    """Log-likelihood with one part fixed and all else estimated anew.

    Every value is climbed to from the estimates and from the last value's nuisance parameters; the higher
    summit counts.
    """

    fitted: BlockFit
    index: int
    part: int
    is_variance: bool
    last: Array | None = None

    def __call__(self, x: float) -> float:
        """The profile at a standard deviation or correlation."""
        model, own = self.fitted.model, split(self.fitted.model, self.fitted.theta)
        held, own[self.index] = model.structures[self.index].hold(self.part, self.unscale(x), own[self.index])
        model = model.with_structure(self.index, held)
        lower, upper = bounds(model)
        evaluate = partial(curves, model, restricted=self.fitted.method == "REML")
        starts = [np.concatenate(own), *([] if self.last is None else [self.last])]
        best = max(
            (climb(evaluate, np.clip(start, lower, upper), lower, upper) for start in starts),
            key=lambda summit: summit.curves.value,
        )
        self.last = best.theta
        return best.curves.value

    def scale(self, value: float) -> float:
        """The value as this profile takes it."""
        return float(np.sqrt(value)) if self.is_variance else value

    def unscale(self, x: float) -> float:
        """The reverse of `scale`."""
        return x * x if self.is_variance else x
