"""Responders and percentages come out as their readable tables say."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from enthesis.domain.instruments import change, omeract_oarsi_responder


def _cases(name):
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["says"]) for case in yaml.safe_load(text)["cases"]]


def _number(value):
    return [np.nan if value is None else value]


@pytest.mark.parametrize("case", _cases("omeract-oarsi"))
def test_omeract_oarsi_responder(case):
    pairs = {name: tuple(map(_number, pair)) for name, pair in case["given"].items()}
    found = omeract_oarsi_responder(**pairs)
    assert {name: bool(getattr(found, name)[0]) for name in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", _cases("percent-improvement"))
def test_improvement_and_its_percentage(case):
    given = case["given"]
    moved = change(_number(given["baseline"]), _number(given["follow_up"]), given["better"])
    found = [moved.improvement[0], moved.percent[0]]
    wanted = [_number(case["expected"][name])[0] for name in ("improvement", "percent")]
    assert found == pytest.approx(wanted, nan_ok=True)
