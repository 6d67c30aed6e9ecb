"""How the terminal shows things: plain text that wraps, JSON on demand."""

import json
import sys
from typing import Any

from rich.console import Console

__all__ = ["console", "dots", "print_json"]


def console() -> Console:
    """A console that keeps words whole and colours nothing that carries meaning alone."""
    return Console(highlight=False)


def print_json(value: Any) -> None:
    """One JSON document on standard output, full double precision, no NaN."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def dots(level: int) -> str:
    """Certainty of 1 to 4 as filled and empty dots."""
    return "●" * level + "○" * (4 - level)
