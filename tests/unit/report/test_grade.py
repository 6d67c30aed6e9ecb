"""GRADE tables from invented trials: numbers, words, footnotes, layouts that say the same."""

import csv
import re
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from enthesis.catalogue import load
from enthesis.catalogue.risk_of_bias_tools import load_risk_of_bias_tools
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import Level, build
from enthesis.domain.evidence.appraisal import AssessedRow, Assessment, DomainAnswers
from enthesis.domain.evidence.certainty import Override
from enthesis.domain.evidence.risks import risk_with
from enthesis.domain.evidence.study import Blinding
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.figures import Provenance
from enthesis.report.figures.risk_of_bias_plots import appraised_trials, draw_bias_summary, draw_traffic_light
from enthesis.report.figures.text_width import text_width
from enthesis.report.grade import fragment, grade_csv, grade_html, grade_object, grade_pdf, grade_table
from enthesis.report.grade.certainty_words import Footnotes
from made_studies import figures, row, study, trial, with_row

RULES = load_evidence_rules()
VOCABULARY = load().vocabulary
PROVENANCE = Provenance("0123456789abcdef" * 4, RULES.version)
ROB2 = load_risk_of_bias_tools()["rob2-2019"]
SOUND = {
    "D1": {"1.1": "Y", "1.2": "Y", "1.3": "N"},
    "D2": {"2.1": "N", "2.2": "N", "2.6": "Y"},
    "D3": {"3.1": "Y"},
    "D4": {"4.1": "N", "4.2": "N", "4.3": "N"},
    "D5": {"5.1": "NI", "5.2": "N", "5.3": "N"},
}


def harms(prp, saline, n=100):
    rows = (figures("prp", n, events=prp), figures("saline", n, events=saline))
    return row(*rows, outcome="adverse-event", instrument="any-adverse-event", range=None)


def responders(prp, saline, n=100):
    rows = (figures("prp", n, events=prp), figures("saline", n, events=saline))
    return row(*rows, outcome="responder", instrument="global-success", better="higher", range=None)


def held(*trials, **more):
    return build({t.id: t for t in trials}, {}, VOCABULARY, RULES, **more)


def table_of(*trials, comparator=None, **more):
    evidence = held(*trials, **more)
    return grade_table(evidence.topic("knee-osteoarthritis", "prp"), evidence, PROVENANCE, comparator)


def only(table):
    (section,) = table.sections
    return section


def assessment(name):
    rows = (AssessedRow("pain", "vas-pain", 26),)
    domains = {d: DomainAnswers(answers, "made") for d, answers in SOUND.items()}
    return Assessment(f"{name}-pain", name, ROB2, rows, ("A",), date(2026, 11, 22), ("it",), domains)


def test_an_outcome_of_scores_has_points_people_and_what_patients_notice():
    (found,) = only(table_of(trial("a-2019", 4, n=144))).rows
    assert (found.outcome, found.time, found.k, found.n) == ("Pain", "18 to 39 weeks", 1, 288)
    assert (found.n_intervention, found.n_comparator, found.designs) == (144, 144, ("randomised",))
    assert found.difference.span.estimate == pytest.approx(4)
    assert found.difference.mcid == 10
    assert found.difference.words.startswith("4.0 points better on 0–100 (0.6 worse to 8.6 better)")
    assert (found.relative, found.absolute) == (None, None)
    assert (found.scores.median, found.scores.better) == (50, "lower")


def test_events_are_shown_as_ratio_and_per_1000_from_the_risk_of_the_comparator_groups():
    both = only(table_of(study("a-2019", responders(60, 40)), study("b-2020", responders(60, 40))))
    (found,) = both.rows
    assert found.measure == "risk ratio"
    assert found.absolute.comparator == pytest.approx(400)  # 80 of 200
    assert found.relative.estimate == pytest.approx(1.5, rel=1e-6)  # 0.6 / 0.4 in both trials
    assert found.absolute.intervention.estimate == pytest.approx(600, rel=1e-6)
    assert found.absolute.difference.lo == pytest.approx(400 * found.relative.lo - 400)


def test_a_risk_above_everyone_is_cut_and_the_table_says_so():
    section = only(table_of(study("a-2019", responders(20, 10, n=21))))
    (found,) = section.rows
    assert found.absolute.capped
    assert found.absolute.intervention.hi == 1000
    assert "A limit above 1000 per 1000 is cut there." in [n.text for n in section.notes]


