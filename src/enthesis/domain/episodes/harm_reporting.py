"""By when an adverse event must be reported, to whom, and by which rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from enthesis.domain.episodes.adverse_events import (
    AdverseEvent,
    Expectedness,
    Seriousness,
    is_related,
    is_serious,
)
from enthesis.errors import Fault, InvalidData

__all__ = ["Clock", "HarmReporting", "HarmTerm", "ReportDue", "ReportingRule", "reports_due"]

Clock = Literal["knowledge", "onset"]
Setting = Literal["trial", "care"]

_FATAL = {Seriousness.DEATH, Seriousness.LIFE_THREATENING}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRule:
    """One duty to report: for whom, to whom, within how many days, and for which events.

    ``severity`` picks fatal or life-threatening events, the other serious ones, or any serious one.
    ``clock`` says what the days run from. A rule within hours is kept as whole days and says so in
    ``within``. ``standing`` is 'read' at an official text, 'secondary' where someone repeats it, 'house'
    for a rule of ours.
    """

    id: str
    setting: Setting
    countries: tuple[str, ...]
    by: str
    to: str
    days: int
    within: str
    clock: Clock
    severity: Literal["fatal-or-life-threatening", "other-serious", "serious"]
    only_unexpected: bool
    only_related: bool
    standing: Literal["read", "secondary", "house"]
    source: str
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a rule without a day or a source.

        Raises:
            InvalidData: Days below 1, or an empty source.
        """
        faults = []
        if self.days < 1:
            faults.append(Fault(f"{self.days} days; must be at least 1.", f"{self.id}.days"))
        if not self.source.strip():
            faults.append(Fault("names no source.", f"{self.id}.source"))
        if faults:
            raise InvalidData(faults)

    def applies(self, event: AdverseEvent, setting: Setting, country: str) -> bool:
        """Whether the rule holds for an event; a rule without countries holds everywhere."""
        if setting != self.setting or (self.countries and country not in self.countries):
            return False
        if not is_serious(event) or (self.only_related and not is_related(event)):
            return False
        if self.only_unexpected and event.expectedness is Expectedness.EXPECTED:
            return False
        fatal = bool(event.seriousness & _FATAL)
        return self.severity == "serious" or fatal == (self.severity == "fatal-or-life-threatening")


@dataclass(frozen=True, slots=True)
class HarmTerm:
    """A local word for a harm; ``serious_by_nature`` only asks for a second look at seriousness."""

    id: str
    label: str
    serious_by_nature: bool = False


@dataclass(frozen=True, slots=True)
class HarmReporting:
    """The grade words, terms, warning signs and reporting rules in use."""

    version: str
    grades: Mapping[int, str]
    causality: Mapping[str, str]
    terms: tuple[HarmTerm, ...]
    same_day_signs: tuple[str, ...]
    rules: tuple[ReportingRule, ...]


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report and the last day for it; ``overdue_days`` is 0 until that day has passed."""

    rule: ReportingRule
    due: date
    overdue_days: int


def reports_due(
    event: AdverseEvent, rules: Iterable[ReportingRule], *, setting: Setting, country: str, today: date
) -> tuple[ReportDue, ...]:
    """Every report an event asks for, the earliest first.

    Args:
        event: The event as recorded so far; what is not assessed yet counts as reportable.
        rules: The rules on file.
        setting: A trial, or care with a registry.
        country: ISO 3166 code of the site, such as 'IN'.
        today: The day in the time zone of the site.
    """
    owed = [
        (rule, (event.known_on if rule.clock == "knowledge" else event.onset) + timedelta(days=rule.days))
        for rule in rules
        if rule.applies(event, setting, country)
    ]
    due = [ReportDue(rule, day, max((today - day).days, 0)) for rule, day in owed]
    return tuple(sorted(due, key=lambda report: (report.due, report.rule.id)))
