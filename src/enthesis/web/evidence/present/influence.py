"""What the map would say without one study, as its page shows it."""

from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Evidence
from enthesis.domain.evidence.changes import AnswerChange, compare
from enthesis.domain.evidence.study import Study
from enthesis.report.change_words import asked_words, because, ground_words
from enthesis.web.evidence.addresses import question_page, study_page
from enthesis.web.evidence.present.sources import byline
from enthesis.web.evidence.present.verdicts import Badge, Grade, badge, grade

__all__ = ["InfluencePage", "influence_page_of"]

ORDER = ("verdict", "certainty", "removed", "added", "numbers")


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a change: verdict, certainty, what it rests on."""

    badge: Badge
    grade: Grade
    words: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One answer with the study and without it."""

    asked: str
    address: str
    kind: str
    held: SideView | None
    without: SideView | None
    because: str


@dataclass(frozen=True, slots=True)
class InfluencePage:
    """Everything that one study moves."""

    id: str
    title: str
    byline: str
    address: str
    sentence: str
    changes: tuple[ChangeView, ...]
    same_trial: tuple[str, ...]


def influence_page_of(study: Study, evidence: Evidence, without: Evidence) -> InfluencePage:
    """The page of a study: answers as they are, and as they would be if it did not exist."""
    moved = sorted(compare(evidence, without), key=lambda c: ORDER.index(c.kind))
    return InfluencePage(
        id=study.id,
        title=study.title,
        byline=byline(study),
        address=study_page(study.id),
        sentence=_sentence(moved),
        changes=tuple(_change(c, evidence) for c in moved),
        same_trial=tuple(s for s in study.same_trial_as if s in evidence.studies),
    )


def _sentence(moved: list[AnswerChange]) -> str:
    if not moved:
        return "Without this study no answer would change: none rests on its figures."
    counts = {kind: sum(c.kind == kind for c in moved) for kind in ORDER}
    named = (
        ("verdict", "change its verdict", "change their verdict"),
        ("certainty", "change its certainty", "change their certainty"),
        ("removed", "not be asked at all", "not be asked at all"),
        ("added", "be asked in another way", "be asked in another way"),
        ("numbers", "keep its verdict with other numbers", "keep their verdict with other numbers"),
    )
    said = [f"{n} would {one if n == 1 else many}" for kind, one, many in named if (n := counts[kind])]
    answers = "1 answer" if len(moved) == 1 else f"{len(moved)} answers"
    return f"Without this study {answers} would differ: {', '.join(said)}."


def _change(c: AnswerChange, evidence: Evidence) -> ChangeView:
    return ChangeView(
        asked=asked_words(c, evidence.vocabulary),
        address=question_page(c.question) if c.before else "",
        kind=c.kind,
        held=_side(c.before),
        without=_side(c.after),
        because="" if c.kind == "removed" else because(c),
    )


def _side(a: Answer | None) -> SideView | None:
    return SideView(badge(a.verdict), grade(a.level), ground_words(a)) if a else None
