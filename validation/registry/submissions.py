"""Patients send long forms at a fixed rate: how long each waits, and whether each is stored once.

    python -m validation.registry.submissions --rate 50 --seconds 30
    python -m validation.registry.submissions --database postgresql

Open loop: a form is sent when its time has come, however many are still under way, and its wait counts from
that time. Five in a hundred are sent twice, half of those at the same moment (a double tap), half a second
later (a phone that heard no answer). Everybody has given the birth date before.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from validation.registry.figures import load_now, percentile
from validation.registry.made_forms import Form, connect, held, make_forms
from validation.registry.phones import Phone
from validation.registry.postgresql import Cluster
from validation.registry.service import Service

LIMIT_MS = 500.0
THREADS = 96
REPLAYS = 0.05
SEED = 20261122
WSGI = "validation.registry.licensed:application"


def send_all(phones: list[Phone], rate: float) -> tuple[list[float], Counter[str], set[int], float]:
    """Milliseconds of each sending, how they ended, the acknowledged follow-ups, and seconds in all."""
    rng = random.Random(SEED)
    plan = [(k / rate, phone) for k, phone in enumerate(phones)]
    for at, phone in rng.sample(plan, int(REPLAYS * len(plan))):
        plan.append((at + rng.choice((0.0, 0.5)), phone))
    plan.sort(key=lambda sending: sending[0])
    took: list[float] = []
    ends: Counter[str] = Counter()
    acknowledged: set[int] = set()
    lock, start = threading.Lock(), time.perf_counter() + 0.5

    def send(at: float, phone: Phone) -> None:
        try:
            status = str(phone.send())
        except OSError as error:
            status = type(error).__name__
        waited = 1000 * (time.perf_counter() - start - at)
        with lock:
            took.append(waited)
            ends[status] += 1
            if status in ("200", "201"):
                acknowledged.add(phone.form.follow_up)

    with ThreadPoolExecutor(THREADS) as pool:
        for at, phone in plan:
            time.sleep(max(0.0, start + at - time.perf_counter()))
            pool.submit(send, at, phone)
    return took, ends, acknowledged, time.perf_counter() - start


def prove_all(forms: list[Form], port: int) -> list[Phone]:
    """Phones of people who gave their birth date."""
    phones = [Phone(form, port) for form in forms]
    with ThreadPoolExecutor(4) as pool:
        wrong = [status for status in pool.map(Phone.prove, phones) if status != 302]
    if wrong:
        raise SystemExit(f"{len(wrong)} birth dates were refused, such as with {wrong[0]}.")
    return phones


def main() -> int:
    """Measure, count in the database, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--questions", type=int, default=250)
    asked = parser.parse_args()
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="enthesis-load-")))
        url = stack.enter_context(Cluster(data / "pg")).url if asked.database == "postgresql" else ""
        connect(data, url)
        forms = make_forms(int(asked.rate * asked.seconds), asked.questions)
        items = sum(len(given) for given in forms[0].answers.values())
        print(
            f"{asked.database}: {len(forms)} forms, each {len(forms[0].answers)} instruments, {items} answers"
        )
        service = Service(data, wsgi=WSGI)
        stack.callback(service.kill)
        service.start()
        phones = prove_all(forms, service.port)
        before = load_now()
        took, ends, acknowledged, seconds = send_all(phones, asked.rate)
        print(f"before: {before}; after: {load_now()}")
        print(f"{len(took)} sendings in {seconds:.1f} s ({len(took) / seconds:.1f}/s); ended {dict(ends)}")
        p50, p95, p99 = (percentile(took, share) for share in (0.5, 0.95, 0.99))
        print(f"milliseconds: p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f}, longest {max(took):.0f}")
        found = held(forms, acknowledged)
        print(found)
        is_all = len(acknowledged) == len(forms) and found.is_whole
    print(f"every form acknowledged and stored once: {'yes' if is_all else 'NO'}")
    print(f"p95 under {LIMIT_MS:.0f} ms: {'yes' if p95 <= LIMIT_MS else 'NO'}")
    return 0 if is_all and p95 <= LIMIT_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
