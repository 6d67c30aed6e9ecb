"""Laws of classes: every value has exactly one band, and more is never a lower band."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products.classes import Ladder

RULES = load_product_rules()
LADDERS = {
    f"{system.key}.{ladder.id}": ladder
    for system in RULES.in_use
    for ladder in (*(p for p in system.parts if isinstance(p, Ladder)), *filter(None, [system.leukocytes]))
}
values = st.floats(min_value=0, max_value=1e5, allow_nan=False)


def bounds(ladder: Ladder, blood: float) -> list[float]:
    return [blood if rung.up_to_blood else rung.bound for rung in ladder.rungs[:-1]]


@pytest.mark.parametrize("name", LADDERS)
@given(value=values, blood=values)
def test_every_value_stands_on_exactly_one_rung(name, value, blood):
    ladder = LADDERS[name]
    standing = ladder.rung_of(value, blood)
    holding = [rung for rung in ladder.rungs if rung.holds(value, blood)]
    assert holding[0] is standing
    assert sum(rung is standing for rung in ladder.rungs) == 1


@pytest.mark.parametrize("name", LADDERS)
@given(low=values, high=values, blood=values)
def test_more_is_never_a_lower_rung(name, low, high, blood):
    ladder = LADDERS[name]
    low, high = sorted((low, high))
    assert ladder.rungs.index(ladder.rung_of(low, blood)) <= ladder.rungs.index(ladder.rung_of(high, blood))


@pytest.mark.parametrize("name", LADDERS)
def test_bands_begin_where_the_band_below_ends(name):
    ladder = LADDERS[name]
    blood = 7.0
    edges = bounds(ladder, blood)
    for rung, above, edge in zip(ladder.rungs, ladder.rungs[1:], edges, strict=False):
        below_edge, above_edge = edge * (1 - 1e-12), edge * (1 + 1e-12) + 1e-12
        assert ladder.rung_of(edge, blood) is (above if rung.below is not None else rung)
        assert ladder.rung_of(above_edge, blood) is not rung
        assert edge == 0 or ladder.rung_of(below_edge, blood) is not above


def test_numeric_bounds_rise():
    for ladder in LADDERS.values():
        numbers = [rung.bound for rung in ladder.rungs if rung.bound is not None]
        assert all(low < high for low, high in pairwise(numbers))
