"""Questionnaires on the command line: the resource, the words, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

from fhir.resources.R4B.questionnaire import Questionnaire

from enthesis.catalogue.instruments_loader import find_instrument

PROGRAM = Path(sys.executable).with_name("enthesis")


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120)


def test_a_free_instrument_gives_its_resource():
    resource = json.loads(run("questionnaire", "nrs", "--json").stdout)
    assert Questionnaire.model_validate(resource).id == "nrs-pain"
    assert resource["code"][0]["code"] == "72514-3"


def test_wording_without_a_licence_is_refused_with_its_owner():
    done = run("questionnaire", "eq5d", "--json")
    assert done.returncode == 6
    assert "EuroQol Research Foundation" in done.stderr
    assert done.stdout == ""


def test_the_structure_is_given_and_says_what_is_not_calculated():
    words = " ".join(run("questionnaire", "eq5d", "--structure-only").stdout.split())
    assert "calculated: Health state, EQ VAS" in words
    assert "Structure only" in words
    assert "'Index by the chosen value set' is not calculated" in words


def test_a_clinics_licence_brings_its_texts(tmp_path):
    file = tmp_path / "licence.yaml"
    texts = "".join(f"  {item.id}: wording of the clinic\n" for item in find_instrument("peg").items)
    file.write_text(f"instrument: peg-3\nlanguage: fr\nproof: letter 12\ntexts:\n{texts}")
    resource = json.loads(run("questionnaire", "peg", "--licence", file, "--json").stdout)
    assert resource["language"] == "fr"
    assert resource["item"][0]["text"] == "wording of the clinic"


def test_a_licence_file_that_is_not_there_is_named():
    done = run("questionnaire", "peg", "--licence", "absent.yaml")
    assert done.returncode == 5
    assert "absent.yaml" in done.stderr
