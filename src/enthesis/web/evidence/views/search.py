"""The search page. It is not kept: a query may be anything."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enthesis.web.evidence import state
from enthesis.web.evidence.index import Index, search

__all__ = ["index", "show"]


@cache
def index() -> Index:
    """The index of this process."""
    return Index.of(state.current().evidence)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What fits the words of ``q``."""
    query = request.GET.get("q", "").strip()
    context = {"room": "search", "query": query, "found": search(index(), query)}
    return render(request, "evidence/search.html", context)
