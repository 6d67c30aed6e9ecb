"""Figures and their data as files to take away."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from enthesis.errors import NotFound
from enthesis.report.figures import export, render, to_csv
from enthesis.report.figures.export import Export
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.drawn import FILE_KINDS, figure_of
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["show"]

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
    if kind not in FILE_KINDS:
        raise NotFound("kind of file", kind, FILE_KINDS)
    held = state.current()
    a = answer_at(condition, intervention, comparator, outcome, horizon)
    figure = figure_of(name, a, held.evidence, held.provenance)
    # A spreadsheet takes a file for UTF-8 only when it begins with this mark.
    body = (
        ("\ufeff" + to_csv(figure.table)).encode()
        if kind == "csv"
        else export(render(figure), cast(Export, kind))
    )
    file_name = f"{condition}-{intervention}-{comparator}-{outcome}-{horizon}-{name}.{kind}".replace(
        "+", "-and-"
    )
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{place}.{kind}"'
    return response
