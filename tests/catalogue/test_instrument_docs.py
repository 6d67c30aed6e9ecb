"""Pages made from the instruments say what the instruments say now."""

import subprocess
import sys
from pathlib import Path

import pytest

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.schema import read_schema

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
INSTRUMENTS = load_instruments()


def _page(name):
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_generated_pages_are_current():
    script = ROOT / "scripts" / "docs_instruments.py"
    run = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", [n for n, i in INSTRUMENTS.items() if i.switched_off])
def test_every_switched_off_instrument_stands_in_the_list_with_its_reason(name):
    instrument = INSTRUMENTS[name]
    cells = (f"[{instrument.short_name}](instruments/{name}.md)", instrument.version, instrument.switched_off)
    assert f"| {' | '.join(cells)} |" in _page("switched-off.md")


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_instrument_stands_in_the_licence_register_with_its_owner(name):
    instrument = INSTRUMENTS[name]
    start = f"| [{instrument.short_name}](instruments/{name}.md) | {instrument.licence.owner} |"
    assert start in _page("licence-register.md")


def test_every_field_of_the_format_has_a_meaning():
    assert list(_without_meaning(read_schema("instrument"), "instrument")) == []


def _without_meaning(node, place):
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items():
            if not field.get("description"):
                yield f"{place}.{name}"
        for name, below in node.items():
            yield from _without_meaning(below, f"{place}.{name}")
