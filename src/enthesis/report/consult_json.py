"""A consultation as a plain object: the contract of ``enthesis consult --json`` and of the API.

Keys are stable: new ones may come, none is renamed. No fact of the patient is repeated but condition,
intervention, side and level.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from enthesis.domain.evidence import Answer, Evidence
from enthesis.domain.evidence.absolute_terms import AbsoluteTerms, Share
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.domain.selection import (
    Consequence,
    Consultation,
    DrugAdvice,
    ExpectedCourse,
    LegalPosition,
    Move,
    Phase,
    Plan,
    Rule,
    Scenario,
    SelectionKnowledge,
    Source,
    TrialProtocols,
)
from enthesis.report.consult_words import evidence_reason, headline_sentence
from enthesis.report.evidence_json import answer_object

__all__ = ["consultation_object"]

_CONTRA = (Consequence.ABSOLUTE, Consequence.RELATIVE, Consequence.REFER)


def consultation_object(c: Consultation, knowledge: SelectionKnowledge, evidence: Evidence) -> dict[str, Any]:
    """The whole answer.

    Args:
        c: The consultation.
        knowledge: What it was decided from, for the evidence ceiling.
        evidence: The body of evidence, for labels.
    """
    topic = c.topic.answers if c.topic else ()
    return {
        "condition": c.facts.condition,
        "intervention": c.facts.intervention,
        "side": c.facts.side,
        "level": c.facts.level,
        "date": c.today.isoformat(),
        "scenario": c.scenario.value,
        "because": c.because,
        "headline": headline_sentence(c, evidence.vocabulary),
        "candidacy": c.decision.candidacy.value,
        "evidence_at_most": c.evidence.scenario.value,
        "reasons": [*_reasons(c), _evidence(c, knowledge, evidence)],
        "contraindications": [_rule(rule) for rule in c.decision.of(*_CONTRA)],
        "missing": [_move(move) for move in c.missing],
        "what_would_change": [_move(move) for move in c.moves],
        "evidence": [answer_object(a, evidence.vocabulary) for a in topic],
        "headline_questions": {
            "placebo": _question(c.evidence.placebo),
            "active": _question(c.evidence.active),
        },
        "expected_course": [_course(x) for x in c.course],
        "alternatives": [_rule(rule) for rule in c.alternatives],
        "factors": [_rule(rule) for rule in c.decision.of(Consequence.FACTOR, Consequence.INFORMS)],
        "conflicts": [{"topic": x.topic, "rules": [rule.id for rule in x.rules]} for x in c.conflicts],
        "regulation": [_legal(position) for position in c.decision.legal],
        "trial_protocols": _protocols(c.protocols),
        "plan": _plan(c.plan),
        "caveats": list(c.caveats),
        "due_for_review": [rule.id for rule in c.due_for_review],
    }


def _reasons(c: Consultation) -> Iterator[dict[str, Any]]:
    """Everything that moved the scenario, the most limiting first."""
    deciding = [rule for rule in c.decision.applied if rule.decides]
    rank = {rule.id: (rule.limit or rule.scenario or Scenario.LIKELY).rank for rule in deciding}
    yield from (_rule(rule) for rule in sorted(deciding, key=lambda rule: rank[rule.id]))
    yield from (
        {
            "rule": f"regulation-{p.regulation.code.lower()}",
            "text": p.text,
            "strength": "law",
            "source": p.regulation.url,
            "date": p.regulation.read_on.isoformat(),
            "kind": "regulation",
            "limits_to": p.limit.value,
        }
        for p in c.decision.legal
        if p.limit
    )


def _evidence(c: Consultation, knowledge: SelectionKnowledge, evidence: Evidence) -> dict[str, Any]:
    a = c.evidence.placebo
    held: list[Study | Review] = [a.published.review] if a and a.published else []
    held += [x.pick.study for x in a.synthesis.contrasts] if a and a.synthesis else []
    first = next(iter(held), None)
    return {
        "rule": knowledge.ceiling.id,
        "text": evidence_reason(c, evidence.vocabulary),
        "strength": f"{a.level.word} certainty" if a else "no placebo-controlled trial",
        "source": first.url if first else knowledge.ceiling.source,
        "source_title": _named(first) if first else knowledge.ceiling.source,
        "sources": [x.url for x in held],
        "date": str(evidence.rules.version),
        "kind": "evidence",
        "why": knowledge.ceiling.why,
        "limits_to": c.evidence.scenario.value,
    }


def _named(report: Study | Review) -> str:
    return f"{report.first_author or report.title} {report.year or ''}".strip()


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "text": rule.text,
        "strength": rule.source.strength.value,
        "source": rule.source.reference,
        "date": (rule.source.read_on or rule.valid_from).isoformat(),
        "kind": rule.consequence.value,
        "why": rule.why,
        "source_title": rule.source.title,
        "source_kind": rule.source.kind.value,
        "limits_to": rule.limit.value if rule.limit else None,
        "scenario": rule.scenario.value if rule.scenario else None,
        "direction": rule.direction or None,
        "topic": rule.topic or None,
        "signed_by": rule.checked_by or None,
        "next_review": rule.next_review.isoformat(),
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "fact": move.fact,
        "label": move.label,
        "field": move.given,
        "now": move.now or None,
        "blocks": move.blocks,
        "values": [{"value": a.value, "scenario": a.scenario.value} for a in move.alternatives],
    }


def _question(a: Answer | None) -> dict[str, Any] | None:
    """Which of the questions under ``evidence`` carries the answer."""
    if a is None:
        return None
    q = a.question
    return {
        "comparator_class": str(q.comparator_class),
        "outcome": q.outcome,
        "horizon": list(q.span) if q.span else None,
    }


def _course(x: ExpectedCourse) -> dict[str, Any]:
    return {
        **(_question(x.answer) or {}),
        "certainty": x.answer.level.word,
        "instrument": x.instrument,
        "range": [x.low, x.high],
        "points": {"estimate": x.points[0], "ci": list(x.points[1:])} if x.points else None,
        "people": _people(x.people) if x.people else None,
        "why_not": list(x.why_not),
    }


def _people(terms: AbsoluteTerms) -> dict[str, Any]:
    whole = terms.people()
    return {
        "event": terms.event,
        "wanted": terms.wanted,
        "out_of": whole.of,
        "comparator": whole.comparator,
        "intervention": whole.intervention,
        "intervention_ci": [whole.lo, whole.hi],
        "more": whole.more,
        "shares": {
            "comparator": terms.comparator,
            "intervention": _share(terms.intervention),
            "difference": _share(terms.difference),
        },
        "comparator_source": terms.comparator_source,
        "assumptions": list(terms.assumptions),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"estimate": share.estimate, "ci": [share.lo, share.hi]}


def _legal(p: LegalPosition) -> dict[str, Any]:
    r = p.regulation
    return {
        "country": r.country,
        "code": r.code,
        "intervention": p.intervention,
        "status": p.status.value,
        "text": p.text,
        "authority": r.authority,
        "instrument": r.instrument,
        "year": r.year,
        "says": r.says,
        "url": r.url,
        "read_on": r.read_on.isoformat(),
        "next_review": r.next_review.isoformat(),
        "also": [dict(entry) for entry in r.also],
        "limits_to": p.limit.value if p.limit else None,
    }


def _protocols(p: TrialProtocols) -> dict[str, Any]:
    return {
        "studies": p.studies,
        "arms": p.arms,
        "numbers": [
            {"name": n.name, "unit": n.unit, "median": n.median, "range": [n.lo, n.hi], "k": n.k}
            for n in p.numbers
        ],
        "words": {name: dict(counted) for name, counted in p.words.items()},
        "note": "how trials gave it; says nothing about which way is better",
    }


def _plan(plan: Plan) -> dict[str, Any]:
    r = plan.rehabilitation
    return {
        "id": r.id,
        "title": r.title,
        "signed_by": r.signed_by or None,
        "phases": [_phase(phase) for phase in r.phases],
        "advice": [{"topic": a.topic, "text": a.text, **_source(a.source)} for a in plan.advice],
        "red_flags": {"signs": list(r.red_flags), **_source(r.red_flags_source)},
        "notes": list(r.notes),
        "drugs": _drugs(plan.drugs),
        "follow_up": {
            "protocol": plan.protocol,
            "windows": [
                {"id": w.id, "weeks": w.weeks, "opens_day": w.opens_day, "closes_day": w.closes_day}
                for w in plan.follow_up
            ],
        },
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "name": phase.name,
        "days": [phase.from_day, phase.to_day],
        "goal": phase.goal,
        "do": phase.do,
        "avoid": phase.avoid,
        "load_rule": phase.load_rule,
        **_source(phase.source),
    }


def _source(source: Source) -> dict[str, Any]:
    return {"source": source.reference, "strength": source.strength.value, "verified": source.is_verified}


def _drugs(drugs: Iterable[DrugAdvice]) -> list[dict[str, Any]]:
    return [
        {
            "drug": d.drug,
            "class": d.drug_class or None,
            "advice": d.advice,
            "basis": d.basis,
            "hold_hours": d.hold_hours,
            "free_from": d.free_from.isoformat() if d.free_from else None,
            "prescriber_decides": d.prescriber,
            "rule": d.rule or None,
            "source": d.source.reference if d.source else None,
        }
        for d in drugs
    ]
