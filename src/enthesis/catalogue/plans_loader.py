"""Reads the rehabilitation plans from ``plans``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from enthesis.catalogue.findings import Document
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.catalogue.selection_build import build_condition, named, sources_of
from enthesis.domain.selection import Advice, Phase, RehabilitationPlan

__all__ = ["PLANS_FOLDER", "load_plans"]

PLANS_FOLDER = Path(__file__).parent / "plans"


@cache
def load_plans() -> Mapping[str, RehabilitationPlan]:
    """The rehabilitation plans that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its phases overlap; every fault is named.
    """
    return read_registry_folder(PLANS_FOLDER, "plan", _plan)


def _plan(doc: Document) -> RehabilitationPlan:
    sources = sources_of(doc)
    return RehabilitationPlan(
        id=doc["id"],
        title=doc["title"],
        conditions=tuple(doc["conditions"]),
        phases=tuple(
            Phase(
                name=phase["name"],
                from_day=phase["days"][0],
                to_day=phase["days"][1],
                **{field: phase[field] for field in ("goal", "do", "avoid", "load_rule")},
                source=named(sources, phase["source"], f"phases.{phase['name']}"),
            )
            for phase in doc["phases"]
        ),
        red_flags=tuple(doc["red_flags"]),
        red_flags_source=named(sources, doc["red_flags_source"], "red_flags_source"),
        advice=tuple(
            Advice(a["topic"], a["text"], build_condition(a["when"]), named(sources, a["source"], "advice"))
            for a in doc["advice"]
        ),
        notes=tuple(doc.get("notes", ())),
        signed_by=doc.get("signed_by", ""),
    )
