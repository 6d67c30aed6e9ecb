"""A patient's record as one page: for each episode its curves, then everything that happened, by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.vocabulary import Condition
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.course_notes import CARE_KINDS
from enthesis.web.registry.models import Episode, FollowUp, Injection, MayBeTakenBack
from enthesis.web.registry.present.curve_drawing import CurveView, curve_view
from enthesis.web.registry.present.harms import harm_view
from enthesis.web.registry.present.injections import intervention_label
from enthesis.web.registry.present.row_page import address_of
from enthesis.web.registry.queries.protocols import protocol_of
from enthesis.web.registry.queries.record import Record
from enthesis.web.registry.records.curves import curves_of

__all__ = ["EpisodeView", "Happening", "TimelineView", "timeline"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline; ``mark`` is its kind in a word."""

    on: date
    mark: str
    words: str
    address: str = ""
    note: str = ""
    faded: bool = False


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """One episode: what it is, how it goes, what happened, and what is due next."""

    row: Episode
    title: str
    grade: str
    curves: tuple[CurveView, ...]
    happenings: tuple[Happening, ...]
    next_due: FollowUp | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The whole record as shown."""

    episodes: tuple[EpisodeView, ...]
    messages: tuple[tuple[date, str], ...]


def timeline(record: Record, today: date) -> TimelineView:
    """A record as shown today."""
    zone = ZoneInfo(record.patient.site.time_zone)
    return TimelineView(
        episodes=tuple(_episode(episode, record, today) for episode in record.episodes),
        messages=tuple(
            (m.made_at.astimezone(zone).date(), f"{m.channel}: {m.get_state_display()}")
            for m in record.messages
        ),
    )


def _episode(episode: Episode, record: Record, today: date) -> EpisodeView:
    condition = current().evidence.vocabulary.conditions[episode.condition]
    given = [i for i in record.injections if i.episode_id == episode.pk and not i.cancelled_because]
    index = _index(given) or episode.opened_on
    responses = [r for r in record.responses if r.episode_id == episode.pk]
    days = [i.given_on for i in given]
    waiting = [
        f
        for f in record.follow_ups
        if f.episode_id == episode.pk
        and not f.completed_at
        and not f.closed_because
        and f.late_until >= today
    ]
    return EpisodeView(
        row=episode,
        title=_title(episode, condition),
        grade=_grade(episode.grading_system, episode.grade, episode.grade_wording),
        curves=tuple(
            curve_view(c, days, index)
            for c in curves_of(protocol_of(episode), episode.condition, responses, index)
        ),
        happenings=tuple(sorted(_happenings(episode, record, today), key=lambda h: h.on, reverse=True)),
        next_due=min(waiting, key=lambda f: f.due_on, default=None),
        is_open=episode.closed_on is None,
    )


def _title(episode: Episode, condition: Condition) -> str:
    place = ", ".join(filter(None, (episode.get_side_display().lower(), episode.level)))
    return f"{condition.label}, {place}"


def _index(given: list[Injection]) -> date | None:
    """First injection of the latest course; the curve is read against what came before it."""
    firsts = [i.given_on for i in given if i.number_in_course == 1]
    return max(firsts, default=None)


def _grade(system: str, grade: str, wording: str) -> str:
    if not system:
        return ""
    known = load_grading_systems()
    name = known[system].name if system in known else system
    return f"{name} {grade}" + (f" ({wording.replace('-', ' ')})" if wording else "")


def _happenings(episode: Episode, record: Record, today: date) -> Iterator[Happening]:
    mine = episode.pk
    yield Happening(episode.opened_on, "episode", "First seen for this")
    for i in record.injections:
        if i.episode_id == mine:
            words = f"{intervention_label(i.intervention)} into {i.target}, {i.volume_ml.normalize():f} mL"
            note = f"taken back: {i.cancelled_because}" if i.cancelled_because else _unsigned(i, record)
            yield Happening(
                i.given_on,
                "injection",
                words,
                reverse("injection", args=[i.key]),
                note,
                bool(i.cancelled_because),
            )
    for h in record.harms:
        if h.episode_id == mine:
            view = harm_view(h, today)
            note = f"report due {view.first_due.due:%-d %b %Y}" if view.first_due else ""
            note, gone = _as_stands(h, note)
            yield Happening(h.started_on, "harm", f"{h.term}, grade {h.grade}", view.address, note, gone)
    for image in record.images:
        if image.episode_id == mine:
            grade = _grade(image.grading_system, image.grade, image.grade_wording)
            told = ", ".join(filter(None, (image.modality, grade)))
            yield Happening(
                image.taken_on, "image", told, address_of(image), *_as_stands(image, image.findings)
            )
    for care in record.care:
        if care.episode_id == mine:
            kind = CARE_KINDS.get(care.kind, care.kind)
            until = f", until {care.ended_on:%-d %b %Y}" if care.ended_on else ""
            told = f"{kind.capitalize()}: {care.what}{until}"
            yield Happening(care.started_on, "care", told, address_of(care), *_as_stands(care))
    for end in record.endpoints:
        if end.episode_id == mine:
            told = end.kind.replace("-", " ").capitalize()
            yield Happening(end.on, "end point", told, address_of(end), *_as_stands(end, end.reason))
    yield from _forms(episode, record, today)
    if episode.closed_on:
        yield Happening(episode.closed_on, "episode", "Closed", note=episode.closed_because)


def _forms(episode: Episode, record: Record, today: date) -> Iterator[Happening]:
    zone = ZoneInfo(record.patient.site.time_zone)
    for f in record.follow_ups:
        if f.episode_id != episode.pk:
            continue
        name = "Baseline" if f.week == 0 else f"Week {f.week}"
        if f.completed_at:
            yield Happening(
                f.completed_at.astimezone(zone).date(), "form", f"{name}: answered", address_of(f)
            )
        elif f.closed_because:
            yield Happening(f.due_on, "form", f"{name}: closed", address_of(f), f.closed_because, faded=True)
        elif f.opens_on <= today:
            # A form that still takes answers leads to its link, tablet and paper.
            way = reverse("form-links", args=[f.key]) if today <= f.late_until else address_of(f)
            yield Happening(f.due_on, "form", f"{name}: {_standing(f, today)}", way)


def _as_stands(row: MayBeTakenBack, note: str = "") -> tuple[str, bool]:
    """Note of a line, and whether it is faded."""
    return (f"taken back: {row.cancelled_because}", True) if row.cancelled_because else (note, False)


def _standing(f: FollowUp, today: date) -> str:
    if today <= f.closes_on:
        return f"open until {f.closes_on:%-d %b %Y}"
    return f"late, kept until {f.late_until:%-d %b %Y}" if today <= f.late_until else "not answered"


def _unsigned(injection: Injection, record: Record) -> str:
    return "" if str(injection.key) in record.signed else "not signed yet"
