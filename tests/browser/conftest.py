"""A real server on a free port and Debian's Chromium, one of each for all browser tests."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

# As root in a container the sandbox cannot start; the rest keeps the browser from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 90
DEMO_PATIENTS = 40
# Pages that refuse on purpose, and requests that a later choice replaced.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4", "htmx:afterRequest", "htmx:sendAbort",
)  # fmt: skip
# Milliseconds added to every answer: finds steps that go on before the page they asked for is there.
SLOWED_BY = int(os.environ.get("ENTHESIS_SLOW_NETWORK", "0"))
expect.set_options(timeout=15_000)  # milliseconds; a busy machine is no fault of the page
PROGRAM = Path(sys.executable).with_name("enthesis")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder of the served application: the synthetic demo clinic, small."""
    folder = tmp_path_factory.mktemp("data")
    load = [PROGRAM, "demo", "load", "--patients", str(DEMO_PATIENTS), "--seed", "5"]
    subprocess.run(load, env=environment_of(folder), check=True, capture_output=True)
    return folder


def environment_of(folder: Path) -> dict[str, str]:
    return os.environ | {"ENTHESIS_DATA_DIR": str(folder), "ENTHESIS_LOG_LEVEL": "warning"}


@pytest.fixture(scope="session")
def site(data_dir: Path) -> Iterator[str]:
    """Address of the application, served as in production."""
    port = free_port()
    environment = environment_of(data_dir)
    server = subprocess.Popen([PROGRAM, "serve", "--port", str(port), "--workers", "1"], env=environment)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/about/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not answer within {START_SECONDS} seconds.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium is installed; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(site: str, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh window; whatever the page asks of another host is refused and noted."""
    contexts: list[BrowserContext] = []
    strayed: list[str] = []
    complaints: list[str] = []

    def only_local(route: Route) -> None:
        if route.request.url.startswith((site, "data:")):
            route.continue_()
        else:
            strayed.append(route.request.url)
            route.abort()

    def open_at(address: str, *, width: int = 1280, **options: object) -> Page:
        context = chromium.new_context(base_url=site, viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.route("**/*", only_local)
        page = context.new_page()
        if SLOWED_BY:
            network = {
                "offline": False,
                "latency": SLOWED_BY,
                "downloadThroughput": -1,
                "uploadThroughput": -1,
            }
            context.new_cdp_session(page).send(
                "Network.emulateNetworkConditions", network | {"offline": False}
            )
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert strayed == [], "a page asked another host"
    assert [c for c in complaints if not c.startswith(EXPECTED)] == [], "the browser complained"


@pytest.fixture
def log_in(data_dir: Path, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a window in which somebody of the demo clinic has logged in, such as ``physician.kolkata``."""
    password = (data_dir / "demo-accounts.txt").read_text().strip()

    def log_in_as(who: str, address: str = "/clinic/", *, width: int = 1280, **options: object) -> Page:
        page = open_page(f"/account/login/?next={address}", width=width, **options)
        page.locator("input[name=login]").fill(f"{who}@demo.example")
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"**{address}")
        return page

    return log_in_as
