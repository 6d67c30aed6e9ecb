"""One moderator at a time: does the effect move with it, and what would a sceptic make of that?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.moderators.moderator import Moderator
from enthesis.domain.evidence.moderators.pool import ModeratedPool
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.statistics.bias import permutation_test_of_moderators
from enthesis.statistics.pooling import (
    MetaRegression,
    ScepticalCoefficient,
    meta_regression,
    sceptical_coefficient,
)

__all__ = ["ENOUGH", "FEWEST", "Fitted", "Point", "Tried", "try_moderator"]

# Below this many trials nothing is said of a moderator. Source: Cochrane Handbook 10.11.5.1, about ten per
# characteristic; the rule has no empirical ground, but none with fewer has one either.
ENOUGH = 10
# Below this many a line has hardly a degree of freedom left; not even an exploratory figure is shown.
FEWEST = 4
# A group needs this many trials before it is compared.
PER_GROUP = 2
# All orders of up to seven trials are taken.
PERMUTATIONS = 5040


@dataclass(frozen=True, slots=True)
class Point:
    """One trial: its value in steps, and its effect on the scale of the pool."""

    contrast: Contrast
    value: float
    y: float
    v: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The line through the trials.

    ``coefficient`` is the difference per step, with its Hartung-Knapp interval, never narrower than the
    normal one; ``sceptical`` what is left under a prior that doubts a difference of what patients notice,
    None where nobody agreed on that; ``p_holm`` is ``p_permutation`` raised for all moderators tried.
    """

    regression: MetaRegression
    coefficient: float
    ci: tuple[float, float]
    p_permutation: float
    smallest_p: float
    p_holm: float
    sceptical: ScepticalCoefficient | None


@dataclass(frozen=True, slots=True)
class Tried:
    """One moderator, tried: the trials that tell it, the line if there is one, and why nothing can be said.

    ``too_few`` is None only where enough trials tell the moderator; ``silent`` counts those that do not.
    """

    moderator: Moderator
    points: tuple[Point, ...]
    silent: int
    fitted: Fitted | None
    too_few: str | None


def try_moderator(pool: ModeratedPool, moderator: Moderator, rules: EvidenceRules) -> Tried:
    """One moderator in one pool, before the p-values are raised for all that were tried.

    Source: meta-regression: Thompson & Sharp 1999; t and F: Knapp & Hartung 2003, doi:10.1002/sim.1482;
        permutation: Higgins & Thompson 2004, doi:10.1002/sim.1752; prior: Spiegelhalter et al. 1994,
        doi:10.2307/2983527.
    """
    points = tuple(_points(pool, moderator, rules))
    silent = pool.k - len(points)
    none = _why_none(moderator, points)
    if none is not None:
        return Tried(moderator, points, silent, None, none)
    return Tried(moderator, points, silent, _fit(pool, points), _why_few(points))


def _points(pool: ModeratedPool, moderator: Moderator, rules: EvidenceRules) -> list[Point]:
    if pool.scale is None:
        return []
    effects = [(c, c.on[pool.scale.kind]) for c in pool.contrasts]
    told = [(c, moderator.read(c, rules), e) for c, e in effects]
    return [Point(c, value, e.y, e.v) for c, value, e in told if value is not None]


def _why_none(moderator: Moderator, points: Sequence[Point]) -> str | None:
    k, values = len(points), [p.value for p in points]
    if k == 0:
        return "no trial tells it"
    if len(set(values)) == 1:
        return "one trial tells it" if k == 1 else f"{_trials(k)} tell it, and are alike in it"
    if k < FEWEST:
        return f"{_trials(k)} tell it: too few for a line"
    two = sorted(set(values))
    if len(two) == 2 and min(values.count(x) for x in two) < PER_GROUP:
        zero, one = moderator.labels or [f"at {moderator.shown(x):.3g}" for x in two]
        first, second = values.count(two[0]), values.count(two[1])
        return f"{_trials(first)} {zero} against {_trials(second)} {one}: one trial is no group"
    return None


def _why_few(points: Sequence[Point]) -> str | None:
    k = len(points)
    if k >= ENOUGH:
        return None
    return f"too few to say: {_trials(k)} tell it, about {ENOUGH} are needed"


def _trials(k: int) -> str:
    return "one trial" if k == 1 else f"{k} trials"


def _fit(pool: ModeratedPool, points: Sequence[Point]) -> Fitted:
    y, v, x = (np.array([getattr(p, name) for p in points]) for name in ("y", "v", "value"))
    name = ["moderator"]
    regression = meta_regression(y, v, x[:, None], name, interval="hartung-knapp-floor")
    line = regression.coefficients[1]
    test = permutation_test_of_moderators(y, v, x[:, None], name, permutations=PERMUTATIONS)
    mcid = pool.scale.mcid if pool.scale else None
    return Fitted(
        regression=regression,
        coefficient=line.estimate,
        ci=line.ci,
        p_permutation=test.p[0],
        smallest_p=1.0 / test.permutations,
        p_holm=test.p[0],
        sceptical=sceptical_coefficient(line.estimate, line.se, unlikely=abs(mcid.value), df=regression.df)
        if mcid
        else None,
    )
