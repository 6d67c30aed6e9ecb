"""Follow-ups that wait for an answer, with personal links, and what must be in the database afterwards."""

from __future__ import annotations

import os
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from uuid import uuid4

__all__ = ["BORN", "Form", "Held", "asked", "connect", "held", "make_forms"]

BORN = date(1961, 4, 2)
Answers = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Form:
    """One follow-up of one made-up patient: its link, the id of its submission and the answers to send."""

    follow_up: int
    token: str
    submission: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds after a run; every list should be empty."""

    responses: int
    forms_stored: int
    lost: list[int]
    doubled: list[int]
    half_written: list[int]
    changed: list[int]
    without_trail: int
    breaks: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, doubled, half written or changed, and the chain holds."""
        wrong = (self.lost, self.doubled, self.half_written, self.changed, self.breaks, self.without_trail)
        return not any(wrong)

    def __str__(self) -> str:
        """One line for a table."""
        return (
            f"{self.forms_stored} forms stored ({self.responses} responses); acknowledged and lost "
            f"{len(self.lost)}, doubled {len(self.doubled)}, half written {len(self.half_written)}, changed "
            f"{len(self.changed)}, responses without an entry of the trail {self.without_trail}, breaks of "
            f"the chain {len(self.breaks)}{': ' + '; '.join(self.breaks) if self.breaks else ''}"
        )


def connect(data: Path, database_url: str = "") -> None:
    """Let this process read and write the database that will be served."""
    os.environ["ENTHESIS_DATA_DIR"] = str(data)
    if database_url:
        os.environ["ENTHESIS_DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "enthesis.web.config.settings"
    import django
    from django.core.management import call_command

    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0)


def asked(questions: int) -> list[str]:
    """Instruments that together ask at least so many questions, the longest first."""
    from enthesis.catalogue.instruments_loader import load_instruments

    found: list[str] = []
    count = 0
    usable = [i for i in load_instruments().values() if not i.switched_off and i.id != "pass-question"]
    for instrument in sorted(usable, key=lambda i: (i.id != "nrs-pain", -len(i.items), i.id)):
        if count >= questions:
            break
        found.append(instrument.id)
        count += len(instrument.items)
    return found


def make_forms(n: int, questions: int) -> list[Form]:
    """``n`` made-up patients with a window that is open today and a form of so many questions.

    Links are as ``make_link`` makes them: a token of 256 random bits whose hash is stored.
    """
    from enthesis.web.accounts.models import Site
    from enthesis.web.accounts.scope import acting_as_system
    from enthesis.web.registry import models as record
    from enthesis.web.registry.actions.links import TOKEN_BYTES
    from enthesis.web.registry.queries.links import hash_of

    names, now = asked(questions), datetime.now(UTC)
    today = now.date()
    site, _ = Site.objects.get_or_create(
        name="Made-up Clinic", defaults={"country": "IN", "time_zone": "Asia/Kolkata", "synthetic": True}
    )
    identity = {"name": "Made-up Person", "birth_date": BORN, "birth_year": BORN.year, "sex": "female"}
    window = {
        "window": "week-6", "week": 6, "opens_on": today - timedelta(days=10), "due_on": today,
        "closes_on": today + timedelta(days=20), "late_until": today + timedelta(days=40),
        "instruments": names,
    }  # fmt: skip
    patients, episodes, follow_ups, links, drafts, tokens = [], [], [], [], [], []
    for _ in range(n):
        number = uuid4().hex[:12]
        own = {"site": site}
        patients.append(record.Patient(**own, **identity, local_id=number, synthetic=True))
        own["patient"] = patients[-1]
        opened = {
            "condition": "knee-osteoarthritis",
            "side": "right",
            "opened_on": today - timedelta(days=60),
        }
        episodes.append(record.Episode(**own, **opened))
        follow_ups.append(record.FollowUp(**own, episode=episodes[-1], **window))
        tokens.append(secrets.token_urlsafe(TOKEN_BYTES))
        ends = {"made_at": now, "expires_at": now + timedelta(days=30)}
        link = record.PatientLink(**own, follow_up=follow_ups[-1], token_hash=hash_of(tokens[-1]), **ends)
        links.append(link)
        drafts.append(record.Draft(**own, episode=episodes[-1], follow_up=follow_ups[-1], changed_at=now))
    with acting_as_system("validation"):
        for rows in (patients, episodes, follow_ups, links, drafts):
            type(rows[0]).objects.bulk_load(rows, "made up to measure")
    made = zip(follow_ups, tokens, drafts, strict=True)
    return [Form(f.pk, t, str(d.key), _answers(names, k)) for k, (f, t, d) in enumerate(made)]


def _answers(names: Sequence[str], number: int) -> Answers:
    """An allowed answer to every question; the pain differs from one form to the next."""
    from enthesis.catalogue.instruments_loader import load_instruments

    given: Answers = {}
    for name in names:
        instrument = load_instruments()[name]
        left_out = {item for branch in instrument.branches for item in branch[1:]}
        given[name] = {
            i.id: (i.response.allowed[0] if i.response.allowed else i.response.minimum)
            for i in instrument.items
            if i.id not in left_out
        }
    given["nrs-pain"] = {"nrs": float(number % 11)}
    return given


def held(forms: Iterable[Form], acknowledged: set[int]) -> Held:
    """Compare the database with what was sent and acknowledged, form by form."""
    from django.db import connection

    from enthesis.web.accounts.scope import acting_as_system
    from enthesis.web.audit.models import AuditEntry
    from enthesis.web.audit.verifying import verify_chain
    from enthesis.web.registry.models import FollowUp, Response

    connection.close()  # what made the forms died with the database
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    forms = list(forms)
    wrong: dict[str, list[int]] = defaultdict(list)
    with acting_as_system("validation"):
        rows = Response.objects.order_by("follow_up_id").values_list("follow_up_id", "instrument", "answers")
        stored = {key: list(group) for key, group in groupby(rows, key=lambda row: row[0])}
        completed = set(FollowUp.objects.exclude(completed_at=None).values_list("pk", flat=True))
        responses = Response.objects.count()
        told = AuditEntry.objects.filter(kind="response", action="create").count()
        for form in forms:
            for fault in _faults(form, stored.get(form.follow_up, []), completed, acknowledged):
                wrong[fault].append(form.follow_up)
        verified = verify_chain()
    breaks = tuple(f"{b.number}: {b.what}" for b in verified.breaks)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            checked = cursor.fetchone()[0]
        breaks += () if checked == "ok" else (f"SQLite: {checked}",)
    return Held(
        responses, len(stored), wrong["lost"], wrong["doubled"], wrong["half"], wrong["changed"],
        responses - told, breaks,
    )  # fmt: skip


def _faults(form: Form, rows: list, completed: set[int], acknowledged: set[int]) -> Iterable[str]:
    names = [row[1] for row in rows]
    if form.follow_up in acknowledged and not rows:
        yield "lost"
    if len(names) != len(set(names)):
        yield "doubled"
    if set(names) not in (set(), set(form.answers)) or bool(rows) != (form.follow_up in completed):
        yield "half"
    if rows and any(answers != form.answers[name] for _, name, answers in rows):
        yield "changed"
