"""Consents of one patient: read, given, refused, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from enthesis.web.registry.forms.consent import ConsentForm, WithdrawalForm
from enthesis.web.registry.models import Consent, Patient
from enthesis.web.registry.present.consents import purpose_views
from enthesis.web.registry.queries.people import patient_of
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["show"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def show(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Every purpose with its state, and one form for what is said now."""
    row = patient_of(patient)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    form: ConsentForm | WithdrawalForm = ConsentForm()
    if request.method == "POST":
        form = WithdrawalForm(request.POST) if "withdraw" in request.POST else ConsentForm(request.POST)
        if form.is_valid():
            try:
                messages.success(request, _store(row, form))
                return redirect("consents", row.key)
            except InvalidData as error:
                form.take_faults(error.faults)
        write_refusal(kind="consent", fields=form.errors, site_id=row.site_id, patient_key=str(row.key))
    audit_read(row, what="consents")
    consents = list(Consent.objects.filter(patient=row))
    views = purpose_views(consents, row.site, today_at(row.site))
    context = {
        "place": "patients",
        "room": "clinic",
        "patient": row,
        "form": form,
        "asking": form if isinstance(form, ConsentForm) else ConsentForm(),
        "given": [view for view in views if view.is_given],
        "open": [view for view in views if not view.is_given],
    }
    return render(request, "registry/record/consents.html", context, status=422 if form.errors else 200)


def _store(row: Patient, form: ConsentForm | WithdrawalForm) -> str:
    if isinstance(form, WithdrawalForm):
        purpose = Purpose(form.words("withdraw"))
        withdraw_consent(patient=row, purpose=purpose, how=form.words("how") or "told the clinic")
        return f"Withdrawn: {_label(purpose)}. It counts from now."
    with transaction.atomic():
        said = [
            decide_consent(
                key=key,
                patient=row,
                purpose=purpose,
                given=given,
                means=form.words("means"),
                language=row.language,
                witness=form.words("witness"),
            )
            for key, purpose, given in form.said()
        ]
    words = {True: "agreed to", False: "refused"}
    return "On record: " + "; ".join(f"{words[c.given]} {_label(Purpose(c.purpose))}" for c in said) + "."


def _label(purpose: Purpose) -> str:
    return Consent.Purpose(purpose.value).label.lower()
