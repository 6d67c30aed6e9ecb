"""Words of a language, and what is said where they are missing."""

import pytest

from enthesis.domain.counsel.numerals import Digits, Grouping, PluralRule
from enthesis.domain.counsel.wording import Language, Said, Translation, Wording
from enthesis.errors import NotFound

ENGLISH = Language(
    "en", "English", "English", Digits.LATIN, Grouping.THIN_SPACE, PluralRule.ONE, Translation.ORIGINAL,
    {"a.people": {"one": "{n} person", "other": "{n} people"}, "a.with": "With {x}", "a.only": "Only here"},
)  # fmt: skip
BENGALI = Language(
    "bn", "বাংলা", "Bengali", Digits.BENGALI, Grouping.INDIAN, PluralRule.UP_TO_ONE, Translation.MACHINE,
    {"a.people": {"one": "{n} জন", "other": "{n} জন মানুষ"}, "a.with": "{x} নিলে"},
)  # fmt: skip


@pytest.fixture
def w():
    return Wording(BENGALI, ENGLISH)


def test_a_count_takes_its_plural_form_and_the_digits_of_the_language(w):
    assert w("a.people", n=0).text == "০ জন"
    assert w("a.people", n=12).text == "১২ জন মানুষ"
    assert Wording(ENGLISH, ENGLISH)("a.people", n=0).text == "0 people"


def test_a_missing_text_is_said_in_english_marked_as_english_and_remembered(w):
    assert w("a.only") == Said("Only here", "en")
    assert list(w.missing) == ["a.only"]


def test_english_words_inside_a_translated_sentence_are_marked(w):
    assert w("a.with", x=w("a.only")).text == "Only here [en] নিলে"


def test_a_text_that_no_language_has_is_refused_by_name(w):
    with pytest.raises(NotFound, match=r"a\.onyl"):
        w("a.onyl")


def test_a_value_that_was_not_given_is_refused_by_name(w):
    with pytest.raises(NotFound, match="'x'"):
        w("a.with")


def test_a_plural_without_a_count_is_refused(w):
    with pytest.raises(NotFound, match="count"):
        w("a.people")


def test_dates_keep_every_nought(w):
    assert w.digits("2026-01-05") == "২০২৬-০১-০৫"


def test_a_capital_starts_only_a_script_that_has_capitals(w):
    assert w("a.only").start.text == "Only here"
    assert w("a.people", n=2).start.text == "২ জন মানুষ"
