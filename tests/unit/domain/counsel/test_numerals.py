"""Numbers and plural forms against the charts of CLDR (numbers of bn, version 31; plural rules)."""

import pytest

from enthesis.domain.counsel.numerals import Digits, Grouping, PluralRule, plural_category, write_number


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "১"), (1.5, "১.৫"), (1000, "১,০০০"), (100000, "১,০০,০০০"), (15000000, "১,৫০,০০,০০০")],
)
def test_bengali_writes_its_own_digits_in_indian_groups(number, shown):
    decimals = 0 if isinstance(number, int) else 1
    assert write_number(number, Digits.BENGALI, Grouping.INDIAN, decimals) == shown


@pytest.mark.parametrize(("number", "shown"), [(1234567, "12,34,567"), (999, "999"), (10000, "10,000")])
def test_hindi_writes_international_digits_in_indian_groups(number, shown):
    assert write_number(number, Digits.LATIN, Grouping.INDIAN) == shown


def test_english_cuts_long_numbers_with_a_narrow_space_only():
    assert write_number(1234, Digits.LATIN, Grouping.THIN_SPACE) == "1234"
    assert write_number(12345, Digits.LATIN, Grouping.THIN_SPACE) == "12\u202f345"


def test_a_minus_is_a_minus_sign_and_nought_has_none():
    assert write_number(-2.5, Digits.LATIN, Grouping.INDIAN, 1) == "\N{MINUS SIGN}2.5"
    assert write_number(-0.04, Digits.LATIN, Grouping.INDIAN, 1) == "0"


def test_a_whole_number_of_points_has_no_empty_decimal():
    assert write_number(4.0, Digits.BENGALI, Grouping.INDIAN, 1) == "৪"


@pytest.mark.parametrize(
    ("n", "english", "indian"),
    [
        (0, "other", "one"),
        (1, "one", "one"),
        (2, "other", "other"),
        (0.5, "other", "one"),
        (1.5, "other", "other"),
    ],
)
def test_plural_categories_are_those_of_cldr(n, english, indian):
    assert plural_category(n, PluralRule.ONE) == english
    assert plural_category(n, PluralRule.UP_TO_ONE) == indian
