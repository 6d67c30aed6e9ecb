"""The ways to go, each told alike: what it is, two good and two bad sides, what it is like, what is known."""

from collections.abc import Iterable

from enthesis.domain.counsel.aid.names import certainty, treatment_name
from enthesis.domain.counsel.aid.verdict_words import verdict_words
from enthesis.domain.counsel.blocks import Certainty, OptionCard, Section
from enthesis.domain.counsel.findings import finding
from enthesis.domain.counsel.knowledge import Fact, FactKind, Option
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Evidence, Topic, headline
from enthesis.domain.vocabulary import ComparatorClass

__all__ = ["options_section"]

MIXED = "mixed"


def options_section(
    topic: Topic, held: Evidence, options: Iterable[Option], facts: Iterable[Fact], w: Wording
) -> Section:
    """Every option that is sensible for the condition, the treatment asked about among them."""
    known = tuple(facts)
    cards = [_card(o, topic, held, known, w) for o in _chosen(options, topic, held)]
    return Section("options", w("section.options"), tuple(cards))


def _chosen(options: Iterable[Option], topic: Topic, held: Evidence) -> list[Option]:
    condition = held.vocabulary.conditions[topic.condition]
    parts = topic.intervention.split("+")
    fit = []
    for o in options:
        asked = o.intervention == parts[0]
        within = o.reach.covers(topic.condition, condition, topic.intervention)
        if asked or (within and not (o.is_injection and not o.beside) and o.intervention not in parts):
            fit.append(o)
    return fit


def _card(o: Option, topic: Topic, held: Evidence, facts: tuple[Fact, ...], w: Wording) -> OptionCard:
    asked = o.is_injection and o.intervention == topic.intervention.split("+")[0]
    variant = MIXED if asked and "+" in topic.intervention else o.variant
    intervention = topic.intervention if asked else o.intervention

    def said(part: str) -> Said:
        return w.first(f"option.{o.texts}.{variant}.{part}", f"option.{o.texts}.{part}")

    studies, sure = _studies(o, intervention, topic, held, facts, w)
    return OptionCard(
        id=o.id,
        name=_name(o, variant, intervention, held, w),
        what=said("what"),
        good=(said("good.1"), said("good.2")),
        bad=(said("bad.1"), said("bad.2")),
        like=said("like"),
        studies=studies,
        certainty=sure,
        asked=asked,
    )


def _name(o: Option, variant: str, intervention: str, held: Evidence, w: Wording) -> Said:
    if o.is_injection:
        treatment = treatment_name(intervention, held.vocabulary, w)
        return w("option.injection.asked_name", treatment=treatment).start
    return w.first(f"option.{o.texts}.{variant}.name", f"option.{o.texts}.name")


def _studies(
    o: Option, intervention: str, topic: Topic, held: Evidence, facts: tuple[Fact, ...], w: Wording
) -> tuple[Said, Certainty | None]:
    """What the live evidence says of an option against placebo; for the others what is on file."""
    if o.is_injection:
        other = held.topics.get((topic.condition, intervention))
        best = headline(other.of_class(ComparatorClass.PLACEBO)) if other else None
        if best is None:
            return w("option.studies.none"), None
        f = finding(best, held)
        return verdict_words(f, held.vocabulary, w), certainty(f.level, w)
    if o.texts == "exercise":
        told = next((f for f in facts if f.kind is FactKind.EXERCISE), None)
        return (w(told.text, **told.values) if told else w("option.exercise.studies_unknown")), None
    comparator = w(f"against.{ComparatorClass.PLACEBO}")
    measured = any(a.k for a in topic.of_class(ComparatorClass.PLACEBO))
    key = f"option.{o.texts}.studies" + ("_none" if o.texts == "wait" and not measured else "")
    return w(key, comparator=comparator), None
