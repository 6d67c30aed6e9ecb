"""Prints how long an answer takes from sent facts to finished page, alone, crowded and as a clinic asks.

python -m bench.consult

The application is served as ``enthesis serve`` does it, on the synthetic demo clinic. Readers send the facts
of an early knee and read the whole page; nothing is kept between two answers but the evidence itself.
"Crowded" readers ask without a pause, so the figure is that of a queue; "in a clinic" each waits two seconds
before asking again. For a stored patient a physician has logged in: "kept" is from the sent facts, through
the row in the database and its entry in the audit trail, to the finished page; "opened again" is that page.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

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
CROWDS = (("alone", 1, 0.0, True), ("in a clinic", 20, 2.0, True), ("crowded", 4, 0.0, False))


PATIENTS = 40
PHYSICIAN = "physician.kolkata@demo.example"
PATIENTS_PAGE = "/clinic/patients/"
Took = tuple[float, int]
Connection = http.client.HTTPConnection


def main() -> int:
    """Serve, ask, print."""
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        _load_demo(data)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = _serve(port, data)
        try:
            _wait_for(port, server)
            print(f"load average before: {' '.join(f'{x:.1f}' for x in os.getloadavg())}")
            held = [_anyone(port, *crowd) for crowd in CROWDS]
            held += _stored(port, Path(data, "demo-accounts.txt").read_text().strip())
            return 0 if all(held) else 1
        finally:
            server.terminate()
            server.wait(timeout=20)


def _load_demo(data: str) -> None:
    program = Path(sys.executable).with_name("enthesis")
    command = [str(program), "demo", "load", "--patients", str(PATIENTS), "--seed", "5"]
    subprocess.run(command, env=os.environ | {"ENTHESIS_DATA_DIR": data}, check=True, capture_output=True)


def _anyone(port: int, name: str, readers: int, pause: float, is_held: bool) -> bool:
    requests = REQUESTS if not pause else 8
    took: list[Took] = []

    def read(at: int) -> None:
        connection = Connection("127.0.0.1", port, timeout=60)
        headers, body = _form(connection)
        _ask(connection, headers, body)
        time.sleep(pause * at / readers)
        for _ in range(requests):
            took.append(_ask(connection, headers, body))
            time.sleep(pause)

    threads = [threading.Thread(target=read, args=(at,)) for at in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _tell(f"anyone, {name}, {readers} readers", took, is_held)


def _stored(port: int, password: str) -> list[bool]:
    connection = Connection("127.0.0.1", port, timeout=60)
    cookies = _logged_in(connection, password)
    episode = _episode_of_a_knee(connection, cookies)
    kept: list[str] = []

    def keep() -> Took:
        took, address = _keep(connection, cookies, episode)
        kept.append(address)
        return took

    def again() -> Took:
        start = time.perf_counter()
        page = _page(connection, kept[-1], cookies)
        return 1000 * (time.perf_counter() - start), len(page)

    tries: tuple[tuple[str, Callable[[], Took]], ...] = (("kept", keep), ("opened again", again))
    found = []
    for name, act in tries:
        act()
        found.append(_tell(f"a stored patient, {name}", [act() for _ in range(REQUESTS)], True))
    return found


def _tell(who: str, took: list[Took], is_held: bool) -> bool:
    times, sizes = sorted(t for t, _ in took), [size for _, size in took]
    p50, p95 = times[len(times) // 2], times[int(0.95 * len(times))]
    held = ("held" if p95 <= LIMIT_MS else "NOT HELD") if is_held else "for comparison"
    told = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {max(sizes) / 1024:.0f} KB"
    print(f"answer to {who}: {told}; limit {LIMIT_MS:.0f} ms {held}")
    return p95 <= LIMIT_MS or not is_held


def _logged_in(connection: Connection, password: str) -> dict[str, str]:
    address = "/account/login/"
    cookies: dict[str, str] = {}
    sent = {"login": PHYSICIAN, "password": password, **_token(_page(connection, address, cookies))}
    status, _, _ = _send(connection, address, cookies, sent)
    if status != 302:
        raise SystemExit(f"log-in answered {status}")
    return cookies


def _episode_of_a_knee(connection: Connection, cookies: dict[str, str]) -> str:
    people = re.findall(
        r'href="(/clinic/patients/[0-9a-f-]{36}/)"', _page(connection, PATIENTS_PAGE, cookies)
    )
    for person in people:
        for found in re.findall(r'href="(/consult/episodes/[^"?]+)', _page(connection, person, cookies)):
            if "nee osteoarthritis" in _page(connection, found, cookies):
                return str(found)
    raise SystemExit("the demo clinic has no open episode of a knee")


def _keep(connection: Connection, cookies: dict[str, str], episode: str) -> tuple[Took, str]:
    form = _page(connection, f"{episode}?intervention=prp", cookies)
    start = time.perf_counter()
    status, address, _ = _send(connection, episode, cookies, FACTS | {"key": str(uuid4()), **_token(form)})
    if status != 302:
        raise SystemExit(f"{episode} answered {status}.")
    page = _page(connection, address, cookies)
    return (1000 * (time.perf_counter() - start), len(page)), address


def _page(connection: Connection, address: str, cookies: dict[str, str]) -> str:
    status, _, page = _send(connection, address, cookies)
    if status != 200:
        raise SystemExit(f"{address} answered {status}.")
    return page


def _send(
    connection: Connection, address: str, cookies: dict[str, str], sent: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Status, address of the way on and page; cookies that come back are put with the others."""
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    if sent:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if sent else "GET", address, urlencode(sent) if sent else None, headers)
    answer = connection.getresponse()
    for cookie in answer.headers.get_all("Set-Cookie") or ():
        name, _, value = cookie.partition(";")[0].partition("=")
        cookies[name] = value
    return answer.status, answer.getheader("Location") or "", answer.read().decode()


def _token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise SystemExit("the form has no token")
    return {"csrfmiddlewaretoken": found[1]}


def _form(connection: Connection) -> tuple[dict[str, str], str]:
    """Headers and body that a browser would send, with the token of the form."""
    cookies: dict[str, str] = {}
    page = _page(connection, f"{ADDRESS}?condition=knee-osteoarthritis&intervention=prp", cookies)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()),
        "Accept-Encoding": "gzip",
    }
    return headers, urlencode(FACTS | _token(page))


def _ask(connection: Connection, headers: dict[str, str], body: str) -> Took:
    start = time.perf_counter()
    connection.request("POST", ADDRESS, body, headers)
    answer = connection.getresponse()
    page = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{ADDRESS} answered {answer.status}.")
    return 1000 * (time.perf_counter() - start), len(page)


if __name__ == "__main__":
    sys.exit(main())
