"""What an end point does to windows, episodes and the patient, and how it is undone."""

from datetime import date

from django.db.models import QuerySet

from enthesis.domain.episodes.closures import ClosureReason, LostReason
from enthesis.web.registry.actions.follow_ups import end_windows
from enthesis.web.registry.models import EndPoint, Episode, FollowUp, Injection

__all__ = ["end_episode", "ended_by", "settle_endings"]


def ended_by(reason: ClosureReason, episode: Episode) -> list[Episode]:
    """Episodes that an ending touches: a death ends every course of the patient."""
    if reason is ClosureReason.DIED:
        return list(Episode.objects.filter(patient=episode.patient).select_related("patient", "site"))
    return [episode]


def end_episode(episode: Episode, reason: ClosureReason, on: date, lost_because: LostReason | None) -> None:
    """Close the windows that wait; all but surgery and a repeat injection close the episode too."""
    end_windows(episode=episode, reason=reason, on=on, lost_because=lost_because)
    if not reason.is_endpoint and episode.closed_on is None:
        episode.closed_on, episode.closed_because = max(on, episode.opened_on), reason.value
        episode.save(update_fields=("closed_on", "closed_because"))


def settle_endings(row: EndPoint) -> None:
    """Put windows, episodes and the day of death as the end points that stand say.

    To be called when one was taken back or moved to another day. What it had closed opens again, and what the
    others close is closed; a window whose time is over meanwhile counts as missed.
    """
    reason = ClosureReason(row.kind)
    for episode in ended_by(reason, row.episode):
        _reopen(episode, reason)
        for other in _standing(episode):
            end_episode(episode, ClosureReason(other.kind), other.on, _lost(other))
    if reason is ClosureReason.DIED:
        patient = row.patient
        patient.died_on = _deaths(row.episode).values_list("on", flat=True).first()
        patient.save(update_fields=("died_on",))


def _reopen(episode: Episode, reason: ClosureReason) -> None:
    closed = FollowUp.objects.filter(episode=episode, completed_at=None, closed_because__startswith=reason)
    if reason is ClosureReason.REPEAT_INJECTION:
        # Those that an injection on record has ended stay ended.
        latest = Injection.objects.filter(episode=episode, cancelled_because="").order_by("given_on").last()
        if latest:
            closed = closed.exclude(injection__given_on__lt=latest.given_on)
    closed.update(closed_because="", closed_note="")
    if episode.closed_because == reason.value:
        episode.closed_on, episode.closed_because = None, ""
        episode.save(update_fields=("closed_on", "closed_because"))


def _standing(episode: Episode) -> list[EndPoint]:
    rows = list(EndPoint.objects.filter(episode=episode, cancelled_because="").order_by("on", "pk"))
    elsewhere = _deaths(episode).exclude(episode=episode)
    return rows + list(elsewhere)


def _deaths(episode: Episode) -> QuerySet[EndPoint]:
    rows = EndPoint.objects.filter(patient=episode.patient, kind=ClosureReason.DIED.value)
    return rows.filter(cancelled_because="").order_by("on", "pk")


def _lost(row: EndPoint) -> LostReason | None:
    """Why somebody was lost, as the first word of the reason says."""
    word = row.reason.partition(":")[0].strip()
    return LostReason(word) if row.kind == ClosureReason.LOST and word in set(LostReason) else None
