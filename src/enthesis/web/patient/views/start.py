"""The first page of a link: who asks, and for whom; the birth date opens the form."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.web.patient.birth_dates import read_birth_date
from enthesis.web.patient.present.steps import minutes_for
from enthesis.web.patient.views.page import page_of
from enthesis.web.patient.visits import Visit, by_link, prove
from enthesis.web.registry.actions.links import BirthDateCheck, check_birth_date
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.models import PatientLink
from enthesis.web.registry.models import Response as Answers
from enthesis.web.registry.queries.askable import askable

__all__ = ["start"]

REFUSED, TOO_MANY = 422, 429


@require_http_methods(["GET", "POST"])
@by_link(proven=False)
def start(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the birth date; with the right one go on to the form."""
    if visit.proven_at is not None and request.method == "GET":
        return redirect("patient-form", token=visit.token)
    minutes = visit.texts.words["minutes"].format(minutes=minutes_for(askable(visit.follow_up)))
    page = page_of(visit) | {"minutes": minutes, "given": {}}
    if request.method != "POST":
        return render(request, "patient/start.html", page)
    born = read_birth_date(request.POST.dict())
    if born is None:
        page |= {"said": visit.texts.words["no_day"], "given": request.POST.dict()}
        return render(request, "patient/start.html", page, status=REFUSED)
    checked = check_birth_date(visit.link, born, visit.now)
    if checked is BirthDateCheck.RIGHT:
        response = redirect("patient-form", token=visit.token)
        prove(response, visit.token, visit.link, Answers.Mode.LINK)
        return response
    write_refusal(
        kind="patientlink",
        fields=["birth_date"],
        site_id=visit.link.site_id,
        patient_key=str(visit.link.patient.key),
    )
    if checked is BirthDateCheck.LOCKED:
        return _locked(request, visit, page)
    page |= {"said": visit.texts.words["wrong"]}
    return render(request, "patient/start.html", page, status=REFUSED)


def _locked(request: HttpRequest, visit: Visit, page: dict[str, object]) -> HttpResponse:
    until = PatientLink.objects.values_list("locked_until", flat=True).get(pk=visit.link.pk)
    seconds = max((until - visit.now).total_seconds(), 1) if until else 1
    page |= {"said": visit.texts.words["locked"].format(minutes=math.ceil(seconds / 60)), "locked": True}
    response = render(request, "patient/start.html", page, status=TOO_MANY)
    response["Retry-After"] = str(math.ceil(seconds))
    return response
