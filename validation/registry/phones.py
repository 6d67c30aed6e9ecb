"""A patient's phone as the server sees it: link, birth date, draft, and answers sent until they arrive."""

from __future__ import annotations

import http.client
import json
import random
import secrets
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

from validation.registry.made_forms import BORN, Form

__all__ = ["Phone"]

TIMEOUT = 30.0
STORED, REPLAYED, PROVE_AGAIN = 201, 200, 401
Event = Callable[[str], None]


class Phone:
    """Somebody with one form; every request is a connection of its own."""

    def __init__(self, form: Form, port: int) -> None:
        """Nothing is asked yet."""
        self.form, self.port = form, port
        self.token = secrets.token_hex(16)
        self.cookie = f"csrftoken={self.token}"
        at = datetime.now(UTC).isoformat()
        sent = {"submission": form.submission, "answers": form.answers, "answered_at": at, "sent_at": at}
        self.body = json.dumps(sent)

    def ask(self, method: str, place: str, body: str, kind: str = "application/json") -> tuple[int, bytes]:
        """Status and body of one request.

        Raises:
            OSError, http.client.HTTPException: No whole answer came.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, f"/p/{self.form.token}/{place}", body, self._headers(kind))
            answer = connection.getresponse()
            for value in answer.headers.get_all("Set-Cookie") or ():
                if value.startswith("enthesis_form="):
                    self.cookie = f"csrftoken={self.token}; {value.split(';')[0]}"
            return answer.status, answer.read()
        finally:
            connection.close()

    def prove(self) -> int:
        """Give the birth date; 302 when it was right."""
        born = urlencode({"day": BORN.day, "month": BORN.month, "year": BORN.year})
        return self.ask("POST", "", born, "application/x-www-form-urlencoded")[0]

    def save(self, share: float) -> int:
        """Save a part of the answers as a draft."""
        names = list(self.form.answers)
        kept = names[: max(1, int(share * len(names)))]
        changes = {name: self.form.answers[name] for name in kept}
        body = {"base": 0, "device": str(uuid4()), "changes": changes}
        return self.ask("PUT", "draft/", json.dumps(body))[0]

    def send(self) -> int:
        """Send the whole form once."""
        return self.ask("POST", "answers/", self.body)[0]

    def send_and_be_cut_off(self, rng: random.Random) -> None:
        """Send the form over a network that breaks in the middle of it, or before the answer is read."""
        raw = self.body.encode()
        headers = "".join(f"{k}: {v}\r\n" for k, v in self._headers("application/json").items())
        first = f"POST /p/{self.form.token}/answers/ HTTP/1.1\r\nContent-Length: {len(raw)}\r\n{headers}\r\n"
        whole = first.encode() + raw
        with socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT) as connection:
            connection.sendall(whole if rng.random() < 0.5 else whole[: rng.randrange(1, len(whole))])
            time.sleep(rng.uniform(0, 0.05))

    def go_through(self, rng: random.Random, event: Event, is_over: Callable[[], bool]) -> bool:
        """The whole visit, each step tried until it succeeds; True when the answers were acknowledged."""
        while not is_over():
            try:
                if self.cookie.count("=") < 2 and (told := self.prove()) != 302:
                    event(f"birth date: status {told}")
                    continue
                if rng.random() < 0.5:
                    self.save(rng.random())
                if rng.random() < 0.1:
                    event("network cut")
                    self.send_and_be_cut_off(rng)
                status = self.send()
            except (OSError, http.client.HTTPException):
                event("no answer")
                time.sleep(rng.uniform(0.02, 0.2))
                continue
            if status in (STORED, REPLAYED):
                event("stored" if status == STORED else "stored before, told again")
                return True
            event(f"status {status}")
            if status == PROVE_AGAIN:
                self.cookie = f"csrftoken={self.token}"
            time.sleep(rng.uniform(0.02, 0.2))
        return False

    def _headers(self, kind: str) -> dict[str, str]:
        return {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Type": kind,
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "Origin": f"http://127.0.0.1:{self.port}",
            "Connection": "close",
        }
