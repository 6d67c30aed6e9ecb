"""Changes between two states of the evidence as a plain object; keys are stable, new ones may come."""

from collections.abc import Sequence
from typing import Any

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.changes import AnswerChange, ReportChange
from enthesis.report.change_words import change_sentence, reasons

__all__ = ["changes_object"]


def changes_object(changed: Sequence[ReportChange], changes: Sequence[AnswerChange]) -> dict[str, Any]:
    """Reports that differ, and answers that moved with what moved them."""
    return {
        "reports": [_report(c) for c in changed],
        "verdicts_moved": sum(c.kind == "verdict" for c in changes),
        "answers": [_change(c) for c in changes],
    }


def _report(c: ReportChange) -> dict[str, str]:
    return {"id": c.report, "kind": "review" if c.is_review else "study", "change": c.kind}


def _change(c: AnswerChange) -> dict[str, Any]:
    q = c.question
    return {
        "condition": q.condition,
        "intervention": q.intervention,
        "comparator": str(q.comparator_class),
        "outcome": q.outcome,
        "horizon": list(q.span) if q.span else None,
        "change": c.kind,
        "sentence": change_sentence(c),
        "reasons": list(reasons(c)),
        "by": [_report(r) for r in c.by],
        "only_together": c.together,
        "before": _answer(c.before),
        "after": _answer(c.after),
    }


def _answer(a: Answer | None) -> dict[str, Any] | None:
    if a is None:
        return None
    s = a.synthesis
    return {
        "verdict": str(a.verdict),
        "certainty": a.level.word,
        "basis": str(a.basis),
        "size": str(a.size),
        "trials": a.k,
        "people": a.n,
        "scale": s.scale.unit if s else None,
        "effect": s.scale.shown(s.judged.mu) if s else None,
        "interval": [s.scale.shown(x) for x in s.judged.ci] if s else None,
    }
