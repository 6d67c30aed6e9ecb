"""Reads the rules of consent from ``consents``."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.domain.episodes.consent import Act, ConsentForm, Permissions, Purpose, WithdrawalEffect

__all__ = ["load_permissions"]


@cache
def load_permissions() -> Mapping[str, Permissions]:
    """The rules of consent that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    return read_registry_folder(Path(__file__).parent / "consents", "consent", _permissions)


def _permissions(doc: Document) -> Permissions:
    needs = {Act(act): _purposes(names) for act, names in doc["needs"].items()}
    rests_on = {Purpose(purpose): _purposes(names) for purpose, names in doc["rests_on"].items()}
    effects = [_effect(effect) for effect in doc["withdrawal"]]
    return Permissions(
        version=doc["version"],
        needs=MappingProxyType(needs),
        rests_on=MappingProxyType(rests_on),
        withdrawal=MappingProxyType({effect.purpose: effect for effect in effects}),
        forms=tuple(_form(form) for form in doc["forms"]),
    )


def _purposes(names: list[str]) -> tuple[Purpose, ...]:
    return tuple(Purpose(name) for name in names)


def _effect(doc: Mapping[str, Any]) -> WithdrawalEffect:
    stops = tuple(Act(act) for act in doc["stops"])
    return WithdrawalEffect(Purpose(doc["purpose"]), stops, doc["kept"], doc["to_do"])


def _form(doc: Mapping[str, Any]) -> ConsentForm:
    return ConsentForm(
        id=doc["id"],
        version=doc["version"],
        purposes=_purposes(doc["purposes"]),
        languages=tuple(doc["languages"]),
        valid_days=doc.get("valid_days"),
        renew_from=date.fromisoformat(doc["renew_from"]) if "renew_from" in doc else None,
    )
