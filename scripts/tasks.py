#!/usr/bin/env python3
"""Every task of the project in one place; the Makefile and Windows users call the same words.

    python scripts/tasks.py            lists the tasks
    python scripts/tasks.py run        installs what is missing and serves the application
    python scripts/tasks.py test       installs what is missing and runs every test

Needs only Python 3.11 or newer. Nothing is fetched from outside the package registries.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-from"

# What the Python wheels cannot bring: PDF shaping, fonts, a browser for the tests, PDF pages as pictures.
DEBIAN_RUN = ["libpango-1.0-0", "libpangoft2-1.0-0", "fonts-noto-core"]
DEBIAN_TEST = ["chromium", "poppler-utils", "postgresql"]
# Tests that touch the database run a second time on PostgreSQL.
QUICK_DATABASE_TESTS = [
    "tests/integration/registry/test_walls.py",
    "tests/integration/registry/test_isolation_postgresql.py",
    "tests/integration/registry/follow_up",
    "tests/integration/patient/test_responses.py",
]
DATABASE_TESTS = [
    "tests/integration/accounts",
    "tests/integration/registry",
    "tests/integration/patient",
    "tests/integration/consult",
]
# In a browser, one after the other: they share the demo clinic that the first of them loads.
DATABASE_JOURNEYS = [
    "tests/browser/test_accounts.py",
    "tests/browser/test_clinic_opens.py",
    "tests/browser/test_consult.py",
    "tests/browser/test_patient_phone.py",
    "tests/browser/test_registry_follow_up.py",
    "tests/browser/test_registry_record.py",
    "tests/browser/test_registry_trust.py",
]


def run(*command: str | Path, **kwargs) -> None:
    """Run a command and stop with its exit code when it fails."""
    done = subprocess.run([str(c) for c in command], cwd=ROOT, **kwargs)
    if done.returncode:
        raise SystemExit(done.returncode)


def fingerprint() -> str:
    """What the environment was installed from; another value means install again."""
    return hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def install() -> None:
    """Make .venv and install the locked packages, unless that was done already."""
    if sys.version_info < (3, 11):  # noqa: UP036, this file is started by whatever Python there is
        raise SystemExit(f"Enthesis needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if STAMP.exists() and STAMP.read_text() == fingerprint():
        return
    print("Installing Enthesis (once; about a minute) ...", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    uv = [PYTHON, "-m", "uv"]
    run(*uv, "pip", "install", "--quiet", "--require-hashes", "-r", LOCK, env=environment)
    run(*uv, "pip", "install", "--quiet", "--no-deps", "--editable", ".", env=environment)
    STAMP.write_text(fingerprint())


def debian_packages(names: list[str]) -> None:
    """Install the missing Debian packages as root, or say which are missing."""
    if not shutil.which("dpkg-query"):
        return
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\n", *names]
    have = subprocess.run(query, capture_output=True, text=True)
    present = {line.split()[-1] for line in have.stdout.splitlines() if line.startswith("ii")}
    missing = [name for name in names if name not in present]
    if not missing:
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", env=environment)
        install_them = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)
        run(*install_them, env=environment, stdout=subprocess.DEVNULL)
    else:
        print(f"Missing Debian packages: sudo apt-get install {' '.join(missing)}", flush=True)


def task_run(*arguments: str) -> None:
    """Install what is missing, load the evidence and the synthetic demo clinic, and serve the application."""
    debian_packages(DEBIAN_RUN)
    install()
    run(BIN / "enthesis", "demo", "load", "--if-empty")
    run(BIN / "enthesis", "serve", *arguments)


def task_test(*arguments: str) -> None:
    """Install what is missing and run the tests, the walls and the writes again on PostgreSQL."""
    debian_packages(DEBIAN_RUN + DEBIAN_TEST)
    install()
    workers = [] if any(a.startswith("-n") for a in arguments) else ["-n", "auto"]
    run(PYTHON, "-m", "pytest", "-m", "not long", *workers, *arguments)
    if not any(a.startswith("tests/") for a in arguments):
        try_on_postgresql(*workers, *arguments, tests=QUICK_DATABASE_TESTS)


def try_on_postgresql(*arguments: str, tests: list[str] = DATABASE_TESTS) -> None:
    """The tests of the database on a PostgreSQL that lives only for them."""
    from temporary_postgresql import find_binaries, temporary_postgresql

    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed: the tests of the database ran on SQLite only.", flush=True)
        return
    print("The tests of the database again, on PostgreSQL:", flush=True)
    with temporary_postgresql(binaries) as url:
        environment = os.environ | {"ENTHESIS_DATABASE_URL": url}
        run(PYTHON, "-m", "pytest", "-m", "not long", *tests, *arguments, env=environment)


def task_postgresql(*arguments: str) -> None:
    """Run every test of the database on PostgreSQL, the journeys in a browser too."""
    debian_packages(DEBIAN_RUN + DEBIAN_TEST)
    install()
    try_on_postgresql(*arguments)
    try_on_postgresql("-n0", tests=DATABASE_JOURNEYS)


def task_long(*arguments: str) -> None:
    """Post what nobody should to every form and route of the clinic; takes minutes."""
    debian_packages(DEBIAN_RUN + DEBIAN_TEST)
    install()
    run(PYTHON, "-m", "pytest", "-m", "long", *arguments)


def task_check(*_: str) -> None:
    """Format, lint (security rules included), types, import direction, data."""
    install()
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "ruff", "check", ".")
    run(BIN / "mypy")
    run(BIN / "lint-imports")
    run(BIN / "enthesis", "catalogue", "check", "--quiet")


def task_bench(*arguments: str) -> None:
    """Measure speed; prints figures and ratios, never fails on them."""
    install()
    run(PYTHON, "-m", "bench", *arguments)


def task_docs(*_: str) -> None:
    """Write the generated reference pages again."""
    install()
    for script in sorted((ROOT / "scripts").glob("docs_*.py")):
        run(PYTHON, script)


def task_lock(*_: str) -> None:
    """Resolve the dependencies again and write requirements.lock."""
    install()
    run(
        PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal",
        "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header",
        "--python-version", "3.11", "--upgrade", "--quiet", "-o", LOCK,
    )  # fmt: skip


JOBS = sorted((name, job) for name, job in globals().items() if name.startswith("task_"))
TASKS = {name.removeprefix("task_"): job for name, job in JOBS}


def main(arguments: list[str]) -> None:
    """Run one task, or list them."""
    if not arguments or arguments[0] not in TASKS:
        print("Tasks:")
        for name, job in TASKS.items():
            print(f"  {name:<8}{job.__doc__}")
        raise SystemExit(bool(arguments) and arguments[0] not in ("help", "-h", "--help"))
    TASKS[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
