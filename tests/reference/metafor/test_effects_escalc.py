"""Effects and variances against every escalc block of the reference sets (metafor 3.8-1)."""

import math

import numpy as np
import pytest
from metafor_effect_cases import COMPUTED, NOT_COMPARED, columns, effect_sets, expected, grid

from enthesis.statistics import effects

# Closed forms: what is lost is the last digits of sums and of the gamma function. y is held to 1e-10 and v
# to 1e-8, relative.
Y_RELATIVE = 1e-10
V_RELATIVE = 1e-8
# A log ratio near 0 is the logarithm of a quotient near 1: rounding of 1e-16 there is all its digits.
Y_ABSOLUTE = 1e-14

CASES = [case for case in grid() if case[1:] in COMPUTED]
MEASURES = [(name, m) for name, m, vtype in CASES if vtype == "default" and m in effects.MEASURES]


def test_every_block_of_the_files_is_compared_or_listed_with_a_reason():
    in_files = {case[1:] for case in grid()}
    assert in_files == set(COMPUTED) | set(NOT_COMPARED)
    assert not set(COMPUTED) & set(NOT_COMPARED)
    assert all(NOT_COMPARED.values())


def test_the_grid_has_the_size_it_had_when_it_was_made(record_property):
    rows = sum(int(np.isfinite(expected(*case)[0]).sum()) for case in CASES)
    record_property("escalc blocks and rows compared", f"{len(CASES)} of {len(grid())}, {rows}")
    assert (len(effect_sets()), len(grid()), len(CASES), rows) == (30, 457, 352, 10865)


@pytest.mark.parametrize(
    "name", [name for name, measure, vtype in grid() if (measure, vtype) == ("SMD", "uncorrected")]
)
def test_the_uncorrected_smd_of_the_files_is_the_corrected_one(name):
    for printed, corrected in zip(
        expected(name, "SMD", "uncorrected"), expected(name, "SMD", "LS"), strict=True
    ):
        np.testing.assert_array_equal(printed, corrected)


@pytest.mark.parametrize(("name", "measure", "vtype"), CASES)
def test_y_and_v_agree_with_escalc(name, measure, vtype):
    y, v = COMPUTED[measure, vtype](columns(name))
    y_reference, v_reference = expected(name, measure, vtype)
    np.testing.assert_allclose(y, y_reference, rtol=Y_RELATIVE, atol=Y_ABSOLUTE)
    np.testing.assert_allclose(v, v_reference, rtol=V_RELATIVE)


@pytest.mark.parametrize(("name", "measure"), MEASURES)
def test_a_row_alone_gives_what_it_gives_in_its_column(name, measure):
    figures = columns(name)
    together = effects.compute(measure, figures)
    row = int(np.flatnonzero(together.estimable)[0])
    alone = effects.compute(measure, {argument: float(column[row]) for argument, column in figures.items()})
    assert isinstance(alone.y, float)
    assert math.isclose(alone.y, together.y[row], rel_tol=1e-12)
    assert math.isclose(alone.v, together.v[row], rel_tol=1e-12)


@pytest.mark.parametrize(("name", "measure"), MEASURES)
def test_rows_that_metafor_could_not_estimate_are_named(name, measure):
    result = effects.compute(measure, columns(name))
    named = {row for note in result.not_estimable for row in note.rows}
    assert named == set(np.flatnonzero(~np.isfinite(expected(name, measure, "default")[0])).tolist())
