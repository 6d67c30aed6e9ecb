"""The record of one patient, and the clinic's day."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.models import Patient
from enthesis.web.registry.present.consents import consents_in_short, purpose_views
from enthesis.web.registry.present.day import day_view
from enthesis.web.registry.present.people import person_line
from enthesis.web.registry.present.timeline import timeline
from enthesis.web.registry.queries.day import day_of
from enthesis.web.registry.queries.people import patient_of
from enthesis.web.registry.queries.record import record_of
from enthesis.web.registry.queries.working_site import sites_shown, today_at

__all__ = ["show_patient", "show_today"]


@never_cache
@require_safe
@needs(Permission.READ_IDENTITY)
def show_patient(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Everything about one patient on one page, fit to print."""
    row = patient_of(patient)
    current_scope().check_can(Permission.READ_IDENTITY, row.site_id)
    audit_read(row, what="record")
    today = today_at(row.site)
    record = record_of(row)
    context = {
        "place": "patients",
        "room": "clinic",
        "patient": row,
        "person": person_line(row, today),
        "view": timeline(record, today),
        "consents": consents_in_short(purpose_views(record.consents, row.site, today)),
        "today": today,
        "may_write": current_scope().can(Permission.WRITE_RECORD, row.site_id),
        "may_consult": current_scope().can(Permission.CONSULT, row.site_id),
    }
    return render(request, "registry/record/patient.html", context)


@never_cache
@require_safe
@needs(Permission.WRITE_RECORD)
def show_today(request: HttpRequest) -> HttpResponse:
    """What there is to do today."""
    sites = [s for s in sites_shown(request.session) if current_scope().can(Permission.READ_IDENTITY, s.pk)]
    today = today_at(sites[0]) if sites else timezone.localdate()
    view = day_view(day_of(sites, today), today)
    shown: dict[int, Patient] = {row.pk: row for row in view.patients}
    audit_read(*shown.values(), what="today")
    context = {
        "place": "today",
        "room": "clinic",
        "view": view,
        "sites": sites,
        "several_sites": len(sites) > 1,
    }
    return render(request, "registry/record/today.html", context)
