"""The one place where errors of the domain become pages and statuses."""

from collections.abc import Callable
from urllib.parse import quote

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse

from enthesis.errors import CannotEstimate, EnthesisError, Fault, InvalidData, NotAllowed, NotFound
from enthesis.web.config.logs import shown_path

__all__ = [
    "FaultMiddleware",
    "Respond",
    "bad_request",
    "forbidden",
    "not_found",
    "refusal",
    "server_error",
    "status_of",
]

log = structlog.get_logger("enthesis.web")
Respond = Callable[[HttpRequest], HttpResponseBase]
STATUSES = {NotFound: 404, NotAllowed: 403, InvalidData: 422, CannotEstimate: 422}


def status_of(error: EnthesisError) -> int:
    """HTTP status of one of our errors."""
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)


class FaultMiddleware:
    """Turns our own errors, raised in any view, into a page that helps."""

    def __init__(self, respond: Respond) -> None:
        """Wrap the next layer."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, unchanged."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for our own errors; None leaves any other to Django."""
        return refusal(request, error) if isinstance(error, EnthesisError) else None


def refusal(request: HttpRequest, error: EnthesisError) -> HttpResponse:
    """The page of one of our errors, with its status."""
    status = status_of(error)
    context = {
        "error": error,
        "status": status,
        "faults": error.faults if isinstance(error, InvalidData) else (Fault(str(error)),),
        "close": _corrected(request, error) if isinstance(error, NotFound) else (),
    }
    return render(request, f"{status}.html", context, status=status)


def _corrected(request: HttpRequest, error: NotFound) -> list[dict[str, str]]:
    """Near names, each with this very address corrected; a search where the name is no part of it."""
    is_part = error.name in request.path.split("/")
    search = reverse("search")
    return [
        {"name": x, "address": request.path.replace(error.name, x) if is_part else f"{search}?q={quote(x)}"}
        for x in error.close
    ]


def bad_request(_: HttpRequest, exception: Exception) -> HttpResponse:
    """Page for a request that cannot be understood; a refused host name mostly."""
    log.warning("bad request", kind=type(exception).__name__)
    return HttpResponse(get_template("400.html").render(), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Page for what this reader may not see."""
    log.info("refused", kind=type(exception).__name__)
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Page for an address that leads nowhere."""
    log.info("no page", kind=type(exception).__name__)
    return render(request, "404.html", {"status": 404, "close": ()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Page for our own mistakes; it needs nothing that may be broken."""
    log.exception("server error", path=shown_path(request.path))
    return HttpResponseServerError(get_template("500.html").render())
