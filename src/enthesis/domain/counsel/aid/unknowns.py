"""What nobody knows yet, worked out from the state of the evidence."""

from collections.abc import Iterator, Sequence

from enthesis.domain.counsel.aid.names import outcome_name, treatment_name
from enthesis.domain.counsel.blocks import Points, Section
from enthesis.domain.counsel.findings import Finding
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Level, Topic
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, Vocabulary

__all__ = ["unknowns_section"]

# Below this many people a single answer is called small: the information size GRADE uses as a rule of thumb
# for continuous outcomes (Guyatt 2011, doi:10.1016/j.jclinepi.2011.01.012).
FEW_PEOPLE = 400


def unknowns_section(topic: Topic, found: Sequence[Finding], vocabulary: Vocabulary, w: Wording) -> Section:
    """The gaps of this topic first, then those of every such treatment."""
    always = (w(f"unknown.{name}") for name in ("product", "person", "harms", "search"))
    items = (*_gaps(topic, found, vocabulary, w), *always)
    return Section("unknown", w("section.unknown"), (Points(items),))


def _gaps(topic: Topic, found: Sequence[Finding], vocabulary: Vocabulary, w: Wording) -> Iterator[Said]:
    placebo = [f for f in found if f.question.comparator_class.is_placebo]
    if not any(f.k for f in placebo):
        yield w("unknown.no_placebo", treatment=treatment_name(topic.intervention, vocabulary, w))
    if alone := {s.study.id for s in topic.series}:
        yield w("unknown.series", n=len(alone))
    unsure = dict.fromkeys(f.question.outcome for f in placebo or found if f.level is Level.VERY_LOW)
    for outcome in unsure:
        yield w("unknown.very_low", outcome=outcome_name(outcome, w))
    most = max((f.n for f in placebo), default=0)
    if 0 < most < FEW_PEOPLE:
        yield w("unknown.few_people", n=most)
    if not _followed_for_long(topic):
        yield w("unknown.long")


def _followed_for_long(topic: Topic) -> bool:
    answers = topic.of_class(ComparatorClass.PLACEBO)
    return any(a.k and a.question.horizon == HORIZONS[-1] for a in answers)
