"""How a language writes numbers and counts things: digits, groups, plural category.

Source of the conventions: Unicode CLDR, default numbering systems and plural rules of en, hi and bn.
"""

from enum import StrEnum

__all__ = ["Digits", "Grouping", "PluralRule", "plural_category", "write_number"]

THIN_SPACE = "\u202f"
MINUS = "\N{MINUS SIGN}"


class Digits(StrEnum):
    """The digits a language writes by default."""

    LATIN = "latn"
    BENGALI = "beng"
    DEVANAGARI = "deva"


class Grouping(StrEnum):
    """How long numbers are cut: by threes from 10 000 on, or the Indian way (12,34,567)."""

    THIN_SPACE = "thin-space"
    INDIAN = "indian"


class PluralRule(StrEnum):
    """When a counted thing takes the form 'one'."""

    ONE = "only-one"
    UP_TO_ONE = "up-to-one"


_ZERO = {Digits.LATIN: ord("0"), Digits.BENGALI: 0x09E6, Digits.DEVANAGARI: 0x0966}


def plural_category(n: float, rule: PluralRule) -> str:
    """'one' or 'other' for a count. English: 1; Hindi and Bengali: nought, parts of one, and 1."""
    if rule is PluralRule.ONE:
        return "one" if n == 1 and isinstance(n, int) else "other"
    return "one" if 0 <= n <= 1 else "other"


def write_number(x: float, digits: Digits, grouping: Grouping, decimals: int = 0) -> str:
    """A number as a language writes it, with a real minus sign and no trailing '.0'."""
    text = f"{abs(x):.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, dot, rest = text.partition(".")
    written = _grouped(whole, grouping) + dot + rest
    sign = MINUS if x < 0 and written.strip("0.") else ""
    return sign + _in_digits(written, digits)


def _grouped(whole: str, grouping: Grouping) -> str:
    if grouping is Grouping.THIN_SPACE:
        return f"{int(whole):,}".replace(",", THIN_SPACE) if len(whole) > 4 else whole
    head, tail = whole[:-3], whole[-3:]
    parts: list[str] = []
    while head:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*parts, tail])


def _in_digits(written: str, digits: Digits) -> str:
    zero = _ZERO[digits]
    return "".join(chr(zero + int(c)) if c.isascii() and c.isdigit() else c for c in written)
