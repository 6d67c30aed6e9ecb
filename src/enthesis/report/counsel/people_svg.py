"""Drawings without words: a hundred people, and certainty as dots. The words stand beside them as text.

Gains and harms have the same size and place, and each its own sign, so that colour is never alone.
"""

from functools import cache
from html import escape

from enthesis.report.figures.palette import paint
from enthesis.report.figures.svg import NAMESPACE, Attribute, Element, line, part, written

__all__ = ["dots_svg", "people_svg"]

_CELL_X, _CELL_Y = 24.0, 28.0
_ACROSS, PEOPLE = 10, 100


def people_svg(count: int, *, harm: bool, label: str) -> str:
    """A hundred people, the first ``count`` of them filled; ten in a row.

    Args:
        count: People who have it, 0 to 100.
        harm: A minus on each for a harm, else a plus.
        label: What the picture says, for those who cannot see it.

    Raises:
        ValueError: The count is outside 0 to 100.
    """
    if not 0 <= count <= PEOPLE:
        raise ValueError(f"{count} people of {PEOPLE}; a count lies between 0 and {PEOPLE}")
    width, height = _ACROSS * _CELL_X, PEOPLE / _ACROSS * _CELL_Y
    return (
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'class="fig counsel-people" role="img" aria-label="{escape(label)}">{_crowd(count, harm)}</svg>'
    )


@cache
def _crowd(count: int, harm: bool) -> str:
    """The hundred people as SVG; there are two hundred and two such crowds, and pages draw several."""
    parts = (p for at in range(PEOPLE) for p in _person(at, filled=at < count, harm=harm))
    return "".join(map(written, parts))


def _person(at: int, *, filled: bool, harm: bool) -> list[Element]:
    """Head and shoulders; a sign when filled, hollow otherwise."""
    x, y = (at % _ACROSS) * _CELL_X + 2, (at // _ACROSS) * _CELL_Y + 2
    colour = "ochre" if harm else "teal"
    look: dict[str, Attribute] = {**paint(colour if filled else None, colour if filled else "line")}
    look["stroke-width"] = 1.2
    body = f"M{x + 4:g} {y + 24:g}v-6a6 6 0 0 1 6 -6h0a6 6 0 0 1 6 6v6z"
    parts = [
        part("circle", {"cx": x + 10, "cy": y + 6, "r": 4.2} | look),
        part("path", {"d": body} | look),
    ]
    if filled:
        parts.append(line(x + 7, y + 18.5, x + 13, y + 18.5, "paper", stroke_width=1.8))
        if not harm:
            parts.append(line(x + 10, y + 15.5, x + 10, y + 21.5, "paper", stroke_width=1.8))
    return parts


def dots_svg(level: int) -> str:
    """Certainty of 1 to 4 as filled and empty dots; its name stands beside it as text."""
    dots = []
    for at in range(4):
        look = paint("ink") if at < level else paint(stroke="ink")
        dots.append(part("circle", {"cx": 7 + 15.0 * at, "cy": 7, "r": 5, **look}))
    frame: dict[str, Attribute] = {
        "xmlns": NAMESPACE,
        "viewBox": "0 0 59 14",
        "width": 59,
        "height": 14,
        "class": "fig counsel-dots",
        "aria-hidden": "true",
    }
    return written(part("svg", frame, *dots))
