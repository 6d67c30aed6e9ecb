"""A whole decision aid from the live evidence, in one language."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from enthesis.domain.counsel.aid.choices import options_section
from enthesis.domain.counsel.aid.decision import condition_section, decision_section
from enthesis.domain.counsel.aid.harms import harms_section
from enthesis.domain.counsel.aid.imprint import imprint_section, references_of
from enthesis.domain.counsel.aid.money import money_section
from enthesis.domain.counsel.aid.names import condition_name, treatment_name
from enthesis.domain.counsel.aid.results import course_section, results_section
from enthesis.domain.counsel.aid.talk import (
    questions_section,
    steps_section,
    teach_back_section,
    values_section,
)
from enthesis.domain.counsel.aid.unknowns import unknowns_section
from enthesis.domain.counsel.blocks import Note, Section
from enthesis.domain.counsel.document import CardWords, DecisionAid, texts_of
from enthesis.domain.counsel.findings import course, findings_of
from enthesis.domain.counsel.ipdas import checked
from enthesis.domain.counsel.knowledge import ClinicLines, CounselKnowledge, Criterion, Fact, Standing
from enthesis.domain.counsel.readability import readability
from enthesis.domain.counsel.wording import Said, Translation, Wording
from enthesis.domain.evidence import Evidence, Topic

__all__ = ["decision_aid"]

NO_CLINIC = ClinicLines()


def decision_aid(
    topic: Topic,
    held: Evidence,
    knowledge: CounselKnowledge,
    language: str,
    *,
    made_on: date,
    evidence_state: str,
    clinic: ClinicLines = NO_CLINIC,
) -> DecisionAid:
    """The aid for one condition and one treatment.

    Args:
        topic: The topic asked about.
        held: The body of evidence it is part of; every number is taken from it.
        knowledge: Words, options, facts and standards.
        language: Code of a language that the knowledge holds.
        made_on: The day the aid is made.
        evidence_state: Which state of the catalogue the evidence was computed from.
        clinic: What only the clinic can fill in.

    Raises:
        NotFound: No such language, or a text that not even the fallback language has.
    """
    w = knowledge.wording(language)
    facts = _facts(knowledge, topic, held)
    sections = _sections(topic, held, knowledge, facts, clinic, w)
    found = (*findings_of(topic, held), *course(topic, held))
    reading = readability((said.text for said in texts_of(sections)), language)
    references = references_of(topic, found, facts)

    def imprint(criteria: Iterable[Criterion]) -> Section:
        return imprint_section(
            knowledge.imprint, made_on, evidence_state, clinic, reading, references, criteria, w
        )

    aid = DecisionAid(
        id=f"{topic.condition}/{topic.intervention}",
        condition=topic.condition,
        intervention=topic.intervention,
        language=language,
        translation=w.language.translation,
        version=knowledge.imprint.version,
        made_on=made_on,
        evidence_state=evidence_state,
        title=_title(topic, held, w),
        subtitle=w("aid.subtitle"),
        notes=(),
        sections=(*sections, imprint(knowledge.criteria)),
        card=_card_words(w),
        untranslated=(),
    )
    aid = replace(aid, sections=(*sections, imprint(_judged(knowledge.criteria, aid))))
    return replace(aid, notes=tuple(_notes(w)), untranslated=tuple(w.missing))


def _facts(knowledge: CounselKnowledge, topic: Topic, held: Evidence) -> tuple[Fact, ...]:
    condition = held.vocabulary.conditions[topic.condition]
    return tuple(f for f in knowledge.facts if f.reach.covers(topic.condition, condition, topic.intervention))


def _sections(
    topic: Topic,
    held: Evidence,
    knowledge: CounselKnowledge,
    facts: tuple[Fact, ...],
    clinic: ClinicLines,
    w: Wording,
) -> tuple[Section, ...]:
    words, found = held.vocabulary, findings_of(topic, held)
    return (
        decision_section(topic, words, w),
        condition_section(topic, facts, words, w),
        options_section(topic, held, knowledge.options, facts, w),
        results_section(found, topic.intervention, words, w),
        course_section(course(topic, held), words, w),
        harms_section(topic, facts, words, w),
        unknowns_section(topic, found, words, w),
        money_section(clinic, words, w),
        values_section(w),
        steps_section(w),
        questions_section(w),
        teach_back_section(topic, found, words, w),
    )


def _title(topic: Topic, held: Evidence, w: Wording) -> Said:
    return w(
        "aid.title",
        treatment=treatment_name(topic.intervention, held.vocabulary, w),
        condition=condition_name(topic.condition, held.vocabulary, w),
    ).start


def _card_words(w: Wording) -> CardWords:
    parts = {name: w(f"option.{name}") for name in ("what", "good", "bad", "like", "studies", "asked")}
    return CardWords(
        **parts, how_sure=w("certainty.label"), content_code=w("about.hash"), contents=w("section.contents")
    )


def _notes(w: Wording) -> list[Note]:
    """What has to be seen first; a machine translation says so in both languages."""
    notes = [Note(w("note.not_advice"))]
    english = Wording(w.fallback, w.fallback)
    if w.language.translation is Translation.MACHINE:
        notes.append(Note(w("note.machine"), english("note.machine")))
    if w.missing:
        notes.append(Note(w("note.missing", n=len(w.missing)), english("note.missing", n=len(w.missing))))
    return notes


def _judged(criteria: Iterable[Criterion], aid: DecisionAid) -> list[Criterion]:
    """Criteria as declared, except that none is called met which this very aid does not meet."""
    seen = checked(aid)
    unmet = {name for name, met in seen.items() if not met}
    return [
        replace(c, standing=Standing.NOT_MET) if c.standing is Standing.MET and c.id in unmet else c
        for c in criteria
    ]
