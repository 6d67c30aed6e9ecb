"""What the field says, put as questions to the evidence, with our own computed answer beside each claim.

A claim is data: its words, who makes it, and what it asks. Nothing about the answer is written by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.groups import Grouping, split
from enthesis.domain.evidence.headlines import headline
from enthesis.domain.evidence.levels import Level
from enthesis.domain.evidence.per_trial import trial_roots
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.evidence.review import Review, Statement
from enthesis.domain.evidence.topics import Evidence, Topic
from enthesis.domain.evidence.variants import Variant
from enthesis.domain.evidence.verdicts import Verdict
from enthesis.domain.evidence.voices import count_voices, ways_of_giving
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, Horizon

__all__ = ["Ask", "Claim", "ClaimAnswer", "Finding", "Status", "answer_claim"]


# Fewer trials than this do not tell which of two ways of giving a product is better.
FEWEST_VOICES = 2


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
    """What one part of a claim met in the evidence, with whatever it rests on.

    ``firm`` marks a finding of at least moderate certainty, or one that only a document can settle.
    """

    ask: Ask
    outcome: Outcome
    why: str
    answer: Answer | None = None
    grouping: Grouping | None = None
    statements: tuple[tuple[Review, Statement], ...] = ()
    variants: tuple[Variant, ...] = ()
    firm: bool = False


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """A claim with its findings and its standing."""

    claim: Claim
    findings: tuple[Finding, ...]
    status: Status


def answer_claim(claim: Claim, evidence: Evidence) -> ClaimAnswer:
    """Put every part of a claim to the evidence."""
    findings = tuple(finding for ask in claim.asks for finding in _ask(ask, evidence))
    return ClaimAnswer(claim, findings, _status(findings))


def _status(findings: Sequence[Finding]) -> Status:
    """Supported only when every part agrees and one of them firmly; low certainty supports in part."""
    outcomes = [f.outcome for f in findings]
    agree, against = outcomes.count(Outcome.AGREES), outcomes.count(Outcome.AGAINST)
    if agree and agree == len(outcomes) and any(f.firm for f in findings):
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
        yield _variant(ask, ask.variant, topic, evidence)
    elif ask.split_by is not None:
        yield _split(ask, ask.split_by, topic, evidence)
    else:
        yield _effect(ask, topic)


def _chosen(ask: Ask, topic: Topic) -> Answer | None:
    fit = [
        a
        for a in topic.answers
        if (ask.comparator is None or a.question.comparator_class is ask.comparator) and _at_the_time(ask, a)
    ]
    if ask.outcome in ("adverse-event", "serious-adverse-event"):
        return next((a for a in fit if a.question.outcome == ask.outcome), None)
    return headline(fit, ask.outcome)


def _at_the_time(ask: Ask, a: Answer) -> bool:
    """Harms are asked over the whole follow-up; anything else without a horizon fits no week asked for."""
    if a.question.horizon is None:
        return ask.weeks is None or a.question.outcome in HARMS
    return a.question.horizon in ask.horizons


def _effect(ask: Ask, topic: Topic) -> Finding:
    found = _chosen(ask, topic)
    if found is None:
        return Finding(ask, Outcome.NO_DATA, "no trial asks this question")
    if found.verdict is Verdict.UNCLEAR:
        return Finding(ask, Outcome.UNCLEAR, _why_unclear(found), found)
    outcome = Outcome.AGREES if found.verdict in _FITS[ask.expects] else Outcome.AGAINST
    why = f"verdict: {found.verdict}, certainty {found.level.word}"
    return Finding(ask, outcome, why, found, firm=found.level >= Level.MODERATE)


_FITS = {
    "benefit": (Verdict.HELPS, Verdict.PROBABLY_HELPS, Verdict.MAY_HELP),
    "no-benefit": (Verdict.NO_IMPORTANT_BENEFIT, Verdict.HARM),
    "worse": (Verdict.HARM,),
}


def _why_unclear(found: Answer) -> str:
    if found.basis is Basis.NONE:
        return "no figures that can be pooled"
    if found.level is not Level.VERY_LOW:
        return f"certainty {found.level.word}, but {found.size}"
    return f"certainty {found.level.word}"


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
    outcome = Outcome.AGREES if match else Outcome.AGAINST
    return Finding(ask, outcome, f"{said}; {held}", statements=tuple(graded), firm=bool(match))


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


def _variant(ask: Ask, pair: tuple[str, str], topic: Topic, evidence: Evidence) -> Finding:
    """Trials that gave people the same product in two ways."""
    held = [v for v in topic.variants if _words_fit(v, *pair)]
    if not held:
        return Finding(ask, Outcome.NO_DATA, "no trial compares the two directly")
    count = count_voices(held, pair, ask.outcome, evidence.doubts, trial_roots(evidence.studies))
    told = count.first + count.second
    why = (
        f"{_trials(count.trials)} directly: {count.first} better with {pair[0]}, "
        f"{count.second} with {pair[1]}, {count.neither} with neither or not told"
    )
    if count.p is not None:
        why += f"; sign test p = {count.p:.2f}"
    outcome = Outcome.UNCLEAR
    # One trial does not settle how to give a product, and directions alone never settle it firmly.
    if told >= FEWEST_VOICES and max(count.first, count.second) * 3 >= told * 2 > count.neither * 2:
        outcome = Outcome.AGREES if count.first > count.second else Outcome.AGAINST
    return Finding(ask, outcome, why, variants=tuple(held))


def _trials(count: int) -> str:
    return "1 trial compares them" if count == 1 else f"{count} trials compare them"


def _words_fit(v: Variant, first: str, second: str) -> bool:
    a, b = ways_of_giving(v.first), ways_of_giving(v.second)
    return (first in a and second in b) or (first in b and second in a)
