"""What the field says, put as questions to the evidence, with our own computed answer beside each claim.

A claim is data: its words, who makes it, and what it asks. Nothing about the answer is written by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.groups import Grouping, split
from enthesis.domain.evidence.review import Review, Statement
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.study import Arm
from enthesis.domain.evidence.topics import Evidence, Topic, headline
from enthesis.domain.evidence.variants import Variant
from enthesis.domain.evidence.verdicts import Verdict
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, Horizon

__all__ = ["Ask", "Claim", "ClaimAnswer", "Finding", "Status", "answer_claim"]


class Status(StrEnum):
    """How a claim stands against the evidence held."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_SUPPORTED = "not supported"
    CANNOT_SAY = "cannot be answered from what was found"


class Outcome(StrEnum):
    """What one part of a claim met."""

    AGREES = "agrees"
    AGAINST = "speaks against"
    UNCLEAR = "too uncertain to say"
    NO_DATA = "nothing found"


@dataclass(frozen=True, slots=True)
class Ask:
    """One part of a claim.

    ``expects`` is 'benefit', 'no-benefit' or 'worse' for an effect; ``level`` a guideline level to look for;
    ``split_by`` an attribute of ``groups.ATTRIBUTES`` whose group ``better_group`` should do better;
    ``variant`` two ways of the same product compared inside trials, the first of which should do better.
    """

    condition: str
    intervention: str
    comparator: ComparatorClass | None = None
    outcome: str | None = None
    weeks: tuple[int, int | None] | None = None
    expects: str = "benefit"
    level: str | None = None
    system: str | None = None
    route: str | None = None
    split_by: str | None = None
    better_group: str | None = None
    variant: tuple[str, str] | None = None

    @property
    def horizons(self) -> tuple[Horizon, ...]:
        """Horizons that the asked weeks touch; all when none were asked."""
        if self.weeks is None:
            return HORIZONS
        lo, hi = self.weeks
        return tuple(h for h in HORIZONS if (hi is None or h.lo <= hi) and (h.hi is None or h.hi >= lo))


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the field in our words, who makes it, and what it asks of the evidence."""

    id: str
    text: str
    group: str
    said_by: tuple[str, ...]
    asks: tuple[Ask, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one part of a claim met in the evidence, with whatever it rests on."""

    ask: Ask
    outcome: Outcome
    why: str
    answer: Answer | None = None
    grouping: Grouping | None = None
    statements: tuple[tuple[Review, Statement], ...] = ()
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """A claim with its findings and its standing."""

    claim: Claim
    findings: tuple[Finding, ...]
    status: Status


def answer_claim(claim: Claim, evidence: Evidence) -> ClaimAnswer:
    """Put every part of a claim to the evidence."""
    findings = tuple(finding for ask in claim.asks for finding in _ask(ask, evidence))
    return ClaimAnswer(claim, findings, _status([f.outcome for f in findings]))


def _status(outcomes: Sequence[Outcome]) -> Status:
    agree, against = outcomes.count(Outcome.AGREES), outcomes.count(Outcome.AGAINST)
    if agree and agree == len(outcomes):
        return Status.SUPPORTED
    if agree:
        return Status.PARTLY
    return Status.NOT_SUPPORTED if against else Status.CANNOT_SAY


def _ask(ask: Ask, evidence: Evidence) -> Iterator[Finding]:
    topic = evidence.topics.get((ask.condition, ask.intervention))
    if topic is None:
        yield Finding(ask, Outcome.NO_DATA, "the catalogue holds nothing on this condition and treatment")
    elif ask.level is not None:
        yield _level(ask, topic)
    elif ask.variant is not None:
        yield _variant(ask, ask.variant, topic)
    elif ask.split_by is not None:
        yield _split(ask, ask.split_by, topic, evidence)
    else:
        yield _effect(ask, topic)


def _chosen(ask: Ask, topic: Topic) -> Answer | None:
    fit = [
        a
        for a in topic.answers
        if (ask.comparator is None or a.question.comparator_class is ask.comparator)
        and (a.question.horizon is None or a.question.horizon in ask.horizons)
    ]
    if ask.outcome in ("adverse-event", "serious-adverse-event"):
        return next((a for a in fit if a.question.outcome == ask.outcome), None)
    return headline(fit, ask.outcome)


