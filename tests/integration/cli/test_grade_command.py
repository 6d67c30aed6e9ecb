"""``enthesis evidence grade`` on the shipped catalogue, as a user meets it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("enthesis")


def run(*words):
    call = [PROGRAM, "evidence", "grade", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, timeout=120)


def test_the_table_tells_classes_apart_with_certainty_reasons_and_limits():
    done = run("lateral-epicondylitis", "prp")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert said.index("Against placebo") < said.index("Against corticosteroid")
    for words in ("●●●○ moderate", "Imprecision (−", "Risk of bias: not assessed", "Not a medical device"):
        assert words in said


def test_files_and_json_hold_the_same_rows(tmp_path):
    table, page = tmp_path / "grade.csv", tmp_path / "grade.pdf"
    topic = ("lateral-epicondylitis", "prp", "--comparator", "corticosteroid")
    done = run(*topic, "--csv", table, "--pdf", page, "--json")
    assert done.returncode == 0, done.stderr
    (section,) = json.loads(done.stdout)["sections"]
    lines = [x for x in table.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert [r["outcome"] for r in rows] == [r["outcome"] for r in section["rows"]]
    assert [r["certainty"] for r in rows] == [r["certainty"] for r in section["rows"]]
    assert page.read_bytes().startswith(b"%PDF")


def test_an_unknown_comparator_is_refused_with_the_known_ones():
    done = run("knee-osteoarthritis", "prp", "--comparator", "saline")
    assert done.returncode == 3
    assert "it is one of placebo" in done.stderr


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    done = run("lateral-epicondylitis", "prp", "--csv", tmp_path / "missing" / "grade.csv")
    assert done.returncode == 6
    assert "grade.csv cannot be written" in done.stderr


def test_an_unknown_treatment_is_answered_with_the_closest_names():
    done = run("knee-osteoarthritis", "prpp")
    assert done.returncode == 5
    assert "Did you mean prp" in done.stderr
