"""The trials of one answer against boundaries: page and files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.evidence.monitoring import monitor_answer
from enthesis.report.figures.monitoring_plot import draw_monitoring
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.monitoring import monitoring_page_of
from enthesis.web.evidence.views.figures import check_kind, file_of
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["show", "show_file"]


@finished()
def show(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str, horizon: str
) -> HttpResponse:
    """How much of the information needed the trials hold, and what was crossed when."""
    held = state.current()
    a = answer_at(condition, intervention, comparator, outcome, horizon)
    page = monitoring_page_of(a, held.evidence, held.provenance)
    return render(request, "evidence/monitoring.html", {"page": page})


@finished()
def show_file(
    _: HttpRequest,
    condition: str,
    intervention: str,
    comparator: str,
    outcome: str,
    horizon: str,
    kind: str,
) -> HttpResponse:
    """The course as SVG, PNG, PDF, or its numbers as CSV."""
    check_kind(kind)
    held = state.current()
    a = answer_at(condition, intervention, comparator, outcome, horizon)
    figure = draw_monitoring(
        monitor_answer(a, held.evidence.rules), held.evidence.vocabulary, held.provenance
    )
    place = "-".join(("monitoring", condition, intervention, comparator, outcome, horizon))
    return file_of(figure, place.replace("+", "-and-"), kind)
