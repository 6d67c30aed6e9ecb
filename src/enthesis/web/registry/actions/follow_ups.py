"""Opening, closing and reopening follow-up windows."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from enthesis.domain.episodes import ClosureReason, LostReason, Protocol, courses
from enthesis.domain.episodes.closures import Closure
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import Episode, FollowUp, Injection
from enthesis.web.registry.queries.protocols import protocol_of
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.follow_ups import window_days

__all__ = [
    "close_window",
    "end_windows",
    "open_baseline",
    "open_windows",
    "reopen_window",
    "take_back_windows",
]


@transaction.atomic
def open_baseline(*, episode: Episode) -> FollowUp:
    """The baseline of a course to come: open from today, until an injection takes it over.

    A baseline that waits already is given back as it is.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    waiting = FollowUp.objects.filter(episode=episode, injection=None, week=0).first()
    if waiting is not None:
        return waiting
    protocol, today = protocol_of(episode), today_at(episode.site)
    window = protocol.windows[0]
    last = today - timedelta(days=window.opens_day)
    return FollowUp.objects.create(
        site_id=episode.site_id,
        patient=episode.patient,
        episode=episode,
        window=window.id,
        week=0,
        opens_on=today,
        due_on=today,
        closes_on=last,
        late_until=last,
        instruments=list(protocol.instruments(episode.condition, window.id)),
    )


@transaction.atomic
def open_windows(*, injection: Injection) -> list[FollowUp]:
    """Windows that run from an injection, one row each, made once.

    An injection of a series belongs to the course of the first one and opens nothing. A repeat ends the
    windows that the course before still waits for, where the protocol says so, and begins its own.
    """
    episode = injection.episode
    protocol = protocol_of(episode)
    standing = Injection.objects.filter(
        episode=episode, intervention=injection.intervention, cancelled_because=""
    )
    found = courses(standing.values_list("given_on", flat=True), protocol)
    own = next(course for course in found if injection.given_on in course.injections)
    if own.index != injection.given_on or _has_windows(episode, own.index):
        return []
    if protocol.on_repeat == "end":
        _end_earlier(episode, injection)
    return [_taken_over_baseline(injection, protocol), *_new_windows(injection, protocol)]


@transaction.atomic
def take_back_windows(*, injection: Injection) -> None:
    """Close what is due for an injection that was cancelled.

    Its baseline, answered or not, waits for the injection that takes its place. Where it was the first of a
    series, the windows run from the next one.
    """
    own = FollowUp.objects.filter(injection=injection)
    if not FollowUp.objects.filter(episode=injection.episode, injection=None, week=0).exists():
        own.filter(week=0).update(injection=None)
    waiting = own.filter(completed_at=None, closed_because="")
    waiting.update(closed_because="injection-cancelled", closed_note=injection.cancelled_because)
    left = Injection.objects.filter(
        episode=injection.episode, intervention=injection.intervention, cancelled_because=""
    )
    for other in left.order_by("given_on", "pk"):
        open_windows(injection=other)


@transaction.atomic
def end_windows(*, episode: Episode, reason: ClosureReason, on: date, lost_because: LostReason | None) -> int:
    """Close the windows that an ending touches and nobody has answered; gives their number.

    A window whose time was over before stays missed. Surgery ends windows only where the protocol says so.

    Raises:
        NotAllowed: The caller may not write at this site.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    if reason is ClosureReason.SURGERY and protocol_of(episode).on_surgery != "end":
        return 0
    waiting = FollowUp.objects.filter(
        episode=episode, completed_at=None, closed_because="", late_until__gte=on
    )
    ended: int = waiting.update(closed_because=_told(reason, lost_because))
    return ended


@transaction.atomic
def close_window(
    *,
    follow_up: FollowUp,
    reason: ClosureReason,
    on: date,
    lost_because: LostReason | None = None,
    note: str = "",
) -> None:
    """Close a window that nobody will answer, with its reason.

    Raises:
        NotAllowed: The caller may not chase at this site.
        InvalidData: It is answered or closed already, or the reason does not say why.
    """
    current_scope().check_can(Permission.CHASE, follow_up.site_id)
    Closure(reason, on, lost_because, note)
    if follow_up.completed_at or follow_up.closed_because:
        raise InvalidData(Fault("This window is answered or closed already.", "follow_up"))
    follow_up.closed_because = _told(reason, lost_because)
    follow_up.closed_note = note.strip()
    follow_up.save(update_fields=("closed_because", "closed_note"))


@transaction.atomic
def reopen_window(*, follow_up: FollowUp) -> None:
    """Open a closed window again, while answers of its time are still kept.

    Raises:
        NotAllowed: The caller may not chase at this site.
        InvalidData: It is not closed, or its time is over.
    """
    current_scope().check_can(Permission.CHASE, follow_up.site_id)
    if not follow_up.closed_because:
        raise InvalidData(Fault("This window is not closed.", "follow_up"))
    if follow_up.late_until < today_at(follow_up.site):
        raise InvalidData(Fault(f"Answers were kept until {follow_up.late_until}.", "follow_up"))
    follow_up.closed_because = follow_up.closed_note = ""
    follow_up.save(update_fields=("closed_because", "closed_note"))


def _told(reason: ClosureReason, lost_because: LostReason | None) -> str:
    return f"{reason}:{lost_because}" if lost_because else str(reason)


def _has_windows(episode: Episode, index: date) -> bool:
    rows = FollowUp.objects.filter(episode=episode, injection__given_on=index, week__gt=0)
    return rows.filter(injection__cancelled_because="").exists()


def _end_earlier(episode: Episode, injection: Injection) -> None:
    waiting = FollowUp.objects.filter(
        episode=episode, completed_at=None, closed_because="", late_until__gte=injection.given_on,
        injection__given_on__lte=injection.given_on,
    ).exclude(injection=injection)  # fmt: skip
    waiting.update(closed_because=str(ClosureReason.REPEAT_INJECTION))


def _taken_over_baseline(injection: Injection, protocol: Protocol) -> FollowUp:
    """The baseline that waits becomes this injection's; without one, an unanswered one is put on record."""
    waiting = FollowUp.objects.filter(episode=injection.episode, injection=None, week=0).first()
    row = waiting or _row(injection, protocol, 0)
    row.injection = injection
    for name, day in window_days(protocol.windows[0], injection.given_on).items():
        setattr(row, name, day)
    row.save()
    return row


def _new_windows(injection: Injection, protocol: Protocol) -> Iterable[FollowUp]:
    rows = [_row(injection, protocol, place) for place in range(1, len(protocol.windows))]
    return FollowUp.objects.bulk_create(rows)


def _row(injection: Injection, protocol: Protocol, place: int) -> FollowUp:
    window = protocol.windows[place]
    return FollowUp(
        site_id=injection.site_id,
        patient=injection.patient,
        episode=injection.episode,
        injection=injection,
        window=window.id,
        week=window.weeks,
        **window_days(window, injection.given_on),
        instruments=list(protocol.instruments(injection.episode.condition, window.id)),
    )
