"""The two views of what is told on a page and drawn in one figure, found by the parts of its address."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.evidence import Evidence
from enthesis.report.figures import Figure, Provenance
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.views.figures import check_kind, file_of

__all__ = ["file_view", "page_view"]

Found = TypeVar("Found")
View = Callable[..., HttpResponse]


def page_view(
    template: str, find: Callable[..., Found], present: Callable[[Found, Evidence, Provenance], object]
) -> View:
    """View of a page: finds the thing at the parts of the address, presents it, renders it as ``page``."""

    @finished()
    def show(request: HttpRequest, **place: str) -> HttpResponse:
        held = state.current()
        page = present(find(**place), held.evidence, held.provenance)
        return render(request, template, {"page": page})

    return show


def file_view(
    name: str, find: Callable[..., Found], draw: Callable[[Found, Evidence, Provenance], Figure]
) -> View:
    """View of the figure as SVG, PNG, PDF, or its numbers as CSV, named by ``name`` and its place."""

    @finished()
    def show_file(_: HttpRequest, kind: str, **place: str) -> HttpResponse:
        check_kind(kind)
        held = state.current()
        figure = draw(find(**place), held.evidence, held.provenance)
        return file_of(figure, "-".join((name, *place.values())).replace("+", "-and-"), kind)

    return show_file
