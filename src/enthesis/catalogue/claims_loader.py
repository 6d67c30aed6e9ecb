"""Reads the claims of the field from ``claims.yaml``."""

from collections.abc import Iterator
from dataclasses import fields as fields_of
from functools import cache
from importlib.resources import files
from typing import Any

from enthesis.catalogue.strict_document import read_strictly
from enthesis.domain.evidence.claims import Ask, Claim
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.errors import Fault, InvalidData

__all__ = ["load_claims", "read_claims"]

FILE = "claims.yaml"
FIELDS = frozenset({"id", "text", "group", "said_by", "asks", "note"})
REQUIRED = FIELDS - {"note"}
ASK_FIELDS = frozenset(f.name for f in fields_of(Ask))


@cache
def load_claims() -> tuple[Claim, ...]:
    """The claims that ship with this version, in their order."""
    return read_claims(files("enthesis.catalogue").joinpath(FILE).read_bytes())


def read_claims(raw: bytes) -> tuple[Claim, ...]:
    """Claims in their order.

    Raises:
        InvalidData: It is no strict YAML, a field is missing or unknown, or an id stands twice.
    """
    held = read_strictly(raw, FILE)
    if not isinstance(held, list):
        raise InvalidData(Fault("The file holds no list.", FILE, "Start each claim with '- id: ...'."))
    if faults := [
        fault for at, entry in enumerate(held) for fault in _faults(entry, f"{FILE}, claim {at + 1}")
    ]:
        raise InvalidData(faults)
    ids = [entry["id"] for entry in held]
    if repeated := sorted({i for i in ids if ids.count(i) > 1}):
        raise InvalidData(
            Fault(f"'{i}' stands twice.", FILE, "Give each claim its own id.") for i in repeated
        )
    return tuple(_claim(entry) for entry in held)


def _faults(entry: Any, where: str) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield Fault("This is no claim.", where, f"Write the fields {', '.join(sorted(FIELDS))}.")
        return
    for stray in sorted(set(map(str, entry)) - FIELDS):
        yield Fault(f"Unknown field '{stray}'.", where, f"The fields are {', '.join(sorted(FIELDS))}.")
    for name in sorted(REQUIRED - set(entry)):
        yield Fault(f"'{name}' is missing.", where, "Copy a neighbour.")
    for ask in entry.get("asks") or ():
        for stray in sorted(set(ask) - ASK_FIELDS):
            yield Fault(
                f"Unknown field '{stray}' of an ask.",
                where,
                f"The fields are {', '.join(sorted(ASK_FIELDS))}.",
            )
        given = ask.get("comparator")
        if given is not None and given not in list(ComparatorClass):
            yield Fault(f"comparator is '{given}'.", where, f"It is one of {', '.join(ComparatorClass)}.")


def _claim(raw: dict[str, Any]) -> Claim:
    asks = tuple(_ask(ask) for ask in raw["asks"])
    return Claim(raw["id"], raw["text"], raw["group"], tuple(raw["said_by"]), asks, raw.get("note", ""))


def _ask(raw: dict[str, Any]) -> Ask:
    fields = dict(raw)
    if "comparator" in fields:
        fields["comparator"] = ComparatorClass(fields["comparator"])
    for name in ("weeks", "variant"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return Ask(**fields)
