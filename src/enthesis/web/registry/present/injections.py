"""One injection as pages show it: what, where, how, by whom, and what was in the syringe."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from enthesis.errors import InvalidData
from enthesis.web.evidence.state import current
from enthesis.web.registry.models import Injection
from enthesis.web.registry.present.product_words import ProductWords, product_words
from enthesis.web.registry.queries.signatures import Standing, signatures_of
from enthesis.web.registry.records.products import report_of_row

__all__ = ["InjectionView", "injection_view", "intervention_label", "sign_address"]


@dataclass(frozen=True, slots=True)
class InjectionView:
    """An injection with its product and its signature."""

    row: Injection
    what: str
    on: date
    condition: str
    product: ProductWords | None
    product_fault: str
    signed: str
    sign_address: str
    address: str


def injection_view(row: Injection) -> InjectionView:
    """One injection as shown."""
    product, fault = None, ""
    try:
        report = report_of_row(row, row.preparation)
        product = product_words(report) if report else None
    except InvalidData as error:
        fault = str(error)
    held = [s.row for s in signatures_of(row) if s.standing is Standing.VALID]
    signature = held[0] if held else None
    return InjectionView(
        row=row,
        what=intervention_label(row.intervention),
        on=row.given_on,
        condition=current().evidence.vocabulary.conditions[row.episode.condition].label,
        product=product,
        product_fault=fault,
        signed=f"{signature.by.name}, {signature.at:%-d %b %Y}" if signature else "",
        sign_address="" if signature else sign_address("injection", str(row.key)),
        address=reverse("injection", args=[row.key]),
    )


def intervention_label(intervention: str) -> str:
    """Label of an intervention; the word itself when the vocabulary lost it."""
    words = current().evidence.vocabulary.interventions
    return words[intervention].label if intervention in words else intervention


def sign_address(kind: str, key: str) -> str:
    """Where a row is signed; empty while signing is not installed."""
    try:
        return reverse(f"sign-{kind}", args=[key])
    except NoReverseMatch:
        return ""
