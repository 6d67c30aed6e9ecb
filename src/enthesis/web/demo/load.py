"""Storing the demo clinic: accounts, then patients block by block."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.demo.clinics import CLINICS, STAFF, Clinic, StaffMember
from enthesis.web.demo.rows import Block, Setting, make_block
from enthesis.web.registry.models import SearchTerm
from enthesis.web.registry.search_terms import terms_of

__all__ = ["Loaded", "accounts_file", "load_demo"]

BLOCK = 1000
PROTOCOL = "enthesis-standard"
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Loaded:
    """What was stored."""

    patients: int
    responses: int
    answers: int


def accounts_file() -> Path:
    """File with the password of the demo accounts of this installation."""
    return Path(settings.DATA_DIR) / "demo-accounts.txt"


def load_demo(*, patients: int, seed: int, today: date, progress: Callable[[int, int], None]) -> Loaded:
    """Make the three clinics, their accounts and ``patients`` invented people; cost grows with their number.

    Each clinic is stored whole or not at all.
    """
    done, responses, answers = 0, 0, 0
    with acting_as_system("demo"):
        password = _kept_password()
        for number, clinic in enumerate(CLINICS):
            setting = _open(clinic, password, today)
            wanted = _share(patients, number)
            rng = np.random.default_rng([seed, number])
            for first in range(0, wanted, BLOCK):
                block = make_block(setting, first + 1, min(BLOCK, wanted - first), rng)
                _store(setting, block)
                done += len(block.patients)
                responses += len(block.responses)
                answers += sum(len(r.answers) for r in block.responses)
                progress(done, patients)
    return Loaded(done, responses, answers)


def _share(patients: int, number: int) -> int:
    """Patients of one clinic; the last takes what rounding leaves."""
    counts = [round(patients * c.share) for c in CLINICS[:-1]]
    return counts[number] if number < len(counts) else patients - sum(counts)


@transaction.atomic
def _open(clinic: Clinic, password: str, today: date) -> Setting:
    site, _ = Site.objects.get_or_create(
        name=clinic.name,
        defaults={
            "country": clinic.country,
            "time_zone": clinic.time_zone,
            "telephone": clinic.telephone,
            "emergency_advice": "This is a demonstration. In real trouble call your local emergency number.",
            "synthetic": True,
        },
    )
    people = {member.role: _account(member, clinic, site, password) for member in STAFF}
    physician, coordinator = (people[STAFF[0].role], people[STAFF[1].role])
    protocol, instruments = load_protocols()[PROTOCOL], dict(load_instruments())
    return Setting(site, clinic, physician, coordinator, protocol, instruments, today)


def _account(member: StaffMember, clinic: Clinic, site: Site, password: str) -> User:
    place = "" if member.everywhere else f".{clinic.town}"
    email = f"{member.role.value}{place}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        place = "" if member.everywhere else f", {clinic.town.title()}"
        user = User.objects.create_user(email, password, name=f"Demo {member.title}{place}")
    where = None if member.everywhere else site
    Membership.objects.get_or_create(user=user, role=member.role.value, site=where)
    return user


def _kept_password() -> str:
    """One password for all demo accounts, made for this installation, so that no known one opens a server."""
    path = accounts_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


@transaction.atomic
def _store(setting: Setting, block: Block) -> None:
    for rows in block.tables():
        if rows:
            type(rows[0]).objects.bulk_load(rows, "invented for the demo clinic")
    SearchTerm.objects.bulk_create(
        [SearchTerm(site=setting.site, patient=p, term=term) for p in block.patients for term in terms_of(p)],
        batch_size=5000,
    )
