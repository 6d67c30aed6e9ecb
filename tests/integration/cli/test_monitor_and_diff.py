"""``enthesis evidence monitor`` and ``enthesis evidence diff`` as a user meets them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from enthesis.catalogue.files import SHIPPED

PROGRAM = Path(sys.executable).with_name("enthesis")
KNEE = ("monitor", "knee-osteoarthritis", "hyaluronic-acid", "--comparator", "other-biologic")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, "evidence", *words], capture_output=True, text=True, timeout=300)


def test_a_course_is_told_with_its_timing_and_its_limits() -> None:
    words = " ".join(run(*KNEE, "--outcome", "pain", "--weeks", "52").stdout.split())
    assert "of the information needed" in words
    assert "Retrospective: the looks were laid over published trials" in words
    assert "No verdict rests on this" in words


def test_a_course_as_data_says_who_set_the_rule() -> None:
    done = run(*KNEE, "--outcome", "pain", "--weeks", "52", "--timing", "prospective", "--json")
    (found,) = json.loads(done.stdout)["monitored"]
    assert found["timing"] == "prospective"
    assert found["people"] == sum(t["people"] for t in found["trials"])
    assert not any("laid over trials already known" in c for c in found["caveats"])


def test_a_difference_without_a_study_names_it_and_keeps_data_apart_from_progress() -> None:
    found = json.loads(run("diff", "--without", "kearney-2021", "--json").stdout)
    assert found["reports"] == [{"id": "kearney-2021", "kind": "study", "change": "added"}]
    assert found["answers"]
    assert all(a["by"] == found["reports"] for a in found["answers"])


def test_a_folder_of_studies_can_be_the_older_state(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "studies", tmp_path / "studies")
    (tmp_path / "studies" / "kearney-2021.yaml").unlink()
    words = run("diff", "--before", str(tmp_path)).stdout
    assert "Reports that differ: 1." in words
    assert "by: kearney-2021 added" in words


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("diff",), 3, "--before, --without or --revision"),
        (("diff", "--without", "kearny-2021"), 5, "kearney-2021"),
        (("diff", "--before", "no-such-folder"), 5, "no-such-folder"),
        (("monitor", "knee-osteoarthritis", "prp", "--outcome", "pian"), 3, "pain"),
        (("monitor", "knee-osteoarthritis", "prp", "--timing", "later"), 3, "retrospective"),
        (("monitor", "facet-joint-pain", "prp"), 4, "No"),
    ],
)
def test_mistakes_end_in_one_sentence_and_a_documented_code(
    words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
