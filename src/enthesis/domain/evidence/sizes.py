"""Effect of each picked row on every scale it can stand on, with the caveats of each conversion.

Continuous effects are turned so that a positive value is better for the intervention. Ratios (risk, odds,
hazard) stay as logarithms of intervention over comparator; whether more is better is the question's matter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.picking import Pick, Route
from enthesis.domain.evidence.questions import better_events
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import ArmFigures, PrintedContrast
from enthesis.domain.vocabulary import EVENT_OUTCOMES
from enthesis.statistics import conversions, effects

__all__ = ["Contrast", "Effect", "ScaleKind", "Side", "measure"]


class ScaleKind(StrEnum):
    """Scale on which effects of one question meet."""

    POINTS = "points"
    """Points of an instrument stretched to 0-100."""
    SMD = "smd"
    """Hedges' g: differences in standard deviations."""
    NATIVE = "native"
    """The unit of the one instrument all trials share."""
    RATIO = "ratio"
    """Logarithm of a ratio of risks, odds or hazards."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Effect and sampling variance on one scale."""

    y: float
    v: float


@dataclass(frozen=True, slots=True)
class Side:
    """People of one side of a contrast, and how many had the event where events are counted."""

    n: int | None
    events: int | None = None
    mean: float | None = None
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """What one trial says to one question. No scale at all means that only its direction is known.

    ``sd_points`` is the spread of the trial's patients in points of 0-100, where it is known.
    """

    pick: Pick
    of: Side
    versus: Side
    on: Mapping[ScaleKind, Effect] = field(default_factory=dict)
    ratio_measure: str | None = None
    sd_points: float | None = None
    caveats: tuple[str, ...] = ()
    assessment: Assessment | None = None

    @property
    def n(self) -> int | None:
        """People of both sides; None when a side's size is unknown."""
        return None if self.of.n is None or self.versus.n is None else self.of.n + self.versus.n


@dataclass(slots=True)
class _Draft:
    """A contrast in the making."""

    pick: Pick
    of: Side
    versus: Side
    on: dict[ScaleKind, Effect] = field(default_factory=dict)
    caveats: list[str] = field(default_factory=list)
    ratio_measure: str | None = None
    sd_points: float | None = None

    @property
    def sign(self) -> float:
        """+1 when higher values are better, so that positive comes to mean better."""
        return 1.0 if self.pick.result.better == "higher" else -1.0

    def stretch(self, rules: EvidenceRules) -> float | None:
        """Factor that takes one unit of the scale to points of 0-100."""
        row = self.pick.result
        limits = row.range or rules.fixed_ranges.get(row.instrument)
        return 100.0 / (limits[1] - limits[0]) if limits else None

    def frozen(self) -> Contrast:
        """The finished contrast."""
        return Contrast(
            self.pick,
            self.of,
            self.versus,
            dict(self.on),
            self.ratio_measure,
            self.sd_points,
            tuple(self.caveats),
        )


def measure(picks: Iterable[Pick], rules: EvidenceRules) -> list[Contrast]:
    """Effects of all picks, in their order. Arm figures of all rows are computed in one batch."""
    drafts = [_draft(pick) for pick in picks]
    _measure_means([d for d in drafts if d.of.mean is not None], rules)
    _measure_events([d for d in drafts if d.of.events is not None])
    for draft in drafts:
        if draft.pick.route is Route.CONTRAST:
            _measure_contrast(draft, rules)
        elif draft.pick.route is Route.EXACT_P:
            _measure_p(draft)
    return [draft.frozen() for draft in drafts]


def _draft(pick: Pick) -> _Draft:
    draft = _Draft(pick, Side(pick.size(pick.of)), Side(pick.size(pick.versus)))
    reader = _READERS.get((pick.route, pick.result.outcome in EVENT_OUTCOMES))
    if reader is not None:
        draft.of, draft.versus = _side(draft, pick.of, reader), _side(draft, pick.versus, reader)
    if pick.result.derived:
        draft.caveats.append("figure derived by a later review, not printed by the trial")
    if pick.study.population.paired:
        draft.caveats.append("two sides of the same people counted as independent")
    if pick.study.population.unit != "person":
        draft.caveats.append(f"{pick.study.population.unit}s are counted, not people")
    return draft


def _side(draft: _Draft, arms: tuple[str, ...], reader: "_Reader") -> Side:
    sides = []
    for arm in arms:
        figures = draft.pick.result.figures_of(arm)
        n = draft.pick.size((arm,))
        if not figures.n:
            draft.caveats.append(f"n of arm {arm} at the visit not printed; its size at the start is used")
        sides.append(reader(draft, figures, n))
    return sides[0] if len(sides) == 1 else _join(sides)


def _join(sides: Sequence[Side]) -> Side:
    n = sum(side.n for side in sides)
    if sides[0].events is not None:
        return Side(n, sum(side.events for side in sides))
    joined = conversions.combine_groups([s.n for s in sides], [s.mean for s in sides], [s.sd for s in sides])
    return Side(n, None, float(joined.mean), float(joined.sd))


_Reader = Callable[[_Draft, ArmFigures, int], Side]


def _read_mean(draft: _Draft, f: ArmFigures, n: int) -> Side:
    if f.sd is not None:
        return Side(n, None, f.mean, f.sd)
    if f.se is not None:
        draft.caveats.append("standard deviation computed from a standard error")
        return Side(n, None, f.mean, float(conversions.sd_from_se(f.se, n)))
    draft.caveats.append("standard deviation computed from a confidence interval")
    return Side(n, None, f.mean, float(conversions.sd_from_ci(*f.ci, n)))


