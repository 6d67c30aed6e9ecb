"""Reads the grading systems from ``grading``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.domain.episodes.grading import Grade, GradingSystem, GradingWording

__all__ = ["GRADING_FOLDER", "load_grading_systems"]

GRADING_FOLDER = Path(__file__).parent / "grading"


@cache
def load_grading_systems() -> Mapping[str, GradingSystem]:
    """The grading systems that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    return read_registry_folder(GRADING_FOLDER, "grading", _system)


def _system(doc: Document) -> GradingSystem:
    return GradingSystem(
        id=doc["id"],
        name=doc["name"],
        structure=doc["structure"],
        modality=doc["modality"],
        conditions=tuple(doc["conditions"]),
        grades=tuple(Grade(grade["code"], grade["meaning"]) for grade in doc["grades"]),
        wordings=tuple(GradingWording(**wording) for wording in doc["wordings"]),
        standing=doc["standing"],
        url=doc.get("url", ""),
        ordered=doc.get("ordered", True),
        note=doc.get("note", ""),
    )
