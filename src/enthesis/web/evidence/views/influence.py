"""What the map would say without one study."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.catalogue.edition import CatalogueEdition, read_edition
from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.influence import influence_page_of

__all__ = ["show"]


@cache
def _edition() -> CatalogueEdition:
    return read_edition()


@finished()
def show(request: HttpRequest, study: str) -> HttpResponse:
    """Every answer that one study moves. Building the evidence again takes about half a second, once."""
    evidence = state.current().evidence
    if study not in evidence.studies:
        raise NotFound("study", study, evidence.studies)
    edition = _edition()
    without = edition.evidence(edition.without(frozenset({study})))
    page = influence_page_of(evidence.studies[study], evidence, without)
    return render(request, "evidence/influence.html", {"page": page})
