"""Reads the limits of typed entries from ``entry_limits``."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.domain.episodes.entry_limits import EntryLimits, Limit, Slip

__all__ = ["load_entry_limits"]


@cache
def load_entry_limits() -> Mapping[str, EntryLimits]:
    """The limits of entries that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    return read_registry_folder(Path(__file__).parent / "entry_limits", "entry-limits", _limits)


def _limits(doc: Document) -> EntryLimits:
    slips = _slips(doc["volume_slips"])
    volumes = {
        region: _limit("volume_ml", "mL", site["volume_ml"], slips)
        for site in doc["sites"]
        for region in site["regions"]
    }
    person = {
        given["field"]: _limit(given["field"], given["unit"], given, _slips(given["slips"]))
        for given in doc["person"]
    }
    return EntryLimits(
        version=doc["version"],
        person=MappingProxyType(person),
        volume_ml=MappingProxyType(volumes),
        needle_gauge=_limit("needle_gauge", "gauge", doc["needle"]["gauge"]),
        needle_length_mm=_limit("needle_length_mm", "mm", doc["needle"]["length_mm"]),
    )


def _limit(field: str, unit: str, given: Mapping[str, Any], slips: tuple[Slip, ...] = ()) -> Limit:
    usual, possible = given["usual"], given["possible"]
    return Limit(field, unit, (usual[0], usual[1]), (possible[0], possible[1]), slips)


def _slips(given: Iterable[Mapping[str, Any]]) -> tuple[Slip, ...]:
    return tuple(Slip(slip["factor"], slip["entered"]) for slip in given)
