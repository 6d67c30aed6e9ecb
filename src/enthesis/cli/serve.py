"""``enthesis serve``: the application in a browser."""

import os
import socket
import subprocess
import sys
import threading
import time

import typer

from enthesis.cli.manage import manage

__all__ = ["run"]

REMINDERS_EVERY_SECONDS = 600
# A worker told to stop while it still starts may never end by itself; a page takes far less than this.
STOP_SECONDS = 10
# A string, because the shells know nothing of each other.
WSGI = "enthesis.web.config.wsgi:application"


def run(
    host: str = typer.Option("127.0.0.1", help="Address to listen on; only this machine by default."),
    port: int = typer.Option(8000, min=1, max=65535, help="Port to listen on."),
    workers: int = typer.Option(2, min=1, max=16, help="Worker processes."),
    reminders: bool = typer.Option(True, help="Run a round of reminders every ten minutes."),
) -> None:
    """Serve the application and print where."""
    from granian import Granian  # here, because no other command needs a server
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("ENTHESIS_ALLOWED_HOSTS", ",".join(_names(host)))
    typer.echo("Starting, which takes some seconds ...")
    manage("migrate", verbosity=0)
    _close_connections()
    server = Granian(
        WSGI,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        websockets=False,
    )
    if reminders:
        threading.Thread(target=_remind, daemon=True).start()
    threading.Thread(target=_tell_when_ready, args=(host, port), daemon=True).start()
    server.serve()


def _tell_when_ready(host: str, port: int) -> None:
    """The address, once it answers: who follows it sooner finds nothing there."""
    while True:
        try:
            socket.create_connection((_reached_at(host), port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    typer.echo(f"Enthesis is at http://{host}:{port}/  (stop with Ctrl+C). Not a medical device.")


def _reached_at(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104, compared, not bound


def _close_connections() -> None:
    """Workers are forked from this process, and a pool that they inherit has no thread that fills it."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def _remind() -> None:
    """Rounds of reminders in a process of their own, so that nothing they do can hold up a page."""
    while True:
        time.sleep(REMINDERS_EVERY_SECONDS)
        tick = [sys.executable, "-c", "from enthesis.cli import main; main()", "follow-up", "tick"]
        subprocess.run(tick, stdout=subprocess.DEVNULL, check=False)  # noqa: S603, our own program


def _names(host: str) -> list[str]:
    """Names under which readers may ask for pages; all of this machine when it listens to all."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in ("0.0.0.0", "::"):  # noqa: S104, only compared; the user asked to listen on every address
        own = socket.gethostname()
        names += [own, *_addresses(own)]
    elif host not in names:
        names.append(host)
    return names


def _addresses(name: str) -> list[str]:
    try:
        return sorted({str(info[4][0]) for info in socket.getaddrinfo(name, None)})
    except OSError:
        return []
