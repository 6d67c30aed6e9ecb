"""One log line per request."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

from enthesis.web.config.logs import shown_path

__all__ = ["RequestLogMiddleware"]

log = structlog.get_logger("enthesis.web")
Respond = Callable[[HttpRequest], HttpResponseBase]


class RequestLogMiddleware:
    """Writes method, path, status and milliseconds; see ``logs`` for what is left out and why."""

    def __init__(self, respond: Respond) -> None:
        """Wrap the next layer."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, unchanged."""
        start = time.perf_counter()
        response = self.respond(request)
        took = round((time.perf_counter() - start) * 1000, 1)
        say = log.error if response.status_code >= 500 else log.info
        path = shown_path(request.path)
        say("request", method=request.method, path=path, status=response.status_code, ms=took)
        return response
