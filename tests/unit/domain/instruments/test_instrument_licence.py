"""Wording is shown only where a licence covers it."""

import pytest

from enthesis.domain.instruments import ClinicLicence, Licence, can_show_text, check_can_show_text
from enthesis.errors import InvalidData, NotAllowed

FREE = Licence("free", "PROMIS Health Organization", True, "English is free.", "s")
OWNED = Licence("paid", "Nicholas Bellamy", False, "Ask the owner.", "s")
PROOF = ClinicLicence("womac", "tr", "contract 2026-17", {"P1": "..."})


def test_free_english_wording_may_be_shown():
    assert can_show_text("promis", FREE, "en")


def test_a_translation_of_free_wording_needs_its_own_licence():
    assert not can_show_text("promis", FREE, "de")


def test_owned_wording_is_refused_with_owner_and_terms():
    with pytest.raises(NotAllowed, match=r"belongs to Nicholas Bellamy, terms: paid\. Ask the owner\."):
        check_can_show_text("womac", OWNED, "en")


def test_a_clinic_licence_opens_its_instrument_in_its_language_only():
    check_can_show_text("womac", OWNED, "tr", PROOF)
    assert not can_show_text("womac", OWNED, "en", PROOF)
    assert not can_show_text("koos", OWNED, "tr", PROOF)


@pytest.mark.parametrize(("language", "proof"), [("", "contract"), ("tr", " ")])
def test_a_clinic_licence_needs_language_and_proof(language, proof):
    with pytest.raises(InvalidData, match="needs a language and a proof"):
        ClinicLicence("womac", language, proof, {})
