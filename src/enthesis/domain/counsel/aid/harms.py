"""What can go wrong: what the trials counted, what was counted elsewhere, and what nobody has counted."""

from collections.abc import Iterable

from enthesis.domain.counsel.aid.names import treatment_name
from enthesis.domain.counsel.blocks import (
    Block,
    CountRow,
    CountTable,
    Paragraph,
    People,
    PeoplePanel,
    Points,
    Section,
)
from enthesis.domain.counsel.findings import study_reference
from enthesis.domain.counsel.knowledge import Fact, FactKind
from enthesis.domain.counsel.trial_harms import TrialHarm, trial_harms, upper_limit
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Topic
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["harms_section"]

SHOWN = 6


def harms_section(topic: Topic, facts: Iterable[Fact], vocabulary: Vocabulary, w: Wording) -> Section:
    """Counts of the trials with a picture of the largest, sourced counts, unknown harms, and when to call."""
    known = tuple(facts)
    counted = trial_harms(topic)[:SHOWN]
    treatment = treatment_name(topic.intervention, vocabulary, w)
    blocks: list[Block] = [Paragraph(w("harms.lead"), lead=True)]
    if not counted:
        blocks.append(Paragraph(w("harms.none_counted")))
    else:
        blocks.append(_picture(counted[0], treatment, vocabulary, w))
    rows = [_trial_row(h, treatment, vocabulary, w) for h in counted]
    rows += [_fact_row(f, w) for f in known if f.kind is FactKind.HARM]
    if rows:
        heads = tuple(w(f"harms.head.{name}") for name in ("what", "counted", "source"))
        blocks.append(CountTable(heads, tuple(rows)))
    blocks.append(Points(tuple(w(f.text) for f in known if f.kind is FactKind.UNKNOWN_HARM)))
    blocks.append(Paragraph(w("harms.warning"), lead=True))
    return Section("harms", w("section.harms"), tuple(blocks))


def _harm_name(h: TrialHarm, vocabulary: Vocabulary, w: Wording) -> Said:
    key = f"harm.{h.instrument}"
    if w.has(key):
        return w(key)
    w.missing.setdefault(key)
    label = Said(vocabulary.instruments[h.instrument].label, w.fallback.code)
    return w("harm.other", name=label)


def _values(h: TrialHarm, treatment: Said, w: Wording) -> dict[str, Said | int]:
    return {
        "treatment": treatment,
        "events": h.events,
        "n": h.people,
        "comparator": w(f"against.{h.comparator_class}"),
        "other_events": h.comparator_events,
        "other_n": h.comparator_people,
    }


def _picture(h: TrialHarm, treatment: Said, vocabulary: Vocabulary, w: Wording) -> People:
    comparator = w(f"against.{h.comparator_class}")
    heads = (w("people.with", treatment=treatment), w("people.without", comparator=comparator))
    panels = tuple(
        PeoplePanel(head, count, w("people.harm", n=count), w("people.no_harm", n=100 - count))
        for head, count in zip(heads, h.per_hundred, strict=True)
    )
    return People(
        title=w("people.harm_title", what=_harm_name(h, vocabulary, w)),
        panels=panels,
        harm=True,
        caption=w("people.harm_caption", **_values(h, treatment, w)),
    )


def _trial_row(h: TrialHarm, treatment: Said, vocabulary: Vocabulary, w: Wording) -> CountRow:
    counted = w("harms.compare", **_values(h, treatment, w))
    if not h.events:
        limit = round(1000 * upper_limit(0, h.people))
        zero = w("harms.zero", limit=limit)
        counted = Said(f"{counted.text} {zero.text}", counted.language)
    return CountRow(_harm_name(h, vocabulary, w), counted, study_reference(h.study).label)


def _fact_row(f: Fact, w: Wording) -> CountRow:
    """A sourced sentence 'what: how many' as a row."""
    said = w(f.text, **f.values)
    what, _, counted = said.text.partition(": ")
    return CountRow(Said(what, said.language), Said(counted, said.language), f.source)
