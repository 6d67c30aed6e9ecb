"""Published syntheses and guideline statements beside our own answer; never pooled with it.

A verdict may rest on a published synthesis by one declared rule: it compares the same intervention with the
same comparator class for the same condition, outcome and horizon; it is not suspect and not a subgroup; it
prints an interval that can be put on points of 0-100, standard deviations or a ratio, or it states its own
GRADE certainty; it holds more trials than we do at figure level. Among several, the one with most trials is
taken, then the newest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from scipy.special import ndtr

from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.questions import HARMS, Question, intervention_key
from enthesis.domain.evidence.review import PooledRow, Review, Statement
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.verdicts import Size, settle, size_of
from enthesis.domain.vocabulary import CLASS_OF_INTERVENTION, comparator_class, horizon_of
from enthesis.statistics import conversions

__all__ = [
    "Direction",
    "PublishedRow",
    "best_basis",
    "proposed_level",
    "rows_for",
    "rows_of_topic",
    "statements_for",
]

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
        return settle(size_of(self.benefit, mcid, rules), self._p_beyond(mcid), rules)

    def _p_beyond(self, mcid: float | None) -> float | None:
        """P(true mean effect beyond the important difference), by the normal law of the printed interval."""
        if mcid is None or self.ci is None or self.benefit is None or self.ci[0] == self.ci[1]:
            return None
        se = float(conversions.se_from_ci(*self.ci, level=self.row.level or 0.95))
        return float(ndtr((self.benefit - mcid) / se))


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
    if kind is None or row.estimate is None:
        return PublishedRow(review, row, direct, kind, None, _sign_only(row, better), caveats)
    turn = (lambda x: log(x)) if kind is ScaleKind.RATIO else (lambda x: x * factor)
    sign = _sign(row, better)
    ci = (
        _ordered(sign * turn(row.ci[0]), sign * turn(row.ci[1]))
        if row.ci and (kind is not ScaleKind.RATIO or row.ci[0] > 0)
        else None
    )
    return PublishedRow(review, row, direct, kind, sign * turn(row.estimate), ci, caveats)


def _ordered(a: float, b: float) -> tuple[float, float]:
    return (a, b) if a <= b else (b, a)


def _sign(row: PooledRow, better: Mapping[str, str]) -> float:
    if row.positive_favours is not None:
        return 1.0 if row.positive_favours == "intervention" else -1.0
    return 1.0 if better.get(row.instrument) == "higher" else -1.0


def _sign_only(row: PooledRow, better: Mapping[str, str]) -> tuple[float, float] | None:
    """Interval whose unit is unknown: only its side of zero can be used."""
    if row.ci is None or row.is_ratio:
        return None
    lo, hi = sorted(_sign(row, better) * x for x in row.ci)
    return lo, hi


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


def best_basis(question: Question, rows: Iterable[PublishedRow], held: int) -> PublishedRow | None:
    """The published row that a verdict may rest on, or None; see the rule at the top."""
    fit = [r for r in rows_for(question, rows) if _may_carry(r) and (r.row.k or 0) > held]
    return max(fit, key=lambda r: (r.row.k or 0, r.review.year or 0, r.review.id), default=None)


def _may_carry(r: PublishedRow) -> bool:
    judged = r.kind is not None and r.ci is not None and r.benefit is not None
    stated = r.row.certainty is not None and (r.benefit is not None or r.row.favours == "neither")
    return r.direct and not r.review.is_suspect and r.row.subgroup is None and (judged or stated)


def proposed_level(r: PublishedRow, mcid: float | None) -> tuple[Level, tuple[str, ...]]:
    """Certainty of a published row: its authors' own, else a cautious proposal with reasons."""
    if r.row.certainty is not None:
        return LEVELS[r.row.certainty], (f"certainty as stated by the review: {r.row.certainty}",)
    steps, why = 1, ["risk of bias of its trials not visible to us: -1"]
    if r.row.i2_percent is not None and r.row.i2_percent >= 50:
        steps, why = steps + 1, [*why, f"I2 {r.row.i2_percent:g} %: -1"]
    if mcid is None or r.ci is None or any(r.ci[0] < t < r.ci[1] for t in (mcid, -mcid)):
        steps, why = steps + 1, [*why, "interval crosses the important difference: -1"]
    return Level(max(Level.VERY_LOW, Level.HIGH - steps)), tuple(why)


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
