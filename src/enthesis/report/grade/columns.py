"""A GRADE table as rows of plain columns, for a spreadsheet and for programs."""

from typing import Any

from enthesis.report.figures.tables import Table, to_csv
from enthesis.report.grade.absolute import PER
from enthesis.report.grade.table import GradeRow, GradeSection, GradeTable, Span

__all__ = ["grade_csv", "grade_object"]

_DOMAINS = ("risk of bias", "inconsistency", "indirectness", "imprecision", "publication bias")


def grade_csv(table: GradeTable) -> str:
    """One line for each outcome and class of comparator, numbers in full precision."""
    flat = [_flat(s, r) for s in table.sections for r in s.rows]
    columns = tuple(flat[0]) if flat else ("outcome",)
    notes = (
        ("topic", table.title),
        *(("remark", remark) for remark in table.remarks),
        *(("risk of bias", f"against {s.against}: {s.bias}") for s in table.sections),
        ("source", str(table.provenance)),
    )
    return to_csv(Table(notes, columns, tuple(tuple(row.values()) for row in flat)))


def _flat(s: GradeSection, r: GradeRow) -> dict[str, Any]:
    steps = {d.name: d for d in r.domains}
    found: dict[str, Any] = {
        "comparator_class": str(s.comparator_class),
        "outcome": r.question.outcome,
        "time": r.time,
        "in_summary": r in s.summary,
        "basis": r.basis,
        "k": r.k,
        "n": r.n,
        "n_intervention": r.n_intervention,
        "n_comparator": r.n_comparator,
        "trials_direction_only": r.directions,
        "trials_assessed": r.assessed,
        "measure": r.measure or (r.difference.unit if r.difference else ""),
    }
    found |= _ends("relative", r.relative)
    found |= {f"comparator_per_{PER}": r.absolute.comparator if r.absolute else None}
    found |= _ends(f"intervention_per_{PER}", r.absolute.intervention if r.absolute else None)
    found |= _ends(f"difference_per_{PER}", r.absolute.difference if r.absolute else None)
    found |= _ends("difference", r.difference.span if r.difference else None)
    found |= {
        "comparator_score_median": r.scores.median if r.scores else None,
        "mcid": r.difference.mcid if r.difference else None,
        "p_benefit": r.p_benefit,
    }
    for name in _DOMAINS:
        key = name.replace(" ", "_")
        found |= {key: steps[name].steps if name in steps else None}
        found |= {f"{key}_reason": steps[name].reason if name in steps else None}
    text = {n.letter: n.text for n in s.notes}
    return found | {
        "certainty": r.level.word,
        "certainty_of_4": int(r.level),
        "reasons": " | ".join(text[x] for x in dict.fromkeys((*r.notes, *r.effect_notes))),
        "verdict": str(r.verdict),
        "statement": r.claim,
    }


def _ends(name: str, span: Span | None) -> dict[str, float | None]:
    return {
        name: span.estimate if span else None,
        f"{name}_low": span.lo if span else None,
        f"{name}_high": span.hi if span else None,
    }


def grade_object(table: GradeTable) -> dict[str, Any]:
    """The table as plain objects: the contract of ``enthesis evidence grade --json``; keys are stable."""
    return {
        "condition": table.condition,
        "intervention": table.intervention,
        "title": table.title,
        "sections": [
            {
                "comparator_class": str(s.comparator_class),
                "risk_of_bias": s.bias,
                "rows": [
                    _flat(s, r) | {"horizon": list(r.question.span) if r.question.span else None}
                    for r in s.rows
                ],
                "notes": {n.letter: n.text for n in s.notes},
            }
            for s in table.sections
        ],
        "remarks": list(table.remarks),
        "catalogue": table.provenance.catalogue_hash,
        "rules": table.provenance.rules_version,
    }
