"""A text that a language lacks is said in English, and the reader is told so."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from enthesis import catalogue
from enthesis.catalogue.counsel_loader import load_counsel
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.counsel import consent_document, decision_aid
from enthesis.domain.evidence import build
from enthesis.report.counsel import aid_page


@pytest.fixture(scope="module")
def shipped():
    return catalogue.load()


@pytest.fixture(scope="module")
def held(shipped):
    return build(shipped.studies, shipped.reviews, shipped.vocabulary, load_evidence_rules())


@pytest.fixture(scope="module")
def gaps():
    """The shipped words with three Hindi texts taken out, one of them a name inside sentences."""
    knowledge = load_counsel()
    hindi = knowledge.languages["hi"]
    lost = ("harms.warning", "against.placebo", "consent.copy")
    kept = {key: text for key, text in hindi.messages.items() if key not in lost}
    languages = {**knowledge.languages, "hi": replace(hindi, messages=MappingProxyType(kept))}
    return replace(knowledge, languages=MappingProxyType(languages))


@pytest.fixture(scope="module")
def aid(held, gaps):
    topic = held.topic("knee-osteoarthritis", "prp")
    return decision_aid(topic, held, gaps, "hi", made_on=date(2026, 11, 22), evidence_state="x")


def test_what_is_missing_is_listed_and_counted_in_a_note_in_both_languages(aid):
    assert set(aid.untranslated) == {"harms.warning", "against.placebo"}
    note = aid.notes[-1]
    assert "2" in note.text.text
    assert note.english.text == "2 texts on this page are not translated yet and stand in English."


def test_english_words_carry_their_language_alone_and_a_mark_inside_sentences(aid):
    page = aid_page(aid)
    assert '<span lang="en">Call your doctor the same day' in page
    assert "a dummy injection [en]" in page


def test_a_consent_tells_its_own_gaps(aid, gaps, shipped):
    document = consent_document(aid, gaps, shipped.vocabulary)
    assert document.untranslated == ("consent.copy",)
    assert document.notes[-1].english.text.startswith("1 text on this page")
