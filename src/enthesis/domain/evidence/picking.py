"""What one row of a study says to one question: arms of each side, and the route to an effect.

Arms of one side are joined and a comparator is never counted twice. ``per_trial`` chooses among the rows.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from math import log

from enthesis.domain.evidence.integrity import Doubt
from enthesis.domain.evidence.questions import HARMS, Comparison, Question, comparisons
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import ArmFigures, Result, Study
from enthesis.domain.vocabulary import EVENT_OUTCOMES, Horizon, horizon_of

__all__ = ["Pick", "Route", "candidates", "read_pair", "readings"]


class Route(IntEnum):
    """How a row becomes an effect, best first; ``DIRECTION`` rows only tell which arm did better."""

    ARMS = 1
    CONTRAST = 2
    QUARTILES = 3
    PERCENT = 4
    EXACT_P = 5
    DIRECTION = 9


@dataclass(frozen=True, slots=True)
class Pick:
    """One row of one trial read for one question, with the arms of each side and why this row."""

    question: Question
    study: Study
    row: int
    of: tuple[str, ...]
    versus: tuple[str, ...]
    route: Route
    comparator: str
    background: tuple[str, ...]
    trace: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_suspect(self) -> bool:
        """True when a doubt keeps this row out of the primary pool."""
        return any(doubt.excludes for doubt in self.doubts)

    @property
    def result(self) -> Result:
        """The row itself."""
        return self.study.results[self.row]

    @property
    def winner(self) -> str | None:
        """Arm that did better by the source or its figures; None when neither did or it is unknown."""
        return _winner(self.result, self.of[0], self.versus[0])

    def size(self, arms: tuple[str, ...]) -> int | None:
        """People of these arms at the visit, else as allocated; None when neither is known."""
        counted = [_n(self.study, self.result, arm) for arm in arms]
        return None if None in counted else sum(counted)


def _n(study: Study, row: Result, arm: str) -> int | None:
    figures = row.figures_of(arm)
    return (figures.n if figures and figures.n else None) or study.arm(arm).n


def candidates(study: Study, rules: EvidenceRules) -> Iterator[Pick]:
    """Every row of a study that speaks to a question, with both sides joined where arms allow it."""
    for read in _read_rows(study, rules):
        if read:
            yield _best(read)


def readings(study: Study, rules: EvidenceRules) -> Iterator[Pick]:
    """Every row of a study by every route that it offers, not by its best one only."""
    for read in _read_rows(study, rules):
        yield from read


def _read_rows(study: Study, rules: EvidenceRules) -> Iterator[list[Pick]]:
    if not study.is_comparative:
        return
    sides: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
    for comparison in comparisons(study, rules):
        sides[comparison.intervention, comparison.comparator_class].append(comparison)
    for row_number, row in enumerate(study.results):
        if row.weeks == 0 or row.subgroup or not row.usable:
            continue
        for group in sides.values():
            yield list(_read(study, row_number, row, group))


def _best(read: list[Pick]) -> Pick:
    return min(read, key=lambda pick: pick.route)


def read_pair(study: Study, at: int, pair: Comparison) -> Pick | None:
    """One row read for two named arms, or None when it says nothing about them."""
    row = study.results[at]
    skip = row.weeks == 0 or row.subgroup or not row.usable
    read = [] if skip else list(_read(study, at, row, [pair]))
    return _best(read) if read else None


def _read(study: Study, at: int, row: Result, group: list[Comparison]) -> Iterator[Pick]:
    horizon = horizon_of(row.weeks, row.weeks_span)
    if horizon is None and row.outcome not in HARMS:
        return
    for route, of, versus in _routes(study, row, group):
        first = next(c for c in group if c.of in of and c.versus in versus)
        names = sorted({c.comparator for c in group if c.versus in versus})
        span = _span(row.outcome, horizon)
        question = Question(study.condition, first.intervention, first.comparator_class, row.outcome, span)
        yield Pick(question, study, at, of, versus, route, ", ".join(names), first.background)


def _span(outcome: str, horizon: Horizon | None) -> Horizon | None:
    return None if outcome in HARMS else horizon


def _routes(
    study: Study, row: Result, group: list[Comparison]
) -> Iterator[tuple[Route, tuple[str, ...], tuple[str, ...]]]:
    for route, complete in (
        (Route.ARMS, _has_figures),
        (Route.QUARTILES, _has_quartiles),
        (Route.PERCENT, _has_share),
    ):
        pairs = [c for c in group if complete(study, row, c.of) and complete(study, row, c.versus)]
        if pairs:
            yield route, *_joined(pairs)
            break
    contrast = row.contrast
    for c in group:
        if contrast is not None and {contrast.of, contrast.versus} == {c.of, c.versus}:
            yield _route_of_contrast(study, row, c), (c.of,), (c.versus,)
        elif _difference(row.figures_of(c.of), row.figures_of(c.versus)):
            yield Route.DIRECTION, (c.of,), (c.versus,)


def _joined(pairs: list[Comparison]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides of all pairs, when each arm of one side stands against each of the other; else one pair."""
    of, versus = tuple(dict.fromkeys(c.of for c in pairs)), tuple(dict.fromkeys(c.versus for c in pairs))
    return (of, versus) if len(pairs) == len(of) * len(versus) else ((pairs[0].of,), (pairs[0].versus,))


