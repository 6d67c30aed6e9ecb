"""A few lines to build SVG: escaped, finite, without inline styles, so that a strict content policy holds.

Built on the standard library's ElementTree. Text is drawn as text, in fonts every system has, with Noto named
for scripts that need it.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import isfinite
from typing import Final
from xml.etree import ElementTree as ET

from enthesis.report import numbers
from enthesis.report.figures.palette import LIGHT, paint
from enthesis.report.figures.writing_systems import font_for

__all__ = [
    "FONTS",
    "NAMESPACE",
    "Attribute",
    "Element",
    "drawing",
    "group",
    "line",
    "part",
    "read",
    "rectangle",
    "text",
    "written",
]

Element = ET.Element
NAMESPACE: Final = "http://www.w3.org/2000/svg"
# Liberation Sans comes first because the renderer ships it: exports look alike everywhere, and it has the
# real minus and the arrows, which Noto Sans lacks. A page may set its own family by stylesheet.
FONTS: Final = (
    "'Liberation Sans', Arial, 'Helvetica Neue', system-ui, 'Noto Sans', 'Noto Sans Devanagari', "
    "'Noto Sans Bengali', 'Noto Sans Thai', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif"
)

Attribute = str | float | None


def part(
    tag: str, attributes: Mapping[str, Attribute] | None = None, *children: Element, content: str = ""
) -> Element:
    """One element. Numbers are written with at most two decimals; an attribute of None is left out.

    Raises:
        ValueError: A coordinate is not finite.
    """
    written_attributes = {k: _written(k, v) for k, v in (attributes or {}).items() if v is not None}
    made = ET.Element(tag, written_attributes)
    made.text = _printable(content) or None
    made.extend(children)
    return made


def _written(name: str, given: str | float) -> str:
    if isinstance(given, str):
        return _printable(given)
    if not isfinite(given):
        raise ValueError(f"{name} is {given}; a drawing needs finite numbers")
    return _short(given)


def _short(number: float) -> str:
    return "0" if abs(number) < 0.005 else f"{number:.2f}".rstrip("0").rstrip(".")


def _printable(content: str) -> str:
    """Without control characters, which XML cannot hold, nor the narrow space, which the first font lacks."""
    content = content.replace(numbers.THIN_SPACE, "\N{NO-BREAK SPACE}")
    return "".join(c for c in content if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"})


def group(*children: Element, **attributes: Attribute) -> Element:
    """Elements that belong together."""
    return part("g", {k.replace("_", "-"): v for k, v in attributes.items()}, *children)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = "ink", **more: Attribute) -> Element:
    """A straight line in the colour of a token."""
    place = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return part("line", place | paint(stroke=stroke) | {k.replace("_", "-"): v for k, v in more.items()})


def rectangle(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str | None = None,
    stroke: str | None = None,
    **more: Attribute,
) -> Element:
    """A rectangle in the colours of tokens."""
    place = {"x": x, "y": y, "width": width, "height": height}
    return part("rect", place | paint(fill, stroke) | {k.replace("_", "-"): v for k, v in more.items()})


def text(
    content: str,
    x: float,
    y: float,
    *,
    size: float = 13,
    anchor: str = "start",
    fill: str = "ink",
    **more: Attribute,
) -> Element:
    """One line of text with its baseline at y; ``anchor`` is start, middle or end."""
    place: dict[str, Attribute] = {"x": x, "y": y, "font-size": size, "font-family": font_for(content)}
    place["text-anchor"] = None if anchor == "start" else anchor
    look = place | paint(fill) | {k.replace("_", "-"): v for k, v in more.items()}
    return part("text", look, content=content)


def drawing(
    width: float, height: float, parts: Iterable[Element], *, title: str, description: str, kind: str
) -> Element:
    """A whole picture on paper, with its name and its text alternative inside.

    The ids of both come from the words themselves, so that two pictures on one page never share them.
    """
    key = sha256(f"{kind}\0{title}\0{description}".encode()).hexdigest()[:10]
    root = part(
        "svg",
        {
            "xmlns": NAMESPACE,
            "width": width,
            "height": height,
            "viewBox": f"0 0 {_short(width)} {_short(height)}",
            "role": "img",
            "aria-labelledby": f"{kind}-{key}-title {kind}-{key}-desc",
            "class": f"fig fig-{kind}",
            "color": LIGHT["ink"],
            "font-family": FONTS,
        },
        part("title", {"id": f"{kind}-{key}-title"}, content=title),
        part("desc", {"id": f"{kind}-{key}-desc"}, content=description),
        rectangle(0, 0, width, height, fill="paper"),
    )
    root.extend(parts)
    return root


def written(root: Element) -> str:
    """The picture as a string."""
    return ET.tostring(root, encoding="unicode")


def read(svg: str) -> Element:
    """A picture that this program or its libraries wrote, with plain tag names.

    Raises:
        xml.etree.ElementTree.ParseError: It is no XML.
    """
    root = ET.fromstring(svg)  # noqa: S314 - only ever our own renderer's output
    for found in root.iter():
        found.tag = found.tag.removeprefix(f"{{{NAMESPACE}}}")
    return root
