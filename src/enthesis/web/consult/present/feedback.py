"""Feedback on cards in words: what the card was about, and why it was set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enthesis.web.consult.models import HookFeedback
from enthesis.web.consult.present.choices import label_of
from enthesis.web.consult.present.scenarios import ScenarioMark, scenario_mark
from enthesis.web.consult.queries.feedback import FeedbackCount
from enthesis.web.evidence.state import current

__all__ = ["CommentLine", "FeedbackLine", "comment_lines", "feedback_lines"]

Reasons = Mapping[str, str]
NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One kind of card: what it was about, its answer where it gave one, and what became of it."""

    site: str
    card: str
    mark: ScenarioMark | None
    accepted: int
    overridden: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What somebody wrote in a clinical system."""

    row: HookFeedback
    card: str
    reason: str


def feedback_lines(counts: Iterable[FeedbackCount], reasons: Reasons) -> list[FeedbackLine]:
    """Counts in words."""
    return [
        FeedbackLine(
            site=c.site or "clinic not known",
            card=_card(c.condition, c.intervention),
            mark=scenario_mark(c.scenario) if c.scenario else None,
            accepted=c.accepted,
            overridden=c.overridden,
            reasons=tuple((_reason(code, reasons), n) for code, n in c.reasons),
        )
        for c in counts
    ]


def comment_lines(rows: Iterable[HookFeedback], reasons: Reasons) -> list[CommentLine]:
    """Comments with what they are about."""
    return [
        CommentLine(
            row,
            _card(row.condition, row.intervention),
            _reason(row.reason, reasons) if row.reason else row.outcome,
        )
        for row in rows
    ]


def _card(condition: str, intervention: str) -> str:
    words = current().evidence.vocabulary.conditions
    what = label_of(intervention) if intervention else ""
    where = words[condition].label if condition in words else condition
    if what and where:
        return f"{what} for {where[:1].lower()}{where[1:]}"
    if what:
        return f"{what}, for a condition not known here"
    return f"What trials say of {where[:1].lower()}{where[1:]}" if where else "A card no longer known"


def _reason(code: str, reasons: Reasons) -> str:
    """Ours in words; a clinical system may send a code of its own, which is shown as sent."""
    return reasons.get(code, code) or NO_REASON