def _effect(ask: Ask, topic: Topic) -> Finding:
    found = _chosen(ask, topic)
    if found is None:
        return Finding(ask, Outcome.NO_DATA, "no trial asks this question")
    helped = found.verdict in (Verdict.HELPS, Verdict.PROBABLY_HELPS, Verdict.MAY_HELP)
    if found.verdict is Verdict.UNCLEAR:
        why = "no figures that can be pooled" if found.synthesis is None else f"certainty {found.level.word}"
        return Finding(ask, Outcome.UNCLEAR, why, found)
    fits = {
        "benefit": helped,
        "no-benefit": found.verdict is Verdict.NO_IMPORTANT_BENEFIT,
        "worse": found.verdict is Verdict.HARM,
    }[ask.expects]
    return Finding(ask, Outcome.AGREES if fits else Outcome.AGAINST, f"verdict: {found.verdict}", found)


def _level(ask: Ask, topic: Topic) -> Finding:
    graded = [
        (review, s)
        for review, s in (*topic.guidelines, *topic.reviews)
        if s.level
        and (ask.system is None or s.system == ask.system)
        and (ask.route is None or s.route == ask.route)
    ]
    if not graded:
        return Finding(ask, Outcome.NO_DATA, "no guideline or review that grades this was found")
    match = [x for x in graded if x[1].level == ask.level]
    trials = sum(study.design == "rct" for study in topic.studies)
    held = f"the catalogue holds {trials} randomised trials and {len(topic.series)} series on it"
    said = "; ".join(f"{review.id}: level {s.level}" for review, s in graded)
    return Finding(
        ask, Outcome.AGREES if match else Outcome.AGAINST, f"{said}; {held}", statements=tuple(graded)
    )


def _split(ask: Ask, by: str, topic: Topic, evidence: Evidence) -> Finding:
    found = _chosen(ask, topic)
    if found is None or found.synthesis is None:
        return Finding(ask, Outcome.NO_DATA, "no pooled trials to split", found)
    grouping = split(found.synthesis, by, evidence.rules)
    if grouping.p is None:
        return Finding(ask, Outcome.UNCLEAR, grouping.too_few or "cannot be split", found, grouping)
    better = max(grouping.groups, key=lambda g: g[1].benefit(g[1].judged.mu))[0]
    if ask.better_group is None:
        same = grouping.p >= 0.05
        why = f"difference between groups: p = {grouping.p:.2f}"
        return Finding(ask, Outcome.AGREES if same else Outcome.AGAINST, why, found, grouping)
    if grouping.p >= 0.05:
        return Finding(
            ask,
            Outcome.AGAINST,
            f"no difference between groups shown (p = {grouping.p:.2f})",
            found,
            grouping,
        )
    agrees = better == ask.better_group
    return Finding(
        ask, Outcome.AGREES if agrees else Outcome.AGAINST, f"{better} did better", found, grouping
    )


def _variant(ask: Ask, pair: tuple[str, str], topic: Topic) -> Finding:
    """Trials that gave people the same product in two ways; each votes by its clear results."""
    first, second = pair
    held = [v for v in topic.variants if _words_fit(v, first, second)]
    if not held:
        return Finding(ask, Outcome.NO_DATA, "no trial compares the two directly")
    votes = [_vote(v, first, evidence_outcome=ask.outcome) for v in held]
    better, worse, even = votes.count(1), votes.count(-1), votes.count(0)
    why = f"{len(held)} direct comparisons: {better} for {first}, {worse} for {second}, {even} undecided"
    outcome = Outcome.UNCLEAR
    if better > worse and better >= even:
        outcome = Outcome.AGREES
    elif worse > better:
        outcome = Outcome.AGAINST
    return Finding(ask, outcome, why, variants=tuple(held))


def _words_fit(v: Variant, first: str, second: str) -> bool:
    a, b = _words(v.first), _words(v.second)
    return (first in a and second in b) or (first in b and second in a)


def _words(arm: Arm) -> set[str]:
    p = arm.product
    said = {f"leukocyte-{p.leukocytes}"} if p.leukocytes in ("rich", "poor") else set()
    if p.injections:
        said |= {"one injection"} if p.injections == 1 else {"several injections"}
    return said


def _vote(v: Variant, first: str, evidence_outcome: str | None) -> int:
    fit = [c for c in v.contrasts if evidence_outcome in (None, c.pick.question.outcome)]
    clear = [side for c in fit if (side := _significant_side(c))]
    if not clear:
        return 0
    side = max(set(clear), key=clear.count)
    return side if first in _words(v.first) else -side


def _significant_side(c: Contrast) -> int:
    """+1 or -1 when the difference is clear by its own interval or by the source; 0 otherwise."""
    for kind, effect in c.on.items():
        if kind != "ratio" and abs(effect.y) > 1.96 * effect.v**0.5:
            return 1 if effect.y > 0 else -1
    if c.on:
        return 0
    return 0 if c.pick.winner is None else 1 if c.pick.winner in c.pick.of else -1
