"""One content, one hash."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

import pytest

from enthesis.domain.counsel.canonical import canonical_json, content_hash


@dataclass(frozen=True)
class Page:
    text: str
    on: date
    counts: tuple[int, ...]


def test_a_value_is_written_with_sorted_keys_and_without_spaces():
    page = Page("क", date(2026, 11, 22), (3, 1))
    assert canonical_json(page) == '{"counts":[3,1],"kind":"Page","on":"2026-11-22","text":"क"}'


def test_the_hash_is_that_of_the_text_in_utf8_as_anybody_would_make_it():
    page = Page("বাংলা", date(2026, 1, 2), ())
    written = json.dumps(
        {"counts": [], "kind": "Page", "on": "2026-01-02", "text": "বাংলা"}, ensure_ascii=False, sort_keys=True
    ).replace(": ", ":").replace(", ", ",")  # fmt: skip
    assert content_hash(page) == hashlib.sha256(written.encode()).hexdigest()


def test_two_writings_of_one_letter_have_one_hash():
    composed, apart = "\u09cb", "\u09c7\u09be"  # the Bengali vowel sign o, whole and in two parts
    assert composed != apart
    assert content_hash(Page(composed, date.min, ())) == content_hash(Page(apart, date.min, ()))


def test_a_number_with_decimals_is_refused_because_it_has_no_one_writing():
    with pytest.raises(TypeError, match="write numbers with decimals as text"):
        canonical_json({"x": 0.1})
