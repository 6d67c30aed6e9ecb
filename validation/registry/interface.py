"""Every operation of the described interface with generated requests, right and wrong: no 5xx.

    python -m validation.registry.interface --cases 20000

Schemathesis reads the OpenAPI description that the application itself gives, and generates requests with
Hypothesis, those that break the description too. They go straight into the application (WSGI), half of them
with the session of somebody who is logged in.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["answers_to", "described_operations"]

DESCRIPTION = "/api/v1/openapi.json"
SEED = 20261122
CASES_A_TURN = 200


def described_operations() -> list:
    """Operations of the description, each able to generate requests."""
    import schemathesis
    from schemathesis import GenerationMode

    from enthesis.web.config.wsgi import application

    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, application)
    schema.config.generation.update(modes=list(GenerationMode))
    return [found.ok() for found in schema.get_all_operations()]


def answers_to(
    operation, cases: int, headers: Mapping[str, str], seed: int
) -> tuple[Counter[int], list[str]]:
    """Statuses of up to so many generated requests, and those that ended in a 5xx.

    An operation without parameters has few different requests, and none that breaks the description.
    """
    import hypothesis
    from hypothesis.errors import Unsatisfiable
    from schemathesis import GenerationMode

    statuses: Counter[int] = Counter()
    failed: list[str] = []

    def ask(case) -> None:
        answer = case.call(headers=dict(headers))
        statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            failed.append(f"{case.method} {case.formatted_path} {case.query} {case.body!r}"[:300])

    for mode in GenerationMode:
        limits = hypothesis.settings(
            max_examples=max(1, cases // 2), database=None, deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.generate],
        )  # fmt: skip
        strategy = operation.as_strategy(generation_mode=mode)
        with suppress(Unsatisfiable):
            hypothesis.seed(seed)(limits(hypothesis.given(strategy)(ask)))()
    return statuses, failed


def _log_in() -> dict[str, str]:
    """Headers of somebody who is logged in: a physician of a made-up site."""
    from django.test import Client

    from enthesis.web.accounts.models import Membership, Site, User
    from enthesis.web.accounts.roles import Role

    site = Site.objects.create(name="Made-up Clinic", country="IN", time_zone="Asia/Kolkata", synthetic=True)
    user = User.objects.create_user("physician@example.org", "a long sentence nobody uses", name="Made-up")
    Membership.objects.create(user=user, site=site, role=Role.PHYSICIAN.value)
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    client.post("/account/login/", {"login": user.email, "password": "a long sentence nobody uses"})
    return {"Cookie": "; ".join(f"{k}={v.value}" for k, v in client.cookies.items())}


def main() -> int:
    """Ask, count, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20_000)
    asked = parser.parse_args()
    start, total, failures = time.monotonic(), Counter[int](), list[str]()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"ENTHESIS_DATA_DIR": data, "ENTHESIS_LOG_LEVEL": "error"}
        from validation.registry.made_forms import connect

        connect(Path(data))
        operations = described_operations()
        ways: list[dict[str, str]] = [{}, _log_in()]
        turn = 0
        while total.total() < asked.cases:
            for operation in operations:
                for headers in ways:
                    statuses, failed = answers_to(operation, CASES_A_TURN, headers, SEED + turn)
                    total += statuses
                    failures += failed
            turn += 1
            print(f"turn {turn}: {dict(total)} so far", flush=True)
    print(f"{total.total()} cases over {len(operations)} operations in {time.monotonic() - start:.0f} s")
    print(f"statuses {dict(sorted(total.items()))}; 5xx: {len(failures)}")
    print("\n".join(failures[:20]))
    return 1 if failures or total.total() < asked.cases else 0


if __name__ == "__main__":
    raise SystemExit(main())
