"""Who is to be asked again today, in the order of the rule, read a page at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import count, islice
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from enthesis.catalogue.chase_loader import load_chase_rules
from enthesis.domain.episodes import Act, Attempt, ChaseRules, NextStep, StepKind, may, next_step
from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import ChaseStep, Consent, FollowUp, Response
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.consents import decisions, rules_in_use
from enthesis.web.registry.records.follow_ups import (
    PRIMARY_WEEKS,
    attempts_of,
    channels_of,
    follow_up_value,
)

__all__ = [
    "PAGE",
    "Chased",
    "Worklist",
    "judged",
    "open_now",
    "reported_unasked",
    "rules_of_chasing",
    "worklist",
]

PAGE = 40
# A page is filled from this many rows at most; rows between were asked within the last days.
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Chased:
    """One follow-up with what was tried and what to do next."""

    row: FollowUp
    attempts: tuple[Attempt, ...]
    steps: tuple[ChaseStep, ...]
    step: NextStep
    today: date


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of the list; ``more`` is where the next one starts, None at the end."""

    items: tuple[Chased, ...]
    more: int | None


def rules_of_chasing() -> ChaseRules:
    """The rules of asking again of this installation."""
    return load_chase_rules()["standard"]


def worklist(
    sites: Iterable[Site], now: datetime, *, start: int = 0, week: int | None = None, language: str = ""
) -> Worklist:
    """Follow-ups that need somebody today.

    Args:
        sites: Clinics to look at.
        now: Moment by the clock of the server.
        start: Rows of the ordered list to pass over.
        week: Only this window.
        language: Only patients who speak this.
    """
    only = Q(patient__language=language) if language else Q()
    only &= Q(week=week) if week is not None else Q()
    keys = islice(_keys_in_order(list(sites), now, only), start, start + MOST_ROWS)
    found: list[Chased] = []
    passed = start
    while block := list(islice(keys, PAGE)):
        for offset, item in judged(_rows(block)):
            found.append(item)
            if len(found) == PAGE:
                return Worklist(tuple(found), passed + offset + 1)
        passed += len(block)
    return Worklist(tuple(found), passed if passed == start + MOST_ROWS else None)


def reported_unasked(sites: Iterable[Site]) -> list[ChaseStep]:
    """What patients reported with their answers and nobody has taken up yet, latest first."""
    later = ChaseStep.objects.filter(follow_up=OuterRef("follow_up"), at__gt=OuterRef("at"), by__isnull=False)
    steps = ChaseStep.objects.filter(site__in=list(sites), by=None, note__gt="", next_on__isnull=False)
    return list(
        steps.filter(~Exists(later)).select_related("patient", "follow_up", "site").order_by("-at")[:PAGE]
    )


def open_now(site: Site, now: datetime) -> QuerySet[FollowUp]:
    """Open windows of one clinic whose people may be contacted and were not asked within the last days."""
    today = today_at(site)
    consent = Consent.objects.filter(
        patient=OuterRef("patient"), purpose=Consent.Purpose.CONTACT, given=True, withdrawn_at=None
    )
    gap = timedelta(days=rules_of_chasing().gap_days)
    lately = ChaseStep.objects.filter(follow_up=OuterRef("pk"), at__gt=now - gap)
    return FollowUp.objects.filter(
        Exists(consent),
        ~Exists(lately),
        site=site,
        completed_at=None,
        closed_because="",
        opens_on__lte=today,
        late_until__gte=today,
        patient__died_on=None,
    )


def _keys_in_order(sites: Sequence[Site], now: datetime, only: Q) -> Iterator[int]:
    """Primary keys of the whole list: windows about to shut first, primary before others, fewest days left.

    Each of the four parts is read along an index, one block after the other, so the first page costs the
    same however long the list is.
    """
    urgent_days = timedelta(days=rules_of_chasing().urgent_days)
    for is_urgent in (True, False):
        for is_primary in (True, False):
            parts = []
            for site in sites:
                last = today_at(site) + urgent_days
                shut = Q(late_until__lte=last) if is_urgent else Q(late_until__gt=last)
                primary = Q(week__in=PRIMARY_WEEKS)
                rows = open_now(site, now).filter(only, shut, primary if is_primary else ~primary)
                parts.append(_in_blocks(rows))
            for *_, key in merge(*parts):
                yield key


def _in_blocks(rows: QuerySet[FollowUp]) -> Iterator[tuple]:
    rows = rows.order_by("late_until", "opens_on", "week", "pk")
    for passed in count(0, PAGE):
        block = list(rows.values_list("late_until", "opens_on", "week", "pk")[passed : passed + PAGE])
        yield from block
        if len(block) < PAGE:
            return


def _rows(keys: Sequence[int]) -> list[FollowUp]:
    rows = FollowUp.objects.select_related("patient", "site", "episode").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def judged(block: Sequence[FollowUp]) -> Iterator[tuple[int, Chased]]:
    """Rows for which there is something to do, with their place in the block; three statements a block."""
    rules, permits = rules_of_chasing(), rules_in_use()
    steps = _by(ChaseStep.objects.filter(follow_up__in=block).order_by("at"), "follow_up_id")
    given = _by(Response.objects.filter(follow_up__in=block, replaced_by=None), "follow_up_id")
    consents = _by(Consent.objects.filter(patient__in=[row.patient_id for row in block]), "patient_id")
    for place, row in enumerate(block):
        today = today_at(row.site)
        answered = [(r.instrument, r.answered_on) for r in given[row.pk]]
        attempts = attempts_of(steps[row.pk], ZoneInfo(row.site.time_zone))
        step = next_step(
            follow_up_value(row, answered, today),
            attempts,
            rules,
            today,
            may_contact=may(Act.REMIND, decisions(consents[row.patient_id], row.site), permits, today),
            channels=channels_of(row.patient),
        )
        if step.kind in (StepKind.ASK, StepKind.DECIDE):
            yield place, Chased(row, attempts, tuple(steps[row.pk]), step, today)


def _by(rows: Iterable, key: str) -> defaultdict:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found
