"""``enthesis evidence fragility`` and ``enthesis evidence moderators``."""

import json

import pytest
from typer.testing import CliRunner

from enthesis.cli.app import app
from enthesis.errors import CannotEstimate, InvalidData, NotFound

QUESTION = ["knee-osteoarthritis", "prp", "--comparator", "hyaluronic-acid", "--outcome", "composite"]


def run(*words: str):
    return CliRunner().invoke(app, ["evidence", *words], env={"COLUMNS": "300"})


def test_a_question_is_told_with_what_moves_it():
    said = run("fragility", *QUESTION, "--weeks", "12").output
    assert "ways to analyse the same trials" in said
    assert "What moves it most" in said
    assert "no difference by funding: no trial says that industry paid for it" in said
    assert "not how probable it is" in said


def test_single_trials_are_listed_as_having_no_multiverse():
    said = run("fragility", "knee-osteoarthritis", "prp", "--comparator", "placebo").output
    assert "because fewer than two trials are pooled" in said


def test_json_holds_curve_axes_and_the_way_that_was_declared():
    made = json.loads(run("fragility", *QUESTION, "--weeks", "12", "--json").output)["questions"]
    (one,) = made
    assert one["pools"] + one["empty"] + one["single_trial"] == one["specifications"]
    assert one["axes"][-1]["name"] == "interval"
    at = one["curve"][0]
    alone = json.loads(
        run("fragility", *QUESTION, "--weeks", "12", "--specification", str(at["specification"])).output
    )
    assert alone["mu"] == pytest.approx(at["mu"], abs=1e-12)


def test_one_way_needs_one_question():
    done = run("fragility", "knee-osteoarthritis", "hyaluronic-acid", "--specification", "0")
    assert isinstance(done.exception, CannotEstimate)
    assert "name one with --comparator" in str(done.exception)


def test_a_number_that_is_no_way_is_refused():
    done = run("fragility", *QUESTION, "--weeks", "12", "--specification", "9999999")
    assert isinstance(done.exception, InvalidData)


def test_moderators_say_that_the_trials_are_too_few():
    said = run("moderators", "knee-osteoarthritis", "hyaluronic-acid", "--outcome", "pain").output
    assert "What moves the effect is not known" in said
    assert "about 10 are needed" in said
    assert "Trials are compared, not patients" in said


def test_moderators_as_json_name_every_trial():
    words = ("moderators", "knee-osteoarthritis", "hyaluronic-acid", "--comparator", "other-biologic")
    (made,) = json.loads(run(*words, "--outcome", "pain", "--json").output)["questions"]
    weeks = next(m for m in made["moderators"] if m["name"] == "follow-up")
    assert len(weeks["trials"]) == weeks["k"] == made["k"]
    assert made["feeds_verdicts"] is False


def test_unknown_names_are_offered_near_ones():
    assert isinstance(run("moderators", "knee-ostearthritis", "prp").exception, NotFound)
