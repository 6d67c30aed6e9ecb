"""Claims of the field with our answers, as sentences and as a plain object."""

from collections.abc import Iterable
from typing import Any

from enthesis.domain.evidence.claims import ClaimAnswer, Finding
from enthesis.domain.evidence.topics import Evidence
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.evidence_json import answer_object
from enthesis.report.sentences import comparator_words, intervention_words, statement

__all__ = ["claims_object", "finding_words"]


def finding_words(finding: Finding, vocabulary: Vocabulary) -> str:
    """What one part of a claim met, in one or two sentences."""
    ask = finding.ask
    against = f" against {comparator_words(ask.comparator)}" if ask.comparator else ""
    who = intervention_words(ask.intervention, vocabulary, start=True)
    where = vocabulary.conditions[ask.condition].label.lower()
    about = f"{who} for {where}{against}, {ask.outcome or 'any outcome'}{_when(ask.weeks)}"
    words = f"{about}: {finding.outcome} ({finding.why})."
    return f"{words} {statement(finding.answer, vocabulary)}" if finding.answer else words


def _when(weeks: tuple[int, int | None] | None) -> str:
    if weeks is None:
        return ""
    lo, hi = weeks
    return f", from week {lo}" if hi is None else f", weeks {lo} to {hi}"


def claims_object(answered: Iterable[ClaimAnswer], evidence: Evidence) -> dict[str, Any]:
    """All claims with their standing and the numbers behind it."""
    return {"claims": [_claim(a, evidence) for a in answered]}


def _claim(a: ClaimAnswer, evidence: Evidence) -> dict[str, Any]:
    return {
        "id": a.claim.id,
        "group": a.claim.group,
        "claim": a.claim.text,
        "status": str(a.status),
        "said_by": [
            {"id": name, "url": evidence.reviews[name].url, "year": evidence.reviews[name].year}
            for name in a.claim.said_by
        ],
        "note": a.claim.note,
        "findings": [_finding(f, evidence) for f in a.findings],
    }


def _finding(f: Finding, evidence: Evidence) -> dict[str, Any]:
    return {
        "condition": f.ask.condition,
        "intervention": f.ask.intervention,
        "finding": str(f.outcome),
        "why": f.why,
        "firm": f.firm,
        "words": finding_words(f, evidence.vocabulary),
        "answer": answer_object(f.answer, evidence.vocabulary) if f.answer else None,
        "groups": [
            {"name": name, "k": s.k, "mu": s.judged.mu, "ci": list(s.judged.ci)}
            for name, s in f.grouping.groups
        ]
        if f.grouping
        else None,
        "levels": [{"id": review.id, "level": s.level, "system": s.system} for review, s in f.statements],
        "direct_comparisons": [
            {
                "id": v.study.id,
                "url": v.study.url,
                "arms": [v.first.label, v.second.label],
                "differs": list(v.differs),
            }
            for v in f.variants
        ],
    }
