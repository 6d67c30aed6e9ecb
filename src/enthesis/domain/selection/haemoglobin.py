"""Haemoglobin as laboratories print it, in grams per decilitre; a number without a unit is refused."""

import re

from enthesis.errors import Fault, InvalidData

__all__ = ["parse_haemoglobin_g_per_dl"]

# 1 mmol/L of the monomer (16 114 g/mol) is 1.6114 g/dL, the unit of Dutch and Danish laboratories.
_PER_G_PER_DL = {"g/dl": 1.0, "g/l": 0.1, "mmol/l": 1.6114}
_WRITTEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-zA-Z/%]*)")


def parse_haemoglobin_g_per_dl(text: str) -> float:
    """Haemoglobin of a text with its unit, such as '13.1 g/dL', '131 g/L' or '8.1 mmol/L'.

    Raises:
        InvalidData: No number, no unit, or an unknown unit.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise InvalidData(Fault(f"'{text}' is no haemoglobin.", repair="Write it like 13.1 g/dL."))
    factor = _PER_G_PER_DL.get(found["unit"].lower())
    if factor is None:
        said = f"'{text}' has no unit." if not found["unit"] else f"'{found['unit']}' is no unit of it."
        raise InvalidData(Fault(said, repair="Use g/dL, g/L or mmol/L."))
    return round(float(found["number"].replace(",", ".")) * factor, 4)
