"""Who made the aid, when, from what, how it is kept up to date, and which standards it meets or does not."""

from collections.abc import Iterable, Sequence
from datetime import date

from enthesis.domain.counsel.blocks import (
    Block,
    Checklist,
    Heading,
    Paragraph,
    Reference,
    References,
    Section,
)
from enthesis.domain.counsel.findings import Finding, review_reference, study_reference
from enthesis.domain.counsel.knowledge import ClinicLines, Criterion, Fact, Imprint
from enthesis.domain.counsel.readability import Readability
from enthesis.domain.counsel.trial_harms import trial_harms
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Topic

__all__ = ["imprint_section", "reading_words", "references_of"]

STATEMENTS = ("funding", "conflicts", "people", "evidence", "quality", "people_like")
GROUPS = ("qualifying", "certifying", "quality")


def imprint_section(
    imprint: Imprint,
    made_on: date,
    evidence_state: str,
    clinic: ClinicLines,
    reading: Readability,
    references: References,
    criteria: Iterable[Criterion],
    w: Wording,
) -> Section:
    """Everything about the page itself."""
    reviewer = w("about.reviewer", reviewer=clinic.reviewer) if clinic.reviewer else w("about.no_reviewer")
    made = w(
        "about.made",
        date=w.digits(made_on.isoformat()),
        read=w.digits(imprint.evidence_read),
        version=imprint.version,
    )
    said = {
        "made": made,
        "reviewer": reviewer,
        "update": w("about.update", date=w.digits(imprint.next_review.isoformat())),
        **{name: w(f"about.{name}") for name in STATEMENTS},
        "reading": w("about.reading", measure=reading_words(reading, w)),
        "tested": w("about.tested"),
        "evidence-state": w("about.evidence_state", state=evidence_state),
    }
    blocks: list[Block] = [
        *(Paragraph(text, about=name) for name, text in said.items()),
        Heading(w("about.sources"), folds=True),
        references,
    ]
    blocks += [Heading(w("about.standards"), folds=True), *_checklists(tuple(criteria), w)]
    return Section("about", w("section.about"), tuple(blocks))


def reading_words(r: Readability, w: Wording) -> Said:
    """The measure of the language in words."""
    if r.grade is not None:
        return w("readability.en", grade=w.number(r.grade, 1))
    return w("readability.counts", words=w.number(r.words_per_sentence, 1), long=w.number(r.long_percent))


def references_of(topic: Topic, found: Sequence[Finding], facts: Iterable[Fact]) -> References:
    """Every source of the aid's numbers, once: studies, reviews, and the pages facts were read on."""
    items = [r for f in found for r in f.references]
    items += [study_reference(h.study) for h in trial_harms(topic)]
    items += [Reference(f.source, f.url) for f in facts if f.url]
    return References(tuple(dict.fromkeys(items or _read(topic))))


def _read(topic: Topic) -> list[Reference]:
    """What is on file of a topic whose answers rest on nothing: series, reviews and guidelines."""
    said = [review for review, _ in (*topic.reviews, *topic.guidelines)]
    said += [row.review for row in topic.published]
    return [*map(study_reference, topic.studies), *map(review_reference, said)]


def _checklists(criteria: tuple[Criterion, ...], w: Wording) -> Iterable[Block]:
    heads = tuple(w(f"criteria.head.{name}") for name in ("asks", "met", "where"))
    for group in GROUPS:
        rows = [
            (w(f"criteria.{c.id}"), w(f"criteria.{c.standing}"), w(c.where))
            for c in criteria
            if c.group == group
        ]
        yield Heading(w(f"criteria.group.{group}"))
        yield Checklist(heads, tuple(rows))
