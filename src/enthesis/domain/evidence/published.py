"""Published syntheses and guideline statements beside our own answer; never pooled with it.

A verdict may rest on a published synthesis by one declared rule: it is a systematic review or meta-analysis
that compares the same intervention with the same comparator class for the same condition, outcome and
horizon; it is not suspect and not a subgroup; it prints how many trials are behind the row, and an interval
centred on its estimate that can be put on points of 0-100, standard deviations or a ratio, or its own GRADE
certainty; it holds more trials than we do at figure level. Among several, the one with most trials is taken,
then the newest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from scipy.special import ndtr

from enthesis.domain.evidence.imprecision import thresholds_crossed
from enthesis.domain.evidence.levels import Level
from enthesis.domain.evidence.questions import HARMS, Question, intervention_key
from enthesis.domain.evidence.review import PooledRow, Review, Statement
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.verdicts import Size, open_probability, settle, size_of
from enthesis.domain.vocabulary import CLASS_OF_INTERVENTION, comparator_class, horizon_of
from enthesis.statistics import conversions

__all__ = [
    "Direction",
    "PublishedRow",
    "best_basis",
    "proposed_level",
    "questions_of",
    "rows_for",
    "rows_of_topic",
    "statements_for",
]

# A narrative review repeats what others pooled, and chooses what to repeat.
SYSTEMATIC = frozenset({"meta-analysis", "network-meta-analysis", "systematic-review"})
# Scales of this sort run either way, so that a difference without the word of its review has no sign.
EITHER_WAY = frozenset({"function-any", "womac-or-vas"})
LEVELS = {"high": Level.HIGH, "moderate": Level.MODERATE, "low": Level.LOW, "very-low": Level.VERY_LOW}
Direction = int  # +1 the intervention is called better, -1 the comparator, 0 no difference shown


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One pooled row of a review, turned so that positive is better, on a scale where that is possible."""

    review: Review
    row: PooledRow
    direct: bool
    kind: ScaleKind | None
    benefit: float | None
    ci: tuple[float, float] | None
    caveats: tuple[str, ...]

    @property
    def direction(self) -> Direction | None:
        """Which side the interval, else the source, calls better; None when neither says."""
        if self.ci is not None:
            return (self.ci[0] > 0) - (self.ci[1] < 0)
        return {"intervention": 1, "comparator": -1, "neither": 0}.get(self.row.favours or "")

    def size(self, question: Question, family: str, rules: EvidenceRules) -> Size:
        """Size of the published effect against the important difference."""
        if self.benefit is None or self.kind is None:
            return Size.LITTLE_OR_NONE if self.row.favours == "neither" else Size.UNKNOWN
        mcid = threshold(self.kind, question, family, rules)
        chances = (self._p_beyond(mcid, better=better) for better in (True, False))
        return settle(size_of(self.benefit, mcid, rules), open_probability(question.outcome, *chances), rules)

    def _p_beyond(self, mcid: float | None, *, better: bool) -> float | None:
        """P(true mean effect beyond the important difference), by the normal law of the printed interval."""
        if mcid is None or self.ci is None or self.benefit is None or self.ci[0] == self.ci[1]:
            return None
        se = float(conversions.se_from_ci(*self.ci, level=self.row.level or 0.95))
        return float(ndtr(((self.benefit if better else -self.benefit) - mcid) / se))


def threshold(kind: ScaleKind, question: Question, family: str, rules: EvidenceRules) -> float | None:
    """Important difference on a scale of a published row."""
    if kind is ScaleKind.POINTS:
        mcid = rules.points_mcid(question.outcome, family)
        return mcid.value if mcid else None
    return log(rules.mcid_ratio.value) if kind is ScaleKind.RATIO else rules.mcid_smd.value


