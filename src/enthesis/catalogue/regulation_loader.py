"""Reads what is known about the law of each country from ``regulation``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.catalogue.selection_build import day
from enthesis.domain.selection import CountryRegulation, LegalStatus, ProductRegulation

__all__ = ["REGULATION_FOLDER", "load_regulations"]

REGULATION_FOLDER = Path(__file__).parent / "regulation"


@cache
def load_regulations() -> Mapping[str, CountryRegulation]:
    """What is known by country code.

    Raises:
        InvalidData: A file breaks its schema; every fault is named.
    """
    found = read_registry_folder(REGULATION_FOLDER, "regulation", _regulation)
    return MappingProxyType({regulation.code: regulation for regulation in found.values()})


def _regulation(doc: Document) -> CountryRegulation:
    plain = ("code", "country", "authority", "instrument", "year", "says", "url")
    return CountryRegulation(
        **{name: doc[name] for name in plain},
        member_of=doc.get("member_of", ""),
        read_on=day(doc["read_on"]),
        next_review=day(doc["next_review"]),
        products=tuple(
            ProductRegulation(
                tuple(entry["interventions"]),
                LegalStatus(entry["status"]),
                entry["note"],
                tuple(entry.get("conditions", ())),
            )
            for entry in doc["products"]
        ),
        also=tuple(MappingProxyType(dict(entry)) for entry in doc.get("also", ())),
    )
