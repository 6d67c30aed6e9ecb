"""Every answer of the shipped catalogue can be drawn, with every trial in it."""

import re
from xml.etree import ElementTree as ET

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build, diagnose
from enthesis.errors import CannotEstimate
from enthesis.report.figures import (
    Provenance,
    draw_benefit_curve,
    draw_forest,
    draw_map,
    draw_timeline,
    forest_rows,
    interval_svg,
    render,
    to_csv,
)

NO_NUMBER = re.compile(r"\b(nan|inf|infinity|none)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def held():
    return load()


@pytest.fixture(scope="module")
def evidence(held):
    return build(held.studies, held.reviews, held.vocabulary, load_evidence_rules())


@pytest.fixture(scope="module")
def provenance(held):
    return Provenance(held.content_hash, load_evidence_rules().version)


@pytest.fixture(scope="module")
def answers(evidence):
    return [a for topic in evidence.topics.values() for a in topic.answers]


def numbers_in(svg: str) -> str:
    """Attributes that place things."""
    root = ET.fromstring(svg)
    return " ".join(
        v for e in root.iter() for k, v in e.attrib.items() if k not in {"class", "fill", "stroke"}
    )


def test_every_answer_with_figures_has_a_forest_plot_with_every_trial(answers, evidence, provenance):
    drawn = 0
    for a in answers:
        try:
            figure = draw_forest(a, evidence.vocabulary, provenance)
        except CannotEstimate:
            assert a.synthesis is None
            continue
        drawn += 1
        shown = {row[1] for row in figure.table.rows if row[1]}
        pooled = {c.pick.study.id for c in a.synthesis.contrasts} if a.synthesis else set()
        assert shown == pooled | {x.contrast.pick.study.id for x in a.left_out}
        assert not NO_NUMBER.search(numbers_in(figure.source).replace("none", "")), a.question
        assert to_csv(figure.table)
    assert drawn >= sum(a.synthesis is not None for a in answers) > 100


def test_every_forest_plot_keeps_its_marks_on_the_axis_and_its_arrows_honest(answers, evidence):
    for a in answers:
        if a.synthesis is None:
            continue
        table = forest_rows(a, evidence.vocabulary)
        assert 0 < table.axis.zero < 1
        for row in (*table.rows, *table.left_out):
            if row.effect is None:
                continue
            mark = row.effect.mark
            assert 0 <= mark.left <= mark.right <= 1
            assert mark.x is None or mark.left <= mark.x <= mark.right
            assert ("fig-arrow" in interval_svg(row, table.axis)) == (mark.cut_left or mark.cut_right)
            assert mark.x is not None or row.weight is None


def test_every_axis_has_labels_and_every_text_stays_on_the_sheet(answers, evidence, provenance):
    for a in answers:
        if a.synthesis is None:
            continue
        root = ET.fromstring(render(draw_forest(a, evidence.vocabulary, provenance)))
        height = float(root.get("height"))
        assert all(0 < float(e.get("y")) < height for e in root.iter() if e.tag.endswith("}text"))
        assert len(forest_rows(a, evidence.vocabulary).axis.ticks) >= 3, a.question


def test_every_pool_with_an_important_difference_has_a_curve_and_a_timeline(answers, evidence, provenance):
    rules = evidence.rules
    for a in answers:
        if a.synthesis is None:
            continue
        steps = diagnose(a, rules).timeline
        assert draw_timeline(a, steps, evidence.vocabulary, provenance).description
        if a.synthesis.scale.mcid:
            assert draw_benefit_curve(a, evidence.vocabulary, provenance).description


def test_the_map_shows_every_condition_and_treatment_that_has_a_topic(evidence, provenance):
    svg = render(draw_map(evidence, provenance))
    said = " ".join(ET.fromstring(svg).itertext())
    for condition, intervention in evidence.topics:
        assert evidence.vocabulary.conditions[condition].label in said
        if "+" not in intervention:
            assert evidence.vocabulary.interventions[intervention].label in said
