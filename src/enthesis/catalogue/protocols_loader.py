"""Reads the follow-up protocols from ``protocols``."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from enthesis.catalogue.findings import Document, path_text
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.catalogue.shape import ShapeChecker
from enthesis.catalogue.strict_yaml import read_yaml
from enthesis.domain.episodes.protocol import Asked, Protocol, Window, Yardstick
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["PROTOCOL_FOLDER", "build_protocol", "check_protocol", "load_protocols", "protocol_document"]

Value = TypeVar("Value")

PROTOCOL_FOLDER = Path(__file__).parent / "protocols"


@cache
def load_protocols() -> Mapping[str, Protocol]:
    """The follow-up protocols that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    return read_registry_folder(PROTOCOL_FOLDER, "protocol", build_protocol)


def protocol_document(name: str) -> Document:
    """The document of a protocol that ships, for a site to change.

    Raises:
        NotFound: No such protocol.
    """
    if name not in load_protocols():
        raise NotFound("follow-up protocol", name, load_protocols())
    return read_yaml((PROTOCOL_FOLDER / f"{name}.yaml").read_bytes()).value


def check_protocol(doc: Document) -> Protocol:
    """Protocol of a document that a site changed.

    Raises:
        InvalidData: It breaks the schema, or its windows and instruments do not fit together.
    """
    if breaches := ShapeChecker("protocol").breaches(doc):
        raise InvalidData(Fault(breach.message, path_text(breach.path), breach.repair) for breach in breaches)
    return build_protocol(doc)


def build_protocol(doc: Document) -> Protocol:
    """Protocol of one document whose shape has been checked; a site's own edited copy is read by it too.

    Raises:
        InvalidData: Windows overlap, or instruments are asked in windows that do not exist.
    """
    return Protocol(
        id=doc["id"],
        version=doc["version"],
        title=doc["title"],
        windows=tuple(_window(window) for window in doc["windows"]),
        core=tuple(_asked(entry) for entry in doc["core"]),
        by_condition=_by_condition(doc["by_condition"], _asked),
        yardsticks=_by_condition(doc["yardsticks"], _yardstick),
        series_days=doc["series_days"],
        on_repeat=doc["on_repeat"],
        on_surgery=doc["on_surgery"],
    )


def _window(doc: Mapping[str, Any]) -> Window:
    opens, closes, late_until = doc["days"]
    return Window(doc["id"], doc["weeks"], opens, closes, late_until, doc.get("primary", False))


def _asked(entry: Mapping[str, Any]) -> Asked:
    return Asked(entry["instrument"], tuple(entry["windows"]))


def _yardstick(entry: Mapping[str, Any]) -> Yardstick:
    return Yardstick(**{name: value for name, value in entry.items() if name != "conditions"})


def _by_condition(
    entries: Iterable[Mapping[str, Any]], build: Callable[[Mapping[str, Any]], Value]
) -> Mapping[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = {}
    for entry in entries:
        for condition in entry["conditions"]:
            found.setdefault(condition, []).append(build(entry))
    return MappingProxyType({condition: tuple(values) for condition, values in found.items()})
