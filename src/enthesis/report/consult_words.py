"""A consultation in sentences for a clinician: the answer first, then why, then what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.selection import (
    FACETS,
    Consequence,
    Consultation,
    ExpectedCourse,
    Move,
    Rule,
    Scenario,
)
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.effect_words import better_or_worse
from enthesis.report.sentences import comparator_words, horizon_words, intervention_words, statement

__all__ = ["Section", "consultation_sections", "evidence_reason", "headline_sentence"]

_HEADS = {
    Scenario.DO_NOT: "Do not give it",
    Scenario.UNLIKELY: "Unlikely to benefit",
    Scenario.UNCERTAIN: "Uncertain",
    Scenario.LIKELY: "Likely to benefit",
    Scenario.CANNOT_SAY: "Cannot say",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def headline_sentence(c: Consultation, vocabulary: Vocabulary) -> str:
    """The answer as one sentence to read aloud."""
    what = intervention_words(c.facts.intervention, vocabulary)
    where = vocabulary.conditions[c.facts.condition].label.lower()
    place = ", ".join(part for part in (c.facts.side, c.facts.level) if part)
    site = f" ({place})" if place else ""
    reason = f", because {c.because}" if c.because else ""
    return f"{_HEADS[c.scenario]}: {what} for {where}{site}{reason}."


def evidence_reason(c: Consultation, vocabulary: Vocabulary) -> str:
    """What the trials say, placebo-controlled first, and what that leaves of the scenario."""
    a = c.evidence.placebo
    if a is None or (a.synthesis is None and a.published is None):
        tail = "comparisons with other treatments cannot show that either works"
        return (
            f"No placebo-controlled trial with figures was found; {tail}. So at most '{c.evidence.scenario}'."
        )
    return f"Against placebo: {statement(a, vocabulary)} So at most '{c.evidence.scenario}'."


def consultation_sections(c: Consultation, vocabulary: Vocabulary) -> tuple[Section, ...]:
    """Every section that has something to say, in the order a clinician needs them."""
    found = (
        Section("Missing: these would change the answer", tuple(_moves(c.missing))),
        Section("Why", tuple(_why(c, vocabulary))),
        Section("Contraindications", tuple(_contra(c))),
        Section("The law", tuple(p.text + f" (read {p.regulation.read_on})" for p in c.decision.legal)),
        Section("What to expect", tuple(_expect(c))),
        Section("Do this as well, or instead", tuple(_lines(c.alternatives))),
        Section("Medicines", tuple(_drugs(c))),
        Section("What would move the answer", tuple(_moves(c.moves))),
        Section("Sources that disagree", tuple(_conflicts(c))),
        Section("For the conversation", tuple(_lines(_told(c)))),
        Section("How the trials gave it", tuple(_protocols(c))),
        Section("Afterwards", tuple(_plan(c))),
        Section("Mind", c.caveats),
    )
    return tuple(section for section in found if section.lines)


def _why(c: Consultation, vocabulary: Vocabulary) -> Iterator[str]:
    deciding = c.decision.of(Consequence.INDICATES, Consequence.LIMITS)
    yield from (f"{_sentence(rule)} -> {_leaves(rule)}" for rule in deciding)
    if not any(rule.consequence is Consequence.INDICATES for rule in c.decision.applied):
        yield "No rule of the field's table speaks for this patient; 'uncertain' is the start."
    yield evidence_reason(c, vocabulary)


def _leaves(rule: Rule) -> str:
    return f"at most {rule.scenario}" if rule.consequence is Consequence.LIMITS else f"{rule.scenario}"


def _contra(c: Consultation) -> Iterator[str]:
    words = {
        Consequence.ABSOLUTE: "ABSOLUTE",
        Consequence.REFER: "REFER NOW",
        Consequence.RELATIVE: "relative",
    }
    found = c.decision.of(*words)
    yield from (f"{words[rule.consequence]}: {_sentence(rule)}" for rule in found)
    if not found:
        yield "None in the facts given."
    if unasked := {f for rule, facts in c.decision.open if rule.consequence in words for f in facts}:
        yield f"Not known: {', '.join(FACETS[name].label for name in FACETS if name in unasked)}."


def _lines(rules: Iterable[Rule]) -> Iterator[str]:
    return (_sentence(rule) for rule in rules)


def _sentence(rule: Rule) -> str:
    mark = "" if rule.source.is_verified else " [unverified]"
    return f"{rule.text}{mark} ({rule.source.title}; {rule.source.strength})"


def _told(c: Consultation) -> list[Rule]:
    disputed = {conflict.topic for conflict in c.conflicts}
    rules = c.decision.of(Consequence.INFORMS, Consequence.FACTOR)
    return [rule for rule in rules if rule.topic not in disputed or not rule.topic]


def _conflicts(c: Consultation) -> Iterator[str]:
    for conflict in c.conflicts:
        yield f"{conflict.topic}: " + " BUT ".join(_sentence(rule) for rule in conflict.rules)


def _moves(moves: Iterable[Move]) -> Iterator[str]:
    for move in moves:
        by_scenario: dict[str, list[str]] = {}
        for a in move.alternatives:
            by_scenario.setdefault(a.scenario.value, []).append(a.value)
        told = "; ".join(f"{', '.join(values)}: {scenario}" for scenario, values in by_scenario.items())
        now = f" (now {move.now})" if move.now else ""
        yield f"{move.label}{now}: {told}"


def _expect(c: Consultation) -> Iterator[str]:
    """The headline answers against placebo and against another treatment, then harms against placebo."""
    wanted = [a for a in (c.evidence.placebo, c.evidence.active) if a is not None]
    told = [x for a in wanted for x in c.course if x.answer is a]
    yield from map(_course, told)
    if not told:
        yield "No trial gives a figure that can be told in points or people."
    harms = [x for x in c.course if x.answer.question.outcome in HARMS]
    yield from (_course(x) for x in harms if x.answer.question.comparator_class.is_placebo)
    if not harms:
        yield "Harms: no trial held here counts them in a way that can be compared; that is not safety."


def _course(x: ExpectedCourse) -> str:
    q = x.answer.question
    head = (
        f"{q.outcome.replace('-', ' ')}, {horizon_words(q)}, against {comparator_words(q.comparator_class)}"
    )
    said = []
    if x.points:
        estimate, lo, hi = x.points
        span = f"{better_or_worse(lo)} to {better_or_worse(hi)}"
        scale = x.instrument if x.instrument.startswith("points") else f"{x.instrument}, {x.low:g}–{x.high:g}"
        said.append(f"{better_or_worse(estimate, 'points')} on average ({span}; {scale})")
    if x.people:
        people = x.people.people()
        said.append(
            f"of 100 people {people.intervention} ({people.lo} to {people.hi}) with it and "
            f"{people.comparator} without have: {x.people.event} "
            f"(those without: {x.people.comparator_source})"
        )
    said += [f"not told: {why.rstrip('.')}" for why in dict.fromkeys(x.why_not)]
    return f"{head}: {'; '.join(said)}. Certainty: {x.answer.level.word}."


def _drugs(c: Consultation) -> Iterator[str]:
    for d in c.plan.drugs:
        free = f" Free of it from {d.free_from}." if d.free_from else ""
        yield f"{d.drug}: {d.advice}{free}{f' ({d.basis})' if d.basis else ''}"


def _protocols(c: Consultation) -> Iterator[str]:
    p = c.protocols
    for n in p.numbers:
        span = f"{n.lo:g} to {n.hi:g}" if n.lo < n.hi else "no range"
        yield f"{n.unit}: median {n.median:g} ({span}), stated by {n.k} of {p.arms} arms"
    for name, counted in p.words.items():
        told = ", ".join(f"{word} {count}" for word, count in counted)
        yield f"{name}: {told} of {p.arms} arms"


def _plan(c: Consultation) -> Iterator[str]:
    plan = c.plan.rehabilitation
    for phase in plan.phases:
        mark = "" if phase.source.is_verified else " [unverified]"
        yield f"days {phase.from_day}–{phase.to_day}: {phase.do}. Avoid: {phase.avoid.lower()}.{mark}"
    yield from (
        f"{a.topic}: {a.text}{'' if a.source.is_verified else ' [unverified]'}" for a in c.plan.advice
    )
    mark = "" if plan.red_flags_source.is_verified else " [unverified]"
    yield f"call at once for: {', '.join(plan.red_flags)}.{mark}"
    weeks = [numbers.count(w.weeks) for w in c.plan.follow_up if not w.is_baseline]
    yield f"asked again at weeks {', '.join(weeks)} ({c.plan.protocol})"
