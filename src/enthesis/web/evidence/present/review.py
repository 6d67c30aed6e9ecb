"""One published synthesis or guideline with everything that was read from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.review import Included, PooledRow, Review, Statement
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.sentences import intervention_words
from enthesis.web.evidence.addresses import topic_page
from enthesis.web.evidence.present.figures_as_printed import as_printed, interval_words, p_words
from enthesis.web.evidence.present.sources import Link, Place, byline, correction_words, identifiers, place_of
from enthesis.web.evidence.present.words import topic_title, weeks_label

__all__ = ["PooledView", "ReviewPage", "StatementView", "pooled_view", "review_page_of", "statement_view"]


@dataclass(frozen=True, slots=True)
class PooledView:
    """One pooled row as printed."""

    compared: str
    condition: str
    outcome: str
    when: str
    size: str
    result: str
    more: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement with its grading."""

    about: str
    says: str
    grading: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything a reader may want to know about one review or guideline."""

    id: str
    title: str
    is_descriptive: bool
    design: str
    byline: str
    links: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    cautions: tuple[str, ...]
    corrections: tuple[str, ...]
    pooled: tuple[PooledView, ...]
    statements: tuple[StatementView, ...]
    topics: tuple[Link, ...]


def review_page_of(review: Review, evidence: Evidence) -> ReviewPage:
    """The page of a review or guideline."""
    vocabulary = evidence.vocabulary
    design = vocabulary.word("review_design", review.design)
    return ReviewPage(
        id=review.id,
        title=review.title,
        is_descriptive=review.title_is_descriptive,
        design=f"{design.label}: {design.meaning}",
        byline=byline(review),
        links=identifiers(review),
        facts=tuple(_facts(review, vocabulary)),
        doubts=review.integrity.reasons if review.integrity else (),
        cautions=review.cautions,
        corrections=tuple(correction_words(c) for c in review.corrections),
        pooled=tuple(pooled_view(review, row, vocabulary) for row in review.pooled),
        statements=tuple(statement_view(s, vocabulary) for s in review.statements),
        topics=tuple(_topics(review, evidence)),
    )


def _facts(review: Review, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    yield "Conditions", ", ".join(vocabulary.conditions[c].label for c in review.conditions)
    counts = list(_included(review.included))
    yield "What it took in", "; ".join([*counts, *review.included.notes]) or "not seen on the pages read"
    if review.registration:
        yield "Registration", review.registration
    identity = vocabulary.word("identity", review.identity)
    yield "How well the report was identified", f"{identity.label}: {identity.meaning}"


def _included(held: Included) -> Iterator[str]:
    for n, word in (
        (held.studies, "studies"),
        (held.trials, "randomised trials"),
        (held.reviews, "reviews"),
        (held.guidelines, "guidelines"),
        (held.patients, "patients"),
        (held.joints, "joints"),
    ):
        if n is not None:
            yield f"{numbers.count(n)} {word}"


def pooled_view(review: Review, row: PooledRow, vocabulary: Vocabulary) -> PooledView:
    """One pooled row in words."""
    given = intervention_words("+".join((row.intervention, *row.plus)), vocabulary, start=True)
    known = {**vocabulary.words["comparator"], **vocabulary.interventions}
    leukocytes = f" (leukocyte-{row.leukocytes})" if row.leukocytes in ("rich", "poor") else ""
    several = row.condition == "multiple"
    instrument = vocabulary.instruments[row.instrument].label
    return PooledView(
        compared=f"{given}{leukocytes} against {known[row.comparator].label.lower()}",
        condition="several conditions together" if several else vocabulary.conditions[row.condition].label,
        outcome=f"{vocabulary.label('outcome', row.outcome)}: {instrument}{_span(row)}",
        when=weeks_label(row.weeks),
        size=_size(row),
        result=_result(row, vocabulary),
        more=tuple(_more(row, vocabulary)),
        place=place_of(row.source, review, vocabulary),
    )


def _span(row: PooledRow) -> str:
    return f", {as_printed(row.range[0])} to {as_printed(row.range[1])}" if row.range else ""


def _size(row: PooledRow) -> str:
    parts = [
        f"{row.k} trial{'s' * (row.k != 1)}" if row.k else "",
        f"{numbers.count(row.n)} people" if row.n else "",
    ]
    return ", ".join(p for p in parts if p) or "size not seen"


def _result(row: PooledRow, vocabulary: Vocabulary) -> str:
    parts = [vocabulary.label("review_measure", row.measure)]
    if row.estimate is not None:
        parts.append(as_printed(row.estimate) + ("%" if row.measure in ("RD", "proportion", "sucra") else ""))
    if row.ci is not None:
        parts.append(f"({interval_words(row.ci, row.level)})")
    if row.se is not None:
        parts.append(f"SE {as_printed(row.se)}")
    if row.p is not None:
        parts.append(p_words(row.p))
    return " ".join(parts)


def _more(row: PooledRow, vocabulary: Vocabulary) -> Iterator[str]:
    if row.certainty:
        yield f"certainty by its authors: {vocabulary.label('certainty', row.certainty).lower()}"
    if row.i2_percent is not None:
        yield f"I² {as_printed(row.i2_percent)}%"
    if row.model:
        yield vocabulary.label("model", row.model).lower()
    if row.favours:
        yield vocabulary.word("review_favours", row.favours).meaning.lower()
    if row.subgroup:
        yield f"only {row.subgroup}"
    yield from row.notes


def statement_view(s: Statement, vocabulary: Vocabulary) -> StatementView:
    """One statement with what it is about and its grading."""
    known = {**vocabulary.words["comparator"], **vocabulary.interventions}
    about = [intervention_words(s.intervention, vocabulary, start=True)]
    if s.leukocytes in ("rich", "poor"):
        about.append(f"leukocyte-{s.leukocytes}")
    if s.condition:
        about.append(vocabulary.conditions[s.condition].label)
    if s.route:
        about.append(vocabulary.label("route", s.route).lower())
    if s.comparator:
        about.append(f"against {known[s.comparator].label.lower()}")
    return StatementView(", ".join(about), s.says, _grading(s, vocabulary))


def _grading(s: Statement, vocabulary: Vocabulary) -> str:
    system = vocabulary.label("system", s.system) if s.system else ""
    level = f"level {vocabulary.label('level', s.level)}" if s.level else ""
    strength = f"strength {vocabulary.label('strength', s.strength).lower()}" if s.strength else ""
    graded = ", ".join(x for x in (level, strength) if x)
    return f"{system}: {graded}" if system and graded else system or graded or "not graded"


def _topics(review: Review, evidence: Evidence) -> Iterator[Link]:
    for (condition, intervention), topic in evidence.topics.items():
        held = {p.review.id for p in topic.published} | {r.id for r, _ in (*topic.reviews, *topic.guidelines)}
        if review.id in held:
            yield Link(
                topic_title(condition, intervention, evidence.vocabulary), topic_page(condition, intervention)
            )
