"""Break things while patients send, then look whether every acknowledged answer is there, once and whole.

    python -m validation.registry.faults --kills 300
    python -m validation.registry.faults --kills 100 --database postgresql
    python -m validation.registry.faults --only disk
    python -m validation.registry.faults --only clock

Phones behave as the patient's page does: a step that gets no answer is tried again. One sending in ten is
cut off in the middle. *kills*: SIGKILL at random moments to one worker (the server starts it again), to the
whole server (this program starts it again, as systemd would), and on PostgreSQL to a backend (PostgreSQL
recovers by itself) or to its main process. *disk*: the file system fills up and is freed; needs the right to
mount a tmpfs. *clock*: the server's clock jumps; needs Debian's libfaketime.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from signal import SIGKILL

from validation.registry.figures import load_now, percentile
from validation.registry.made_forms import Form, connect, held, make_forms
from validation.registry.phones import Phone
from validation.registry.postgresql import Cluster
from validation.registry.service import Service

WSGI = "validation.registry.licensed:application"
QUESTIONS, PHONES, WORKERS = 24, 4, 4
FORMS_EACH_KILL = 200  # more than four phones send between two kills
SEED = 20261122
# Granian takes the second death of one worker within 5.5 s for a fault of the program and ends.
WORKER_REST_SECONDS = 6.0
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


class Crowd:
    """Phones that go through their forms, four at a time, until told to stop."""

    def __init__(self, forms: list[Form], port: int) -> None:
        """Nobody has begun."""
        self.forms, self.port = forms, port
        self.waiting: Iterator[Form] = iter(forms)
        self.events: Counter[str] = Counter()
        self.acknowledged: set[int] = set()
        self.ran_out = False
        self.over = threading.Event()
        self.lock = threading.Lock()

    @contextmanager
    def sending(self) -> Iterator[Crowd]:
        """They send while the block runs; afterwards each has ended its try."""
        threads = [threading.Thread(target=self._send, args=(n,), daemon=True) for n in range(PHONES)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.over.set()
            for thread in threads:
                thread.join(timeout=60)

    def wait_for(self, more: int, seconds: float = 60.0) -> float:
        """Seconds until so many more forms were acknowledged."""
        start, wanted = time.monotonic(), len(self.acknowledged) + more
        while len(self.acknowledged) < wanted:
            if time.monotonic() > start + seconds:
                raise SystemExit(f"Nothing was stored for {seconds:.0f} s: {dict(self.events)}")
            time.sleep(0.02)
        return time.monotonic() - start

    def _send(self, number: int) -> None:
        rng = random.Random(SEED + number)
        while not self.over.is_set():
            with self.lock:
                form = next(self.waiting, None)
            if form is None:
                self.ran_out = True
                return
            if Phone(form, self.port).go_through(rng, self._note, self.over.is_set):
                with self.lock:
                    self.acknowledged.add(form.follow_up)

    def _note(self, what: str) -> None:
        with self.lock:
            self.events[what] += 1


class Killer:
    """Kills at random moments, brings back what nobody brings back by itself, and counts."""

    def __init__(self, service: Service, cluster: Cluster | None) -> None:
        """Nothing is dead yet."""
        self.service, self.cluster = service, cluster
        self.rng = random.Random(SEED)
        self.kills: Counter[str] = Counter()
        self.back: dict[str, list[float]] = {}
        self.born: dict[int, float] = {}
        self.ended_by_itself = 0

    def kill(self, crowd: Crowd) -> None:
        """One kill; then until answers are stored again."""
        time.sleep(self.rng.uniform(0.0, 0.4))
        kind = self._choose()
        start = time.monotonic()
        getattr(self, f"_{kind}")()
        self.kills[kind] += 1
        if not self.service.is_alive():
            self.service.launch()
        self._until_stored(crowd)
        self.back.setdefault(kind, []).append(time.monotonic() - start)

    def _choose(self) -> str:
        kinds, weights = ["server", "worker"], [1, 14]
        if self.cluster:
            kinds, weights = ["server", "worker", "backend", "database"], [1, 6, 12, 2]
        return self.rng.choices(kinds, weights)[0]

    def _worker(self) -> None:
        """One that lives long enough; a death that comes sooner ends the whole server."""
        while not (rested := self._rested()):
            time.sleep(0.05)
        _kill(self.rng.choice(rested))

    def _rested(self) -> list[int]:
        now = time.monotonic()
        self.born = {pid: self.born.get(pid, now) for pid in self.service.workers()}
        return [pid for pid, since in self.born.items() if now - since > WORKER_REST_SECONDS]

    def _server(self) -> None:
        self.service.kill()

    def _backend(self) -> None:
        assert self.cluster
        if backends := self.cluster.backends():
            _kill(self.rng.choice(backends))

    def _database(self) -> None:
        assert self.cluster
        self.cluster.kill_main()

    def _until_stored(self, crowd: Crowd) -> None:
        """Two more forms; a server that ended is started again, as systemd would."""
        wanted, until = len(crowd.acknowledged) + 2, time.monotonic() + 90
        while len(crowd.acknowledged) < wanted:
            if not self.service.is_alive():
                self.ended_by_itself += 1
                self.service.launch()
            if crowd.ran_out:
                raise SystemExit("The forms ran out; make more for each kill (FORMS_EACH_KILL).")
            if time.monotonic() > until:
                raise SystemExit(f"Nothing was stored for 90 s: {dict(crowd.events)}, {dict(self.kills)}")
            time.sleep(0.02)


def _kill(process: int) -> None:
    try:
        os.kill(process, SIGKILL)
    except ProcessLookupError:
        return


def kills(service: Service, cluster: Cluster | None, forms: list[Form], wanted: int) -> Crowd:
    """As many kills as wanted, and how long until answers were stored again."""
    crowd, killer = Crowd(forms, service.port), Killer(service, cluster)
    start = time.monotonic()
    with crowd.sending():
        while sum(killer.kills.values()) < wanted:
            killer.kill(crowd)
            done = sum(killer.kills.values())
            if done % 25 == 0:
                print(f"  {done} kills, {len(crowd.acknowledged)} forms acknowledged", flush=True)
    print(f"{sum(killer.kills.values())} kills in {time.monotonic() - start:.0f} s: {dict(killer.kills)}")
    for kind, took in sorted(killer.back.items()):
        print(
            f"  after {kind}: stored again after {percentile(took, 0.5):.1f} s (p50), {max(took):.1f} s (max)"
        )
    print(f"  the server ended by itself and was started again {killer.ended_by_itself} times")
    return crowd


def disk(service: Service, data: Path, forms: list[Form]) -> Crowd:
    """Fill the file system twice while patients send, and free it."""
    crowd, ballast = Crowd(forms, service.port), data / "ballast"
    with crowd.sending():
        for _ in range(2):
            crowd.wait_for(20)
            before = len(crowd.acknowledged)
            _fill(ballast)
            time.sleep(5)
            refused = sum(n for what, n in crowd.events.items() if what.startswith("status 5"))
            during = len(crowd.acknowledged) - before
            print(f"disk full for 5 s: {during} forms acknowledged, {refused} told to come back so far")
            ballast.unlink()
            print(f"  freed: two more forms were stored after {crowd.wait_for(2):.1f} s")
        crowd.wait_for(20)
    if not refused:
        raise SystemExit("The disk was never full; nothing was tried.")
    return crowd


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def clock(service: Service, jump: Callable[[str], None], forms: list[Form]) -> Crowd:
    """Let the server's clock jump forwards and backwards by seconds, hours and days."""
    crowd = Crowd(forms, service.port)
    with crowd.sending():
        for offset in ("+0", "+2h", "-2h", "+3d", "-3d", "+45s", "-45s", "+0"):
            jump(offset)
            print(f"clock {offset}: 20 more forms stored after {crowd.wait_for(20):.1f} s", flush=True)
    return crowd


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own that is soon full."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)])
    if made.returncode:
        raise SystemExit("A tmpfs could not be mounted; run as root.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def run(asked: argparse.Namespace, stack: ExitStack) -> bool:
    """One kind of fault on one database; True when the database is whole afterwards."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="enthesis-faults-")))
    data = stack.enter_context(small_disk(folder / "disk", 200)) if asked.only == "disk" else folder
    cluster = stack.enter_context(Cluster(folder / "pg")) if asked.database == "postgresql" else None
    connect(data, cluster.url if cluster else "")
    n = asked.kills * FORMS_EACH_KILL if asked.only == "kills" else 2500
    forms = make_forms(n, QUESTIONS)
    environment, offset = {}, folder / "offset"
    if asked.only == "clock":
        if FAKETIME is None:
            raise SystemExit("libfaketime is not installed; on Debian: apt-get install libfaketime")
        offset.write_text("+0")
        environment = {
            "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
    service = Service(data, wsgi=WSGI, workers=WORKERS, environment=environment)
    stack.callback(service.kill)
    service.start()
    print(f"{asked.only} on {asked.database}: {n} forms of {QUESTIONS} questions; {load_now()}", flush=True)
    if asked.only == "kills":
        crowd = kills(service, cluster, forms, asked.kills)
    elif asked.only == "disk":
        crowd = disk(service, data, forms)
    else:
        crowd = clock(service, lambda text: _write(offset, text), forms)
    service.stop()
    print(f"what the phones met: {dict(crowd.events)}")
    found = held(forms, crowd.acknowledged)
    print(f"{len(crowd.acknowledged)} forms acknowledged; {found}")
    print(
        f"every acknowledged answer is there, once, whole: {'yes' if found.is_whole else 'NO'}; {load_now()}"
    )
    return found.is_whole


def _write(offset: Path, text: str) -> None:
    draft = offset.with_suffix(".new")
    draft.write_text(text)
    draft.replace(offset)


def main() -> int:
    """Break, count, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", choices=("kills", "disk", "clock"), default="kills")
    asked = parser.parse_args()
    with ExitStack() as stack:
        return 0 if run(asked, stack) else 1


if __name__ == "__main__":
    raise SystemExit(main())
