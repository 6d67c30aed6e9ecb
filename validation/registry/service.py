"""The application as an operator runs it, in processes of its own that a measurement may kill."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["Service", "free_port"]

START_SECONDS = 180
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """``enthesis serve`` on a port, with whatever the environment says.

    ``wsgi`` names another application to serve; it is loaded before the workers are, so that each is there
    at once.
    """

    def __init__(
        self, data: Path, *, wsgi: str = "", workers: int = 2, environment: Mapping[str, str] | None = None
    ) -> None:
        """Nothing is started yet."""
        self.port = free_port()
        self.environment = os.environ | {
            "ENTHESIS_DATA_DIR": str(data),
            "ENTHESIS_LOG_LEVEL": "error",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            **(environment or {}),
        }
        module = wsgi.partition(":")[0]
        other = f"import {module}; serve.WSGI = {wsgi!r}; " if wsgi else ""
        start = f"from enthesis.cli import main, serve; {other}"
        options = ["serve", "--no-reminders", "--port", str(self.port), "--workers", str(workers)]
        self.command = [sys.executable, "-c", f"import sys; {start}sys.argv[1:] = {options!r}; main()"]
        self.log = data / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until a page comes."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start without waiting, in a process group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> float:
        """Seconds until the service answered."""
        start = time.monotonic()
        while time.monotonic() < start + START_SECONDS:
            if self.answers():
                return time.monotonic() - start
            if not self.is_alive():
                raise SystemExit(f"The server ended by itself; see {self.log}.")
            time.sleep(0.05)
        raise SystemExit(f"The server did not answer within {START_SECONDS} seconds; see {self.log}.")

    def answers(self) -> bool:
        """Whether a page comes now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/p/sw.js")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def is_alive(self) -> bool:
        """Whether the main process runs."""
        return self.process is not None and self.process.poll() is None

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(word) for word in children.read_text().split()]
        except OSError:
            return []

    def kill(self) -> None:
        """SIGKILL to the whole group, as a machine that loses its power would."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # it ended by itself before
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it in peace."""
        if self.is_alive():
            assert self.process is not None
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
