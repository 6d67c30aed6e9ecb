"""Adverse events as pages show them: grade in words, causes, and by when they must be reported."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from enthesis.domain.episodes.adjudication import AdjudicationAct, AdjudicationState, can_adjudicate
from enthesis.domain.episodes.harm_reporting import reports_due
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.adverse_events import NEEDED
from enthesis.web.registry.models import AdverseEvent
from enthesis.web.registry.present.row_page import episode_words
from enthesis.web.registry.records.adverse_events import harm_of, reporting_in_use

__all__ = ["Due", "HarmView", "harm_view"]

EXPECTED = {True: "expected", False: "unexpected", None: "not assessed yet"}
STEPS = {
    AdjudicationAct.TAKE_UP: "Take it up",
    AdjudicationAct.ASK_SITE: "Ask the site",
    AdjudicationAct.ANSWER: "Answer",
    AdjudicationAct.JUDGE: "Judge it",
    AdjudicationAct.REOPEN: "Open it again",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One report: who tells whom by when, and how sure the rule is."""

    words: str
    due: date
    overdue_days: int
    standing: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class HarmView:
    """One harm with everything derived from it."""

    row: AdverseEvent
    for_what: str
    grade_words: str
    is_serious: bool
    serious: tuple[str, ...]
    expected: str
    outcome: str
    state: str
    due: tuple[Due, ...]
    steps: tuple[tuple[str, str], ...]
    address: str

    @property
    def first_due(self) -> Due | None:
        """The earliest report still owed."""
        return self.due[0] if self.due and self.row.reported_on is None else None


def harm_view(row: AdverseEvent, today: date) -> HarmView:
    """One harm as shown today."""
    rules = reporting_in_use()
    owed = reports_due(harm_of(row), rules.rules, setting="care", country=row.site.country, today=today)
    if row.cancelled_because:
        owed = ()
    state = AdjudicationState(row.adjudication)
    return HarmView(
        row=row,
        for_what=episode_words(row.episode),
        grade_words=f"{row.grade}. {rules.grades[row.grade]}",
        is_serious=bool(row.serious),
        serious=tuple(word.replace("-", " ") for word in row.serious),
        expected=EXPECTED[row.expected],
        outcome=row.outcome.replace("-", " "),
        state=state.value.replace("-", " "),
        due=tuple(
            Due(
                words=f"{report.rule.by} to {report.rule.to}, within {report.rule.within}",
                due=report.due,
                overdue_days=report.overdue_days,
                standing=report.rule.standing,
                source=report.rule.source,
                note=report.rule.note,
            )
            for report in owed
        ),
        steps=tuple(
            (act.value, words)
            for act, words in STEPS.items()
            if can_adjudicate(state, act) and current_scope().can(NEEDED[act], row.site_id)
        ),
        address=reverse("harm", args=[row.key]),
    )
