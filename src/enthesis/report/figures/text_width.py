"""How wide a line of text will be, near enough to lay out a figure without a browser.

Advance widths in em of common sans-serif fonts, rounded up: a label may end early, it must not run over.
"""

import unicodedata

__all__ = ["shortened", "text_width", "wrapped"]

_NARROW = frozenset("iljtfrI.,;:'|!()[]/ ·-")
_WIDE = frozenset("mwMW@%&—●◕◑○▼")
_ELLIPSIS = "…"


def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.0
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.92
    return 0.68 if character.isupper() or ord(character) > 0x2FF else 0.57


def text_width(content: str, size: float) -> float:
    """Estimated width of one line in the unit of ``size``."""
    return size * sum(map(_em, content))


def wrapped(content: str, width: float, size: float) -> list[str]:
    """The text in lines that fit the width; a word that is too long for a line is broken."""
    lines: list[str] = []
    for word in _pieces(content, width, size):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(content: str, width: float, size: float) -> list[str]:
    pieces = []
    for word in content.split():
        while text_width(word, size) > width and len(word) > 1:
            cut = next(
                i for i in range(len(word) - 1, 0, -1) if i == 1 or text_width(word[:i], size) <= width
            )
            pieces.append(word[:cut])
            word = word[cut:]
        pieces.append(word)
    return pieces


def shortened(content: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis when it does not fit the width."""
    if text_width(content, size) <= width:
        return content
    kept = content
    while kept and text_width(kept + _ELLIPSIS, size) > width:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS
