"""Prints how long readers wait for a page: 20 at once on one machine, first visits and warm.

python bench/web.py

The application is served as ``enthesis serve`` does it (2 worker processes, 2 threads each). Twenty threads
of this process ask without a pause, each over one connection that stays open, so the figures include waiting
in the queue and the work of the readers themselves, who share the machine's cores with the server.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

READERS = 20
REQUESTS = 50
START_SECONDS = 120
PAGES = {
    "map": ("/", 40.0),
    "answer page": ("/evidence/knee-osteoarthritis/prp/", 60.0),
    "one question": ("/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-40-78/", 60.0),
    "study": ("/studies/bennell-2021/", 60.0),
    "search": ("/search?q=knee+prp", 60.0),
    "topic as JSON": ("/api/v1/evidence/knee-osteoarthritis/prp", 60.0),
}
# Not asked for before: rendered while the reader waits.
FIRST_VISITS = (
    "/evidence/plantar-fasciitis/prp/",
    "/evidence/lateral-epicondylitis/prp/",
    "/evidence/hip-osteoarthritis/prp/",
    "/evidence/lumbar-radiculopathy/prp/",
)


def main() -> int:
    """Serve, ask, print."""
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        start = time.perf_counter()
        server = _serve(port, data)
        try:
            _wait_for(port, server)
            print(f"from start to first page: {time.perf_counter() - start:.1f} s (empty data folder)")
            return _measure(port)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _serve(port: int, data: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("enthesis")
    environment = os.environ | {"ENTHESIS_DATA_DIR": data, "ENTHESIS_LOG_LEVEL": "warning"}
    command = [str(program), "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), "/about/")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server did not answer within {START_SECONDS} seconds.")


def _ask(connection: http.client.HTTPConnection, address: str) -> tuple[float, int]:
    start = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}.")
    return 1000 * (time.perf_counter() - start), len(body)


def _measure(port: int) -> int:
    alone = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    first = [_ask(alone, address)[0] for address in FIRST_VISITS]
    print(f"first visit of an answer page, one reader: {min(first):.0f} to {max(first):.0f} ms")
    head = f"{READERS} readers at once, {REQUESTS} requests each"
    print(f"{head:<38}{'p50 ms':>9}{'p95 ms':>9}{'pages/s':>10}{'KB sent':>10}   limit of p95")
    limits_held = True
    for name, (address, limit) in PAGES.items():
        _together(port, address, 5)
        took, seconds, size = _together(port, address, REQUESTS)
        p50, p95 = took[len(took) // 2], took[int(0.95 * len(took))]
        rate = len(took) / seconds
        held = "held" if p95 <= limit else "NOT HELD"
        print(f"{name:<38}{p50:9.1f}{p95:9.1f}{rate:10.0f}{size / 1024:10.1f}   {limit:.0f} ms {held}")
        limits_held &= p95 <= limit
    return 0 if limits_held else 1


def _together(port: int, address: str, requests: int) -> tuple[list[float], float, int]:
    took: list[float] = []
    sizes: list[int] = []
    ready = threading.Barrier(READERS + 1)

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        _ask(connection, address)
        ready.wait()
        for _ in range(requests):
            milliseconds, size = _ask(connection, address)
            took.append(milliseconds)
            sizes.append(size)

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    return sorted(took), time.perf_counter() - start, max(sizes)


if __name__ == "__main__":
    sys.exit(main())