def _read_quartiles(draft: _Draft, f: ArmFigures, n: int) -> Side:
    draft.caveats.append(
        "mean and standard deviation estimated from median and quartiles (Luo 2018, Wan 2014)"
    )
    found = conversions.moments_from_quantiles(n, f.median, q1=f.q1, q3=f.q3)
    return Side(n, None, float(found.mean), float(found.sd))


def _read_events(_: _Draft, f: ArmFigures, n: int) -> Side:
    return Side(n, f.events)


def _read_share(draft: _Draft, f: ArmFigures, n: int) -> Side:
    if f.events is not None:
        return Side(n, f.events)
    draft.caveats.append("number of events computed from a printed percentage")
    return Side(n, round(f.percent * n / 100))


_READERS: dict[tuple[Route, bool], _Reader] = {
    (Route.ARMS, False): _read_mean,
    (Route.QUARTILES, False): _read_quartiles,
    (Route.ARMS, True): _read_events,
    (Route.PERCENT, True): _read_share,
}


def _columns(drafts: list[_Draft], *names: str) -> list[np.ndarray]:
    return [
        np.array([getattr(getattr(d, side), name) for d in drafts], dtype=float)
        for side in ("of", "versus")
        for name in names
    ]


def _measure_means(drafts: list[_Draft], rules: EvidenceRules) -> None:
    if not drafts:
        return
    figures = _columns(drafts, "mean", "sd", "n")
    md = effects.mean_difference(*figures)
    g = effects.standardised_mean_difference(*figures)
    _, sd1, n1, _, sd2, n2 = figures
    spread = np.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))
    for i, draft in enumerate(drafts):
        _place(draft, rules, float(md.y[i]), float(md.v[i]), float(spread[i]))
        draft.on[ScaleKind.SMD] = Effect(draft.sign * float(g.y[i]), float(g.v[i]))


def _place(draft: _Draft, rules: EvidenceRules, y: float, v: float, sd: float | None) -> None:
    """Put a difference on its own unit and, where the range is known, on points of 0-100."""
    draft.on[ScaleKind.NATIVE] = Effect(draft.sign * y, v)
    stretch = draft.stretch(rules)
    if stretch is not None:
        draft.on[ScaleKind.POINTS] = Effect(draft.sign * y * stretch, v * stretch**2)
        draft.sd_points = sd * stretch if sd is not None else None
        if draft.pick.result.range is None:
            draft.caveats.append("range of the scale not printed; its usual range is taken")


def _measure_events(drafts: list[_Draft]) -> None:
    for draft in drafts:
        _count_the_wanted_way(draft)
    both = [d for d in drafts if d.of.events or d.versus.events]
    if not both:
        return
    e1, n1, e2, n2 = _columns(both, "events", "n")
    risk = effects.log_risk_ratio(e1, n1, e2, n2)
    for i, draft in enumerate(both):
        if np.isfinite(risk.y[i]):
            draft.on[ScaleKind.RATIO] = Effect(float(risk.y[i]), float(risk.v[i]))
            draft.ratio_measure = "RR"
        if 0 in (draft.of.events, draft.versus.events):
            draft.caveats.append("no event in one arm; half an event is added to each cell")


def _count_the_wanted_way(draft: _Draft) -> None:
    row = draft.pick.result
    if row.better == better_events(row.outcome, row.better):
        return
    draft.of, draft.versus = (replace(x, events=x.n - x.events) for x in (draft.of, draft.versus))
    draft.caveats.append(f"people without the event are counted: {row.instrument} runs the other way")


def _measure_contrast(draft: _Draft, rules: EvidenceRules) -> None:
    c, row = draft.pick.result.contrast, draft.pick.result
    if c.ci is not None and c.ci[0] == c.ci[1] and c.se is None:
        return
    # The ratio of one event says nothing exact about the ratio of its absence.
    if c.is_ratio and row.better != better_events(row.outcome, row.better):
        return
    turned = -1.0 if c.of != draft.pick.of[0] else 1.0
    printed = _printed_effect(c)
    draft.caveats.append(
        "the printed comparison is used" + (", adjusted by its authors" if c.adjusted else "")
    )
    draft.caveats += [note.message for note in printed.caveats]
    y, v = turned * float(printed.y), float(printed.v)
    if c.is_ratio:
        draft.on[ScaleKind.RATIO] = Effect(y, v)
        draft.ratio_measure = c.measure
    elif c.measure == "SMD":
        draft.on[ScaleKind.SMD] = Effect(draft.sign * y, v)
    else:
        _place(draft, rules, y, v, None)
        # The t of an adjusted model divides by a residual spread and would overstate g.
        if _enough(draft) and not c.adjusted:
            g = effects.smd_from_t(y / v**0.5, draft.of.n, draft.versus.n)
            draft.on[ScaleKind.SMD] = Effect(draft.sign * float(g.y), float(g.v))


def _printed_effect(c: PrintedContrast) -> effects.EffectSizes:
    if c.se is not None:
        return effects.contrast_from_se(c.estimate, c.se, ratio=c.is_ratio)
    return effects.contrast_from_ci(c.estimate, *c.ci, level=c.level or 0.95, ratio=c.is_ratio)


def _enough(draft: _Draft) -> bool:
    return all(side.n is not None and side.n > 1 for side in (draft.of, draft.versus))


def _measure_p(draft: _Draft) -> None:
    if not _enough(draft):
        return
    better = 1 if draft.pick.winner in draft.pick.of else -1
    p = draft.pick.result.contrast.p.value
    g = effects.smd_from_p(p, draft.of.n, draft.versus.n, direction=better)
    draft.on[ScaleKind.SMD] = Effect(float(g.y), float(g.v))
    draft.caveats.append("effect computed from an exact p-value; gives a standardised difference only")
