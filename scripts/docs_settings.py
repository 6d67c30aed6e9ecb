"""Writes docs/reference/settings.md from the settings themselves; ``--check`` only compares."""

import sys
from pathlib import Path

from written_pages import write_or_check

from enthesis.web.config.environment import Environment

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "settings.md"
HEAD = """\
# Settings

<!-- Made by scripts/docs_settings.py. Do not edit by hand. -->

Environment variables of the web application. Every one has a default that is safe on a laptop.

| variable | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    rows = []
    for name, field in Environment.model_fields.items():
        default = "a folder of the user" if field.default_factory else _words(field.default)
        rows.append(f"| `ENTHESIS_{name.upper()}` | {default} | {field.description} |")
    return HEAD + "\n".join(rows) + "\n"


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{v}`" for v in value)
    return "none" if value is None else f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    sys.exit(write_or_check({PAGE: page()}, __file__))