def rows_of_topic(
    reviews: Iterable[Review],
    condition: str,
    intervention: str,
    rules: EvidenceRules,
    better: Mapping[str, str],
) -> Iterator[PublishedRow]:
    """Between-arm rows about one condition and intervention, whatever they compare with and when.

    Args:
        reviews: Published syntheses.
        condition: Condition; rows pooled over several conditions count when theirs includes it, as indirect.
        intervention: Intervention or combination.
        rules: The declared choices.
        better: Usual better direction of each instrument.
    """
    for review in reviews:
        for row in review.pooled:
            direct = row.condition == condition
            if row.comparison != "between-arm" or not (direct or _covers(review, row, condition)):
                continue
            if _named(row, rules) == intervention:
                yield _read(review, row, direct, rules, better)


def _covers(review: Review, row: PooledRow, condition: str) -> bool:
    return row.condition == "multiple" and condition in review.conditions


def _named(row: PooledRow, rules: EvidenceRules) -> str:
    shared = {row.comparator} & rules.background
    return intervention_key(frozenset((row.intervention, *row.plus)) - shared, rules)


def _read(
    review: Review, row: PooledRow, direct: bool, rules: EvidenceRules, better: Mapping[str, str]
) -> PublishedRow:
    kind, factor, caveats = _scale(row, rules)
    sign = _sign(row, better)
    if sign is None:
        caveats = (*caveats, "the review does not say which side a positive difference favours")
    if _is_off_centre(row, rules):
        kind, caveats = None, (*caveats, "the interval is not centred on its estimate; the scale is in doubt")
    elif kind is not None and row.estimate is not None and sign is not None:
        ci = _turned(row, kind, sign * factor)
        return PublishedRow(
            review, row, direct, kind, _on_scale(row.estimate, kind, sign * factor), ci, caveats
        )
    side = None if sign is None or row.is_ratio or _is_off_centre(row, rules) else _turned(row, None, sign)
    return PublishedRow(review, row, direct, None if sign is None else kind, None, side, caveats)


def _on_scale(x: float, kind: ScaleKind | None, factor: float) -> float:
    return factor * (log(x) if kind is ScaleKind.RATIO else x)


def _turned(row: PooledRow, kind: ScaleKind | None, factor: float) -> tuple[float, float] | None:
    """Printed interval with positive as better; without a kind only its side of zero can be used."""
    if row.ci is None or (kind is ScaleKind.RATIO and row.ci[0] <= 0):
        return None
    lo, hi = sorted(_on_scale(x, kind, factor) for x in row.ci)
    return lo, hi


def _sign(row: PooledRow, better: Mapping[str, str]) -> float | None:
    """+1 when a higher figure is better for the intervention; None when nothing tells."""
    if row.positive_favours is not None:
        return 1.0 if row.positive_favours == "intervention" else -1.0
    if row.instrument not in EITHER_WAY:
        return 1.0 if better.get(row.instrument) == "higher" else -1.0
    if row.favours not in ("intervention", "comparator") or not row.estimate:
        return None
    return 1.0 if (row.estimate > 0) == (row.favours == "intervention") else -1.0


def _is_off_centre(row: PooledRow, rules: EvidenceRules) -> bool:
    """True for a difference whose interval is that of a ratio, or is misprinted."""
    if row.is_ratio or row.ci is None or row.estimate is None or row.ci[0] == row.ci[1]:
        return False
    away = abs(sum(row.ci) / 2 - row.estimate) / (row.ci[1] - row.ci[0])
    return away > rules.integrity["off_centre"].value


def _scale(row: PooledRow, rules: EvidenceRules) -> tuple[ScaleKind | None, float, tuple[str, ...]]:
    if row.measure == "SMD":
        return ScaleKind.SMD, 1.0, ()
    if row.is_ratio:
        return ScaleKind.RATIO, 1.0, ()
    limits = row.range or rules.fixed_ranges.get(row.instrument)
    if row.measure == "MD" and limits is not None:
        return ScaleKind.POINTS, 100 / (limits[1] - limits[0]), ()
    return None, 1.0, ("the review does not print the range of the scale, so the size cannot be judged",)


