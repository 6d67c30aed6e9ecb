"""Specification tables of the tests as Markdown, for the pages that are made from them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from written_pages import table

SPEC = Path(__file__).resolve().parent.parent / "tests" / "spec"


def spec_table(name: str, heading: str = "##") -> Iterator[str]:
    """The table ``name`` below tests/spec, with its heading."""
    sheet = yaml.safe_load((SPEC / f"{name}.yaml").read_text(encoding="utf-8"))
    columns = [c for c in ("text", "given") if any(c in row for row in sheet["rows"])]
    yield f"{heading} Examples: {sheet['title']}\n"
    yield f"{sheet['about'].strip()}\n"
    heads = ("Case", *("Text" if c == "text" else "Record" for c in columns), "Result", "Worked")
    rows = [
        (row["say"], *(flow(row[c]) for c in columns), result(row), row.get("because", ""))
        for row in sheet["rows"]
    ]
    if not any(row[-1] for row in rows):
        heads, rows = heads[:-1], [row[:-1] for row in rows]
    yield from table(heads, rows)
    yield ""


def result(row: Mapping[str, Any]) -> str:
    """What a row expects, in words."""
    if "refused" in row:
        told = row["refused"] if isinstance(row["refused"], list) else [row["refused"]]
        return f"refused: {'; '.join(told)}" if told else "accepted"
    if "not_given" in row:
        return f"no code ({row['not_given']})"
    shown = {k: v for k, v in row.items() if k not in ("say", "text", "given", "because", "notes")}
    if set(shown) <= {"errors", "warnings"} and not any(shown.values()):
        return "no doubt"
    return "; ".join(f"{k}: {flow(v)}" if k != "code" else f"`{v}`" for k, v in shown.items() if v != [])


def flow(value: Any) -> str:
    """A value on one line, as it is written in a file."""
    if isinstance(value, str):
        return f"`{value}`"
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)
    return f"`{text.removesuffix('...' + chr(10)).strip()}`"
