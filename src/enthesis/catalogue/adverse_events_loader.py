"""Reads grade words, terms and reporting rules of harms from ``adverse_events``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.domain.episodes.harm_reporting import HarmReporting, HarmTerm, ReportingRule

__all__ = ["load_harm_reporting"]


@cache
def load_harm_reporting() -> Mapping[str, HarmReporting]:
    """The words and rules of harms that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    return read_registry_folder(Path(__file__).parent / "adverse_events", "adverse-events", _reporting)


def _reporting(doc: Document) -> HarmReporting:
    return HarmReporting(
        version=doc["version"],
        grades=MappingProxyType({entry["grade"]: entry["means"] for entry in doc["grades"]}),
        causality=MappingProxyType({entry["id"]: entry["means"] for entry in doc["causality"]}),
        terms=tuple(HarmTerm(**term) for term in doc["terms"]),
        same_day_signs=tuple(doc["same_day_signs"]),
        rules=tuple(_rule(rule) for rule in doc["rules"]),
    )


def _rule(doc: Mapping[str, Any]) -> ReportingRule:
    return ReportingRule(**{**doc, "countries": tuple(doc["countries"])})
