"""What is counted, and what is not."""

import pytest

from enthesis.domain.counsel.readability import readability


def test_headings_numbers_and_cells_do_not_count():
    m = readability(["Your options", "It can hurt. 4.5 points are few!", "68"], "en")
    assert (m.sentences, m.words) == (2, 6)


def test_a_decimal_point_ends_no_sentence():
    assert readability(["People notice a change of 6.4 points or more."], "en").sentences == 1


def test_the_grade_is_the_formula_of_kincaid_on_a_text_counted_by_hand():
    # 2 sentences, 10 words, 11 syllables (only "later" has two).
    m = readability(["The knee hurts. You may wait and see it later."], "en")
    assert m.words == 10
    assert m.grade == pytest.approx(0.39 * 5 + 11.8 * 11 / 10 - 15.59)


def test_hindi_and_bengali_have_counts_and_no_grade():
    hindi = readability(["आप इंतज़ार करते हैं। डॉक्टर से पूछें।"], "hi")
    assert (hindi.sentences, hindi.words, hindi.grade) == (2, 7, None)


def test_an_indic_letter_carries_its_vowel_and_its_joined_consonants():
    # ऑस्टियोआर्थराइटिस: ऑ स्टि यो आ र्थ रा इ टि स are nine letters, नहीं two.
    assert readability(["ऑस्टियोआर्थराइटिस नहीं।"], "hi").long_percent == 50


def test_a_text_without_a_sentence_cannot_be_measured():
    with pytest.raises(ValueError, match="no full sentence"):
        readability(["Cost", "12"], "en")
