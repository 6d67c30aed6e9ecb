"""Pages that a script writes: put on disk, or only compared with what stands there."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def write_or_check(wanted: Mapping[Path, str], script: str, *, alone_in: Path | None = None) -> int:
    """Write pages, or with ``--check`` name those that are not current; gives the code to exit with.

    Args:
        wanted: Text of every page by its path.
        script: Path of the script that makes them, for the message.
        alone_in: A folder in which no Markdown page but these may stand; others are removed.
    """
    others = [path for path in alone_in.glob("*.md") if path not in wanted] if alone_in else []
    if "--check" in sys.argv:
        found = [*stale(wanted), *others]
        for path in found:
            print(f"{path.name} is not current: run python scripts/{Path(script).name}", file=sys.stderr)
        return 1 if found else 0
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in others:
        path.unlink()
    return 0


def stale(wanted: Mapping[Path, str]) -> list[Path]:
    """Pages that are not on disk as they would be written."""
    return [p for p, text in wanted.items() if not p.is_file() or p.read_text(encoding="utf-8") != text]


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A Markdown table."""
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(str(cell).strip().replace("|", "\\|") for cell in row) + " |"
