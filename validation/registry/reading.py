"""How long the clinic waits for its pages, and how that grows with the registry.

    python -m validation.registry.reading 1000=/data/small 100000=/data/large

Each argument is a label and a data folder that ``enthesis demo load --patients N`` filled. The application
is served as ``enthesis serve`` does it; somebody of the demo clinic logs in by its page and asks for each
page often over one connection. The largest of the three clinics (half of all people) is read.
Every request counts, the first too; with ``--warm-up 0`` also the one that fills the caches.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from validation.registry.figures import load_now, percentile
from validation.registry.service import Service

LIMIT_MS = 150.0
SEED = 20261122
NAMES = ("as", "pri", "sen", "ban", "মে", "রা", "राम", "kumar", "das", "roy")


@dataclass
class Browser:
    """One connection with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Connect."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Status, body and milliseconds of one request."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        start = time.perf_counter()
        self.connection.request("POST" if form is not None else "GET", address, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = 1000 * (time.perf_counter() - start)
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status, text, took

    def log_in(self, email: str, password: str) -> None:
        """Through the page, with its token."""
        _, page, _ = self.ask("/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, "the log-in page has no token"
        form = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
        status, _, _ = self.ask("/account/login/", form)
        if status != 302:
            raise SystemExit(f"Log-in answered {status}.")


def pages(browser: Browser, rounds: int, rng: random.Random) -> dict[str, list[str]]:
    """Addresses of each page, as many as rounds; people and words differ from one to the next."""
    keys: set[str] = set()
    for name in NAMES:
        _, listed, _ = browser.ask(f"/clinic/patients/?q={quote(name)}")
        keys |= set(re.findall(r"/clinic/patients/([0-9a-f-]{36})/", listed))
    if not keys:
        raise SystemExit("The search found nobody; is this the demo clinic?")
    people = rng.choices(sorted(keys), k=rounds)
    words = [rng.choice(NAMES) for _ in range(rounds)]
    return {
        "search": [f"/clinic/patients/?q={quote(w)}" for w in words],
        "search, nothing found": [f"/clinic/patients/?q=zzqx{n}" for n in range(rounds)],
        "timeline": [f"/clinic/patients/{key}/" for key in people],
        "worklist": ["/clinic/follow-up/"] * rounds,
        "worklist, page 5": ["/clinic/follow-up/?start=160"] * rounds,
        "today": ["/clinic/today/"] * rounds,
        "completeness": ["/clinic/completeness/"] * rounds,
    }


def read(label: str, data: Path, rounds: int, warm_up: int) -> dict[str, list[float]]:
    """Milliseconds of every request, by page."""
    url = (
        {"ENTHESIS_DATABASE_URL": os.environ["ENTHESIS_DATABASE_URL"]}
        if "ENTHESIS_DATABASE_URL" in os.environ
        else {}
    )
    service = Service(data, environment=url)
    service.start()
    try:
        browser = Browser(service.port)
        password = (data / "demo-accounts.txt").read_text().strip()
        browser.log_in("physician.kolkata@demo.example", password)
        found = pages(browser, rounds, random.Random(SEED))
        took: dict[str, list[float]] = {}
        for name, addresses in found.items():
            for number, address in enumerate((*addresses[:warm_up], *addresses)):
                status, _, milliseconds = browser.ask(address)
                if status != 200:
                    raise SystemExit(f"{label}: {address} answered {status}.")
                if number >= warm_up:
                    took.setdefault(name, []).append(milliseconds)
        took["completeness, counted afresh"] = recounted(browser, min(rounds, 10))
    finally:
        service.stop()
    return took


def recounted(browser: Browser, rounds: int) -> list[float]:
    """Milliseconds of counting again, which the page does every five minutes and when somebody asks."""
    took = []
    for _ in range(rounds):
        _, page, _ = browser.ask("/clinic/completeness/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, "the page has no button to count again"
        took.append(browser.ask("/clinic/completeness/", {"csrfmiddlewaretoken": token[1]})[2])
    return took


def main() -> int:
    """Print a row for each page: p50 and p95 for each registry, and how p95 grew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("registries", nargs="+", metavar="PATIENTS=FOLDER")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--warm-up", type=int, default=3)
    asked = parser.parse_args()
    found = {}
    for registry in asked.registries:
        label, _, folder = registry.partition("=")
        found[label] = read(label, Path(folder), asked.rounds, asked.warm_up)
        print(f"{label}: {load_now()}", flush=True)
    print(
        "| page | "
        + " | ".join(f"{label}: p50 | p95" for label in found)
        + f" | p95 under {LIMIT_MS:.0f} ms |"
    )
    print("|---|" + "---:|---:|" * len(found) + "---|")
    held = True
    for page in next(iter(found.values())):
        cells = [f"{percentile(x[page], s):.0f}" for x in found.values() for s in (0.5, 0.95)]
        is_held = max(percentile(x[page], 0.95) for x in found.values()) <= LIMIT_MS
        held &= is_held
        print(f"| {page} | " + " | ".join(cells) + f" | {'yes' if is_held else 'no'} |")
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
