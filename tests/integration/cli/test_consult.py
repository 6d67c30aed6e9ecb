"""``enthesis consult``: sentences for a clinician, JSON for programs, faults by name."""

import json
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from enthesis.cli.app import app
from enthesis.cli.evidence import topic_object
from enthesis.cli.state import evidence
from enthesis.domain.selection import known_fields
from enthesis.errors import InvalidData, NotFound

EXAMPLE = Path(__file__).parents[3] / "docs/how-to/consult-example.yaml"
CONTRACT = {
    "scenario", "reasons", "contraindications", "missing", "evidence", "alternatives", "regulation", "plan",
    "caveats",
}  # fmt: skip


def run(*words):
    return CliRunner().invoke(app, ["consult", *words], env={"COLUMNS": "400"}, catch_exceptions=False)


def told(*words):
    return json.loads(run("--facts", str(EXAMPLE), "--on", "2026-11-22", "--json", *words).output)


def test_the_answer_comes_first_and_reads_as_a_sentence():
    lines = run("--facts", str(EXAMPLE), "--on", "2026-11-22").output.splitlines()
    assert lines[0] == "Uncertain: platelet-rich plasma for knee osteoarthritis (left)."


def test_reasons_contraindications_law_and_medicines_are_told():
    said = run("--facts", str(EXAMPLE), "--on", "2026-11-22").output
    assert "Against placebo: " in said
    assert "So at most 'uncertain'." in said
    assert "The legal position in India is unclear." in said
    assert "aspirin: Do not stop it." in said
    assert "[unverified]" in said
    assert "not a medical device" in said


def test_json_keeps_its_contract():
    found = told()
    assert set(found) >= CONTRACT
    assert found["scenario"] == "uncertain"
    for reason in found["reasons"]:
        assert set(reason) >= {"rule", "text", "strength", "source", "date"}
        assert all(reason[key] for key in ("rule", "text", "strength", "source", "date"))
    assert [r["rule"] for r in found["reasons"]][-1] == "evidence-ceiling"


def test_the_evidence_is_word_for_word_that_of_evidence_show():
    held = evidence()
    topic = held.topic("knee-osteoarthritis", "prp")
    shown = topic_object(topic, topic.answers, held.vocabulary)["questions"]
    assert told()["evidence"] == json.loads(json.dumps(shown))


def test_no_fact_of_the_patient_is_repeated_in_full():
    text = json.dumps(told())
    assert '"age_years": 61' not in text
    assert "stent" not in json.dumps(told()["plan"]["drugs"][1]["drug"])


def changed(tmp_path, **facts):
    document = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")) | facts
    file = tmp_path / "facts.yaml"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def test_what_is_missing_is_named_first(tmp_path):
    document = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    del document["infection"]
    file = tmp_path / "facts.yaml"
    file.write_text(json.dumps(document), encoding="utf-8")
    said = run("--facts", str(file), "--on", "2026-11-22").output
    assert said.splitlines()[0] == (
        "Cannot say: platelet-rich plasma for knee osteoarthritis (left), because it is not known: infection."
    )
    assert "infection: none: uncertain; local, systemic: do not" in said


def test_marrow_cells_in_india_are_refused_with_the_reason(tmp_path):
    file = changed(tmp_path, intervention="msc-bone-marrow", country="IN")
    found = json.loads(run("--facts", file, "--on", "2026-11-22", "--json").output)
    assert found["scenario"] == "do not"
    (reason,) = (r for r in found["reasons"] if r["rule"] == "regulation-in")
    assert "authorised product or inside an approved trial" in reason["text"]
    assert reason["source"].startswith("http")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"age_years": 300}, r"must lie in \[0, 120\]"),
        ({"platelets": 250}, "has no unit"),
        ({"country": "FR"}, "'FR' is not known"),
    ],
)
def test_impossible_facts_end_in_a_sentence(tmp_path, facts, said):
    with pytest.raises(InvalidData, match=said):
        run("--facts", changed(tmp_path, **facts), "--on", "2026-11-22")


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(NotFound, match=r"No file is called 'nowhere\.yaml'"):
        run("--facts", "nowhere.yaml")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(InvalidData, match="'soon' is no date"):
        run("--facts", str(EXAMPLE), "--on", "soon")


def test_without_facts_the_usage_is_told():
    done = run()
    assert done.exit_code == 2
    assert "--facts" in done.output


def test_the_template_assumes_nothing_and_leaves_nothing_out():
    text = run("--template").output
    assert all(line.startswith("#") for line in text.splitlines())
    for field in known_fields():
        name = re.escape(field.path.rpartition(".")[2])
        assert re.search(rf"^# [ -]*{name}:", text, re.MULTILINE), field.path


def test_a_filled_template_is_a_facts_file(tmp_path):
    lines = run("--template").output.splitlines()
    wanted = {"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left"}
    filled = [
        f"{name}: {wanted[name]}" if (name := line.removeprefix("# ").partition(":")[0]) in wanted else line
        for line in lines
    ]
    file = tmp_path / "facts.yaml"
    file.write_text("\n".join(filled), encoding="utf-8")
    assert run("--facts", str(file)).output.startswith("Cannot say: ")


def test_a_reason_for_silence_is_told_once(tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text(
        json.dumps({"condition": "lateral-epicondylitis", "intervention": "prp", "side": "right"}),
        encoding="utf-8",
    )
    said = run("--facts", str(file), "--on", "2026-11-22").output
    (line,) = (x for x in said.splitlines() if "at 7 to 17 weeks, against placebo: " in x)
    assert line.count("prints no interval that can be converted") == 1
    assert ".." not in line
