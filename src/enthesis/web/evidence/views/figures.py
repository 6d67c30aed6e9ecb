"""Figures and their data as files to take away."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from enthesis.errors import NotFound
from enthesis.report.figures import Figure, draw_map, export, render, to_csv
from enthesis.report.figures.export import Export
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import horizon_slug
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.drawn import FILE_KINDS, figure_of
from enthesis.web.evidence.views.map import map_choice
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["check_kind", "file_of", "show", "show_map"]

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}


@finished()
def show(
    _: HttpRequest,
    condition: str,
    intervention: str,
    comparator: str,
    outcome: str,
    horizon: str,
    name: str,
    kind: str,
) -> HttpResponse:
    """One figure of one answer as SVG, PNG, PDF or CSV."""
    check_kind(kind)
    held = state.current()
    a = answer_at(condition, intervention, comparator, outcome, horizon)
    figure = figure_of(name, a, held.evidence, held.provenance)
    place = "-".join((condition, intervention, comparator, outcome, horizon, name)).replace("+", "-and-")
    return file_of(figure, place, kind)


@finished("outcome", "horizon")
def show_map(request: HttpRequest, kind: str) -> HttpResponse:
    """The map as SVG, PNG, PDF or CSV."""
    check_kind(kind)
    held = state.current()
    outcome, horizon = map_choice(request.GET)
    figure = draw_map(held.evidence, held.provenance, outcome=outcome, horizon=horizon)
    return file_of(
        figure, "-".join(x for x in ("map", outcome, horizon and horizon_slug(horizon)) if x), kind
    )


def check_kind(kind: str) -> None:
    """Refuse a kind of file that no figure has.

    Raises:
        NotFound: There is no such kind.
    """
    if kind not in FILE_KINDS:
        raise NotFound("kind of file", kind, FILE_KINDS)


def file_of(figure: Figure, name: str, kind: str) -> HttpResponse:
    """A figure, or for CSV its numbers, to take away."""
    # A spreadsheet takes a file for UTF-8 only when it begins with this mark.
    csv = ("\ufeff" + to_csv(figure.table)).encode() if kind == "csv" else b""
    body = csv or export(render(figure), cast(Export, kind))
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
