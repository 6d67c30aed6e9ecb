"""From the fields of rule files to conditions and sources of candidacy."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.domain.selection import AllOf, AnyOf, Comparison, Condition, Not, Source, SourceKind, Strength
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["build_condition", "build_source", "day", "named", "sources_of"]

_RELATIONS = ("is", "includes", "below", "at_least")
# Fields of 'applies_to' and the fact that each one asks about.
_REACH = {
    "conditions": ("condition", "is"),
    "families": ("family", "is"),
    "regions": ("region", "is"),
    "interventions": ("intervention", "includes"),
    "products": ("product", "includes"),
}


def build_condition(when: Document, applies_to: Document | None = None) -> Condition:
    """A condition, narrowed to those whom ``applies_to`` names.

    Raises:
        InvalidData: A condition that compares nothing or twice.
    """
    reach = tuple(_reach(applies_to or {}))
    inner = _condition(when)
    return AllOf((*reach, inner)) if reach else inner


def _reach(applies_to: Document) -> Iterator[Comparison]:
    for name, words in applies_to.items():
        fact, relation = _REACH[name]
        yield Comparison(fact, relation, frozenset(words))


def _condition(doc: Document) -> Condition:
    joined = [name for name in ("all", "any", "not") if name in doc]
    if joined and len(doc) > 1:
        raise InvalidData(Fault(f"'{joined[0]}' stands beside other fields.", "when", "Nest them."))
    match joined:
        case ["all"]:
            return AllOf(tuple(_condition(part) for part in doc["all"]))
        case ["any"]:
            return AnyOf(tuple(_condition(part) for part in doc["any"]))
        case ["not"]:
            return Not(_condition(doc["not"]))
    return _comparison(doc)


def _comparison(doc: Document) -> Comparison:
    relations = [name for name in _RELATIONS if name in doc]
    if "fact" not in doc or len(relations) != 1:
        raise InvalidData(Fault("compares nothing, or twice.", "when", "Write one fact and one relation."))
    against = doc[relations[0]]
    return Comparison(
        doc["fact"], relations[0], frozenset(against) if isinstance(against, list) else float(against)
    )


def sources_of(doc: Document) -> Mapping[str, Source]:
    """The sources of a file by the names its rules use."""
    return {name: build_source(fields, f"sources.{name}") for name, fields in doc["sources"].items()}


def build_source(fields: Document, where: str) -> Source:
    """One source.

    Raises:
        InvalidData: It cannot be followed, or claims a strength it cannot have.
    """
    given: dict[str, Any] = {name: fields[name] for name in ("url", "doi") if name in fields}
    if "read_on" in fields:
        given["read_on"] = day(fields["read_on"])
    try:
        return Source(SourceKind(fields["kind"]), Strength(fields["strength"]), fields["title"], **given)
    except InvalidData as error:
        raise InvalidData(Fault(f.message, where, f.repair) for f in error.faults) from None


def named(sources: Mapping[str, Source], name: str, where: str) -> Source:
    """A source by its name in the file.

    Raises:
        InvalidData: The file has no such source.
    """
    if name not in sources:
        raise InvalidData(Fault(str(NotFound("source", name, sources)), where, "Add it above the rules."))
    return sources[name]


def day(text: str) -> date:
    """A date that the schema has seen.

    Raises:
        InvalidData: It has the form of a date and is none, such as 2026-02-30.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidData(Fault(f"'{text}' is no day of the calendar.")) from None
