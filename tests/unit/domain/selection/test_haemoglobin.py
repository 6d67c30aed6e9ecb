"""Haemoglobin in the units of laboratories."""

import pytest

from enthesis.domain.selection.haemoglobin import parse_haemoglobin_g_per_dl
from enthesis.errors import InvalidData


@pytest.mark.parametrize(
    ("text", "g_per_dl"),
    [("13.1 g/dL", 13.1), ("131 g/L", 13.1), ("13,1 g/dl", 13.1), ("10 mmol/L", 16.114)],
)
def test_every_unit_gives_grams_per_decilitre(text, g_per_dl):
    assert parse_haemoglobin_g_per_dl(text) == pytest.approx(g_per_dl, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "said"),
    [("13.1", "has no unit"), ("13.1 mg/dL", "is no unit of it"), ("low", "is no haemoglobin")],
)
def test_a_haemoglobin_without_a_known_unit_is_refused(text, said):
    with pytest.raises(InvalidData, match=said):
        parse_haemoglobin_g_per_dl(text)
