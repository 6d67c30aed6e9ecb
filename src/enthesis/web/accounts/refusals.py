"""Every refused request leaves one line in the audit trail, wherever in the program it was refused."""

import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from enthesis.web.accounts.models import User
from enthesis.web.audit.recording import Act, Action, noticing_refusals, record

__all__ = ["STRANGER", "RefusalMiddleware", "StrangerMeter", "comes_by_link", "write_down_asker"]

Respond = Callable[[HttpRequest], HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Reading is refused by these; a filter that was mistyped is no refusal.
REFUSED_READING = frozenset({401, 403, 404, 410})
STRANGER = "stranger:"


class StrangerMeter:
    """How many lines strangers may cause in a minute; a flood must not fill a trail that nobody may prune.

    Counted by each worker process: it bounds growth, it guards nothing.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Let through ``most`` lines a minute."""
        self.most, self.clock = most, clock
        self.begun, self.count, self.left_out = clock(), 0, 0
        self.lock = threading.Lock()

    def let_through(self) -> int | None:
        """None when this line is too many; otherwise how many were left out since the last line."""
        with self.lock:
            now = self.clock()
            if now - self.begun >= 60:
                self.begun, self.count = now, 0
            if self.count >= self.most:
                self.left_out += 1
                return None
            self.count += 1
            left_out, self.left_out = self.left_out, 0
            return left_out


class RefusalMiddleware:
    """Writes down refusals on pages of rooms with accounts or patients, unless the room did so itself.

    Those are: any 4xx to a request that would change something, and a page or an object that is not for the
    one who asks. Rooms of the evidence know nobody and store nothing; they leave no line.
    """

    meter = StrangerMeter(60)

    def __init__(self, respond: Respond) -> None:
        """Wrap the next layer."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, unchanged."""
        with noticing_refusals() as noticed:
            response = self.respond(request)
        if not noticed and _is_refusal(request, response.status_code):
            self._write_down(request, response.status_code)
        return response

    def _write_down(self, request: HttpRequest, status: int) -> None:
        match = request.resolver_match
        keys = [str(v) for v in (match.kwargs if match else {}).values() if isinstance(v, UUID)]
        details = {"page": match.view_name if match else "", "status": status}
        write_down_asker(request, Action.REFUSED, "page", keys[0] if keys else "", details)


def write_down_asker(
    request: HttpRequest, action: Action, kind: str, object_key: str, details: dict[str, object]
) -> None:
    """One line by whoever asks; a stranger's only while the meter lets it through."""
    actor = _actor(request)
    if actor == STRANGER:
        left_out = RefusalMiddleware.meter.let_through()
        if left_out is None:
            return
        details = details | ({"others_left_out": left_out} if left_out else {})
    record(Act(actor, action, kind, object_key, details=details))


def comes_by_link(request: HttpRequest, link_key: str) -> None:
    """Note that this request came by a personal link, for the line of a refusal."""
    request.enthesis_link = link_key  # type: ignore[attr-defined]


def _is_refusal(request: HttpRequest, status: int) -> bool:
    refused = status in REFUSED_READING if request.method in SAFE else 400 <= status < 500
    match = request.resolver_match
    return refused and match is not None and hasattr(match.func, "needs")


def _actor(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return f"user:{user.key}"
    link = getattr(request, "enthesis_link", "")
    return f"link:{link}" if link else STRANGER
