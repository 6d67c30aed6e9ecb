"""Cell concentrations and volumes as laboratories print them, turned into one unit without guessing.

A number without a unit is refused here: 250 may be 10^9/L, and 250 per microlitre is a thousand times
less. Powers of ten are moved in decimal arithmetic, so that a value survives the way there and back.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from enthesis.errors import Fault, InvalidData

__all__ = ["CONCENTRATION_UNITS", "VOLUME_UNITS", "CellConcentration", "parse_volume_ml"]

# Powers of ten. G and T (giga, tera) count only as capitals: g/L is grams per litre. A lakh is 10^5,
# the unit of Indian laboratories ("2.5 lakh/cumm"); /nL and /pL are those of German ones.
_MULTIPLES = {
    "": 0, "10^3": 3, "k": 3, "K": 3, "thousand": 3, "10^5": 5, "lakh": 5, "lakhs": 5,
    "10^6": 6, "M": 6, "million": 6, "Mio": 6, "10^9": 9, "G": 9, "billion": 9, "10^12": 12, "T": 12,
}  # fmt: skip
_DENOMINATORS = {"L": 0, "mL": 3, "µL": 6, "nL": 9, "pL": 12}
_VOLUMES = {"mL": 0, "ml": 0, "cc": 0, "L": 3, "l": 3, "dL": 2, "dl": 2, "µL": -3, "µl": -3}

CONCENTRATION_UNITS = tuple(f"{m}/{d}" for d in _DENOMINATORS for m in _MULTIPLES)
VOLUME_UNITS = ("mL", "cc", "L", "dL", "µL")
_EXAMPLES = "10^9/L, 10^3/µL, G/L, K/µL, /µL, 10^6/mL, lakh/µL, 10^12/L"

_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?)(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:,\d+)*)"
    r"(?P<rest>(?:\.\d+)?(?:[eE][-+]?\d{1,2}(?!\d))?)"
)
_MINUS = ("-", "\u2212")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MICROLITRE = re.compile(r"(?:[µμu]l|mcl|mm\^?3|cu\.?mm\.?|cmm)\b\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellConcentration:
    """Cells per litre, exactly as printed."""

    per_litre: Decimal

    def __post_init__(self) -> None:
        """Refuse a count below zero."""
        if not self.per_litre.is_finite() or self.per_litre < 0:
            raise InvalidData(f"Impossible count {self.per_litre} per litre; must be at least 0.")

    @classmethod
    def parse(cls, text: str) -> "CellConcentration":
        """Concentration written with its unit, such as '250 x10^3/µL', '250 G/L' or '250000/uL'.

        Raises:
            InvalidData: No number, no unit, two units, or a number that can be read in two ways.
        """
        number, unit = _split(text, _EXAMPLES)
        exponent = _exponent(unit, text)
        if number["sign"] in _MINUS and number["digits"].strip("0,. "):
            raise InvalidData(Fault(f"'{text}' is below zero.", repair="Enter what was counted."))
        return cls(_decimal(number, text, is_scaled=not unit.startswith("/")).scaleb(exponent))

    @classmethod
    def of(cls, value: float, unit: str) -> "CellConcentration":
        """Concentration of a number whose unit is known."""
        return cls(Decimal(repr(float(value))).scaleb(_exponent(_plain(unit), unit)))

    @property
    def e9_per_l(self) -> float:
        """In 10^9 per litre, the unit of platelets and leukocytes; the same number as 10^6 per millilitre."""
        return float(self.per_litre.scaleb(-9))

    @property
    def e12_per_l(self) -> float:
        """In 10^12 per litre, the unit of erythrocytes."""
        return float(self.per_litre.scaleb(-12))

    def text(self, unit: str) -> str:
        """Written in that unit; reading it back gives the same value."""
        shown = self.per_litre.scaleb(-_exponent(_plain(unit), unit)).normalize()
        return f"{shown:f}{'' if unit.startswith('/') else ' '}{unit}"


def parse_volume_ml(text: str) -> float:
    """Volume in millilitres of a text with its unit, such as '32 mL', '32 cc' or '0.032 L'.

    Raises:
        InvalidData: No number, no unit, an unknown unit, or a number that can be read in two ways.
    """
    number, unit = _split(text, ", ".join(VOLUME_UNITS))
    unit = unit.replace("μ", "µ").replace("ul", "µl").replace("uL", "µL")
    if unit not in _VOLUMES:
        raise InvalidData(
            Fault(
                f"'{unit}' in '{text}' is no unit of volume.", repair=f"Use one of {', '.join(VOLUME_UNITS)}."
            )
        )
    return float(_decimal(number, text, is_scaled=True).scaleb(_VOLUMES[unit]))


def _split(text: str, units: str) -> tuple[re.Match[str], str]:
    found = _NUMBER.match(text.strip())
    if found is None:
        raise InvalidData(
            Fault(f"'{text}' starts with no number.", repair="Write the number, then its unit.")
        )
    unit = _plain(text.strip()[found.end() :])
    if not unit:
        raise InvalidData(Fault(f"'{text}' has no unit.", repair=f"Add the unit, one of: {units}."))
    return found, unit


def _plain(unit: str) -> str:
    unit = unit.strip()
    unit = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m.group().translate(_SUPERSCRIPTS), unit)
    unit = re.sub(r"^[x×*·]\s*(?=\d)", "", unit, flags=re.IGNORECASE)
    unit = re.sub(r"^10\s*(?:\*\*|\^|\*|[eE])\s*(?=\d)", "10^", unit)
    unit = re.sub(r"\bper\b", "/", unit)
    unit = re.sub(r"\b(?:cells?|platelets?|plt)\b", "", unit)
    return _MICROLITRE.sub("µL", unit.replace(" ", ""))


def _exponent(unit: str, text: str) -> int:
    multiple, slash, per = unit.partition("/")
    per = {"l": "L", "ml": "mL", "nl": "nL", "pl": "pL"}.get(per, per)
    if slash and multiple in _MULTIPLES and per in _DENOMINATORS:
        return _MULTIPLES[multiple] + _DENOMINATORS[per]
    raise InvalidData(_unit_fault(unit, multiple, per, text))


def _unit_fault(unit: str, multiple: str, per: str, text: str) -> Fault:
    if re.search(r"[/\d].*[\s/].*\d|/.*/", unit):
        return Fault(f"'{text}' mixes several units or numbers.", repair="Write one number with one unit.")
    if multiple == "g" and per == "L":
        return Fault(f"'{text}' reads as grams per litre.", repair="Write G/L (giga per litre) or 10^9/L.")
    if multiple == "m":
        return Fault(f"'m' in '{text}' may mean thousand, milli or million.", repair="Write 10^3, 10^6 or M.")
    return Fault(f"'{unit}' in '{text}' is no unit of a cell count.", repair=f"Use one of: {_EXAMPLES}.")


def _decimal(number: re.Match[str], text: str, *, is_scaled: bool) -> Decimal:
    digits = re.sub(r"\s", "", number["digits"])
    sign = "-" if number["sign"] in _MINUS else ""
    return Decimal(sign + _without_commas(digits, number["rest"], text, is_scaled=is_scaled) + number["rest"])


def _without_commas(digits: str, rest: str, text: str, *, is_scaled: bool) -> str:
    """Digits with commas resolved; a comma that may be decimal or thousands is refused."""
    head, *groups = digits.split(",")
    if not groups:
        return digits
    is_western = len(head) <= 3 and all(len(g) == 3 for g in groups)
    is_indian = len(head) <= 2 and len(groups[-1]) == 3 and all(len(g) == 2 for g in groups[:-1])
    is_grouped = head.strip("0") != "" and (is_western or is_indian)
    # A raw count per microlitre has no thousandths of a cell, so that its comma can only group.
    if is_grouped and (len(groups) > 1 or rest.startswith(".") or not is_scaled):
        return head + "".join(groups)
    if len(groups) == 1 and not rest.startswith(".") and not is_grouped:
        return f"{head}.{groups[0]}"
    joined = f"{head}{''.join(groups)}"
    raise InvalidData(
        Fault(
            f"The comma in '{text}' may be decimal or thousands.",
            repair=f"Write {joined} or {head}.{groups[0]}.",
        )
    )
