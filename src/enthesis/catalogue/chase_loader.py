"""Reads the rules of asking again from ``chase``."""

from collections.abc import Mapping
from datetime import time
from functools import cache
from pathlib import Path

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.domain.episodes.chase import Channel, ChaseRules, QuietHours

__all__ = ["load_chase_rules"]


@cache
def load_chase_rules() -> Mapping[str, ChaseRules]:
    """The rules of asking again that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    return read_registry_folder(Path(__file__).parent / "chase", "chase", _rules)


def _rules(doc: Document) -> ChaseRules:
    quiet = doc["quiet_hours"]
    return ChaseRules(
        version=doc["version"],
        steps=tuple(Channel(step) for step in doc["steps"]),
        gap_days=doc["gap_days"],
        urgent_days=doc["urgent_days"],
        quiet_hours=QuietHours(time.fromisoformat(quiet["begins"]), time.fromisoformat(quiet["ends"])),
    )
