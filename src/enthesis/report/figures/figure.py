"""A figure before and after it is drawn.

What to draw (``Figure``) is decided by pure functions; drawing it (``render``) may start a JavaScript engine
and take a second the first time. Callers that serve pages keep drawings by ``Figure.key``.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from enthesis.report.figures.svg import Element, written
from enthesis.report.figures.tables import Provenance, Table
from enthesis.report.figures.vega import draw

__all__ = ["Figure", "describe", "drawn", "render", "specified"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the making: its name, words that stand for it, what to draw, and its numbers.

    ``source`` is finished SVG, or a Vega-Lite specification as JSON, as ``language`` says; ``footnote`` is
    what the renderer writes below a specification.
    """

    name: str
    title: str
    description: str
    language: Literal["svg", "vega-lite"]
    source: str
    table: Table
    footnote: str = ""

    @property
    def key(self) -> str:
        """Changes whenever the picture would."""
        parts = (self.name, self.title, self.description, self.language, self.source, self.footnote)
        return sha256("\0".join(parts).encode()).hexdigest()[:24]


def drawn(name: str, title: str, description: str, root: Element, table: Table) -> Figure:
    """A figure that was built by hand and needs no further drawing."""
    return Figure(name, title, description, "svg", written(root), table)


def specified(
    name: str,
    title: str,
    description: str,
    specification: dict[str, Any],
    table: Table,
    provenance: Provenance,
) -> Figure:
    """A figure that Vega-Lite will draw."""
    source = json.dumps(specification, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return Figure(name, title, description, "vega-lite", source, table, str(provenance))


def render(figure: Figure) -> str:
    """The picture as stand-alone SVG. The same figure always gives the same picture."""
    if figure.language == "svg":
        return figure.source
    words = {"title": figure.title, "description": figure.description, "footnote": figure.footnote}
    return draw(figure.source, kind=figure.name, **words)


def describe(figure: Figure) -> str:
    """Text alternative: one or two sentences with the numbers."""
    return figure.description
