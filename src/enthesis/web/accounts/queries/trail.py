"""The audit trail as an auditor reads it: filtered, newest first, only of the auditor's sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.refusals import STRANGER
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.rules import sites_with
from enthesis.web.accounts.scope import current_scope
from enthesis.web.audit.models import AuditEntry

__all__ = ["PAGE", "Line", "Wanted", "actors", "page_of_trail"]

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What an auditor looks for; empty fields do not narrow. Days are of the installation's time zone."""

    patient_key: str = ""
    person: str = ""
    action: str = ""
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One entry with the names of users and sites; patients stay keys."""

    entry: AuditEntry
    who: str
    where: str
    changes: tuple[tuple[str, str], ...]


def page_of_trail(wanted: Wanted) -> tuple[list[Line], int | None]:
    """The newest entries that fit, and the number to go on before; None at the end."""
    entries = _narrowed(wanted)
    if wanted.before is not None:
        entries = entries.filter(number__lt=wanted.before)
    found = list(entries.order_by("-number")[: PAGE + 1])
    shown = found[:PAGE]
    names, sites = _names(shown), dict(Site.objects.values_list("pk", "name"))
    lines = [Line(e, names.get(e.actor, e.actor), _where(e, sites), _changes(e.details)) for e in shown]
    return lines, shown[-1].number if len(found) > PAGE else None


def actors() -> list[User]:
    """People whose acts this auditor may read."""
    mine = sites_with(current_scope(), Permission.READ_AUDIT)
    people = User.objects.order_by("name")
    return list(people if mine is None else people.filter(memberships__site__in=mine).distinct())


def _narrowed(wanted: Wanted) -> QuerySet[AuditEntry]:
    mine = sites_with(current_scope(), Permission.READ_AUDIT)
    entries = AuditEntry.objects.all() if mine is None else AuditEntry.objects.filter(site_id__in=mine)
    if wanted.patient_key:
        entries = entries.filter(patient_key=wanted.patient_key)
    if wanted.person:
        entries = entries.filter(actor=f"user:{wanted.person}")
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.first_day:
        entries = entries.filter(at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        entries = entries.filter(at__lt=_midnight(wanted.last_day + timedelta(days=1)))
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    keys = {e.actor.removeprefix("user:") for e in entries if e.actor.startswith("user:")}
    people = {f"user:{u.key}": str(u) for u in User.objects.filter(key__in=keys)}
    others = {e.actor for e in entries if not e.actor.startswith("user:")}
    return people | {actor: _not_a_user(actor) for actor in others}


def _not_a_user(actor: str) -> str:
    kind, _, name = actor.partition(":")
    if actor == STRANGER:
        return "somebody not logged in"
    return "a patient, by personal link" if kind == "link" else f"the program ({name})"


def _where(entry: AuditEntry, sites: dict[int, str]) -> str:
    return "" if entry.site_id is None else sites.get(entry.site_id, f"site {entry.site_id}")


def _changes(details: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", " "), _change(value)) for name, value in details.items())


def _change(value: Any) -> str:
    if isinstance(value, list) and len(value) == 2:
        before, after = (("nothing" if x in (None, "") else str(x)) for x in value)
        return f"{before} → {after}"
    return str(value)
