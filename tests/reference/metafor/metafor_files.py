"""The reference sets made by metafor, read once, and the rows they were made from. Origin: data/README.md."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@cache
def all_sets() -> dict[str, dict[str, Any]]:
    """Every set by name."""
    files = (json.loads(f.read_text(encoding="utf-8")) for f in sorted(_DATA.glob("*.json")))
    return {content["dataset"]: content for content in files}


@cache
def sets_of_kind(kind: str) -> dict[str, dict[str, Any]]:
    """Every set of one kind by name."""
    return {name: content for name, content in all_sets().items() if content.get("kind") == kind}


@cache
def csv_rows(place: str) -> list[dict[str, str]]:
    """Rows of the table at a place below the data folder, as text."""
    with (_DATA / place).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
