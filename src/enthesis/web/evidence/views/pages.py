"""How evidence becomes a verdict, and what this is and is not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.vocabulary import HORIZONS
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.method import method_page
from enthesis.web.evidence.present.verdicts import LEGEND

__all__ = ["show_about", "show_method"]


@finished()
def show_method(request: HttpRequest) -> HttpResponse:
    """The way from a table in a paper to a verdict, with every declared number."""
    held = state.current()
    page = method_page(held.evidence, len({a.study for a in held.assessments}))
    context = {"room": "method", "page": page, "legend": LEGEND, "horizons": HORIZONS}
    return render(request, "evidence/method.html", context)


@finished()
def show_about(request: HttpRequest) -> HttpResponse:
    """What the site is for, what it is not, and where its figures come from."""
    return render(request, "evidence/about.html", {"room": "about"})
