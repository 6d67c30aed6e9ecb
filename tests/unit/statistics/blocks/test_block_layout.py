"""Which effects form a block, and where they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from enthesis.statistics.blocks.layout import link, number, shelve, spread

NONE = np.empty(0, dtype=np.int64)


@given(st.integers(1, 30), st.randoms(use_true_random=False))
def test_blocks_are_the_connected_parts_of_the_graph(k: int, random):
    first, second = (np.array([random.randrange(k) for _ in range(k // 2)], dtype=np.int64) for _ in range(2))
    labels = [np.array([random.randrange(k) for _ in range(k)]) for _ in range(random.randrange(3))]
    found = link(k, labels, first, second)
    adjacent = np.zeros((k, k))
    adjacent[first, second] = 1.0
    for codes in labels:
        adjacent += codes[:, None] == codes
    expected = connected_components(coo_array(adjacent), directed=False)[1]
    assert ((found[:, None] == found) == (expected[:, None] == expected)).all()


def test_a_long_chain_of_pairs_is_one_block():
    rows = np.random.default_rng(0).permutation(2000)
    assert set(link(2000, [], rows[:-1], rows[1:])) == {0}


@pytest.mark.parametrize("sizes", [[1, 1, 1], [3, 1, 5, 5, 40, 33], [2] * 7])
def test_every_row_stands_in_one_place(sizes: list[int]):
    block = np.random.default_rng(1).permutation(np.repeat(np.arange(len(sizes)), sizes))
    shelves = shelve(block)
    placed = np.concatenate([shelf.rows[shelf.present] for shelf in shelves])
    assert sorted(placed) == list(range(len(block)))
    for shelf in shelves:
        which, where = spread(shelf, len(block))
        rows = np.flatnonzero(which >= 0)
        assert (shelf.rows[which[rows], where[rows]] == rows).all()
        assert (shelf.block[which[rows]] == block[rows]).all()


def test_labels_are_numbered_as_they_appear():
    codes, names = number(["b", "a", "b", ("c", 1)])
    assert codes.tolist() == [0, 1, 0, 2]
    assert names == ("b", "a", ("c", 1))
    assert link(4, [codes], NONE, NONE).tolist() == [0, 1, 0, 2]
