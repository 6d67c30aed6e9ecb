"""Signs of verdicts and of certainty as shapes, because common fonts lack some of the signs.

Each sign can be told from the others without colour: filled circle helps, three quarters probably helps, half
may help, question mark unclear, empty circle no important benefit, triangle pointing down harm.
"""

from math import cos, pi, sin

from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.verdicts import Verdict
from enthesis.report.figures.palette import ink_on, paint
from enthesis.report.figures.svg import NAMESPACE, Attribute, Element, part, text, written

__all__ = ["certainty_dots_svg", "verdict_mark"]

_FILLED_SHARE = {
    Verdict.HELPS: 1.0,
    Verdict.PROBABLY_HELPS: 0.75,
    Verdict.MAY_HELP: 0.5,
    Verdict.NO_IMPORTANT_BENEFIT: 0.0,
}


def verdict_mark(verdict: Verdict, x: float, y: float, size: float) -> list[Element]:
    """The sign of a verdict, centred on a point, in the ink that stands on its tone."""
    ink, radius = ink_on(verdict.mark.tone), size / 2
    if verdict is Verdict.UNCLEAR:
        return [text("?", x, y + size * 0.36, size=size, anchor="middle", fill=ink, font_weight=600)]
    if verdict is Verdict.HARM:
        half = radius * 0.95
        return [
            _path(f"M{x - half:.2f} {y - half * 0.8:.2f}h{2 * half:.2f}L{x:.2f} {y + half * 0.9:.2f}Z", ink)
        ]
    return [_disc(x, y, radius, stroke=ink), *_sector(x, y, radius, _FILLED_SHARE[verdict], ink)]


def _sector(x: float, y: float, radius: float, share: float, ink: str) -> list[Element]:
    """The filled part of a disc, clockwise from the top."""
    if share in (0.0, 1.0):
        return [_disc(x, y, radius, fill=ink)] * int(share)
    end_x, end_y = x + radius * sin(2 * pi * share), y - radius * cos(2 * pi * share)
    turn = int(share > 0.5)
    arc = f"A{radius:.2f} {radius:.2f} 0 {turn} 1 {end_x:.2f} {end_y:.2f}"
    return [_path(f"M{x:.2f} {y:.2f}V{y - radius:.2f}{arc}Z", ink)]


def _disc(x: float, y: float, radius: float, fill: str | None = None, stroke: str | None = None) -> Element:
    place: dict[str, Attribute] = {"cx": x, "cy": y, "r": radius, "stroke-width": 1.5 if stroke else None}
    return part("circle", place | paint(fill, stroke))


def _path(d: str, ink: str) -> Element:
    return part("path", {"d": d} | paint(ink))


def certainty_dots_svg(level: Level) -> str:
    """GRADE certainty as four dots, filled from the left, for use inside a line of text."""
    dots = []
    for at in range(4):
        look = {"fill": "ink"} if at < level else {"stroke": "ink"}
        dots.append(_disc(7 + 15.0 * at, 7, 5, **look))
    name = f"certainty: {level.word}, {int(level)} of 4"
    frame: dict[str, Attribute] = {
        "xmlns": NAMESPACE,
        "width": 59,
        "height": 14,
        "viewBox": "0 0 59 14",
        "role": "img",
        "aria-label": name,
        "class": "fig fig-dots",
    }
    return written(part("svg", frame, part("title", content=name), *dots))
