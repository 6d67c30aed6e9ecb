"""The data of a block model: checked, free of units, laid out by block size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.blocks.grouping import Grouping
from enthesis.statistics.blocks.layout import Ints, Shelf, link, shelve
from enthesis.statistics.blocks.sampling import SamplingCovariance, covariance_blocks
from enthesis.statistics.blocks.structures import Structure
from enthesis.statistics.pooling.data import Array

__all__ = ["Batch", "BlockModel", "Together", "lay_out"]


@dataclass(frozen=True, eq=False, slots=True)
class Together:
    """Which rows of a block share a group of one set of random effects.

    Attributes:
        mask: 1 where two rows are of one group, (blocks, size, size).
        code: Entry of the structure's matrix that ties them, levels as m * row + column.
    """

    mask: Array
    code: Ints


@dataclass(frozen=True, eq=False, slots=True)
class Batch:
    """Blocks of one size, in scaled units; padded rows have variance 1 and are alone.

    Attributes:
        shelf: Which rows stand where.
        V: Sampling covariance, (blocks, size, size).
        X: Design with orthonormal columns, (blocks, size, p).
        y: Residual of least squares, (blocks, size).
        random: One per set of random effects.
    """

    shelf: Shelf
    V: Array
    X: Array
    y: Array
    random: tuple[Together, ...]


@dataclass(frozen=True, eq=False, slots=True)
class BlockModel:
    """All that the likelihood needs.

    Effects are replaced by their residuals from least squares and divided by a power of two near the
    smallest standard error, designs by orthonormal columns: a shift, a change of unit or of the design's
    coordinates then leaves the arithmetic nearly unchanged.

    Attributes:
        y: Effects as given, (k,).
        X: Design as given, (k, p).
        sampling: Sampling covariance as given.
        groupings: Sets of random effects.
        batches: The same data by block size.
        triangle: R of X = QR, (p, p).
        least_squares: Coefficients taken out of y, (p,).
        unit: Size of one scaled unit.
    """

    y: Array
    X: Array
    sampling: SamplingCovariance
    groupings: tuple[Grouping, ...]
    batches: tuple[Batch, ...]
    triangle: Array
    least_squares: Array
    unit: float

    @property
    def k(self) -> int:
        """Number of effects."""
        return len(self.y)

    @property
    def p(self) -> int:
        """Number of coefficients."""
        return self.X.shape[1]

    @property
    def structures(self) -> tuple[Structure, ...]:
        """One per set of random effects."""
        return tuple(grouping.structure for grouping in self.groupings)

    @property
    def n_blocks(self) -> int:
        """Number of independent blocks."""
        return sum(len(batch.y) for batch in self.batches)

    def block_of_rows(self) -> Ints:
        """Number of the block of each row, (k,)."""
        block = np.empty(self.k, dtype=np.int64)
        for batch in self.batches:
            rows, present = batch.shelf.rows, batch.shelf.present
            block[rows[present]] = np.broadcast_to(batch.shelf.block[:, None], rows.shape)[present]
        return block

    def with_structure(self, index: int, structure: Structure) -> "BlockModel":
        """The same data with another structure for one set of random effects."""
        groupings = list(self.groupings)
        groupings[index] = replace(groupings[index], structure=structure)
        return replace(self, groupings=tuple(groupings))

    def clustered(self, cluster: Ints) -> "BlockModel":
        """The same data with whole clusters as blocks."""
        return lay_out(self.y, self.X, self.sampling, self.groupings, [cluster])


def lay_out(
    y: Array,
    X: Array,
    sampling: SamplingCovariance,
    groupings: tuple[Grouping, ...],
    labels: Sequence[Ints] = (),
) -> BlockModel:
    """Put checked data into batches; ``labels`` tie further rows into one block."""
    k = len(y)
    unit = float(np.ldexp(1.0, np.frexp(sampling.variances.min())[1] // 2))
    Q, R = np.linalg.qr(X)
    least_squares = np.linalg.solve(R, Q.T @ y)
    scaled = (y - X @ least_squares) / unit
    block = link(k, [*(one.group for one in groupings), *labels], sampling.first, sampling.second)
    batches = tuple(
        Batch(
            shelf,
            _scaled_covariance(sampling, shelf, unit),
            shelf.take(Q, 0.0),
            shelf.take(scaled, 0.0),
            tuple(_together(one, shelf) for one in groupings),
        )
        for shelf in shelve(block)
    )
    return BlockModel(y, X, sampling, groupings, batches, R, least_squares, unit)


def _scaled_covariance(sampling: SamplingCovariance, shelf: Shelf, unit: float) -> Array:
    V = covariance_blocks(sampling, shelf) / unit**2
    index, position = np.nonzero(~shelf.present)
    V[index, position, position] = 1.0
    return V


def _together(grouping: Grouping, shelf: Shelf) -> Together:
    group, level = shelf.take(grouping.group, -1), shelf.take(grouping.level, 0)
    same: NDArray[np.bool_] = (group[:, :, None] == group[:, None, :]) & (group >= 0)[:, :, None]
    return Together(same.astype(np.float64), level[:, :, None] * len(grouping.levels) + level[:, None, :])
