"""``enthesis evidence network`` as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("enthesis")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "evidence", "network", *words], capture_output=True, text=True, timeout=120
    )


def test_words_warn_name_the_reference_and_tell_what_was_left_out() -> None:
    words = " ".join(run("knee-osteoarthritis", "--outcome", "pain", "--weeks", "26").stdout.split())
    assert "Knee osteoarthritis as a network: pain at 18 to 39 weeks" in words
    assert "no verdict of the map rests on it" in words
    assert "against placebo" in words
    assert "A rank says nothing about the size of a difference" in words
    assert "left out:" in words


def test_json_is_one_object_whose_effects_turn_round_with_their_treatments() -> None:
    found = json.loads(run("knee-osteoarthritis", "--outcome", "pain", "--weeks", "26", "--json").stdout)
    (network,) = found["networks"]
    assert network["feeds_verdicts"] is False
    (part,) = network["components"]
    assert len(part["league"]) == len(part["treatments"]) * (len(part["treatments"]) - 1) // 2
    assert all(c["ci"][0] <= c["estimate"] <= c["ci"][1] for c in part["league"])
    assert set(part["p_scores"]["scores"]) == set(part["treatments"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("knee-ostearthritis",), 5, "knee-osteoarthritis"),
        (("knee-osteoarthritis", "--outcome", "stiffness"), 3, "pain and function"),
        (("facet-joint-pain",), 4, "No sound randomised trial"),
    ],
)
def test_mistakes_end_in_one_sentence_and_a_documented_code(
    words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
