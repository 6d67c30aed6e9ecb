"""From the plain dict of an instrument file to the frozen values of the domain."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.domain.instruments import (
    DIMENSIONS,
    Code,
    Highest,
    Instrument,
    Item,
    Language,
    Licence,
    Mean,
    OfScores,
    Profile,
    Response,
    Rule,
    ScoreRule,
    ShareOfMaximum,
    Source,
    Sum,
    Table,
    Threshold,
    Trap,
    ValueSet,
    ValueSetIndex,
    Weighted,
)
from enthesis.errors import Fault, InvalidData

__all__ = ["build_instrument", "expand_runs"]

RULES: Mapping[str, type[Any]] = {
    "mean": Mean,
    "sum": Sum,
    "share-of-maximum": ShareOfMaximum,
    "weighted": Weighted,
    "table": Table,
    "highest": Highest,
    "profile": Profile,
    "value-set-index": ValueSetIndex,
    "of-scores": OfScores,
}

RUN = re.compile(r"(?P<prefix>[A-Za-z_]*)(?P<first>\d+)\.\.(?P=prefix)(?P<last>\d+)\Z")


def build_instrument(doc: Document) -> Instrument:
    """Instrument of one document whose shape has been checked.

    Raises:
        InvalidData: Parts do not fit together; names them all.
    """
    items = _items(doc)
    return Instrument(
        id=doc["id"],
        name=doc["name"],
        short_name=doc["short_name"],
        aliases=tuple(doc.get("aliases", ())),
        version=doc["version"],
        kind=doc["kind"],
        measures=doc["measures"],
        recall=doc["recall"],
        conditions=tuple(doc["conditions"]),
        items=items,
        branches=tuple(tuple(branch) for branch in doc.get("branches", ())),
        scores=tuple(_score(score, items) for score in doc["scores"]),
        value_sets=_value_sets(doc.get("value_sets", {})),
        thresholds=tuple(_threshold(threshold) for threshold in doc.get("thresholds", ())),
        licence=_licence(doc["licence"]),
        languages=tuple(Language(**language) for language in doc.get("languages", ())),
        codes=tuple(Code(**code) for code in doc.get("codes", ())),
        caveats=tuple(doc.get("caveats", ())),
        traps=tuple(Trap(**trap) for trap in doc.get("traps", ())),
        sources=MappingProxyType({name: Source(id=name, **s) for name, s in doc["sources"].items()}),
        switched_off=_switched_off(doc),
    )


def _items(doc: Document) -> tuple[Item, ...]:
    responses = {name: Response(**_tuples(given)) for name, given in doc["responses"].items()}
    items: list[Item] = []
    for entry in doc["items"]:
        if entry["response"] not in responses:
            raise InvalidData(
                Fault(f"names the response '{entry['response']}', which is not given.", "items")
            )
        for name in _names(entry):
            response = responses[entry["response"]]
            items.append(Item(name, len(items) + 1, response, entry.get("topic", ""), entry.get("text", "")))
    return tuple(items)


def _names(entry: Document) -> Iterator[str]:
    if "id" in entry:
        yield entry["id"]
    ids = entry.get("ids", ())
    yield from expand_runs([ids] if isinstance(ids, str) else ids)


def expand_runs(names: Iterable[str]) -> Iterator[str]:
    """Every single name of a list in which a run such as ``P1..P9`` stands for all its members."""
    for name in names:
        run = RUN.match(name)
        if run is None:
            yield name
        else:
            yield from (f"{run['prefix']}{n}" for n in range(int(run["first"]), int(run["last"]) + 1))


def _score(doc: Document, items: tuple[Item, ...]) -> ScoreRule:
    rule = _rule(doc["rule"], doc["name"])
    named = () if isinstance(rule, OfScores) else doc.get("items", [item.id for item in items])
    return ScoreRule(
        name=doc["name"],
        label=doc["label"],
        items=tuple(expand_runs(named)),
        rule=rule,
        min_answered=doc.get("min_answered", 0),
        range=(doc["range"][0], doc["range"][1]),
        better=doc["better"],
        source=doc["source"],
        missing=doc["missing"]["rule"],
        missing_source=doc["missing"].get("source", ""),
        normalised=doc.get("normalised", True),
        word=doc.get("word", ""),
    )


def _rule(doc: Document, score: str) -> Rule:
    parameters = {key: value for key, value in _tuples(doc).items() if key != "type"}
    try:
        return RULES[doc["type"]](**parameters)
    except TypeError:
        allowed = ", ".join(RULES[doc["type"]].__dataclass_fields__) or "none"
        given = ", ".join(parameters) or "none"
        message = f"rule {doc['type']} is given {given}; its parameters are: {allowed}."
        raise InvalidData(Fault(message, f"scores.{score}")) from None


def _value_sets(doc: Document) -> Mapping[str, ValueSet]:
    sets = {
        name: ValueSet(
            id=name,
            country=given["country"],
            losses=tuple(tuple(given["losses"][dimension]) for dimension in DIMENSIONS),
            source=given["source"],
            constant=given.get("constant", 0.0),
            severe_constant=given.get("severe_constant", 0.0),
        )
        for name, given in doc.items()
    }
    return MappingProxyType(sets)


def _threshold(doc: Document) -> Threshold:
    return Threshold(**_tuples(doc))


def _licence(doc: Document) -> Licence:
    return Licence(doc["status"], doc["owner"], doc["text"] == "ships", doc["note"], doc["source"])


def _switched_off(doc: Document) -> str:
    off = doc.get("switched_off")
    if (doc["status"] == "switched-off") != (off is not None):
        raise InvalidData(Fault("status and switched_off contradict each other.", "status"))
    return f"{off['reason']} Needed: {off['needed']}" if off else ""


def _tuples(doc: Document) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in doc.items()}
