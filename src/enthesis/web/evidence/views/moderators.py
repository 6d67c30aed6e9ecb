"""What might move an effect, and its bubble plots as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.report.figures.bubble_plot import draw_bubbles
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.moderations import kin_at, moderation_of
from enthesis.web.evidence.present.moderators import moderators_page_of
from enthesis.web.evidence.views.figures import check_kind, file_of

__all__ = ["show", "show_file"]


@finished()
def show(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str
) -> HttpResponse:
    """All moderators of one question, whatever its follow-up."""
    held = state.current()
    kin = kin_at(condition, intervention, comparator, outcome)
    page = moderators_page_of(kin, held.evidence, held.provenance)
    return render(request, "evidence/moderators.html", {"page": page})


@finished()
def show_file(
    _: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str, kind: str
) -> HttpResponse:
    """The bubble plots as SVG, PNG, PDF, or what every trial tells as CSV.

    Raises:
        CannotEstimate: No moderator is told by enough trials to draw anything.
    """
    check_kind(kind)
    held = state.current()
    m = moderation_of(kin_at(condition, intervention, comparator, outcome))
    figure = draw_bubbles(m, held.evidence.vocabulary, held.provenance)
    name = "-".join(("moderators", condition, intervention, comparator, outcome))
    return file_of(figure, name.replace("+", "-and-"), kind)
