"""The chase worklist: who is asked again, a call log, and why somebody was lost."""

import csv
from io import StringIO
from typing import NoReturn
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enthesis.domain.episodes import Channel, ClosureReason, LostReason, Outcome
from enthesis.errors import Fault, InvalidData, NotFound
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.audit.recording import Act, Action, record
from enthesis.web.registry.actions.chase import log_step
from enthesis.web.registry.actions.follow_ups import close_window
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.forms.chase import CLOSING, CloseForm, FilterForm, StepForm
from enthesis.web.registry.models import FollowUp
from enthesis.web.registry.present.worklist import LOST, OUTCOMES, lines, reports
from enthesis.web.registry.queries.working_site import sites_shown, today_at
from enthesis.web.registry.queries.worklist import Worklist, reported_unasked, rules_of_chasing, worklist

__all__ = ["close", "export", "log", "show"]


@never_cache
@require_safe
@needs(Permission.CHASE)
def show(request: HttpRequest) -> HttpResponse:
    """The list, a page at a time."""
    form, found = _list(request)
    told = reported_unasked(_sites(request))
    audit_read(*{item.row.patient_id: item.row.patient for item in found.items}.values(), what="worklist")
    rules = rules_of_chasing()
    context = {
        "place": "follow-up",
        "room": "clinic",
        "form": form,
        "lines": lines(found.items, rules.urgent_days),
        "reports": reports(told),
        "more": found.more,
        "outcomes": OUTCOMES,
        "closing": CLOSING,
        "lost": [(reason.value, words) for reason, words in LOST.items()],
    }
    return render(request, "registry/follow_up/worklist.html", context)


@never_cache
@require_safe
@needs(Permission.CHASE)
def export(request: HttpRequest) -> HttpResponse:
    """The page of the list as CSV, written down as an export."""
    _, found = _list(request)
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["number", "name", "telephone", "language", "window", "days_left", "next", "tries"])
    for line in lines(found.items, rules_of_chasing().urgent_days):
        cells = [
            line.local_id,
            line.name,
            line.telephone,
            line.language,
            line.window,
            line.days_left,
            line.todo,
        ]
        table.writerow([_harmless(cell) for cell in (*cells, len(line.tried))])
    act = Act(
        actor=current_scope().actor,
        action=Action.EXPORT,
        kind="worklist",
        details={"rows": len(found.items), "sites": [site.name for site in _sites(request)]},
    )
    record(act)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="worklist.csv"'
    return response


@never_cache
@require_POST
@needs(Permission.CHASE)
def log(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """One try to reach a patient."""
    row, form = _follow_up(follow_up), StepForm(request.POST)
    if not form.is_valid():
        _refused(row, list(form.errors))
    try:
        log_step(
            follow_up=row,
            channel=Channel(form.cleaned_data["channel"]),
            outcome=Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            next_on=form.cleaned_data["next_on"],
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
    except InvalidData as error:
        _refused(row, [fault.where for fault in error.faults], error)
    messages.success(request, f"Logged for {row.patient.local_id}.")
    return _back(request)


@never_cache
@require_POST
@needs(Permission.CHASE)
def close(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """A window that will not be answered, and why."""
    row, form = _follow_up(follow_up), CloseForm(request.POST)
    if not form.is_valid():
        _refused(row, list(form.errors))
    reason, lost = form.cleaned_data["reason"], form.cleaned_data["lost_because"]
    try:
        close_window(
            follow_up=row,
            reason=ClosureReason(reason),
            on=today_at(row.site),
            lost_because=LostReason(lost) if lost and reason == ClosureReason.LOST else None,
            note=form.cleaned_data["note"],
        )
    except InvalidData as error:
        _refused(row, [fault.where for fault in error.faults], error)
    messages.success(request, f"Closed for {row.patient.local_id}: {dict(CLOSING)[reason]}.")
    return _back(request)


def _list(request: HttpRequest) -> tuple[FilterForm, Worklist]:
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise InvalidData(Fault(str(words[0]), name) for name, words in form.errors.items())
    asked = form.cleaned_data
    found = worklist(
        _sites(request),
        timezone.now(),
        start=asked["start"] or 0,
        week=asked["week"],
        language=asked["language"],
    )
    return form, found


def _sites(request: HttpRequest) -> list[Site]:
    return [s for s in sites_shown(request.session) if current_scope().can(Permission.CHASE, s.pk)]


def _follow_up(key: UUID) -> FollowUp:
    row = FollowUp.objects.select_related("patient", "site", "episode").filter(key=key).first()
    if row is None:
        raise NotFound("follow-up", str(key), ())
    return row


def _refused(row: FollowUp, fields: list[str], error: InvalidData | None = None) -> NoReturn:
    write_refusal(kind="followup", fields=fields, site_id=row.site_id, patient_key=str(row.patient.key))
    faults = (
        error.faults if error else tuple(Fault("is missing or not one of those offered.", f) for f in fields)
    )
    raise InvalidData(faults)


def _back(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return redirect(address if address and is_ours else "follow-up")


def _harmless(cell: object) -> object:
    """A cell that a spreadsheet would run as a formula is made text."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and not isinstance(cell, int) else cell
