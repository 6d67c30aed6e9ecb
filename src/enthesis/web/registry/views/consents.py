"""Consents of one patient: read, given, refused, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.domain.episodes.consent import Purpose
from enthesis.errors import InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.consents import decide_consent, withdraw_consent
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.forms.consent import ConsentDecisionForm
from enthesis.web.registry.models import Consent, Patient
from enthesis.web.registry.present.consents import purpose_views
from enthesis.web.registry.queries.people import patient_of
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["show"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def show(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Every purpose with its state; each decision is one button."""
    row = patient_of(patient)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    form = ConsentDecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _decide(row, form))
            return redirect(f"{reverse('consents', args=[row.key])}#{form.words('purpose')}")
        except InvalidData as error:
            form.take_faults(error.faults)
    if form.errors:
        write_refusal(kind="consent", fields=form.errors, site_id=row.site_id, patient_key=str(row.key))
    audit_read(row, what="consents")
    consents = list(Consent.objects.filter(patient=row))
    context = {
        "place": "patients",
        "room": "clinic",
        "patient": row,
        "form": form,
        "purposes": purpose_views(consents, row.site, today_at(row.site)),
        "means": Consent.Means.choices,
        "asked": form.data.get("purpose", "") if form.errors else "",
    }
    return render(request, "registry/record/consents.html", context, status=422 if form.errors else 200)


def _decide(row: Patient, form: ConsentDecisionForm) -> str:
    purpose, decision = Purpose(form.words("purpose")), form.words("decision")
    label = Consent.Purpose(purpose.value).label.lower()
    if decision == "withdraw":
        withdraw_consent(patient=row, purpose=purpose, how=form.words("witness") or "told the clinic")
        return f"Withdrawn: {label}. It counts from now."
    decide_consent(
        key=form.entry_key,
        patient=row,
        purpose=purpose,
        given=decision == "give",
        means=form.words("means") or Consent.Means.PAPER,
        language=form.words("language") or row.language,
        witness=form.words("witness"),
    )
    return f"{'Agreed' if decision == 'give' else 'Refused'}: {label}."
