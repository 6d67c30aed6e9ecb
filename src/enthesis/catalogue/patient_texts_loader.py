"""Reads the words of the patient's pages from ``patient_texts``; another language is another file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.errors import Fault, InvalidData

__all__ = ["Aid", "PatientTexts", "load_patient_texts", "read_patient_texts"]

FOLDER = Path(__file__).parent / "patient_texts"
ORIGINAL = "en"
_GAP = re.compile(r"{\w+}")


@dataclass(frozen=True, slots=True)
class Aid:
    """Help for reading an English question: a translation that is no validated version of the instrument."""

    text: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTexts:
    """Everything a patient reads in one language, but for the questions of the instruments.

    ``words`` by name, ``flags`` by red flag, ``verdicts`` by ``ChangeVerdict``, ``aids`` by instrument and
    item.
    """

    language: str
    name: str
    translation: Literal["original", "machine", "reviewed"]
    words: Mapping[str, str]
    flags: Mapping[str, str]
    verdicts: Mapping[str, str]
    aids: Mapping[str, Mapping[str, Aid]]


@cache
def load_patient_texts() -> Mapping[str, PatientTexts]:
    """The languages that ship with this version, by language tag, the original first.

    Raises:
        InvalidData: A file breaks its schema, or lacks a word of the original; every fault is named.
    """
    return read_patient_texts(FOLDER)


def read_patient_texts(folder: Path) -> Mapping[str, PatientTexts]:
    """Languages of a folder, by language tag, the original first.

    Raises:
        InvalidData: A file breaks its schema, or its keys or gaps differ from those of the original.
    """
    found = read_registry_folder(folder, "patient-texts", _texts)
    if ORIGINAL not in found:
        raise InvalidData(Fault("is missing; it is the original.", f"{folder.name}/{ORIGINAL}.yaml"))
    faults = [fault for texts in found.values() for fault in _differences(texts, found[ORIGINAL])]
    if faults:
        raise InvalidData(faults)
    return {ORIGINAL: found[ORIGINAL], **{tag: t for tag, t in found.items() if tag != ORIGINAL}}


def _texts(doc: Document) -> PatientTexts:
    return PatientTexts(
        language=doc["id"],
        name=doc["name"],
        translation=doc["translation"],
        words=doc["words"],
        flags=doc["flags"],
        verdicts=doc["verdicts"],
        aids={
            name: {item: Aid(aid["text"], tuple(aid.get("labels", ()))) for item, aid in items.items()}
            for name, items in doc["aids"].items()
        },
    )


def _differences(texts: PatientTexts, original: PatientTexts) -> Iterator[Fault]:
    file = f"patient_texts/{texts.language}.yaml"
    for group in ("words", "flags", "verdicts"):
        own, wanted = getattr(texts, group), getattr(original, group)
        for name in sorted(wanted.keys() ^ own.keys()):
            what = "is missing." if name in wanted else "is no word of the original."
            yield Fault(what, f"{file} {group}.{name}", f"Give exactly the names of {ORIGINAL}.yaml.")
        for name in sorted(wanted.keys() & own.keys()):
            gaps = set(_GAP.findall(wanted[name]))
            if gaps != set(_GAP.findall(own[name])):
                yield Fault(f"must have the gaps {sorted(gaps)}.", f"{file} {group}.{name}")
