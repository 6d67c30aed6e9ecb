"""``enthesis counsel`` as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("enthesis")


def run(*words):
    call = [PROGRAM, "counsel", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, timeout=120)


def test_files_in_bengali_and_json_hold_the_same_hash(tmp_path):
    pdf, page, consent = (tmp_path / name for name in ("aid.pdf", "aid.html", "consent.html"))
    done = run(
        "knee-osteoarthritis", "prp", "--language", "bn", "--country", "IN",
        "--pdf", pdf, "--html", page, "--consent", consent, "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert said["content_hash"] in page.read_text(encoding="utf-8")
    assert said["content_hash"] in consent.read_text(encoding="utf-8")
    assert said["aid"]["language"] == "bn"
    assert all(said["standards"][f"Q{n}"] for n in range(1, 7))


def test_the_terminal_tells_the_whole_aid():
    done = run("discogenic-low-back-pain", "prp")
    assert done.returncode == 0, done.stderr
    words = " ".join(done.stdout.split())
    for part in ("No injection now", "Infection of the disc", "What nobody knows yet", "Content code"):
        assert part in words


def test_an_unknown_language_is_refused_with_the_known_ones():
    done = run("knee-osteoarthritis", "prp", "--language", "hn")
    assert done.returncode == 5
    assert "Did you mean" in done.stderr


def test_a_country_nobody_read_about_is_refused():
    done = run("knee-osteoarthritis", "prp", "--country", "XX")
    assert done.returncode == 5
    assert "country" in done.stderr
