"""Examines data files one by one and together, and tells every breach with file, line and repair."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enthesis.catalogue.files import DataFile
from enthesis.catalogue.findings import Breach, Document, Finding, Path, path_text
from enthesis.catalogue.laws import LAWS, CatalogueLaw, DocumentLaw, Documents, Gravity, Law
from enthesis.catalogue.shape import ShapeChecker
from enthesis.catalogue.strict_yaml import Problem, read_yaml

__all__ = ["Examined", "examine_document", "examine_together", "in_order"]

FORM, SHAPE = "readable-yaml", "schema"


@dataclass(frozen=True, slots=True)
class Examined:
    """A document with what was found in it; None when it has not the shape of its kind."""

    document: Document | None
    findings: tuple[Finding, ...]


def examine_document(file: DataFile, shape: ShapeChecker, gravities: Iterable[Gravity]) -> Examined:
    """Document of one file, with its breaches of form, shape and of the laws of these gravities.

    Laws are asked only when the shape is right, shape only when the text can be read.
    """
    text = read_yaml(file.raw)
    if text.problems:
        return Examined(None, tuple(_unreadable(file, problem) for problem in text.problems))
    if misshapen := shape.breaches(text.value):
        return Examined(None, _located(file, text.value, [(SHAPE, breach) for breach in misshapen]))
    asked = [law for law in LAWS if isinstance(law, DocumentLaw) and _is_asked(law, file.kind, gravities)]
    broken = [(law.id, breach) for law in asked for breach in law.breaches(text.value)]
    return Examined(text.value, _located(file, text.value, broken))


def examine_together(
    documents: Documents, files: Mapping[str, DataFile], gravities: Iterable[Gravity]
) -> list[Finding]:
    """Breaches of the laws about files seen together."""
    broken: dict[str, list[tuple[str, Breach]]] = defaultdict(list)
    for law in LAWS:
        if isinstance(law, CatalogueLaw) and law.gravity in gravities:
            for name, breach in law.breaches(documents):
                broken[name].append((law.id, breach))
    reports = documents.reports
    return [f for name, told in broken.items() for f in _located(files[name], reports.get(name, {}), told)]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file and line."""
    return tuple(sorted(findings, key=lambda f: (f.file, f.line or 0, f.field, f.law)))


def _is_asked(law: Law, kind: str, gravities: Iterable[Gravity]) -> bool:
    return isinstance(law, DocumentLaw) and law.kind == kind and law.gravity in gravities


def _unreadable(file: DataFile, problem: Problem) -> Finding:
    return Finding(file.name, problem.message, problem.repair, line=problem.line, law=FORM)


def _located(file: DataFile, document: Document, broken: list[tuple[str, Breach]]) -> tuple[Finding, ...]:
    if not broken:
        return ()
    # Lines are worked out only here: a file without a breach never pays for them.
    lines = read_yaml(file.raw, with_lines=True).lines or {}
    return tuple(
        Finding(
            file.name,
            breach.message.removesuffix(".") + _row_named(document, breach.path) + ".",
            breach.repair,
            path_text(breach.path),
            _line(lines, breach.path),
            law,
        )
        for law, breach in broken
    )


def _line(lines: Mapping[Path, int], path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _row_named(document: Document, path: Path) -> str:
    """Which row is meant, in words, because a position alone has to be counted."""
    if len(path) < 2 or path[0] not in ("results", "pooled") or not isinstance(document, dict):
        return ""
    row = document[path[0]][path[1]]
    named = [row.get(name) for name in ("outcome", "instrument")] if isinstance(row, dict) else []
    if not all(isinstance(name, str) for name in named) or not named:
        return ""
    week = f", week {row['weeks']}" if isinstance(row.get("weeks"), int) else ""
    return f" ({named[0]}, {named[1]}{week})"
