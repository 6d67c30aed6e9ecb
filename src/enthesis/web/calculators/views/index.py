"""The front page of the calculators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

__all__ = ["show"]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The three calculators, and what becomes of what is typed."""
    return render(request, "calculators/index.html", {"room": "calculators"})
