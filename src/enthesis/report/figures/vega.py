"""Vega-Lite drawn to SVG without a browser, in our colours and fonts, named for screen readers.

Specifications are plain dictionaries: building them needs no charting library at run time, and a test holds
them against Vega-Lite's schema. Vega writes colours as it gets them, tokens of the light palette; each shape
gets the class of its token afterwards, so that a stylesheet can recolour it.
"""

from typing import Any

import vl_convert

from enthesis.report.figures.palette import LIGHT, colour_of, token_of
from enthesis.report.figures.svg import FONTS, NAMESPACE, Element, drawing, group, read, written

__all__ = ["CONFIG", "SCHEMA", "draw"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_VERSION = "6.4"
_MARGIN = 16.0

# Text is 13 px or more; lines are thin and grey so that the data stand out.
CONFIG: dict[str, Any] = {
    "background": None,
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


def draw(specification: str, *, title: str, description: str, kind: str) -> str:
    """The specification (JSON) as stand-alone SVG on paper, with its title and description inside.

    Raises:
        ValueError: Vega-Lite refuses the specification.
    """
    plot = read(vl_convert.vegalite_to_svg(specification, vl_version=_VERSION))
    width, height = float(plot.get("width", "0")), float(plot.get("height", "0"))
    _recolour(plot)
    content = group(*plot, transform=f"translate({_MARGIN:g} {_MARGIN:g})")
    page = drawing(
        width + 2 * _MARGIN, height + 2 * _MARGIN, [content], title=title, description=description, kind=kind
    )
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
        if classes:
            shape.set("class", " ".join(classes))
    plot.attrib.pop(f"{{{NAMESPACE}}}xlink", None)
