"""Sentences as a colleague would read them, from made trials whose answers are plain."""

import pytest

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build
from enthesis.domain.evidence.study import Integrity, PrintedContrast, PrintedP, Product
from enthesis.report.evidence_json import topic_object
from enthesis.report.sentences import statement
from made_studies import arm, figures, row, study, trial

VOCABULARY = catalogue.load().vocabulary


def topic(*studies, intervention="prp"):
    held = build({s.id: s for s in studies}, {}, VOCABULARY, load_evidence_rules())
    return held.topic("knee-osteoarthritis", intervention)


def words(*studies):
    return statement(topic(*studies).answers[0], VOCABULARY)


def events(of, versus, n=400, **more):
    more = {"outcome": "adverse-event", "instrument": "any-adverse-event", "range": None} | more
    return study("a-2020", row(figures("prp", n, events=of), figures("saline", n, events=versus), **more))


def test_what_cannot_be_told_apart_begins_with_the_comparison():
    said = words(trial("a-2020", 8, n=110))
    assert said.startswith(
        "Compared with placebo at 18 to 39 weeks, platelet-rich plasma may make little difference to pain or "
        "reduce it by an amount patients notice; the trials cannot tell which."
    )


def test_worse_is_said_so_that_it_also_fits_an_active_comparator():
    said = words(*(trial(f"t-{i}", -16, n=150) for i in range(6)))
    assert said.startswith("Platelet-rich plasma probably leaves pain worse by an amount patients notice")


def test_the_scale_is_named():
    assert "120 people, measured: VAS pain." in words(trial("a-2020", 8))


def test_patients_do_not_notice_a_ratio():
    # 320 of 400 against 200 of 400: ratio 1.6.
    said = words(events(320, 200, outcome="responder", instrument="omeract-oarsi", better="higher"))
    assert "raises the chance of a clear response by an important amount" in said
    assert "notice" not in said


def test_more_harms_are_more_harms():
    # 240 of 400 against 120 of 400: ratio 2.0.
    assert "leads to more adverse events compared with placebo" in words(events(240, 120))


def test_harms_that_may_be_more_or_fewer_are_not_called_absent():
    # 40 of 400 against 38 of 400: ratio 1.05, interval 0.69 to 1.60.
    a = topic(events(40, 38)).answers[0]
    assert a.verdict == "unclear"


def test_an_unknown_number_of_people_is_said():
    arms = [arm("prp", "prp"), arm("saline", "saline")]
    contrast = PrintedContrast("prp", "saline", measure="MD", estimate=-9.0, ci=(-13.0, -5.0), level=0.95)
    assert "size of 1 trial not stated" in words(study("a-2020", row(contrast=contrast), arms=arms))


def test_a_difference_on_a_scale_of_unknown_range_keeps_its_unit_and_has_no_size():
    contrast = PrintedContrast(
        "prp", "saline", measure="MD", estimate=-9.0, ci=(-13.0, -5.0), level=0.95, adjusted=True
    )
    large = [arm("prp", "prp", n=150), arm("saline", "saline", n=150)]
    foot = row(contrast=contrast, instrument="ffi-pain", range=None)
    said = words(study("a-2020", foot, arms=large))
    assert said.startswith("Platelet-rich plasma probably reduces pain compared with placebo")
    assert "9.0 units of the Foot Function Index, pain better" in said
    assert "what difference matters on this scale is not agreed" in said


def test_ways_of_giving_a_product_stand_in_the_json():
    arms = (
        arm("one", "prp", n=40, product=Product(injections=1)),
        arm("three", "prp", n=40, product=Product(injections=3)),
    )
    given = study("a-2020", row(figures("one", 40, 50, 20), figures("three", 40, 40, 20)), arms=arms)
    found = topic_object(topic(given), [], VOCABULARY)["product_comparisons"]
    assert [x["arms"] for x in found] == [["one", "three"]]
    assert found[0]["differs"] == ["injections: 1 against 3"]
    (told,) = found[0]["rows"]
    assert (told["scale"], told["y"], told["better_arm"]) == ("points-0-100", -10.0, "three")
    assert told["v"] == pytest.approx(2 * 20**2 / 40)


def test_directions_are_told_by_their_sides():
    def direction(name, favours):
        contrast = PrintedContrast("prp", "saline", p=PrintedP("<", 0.05), favours=favours)
        return study(name, row(contrast=contrast))

    said = words(direction("a-2020", "prp"), direction("b-2020", "prp"), direction("c-2020", "neither"))
    assert "3 trials told at most which side did better (2 for it, 1 neither or not told)" in said


def test_a_question_with_suspect_figures_only_says_so():
    doubtful = trial("a-2020", 8, integrity=Integrity("suspect", ("copied",)))
    assert "1 trial printed figures that cannot be taken at face value" in words(doubtful)
