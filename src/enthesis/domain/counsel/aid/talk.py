"""What the patient does with the aid: weigh, go step by step, ask, say it back."""

from enthesis.domain.counsel.aid.names import comparator_name, treatment_name
from enthesis.domain.counsel.blocks import AnswerLine, Block, Paragraph, Scale, Section, Steps
from enthesis.domain.counsel.findings import Finding
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Topic
from enthesis.domain.vocabulary import ComparatorClass, Vocabulary

__all__ = ["questions_section", "steps_section", "teach_back_section", "values_section"]

# Gains and harms take turns, so that the list itself leans to neither side.
VALUES = ("less_pain", "no_harm", "activities", "sure", "no_surgery", "no_needle", "effort", "money")
QUESTIONS = (
    "how_sure", "for_me", "exercise", "product", "harm", "medicines", "if_not", "cost", "contact",
)  # fmt: skip
STEPS = range(1, 6)
TEACH_BACK = ("options", "chance", "harm", "unknown", "choice")


def values_section(w: Wording) -> Section:
    """Scales from 0 to 10 for what may matter, and a line for where the patient leans."""
    marks = tuple(w.number(n) for n in range(11))
    scales = [Scale(w(f"values.{name}"), w("values.low"), w("values.high"), marks) for name in VALUES]
    blocks: tuple[Block, ...] = (Paragraph(w("values.how")), *scales, AnswerLine(w("values.lean")))
    return Section("values", w("section.values"), blocks)


def steps_section(w: Wording) -> Section:
    """Five steps to a choice."""
    return Section("steps", w("section.steps"), (Steps(tuple(w(f"steps.{at}") for at in STEPS)),))


def questions_section(w: Wording) -> Section:
    """Questions for the visit, with room to write."""
    lines = tuple(AnswerLine(w(f"questions.{name}")) for name in QUESTIONS)
    return Section("questions", w("section.questions"), lines)


def teach_back_section(
    topic: Topic, found: tuple[Finding, ...], vocabulary: Vocabulary, w: Wording
) -> Section:
    """Questions that show whether the explanation arrived."""
    values: dict[str, Said] = {
        "treatment": treatment_name(topic.intervention, vocabulary, w),
        "comparator": comparator_name(found[0].question, w)
        if found
        else w(f"against.{ComparatorClass.PLACEBO}"),
    }
    lines: list[Block] = [AnswerLine(w(f"teach.{name}", **values)) for name in TEACH_BACK]
    return Section("teach-back", w("section.teach_back"), (Paragraph(w("teach.intro")), *lines))
