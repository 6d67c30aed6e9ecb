"""Every topic of the shipped catalogue has a GRADE table that says what its answers say."""

import json
from xml.etree import ElementTree as ET

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.overrides_loader import load_overrides
from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build
from enthesis.report.figures import Provenance
from enthesis.report.grade import fragment, grade_csv, grade_object, grade_table


@pytest.fixture(scope="module")
def tables():
    held = load()
    rules = load_evidence_rules()
    assessments = load_assessments(held.studies)
    evidence = build(held.studies, held.reviews, held.vocabulary, rules, load_overrides(), assessments)
    provenance = Provenance(held.content_hash, rules.version)
    return [(topic, grade_table(topic, evidence, provenance)) for topic in evidence.topics.values()]


def test_every_table_can_be_laid_out_in_every_way(tables):
    assert len(tables) > 50
    for _, table in tables:
        ET.fromstring(fragment(table).replace("<br>", "<br/>"))
        json.dumps(grade_object(table), allow_nan=False)
        assert grade_csv(table).startswith("# topic: ")


def test_every_class_of_comparator_has_its_section_and_every_row_its_answer(tables):
    for topic, table in tables:
        assert tuple(s.comparator_class for s in table.sections) == topic.classes
        answers = {a.question: a for a in topic.answers}
        for section in table.sections:
            asked = {a.question.outcome for a in topic.of_class(section.comparator_class)}
            assert {r.question.outcome for r in section.rows} == asked
            for r in section.rows:
                a = answers[r.question]
                assert (r.verdict, r.level) == (a.verdict, a.level)
                assert r.notes, "a level without a reason"
            assert len(section.summary) <= 7


def test_no_reason_is_given_that_no_row_refers_to(tables):
    for _, table in tables:
        for section in table.sections:
            used = {x for r in section.rows for x in (*r.notes, *r.effect_notes)}
            assert used == {n.letter for n in section.notes}


def test_effects_lie_inside_their_intervals(tables):
    spans = [
        span
        for _, table in tables
        for section in table.sections
        for r in section.rows
        for span in (
            r.relative,
            r.difference and r.difference.span,
            r.absolute and r.absolute.intervention,
            r.absolute and r.absolute.difference,
        )
        if span
    ]
    assert len(spans) > 200
    assert all(span.lo <= span.estimate <= span.hi for span in spans)