def _has_figures(study: Study, row: Result, arm: str) -> bool:
    f = row.figures_of(arm)
    if f is None or not _n(study, row, arm):
        return False
    if row.outcome in EVENT_OUTCOMES:
        return f.events is not None
    return (
        f.mean is not None
        and any(x is not None for x in (f.sd, f.se, f.ci))
        and (_n(study, row, arm) or 0) > 1
    )


def _has_quartiles(study: Study, row: Result, arm: str) -> bool:
    f = row.figures_of(arm)
    return f is not None and bool(_n(study, row, arm)) and None not in (f.median, f.q1, f.q3) and f.q1 != f.q3


def _has_share(study: Study, row: Result, arm: str) -> bool:
    f = row.figures_of(arm)
    return (
        row.outcome in EVENT_OUTCOMES
        and f is not None
        and bool(_n(study, row, arm))
        and (f.percent is not None or f.events is not None)
    )


def _route_of_contrast(study: Study, row: Result, c: Comparison) -> Route:
    contrast = row.contrast
    has_estimate = contrast.estimate is not None and (contrast.ci or contrast.se)
    poolable = {"MD", "SMD"} if row.outcome not in EVENT_OUTCOMES else set()
    if has_estimate and contrast.measure in poolable | {"RR", "OR", "HR"}:
        return Route.CONTRAST
    known_sizes = _n(study, row, c.of) and _n(study, row, c.versus)
    exact = contrast.p is not None and contrast.p.relation == "=" and 0 < contrast.p.value < 1
    if (
        exact
        and known_sizes
        and row.outcome not in EVENT_OUTCOMES
        and _winner(row, c.of, c.versus) is not None
    ):
        return Route.EXACT_P
    return Route.DIRECTION


def _winner(row: Result, of: str, versus: str) -> str | None:
    """Arm that did better by the source, the estimate or the figures; None when unknown or neither."""
    c = row.contrast if row.contrast and {row.contrast.of, row.contrast.versus} == {of, versus} else None
    if c is not None and c.favours is not None:
        return None if c.favours == "neither" else c.favours
    if c is not None and c.estimate is not None:
        of, versus, difference = c.of, c.versus, log(c.estimate) if c.is_ratio else c.estimate
    else:
        difference = _difference(row.figures_of(of), row.figures_of(versus))
    if not difference:
        return None
    return of if (difference < 0) == (row.better == "lower") else versus


def _difference(a: ArmFigures | None, b: ArmFigures | None) -> float | None:
    if a is None or b is None:
        return None
    for name in ("mean", "median", "percent"):
        x, y = getattr(a, name), getattr(b, name)
        if x is not None and y is not None:
            return x - y
    return None
