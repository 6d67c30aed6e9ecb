"""The font for text in a script that the first font lacks.

A renderer that meets such a script takes any font that has the signs, bold or slanted; naming the right one
prevents that. Text that mixes scripts is left to the renderer.
"""

import unicodedata

__all__ = ["font_for"]

# Liberation Sans covers these itself.
_COVERED = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_EAST_ASIAN = {"CJK": "SC", "HIRAGANA": "JP", "KATAKANA": "JP", "HANGUL": "KR", "BOPOMOFO": "TC"}


def font_for(content: str) -> str | None:
    """Noto family of the one foreign script of a text, or None when the usual fonts do."""
    scripts = {unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in content if c.isalpha()}
    if not scripts or scripts & _COVERED:
        return None
    east_asian = sorted(scripts & _EAST_ASIAN.keys(), reverse=True)
    if east_asian:
        return f"'Noto Sans CJK {_EAST_ASIAN[east_asian[0]]}', 'Noto Sans', sans-serif"
    return f"'Noto Sans {min(scripts).title()}', 'Noto Sans', sans-serif"