def rows_for(question: Question, rows: Iterable[PublishedRow]) -> list[PublishedRow]:
    """Rows of a topic that ask the same question: comparator class, outcome and horizon."""
    return [r for r in rows if _asks(question, r.row)]


def _asks(question: Question, row: PooledRow) -> bool:
    if row.outcome != question.outcome or row.comparator not in CLASS_OF_INTERVENTION:
        return False
    same_time = question.outcome in HARMS or horizon_of(row.weeks) == question.horizon
    return same_time and comparator_class(row.comparator) is question.comparator_class


def questions_of(condition: str, intervention: str, rows: Iterable[PublishedRow]) -> Iterator[Question]:
    """Questions that a published row could carry the verdict of, whether or not we hold a trial.

    A row without a week was pooled at the visits its review chose; its question has no horizon.
    """
    for r in rows:
        if _may_carry(r) and r.row.k and r.row.comparator in CLASS_OF_INTERVENTION:
            horizon = None if r.row.outcome in HARMS else horizon_of(r.row.weeks)
            yield Question(
                condition, intervention, comparator_class(r.row.comparator), r.row.outcome, horizon
            )


def best_basis(question: Question, rows: Iterable[PublishedRow], held: int) -> PublishedRow | None:
    """The published row that a verdict may rest on, or None; see the rule at the top."""
    fit = [r for r in rows_for(question, rows) if _may_carry(r) and (r.row.k or 0) > held]
    return max(fit, key=lambda r: (r.row.k or 0, r.review.year or 0, r.review.id), default=None)


def _may_carry(r: PublishedRow) -> bool:
    if r.review.design not in SYSTEMATIC:
        return False
    judged = r.kind is not None and r.ci is not None and r.benefit is not None
    stated = r.row.certainty is not None and (r.benefit is not None or r.row.favours == "neither")
    return r.direct and not r.review.is_suspect and r.row.subgroup is None and (judged or stated)


def proposed_level(r: PublishedRow, mcid: float | None) -> tuple[Level, tuple[str, ...]]:
    """Certainty of a published row: its authors' own, else a cautious proposal with reasons.

    Without a grading by its authors nobody here has seen the risk of bias, the directness or the missing
    trials behind a row, so that it starts at low.
    """
    if r.row.certainty is not None:
        return LEVELS[r.row.certainty], (f"certainty as stated by the review: {r.row.certainty}",)
    steps, why = 2, ["risk of bias, directness and missing trials not visible to us: -2"]
    if r.row.i2_percent is not None and r.row.i2_percent >= 50:
        steps, why = steps + 1, [*why, f"I2 {r.row.i2_percent:g} %: -1"]
    crossed = _crossed(r, mcid)
    if crossed:
        steps, why = steps + 1, [*why, f"interval crosses the threshold of {' and '.join(crossed)}: -1"]
    return Level(max(Level.VERY_LOW, Level.HIGH - steps)), tuple(why)


def _crossed(r: PublishedRow, mcid: float | None) -> list[str]:
    if mcid is None or r.ci is None or r.benefit is None:
        return ["what matters, which is not set,"]
    return thresholds_crossed(r.benefit, r.ci, mcid)


def statements_for(
    reviews: Iterable[Review], condition: str, intervention: str, routes: frozenset[str]
) -> Iterator[tuple[Review, Statement]]:
    """Statements about one condition and one of the intervention's parts.

    A statement about a route of injection counts for the conditions that are treated by that route, also
    when the review names a broader condition.
    """
    parts = intervention.split("+")
    for review in reviews:
        for statement in review.statements:
            about = {statement.condition} if statement.condition else set(review.conditions)
            reached = condition in about or (statement.route in routes if statement.route else False)
            if reached and statement.intervention in parts:
                yield review, statement
