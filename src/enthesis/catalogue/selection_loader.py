"""Reads what candidacy is decided from: rules, medicines, stages and ceiling, with regulation and plans."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enthesis.catalogue.findings import Document
from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.catalogue.plans_loader import load_plans
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.catalogue.regulation_loader import load_regulations
from enthesis.catalogue.selection_build import build_condition, day, named, sources_of
from enthesis.domain.evidence import Level, Verdict
from enthesis.domain.selection import (
    STAGES,
    CeilingStep,
    Consequence,
    DrugRule,
    EvidenceCeiling,
    Rule,
    Scenario,
    SelectionKnowledge,
)
from enthesis.errors import Fault, InvalidData

__all__ = ["SELECTION_FOLDER", "load_selection", "read_rules"]

SELECTION_FOLDER = Path(__file__).parent / "selection"
PROTOCOL = "enthesis-standard"
_LEVELS = {level.word: level for level in Level}


@cache
def load_selection() -> SelectionKnowledge:
    """The knowledge about candidacy that ships with this version.

    Raises:
        InvalidData: A file breaks its schema or its meaning; every fault is named.
    """
    ceilings = read_registry_folder(SELECTION_FOLDER / "ceiling", "selection-ceiling", _ceiling)
    drugs = read_registry_folder(SELECTION_FOLDER / "drugs", "selection-drugs", _drugs)
    stages = read_registry_folder(SELECTION_FOLDER / "stages", "selection-stages", _stages)
    return SelectionKnowledge(
        rules=read_rules(SELECTION_FOLDER / "rules"),
        drugs=tuple(rule for file in drugs.values() for rule in file),
        stages=stages["stages"],
        ceiling=ceilings["evidence-ceiling"],
        regulations=load_regulations(),
        plans=tuple(load_plans().values()),
        systems=load_grading_systems(),
        protocol=load_protocols()[PROTOCOL],
    )


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Every rule of a folder, in the order of files and lines.

    Raises:
        InvalidData: A file breaks its schema or its meaning, or two rules hold one id at the same time.
    """
    files = read_registry_folder(folder, "selection-rules", _rules)
    rules = tuple(rule for file in files.values() for rule in file)
    if faults := _at_one_time(rules):
        raise InvalidData(faults)
    return rules


def _at_one_time(rules: Iterable[Rule]) -> list[Fault]:
    """An id may come again only after its rule has ended."""
    open_ended = Counter(rule.id for rule in rules if rule.valid_until is None)
    return [
        Fault(f"the rule '{name}' holds twice at one time.", "selection/rules", "End the older one.")
        for name, count in open_ended.items()
        if count > 1
    ]


def _rules(doc: Document) -> tuple[Rule, ...]:
    sources, faults, found = sources_of(doc), list[Fault](), list[Rule]()
    for fields in doc["rules"]:
        try:
            found.append(
                Rule(
                    consequence=Consequence(fields["consequence"]),
                    when=build_condition(fields["when"], fields.get("applies_to")),
                    source=named(sources, fields["source"], f"{fields['id']}.source"),
                    scenario=Scenario(fields["scenario"]) if "scenario" in fields else None,
                    valid_from=day(fields["valid_from"]),
                    valid_until=day(fields["valid_until"]) if "valid_until" in fields else None,
                    next_review=day(fields["next_review"]),
                    **_plain(
                        fields,
                        "id",
                        "text",
                        "why",
                        "direction",
                        "topic",
                        "order",
                        "blocks_when_unknown",
                        "checked_by",
                    ),
                )
            )
        except InvalidData as error:
            faults += error.faults
    if faults:
        raise InvalidData(faults)
    return tuple(found)


def _drugs(doc: Document) -> tuple[DrugRule, ...]:
    sources = sources_of(doc)
    return tuple(
        DrugRule(
            names=tuple(fields["names"]),
            when=build_condition(fields["when"], fields.get("applies_to")),
            source=named(sources, fields["source"], f"{fields['id']}.source"),
            **_plain(fields, "id", "drug_class", "hold_hours", "advice", "basis"),
        )
        for fields in doc["drugs"]
    )


def _stages(doc: Document) -> Mapping[str, Mapping[str, str]]:
    systems = load_grading_systems()
    faults = [
        Fault(f"'{code}' is no grade of {system}.", f"systems.{system}", "See the file of the system.")
        for system, grades in doc["systems"].items()
        for code in grades
        if system not in systems or code not in systems[system].codes
    ]
    faults += [
        Fault(f"'{stage}' is no stage.", f"systems.{system}.{code}", f"Use {', '.join(STAGES)}.")
        for system, grades in doc["systems"].items()
        for code, stage in grades.items()
        if stage not in STAGES
    ]
    if faults:
        raise InvalidData(faults)
    return MappingProxyType({name: MappingProxyType(grades) for name, grades in doc["systems"].items()})


def _ceiling(doc: Document) -> EvidenceCeiling:
    return EvidenceCeiling(
        id=doc["id"],
        steps=tuple(
            CeilingStep(
                Verdict(step["verdict"]),
                tuple(_LEVELS[word] for word in step["levels"]),
                Scenario(step["at_most"]),
            )
            for step in doc["steps"]
        ),
        without_placebo=Scenario(doc["without_placebo"]),
        why=doc["why"],
        source=doc["source"],
        valid_from=day(doc["valid_from"]),
    )


def _plain(fields: Document, *names: str) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}
