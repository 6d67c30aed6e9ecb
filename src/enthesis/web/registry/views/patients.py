"""Search, registration and correction of people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.errors import NotAllowed
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.patients import correct_patient, register_patient
from enthesis.web.registry.forms.patient import CorrectionForm, PatientForm
from enthesis.web.registry.present.people import person_lines
from enthesis.web.registry.queries.people import find_people, latest_people, likely_the_same, patient_of
from enthesis.web.registry.queries.working_site import sites_in_reach, sites_shown, working_site
from enthesis.web.registry.views.entering import answer_form, confirmed_by, posted, user_of

__all__ = ["add", "correct", "show_list"]

LONGEST_QUERY = 120


@never_cache
@require_safe
@needs(Permission.READ_IDENTITY)
def show_list(request: HttpRequest) -> HttpResponse:
    """People found, or those registered last; htmx asks for the list alone."""
    typed = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    sites = [s for s in sites_shown(request.session) if current_scope().can(Permission.READ_IDENTITY, s.pk)]
    found = find_people(typed, sites) if typed else latest_people(sites)
    audit_read(*found, what="list")
    context = {
        "place": "patients",
        "room": "clinic",
        "query": typed,
        "people": person_lines(found, timezone.localdate()),
        "several_sites": len(sites) > 1,
    }
    alone = request.headers.get("HX-Target") == "people"
    return render(
        request, "registry/record/people.html" if alone else "registry/record/patients.html", context
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add(request: HttpRequest) -> HttpResponse:
    """Register a person at the working site."""
    site = _site_to_write(request)
    form = PatientForm(posted(request), initial={"language": site.language})
    context = {"place": "patients", "room": "clinic", "site": site, "title": "Register a patient"}

    def store() -> str:
        patient = register_patient(
            key=form.entry_key, site=site, identity=form.identity(), confirmed=confirmed_by(form)
        )
        messages.success(request, "Registered. Ask for the consents next.")
        return reverse("consents", args=[patient.key])

    response = answer_form(
        request, form, "registry/record/patient_form.html", context, store, kind="patient", site=site
    )
    return _with_likes(request, response, form, site, context) if form.cautions else response


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def correct(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Put identity right, with the reason."""
    row = patient_of(patient)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    audit_read(row, what="identity")
    form = CorrectionForm(posted(request), patient=row)
    context = {"place": "patients", "room": "clinic", "site": row.site, "title": "Correct who this is"}

    def store() -> str:
        changed = correct_patient(
            patient=row,
            identity=form.identity(),
            reason=form.words("reason"),
            by=user_of(request),
            confirmed=confirmed_by(form),
        )
        messages.success(
            request, "Corrected; what it was before is kept." if changed else "Nothing had changed."
        )
        return reverse("patient", args=[row.key])

    return answer_form(
        request,
        form,
        "registry/record/patient_form.html",
        context,
        store,
        kind="patient",
        site=row.site,
        patient=row,
    )


def _with_likes(
    request: HttpRequest, response: HttpResponse, form: PatientForm, site: Site, context: dict
) -> HttpResponse:
    who = form.identity()
    like = likely_the_same(site, who.name, who.latin_name, who.birth_date, who.telephone)
    audit_read(*like, what="duplicates")
    page = context | {"form": form, "like": person_lines(like, timezone.localdate())}
    return render(request, "registry/record/patient_form.html", page, status=response.status_code)


def _site_to_write(request: HttpRequest) -> Site:
    """The working site; the first where the person may write when none is chosen."""
    chosen = working_site(request.session)
    may = [s for s in sites_in_reach() if current_scope().can(Permission.WRITE_RECORD, s.pk)]
    if chosen in may and chosen is not None:
        return chosen
    if len(may) == 1:
        return may[0]
    raise NotAllowed("Choose the site first: a patient belongs to one.")
