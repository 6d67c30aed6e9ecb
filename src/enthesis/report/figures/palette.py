"""Colours of figures and pages, each token once: teal for benefit, ochre for harm, grey for unclear.

Neither red nor green is used, and no meaning hangs on colour alone: every verdict has a word and a sign.
Shapes carry a class that names their token, so that a page can recolour an inline figure (dark mode, print)
from its stylesheet, which repeats these values as custom properties.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["DARK", "LIGHT", "TONES", "colour_of", "ink_on", "paint", "stylesheet", "token_of"]

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#ffffff",
        "ink": "#1b2529",
        "muted": "#566167",
        "line": "#8b959a",
        "faint": "#dfe4e6",
        "shade": "#f1f3f4",
        "teal": "#0b6d6b",
        "ochre": "#99590b",
        "good-3": "#0a5251",
        "good-2": "#2b7f7c",
        "good-1": "#8fcac4",
        "none": "#e2e6e8",
        "flat": "#f3e0b3",
        "bad": "#8a4b00",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#12181a",
        "ink": "#e9edef",
        "muted": "#a7b2b7",
        "line": "#76838a",
        "faint": "#323c41",
        "shade": "#1c2427",
        "teal": "#63c7c0",
        "ochre": "#e0a54c",
        "good-3": "#8fe3db",
        "good-2": "#4fa9a3",
        "good-1": "#2a706c",
        "none": "#343e43",
        "flat": "#5c4a1d",
        "bad": "#f0b25a",
    }
)

# The tones of the verdict scale, best first.
TONES = ("good-3", "good-2", "good-1", "none", "flat", "bad")
_STRONG_TONES = frozenset({"good-3", "good-2", "bad"})

_TOKEN_OF_HEX = {value: name for name, value in LIGHT.items()}


def colour_of(name: str) -> str:
    """Colour of a token as a presentation attribute: ink is the colour of the surrounding text."""
    return "currentColor" if name == "ink" else LIGHT[name]


def ink_on(tone: str) -> str:
    """Token of the text that stands on a tone."""
    return "paper" if tone in _STRONG_TONES else "ink"


def paint(fill: str | None = None, stroke: str | None = None) -> dict[str, str]:
    """Attributes that colour a shape by token: its light colour, and a class for a stylesheet to override."""
    asked = {where: name for where, name in (("fill", fill), ("stroke", stroke)) if name}
    classes = [f"fig-{where}-{name}" for where, name in asked.items()]
    painted = {where: colour_of(name) for where, name in asked.items()}
    return painted | ({} if fill else {"fill": "none"}) | {"class": " ".join(classes)}


def token_of(colour: str) -> str | None:
    """Token that has this light colour, if any."""
    return _TOKEN_OF_HEX.get(colour.lower())


def stylesheet() -> str:
    """Rules by which a page recolours inline figures from its own custom properties of the same names.

    Text on the area of a verdict also has the class ``fig-on``: a print style that empties those areas sets
    its colour to ink.
    """
    ways = [(where, name) for name in LIGHT for where in ("fill", "stroke")]
    rules = [f".fig-{where}-{name} {{ {where}: var(--{name}); }}" for where, name in ways]
    return "\n".join([".fig { color: var(--ink); max-width: 100%; height: auto; }", *rules]) + "\n"