def test_no_event_in_the_comparator_groups_gives_no_absolute_effect_and_says_why():
    section = only(table_of(study("a-2019", harms(5, 0))))
    (found,) = section.rows
    assert found.absolute is None
    assert any("no event is known in the comparator groups" in n.text for n in section.notes)


@pytest.mark.parametrize(
    ("measure", "ratio", "risk"),
    # 0.2 with: RR 0.5 -> 0.1; OR 0.5: odds 0.25 -> 0.125 -> 1/9; HR 2: 1 - 0.8^2 = 0.36
    [("risk ratio", 0.5, 0.1), ("odds ratio", 0.5, 1 / 9), ("hazard ratio", 2.0, 0.36)],
)
def test_ratios_become_risks_by_their_own_formula(measure, ratio, risk):
    assert risk_with(0.2, ratio, measure) == pytest.approx(risk, rel=1e-12)


def test_every_level_taken_off_has_its_letter_and_reason():
    section = only(table_of(trial("a-2019", 4)))
    (found,) = section.rows
    text = {n.letter: n.text for n in section.notes}
    lost = [d for d in found.domains if d.steps]
    assert found.level == Level.HIGH + sum(d.steps for d in lost)
    assert [d.note for d in lost] == list(found.notes)
    for d in lost:
        assert text[d.note] == f"{d.name.capitalize()} (−{-d.steps} level{'s' * (d.steps < -1)}): {d.reason}."
    assert all(d.word in ("not serious", "undetected") for d in found.domains if not d.steps)


def test_letters_go_on_after_z_and_one_reason_keeps_one_letter():
    notes = Footnotes()
    letters = [notes.letter(f"reason {i}") for i in range(28)]
    assert letters[:2] + letters[25:] == ["a", "b", "z", "aa", "ab"]
    assert notes.letter("reason 1") == "b"


def test_a_persons_decision_is_a_footnote_with_name_day_and_proposal():
    base = held(trial("a-2019", 4))
    (a,) = base.topic("knee-osteoarthritis", "prp").answers
    override = Override(Level.HIGH, "A Curator", date(2026, 11, 22), "two further trials agree")
    section = only(table_of(trial("a-2019", 4), overrides={a.question: override}))
    assert section.rows[0].level is Level.HIGH
    said = f"Certainty set by A Curator on 2026-11-22 (proposed: {a.level.word}): two further trials agree."
    assert said in [n.text for n in section.notes]


def test_the_horizon_that_most_people_answer_is_shown_once():
    late = row(figures("prp", 30, 45, 20), figures("saline", 30, 50, 20), weeks=52)
    (found,) = only(table_of(with_row(trial("a-2019", 4), late))).rows
    assert (found.time, found.n) == ("18 to 39 weeks", 120)


def test_a_summary_leaves_imaging_to_the_profile():
    seen = (figures("prp", 60, 5, 1), figures("saline", 60, 4.9, 1))
    imaging = row(
        *seen,
        outcome="structure",
        instrument="mri-medial-tibial-cartilage-volume-percent",
        better="higher",
        range=None,
    )
    section = only(table_of(with_row(trial("a-2019", 4), imaging)))
    assert [r.outcome for r in section.rows] == ["Pain", "Structure"]
    assert [r.outcome for r in section.summary] == ["Pain"]


def test_a_comparator_can_be_chosen_and_classes_never_share_a_table():
    steroid = trial("c-2021", 9)
    arms = (steroid.arms[0], replace(steroid.arms[1], intervention="corticosteroid"))
    trials = (trial("a-2019", 4), replace(steroid, arms=arms))
    assert [str(s.comparator_class) for s in table_of(*trials).sections] == ["placebo", "corticosteroid"]
    section = only(table_of(*trials, comparator=ComparatorClass.CORTICOSTEROID))
    assert section.rows[0].n == 120


def test_html_is_a_table_with_heads_and_footnotes_that_lead_somewhere():
    evidence = held(with_row(trial("a-2019", 4), harms(10, 8)))
    html = grade_html(evidence.topic("knee-osteoarthritis", "prp"), evidence, PROVENANCE)
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {x[1:] for x in re.findall(r'href="(#[^"]+)"', html)} <= set(ids)
    root = ET.fromstring(html.replace("<br>", "<br/>"))
    for table in root.iter("table"):
        width = len(table.findall("./thead/tr/th[@scope='col']"))
        assert table.find("caption").text
        for tr in table.findall("./tbody/tr"):
            assert tr[0].get("scope") == "row"
            assert sum(int(cell.get("colspan", "1")) for cell in tr) == width
    assert "style=" not in html
    assert "<script" not in html


