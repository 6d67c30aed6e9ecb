"""Typing in what a patient wrote on paper or said on the telephone, also for instruments kept on paper."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.domain.instruments import Instrument
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.patient.present.entry_rows import entry_parts
from enthesis.web.patient.sending import answers_of_form
from enthesis.web.patient.views.clinic import form_of
from enthesis.web.registry.actions.drafts import FLAGS
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.actions.responses import submit
from enthesis.web.registry.models import FollowUp, Response
from enthesis.web.registry.queries.askable import all_asked
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["enter"]

REFUSED = 422
MODES = (Response.Mode.PAPER, Response.Mode.TELEPHONE)


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def enter(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """The boxes of every instrument not answered yet; what is typed is stored once."""
    row = form_of(follow_up, Permission.WRITE_RECORD)
    answered = set(
        Response.objects.filter(follow_up=row, replaced_by=None).values_list("instrument", flat=True)
    )
    asked = tuple(i for i in all_asked(row) if i.id not in answered)
    audit_read(row, what="paper entry")
    if request.method != "POST":
        return _show(request, row, asked, {"submission": uuid4(), "answered_on": today_at(row.site)})
    given = request.POST.dict()
    try:
        _store(request, row, asked, given)
    except InvalidData as error:
        fields = [fault.where[:60] for fault in error.faults]
        write_refusal(kind="response", fields=fields, site_id=row.site_id, patient_key=str(row.patient.key))
        return _show(request, row, asked, given, error.faults, REFUSED)
    messages.success(request, "Stored. What was left empty can still be entered.")
    return redirect("form-entry", follow_up=row.key)


def _store(request: HttpRequest, row: FollowUp, asked: tuple[Instrument, ...], given: dict[str, str]) -> None:
    assert isinstance(request.user, User)  # noqa: S101 - needs() lets nobody else in
    faults = []
    if given.get("mode") not in [mode.value for mode in MODES]:
        faults.append(Fault("Say whether it came on paper or by telephone.", "mode"))
    try:
        day = date.fromisoformat(given.get("answered_on", "")[:10])
    except ValueError:
        faults.append(Fault("Give the day on which it was answered.", "answered_on"))
    try:
        submission = UUID(given.get("submission", ""))
    except ValueError:
        faults.append(Fault("Open the page again; its number was lost.", "submission"))
    answers = answers_of_form(given, (), asked)
    if faults:
        raise InvalidData(faults)
    now = timezone.now()
    submit(
        submission=submission, follow_up=row, language={}, mode=Response.Mode(given["mode"]), now=now,
        answers={name: items for name, items in answers.items() if name != FLAGS}, answered_at=now,
        answered_on=day, entered_by=request.user,
    )  # fmt: skip


def _show(
    request: HttpRequest,
    row: FollowUp,
    asked: tuple[Instrument, ...],
    given: dict[str, Any],
    faults: tuple[Fault, ...] = (),
    status: int = 200,
) -> HttpResponse:
    said = {fault.where: fault.message for fault in faults}
    page = {
        "place": "follow-up",
        "room": "clinic",
        "patient": row.patient,
        "follow_up": row,
        "parts": entry_parts(asked, given, said),
        "given": given,
        "modes": [(mode.value, mode.label) for mode in MODES],
        "faults": faults,
        "said": said,
    }
    return render(request, "patient/clinic/entry.html", page, status=status)
