"""The answer page, made from the plain object alone: so that a kept answer is shown as it was given."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.domain.evidence import Level, Verdict
from enthesis.domain.evidence.questions import intervention_key
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass
from enthesis.web.consult.present.course import CourseView, course_views
from enthesis.web.consult.present.phases import phase_span
from enthesis.web.consult.present.scenarios import ScenarioMark, advises_against, scenario_mark
from enthesis.web.evidence.addresses import horizon_slug
from enthesis.web.evidence.present.verdicts import Badge, Grade, badge, grade
from enthesis.web.evidence.state import current

__all__ = ["AnswerPage", "EvidenceLine", "MoveLine", "ReasonLine", "answer_page"]

Plain = Mapping[str, Any]
EVIDENCE, LAW, INDICATES = "evidence", "regulation", "indicates"
_LEVELS = {level.word: level for level in Level}
CONTRAINDICATIONS = {
    "absolute-contraindication": "Do not inject",
    "refer-urgently": "Refer now",
    "relative-contraindication": "Weigh with care",
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A rule that applies: what it says, why, from where, how strong, and what it leaves of the scenario."""

    text: str
    why: str
    source: str
    title: str
    strength: str
    dated: str
    leaves: str
    unverified: bool
    kind: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One headline of the evidence, as the evidence pages say it."""

    against: str
    badge: Badge
    grade: Grade
    statement: str
    address: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A fact, its value now, and the scenarios its other values give."""

    label: str
    field: str
    now: str
    blocks: bool
    gives: tuple[tuple[ScenarioMark, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Everything the page says, in the order it says it; ``plain`` is the object itself."""

    title: str
    condition: str
    intervention: str
    place: str
    headline: str
    scenario: ScenarioMark
    is_against: bool
    because: tuple[str, ...]
    is_in_the_table: bool
    candidacy: ScenarioMark
    evidence_at_most: ScenarioMark
    missing: tuple[MoveLine, ...]
    reasons: tuple[ReasonLine, ...]
    contraindications: tuple[ReasonLine, ...]
    evidence: tuple[EvidenceLine, ...]
    course: tuple[CourseView, ...]
    harms: tuple[CourseView, ...]
    alternatives: tuple[ReasonLine, ...]
    conflicts: tuple[tuple[str, tuple[ReasonLine, ...]], ...]
    told: tuple[ReasonLine, ...]
    moves: tuple[MoveLine, ...]
    phases: tuple[tuple[str, Plain], ...]
    plain: Plain


def answer_page(answer: Plain) -> AnswerPage:
    """The page of one answer, live or kept."""
    words = current().evidence.vocabulary
    condition = words.conditions[answer["condition"]].label
    injection = " and ".join(
        words.interventions[part].label if part in words.interventions else part
        for part in answer["intervention"].split("+")
    )
    course, harms = course_views(answer)
    by_rule = {r["rule"]: _reason(r) for r in answer["factors"]}
    disputed = {name for c in answer["conflicts"] for name in c["rules"]}
    return AnswerPage(
        title=f"{injection} for {condition[:1].lower()}{condition[1:]}",
        condition=condition,
        intervention=injection,
        place=", ".join(filter(None, (answer["side"], answer["level"]))),
        headline=answer["headline"],
        scenario=scenario_mark(answer["scenario"]),
        is_against=advises_against(answer["scenario"]),
        because=tuple(_because(answer)),
        is_in_the_table=any(r["kind"] == INDICATES for r in answer["reasons"]),
        candidacy=scenario_mark(answer["candidacy"]),
        evidence_at_most=scenario_mark(answer["evidence_at_most"]),
        missing=tuple(_moves(answer["missing"])),
        reasons=tuple(map(_reason, answer["reasons"])),
        contraindications=tuple(map(_reason, answer["contraindications"])),
        evidence=tuple(_evidence(answer)),
        course=course,
        harms=harms,
        alternatives=tuple(map(_reason, answer["alternatives"])),
        conflicts=tuple(
            (c["topic"], tuple(by_rule[name] for name in c["rules"] if name in by_rule))
            for c in answer["conflicts"]
        ),
        told=tuple(line for name, line in by_rule.items() if name not in disputed),
        moves=tuple(_moves(answer["what_would_change"])),
        phases=tuple((phase_span(p["days"]), p) for p in answer["plan"]["phases"]),
        plain=answer,
    )


def _because(answer: Plain) -> Iterator[str]:
    """What gives this very scenario, but for the trials: they have a line of their own."""
    for r in answer["reasons"]:
        if r["kind"] != EVIDENCE and (r.get("limits_to") or r.get("scenario")) == answer["scenario"]:
            yield r["text"]


def _reason(r: Plain) -> ReasonLine:
    is_rule = r["kind"] not in (EVIDENCE, LAW)
    return ReasonLine(
        text=r["text"],
        why=r.get("why") or "",
        source=r["source"],
        title=r.get("source_title") or r["source"],
        strength=f"strength: {r['strength']}" if is_rule else r["strength"],
        dated=f"by the rules of {r['date']}" if r["kind"] == EVIDENCE else f"read {r['date']}",
        leaves=r.get("limits_to") or r.get("scenario") or "",
        unverified=r.get("source_kind") == "unverified" or r["strength"] == "unverified",
        kind=CONTRAINDICATIONS.get(r["kind"]) or r["kind"],
    )


def _evidence(answer: Plain) -> Iterator[EvidenceLine]:
    evidence = current().evidence
    named = intervention_key(frozenset(answer["intervention"].split("+")), evidence.rules)
    for q in answer["headline_questions"].values():
        found = q and next((a for a in answer["evidence"] if all(a[k] == v for k, v in q.items())), None)
        if found:
            cls = ComparatorClass(found["comparator_class"])
            span = tuple(found["horizon"] or ())
            horizon = next((h for h in HORIZONS if (h.lo, h.hi) == span), None)
            yield EvidenceLine(
                against="Against placebo" if cls.is_placebo else f"Against {cls.value.replace('-', ' ')}",
                badge=badge(Verdict(found["verdict"])),
                grade=grade(_LEVELS[found["certainty"]]),
                statement=found["statement"],
                address=(
                    answer["condition"], named,
                    cls.value, found["outcome"],
                    horizon_slug(horizon),
                ),
            )  # fmt: skip


def _moves(moves: Iterable[Plain]) -> Iterator[MoveLine]:
    for move in moves:
        by_scenario: dict[str, list[str]] = {}
        for value in move["values"]:
            by_scenario.setdefault(value["scenario"], []).append(value["value"].replace("-", " "))
        gives = tuple((scenario_mark(s), ", ".join(values)) for s, values in by_scenario.items())
        yield MoveLine(move["label"], move["field"], move["now"] or "", move["blocks"], gives)
