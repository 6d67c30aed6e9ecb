"""The clinic's front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope

__all__ = ["front"]


@needs(Permission.READ_RECORD, Permission.READ_COMPLETENESS)
def front(request: HttpRequest) -> HttpResponse:
    """Where a day begins."""
    scope = current_scope()
    return render(
        request,
        "registry/front.html",
        {
            "room": "clinic",
            "works_here": scope.can(Permission.WRITE_RECORD),
            "shows_overrides": scope.can(Permission.ADJUDICATE),
        },
    )
