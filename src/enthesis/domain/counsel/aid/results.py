"""What the studies found, and how it goes over time."""

from collections.abc import Iterator, Sequence

from enthesis.domain.counsel.aid.names import (
    certainty,
    comparator_name,
    outcome_name,
    time_name,
    treatment_name,
)
from enthesis.domain.counsel.aid.verdict_words import (
    better_or_worse,
    counted_people,
    ground_words,
    size_words,
    verdict_words,
)
from enthesis.domain.counsel.blocks import (
    Block,
    Course,
    CourseRow,
    Paragraph,
    People,
    PeoplePanel,
    ResultLine,
    Section,
)
from enthesis.domain.counsel.findings import Finding
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence.absolute_terms import People as Counts
from enthesis.domain.vocabulary import EVENT_OUTCOMES, ComparatorClass, Vocabulary

__all__ = ["course_section", "results_section"]


def results_section(
    found: Sequence[Finding], intervention: str, vocabulary: Vocabulary, w: Wording
) -> Section:
    """Each question the aid leads with: verdict, numbers, a picture of a hundred people where one may be."""
    treatment = treatment_name(intervention, vocabulary, w)
    blocks: list[Block] = []
    if not any(f.question.comparator_class.is_placebo for f in found):
        against = w(f"against.{ComparatorClass.PLACEBO}")
        blocks.append(Paragraph(w("verdict.none", treatment=treatment, comparator=against), lead=True))
    for f in found:
        blocks += _told(f, treatment, vocabulary, w)
    if any(f.gain is None for f in found):
        blocks.append(Paragraph(w("people.not_drawn")))
    return Section("results", w("section.results", treatment=treatment), tuple(blocks))


def _told(f: Finding, treatment: Said, vocabulary: Vocabulary, w: Wording) -> Iterator[Block]:
    comparator = comparator_name(f.question, w)
    asked = w(
        "result.question",
        outcome=outcome_name(f.question.outcome, w),
        time=time_name(f.question.horizon, w),
        comparator=comparator,
    )
    yield ResultLine(
        question=asked.start,
        verdict=verdict_words(f, vocabulary, w),
        size=size_words(f, vocabulary, w),
        ground=ground_words(f, w),
        certainty=certainty(f.level, w),
    )
    if f.gain is None:
        return
    yield People(
        title=w("people.title", time=time_name(f.question.horizon, w)),
        panels=(
            _panel(w("people.with", treatment=treatment), f.gain.intervention, w),
            _panel(w("people.without", comparator=comparator), f.gain.comparator, w),
        ),
        harm=False,
        caption=_caption(f, treatment, w),
    )
    yield Paragraph(_difference(f.gain, treatment, w))


def _panel(heading: Said, count: int, w: Wording) -> PeoplePanel:
    return PeoplePanel(heading, count, w("people.relief", n=count), w("people.no_relief", n=100 - count))


def _caption(f: Finding, treatment: Said, w: Wording) -> Said:
    assert f.gain is not None  # noqa: S101 - the caller has asked
    values: dict[str, Said | int] = {"treatment": treatment, "low": f.gain.lo, "high": f.gain.hi}
    if f.question.outcome in EVENT_OUTCOMES or f.noticed is None:
        return w("people.event_caption", **values)
    outcome = outcome_name(f.question.outcome, w)
    return w("people.gain_caption", points=w.points(f.noticed), outcome=outcome, **values)


def _difference(gain: Counts, treatment: Said, w: Wording) -> Said:
    low, high = (_more_or_fewer(x - gain.comparator, w) for x in (gain.lo, gain.hi))
    span = w("people.range", low=low, high=high)
    if gain.more == 0:
        return w("people.even", range=span)
    key = "people.more" if gain.more > 0 else "people.fewer"
    return w(key, n=abs(gain.more), treatment=treatment, range=span)


def _more_or_fewer(people: int, w: Wording) -> Said:
    if people == 0:
        return w("people.range_same")
    return w("people.range_more" if people > 0 else "people.range_fewer", n=abs(people))


def course_section(rows: Sequence[Finding], vocabulary: Vocabulary, w: Wording) -> Section:
    """One outcome over time against one comparator."""
    heading = w("section.course")
    if not rows:
        return Section("course", heading, (Paragraph(w("course.none")),))
    q = rows[0].question
    title = w(
        "course.title",
        outcome=outcome_name(q.outcome, w).start,
        treatment=treatment_name(q.intervention, vocabulary, w),
        comparator=comparator_name(q, w),
    )
    heads = (*(w(f"course.head.{name}") for name in ("time", "difference", "ground")),)
    return Section("course", heading, (Course(title, heads, tuple(_row(f, vocabulary, w) for f in rows)),))


def _row(f: Finding, vocabulary: Vocabulary, w: Wording) -> CourseRow:
    said = counted_people(f, vocabulary, w) or w("course.words")
    if f.points is not None:
        estimate, low, high = (better_or_worse(x, w) for x in f.points)
        said = w("course.number", estimate=estimate, low=low, high=high)
    return CourseRow(time_name(f.question.horizon, w).start, said, ground_words(f, w), certainty(f.level, w))
