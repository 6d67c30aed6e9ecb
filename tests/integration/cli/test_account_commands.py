"""The first day of an installation, as its operator meets it: real processes on an empty data folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("enthesis")
PERSON = ("--email", "meghna@example.org", "--name", "Made-up Meghna")


@pytest.fixture
def run(tmp_path: Path):
    environment = {k: v for k, v in os.environ.items() if k != "ENTHESIS_DATABASE_URL"}
    environment["ENTHESIS_DATA_DIR"] = str(tmp_path)

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120, env=environment)

    return call


def test_the_first_day(run) -> None:
    made = run(
        "account", "create", *PERSON, "--role", "administrator", "--address", "https://enthesis.example"
    )
    assert made.returncode == 0, made.stderr
    assert re.search(r"https://enthesis\.example/account/invitation/[0-9a-f-]{36}/\S+/", made.stdout)
    site = ("--name", "Made-up Clinic", "--country", "in", "--time-zone", "Asia/Kolkata")
    assert run("site", "create", *site).returncode == 0
    role = run("account", "role", "--email", PERSON[1], "--role", "physician", "--site", "made-up clinic")
    assert "is physician at" in role.stdout
    verified = run("audit", "verify")
    assert verified.returncode == 0
    assert "none edited, deleted or moved" in verified.stdout


def test_mistakes_end_in_a_sentence_and_a_documented_code(run) -> None:
    no_role = run("account", "create", *PERSON, "--role", "surgeon")
    assert (no_role.returncode, no_role.stdout) == (3, "")
    assert "Write one of: physician" in no_role.stderr
    nobody = run("account", "link", "--email", "nobody@example.org")
    assert nobody.returncode == 5
    nowhere = run("site", "create", "--name", "X", "--country", "IND", "--time-zone", "Mars/Base")
    assert nowhere.returncode == 3
    assert "country" in nowhere.stderr
    assert "time zone" in nowhere.stderr
    forged = run("audit", "verify", "--noted", "7:abc")
    assert forged.returncode == 3
    assert "Traceback" not in no_role.stderr + nobody.stderr + nowhere.stderr + forged.stderr
