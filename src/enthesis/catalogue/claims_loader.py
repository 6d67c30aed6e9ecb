"""Reads the claims of the field from ``claims.yaml``."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from enthesis.domain.evidence.claims import Ask, Claim
from enthesis.domain.vocabulary import ComparatorClass

__all__ = ["load_claims"]


@cache
def load_claims() -> tuple[Claim, ...]:
    """The claims that ship with this version, in their order."""
    text = files("enthesis.catalogue").joinpath("claims.yaml").read_text(encoding="utf-8")
    return tuple(_claim(raw) for raw in yaml.load(text, Loader=yaml.CSafeLoader))


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
