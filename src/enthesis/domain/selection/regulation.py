"""What the law of a country says of a product, as far as pages were read; unclear is called unclear.

No legal advice: the register says what a source says, and when it was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from enthesis.domain.selection.scenario import Scenario
from enthesis.errors import NotFound

__all__ = ["CountryRegulation", "LegalPosition", "LegalStatus", "ProductRegulation", "legal_position"]


class LegalStatus(StrEnum):
    """What a product may be used for."""

    PERMITTED = "permitted-as-procedure"
    CONDITIONAL = "conditional-approval"
    """Named products are authorised for a named use; everything else of the kind is not."""
    TRIAL_ONLY = "trial-only"
    NOT_APPROVED = "not-approved"
    PROHIBITED = "prohibited"
    UNCLEAR = "unclear"
    NOT_STATED = "not-stated"
    """No page that was read speaks about it."""


_TRIAL_LIFTS = frozenset({LegalStatus.CONDITIONAL, LegalStatus.TRIAL_ONLY, LegalStatus.NOT_APPROVED})


@dataclass(frozen=True, slots=True)
class ProductRegulation:
    """Status of some interventions, for some conditions or for all."""

    interventions: tuple[str, ...]
    status: LegalStatus
    note: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRegulation:
    """What was read about one country. The first product entry that fits counts.

    ``member_of`` names the union whose law holds where the country's own pages are silent.
    """

    code: str
    country: str
    authority: str
    instrument: str
    year: int
    says: str
    url: str
    read_on: date
    next_review: date
    products: tuple[ProductRegulation, ...]
    also: tuple[Mapping[str, Any], ...] = ()
    member_of: str = ""

    def of(self, intervention: str, condition: str) -> ProductRegulation:
        """Entry for one intervention and condition; 'not-stated' where there is none."""
        for entry in self.products:
            if intervention in entry.interventions and (
                not entry.conditions or condition in entry.conditions
            ):
                return entry
        return ProductRegulation(
            (intervention,), LegalStatus.NOT_STATED, "No page that was read speaks about it."
        )


@dataclass(frozen=True, slots=True)
class LegalPosition:
    """What holds for one proposed injection in one country, and what it leaves of the scenario."""

    regulation: CountryRegulation
    intervention: str
    status: LegalStatus
    text: str
    limit: Scenario | None


def legal_position(
    regulations: Mapping[str, CountryRegulation], country: str, facets: Mapping[str, Any]
) -> tuple[LegalPosition, ...]:
    """Position of every part of the proposed injection.

    Whether the patient is inside an approved trial, or the product is the authorised one, counts only when
    it is known to be so.

    Raises:
        NotFound: Nothing was read about that country.
    """
    if country not in regulations:
        raise NotFound("country", country, regulations)
    regulation = regulations[country]
    parts = sorted(facets["intervention"])
    return tuple(_position(_speaking(regulations, regulation, part, facets), part, facets) for part in parts)


def _speaking(
    regulations: Mapping[str, CountryRegulation],
    regulation: CountryRegulation,
    part: str,
    facets: Mapping[str, Any],
) -> CountryRegulation:
    """The country, or its union where the country's own pages say nothing of the product."""
    silent = regulation.of(part, facets["condition"]).status is LegalStatus.NOT_STATED
    return regulations.get(regulation.member_of, regulation) if silent else regulation


def _position(regulation: CountryRegulation, part: str, facets: Mapping[str, Any]) -> LegalPosition:
    entry = regulation.of(part, facets["condition"])
    where = regulation.country
    if entry.status is LegalStatus.PROHIBITED:
        return LegalPosition(regulation, part, entry.status, f"Prohibited in {where}.", Scenario.DO_NOT)
    if entry.status in _TRIAL_LIFTS:
        return _restricted(regulation, entry, part, facets)
    text = {
        LegalStatus.PERMITTED: f"Permitted as a procedure in {where}.",
        LegalStatus.UNCLEAR: f"The legal position in {where} is unclear.",
        LegalStatus.NOT_STATED: f"The pages read about {where} do not speak about this product.",
    }[entry.status]
    return LegalPosition(regulation, part, entry.status, f"{text} {entry.note}".strip(), None)


def _restricted(
    regulation: CountryRegulation, entry: ProductRegulation, part: str, facets: Mapping[str, Any]
) -> LegalPosition:
    where, status = regulation.country, entry.status
    if facets.get("in_approved_trial"):
        text = f"In {where} only inside an approved trial, and this is one. {entry.note}"
        return LegalPosition(regulation, part, status, text.strip(), None)
    if status is LegalStatus.CONDITIONAL and facets.get("authorised_product"):
        text = f"Authorised in {where} for this condition, as the product named. {entry.note}"
        return LegalPosition(regulation, part, status, text.strip(), None)
    lead = {
        LegalStatus.TRIAL_ONLY: f"In {where} only inside an approved trial, and none is recorded here.",
        LegalStatus.NOT_APPROVED: f"Not approved in {where}, and no approved trial is recorded here.",
        LegalStatus.CONDITIONAL: f"In {where} only as an authorised product or inside an approved trial; "
        "neither is recorded here.",
    }[status]
    return LegalPosition(regulation, part, status, f"{lead} {entry.note}".strip(), Scenario.DO_NOT)
