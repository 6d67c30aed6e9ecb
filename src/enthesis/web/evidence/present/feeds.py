"""Which answers a study enters, and in which part."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Evidence, Topic
from enthesis.domain.evidence.study import Study
from enthesis.web.evidence.addresses import question_page, topic_page
from enthesis.web.evidence.present.words import against, question_title, topic_title

__all__ = ["Feed", "feeds_of"]


@dataclass(frozen=True, slots=True)
class Feed:
    """An answer, its address, and what the study is to it."""

    topic: str
    question: str
    address: str
    role: str


def feeds_of(study: Study, evidence: Evidence) -> Iterator[Feed]:
    """Every answer and series of the study's condition in which it appears."""
    vocabulary = evidence.vocabulary
    for (condition, intervention), topic in evidence.topics.items():
        if condition != study.condition:
            continue
        title = topic_title(condition, intervention, vocabulary)
        for a in topic.answers:
            if role := _role(study, a):
                versus = against(a.question.comparator_class).lower()
                asked = f"{question_title(a.question, vocabulary)}, {versus}"
                yield Feed(title, asked, question_page(a.question), role)
        for words in _apart(study, topic):
            yield Feed(title, words, topic_page(condition, intervention), "shown apart")


def _role(study: Study, a: Answer) -> str:
    if a.synthesis:
        for contrast, weight in zip(a.synthesis.contrasts, a.synthesis.pooled.weights, strict=True):
            if contrast.pick.study.id == study.id:
                return "the only trial" if a.k == 1 else f"pooled, {weight:.0%} of the weight"
    for left in a.left_out:
        if left.contrast.pick.study.id == study.id:
            return f"left out: {left.why}"
    if any(c.pick.study.id == study.id for c in a.directions):
        return "direction only"
    return ""


def _apart(study: Study, topic: Topic) -> Iterator[str]:
    if any(s.study.id == study.id for s in topic.series):
        yield "Series without a control group"
    if any(v.study.id == study.id for v in topic.variants):
        yield "One way of giving it against another"
