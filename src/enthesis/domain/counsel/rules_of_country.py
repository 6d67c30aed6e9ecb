"""What the register of regulation says about a treatment, ready to be shown to a patient."""

from collections.abc import Mapping

from enthesis.domain.counsel.knowledge import Regulatory
from enthesis.domain.selection import CountryRegulation, LegalStatus
from enthesis.errors import NotFound

__all__ = ["regulatory_lines"]


def regulatory_lines(
    regulations: Mapping[str, CountryRegulation], country: str, condition: str, intervention: str
) -> tuple[Regulatory, ...]:
    """One line for each part of the treatment; a union's where the country itself is silent.

    Args:
        regulations: The register by country code.
        country: Code of the country, as 'IN'.
        condition: The condition, because some products are approved for one only.
        intervention: The treatment or combination.

    Raises:
        NotFound: Nothing was read about that country.
    """
    if country not in regulations:
        raise NotFound("country", country, regulations)
    return tuple(_line(regulations, country, condition, part) for part in intervention.split("+"))


def _line(
    regulations: Mapping[str, CountryRegulation], country: str, condition: str, part: str
) -> Regulatory:
    told = regulations[country]
    if told.of(part, condition).status is LegalStatus.NOT_STATED:
        told = regulations.get(told.member_of, told)
    entry = told.of(part, condition)
    source = f"{told.instrument} {told.year}, {told.url}"
    return Regulatory(country, part, entry.status.value, entry.note, source, told.read_on)
