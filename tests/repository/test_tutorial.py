"""The tutorial as a reader would follow it: files saved, commands typed, examples run, addresses opened."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from enthesis.web.config.static_files import prepare_static

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/tutorial/from-a-csv-to-a-forest-plot.md").read_text(encoding="utf-8")
FILES = re.findall(r"Save as `([^`]+)`:\n\n```csv\n(.*?)```", PAGE, re.DOTALL)
SESSIONS = re.findall(r"```console\n\$ ([^\n]+)\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = "\n".join(re.findall(r"```pycon\n(.*?)```", PAGE, re.DOTALL))
ADDRESSES = re.search(r"```address\n(.*?)```", PAGE, re.DOTALL)[1].split()
INDENTED = re.findall(r"^    (enthesis .+)$", PAGE, re.MULTILINE)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the tutorial's files, in which commands and examples run."""
    for name, content in FILES:
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(command, folder):
    """What a command prints on a wide terminal."""
    program, *words = shlex.split(command)
    assert program == "enthesis"
    code = "import sys; from enthesis.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.stdout


def test_the_tutorial_holds_files_commands_examples_and_addresses():
    assert [name for name, _ in FILES] == ["bcg.csv", "first.csv", "arms.csv"]
    assert len(SESSIONS) == PAGE.count("$ enthesis") == 4
    assert len(ADDRESSES) == 3
    assert len(INDENTED) == 3


@pytest.mark.parametrize(("command", "printed"), SESSIONS)
def test_every_command_prints_what_the_tutorial_shows(command, printed, desk):
    assert typed(command, desk).rstrip() == printed.rstrip()


def test_every_example_gives_what_the_tutorial_shows(desk):
    told = []
    session = doctest.DocTestParser().get_doctest(EXAMPLES, {}, "tutorial", None, 0)
    outcome = doctest.DocTestRunner(verbose=False).run(session, out=told.append)
    assert not outcome.failed, "".join(told)


@pytest.fixture(scope="module")
def served():
    """The static files collected, as `enthesis serve` does before it starts."""
    prepare_static()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("served")
def test_every_address_gives_its_file(address, client):
    answer = client.get(address)
    assert answer.status_code == 200
    assert {"svg": "image/svg+xml", "csv": "text/csv"}[address[-3:]] in answer["Content-Type"]


@pytest.mark.parametrize("command", INDENTED)
def test_the_questions_in_the_terminal_have_an_answer(command, desk):
    printed = typed(command, desk)
    assert not printed.startswith("Error")
    file = re.search(r"--csv (\S+)", command)
    answer = (desk / file[1]).read_text(encoding="utf-8-sig") if file else printed
    assert "trial" in answer
