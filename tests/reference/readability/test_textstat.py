"""English readability against textstat with the CMU pronouncing dictionary; see origin in the file."""

import json
from pathlib import Path

import pytest

from enthesis.domain.counsel.readability import readability, syllables

HELD = json.loads((Path(__file__).parent / "textstat.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", HELD["texts"])
def test_the_grade_is_within_half_a_year_of_a_dictionarys(name):
    # Syllables by spelling err on some words; on plain text half a school year covers it, on hard text one.
    tolerance = 1.0 if name == "hard" else 0.5
    text = HELD["texts"][name]
    assert readability([text["text"]], "en").grade == pytest.approx(text["grade"], abs=tolerance)


def test_syllables_by_spelling_agree_with_the_dictionary_on_nineteen_words_of_twenty():
    words = HELD["syllables"]
    assert len(words) > 400
    assert sum(syllables(word) == count for word, count in words.items()) / len(words) > 0.95
    assert abs(sum(map(syllables, words)) / sum(words.values()) - 1) < 0.01
