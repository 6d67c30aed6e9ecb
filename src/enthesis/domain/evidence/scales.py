"""The one scale on which the trials of a question meet, and what counts as important on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log

from enthesis.domain.evidence.questions import Question, better_events
from enthesis.domain.evidence.rules import EvidenceRules, Mcid
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.vocabulary import EVENT_OUTCOMES

__all__ = ["RATIO_WORDS", "Scale", "choose_scale", "direction_of"]

RATIO_WORDS = {"RR": "risk ratio", "OR": "odds ratio", "HR": "hazard ratio"}

_UNITS = {
    ScaleKind.POINTS: "points on 0-100",
    ScaleKind.SMD: "standard deviations (Hedges' g)",
    ScaleKind.NATIVE: "units of the instrument",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Scale of a pooled effect.

    ``better`` is 'higher' or 'lower': for continuous outcomes always 'higher', because effects are turned.
    ``mcid`` stands on the scale itself (for ratios on the logarithm); None where nobody set one.
    ``sd_points`` re-expresses standard deviations in points of 0-100.
    """

    kind: ScaleKind
    unit: str
    better: str
    mcid: Mcid | None
    instruments: tuple[str, ...]
    sd_points: float | None = None

    @property
    def is_ratio(self) -> bool:
        """True when effects are logarithms of ratios."""
        return self.kind is ScaleKind.RATIO

    @property
    def sign(self) -> float:
        """+1 when a higher effect is better."""
        return 1.0 if self.better == "higher" else -1.0

    def shown(self, y: float) -> float:
        """An effect as a reader sees it: ratios as ratios."""
        return exp(y) if self.is_ratio else y

    def in_points(self, y: float) -> float | None:
        """An effect in points of 0-100, where that can be said."""
        if self.kind is ScaleKind.POINTS:
            return y
        return y * self.sd_points if self.kind is ScaleKind.SMD and self.sd_points else None


def choose_scale(
    question: Question,
    contrasts: Sequence[Contrast],
    rules: EvidenceRules,
    *,
    family: str,
    sd_points: float | None,
) -> Scale | None:
    """Scale that holds the most people; points of 0-100 when every trial can be put there.

    Args:
        question: The question asked.
        contrasts: Contrasts that carry an effect.
        rules: The declared choices.
        family: Family of the condition, for its important difference.
        sd_points: Spread in points of 0-100 that re-expresses standard deviations, if known.

    Returns:
        The scale, or None when no contrast carries an effect.
    """
    held = {kind: [c for c in contrasts if kind in c.on] for kind in ScaleKind}
    if question.outcome in EVENT_OUTCOMES or not any(
        held[k] for k in (ScaleKind.POINTS, ScaleKind.SMD, ScaleKind.NATIVE)
    ):
        return _ratio_scale(held[ScaleKind.RATIO], rules) if held[ScaleKind.RATIO] else None
    kind = _continuous_kind(held, len(contrasts))
    instruments = tuple(sorted({c.pick.result.instrument for c in held[kind]}))
    mcid, sd_points = _important(kind, question, rules, family, sd_points)
    unit = instruments[0] if kind is ScaleKind.NATIVE and len(instruments) == 1 else _UNITS[kind]
    return Scale(kind, unit, "higher", mcid, instruments, sd_points)


def _continuous_kind(held: dict[ScaleKind, list[Contrast]], asked: int) -> ScaleKind:
    for kind in (ScaleKind.POINTS, ScaleKind.SMD):
        if len(held[kind]) == asked:
            return kind
    order = (ScaleKind.POINTS, ScaleKind.SMD, ScaleKind.NATIVE)
    return max(
        order, key=lambda kind: (sum(c.n or 0 for c in held[kind]), len(held[kind]), -order.index(kind))
    )


def _important(
    kind: ScaleKind, question: Question, rules: EvidenceRules, family: str, sd_points: float | None
) -> tuple[Mcid | None, float | None]:
    if kind is ScaleKind.NATIVE:
        return None, None
    points = rules.points_mcid(question.outcome, family)
    if kind is ScaleKind.POINTS and points is not None:
        return points, None
    if kind is ScaleKind.SMD and points is not None and sd_points:
        scaled = replace(
            points, value=points.value / sd_points, low=points.low / sd_points, high=points.high / sd_points
        )
        return scaled, sd_points
    return rules.mcid_smd, None


def _ratio_scale(contrasts: Sequence[Contrast], rules: EvidenceRules) -> Scale:
    people: dict[str, int] = {}
    for c in contrasts:
        people[c.ratio_measure or "RR"] = people.get(c.ratio_measure or "RR", 0) + (c.n or 1)
    measure = max(people, key=lambda m: people[m])
    m = _important_ratio(contrasts, measure, rules)
    mcid = replace(m, value=log(m.value), low=log(m.low), high=log(m.high))
    better = _commonest_direction(contrasts)
    instruments = tuple(sorted({c.pick.result.instrument for c in contrasts}))
    return Scale(ScaleKind.RATIO, RATIO_WORDS[measure], better, mcid, instruments)


def _important_ratio(contrasts: Sequence[Contrast], measure: str, rules: EvidenceRules) -> Mcid:
    """Important ratio: the usual one, or for responders the one that gives enough more of them.

    Where most people respond anyway, a small ratio is many people; where few do, a large one is few.
    """
    counted = [c for c in contrasts if c.versus.events is not None and c.versus.n]
    usual, wanted = rules.mcid_ratio, direction_of(contrasts[0]) == "higher"
    responders = sum(c.versus.events or 0 for c in counted)
    if measure != "RR" or not wanted or len(counted) < len(contrasts) or not responders:
        return usual
    share = responders / sum(c.versus.n or 0 for c in counted)
    more = rules.certainty["responders"]
    ratio = min(max(1 + more.value / share, usual.low), usual.high)
    why = f"{more.why}; {share:.0%} responded without the treatment"
    return replace(usual, value=ratio, low=min(usual.low, ratio), high=max(usual.high, ratio), why=why)


def direction_of(contrast: Contrast) -> str:
    """Whether a higher ratio of a contrast is better or worse for the intervention."""
    row = contrast.pick.result
    return better_events(row.outcome, row.better)


def _commonest_direction(contrasts: Sequence[Contrast]) -> str:
    people = {"higher": 0, "lower": 0}
    for c in contrasts:
        people[direction_of(c)] += c.n or 1
    return max(people, key=lambda better: people[better])
