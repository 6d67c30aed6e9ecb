"""Everything on record about one patient, in a fixed number of queries however long the record is."""

from dataclasses import dataclass

from enthesis.web.registry.models import (
    AdverseEvent,
    Care,
    Consent,
    EndPoint,
    Episode,
    FollowUp,
    Imaging,
    Injection,
    Message,
    Patient,
    Response,
    Signature,
)

__all__ = ["Record", "record_of"]

MOST_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class Record:
    """Rows about one patient."""

    patient: Patient
    episodes: list[Episode]
    injections: list[Injection]
    follow_ups: list[FollowUp]
    responses: list[Response]
    images: list[Imaging]
    harms: list[AdverseEvent]
    care: list[Care]
    endpoints: list[EndPoint]
    consents: list[Consent]
    messages: list[Message]
    signed: frozenset[str]


def record_of(patient: Patient) -> Record:
    """The record of a patient."""
    mine = {"patient": patient}
    signed = Signature.objects.filter(**mine, voided_at=None).values_list("row_key", flat=True)
    return Record(
        patient=patient,
        episodes=list(Episode.objects.filter(**mine)),
        # Sorted here: a database without statistics would walk the site's index of days to sort a few rows.
        injections=sorted(
            Injection.objects.filter(**mine).select_related("preparation", "operator").order_by(),
            key=lambda row: (row.given_on, row.pk),
        ),
        follow_ups=sorted(FollowUp.objects.filter(**mine).order_by(), key=lambda row: (row.due_on, row.pk)),
        responses=list(Response.objects.filter(**mine, replaced_by=None).defer("answers")),
        images=list(Imaging.objects.filter(**mine).order_by("taken_on", "id")),
        harms=_harms(patient),
        care=list(Care.objects.filter(**mine).order_by("started_on", "id")),
        endpoints=list(EndPoint.objects.filter(**mine).order_by("on", "id")),
        consents=list(Consent.objects.filter(**mine)),
        messages=list(Message.objects.filter(**mine).defer("body", "address")[:MOST_MESSAGES]),
        signed=frozenset(map(str, signed)),
    )


def _harms(patient: Patient) -> list[AdverseEvent]:
    """Harms with their site at hand; joining it would make a database begin with every row of the site."""
    rows = list(AdverseEvent.objects.filter(patient=patient).order_by("started_on", "id"))
    for row in rows:
        row.site = patient.site
    return rows
