"""Prints how long an answer takes from sent facts to finished page, alone, crowded and as a clinic asks.

python -m bench.consult

The application is served as ``enthesis serve`` does it. Readers send the facts of an early knee and read the
whole page; nothing is kept between two answers but the evidence itself. "Crowded" readers ask without a
pause, so the figure is that of a queue; "in a clinic" each waits two seconds before asking again.
"""

import http.client
import re
import socket
import sys
import tempfile
import threading
import time
from urllib.parse import urlencode

from bench.web import _serve, _wait_for

LIMIT_MS = 200.0
REQUESTS = 40
ADDRESS = "/consult/facts/"
FACTS = {
    "condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "age_years": "61",
    "sex": "female", "grading": "kellgren-lawrence|3", "platelets": "2.1", "platelets.unit": "lakh/cumm",
    "infection": "none", "red_flags": "none", "fever_or_illness": "no", "malignancy": "none",
    "platelet_dysfunction": "no", "accepts_risk": "yes", "haemodynamically_unstable": "no", "country": "IN",
    "drugs[0].name": "aspirin", "instrument": "nrs-pain",
}  # fmt: skip
# Name, readers, seconds between two questions, whether the limit is held to it.
CROWDS = (("alone", 1, 0.0, True), ("in a clinic", 20, 2.0, False), ("crowded", 4, 0.0, False))


def main() -> int:
    """Serve, ask, print."""
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = _serve(port, data)
        try:
            _wait_for(port, server)
            held = [_measure(port, *crowd) for crowd in CROWDS]
            return 0 if all(held) else 1
        finally:
            server.terminate()
            server.wait(timeout=20)


def _measure(port: int, name: str, readers: int, pause: float, is_held: bool) -> bool:
    requests = REQUESTS if not pause else 8
    took: list[float] = []
    sizes: list[int] = []

    def read(at: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers, body = _form(connection)
        _ask(connection, headers, body)
        time.sleep(pause * at / readers)
        for _ in range(requests):
            milliseconds, size = _ask(connection, headers, body)
            took.append(milliseconds)
            sizes.append(size)
            time.sleep(pause)

    threads = [threading.Thread(target=read, args=(at,)) for at in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    p50, p95 = took[len(took) // 2], took[int(0.95 * len(took))]
    held = ("held" if p95 <= LIMIT_MS else "NOT HELD") if is_held else "for comparison"
    told = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {max(sizes) / 1024:.0f} KB sent"
    print(f"answer to one patient, {name}, {readers} readers: {told}; limit {LIMIT_MS:.0f} ms {held}")
    return p95 <= LIMIT_MS or not is_held


def _form(connection: http.client.HTTPConnection) -> tuple[dict[str, str], str]:
    """Headers and body that a browser would send, with the token of the form."""
    connection.request("GET", f"{ADDRESS}?condition=knee-osteoarthritis&intervention=prp")
    answer = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    if token is None:
        raise SystemExit("the form has no token")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Accept-Encoding": "gzip",
    }
    return headers, urlencode(FACTS | {"csrfmiddlewaretoken": token[1]})


def _ask(connection: http.client.HTTPConnection, headers: dict[str, str], body: str) -> tuple[float, int]:
    start = time.perf_counter()
    connection.request("POST", ADDRESS, body, headers)
    answer = connection.getresponse()
    page = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{ADDRESS} answered {answer.status}.")
    return 1000 * (time.perf_counter() - start), len(page)


if __name__ == "__main__":
    sys.exit(main())
