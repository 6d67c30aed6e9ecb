"""Vega-Lite drawn to SVG without a browser, in our colours and fonts, named for screen readers.

Specifications are plain dictionaries: building them needs no charting library at run time, and a test holds
them against Vega-Lite's schema. Vega writes colours as it gets them, tokens of the light palette; each shape
gets the class of its token afterwards, so that a stylesheet can recolour it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import vl_convert

from enthesis.report.figures.palette import LIGHT, colour_of, token_of
from enthesis.report.figures.svg import FONTS, NAMESPACE, Element, drawing, group, read, text, written
from enthesis.report.figures.text_width import wrapped

__all__ = ["CONFIG", "SCHEMA", "draw", "heading", "labels_at"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_VERSION = "6.4"
_MARGIN = 16.0
_FOOT = 26.0
_URL = re.compile(r"url\(#([^)]+)\)")

# Text is 13 px or more; lines are thin and grey so that the data stand out.
CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONTS,
    "padding": 0,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": LIGHT["ink"],
        "titleColor": LIGHT["ink"],
        "domainColor": LIGHT["line"],
        "tickColor": LIGHT["line"],
        "gridColor": LIGHT["faint"],
        "titlePadding": 10,
    },
    "text": {"fontSize": 13, "color": LIGHT["ink"], "font": FONTS},
    "title": {
        "fontSize": 16,
        "fontWeight": 600,
        "anchor": "start",
        "color": LIGHT["ink"],
        "subtitleFontSize": 13,
        "subtitleColor": LIGHT["muted"],
        "offset": 14,
    },
}


def heading(title: str, below: Sequence[str], width: float) -> dict[str, Any]:
    """Title and lines below it, wrapped to the width of the plot."""
    lines = [part for line in below for part in wrapped(line, width, CONFIG["title"]["subtitleFontSize"])]
    return {"text": wrapped(title, width, CONFIG["title"]["fontSize"]), "subtitle": lines}


def labels_at(labels: Mapping[float, str | list[str]]) -> str:
    """Expression that gives each tick its own label, so that numbers are written by us and not by Vega."""
    table = json.dumps({f"{value:.4f}": label for value, label in labels.items()}, ensure_ascii=False)
    return f"({table})[format(datum.value, '.4f')] || ''"


def draw(specification: str, *, title: str, description: str, footnote: str, kind: str) -> str:
    """The specification (JSON) as stand-alone SVG on paper, with its title and description inside.

    Raises:
        ValueError: Vega-Lite refuses the specification.
    """
    plot = read(vl_convert.vegalite_to_svg(specification, vl_version=_VERSION))
    width, height = float(plot.get("width", "0")), float(plot.get("height", "0"))
    _recolour(plot)
    _rename(plot, sha256(f"{title}\0{specification}".encode()).hexdigest()[:10])
    content = group(*plot, transform=f"translate({_MARGIN:g} {_MARGIN:g})")
    foot = [text(footnote, _MARGIN, height + _MARGIN + _FOOT - 4, size=11.5, fill="muted")]
    size = (width + 2 * _MARGIN, height + 2 * _MARGIN + _FOOT)
    page = drawing(*size, [content, *foot], title=title, description=description, kind=kind)
    return written(page)


def _recolour(plot: Element) -> None:
    for shape in plot.iter():
        for name in [n for n in shape.attrib if n == "role" or n.startswith("aria-")]:
            del shape.attrib[name]
        shape.attrib.pop("class", None)
        classes = []
        for where in ("fill", "stroke"):
            token = token_of(shape.get(where, ""))
            if token:
                shape.set(where, colour_of(token))
                classes.append(f"fig-{where}-{token}")
        # Such text stands on a filled area, which a print style may empty.
        if shape.tag == "text" and token_of(shape.get("fill", "")) == "paper":
            classes.append("fig-on")
        if classes:
            shape.set("class", " ".join(classes))
    plot.attrib.pop(f"{{{NAMESPACE}}}xlink", None)


def _rename(plot: Element, key: str) -> None:
    """Ids that are the same at each drawing and differ between figures; Vega only counts them up."""
    ids = [found.get("id", "") for found in plot.iter() if found.get("id")]
    names = {old: f"{key}-{at}" for at, old in enumerate(ids)}
    for found in plot.iter():
        for attribute, value in found.attrib.items():
            if attribute == "id":
                found.set(attribute, names[value])
            elif "url(#" in value:
                found.set(attribute, _URL.sub(lambda m: f"url(#{names[m[1]]})", value))
