"""Invented courses as rows of the registry, one block of patients at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from enthesis.domain.episodes import Protocol, Purpose
from enthesis.domain.instruments import Instrument
from enthesis.web.accounts.models import Site, User
from enthesis.web.demo.clinics import Clinic
from enthesis.web.demo.courses import CONDITIONS, Courses, draw_courses
from enthesis.web.demo.names import draw_names
from enthesis.web.demo.products import product_record
from enthesis.web.demo.scores import answers_and_scores
from enthesis.web.registry.actions.patients import blind_local_id
from enthesis.web.registry.models import (
    AdverseEvent,
    Consent,
    EndPoint,
    Episode,
    FollowUp,
    Injection,
    Patient,
    Preparation,
    Response,
)
from enthesis.web.registry.records.consents import content_hash, form_in_use, rules_in_use
from enthesis.web.registry.records.follow_ups import window_days

__all__ = ["Block", "Setting", "make_block"]

CONSENTS = {
    "care": 1.0,
    "registry": 0.97,
    "contact": 0.95,
    "research": 0.8,
    "sharing": 0.7,
    "cross-border": 0.55,
}


@dataclass(frozen=True)
class Setting:
    """What the rows of one site refer to."""

    site: Site
    clinic: Clinic
    physician: User
    coordinator: User
    protocol: Protocol
    instruments: dict[str, Instrument]
    today: date

    def moment(self, day: date, hour: int) -> datetime:
        """A moment of a day by the clock of the clinic."""
        return datetime.combine(day, time(hour), ZoneInfo(self.clinic.time_zone)).astimezone(UTC)


@dataclass
class Block:
    """Rows in the order in which they must be stored."""

    patients: list[Patient] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    preparations: list[Preparation] = field(default_factory=list)
    injections: list[Injection] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    adverse_events: list[AdverseEvent] = field(default_factory=list)
    end_points: list[EndPoint] = field(default_factory=list)

    def tables(self) -> Iterator[list[Any]]:
        """Rows of each table, those that others point to first."""
        yield from (self.patients, self.consents, self.episodes, self.preparations, self.injections)
        yield from (self.follow_ups, self.responses, self.adverse_events, self.end_points)


@dataclass(frozen=True)
class Treated:
    """One invented person who was injected, number ``i`` of ``courses``; ``own`` is what every row names."""

    setting: Setting
    courses: Courses
    i: int
    own: dict[str, Any]
    injection: Injection

    @property
    def day(self) -> date:
        """Day of the injection."""
        return self.courses.injected[self.i]


def make_block(setting: Setting, first: int, n: int, rng: np.random.Generator) -> Block:
    """``n`` invented patients of a site, numbered from ``first``, with everything that happened to them."""
    courses = draw_courses(n, setting.protocol, setting.today, rng)
    block = Block()
    block.patients = _patients(setting, courses, first, rng)
    for i, patient in enumerate(block.patients):
        block.consents += _consents(setting, patient, courses.injected[i], rng)
        _treat(block, setting, courses, i, rng)
    windows = len(setting.protocol.windows)
    for j in range(windows):
        column = [block.follow_ups[i * windows + j] for i in range(n)]
        block.responses += _answers(setting, courses, column, j, rng)
    return block


def _patients(setting: Setting, courses: Courses, first: int, rng: np.random.Generator) -> list[Patient]:
    words, shares = zip(*setting.clinic.languages, strict=True)
    languages = rng.choice(words, len(courses.birth), p=shares)
    made = []
    for i, (birth, language) in enumerate(zip(courses.birth, languages, strict=True)):
        name, latin = draw_names(str(language), courses.female[i : i + 1], rng)[0]
        local_id = f"{setting.clinic.town[:1].upper()}-{first + i:06d}"
        made.append(
            Patient(
                key=_key(rng),
                site=setting.site,
                name=name,
                latin_name=latin,
                local_id=local_id,
                local_id_blind=blind_local_id(local_id),
                birth_date=birth,
                birth_year=birth.year,
                sex="female" if courses.female[i] else "male",
                telephone=f"{setting.clinic.telephone[:3]} 000 {first + i:07d}",
                language=str(language),
                channel=str(rng.choice(["sms", "whatsapp", "email", "telephone"], p=[0.4, 0.4, 0.1, 0.1])),
                email=f"patient{first + i}@demo.example",
                synthetic=True,
            )
        )
    return made


def _consents(setting: Setting, patient: Patient, day: date, rng: np.random.Generator) -> list[Consent]:
    rules = rules_in_use()
    forms = {purpose: form_in_use(rules, Purpose(purpose)) for purpose in CONSENTS}
    given = {purpose: bool(rng.random() < share) for purpose, share in CONSENTS.items()}
    return [
        Consent(
            key=_key(rng),
            site=setting.site,
            patient=patient,
            purpose=purpose,
            given=yes,
            document=forms[purpose].id,
            version=forms[purpose].version,
            language=patient.language,
            content_hash=content_hash(Purpose(purpose)),
            means=Consent.Means.PAPER,
            given_at=setting.moment(day - timedelta(days=7), 10),
        )
        for purpose, yes in given.items()
    ]


def _treat(block: Block, setting: Setting, courses: Courses, i: int, rng: np.random.Generator) -> None:
    """Episode, product, injection and windows of one person, and what went wrong."""
    condition, day, patient = CONDITIONS[courses.condition[i]], courses.injected[i], block.patients[i]
    own: dict[str, Any] = {"site": setting.site, "patient": patient}
    episode = Episode(
        key=_key(rng),
        **own,
        condition=condition.id,
        side="midline" if condition.spinal else str(courses.side[i]),
        level="L4-L5" if condition.spinal else "",
        grading_system=condition.system,
        grade=courses.grade[i],
        symptoms_since=day - timedelta(days=int(rng.integers(90, 1500))),
        opened_on=day - timedelta(days=int(rng.integers(5, 35))),
        protocol=setting.protocol.id,
    )
    own["episode"] = episode
    intervention = str(rng.choice(condition.interventions))
    preparation = Preparation(
        key=_key(rng),
        **own,
        intervention=intervention,
        prepared_at=setting.moment(day, 9),
        prepared_by=setting.coordinator,
        record=product_record(intervention, condition.volume_ml, rng),
    )
    injection = Injection(
        key=_key(rng),
        **own,
        preparation=preparation,
        intervention=intervention,
        given_on=day,
        target=condition.target,
        guidance="fluoroscopy" if condition.spinal else "ultrasound",
        needle_gauge=22,
        volume_ml=condition.volume_ml,
        operator=setting.physician,
    )
    block.episodes.append(episode)
    block.preparations.append(preparation)
    block.injections.append(injection)
    treated = Treated(setting, courses, i, own, injection)
    block.follow_ups += _windows(treated, rng)
    block.adverse_events += _harms(treated, rng)
    block.end_points += _operations(treated, rng)


def _windows(treated: Treated, rng: np.random.Generator) -> Iterator[FollowUp]:
    setting, courses, i = treated.setting, treated.courses, treated.i
    index, operated = treated.day, int(courses.surgery_week[i])
    for j, window in enumerate(setting.protocol.windows):
        wanted = setting.protocol.instruments(treated.own["episode"].condition, window.id)
        done = bool(courses.answered[i, j])
        over = window.weeks > operated and index + timedelta(weeks=operated) <= setting.today
        yield FollowUp(
            key=_key(rng),
            **treated.own,
            injection=treated.injection,
            window=window.id,
            week=window.weeks,
            **window_days(window, index),
            instruments=list(wanted),
            completed_at=setting.moment(courses.answered_on[i][j], 19) if done else None,
            completed_on=courses.answered_on[i][j] if done else None,
            closed_because="surgery" if over and not done else "",
        )


def _harms(treated: Treated, rng: np.random.Generator) -> Iterator[AdverseEvent]:
    setting, start = treated.setting, treated.day + timedelta(days=1)
    if treated.courses.harm[treated.i]:
        yield AdverseEvent(
            key=_key(rng),
            **treated.own,
            injection=treated.injection,
            term="Injection site pain",
            grade=int(rng.choice([1, 2], p=[0.7, 0.3])),
            started_on=min(start, setting.today),
            ended_on=start + timedelta(days=4) if start + timedelta(days=4) <= setting.today else None,
            known_at=setting.moment(start, 12),
            cause_product="possible",
            cause_procedure="probable",
            expected=True,
            outcome="recovered",
        )


def _operations(treated: Treated, rng: np.random.Generator) -> Iterator[EndPoint]:
    weeks = int(min(treated.courses.surgery_week[treated.i], 5000))
    operated = treated.day + timedelta(weeks=weeks)
    if operated <= treated.setting.today:
        yield EndPoint(key=_key(rng), **treated.own, kind="surgery", on=operated, reason="invented")


def _answers(
    setting: Setting, courses: Courses, column: list[FollowUp], j: int, rng: np.random.Generator
) -> list[Response]:
    """Responses of one window, instrument by instrument, so that scoring runs over all people at once."""
    people = np.flatnonzero(courses.answered[:, j])
    made: list[Response] = []
    wanted = sorted({name for i in people for name in column[i].instruments})
    for name in wanted:
        asked = [i for i in people if name in column[i].instruments]
        severity = courses.severity[asked, j]
        if name == "pgic":
            severity = np.clip(0.5 + 1.3 * (severity - courses.severity[asked, 0]), 0, 1)
        drawn = answers_and_scores(setting.instruments[name], severity, setting.clinic.value_set, rng)
        for i, (answers, scores, main) in zip(asked, drawn, strict=True):
            made.append(
                _response(setting, column[i], name, courses.answered_on[i][j], answers, scores, main, rng)
            )
    return made


def _response(
    setting: Setting,
    follow_up: FollowUp,
    instrument: str,
    day: date,
    answers: dict[str, Any],
    scores: dict[str, float],
    main: float | None,
    rng: np.random.Generator,
) -> Response:
    at = setting.moment(day, 19)
    return Response(
        key=_key(rng),
        site=setting.site,
        patient=follow_up.patient,
        episode=follow_up.episode,
        follow_up=follow_up,
        submission=follow_up.key,
        instrument=instrument,
        instrument_version=setting.instruments[instrument].version,
        language=follow_up.patient.language,
        answers=answers,
        scores=scores,
        score=main,
        mode=Response.Mode.LINK if follow_up.week else Response.Mode.TABLET,
        answered_on=day,
        answered_at=at,
        received_at=at,
    )


def _key(rng: np.random.Generator) -> UUID:
    """A random key that the seed decides."""
    return UUID(bytes=rng.bytes(16), version=4)
