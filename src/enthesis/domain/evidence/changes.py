"""What changed between two states of the evidence: which answers came, went or moved, in which way.

Both states are built bodies of evidence; nothing is read here. An answer moved when its verdict, certainty or
basis did, or when the numbers under the same verdict did.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.topics import Evidence

__all__ = ["AnswerChange", "ReportChange", "compare", "compare_answers", "reports_changed"]

# Estimates closer than this share of their interval's width are the same number.
SAME_SHARE = 1e-9


@dataclass(frozen=True, slots=True)
class ReportChange:
    """One study report or review that differs between two states: "added", "removed" or "edited"."""

    report: str
    kind: str
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question answered differently; None on the side where nobody answered it.

    ``by`` names the reports that, changed alone, change this answer too; filled by attribution.
    """

    question: Question
    before: Answer | None
    after: Answer | None
    by: tuple[ReportChange, ...] = ()
    together: bool = False

    @property
    def kind(self) -> str:
        """'added', 'removed', 'verdict', 'certainty' or 'numbers': the weightiest thing that changed."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        if self.before.verdict is not self.after.verdict:
            return "verdict"
        return "certainty" if self.before.level is not self.after.level else "numbers"


def compare(before: Evidence, after: Evidence) -> tuple[AnswerChange, ...]:
    """Every answer that came, went or moved, in the order of the newer state, those that went last.

    Args:
        before: The older state.
        after: The newer state.
    """
    return tuple(compare_answers(_answers(before), _answers(after)))


def compare_answers(before: dict[Question, Answer], after: dict[Question, Answer]) -> Iterator[AnswerChange]:
    """Changes between two sets of answers by question."""
    for question, answer in after.items():
        old = before.get(question)
        if old is None or _moved(old, answer):
            yield AnswerChange(question, old, answer)
    for question, answer in before.items():
        if question not in after:
            yield AnswerChange(question, answer, None)


def reports_changed(before: Evidence, after: Evidence) -> tuple[ReportChange, ...]:
    """Studies and then reviews that differ, in order of their ids."""
    studies = _differing(before.studies, after.studies, is_review=False)
    return (*studies, *_differing(before.reviews, after.reviews, is_review=True))


def _differing(
    before: Mapping[str, object], after: Mapping[str, object], *, is_review: bool
) -> Iterator[ReportChange]:
    for report in sorted(before.keys() | after.keys()):
        old, new = before.get(report), after.get(report)
        if old != new:
            kind = "added" if old is None else "removed" if new is None else "edited"
            yield ReportChange(report, kind, is_review)


def _answers(e: Evidence) -> dict[Question, Answer]:
    return {a.question: a for topic in e.topics.values() for a in topic.answers}


def _moved(old: Answer, new: Answer) -> bool:
    same = (old.verdict, old.level, old.basis, old.k, old.n, _rests_on(old)) == (
        new.verdict, new.level, new.basis, new.k, new.n, _rests_on(new)
    )  # fmt: skip
    return not same or _numbers_differ(old, new)


def _rests_on(a: Answer) -> tuple[object, ...]:
    """Trials of the pool, those only told of, and the published row where the verdict rests on one."""
    pooled = [c.pick.study.id for c in a.synthesis.contrasts] if a.synthesis else []
    row = a.published.row if a.published else None
    return tuple(pooled), tuple(c.pick.study.id for c in a.directions), row


def _numbers_differ(old: Answer, new: Answer) -> bool:
    if old.synthesis is None or new.synthesis is None:
        return old.synthesis is not new.synthesis
    if old.synthesis.scale.kind is not new.synthesis.scale.kind:
        return True
    one, other = old.synthesis.judged, new.synthesis.judged
    width = max(one.ci[1] - one.ci[0], other.ci[1] - other.ci[0])
    ends = zip((one.mu, *one.ci), (other.mu, *other.ci), strict=True)
    return any(abs(x - y) > SAME_SHARE * width for x, y in ends)
