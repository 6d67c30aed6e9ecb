"""Pages and lists made from the catalogue say what the catalogue says now."""

import subprocess
import sys
from pathlib import Path

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.laws import LAWS
from enthesis.catalogue.schema import read_schema

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_generated_pages_are_current():
    script = ROOT / "scripts" / "docs_catalogue.py"
    run = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_law_stands_on_its_page():
    page = (REFERENCE / "catalogue-laws.md").read_text(encoding="utf-8")
    assert [law.id for law in LAWS if f"**{law.id}**" not in page] == []


@pytest.mark.parametrize("kind", ["study", "review"])
def test_every_field_stands_on_the_page_of_its_format(kind):
    page = (REFERENCE / f"{kind}-format.md").read_text(encoding="utf-8")
    for name in read_schema(kind)["properties"]:
        assert f"| {name} |" in page or f"| **{name}** |" in page


def test_every_word_stands_in_the_vocabulary_page():
    page = (REFERENCE / "vocabulary.md").read_text(encoding="utf-8")
    for words in load().vocabulary.words.values():
        for word in words.values():
            assert f"| `{word.id}` | {word.label} | {word.meaning} |" in page


def fields_without_description(node, path=""):
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items():
            if "description" not in field:
                yield f"{path}.{name}"
        for name, below in node.items():
            yield from fields_without_description(below, f"{path}.{name}")


@pytest.mark.parametrize("kind", ["study", "review", "record"])
def test_every_field_has_a_meaning(kind):
    assert list(fields_without_description(read_schema(kind))) == []
