"""Which signalling questions are asked after which answers, and what an incomplete domain lacks."""

from collections.abc import Iterator, Mapping

from enthesis.domain.evidence.appraisal.tool import Condition, SignallingQuestion, ToolDomain
from enthesis.errors import Fault

__all__ = ["Answers", "asked_questions", "holds", "open_faults"]

Answers = Mapping[str, str]
NOT_APPLICABLE = "NA"


def holds(condition: Condition, answers: Answers) -> bool:
    """True when every question of the condition was answered by one of its codes."""
    return all(answers.get(question) in codes for question, codes in condition.items())


def asked_questions(domain: ToolDomain, answers: Answers) -> tuple[SignallingQuestion, ...]:
    """Questions that these answers call for, in order; those before them need not be answered yet."""
    # What is not asked counts as unanswered, so that a stray answer opens no later question.
    heard: dict[str, str] = {}
    asked = []
    for question in domain.questions:
        if not question.asked_if or any(holds(c, heard) for c in question.asked_if):
            asked.append(question)
            heard |= {question.id: answers[question.id]} if question.id in answers else {}
    return tuple(asked)


def open_faults(domain: ToolDomain, answers: Answers) -> Iterator[Fault]:
    """What stands between these answers and a judgement: missing, unknown and uncalled-for ones."""
    asked = {q.id: q for q in asked_questions(domain, answers)}
    known = {q.id for q in domain.questions}
    for name, given in answers.items():
        if name not in known:
            yield Fault(
                f"'{name}' is no question of this domain.", name, f"It has {', '.join(sorted(known))}."
            )
        elif name not in asked and given != NOT_APPLICABLE:
            yield Fault(f"it is not asked after these answers, yet answered '{given}'.", name, "Write NA.")
    for name, question in asked.items():
        repair = f"Answer one of {', '.join(question.answers)}."
        if name not in answers:
            yield Fault("it has no answer.", name, repair)
        elif answers[name] not in question.answers:
            yield Fault(f"'{answers[name]}' is no answer to it.", name, repair)
