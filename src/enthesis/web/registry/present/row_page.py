"""One row of the record as a page of its own, for whoever may read it."""

from dataclasses import dataclass

from django.urls import reverse

from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import (
    AdverseEvent,
    Consent,
    EndPoint,
    Episode,
    FollowUp,
    Imaging,
    Injection,
    Preparation,
    Response,
)
from enthesis.web.registry.models.episode import AboutEpisode
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.present.row_lines import row_lines, row_title, value_words
from enthesis.web.registry.queries.rows_within import rows_within
from enthesis.web.registry.records.row_kinds import is_taken_back, kind_of_row

__all__ = ["RowPage", "WithinLine", "address_of", "episode_words", "row_page"]

TOLD_ABOVE = frozenset({"condition", "side", "level"})
OTHER_WAYS = {
    Consent: "A consent is never put right: it is withdrawn, and asked for afresh, under Consents.",
    Response: "Answers are the patient's own word, so nobody signs them.",
    FollowUp: "The days follow from the injection and the protocol. A window is closed from the worklist.",
    Preparation: "What was measured is part of the injection: if it is wrong, take the injection back.",
}


@dataclass(frozen=True, slots=True)
class WithinLine:
    """A row that belongs to the one shown."""

    title: str
    words: str
    address: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class RowPage:
    """A row with its words, what it is part of, and what belongs to it."""

    row: AboutPatient
    title: str
    about: str
    lines: tuple[tuple[str, str], ...]
    within: tuple[WithinLine, ...]
    taken_back: bool
    other_way: str
    home: str
    home_words: str


def row_page(row: AboutPatient) -> RowPage:
    """A row as shown."""
    return RowPage(
        row=row,
        title=row_title(row),
        about=_about(row),
        lines=tuple(row_lines(row, without=TOLD_ABOVE if isinstance(row, Episode) else frozenset())),
        within=tuple(
            WithinLine(row_title(r), _words(r), address_of(r), is_taken_back(r)) for r in rows_within(row)
        ),
        taken_back=is_taken_back(row),
        other_way=OTHER_WAYS.get(type(row), ""),
        home=_home(row),
        home_words="To the record" if _named(row) else "To the episode",
    )


def address_of(row: AboutPatient) -> str:
    """The page on which a row is shown."""
    return reverse(kind_of_row(row).page, args=[row.key])


def episode_words(episode: Episode) -> str:
    """Condition, side and level."""
    condition = value_words(episode.condition, "condition")
    return ", ".join(filter(None, (condition, episode.get_side_display().lower(), episode.level)))


def _about(row: AboutPatient) -> str:
    if isinstance(row, Episode):
        return episode_words(row)
    return episode_words(row.episode) if isinstance(row, AboutEpisode) else ""


def _named(row: AboutPatient) -> bool:
    return current_scope().can(Permission.READ_IDENTITY, row.site_id)


def _home(row: AboutPatient) -> str:
    """Up: the patient's record for who may read names, otherwise the episode."""
    if _named(row):
        return reverse("patient", args=[row.patient.key])
    return reverse("record-episode", args=[row.episode.key]) if isinstance(row, AboutEpisode) else ""


def _words(row: AboutPatient) -> str:
    """What tells one row from its neighbours."""
    if isinstance(row, Injection):
        return f"{value_words(row.intervention, 'intervention')} into {value_words(row.target, 'target')}"
    if isinstance(row, Imaging):
        return row.modality
    if isinstance(row, AdverseEvent):
        return f"{row.term}, grade {row.grade}"
    if isinstance(row, EndPoint):
        return value_words(row.kind, "kind")
    if isinstance(row, FollowUp):
        name = "baseline" if row.week == 0 else f"week {row.week}"
        state = "answered" if row.completed_at else row.closed_because.replace("-", " ")
        return ", ".join(filter(None, (name, state)))
    if isinstance(row, Response):
        score = "" if row.score is None else f", score {row.score:g}"
        replaced = ", replaced by later ones" if row.replaced_by_id not in (None, row.pk) else ""
        return f"{value_words(row.instrument, 'instrument')}{score}{replaced}"
    if isinstance(row, Consent):
        return f"{row.get_purpose_display().lower()}: {'agreed' if row.given else 'refused'}"
    return str(getattr(row, "what", ""))
