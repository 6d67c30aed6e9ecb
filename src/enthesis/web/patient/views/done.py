"""The last page: thanks, the own curve, and what to do if something is wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enthesis.web.patient.present.curves import own_curves
from enthesis.web.patient.views.page import page_of, said_page
from enthesis.web.patient.visits import Visit, by_link, forget
from enthesis.web.registry.actions.responses import REPORTED
from enthesis.web.registry.models import ChaseStep, Response
from enthesis.web.registry.queries.askable import on_paper_only

__all__ = ["done", "leave"]


@require_safe
@by_link()
def done(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Thanks and the curve, once something has been sent."""
    follow_up = visit.follow_up
    rows = list(Response.objects.filter(follow_up=follow_up).values_list("instrument", flat=True))
    reported = ChaseStep.objects.filter(follow_up=follow_up, note__startswith=REPORTED).exists()
    if not rows and not reported:
        return redirect("patient-form", token=visit.token)
    left = [i.name for i in on_paper_only(follow_up) if i.id not in rows]
    page = page_of(visit) | {
        "link": visit.link,
        "reported": reported,
        "curves": own_curves(follow_up, visit.texts),
        "on_paper": visit.texts.words["on_paper"].format(names=", ".join(left)) if left else "",
    }
    return render(request, "patient/done.html", page)


@require_POST
@by_link()
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Close the form in this browser, so that the next person who holds the device sees nothing."""
    words = visit.texts.words
    page = said_page(visit, words["thanks_title"], words["tablet_back" if visit.on_tablet else "closed"])
    response = render(request, "patient/said.html", page | {"left": visit.on_tablet})
    forget(response, visit.token)
    return response