def test_names_from_files_cannot_become_markup():
    evil = Override(Level.HIGH, "<b>X</b>", date(2026, 11, 22), "a & b")
    (a,) = held(trial("a-2019", 4)).topic("knee-osteoarthritis", "prp").answers
    html = fragment(table_of(trial("a-2019", 4), overrides={a.question: evil}))
    assert "<b>X" not in html
    assert "&lt;b&gt;X&lt;/b&gt;" in html
    assert "a &amp; b" in html


def test_csv_and_object_hold_the_same_numbers_in_full_precision():
    table = table_of(with_row(trial("a-2019", 4), harms(10, 8)))
    lines = [line for line in grade_csv(table).splitlines(keepends=True) if not line.startswith("#")]
    pain, harm = csv.DictReader(StringIO("".join(lines)))
    of_pain, of_harm = grade_object(table)["sections"][0]["rows"]
    assert (
        float(pain["difference_low"])
        == of_pain["difference_low"]
        == table.sections[0].rows[0].difference.span.lo
    )
    assert float(harm["difference_per_1000"]) == of_harm["difference_per_1000"]
    assert of_pain["horizon"] == [18, 39]
    assert (pain["certainty"], pain["in_summary"]) == (of_pain["certainty"], "yes")


def test_the_pdf_holds_text_disclaimer_and_state_of_the_catalogue_on_every_page():
    pages = PdfReader(BytesIO(grade_pdf(table_of(with_row(trial("a-2019", 4), harms(10, 8)))))).pages
    for page in pages:
        words = " ".join(page.extract_text().split())
        assert "not a medical device" in words
        assert "Enthesis catalogue 0123456789ab" in words
        assert page.mediabox.width > page.mediabox.height
    assert "4.0 points better" in " ".join(" ".join(p.extract_text().split()) for p in pages)


def test_without_assessments_the_table_says_so_and_draws_none():
    section = only(table_of(trial("a-2019", 4)))
    assert section.figures == ()
    assert section.bias.startswith("Risk of bias: not assessed.")


def test_assessments_are_drawn_with_signs_words_and_what_is_not_assessed():
    section = only(table_of(trial("a-2019", 4), trial("b-2020", 6), assessments=[assessment("a-2019")]))
    lights, bars = section.figures
    assert "1 of 1 outcomes" in section.bias
    assert lights.description == "RoB 2, 2 trials, overall: 1 at some concerns, 1 not assessed."
    said = " ".join(ET.fromstring(lights.source).itertext())
    for word in (
        "low risk",
        "some concerns",
        "high risk",
        "not assessed",
        "D5  selection of the reported result",
    ):
        assert word in said
    assert bars.description == "RoB 2, share of the weight, overall: some concerns 50%, not assessed 50%."
    assert bars.table.rows[-1] == ("overall", 0, pytest.approx(0.5), 0, pytest.approx(0.5))
    assert lights.table.rows[1][3:] == ("not assessed",) * 6


def test_plots_can_be_asked_where_nobody_assessed_anything():
    (a,) = held(trial("a-2019", 4, blinding=Blinding())).topic("knee-osteoarthritis", "prp").answers
    trials = appraised_trials(a.synthesis, ROB2)
    for draw in (draw_traffic_light, draw_bias_summary):
        figure = draw("Risk of bias", trials, ROB2, PROVENANCE)
        assert "not assessed" in figure.description
        assert "low risk" not in figure.description


def test_a_tool_of_seven_domains_and_five_levels_fits_the_picture():
    (a,) = held(trial("a-2019", 4, design="nonrandomised")).topic("knee-osteoarthritis", "prp").answers
    robins = load_risk_of_bias_tools()["robins-i-2016"]
    trials = appraised_trials(a.synthesis, robins)
    assert len(trials) == 1
    for draw in (draw_traffic_light, draw_bias_summary):
        root = ET.fromstring(draw("Risk of bias", trials, robins, PROVENANCE).source)
        width, height = float(root.get("width")), float(root.get("height"))
        for shape in root.iter():
            if shape.get("cx"):
                assert float(shape.get("cx")) + float(shape.get("r")) <= width
                assert float(shape.get("cy")) + float(shape.get("r")) <= height
            if shape.tag.endswith("text") and shape.get("text-anchor") is None:
                assert float(shape.get("x")) + text_width(shape.text, float(shape.get("font-size"))) <= width
