"""What is to be chosen, and what the patient has."""

from collections.abc import Iterable

from enthesis.domain.counsel.aid.names import condition_name, treatment_name
from enthesis.domain.counsel.blocks import Paragraph, Section
from enthesis.domain.counsel.knowledge import Fact, FactKind
from enthesis.domain.counsel.wording import Wording
from enthesis.domain.evidence import Topic
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["condition_section", "decision_section"]


def decision_section(topic: Topic, vocabulary: Vocabulary, w: Wording) -> Section:
    """The choice, stated; that there is time; whom the numbers are about."""
    lead = w(
        "decision.text",
        condition=condition_name(topic.condition, vocabulary, w),
        treatment=treatment_name(topic.intervention, vocabulary, w),
    )
    rest = (Paragraph(w("decision.no_hurry")), Paragraph(w("decision.who")))
    return Section("decision", w("section.decision"), (Paragraph(lead, lead=True), *rest))


def condition_section(topic: Topic, facts: Iterable[Fact], vocabulary: Vocabulary, w: Wording) -> Section:
    """What the condition is, and how it usually goes without an injection."""
    family = vocabulary.conditions[topic.condition].family
    name = condition_name(topic.condition, vocabulary, w).start
    told = [f for f in facts if f.kind is FactKind.COURSE]
    usual = [Paragraph(w(f.text, **f.values), about="course") for f in told]
    usual = usual or [Paragraph(w("course.unknown"), about="course-unknown")]
    blocks = (Paragraph(w("condition.lead", condition=name), lead=True), Paragraph(w(f"about.{family}")))
    return Section("condition", w("section.condition"), (*blocks, *usual))
