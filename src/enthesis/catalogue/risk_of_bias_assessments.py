"""Reads risk-of-bias assessments from ``risk_of_bias/assessments``, one file for each judgement."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.catalogue.risk_of_bias_tools import TOOL_FOLDER, load_risk_of_bias_tools, read_document
from enthesis.domain.evidence.appraisal import AssessedRow, Assessment, DomainAnswers, Opinion, Tool
from enthesis.domain.evidence.study import Study
from enthesis.errors import Fault, InvalidData

__all__ = ["ASSESSMENT_FOLDER", "load_assessments"]

ASSESSMENT_FOLDER = TOOL_FOLDER / "assessments"


def load_assessments(
    studies: Mapping[str, Study], folder: Path = ASSESSMENT_FOLDER
) -> tuple[Assessment, ...]:
    """Assessments in order of their file names; none where nobody has judged yet.

    Args:
        studies: The studies they may be about.
        folder: Folder with one file for each assessment.

    Raises:
        InvalidData: A file breaks its schema, answers are missing, or a study or row is unknown or judged
            twice; every fault is named.
    """
    found: list[Assessment] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(_assessment(read_document(path, "risk-of-bias-assessment"), studies))
        except InvalidData as error:
            faults += [_placed(fault, path.name) for fault in error.faults]
    faults += _judged_twice(found)
    if faults:
        raise InvalidData(faults)
    return tuple(found)


def _placed(fault: Fault, name: str) -> Fault:
    where = fault.where if name in fault.where else f"risk_of_bias/assessments/{name} {fault.where}".rstrip()
    return Fault(fault.message, where, fault.repair)


def _assessment(doc: Document, studies: Mapping[str, Study]) -> Assessment:
    tool = load_risk_of_bias_tools().get(doc["tool"])
    study = studies.get(doc["study"])
    if tool is None or study is None:
        raise InvalidData(_unknown(doc, tool, study))
    rows = tuple(AssessedRow(**({"weeks": None} | row)) for row in doc["results"])
    if faults := [*_wrong_design(tool, study), *_unknown_rows(rows, study)]:
        raise InvalidData(faults)
    return Assessment(
        id=doc["id"],
        study=study.id,
        tool=tool,
        rows=rows,
        assessors=tuple(doc["assessors"]),
        on=_day(doc["date"], "date"),
        read=tuple(doc["read"]),
        domains={name: _domain(name, given) for name, given in doc["domains"].items()},
        decision=_opinion(doc.get("overall", {}), "overall"),
    )


def _unknown(doc: Document, tool: Tool | None, study: Study | None) -> Iterator[Fault]:
    if tool is None:
        known = ", ".join(load_risk_of_bias_tools())
        yield Fault(f"there is no tool '{doc['tool']}'.", "tool", f"It is one of {known}.")
    if study is None:
        yield Fault(f"there is no study '{doc['study']}'.", "study", "Write the id of a file in studies.")


def _wrong_design(tool: Tool, study: Study) -> Iterator[Fault]:
    if study.design not in tool.designs:
        said = f"{tool.name} judges {', '.join(tool.designs)}; {study.id} is {study.design}."
        yield Fault(said, "tool", "Choose the tool that fits the design.")


def _unknown_rows(rows: tuple[AssessedRow, ...], study: Study) -> Iterator[Fault]:
    held = {(r.outcome, r.instrument, r.weeks) for r in study.results}
    arms = {arm.id for arm in study.arms}
    for at, row in enumerate(rows):
        if (row.outcome, row.instrument, row.weeks) not in held:
            said = f"{study.id} has no row {row.outcome}, {row.instrument}, week {row.weeks}."
            yield Fault(said, f"results[{at}]", "Copy outcome, instrument and weeks from its file.")
        for arm in {row.of, row.versus} - {None} - arms:
            known = ", ".join(sorted(arms))
            yield Fault(f"'{arm}' is no arm of {study.id}.", f"results[{at}]", f"It has {known}.")


def _judged_twice(found: list[Assessment]) -> Iterator[Fault]:
    first: dict[tuple[str, AssessedRow], str] = {}
    for assessment in found:
        for row in assessment.rows:
            before = first.setdefault((assessment.study, row), assessment.id)
            if before != assessment.id:
                said = f"{row.outcome}, {row.instrument}, week {row.weeks} is also judged by {before}."
                place = f"risk_of_bias/assessments/{assessment.id}.yaml"
                yield Fault(said, place, "Keep one file: the consensus of the assessors.")


def _domain(name: str, doc: Mapping[str, Any]) -> DomainAnswers:
    return DomainAnswers(doc["answers"], doc["reason"], _opinion(doc, f"domains.{name}"))


def _opinion(doc: Mapping[str, Any], place: str) -> Opinion | None:
    if "decision" not in doc:
        return None
    d = doc["decision"]
    return Opinion(d["level"], d["by"], _day(d["date"], f"{place}.decision.date"), d["reason"])


def _day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidData(Fault(f"'{text}' is no day.", place, "Write it like '2026-11-22'.")) from None
