"""A person's own data: given out whole, and erased on request."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.confirming import is_password_of_reader
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.audit.recording import Action, record
from enthesis.web.registry.actions.erasure import erase_patient
from enthesis.web.registry.forms.erasure import EraseForm
from enthesis.web.registry.models import Patient
from enthesis.web.registry.queries.people import patient_of
from enthesis.web.registry.queries.subject_export import subject_document
from enthesis.web.registry.records.retention import legal_bases
from enthesis.web.registry.views.entering import answer_form, posted

__all__ = ["erase", "export_json", "export_page", "show"]


@never_cache
@require_safe
@needs(Permission.EXPORT)
def show(request: HttpRequest, patient: UUID) -> HttpResponse:
    """What a person may ask for, and the ways to it."""
    row = _person(patient)
    audit_read(row, what="data rights")
    context = {
        "place": "patients", "room": "clinic", "patient": row, "bases": legal_bases(row.site.country),
        "may_erase": current_scope().can(Permission.ERASE, row.site_id) and row.erased_at is None,
    }  # fmt: skip
    return render(request, "registry/trust/data.html", context)


@never_cache
@require_safe
@needs(Permission.EXPORT)
def export_json(request: HttpRequest, patient: UUID) -> HttpResponse:  # noqa: ARG001, called by its address
    """Everything about a person as JSON."""
    row = _person(patient)
    record(row.act(Action.EXPORT, {"format": "json"}))
    response = JsonResponse(subject_document(row), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{row.key}.json"'
    return response


@never_cache
@require_safe
@needs(Permission.EXPORT)
def export_page(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Everything about a person on one page to read and print."""
    row = _person(patient)
    record(row.act(Action.EXPORT, {"format": "page"}))
    context = {"place": "patients", "room": "clinic", "patient": row, "document": subject_document(row)}
    return render(request, "registry/trust/data_page.html", context)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@needs(Permission.ERASE)
def erase(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Erase a person, after reason, number and password."""
    row = _person(patient)
    current_scope().check_can(Permission.ERASE, row.site_id)
    audit_read(row, what="erasure form")
    form = EraseForm(posted(request), local_id=row.local_id)

    def store() -> str:
        if not is_password_of_reader(request, form.cleaned_data["password"]):
            raise InvalidData(Fault("This is not your password.", "password", "Nothing was erased."))
        erase_patient(patient=row, reason=form.words("reason"))
        messages.success(request, "Erased. What was done stays on record without a name.")
        return reverse("patients")

    context = {"place": "patients", "room": "clinic", "bases": legal_bases(row.site.country)}
    return answer_form(
        request, form, "registry/trust/erase.html", context, store, kind="erasure", site=row.site, patient=row
    )


def _person(key: UUID) -> Patient:
    row = patient_of(key)
    current_scope().check_can(Permission.EXPORT, row.site_id)
    current_scope().check_can(Permission.READ_IDENTITY, row.site_id)
    return row
