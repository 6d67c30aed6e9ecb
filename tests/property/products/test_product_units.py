"""Laws of units: every way there has a way back, and one quantity is one value in every unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.domain.products import CellConcentration, parse_volume_ml
from enthesis.domain.products.formulas import rcf_from_rpm, rpm_from_rcf
from enthesis.domain.products.units import CONCENTRATION_UNITS
from enthesis.errors import InvalidData

UNITS = [unit for unit in CONCENTRATION_UNITS if not unit.startswith("/")]


def faults_of(parse, text: str) -> tuple | None:
    """Faults of a refusal, None when the text was read."""
    try:
        parse(text)
    except InvalidData as refusal:
        return refusal.faults
    return None


counts = st.floats(min_value=0, max_value=1e7, allow_nan=False).map(lambda x: float(f"{x:.9g}"))


@given(counts, st.sampled_from(CONCENTRATION_UNITS))
def test_a_count_written_in_any_unit_reads_back_the_same(value, unit):
    count = CellConcentration.of(value, "10^9/L")
    assert CellConcentration.parse(count.text(unit)) == count


@given(counts, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_a_count_is_the_same_through_any_two_units(value, first, second):
    count = CellConcentration.of(value, first)
    through = CellConcentration.parse(CellConcentration.parse(count.text(second)).text(first))
    assert through.e9_per_l == count.e9_per_l


@given(counts)
def test_thousands_per_microlitre_and_millions_per_millilitre_are_the_unit_of_the_record(value):
    for unit in ("10^9/L", "10^3/µL", "10^6/mL", "G/L", "K/µL"):
        assert CellConcentration.of(value, unit).e9_per_l == value


@given(st.floats(min_value=1e-3, max_value=1e4))
def test_volumes_agree_in_every_unit(ml):
    assert parse_volume_ml(f"{ml!r} mL") == ml
    assert parse_volume_ml(f"{ml!r} cc") == ml
    assert parse_volume_ml(f"{ml / 1000!r} L") == pytest.approx(ml, rel=1e-12)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_guessed(text):
    for parse in (CellConcentration.parse, parse_volume_ml):
        assert faults_of(parse, text) != ()


@given(st.floats(min_value=0, max_value=1e9))
def test_a_number_without_a_unit_is_always_refused(value):
    for parse in (CellConcentration.parse, parse_volume_ml):
        with pytest.raises(InvalidData, match="has no unit"):
            parse(f"{value:.6f}")


@given(st.floats(min_value=10, max_value=20000), st.floats(min_value=1, max_value=40))
def test_force_and_turns_are_each_others_inverse(rpm, radius):
    assert rpm_from_rcf(rcf_from_rpm(rpm, radius), radius) == pytest.approx(rpm, rel=1e-12)
