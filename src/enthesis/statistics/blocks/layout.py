"""Which effects hang together, and where each stands in the batched arrays."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import Fault, InvalidData

__all__ = ["Ints", "Shelf", "check_length", "link", "number", "shelve", "spread"]

Ints = NDArray[np.int64]

#: Blocks are padded to the next of these sizes, so that few batches serve many sizes; larger ones are not.
SIZES = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32])


@dataclass(frozen=True, slots=True)
class Shelf:
    """Blocks of one (padded) size.

    Attributes:
        rows: Row of the data at each place, (blocks, size); -1 where padded.
        block: Number of each block, (blocks,).
    """

    rows: Ints
    block: Ints

    @property
    def present(self) -> NDArray[np.bool_]:
        """Where a row stands, (blocks, size)."""
        return self.rows >= 0

    def take(self, column: NDArray, padding: float) -> NDArray:
        """Values of a column (k, ...) at each place, (blocks, size, ...)."""
        taken = column[np.maximum(self.rows, 0)]
        taken[~self.present] = padding
        return taken


def number(labels: Sequence[Hashable]) -> tuple[Ints, tuple[Hashable, ...]]:
    """A number per label in order of first appearance, and the labels in that order."""
    numbers: dict[Hashable, int] = {}
    codes = [numbers.setdefault(label, len(numbers)) for label in labels]
    return np.array(codes, dtype=np.int64), tuple(numbers)


def check_length(name: str, values: Sequence[object], k: int) -> None:
    """One value per effect.

    Raises:
        InvalidData: More or fewer.
    """
    if len(values) != k:
        raise InvalidData(Fault(f"has {len(values)} values for {k} effects; give one per effect.", name))


def link(k: int, labels: Sequence[Ints], first: Ints, second: Ints) -> Ints:
    """The block of each row, (k,): rows that share a label, or are a pair, stand in one.

    Every row points to the smallest row it is known to hang together with, until nothing changes.
    """
    block = np.arange(k)
    while True:
        before = block.copy()
        for codes in labels:
            smallest = np.full(int(codes.max()) + 1, k)
            np.minimum.at(smallest, codes, block)
            block = smallest[codes]
        np.minimum.at(block, first, block[second])
        np.minimum.at(block, second, block[first])
        block = block[block]
        if (block == before).all():
            return np.unique(block, return_inverse=True)[1]


def shelve(block: Ints) -> tuple[Shelf, ...]:
    """The blocks, sorted by size onto shelves."""
    order = np.argsort(block, kind="stable")
    _, first, count = np.unique(block[order], return_index=True, return_counts=True)
    at_least = np.searchsorted(SIZES, count)
    size = np.where(at_least < len(SIZES), SIZES[np.minimum(at_least, len(SIZES) - 1)], count)
    return tuple(_shelf(int(n), order, block, first[size == n], count[size == n]) for n in np.unique(size))


def spread(shelf: Shelf, k: int) -> tuple[Ints, Ints]:
    """Place of each row on this shelf: its block's index, or -1, and its position in it, both (k,)."""
    which, where = np.full(k, -1, dtype=np.int64), np.zeros(k, dtype=np.int64)
    index, position = np.nonzero(shelf.present)
    rows = shelf.rows[index, position]
    which[rows], where[rows] = index, position
    return which, where


def _shelf(size: int, order: Ints, block: Ints, first: Ints, count: Ints) -> Shelf:
    places = np.arange(size)
    reach = first[:, None] + np.minimum(places, count[:, None] - 1)
    rows = np.where(places < count[:, None], order[reach], -1)
    return Shelf(rows, block[rows[:, 0]])
