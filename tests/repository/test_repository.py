"""The repository agrees with itself: links, lists, versions, the lock."""

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import enthesis
from enthesis.cli.app import EXIT_CODES, app

ROOT = Path(__file__).parents[2]
PAGES = sorted(p for p in ROOT.rglob("*.md") if not {".venv", "node_modules", "vendor"} & set(p.parts))
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def tracked(pattern):
    done = subprocess.run(["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines()]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_lock_holds_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|file:|^-(i|f|-index-url|-find-links)", lock, re.MULTILINE)


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == enthesis.__version__


def test_every_command_stands_in_the_reference():
    reference = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    names = [c.name for c in app.registered_commands] + [g.name for g in app.registered_groups]
    assert all(f"enthesis {name}" in reference for name in names)


def test_every_exit_code_stands_in_the_reference():
    reference = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert all(f"| {code} |" in reference for code in EXIT_CODES.values())


def test_readme_names_the_two_commands_and_the_limits():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
    assert "not a medical device" in readme.lower()


def rooms():
    found = [enthesis.__name__]
    for module in pkgutil.walk_packages(enthesis.__path__, "enthesis."):
        if module.ispkg and ".web" not in module.name and not module.name.endswith((".schemas",)):
            found.append(module.name)
    return found


@pytest.mark.parametrize("name", rooms())
def test_every_room_opens_with_what_it_is_for_and_exports_what_it_lists(name):
    room = importlib.import_module(name)
    assert room.__doc__, name
    assert room.__doc__.strip()
    for public in getattr(room, "__all__", ()):
        assert hasattr(room, public), f"{name}.{public}"


def test_decisions_are_numbered_without_gaps():
    numbers = [int(p.name[:4]) for p in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_source_file_hides_a_second_idea():
    long = {
        p.name: n
        for p in tracked("src/**/*.py")
        if p.parent.name != "migrations"  # written by Django
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_the_statistics_know_no_framework_when_imported_alone():
    code = (
        "import sys, enthesis.statistics.pooling, enthesis.statistics.effects; print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_the_page_of_settings_is_current():
    done = subprocess.run([sys.executable, ROOT / "scripts/docs_settings.py", "--check"], cwd=ROOT)
    assert done.returncode == 0
