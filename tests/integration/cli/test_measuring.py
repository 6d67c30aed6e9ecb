"""Scores and products on the command line: the contracts, the words, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("enthesis")
ODI = {str(n): value for n, value in enumerate((2, 1, 3, 2, 1, 2, 1, None, 2, 2), start=1)}
RECORD = """\
whole_blood: {platelets: 200, leukocytes: 6, neutrophils: 3.5, erythrocytes: 4.8, volume: 27 mL,
  anticoagulant_volume: 3 mL, counted: before-anticoagulant}
product: {platelets: 1000 G/L, leukocytes: 3, neutrophils: 1.0, erythrocytes: 0.1,
  volume_prepared: 3 mL, volume_injected: 3 mL}
preparation: {anticoagulant: ACD-A, spins: 2}
activation: {agent: none}
"""


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120)


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_a_score_keeps_the_contract(file):
    done = run("score", "odi", file("odi.json", {"answers": ODI}), "--json")
    found = json.loads(done.stdout)
    assert set(found) == {"instrument", "version", "scores", "caveats"}
    (total,) = found["scores"]
    # 16 points over the 9 sections answered: 100 * 16 / 45.
    assert total["value"] == pytest.approx(100 * 16 / 45)
    assert (total["answered"], total["missing"], total["better"], total["range"]) == (9, 1, "lower", [0, 100])


def test_a_score_in_words_says_range_and_direction(file):
    words = run("score", "odi", file("odi.json", {"answers": ODI})).stdout
    assert "35.5556 on 0 to 100, lower is better" in words.replace("\n", " ")


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ({"answers": {"1": 9}}, 3, "from 0 to 5"),
        ({"answers": {"pain": 1}}, 3, "no item"),
        ({"answers": ODI, "version": "1.0"}, 3, "1.0"),
        ({"answer": ODI}, 3, "Unknown field 'answer'"),
        ({"answers": ODI, "version": 2}, 3, "in quotes"),
        ("[1, 2", 3, "no JSON"),
        ("[]", 3, "no object"),
        ('{"answers": {"1": 1, "1": 2}}', 3, "stands twice"),
    ],
)
def test_a_faulty_response_is_refused_by_name_and_never_scored(file, content, code, said):
    done = run("score", "odi", file("odi.json", content), "--json")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_instrument_offers_the_closest(file):
    done = run("score", "kooss", file("x.json", {"answers": {}}))
    assert done.returncode == 5
    assert "koos" in done.stderr


def test_a_switched_off_instrument_refuses_with_its_reason(file):
    off = [
        i for i in json.loads(run("instruments", "list", "--json").stdout)["instruments"] if i["switched_off"]
    ]
    assert off
    done = run("score", off[0]["id"], file("x.json", {"answers": {}}))
    assert done.returncode == 4
    assert off[0]["switched_off"][:30] in done.stderr


def test_a_product_keeps_the_contract(file):
    found = json.loads(run("product", file("prp.yaml", RECORD), "--json").stdout)
    # 1000 x 10^9/L x 3 mL = 3 x 10^9 platelets; 1000/200 = 5; 3 of 200 x 27 mL = 5.4 x 10^9, 55.6 %.
    assert found["dose_e9"] == pytest.approx(3.0)
    assert found["fold"] == pytest.approx(5.0)
    assert found["recovery_percent"] == pytest.approx(100 * 3 / 5.4)
    assert found["leukocyte_fold"] == pytest.approx(0.5)
    assert {"mishra", "paw", "depa", "dohan_ehrenfest", "everts"} <= set(found["codes"])
    assert {"purity_percent", "leukocytes", "warnings"} <= set(found)


def test_a_product_in_words_ends_with_a_paragraph_for_a_paper(file):
    words = run("product", file("prp.yaml", RECORD)).stdout.replace("\n", " ")
    assert "27 mL of whole blood was drawn" in words
    assert "Not recorded:" in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("platelets: 200,", "platelets: -200,"), "-200"),
        (("volume: 27 mL", "volume: 2 mL"), "mL"),
        (("1000 G/L", "1000 bananas"), "bananas"),
        (("whole_blood", "blut"), "blut"),
        ((RECORD, "a: [1"), "line"),
    ],
)
def test_an_impossible_product_is_refused_with_its_likely_cause(file, change, said):
    done = run("product", file("prp.yaml", RECORD.replace(*change)), "--json")
    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_instrument_shows_rules_thresholds_and_licence():
    words = run("instruments", "show", "odi").stdout.replace("\n", " ")
    assert "MCID of total: 10 points or 30 %" in words
    assert "Licence: registration" in words
