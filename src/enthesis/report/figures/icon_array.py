"""A hundred people, one pictograph each: what happens to them with one treatment and with another.

The same denominator everywhere; gains and harms are drawn alike, in the same size, each with its own sign,
and every count stands beside the picture as text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enthesis.errors import Fault, InvalidData
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.palette import paint
from enthesis.report.figures.svg import Attribute, Element, drawing, group, line, part, text
from enthesis.report.figures.tables import Provenance, Table
from enthesis.report.figures.text_width import wrapped

__all__ = ["Fate", "IconGroup", "IconPanel", "draw_icon_array"]

PEOPLE = 100
_EDGE, _CELL_X, _CELL_Y = 24.0, 24.0, 30.0
_PANEL, _GAP = 10 * _CELL_X, 44.0
_LINE = 19.0
_ABREAST = 3


class Fate(StrEnum):
    """What happens to a person: how the pictograph looks."""

    GAIN = "gain"
    HARM = "harm"
    EITHER_WAY = "either way"
    NONE = "none"


_LOOKS = {
    Fate.GAIN: ("teal", "teal"),
    Fate.HARM: ("ochre", "ochre"),
    Fate.EITHER_WAY: ("line", "line"),
    Fate.NONE: (None, "line"),
}


@dataclass(frozen=True, slots=True)
class IconGroup:
    """So many of a hundred people, what happens to them, and the words for it."""

    count: int
    fate: Fate
    words: str


@dataclass(frozen=True, slots=True)
class IconPanel:
    """A hundred people under one treatment."""

    heading: str
    groups: tuple[IconGroup, ...]

    def __post_init__(self) -> None:
        """Refuse groups that are no hundred people."""
        faults = [
            Fault(f"{g.count} people.", f"{self.heading}: {g.words}", "A count lies between 0 and 100.")
            for g in self.groups
            if not 0 <= g.count <= PEOPLE
        ]
        total = sum(g.count for g in self.groups)
        if total != PEOPLE:
            faults.append(Fault(f"{total} people in all.", self.heading, "The groups must make 100."))
        if faults:
            raise InvalidData(faults)


def draw_icon_array(title: str, panels: Sequence[IconPanel], provenance: Provenance) -> Figure:
    """One array of a hundred people for each panel, side by side on one scale.

    Args:
        title: What the arrays show.
        panels: One to six; groups are drawn in the order given.
        provenance: State of the catalogue that the counts come from.
    """
    said = "; ".join(f"{p.heading}: {_spoken(p)}" for p in panels)
    description = f"Of 100 people. {said}."
    width = 2 * _EDGE + min(len(panels), _ABREAST) * (_PANEL + _GAP) - _GAP
    parts = [
        text(words, _EDGE, 40 + 24 * at, size=19, font_weight=600)
        for at, words in enumerate(_lines(title, width))
    ]
    y = 30 + 24.0 * len(parts)
    for first in range(0, len(panels), _ABREAST):
        abreast = panels[first : first + _ABREAST]
        drawn_panels = [_panel(p, _EDGE + at * (_PANEL + _GAP), y) for at, p in enumerate(abreast)]
        parts += [element for elements, _ in drawn_panels for element in elements]
        y = max(bottom for _, bottom in drawn_panels) + 16
    parts.append(text(str(provenance), _EDGE, y + 8, size=11.5, fill="muted"))
    root = drawing(width, y + 24, parts, title=title, description=description, kind="icon-array")
    rows = tuple((p.heading, g.words, g.fate.value, g.count) for p in panels for g in p.groups)
    table = Table(
        (("of", "100 people"), ("source", str(provenance))), ("panel", "group", "fate", "people"), rows
    )
    return drawn("icon-array", title, description, root, table)


def _lines(title: str, width: float) -> list[str]:
    return wrapped(title, width - 2 * _EDGE, 19)


def _spoken(panel: IconPanel) -> str:
    return ", ".join(f"{g.count} {g.words}" for g in panel.groups)


def _panel(panel: IconPanel, x: float, y: float) -> tuple[list[Element], float]:
    """The array with its heading above and its counts below; gives the parts and where they end."""
    parts = []
    for words in wrapped(panel.heading, _PANEL, 15):
        y += _LINE
        parts.append(text(words, x, y, size=15, font_weight=600))
    y += 12
    fates = [g.fate for g in panel.groups for _ in range(g.count)]
    for at, fate in enumerate(fates):
        parts.append(_person(x + (at % 10) * _CELL_X, y + (at // 10) * _CELL_Y, fate))
    y += 10 * _CELL_Y + 8
    for g in panel.groups:
        parts.append(_person(x, y, g.fate))
        for at, words in enumerate(wrapped(f"{g.count} {g.words}", _PANEL - _CELL_X - 4, 14)):
            parts.append(text(words, x + _CELL_X + 2, y + 18 + _LINE * at, size=14))
            y += _LINE * (at > 0)
        y += _CELL_Y
    return parts, y


def _person(x: float, y: float, fate: Fate) -> Element:
    """Head and shoulders; a plus for a gain, a minus for a harm, hollow for neither."""
    fill, stroke = _LOOKS[fate]
    look: dict[str, Attribute] = {**paint(fill, stroke), "stroke-width": 1.3}
    body = f"M{x + 4:g} {y + 25:g}v-7a6 6 0 0 1 6 -6h0a6 6 0 0 1 6 6v7z"
    parts = [part("circle", {"cx": x + 10, "cy": y + 6, "r": 4.2} | look), part("path", {"d": body} | look)]
    return group(*parts, *_sign(x + 10, y + 19, fate), **{"class": f"fig-{fate.value.replace(' ', '-')}"})


def _sign(x: float, y: float, fate: Fate) -> Iterator[Element]:
    if fate in (Fate.GAIN, Fate.HARM):
        yield line(x - 3.4, y, x + 3.4, y, "paper", stroke_width=1.8)
    if fate is Fate.GAIN:
        yield line(x, y - 3.4, x, y + 3.4, "paper", stroke_width=1.8)
