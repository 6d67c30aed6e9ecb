"""The interface gives the very object of the command line; facts that cannot be are refused one by one."""

import json
from pathlib import Path

import pytest
import yaml
from django.test import Client
from typer.testing import CliRunner

from enthesis.cli.app import app

EXAMPLE = Path(__file__).parents[3] / "docs/how-to/consult-example.yaml"
ADDRESS = "/api/v1/consult"


def asked(client: Client, body: object, query: str = "", status: int = 200) -> dict:
    text = body if isinstance(body, str) else json.dumps(body)
    answer = client.post(f"{ADDRESS}{query}", text, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.json()


@pytest.mark.parametrize("change", [{}, {"infection": "systemic"}, {"side": "right", "country": "US"}])
def test_the_interface_and_the_command_line_give_the_same_object(
    anyone: Client, tmp_path: Path, change: dict[str, str]
) -> None:
    facts = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")) | change
    file = tmp_path / "facts.yaml"
    file.write_text(yaml.safe_dump(facts), encoding="utf-8")
    said = CliRunner().invoke(app, ["consult", "--facts", str(file), "--on", "2026-11-22", "--json"])
    assert said.exit_code == 0, said.output
    assert asked(anyone, facts, "?on=2026-11-22") == json.loads(said.stdout)


def test_the_contract_has_every_key_that_was_promised(anyone: Client) -> None:
    facts = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    answer = asked(anyone, facts, "?on=2026-11-22")
    promised = {
        "scenario", "reasons", "contraindications", "missing", "evidence", "alternatives", "regulation",
        "plan", "caveats",
    }  # fmt: skip
    assert promised <= answer.keys()
    assert {"rule", "text", "strength", "source", "date"} <= answer["reasons"][0].keys()


@pytest.mark.parametrize(
    ("facts", "where", "said"),
    [
        ({"condition": "knee-osteoarthritis", "intervention": "prp"}, "side", "missing"),
        ({"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "age_years": 300},
         "age_years", "must lie in"),
        ({"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "platelets": "210"},
         "platelets", "has no unit"),
        ({"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "country": "XX"},
         "country", "not known"),
        ({"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "grade": 3},
         "grade", "unknown field"),
        ({"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left",
          "grading": {"system": "pfirrmann", "grade": "3"}}, "grading.system", "does not fit"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(
    anyone: Client, facts: dict[str, object], where: str, said: str
) -> None:
    answer = asked(anyone, facts, status=422)
    assert any(f["where"] == where and said in f["message"] for f in answer["faults"]), answer


def test_a_day_that_is_none_is_refused(anyone: Client) -> None:
    assert asked(anyone, {"condition": "x"}, "?on=tomorrow", status=422)["faults"][0]["where"] == "on"


@pytest.mark.parametrize("body", ["", "[]", "{", '"prp"', "null"])
def test_a_body_that_is_no_object_is_refused(anyone: Client, body: str) -> None:
    answer = anyone.post(ADDRESS, body, content_type="application/json")
    assert 400 <= answer.status_code < 500


def test_a_huge_body_is_refused(anyone: Client) -> None:
    huge = json.dumps({"condition": "knee-osteoarthritis", "notes": "x" * 3_000_000})
    answer = anyone.post(ADDRESS, huge, content_type="application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("flags", [False, 0, "none", {}])
def test_red_flags_that_are_no_list_are_not_read_as_none(anyone: Client, flags: object) -> None:
    facts = {"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "red_flags": flags}
    assert anyone.post("/api/v1/consult", json.dumps(facts), "application/json").status_code == 422
