"""A made-up record in which every table that belongs to a site holds one row."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.site_owned import SiteOwned
from enthesis.web.consult import models as consult
from enthesis.web.consult.asking import ask
from enthesis.web.registry import models as record
from made_clinic import make_episode, make_patient

__all__ = ["make_record"]

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
SOON = timedelta(days=7)
ASKED = {"condition": "knee-osteoarthritis", "intervention": "prp", "side": "right"}


def make_record(site: Site, person: User, name: str) -> dict[str, SiteOwned]:
    """One row of every model that belongs to a site, by the model's name in words: ``adverse_event``.

    Stored as the caller in scope; fails when a model has no row here, so that a new table is thought of.
    """
    patient = make_patient(site, name=name, local_id=name)
    episode = make_episode(patient)
    made: dict[str, SiteOwned] = {"patient": patient, "episode": episode}
    of_patient: dict[str, Any] = {"site": site, "patient": patient}
    of_episode = of_patient | {"episode": episode}

    def add(word: str, model: type[SiteOwned], **fields: Any) -> Any:
        made[word] = model.objects.create(**fields)
        return made[word]

    add(
        "preparation",
        record.Preparation,
        **of_episode,
        intervention="prp",
        prepared_at=NOW,
        prepared_by=person,
    )
    injection = add(
        "injection",
        record.Injection,
        **of_episode,
        preparation=made["preparation"],
        intervention="prp",
        given_on=DAY,
        target="knee-intra-articular",
        guidance="ultrasound",
        volume_ml=5,
        operator=person,
    )
    today = datetime.now(UTC).date()
    window = {
        "opens_on": today - SOON,
        "due_on": today,
        "closes_on": today + SOON,
        "late_until": today + SOON,
    }
    follow_up = add(
        "follow_up",
        record.FollowUp,
        **of_episode,
        **window,
        injection=injection,
        window="week-6",
        week=6,
        instruments=["nrs-pain"],
    )
    about = {"follow_up": follow_up}
    add(
        "response",
        record.Response,
        **of_episode,
        **about,
        submission=uuid4(),
        instrument="nrs-pain",
        language="en",
        answers={"pain": 5},
        answered_on=DAY,
        mode="paper",
        answered_at=NOW,
        received_at=NOW,
    )
    add("draft", record.Draft, **of_episode, **about, changed_at=NOW)
    add(
        "chase_step",
        record.ChaseStep,
        **of_episode,
        **about,
        channel="telephone",
        at=NOW,
        outcome="no-answer",
    )
    add("care", record.Care, **of_episode, kind="rehabilitation", started_on=DAY, what="Quadriceps")
    add("imaging", record.Imaging, **of_episode, taken_on=DAY, modality="radiograph")
    add(
        "adverse_event",
        record.AdverseEvent,
        **of_episode,
        injection=injection,
        term="Injection site pain",
        grade=1,
        started_on=DAY,
        known_at=NOW,
        cause_product="possible",
        cause_procedure="possible",
        adjudication="reported",
    )
    add("end_point", record.EndPoint, **of_episode, kind="surgery", on=DAY)
    add(
        "consent",
        record.Consent,
        **of_patient,
        purpose="care",
        given=True,
        document="consent",
        version="1",
        language="en",
        content_hash="0" * 64,
        means="paper",
        given_at=NOW,
    )
    add(
        "patient_link",
        record.PatientLink,
        **of_patient,
        **about,
        token_hash=uuid4().hex * 2,
        made_at=NOW,
        expires_at=NOW,
    )
    add(
        "message",
        record.Message,
        **of_patient,
        **about,
        channel="sms",
        language="en",
        address="+910000000000",
        body="Made-up",
        not_before=NOW,
        made_at=NOW,
    )
    add(
        "site_protocol", record.SiteProtocol, site=site, name="made-up", version=1, content={}, valid_from=DAY
    )
    row = {"row_kind": "injection", "row_key": injection.key}
    add(
        "correction",
        record.Correction,
        **of_patient,
        **row,
        field="volume_ml",
        before="4",
        after="5",
        reason="Made-up",
        by=person,
        at=NOW,
    )
    query = add(
        "query", record.Query, **of_patient, **row, field="volume_ml", text="5 ml?", by=person, at=NOW
    )
    add("query_answer", record.QueryAnswer, **of_patient, query=query, text="Yes.", by=person, at=NOW)
    add(
        "signature",
        record.Signature,
        **of_patient,
        **row,
        content_hash="0" * 64,
        meaning="I recorded this injection.",
        by=person,
        at=NOW,
    )
    given = add(
        "consultation",
        consult.Consultation,
        **of_episode,
        condition="knee-osteoarthritis",
        intervention="prp",
        scenario="uncertain",
        facts=ASKED,
        answer=ask(ASKED, DAY).plain,
        catalogue_hash="0" * 64,
        evidence_rules="1",
        made_by=person,
        made_on=DAY,
        made_at=NOW,
    )
    add(
        "override",
        consult.Override,
        **of_patient,
        consultation=given,
        recommended="uncertain",
        instead="not-injected",
        reason="patient-wish",
        explanation="Made-up",
        by=person,
        at=NOW,
    )
    add(
        "kept_aid",
        consult.KeptAid,
        **of_patient,
        consultation=given,
        document="knee-osteoarthritis/prp",
        version="1",
        language="en",
        content_hash="0" * 64,
        content="{}",
        shown_at=NOW,
    )
    missing = {m for m in apps.get_models() if issubclass(m, SiteOwned)} - {type(r) for r in made.values()}
    assert not missing, f"made_record has no row of {missing}"
    return made
