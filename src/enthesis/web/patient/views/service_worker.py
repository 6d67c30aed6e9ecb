"""The service worker of the patient's pages: it keeps the shell and blank forms, never an answer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from enthesis.web.accounts.access import for_everyone

__all__ = ["service_worker"]

SHELL = (
    "enthesis/tokens.css",
    "enthesis/page.css",
    "enthesis/print.css",
    "enthesis/mark.svg",
    "patient/patient.css",
    "patient/form.js",
    "patient/locked_store.js",
    "patient/forget.js",
)


@for_everyone
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the addresses of this version's files; its scope is its own folder, ``/p/``."""
    files = [static(name) for name in SHELL]
    return render(
        request,
        "patient/sw.js",
        {"files": files, "folder": settings.STATIC_URL},
        content_type="text/javascript",
    )
