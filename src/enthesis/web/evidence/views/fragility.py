"""How fragile one answer is, and its specification curve as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.evidence.fragility import why_none
from enthesis.errors import CannotEstimate
from enthesis.report.figures.specification_curve import draw_specification_curve
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.fragilities import fragility_of
from enthesis.web.evidence.present.fragility import fragility_page_of
from enthesis.web.evidence.views.figures import check_kind, file_of
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["show", "show_file"]


@finished()
def show(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str, horizon: str
) -> HttpResponse:
    """One question analysed in every way, or why there is only one."""
    held = state.current()
    answer = answer_at(condition, intervention, comparator, outcome, horizon)
    page = fragility_page_of(answer, held.evidence, held.provenance)
    return render(request, "evidence/fragility.html", {"page": page})


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
    """The specification curve as SVG, PNG, PDF, or its points as CSV.

    Raises:
        CannotEstimate: There is only one way; says why.
    """
    check_kind(kind)
    held = state.current()
    answer = answer_at(condition, intervention, comparator, outcome, horizon)
    found = fragility_of(answer)
    if found is None:
        raise CannotEstimate(why_none(answer) or "")
    figure = draw_specification_curve(found, held.evidence.vocabulary, held.provenance)
    name = "-".join(("fragility", condition, intervention, comparator, outcome, horizon))
    return file_of(figure, name.replace("+", "-and-"), kind)
