"""A desk that posts forms over a database that is put back after each, and tells what each did."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client

from enthesis.web.audit.models import AuditEntry
from stored_rows import changed_tables, stored

__all__ = ["Desk", "Outcome"]

FAULTS = re.compile(r'(?s)class="[^"]*(?:fault|warning)[^"]*"[^>]*>(.{0,300})')


@dataclass
class Outcome:
    """What one request did; its changes are undone."""

    status: int
    changed: list[str]
    lines: int

    @property
    def is_refused_in_order(self) -> bool:
        return 400 <= self.status < 500 and not self.changed and self.lines > 0


class Desk:
    """A browser of one person over a database that is put back after every request."""

    def __init__(self, client: Client) -> None:
        self.client, self.before, self.tried = client, stored(), 0
        self.said: list[str] = []

    def post(self, address: str, **request: Any) -> Outcome:
        return self._post(self.before, address, **request)

    def post_again(self, address: str, **request: Any) -> Outcome:
        """The second of two same requests, and what it changed after the first."""
        with transaction.atomic():
            self.client.post(address, **request)
            outcome = self._post(stored(), address, **request)
            transaction.set_rollback(True)
        return outcome

    def _post(self, before: dict[str, tuple[int, str]], address: str, **request: Any) -> Outcome:
        held = self.client.cookies.output()
        self.tried += 1
        with transaction.atomic():
            lines = AuditEntry.objects.filter(action="refused").count()
            answer = self.client.post(address, **request)
            status, self.said = answer.status_code, FAULTS.findall(answer.content.decode(errors="replace"))
            written = AuditEntry.objects.filter(action="refused").count() - lines
            outcome = Outcome(status, changed_tables(before, stored()), written)
            transaction.set_rollback(True)
        if self.client.cookies.output() != held:
            self.client.cookies.load(held.replace("Set-Cookie: ", ""))
        return outcome
