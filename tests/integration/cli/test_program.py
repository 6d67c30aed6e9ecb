"""The program as a user meets it: a real process, its words, its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("enthesis")


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120)


def answer(*words):
    done = run(*words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def csv(tmp_path):
    def write(text):
        path = tmp_path / "studies.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_help_lists_the_commands_and_is_the_answer_to_nothing():
    words = run("--help").stdout
    assert all(command in words for command in ("evidence", "claims", "catalogue", "pool", "serve"))


def test_the_map_names_conditions_and_keeps_the_halves_apart():
    words = run("evidence", "map").stdout
    assert "Knee osteoarthritis" in words
    assert "against placebo" in words


def test_show_tells_placebo_and_active_apart_with_sources():
    words = run("evidence", "show", "knee-osteoarthritis", "prp").stdout
    assert words.index("Against placebo") < words.index("Against hyaluronic acid")
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC8611484" in words.replace("\n", "")
    assert "Not a medical" in words


def test_show_as_json_is_the_contract():
    found = answer("evidence", "show", "knee-osteoarthritis", "prp", "--comparator", "placebo", "--json")
    assert {q["comparator_class"] for q in found["questions"]} == {"placebo"}
    assert found["questions"][0]["studies"][0]["url"].startswith("http")


def test_weeks_choose_the_span_that_holds_them():
    found = answer(
        "evidence", "show", "knee-osteoarthritis", "prp", "--outcome", "pain", "--weeks", 52, "--json"
    )
    assert {tuple(q["horizon"]) for q in found["questions"]} == {(40, 78)}


def test_claims_have_a_standing_each():
    found = answer("claims", "--json")["claims"]
    assert {c["status"] for c in found} <= {
        "supported",
        "partly",
        "not supported",
        "cannot be answered from what was found",
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["evidence", "show", "knee-osteoartritis", "prp"], 5, "Did you mean knee-osteoarthritis"),
        (["evidence", "show", "knee-osteoarthritis", "prpp"], 5, "Did you mean prp"),
        (["evidence", "show", "facet-joint-pain", "svf", "--outcome", "joy"], 3, "Unknown outcome 'joy'"),
        (
            ["evidence", "show", "knee-osteoarthritis", "prp", "--comparator", "magic"],
            3,
            "Unknown comparator",
        ),
        (["pool", "absent.csv", "--y", "y", "--v", "v"], 5, "absent.csv"),
        (["nonsense"], 2, "nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_gets_a_sentence_and_a_documented_code(words, code, said):
    done = run(*words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_pool_agrees_with_a_hand_calculation(csv):
    # Equal variances of 1, effects 1, 2, 6: mean 3, sample variance 7, tau2 = 7 - 1 = 6, se = sqrt(7/3).
    found = answer("pool", csv("y,v\n1,1\n2,1\n6,1\n"), "--y", "y", "--v", "v", "--json")
    assert found["mu"] == pytest.approx(3)
    assert found["tau2"] == pytest.approx(6)
    assert found["se"] == pytest.approx((7 / 3) ** 0.5)
    assert found["k"] == 3


def test_pool_computes_effects_from_arm_figures_and_lists_them(csv):
    path = csv("e1,f1,e2,f2\n10,90,20,80\n5,45,10,40\n")
    found = answer(
        "pool", path, "--measure", "OR", "--columns", "ai=e1,bi=f1,ci=e2,di=f2", "--ci", "z", "--json"
    )
    assert [e["row"] for e in found["effects"]] == [1, 2]
    assert found["effects"][0]["v"] == pytest.approx(1 / 10 + 1 / 90 + 1 / 20 + 1 / 80)


def test_pool_with_moderators_adds_coefficients(csv):
    rows = "\n".join(f"{1 + 0.5 * x},{0.1 + 0.01 * x},{x}" for x in range(8))
    found = answer(
        "pool", csv(f"y,v,dose\n{rows}\n"), "--y", "y", "--v", "v", "--moderators", "dose", "--json"
    )
    assert [c["name"] for c in found["coefficients"]][1] == "dose"
    assert found["coefficients"][1]["estimate"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("a,b\n1,2\n", ["--y", "y", "--v", "b"], "There is no column 'y'; the columns are a, b."),
        ("y,v\n1,x\n", ["--y", "y", "--v", "v"], "row 1, column v"),
        ("y,v\n1,0\n2,1\n", ["--y", "y", "--v", "v"], "0"),
        ("y,v\n", ["--y", "y", "--v", "v"], "no row"),
        ("", ["--y", "y", "--v", "v"], "not a CSV table"),
        ("y,v\n1,1\n", ["--y", "y"], "Give --y and --v"),
        ("y,v\n1,1\n", ["--y", "y", "--v", "v", "--method", "XX"], "REML"),
        ("y,v\n1,1\n", ["--y", "y", "--v", "v", "--level", "2"], "level"),
        ("y,v\n1,1\n", ["--measure", "OR", "--columns", "ai:y"], "NAME=COLUMN"),
        ("y,v\n1,1\n", ["--measure", "OR", "--columns", "ai=y,bi=v"], "missing"),
    ],
)
def test_a_faulty_table_is_refused_with_the_place_and_the_repair(csv, text, words, said):
    done = run("pool", csv(text), *words, "--json")
    assert done.returncode in (3, 4)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_million_rows_are_pooled(csv):
    rows = "".join(f"{i % 7},{1 + i % 3}\n" for i in range(1_000_000))
    found = answer("pool", csv("y,v\n" + rows), "--y", "y", "--v", "v", "--method", "DL", "--json")
    assert found["k"] == 1_000_000


def test_catalogue_check_passes_on_what_ships():
    done = run("catalogue", "check", "--quiet")
    assert done.returncode == 0
    assert "0 errors" in done.stdout
