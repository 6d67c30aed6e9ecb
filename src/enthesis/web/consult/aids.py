"""Decision aids and consents for a page: made once a day and kept in memory."""

from datetime import date
from functools import lru_cache

from enthesis.catalogue.counsel_loader import LANGUAGES, load_counsel
from enthesis.catalogue.regulation_loader import load_regulations
from enthesis.domain.counsel import (
    ClinicLines,
    ConsentDocument,
    DecisionAid,
    consent_document,
    decision_aid,
    regulatory_lines,
)
from enthesis.errors import NotFound
from enthesis.report.counsel import aid_pdf, consent_pdf
from enthesis.web.evidence.state import current

__all__ = ["LANGUAGES", "aid_for", "aid_pdf_for", "consent_for", "consent_pdf_for", "has_aid"]

KEPT = 64


def has_aid(condition: str, intervention: str) -> bool:
    """Whether there is any evidence an aid could be made of."""
    return (condition, intervention) in current().evidence.topics


@lru_cache(maxsize=KEPT)
def aid_for(
    condition: str, intervention: str, language: str, country: str, day: date, cost: str = ""
) -> DecisionAid:
    """The aid of a day; ``cost`` is what the clinic says it costs.

    Raises:
        NotFound: No such topic, language or country.
    """
    held, regulations = current(), load_regulations()
    if language not in LANGUAGES:
        raise NotFound("language", language, LANGUAGES)
    read = country if country in regulations else ""
    rules = regulatory_lines(regulations, read, condition, intervention) if read else ()
    return decision_aid(
        held.evidence.topic(condition, intervention),
        held.evidence,
        load_counsel(),
        language,
        made_on=day,
        evidence_state=str(held.provenance),
        clinic=ClinicLines(cost=cost, regulatory=rules),
    )


@lru_cache(maxsize=KEPT)
def consent_for(
    condition: str, intervention: str, language: str, country: str, day: date, cost: str = ""
) -> ConsentDocument:
    """The consent that goes with that aid.

    Raises:
        NotFound: No such topic, language or country.
    """
    aid = aid_for(condition, intervention, language, country, day, cost)
    return consent_document(aid, load_counsel(), current().evidence.vocabulary, country=country)


@lru_cache(maxsize=KEPT // 4)
def aid_pdf_for(
    condition: str, intervention: str, language: str, country: str, day: date, cost: str = ""
) -> bytes:
    """The aid as PDF."""
    return aid_pdf(aid_for(condition, intervention, language, country, day, cost))


@lru_cache(maxsize=KEPT // 4)
def consent_pdf_for(
    condition: str, intervention: str, language: str, country: str, day: date, cost: str = ""
) -> bytes:
    """The consent as PDF, with lines to sign."""
    return consent_pdf(consent_for(condition, intervention, language, country, day, cost))
