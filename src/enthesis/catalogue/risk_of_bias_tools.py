"""Reads the risk-of-bias tools (RoB 2, ROBINS-I) from ``risk_of_bias``."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enthesis.catalogue.examine import examine_document
from enthesis.catalogue.files import DataFile
from enthesis.catalogue.findings import Document
from enthesis.catalogue.shape import ShapeChecker
from enthesis.domain.evidence.appraisal import (
    Band,
    NotOffered,
    RiskLevel,
    Rule,
    SignallingQuestion,
    Tool,
    ToolDomain,
)
from enthesis.errors import Fault, InvalidData

__all__ = ["TOOL_FOLDER", "load_risk_of_bias_tools", "read_document"]

TOOL_FOLDER = Path(__file__).parent / "risk_of_bias"


@cache
def load_risk_of_bias_tools() -> Mapping[str, Tool]:
    """The tools that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its rules contradict each other; every fault is named.
    """
    tools: dict[str, Tool] = {}
    faults: list[Fault] = []
    for path in sorted(TOOL_FOLDER.glob("*.yaml")):
        try:
            tools[path.stem] = _tool(read_document(path, "risk-of-bias-tool"))
        except InvalidData as error:
            faults += error.faults
    if faults:
        raise InvalidData(faults)
    return MappingProxyType(tools)


def read_document(path: Path, kind: str) -> Document:
    """Document of one file that has the shape of its kind and the id of its name.

    Raises:
        InvalidData: It cannot be read, breaks its schema, or is named differently; with line and repair.
    """
    raw = path.read_bytes()
    file = DataFile(kind, f"risk_of_bias/{path.name}", raw, sha256(raw).hexdigest())
    examined = examine_document(file, ShapeChecker(kind), ())
    if examined.document is None:
        raise InvalidData(finding.as_fault() for finding in examined.findings)
    if (given := examined.document["id"]) != path.stem:
        raise InvalidData(
            Fault(f"the id '{given}' differs from the file name.", file.name, "Make them equal.")
        )
    return examined.document


def _tool(doc: Document) -> Tool:
    return Tool(
        **{
            name: doc[name]
            for name in ("id", "name", "title", "version", "doi", "effect", "several_concerns")
        },
        designs=tuple(doc["designs"]),
        levels=tuple(
            RiskLevel(**(level | {"counts_as": Band(level["counts_as"])})) for level in doc["levels"]
        ),
        domains=tuple(_domain(d) for d in doc["domains"]),
        not_offered=tuple(NotOffered(**n) for n in doc["not_offered"]),
    )


def _domain(doc: Document) -> ToolDomain:
    parts = tuple(
        tuple(Rule(rule["then"], _condition(rule.get("when", {}))) for rule in part)
        for part in doc.get("parts", ())
    )
    return ToolDomain(doc["id"], doc["name"], tuple(_question(q) for q in doc["questions"]), parts)


def _question(doc: Document) -> SignallingQuestion:
    asked_if = tuple(_condition(c) for c in doc.get("asked_if", ()))
    return SignallingQuestion(doc["id"], doc["topic"], tuple(doc["answers"]), asked_if)


def _condition(doc: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({question: frozenset(codes) for question, codes in doc.items()})
