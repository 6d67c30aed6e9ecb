"""Which changed report moves which answer: the evidence is built again with one change at a time.

An answer that no single change moves by itself, but all of them together do, is said to be moved together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from enthesis.domain.evidence.changes import AnswerChange, ReportChange, compare
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.domain.evidence.topics import Evidence

__all__ = ["Build", "attribute"]

Report = TypeVar("Report")
# Evidence of these studies and reviews, all else being that of the older state.
Build = Callable[[Mapping[str, Study], Mapping[str, Review]], Evidence]


def attribute(
    changes: Sequence[AnswerChange],
    before: Evidence,
    after: Evidence,
    changed: Sequence[ReportChange],
    build: Build,
    *,
    done: Callable[[ReportChange], None] = lambda _: None,
) -> tuple[AnswerChange, ...]:
    """The changes, each with the reports that move its answer by themselves.

    Args:
        changes: Answers that differ between the two states.
        before: The older state.
        after: The newer state.
        changed: Reports that differ.
        build: Evidence of a set of reports.
        done: Told after each report, for a progress bar.
    """
    movers: dict[Question, list[ReportChange]] = {}
    for change in changed:
        for found in compare(before, _with_one(change, before, after, build)):
            movers.setdefault(found.question, []).append(change)
        done(change)
    return tuple(_attributed(changes, movers))


def _with_one(change: ReportChange, before: Evidence, after: Evidence, build: Build) -> Evidence:
    """The older state with one change of the newer made."""
    studies, reviews = before.studies, before.reviews
    if change.is_review:
        return build(studies, _changed(reviews, after.reviews, change.report))
    return build(_changed(studies, after.studies, change.report), reviews)


def _changed(before: Mapping[str, Report], after: Mapping[str, Report], report: str) -> dict[str, Report]:
    held = {**before}
    held.pop(report, None)
    if report in after:
        held[report] = after[report]
    return {name: held[name] for name in sorted(held)}


def _attributed(
    changes: Sequence[AnswerChange], movers: Mapping[Question, list[ReportChange]]
) -> Iterator[AnswerChange]:
    for change in changes:
        by = tuple(movers.get(change.question, ()))
        yield replace(change, by=by, together=not by)
