"""Follow-up rows as the values that the rules of chasing judge."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from enthesis.domain.episodes import (
    Answered,
    Answers,
    Attempt,
    Channel,
    FollowUp,
    Outcome,
    Phase,
    Window,
    state_of,
)
from enthesis.web.registry.models import ChaseStep, Patient
from enthesis.web.registry.models import FollowUp as FollowUpRow

__all__ = ["CHANNELS", "attempts_of", "channels_of", "follow_up_value", "window_days"]

# How a patient wants to be reached, as the rules of asking again name it.
CHANNELS = {
    "sms": Channel.MESSAGE,
    "whatsapp": Channel.MESSAGE,
    "email": Channel.EMAIL,
    "telephone": Channel.PHONE,
}
PRIMARY_WEEKS = frozenset({0, 26, 52})


def follow_up_value(row: FollowUpRow, answered: Iterable[tuple[str, date]], today: date) -> FollowUp:
    """A window as it stands today; closure is left out, because only open windows are chased."""
    given = tuple(Answered(name, row.window, on) for name, on in answered)
    done = {answer.instrument for answer in given}
    share = Answers.ALL if done.issuperset(row.instruments) else Answers.SOME if done else Answers.NONE
    phase = Phase.OPEN if today <= row.closes_on else Phase.LATE if today <= row.late_until else Phase.OVER
    return FollowUp(
        window=Window(row.window, row.week, 0, 0, 0, row.week in PRIMARY_WEEKS),
        state=state_of(share, phase, closed=bool(row.closed_because)),
        opens=row.opens_on,
        closes=row.closes_on,
        late_until=row.late_until,
        expected=tuple(row.instruments),
        answered=given,
    )


def window_days(window: Window, index: date) -> dict[str, date]:
    """Days of the row of a window whose course begins on ``index``, by the names of their fields."""
    return {
        "opens_on": window.opens(index),
        "due_on": window.due(index),
        "closes_on": window.closes(index),
        "late_until": window.late_until(index),
    }


def attempts_of(steps: Iterable[ChaseStep], zone: ZoneInfo) -> tuple[Attempt, ...]:
    """Tries to reach a patient; what the patient reported unasked is none."""
    known = {outcome.value for outcome in Outcome}
    return tuple(
        Attempt(step.at.astimezone(zone).date(), Channel(step.channel), Outcome(step.outcome))
        for step in steps
        if step.outcome in known
    )


def channels_of(patient: Patient) -> tuple[Channel, ...]:
    """Ways for which the patient gave a contact, the wanted one first."""
    if patient.channel == Patient.Channel.NONE:
        return ()
    wanted = CHANNELS.get(patient.channel, Channel.MESSAGE)
    have = [wanted] if patient.telephone or wanted is Channel.EMAIL else []
    if patient.telephone:
        have += [Channel.MESSAGE, Channel.PHONE]
    if patient.email:
        have.append(Channel.EMAIL)
    return tuple(dict.fromkeys(have))
