"""The (restricted) log-likelihood of a block model with its exact gradient and curvature.

With the lower Cholesky factor L of a block's covariance, everything is written in whitened data
inv(L) X and inv(L) y: traces become sums of squares, and no matrix larger than a block is formed.

Source: Harville 1977, doi:10.1080/01621459.1977.10480998; Lindstrom & Bates 1988,
    doi:10.1080/01621459.1988.10478693.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from enthesis.statistics.blocks.model import Batch, BlockModel
from enthesis.statistics.pooling.data import Array

__all__ = ["Curves", "White", "contribution", "curves", "log_likelihood", "split", "whiten"]


class White(NamedTuple):
    """Whitened data and generalised least squares at given random-effect covariances.

    Attributes:
        inverse: Inverse Cholesky factor of each batch, (blocks, size, size).
        Q: Whitened design with orthonormal columns over all batches, (blocks, size, p) each.
        residual: Whitened residual, (blocks, size) each.
        triangle: Factor that made the columns of Q orthonormal: whitened X = Q triangle', (p, p).
        beta: Coefficients in the model's scaled coordinates, (p,).
        log_covariance: log |M|.
        misfit: Weighted residual sum of squares.
    """

    inverse: tuple[Array, ...]
    Q: tuple[Array, ...]
    residual: tuple[Array, ...]
    triangle: Array
    beta: Array
    log_covariance: float
    misfit: float

    def value(self, *, restricted: bool) -> float:
        """Log-likelihood without its constants."""
        log_design = 2.0 * np.log(np.diagonal(self.triangle)).sum() if restricted else 0.0
        return -0.5 * float(self.log_covariance + log_design + self.misfit)


class Curves(NamedTuple):
    """The log-likelihood (without constants) around one point.

    Attributes:
        value: Log-likelihood.
        gradient: (q,).
        hessian: Exact second derivatives, (q, q).
        cores: Derivative of the log-likelihood by each set's matrix G, (m, m) each.
    """

    value: float
    gradient: Array
    hessian: Array
    cores: tuple[Array, ...]


def split(model: BlockModel, theta: Array) -> list[Array]:
    """The parameters of each set of random effects."""
    ends = np.cumsum([len(structure.lower) for structure in model.structures])
    return np.split(theta, ends[:-1]) if len(ends) else []


def contribution(batch: Batch, index: int, G: Array) -> Array:
    """What one set of random effects adds to the covariance of each block, (blocks, size, size)."""
    together = batch.random[index]
    return together.mask * (G[0, 0] if G.size == 1 else G.ravel()[together.code])


def whiten(model: BlockModel, G: Sequence[Array]) -> White:
    """Generalised least squares with covariance V plus what each G adds."""
    inverses, designs, data, log_covariance = [], [], [], 0.0
    for batch in model.batches:
        M = batch.V.copy()
        for index, one in enumerate(G):
            M += contribution(batch, index, one)
        factor = np.linalg.cholesky(M)
        log_covariance += 2.0 * float(np.log(np.diagonal(factor, axis1=1, axis2=2)).sum())
        inverses.append(np.linalg.inv(factor))
        designs.append(inverses[-1] @ batch.X)
        data.append((inverses[-1] @ batch.y[:, :, None])[:, :, 0])
    p = model.p
    cross = sum((X.reshape(-1, p).T @ X.reshape(-1, p) for X in designs), np.zeros((p, p)))
    triangle = np.asarray(np.linalg.cholesky(cross), dtype=np.float64)
    turn = np.linalg.inv(triangle).T
    Q = tuple(X @ turn for X in designs)
    along = sum((q.reshape(-1, p).T @ y.ravel() for q, y in zip(Q, data, strict=True)), np.zeros(p))
    residual = tuple(y - q @ along for q, y in zip(Q, data, strict=True))
    misfit = float(sum(np.vdot(r, r) for r in residual))
    return White(tuple(inverses), Q, residual, triangle, turn @ along, log_covariance, misfit)


def log_likelihood(model: BlockModel, theta: Array, *, restricted: bool) -> float:
    """The value alone, without its constants."""
    pairs = zip(model.structures, split(model, theta), strict=True)
    return whiten(model, [s.covariance(t) for s, t in pairs]).value(restricted=restricted)


def curves(model: BlockModel, theta: Array, *, restricted: bool) -> Curves:
    """Value, gradient and curvature at theta, (q,)."""
    parts = list(zip(model.structures, split(model, theta), strict=True))
    white = whiten(model, [s.covariance(t) for s, t in parts])
    slopes = [s.slopes(t) for s, t in parts]
    cores = _cores(model, white, [d.shape[1] for d in slopes], restricted=restricted)
    sums = _second_order(model, white, slopes)
    along = (np.einsum("qij,ij->q", d, c) for d, c in zip(slopes, cores, strict=True))
    gradient = np.concatenate([np.empty(0), *along])
    bending, start = np.zeros((len(theta), len(theta))), 0
    for (structure, own), core in zip(parts, cores, strict=True):
        here = slice(start, start + len(own))
        bending[here, here] = np.einsum("qrij,ij->qr", structure.curvatures(own), core)
        start += len(own)
    design = sums.designs - 0.5 * sums.overlaps if restricted else 0.0
    expected = 0.5 * sums.traces - design
    return Curves(
        value=white.value(restricted=restricted),
        gradient=gradient,
        hessian=expected - sums.misfits + bending,
        cores=cores,
    )


class _Sums(NamedTuple):
    """Sums over blocks for pairs of parameters, (q, q) each; S is whitened dM, P = I - QQ'."""

    traces: Array  # tr S S
    designs: Array  # tr Q'S S Q
    overlaps: Array  # tr Q'S Q Q'S Q
    misfits: Array  # r'S P S r


def _second_order(model: BlockModel, white: White, slopes: Sequence[Array]) -> _Sums:
    q, p = sum(len(one) for one in slopes), model.p
    traces, designs, misfits = np.zeros((q, q)), np.zeros((q, q)), np.zeros((q, q))
    inside, along = np.zeros((q, p, p)), np.zeros((q, p))
    for batch, L, Q, r in zip(model.batches, white.inverse, white.Q, white.residual, strict=True):
        S = _whitened_slopes(batch, L, slopes)
        on_design, on_residual = S @ Q, (S @ r[:, :, None])[..., 0]
        for total, one in ((traces, S), (designs, on_design), (misfits, on_residual)):
            flat = one.reshape(q, one[:1].size)
            total += flat @ flat.T
        inside += np.einsum("bnp,qbnr->qpr", Q, on_design)
        along += np.einsum("bnp,qbn->qp", Q, on_residual)
    flat = inside.reshape(q, p * p)
    return _Sums(traces, designs, flat @ flat.T, misfits - along @ along.T)


def _whitened_slopes(batch: Batch, L: Array, slopes: Sequence[Array]) -> Array:
    """inv(L) dM inv(L)' for every parameter, (q, blocks, size, size)."""
    turned = L.swapaxes(1, 2)
    each = []
    for together, slope in zip(batch.random, slopes, strict=True):
        flat = slope.reshape(len(slope), slope.shape[1] ** 2)
        each += [
            together.mask if len(one) == 1 and one[0] == 1.0 else together.mask * one[together.code]
            for one in flat
        ]
    return L @ np.stack(each) @ turned if each else np.zeros((0, *L.shape))


def _cores(model: BlockModel, white: White, sizes: Sequence[int], *, restricted: bool) -> tuple[Array, ...]:
    """Derivative of the log-likelihood by each G: that by M, gathered by levels."""
    cores = [np.zeros(m * m) for m in sizes]
    for batch, L, Q, r in zip(model.batches, white.inverse, white.Q, white.residual, strict=True):
        turned = L.swapaxes(1, 2)
        pulled = turned @ (np.concatenate([Q, r[:, :, None]], axis=2) if restricted else r[:, :, None])
        by_covariance = -0.5 * (turned @ L - pulled @ pulled.swapaxes(1, 2))
        for core, together in zip(cores, batch.random, strict=True):
            weights = (by_covariance * together.mask).ravel()
            core += (
                weights.sum() if len(core) == 1 else np.bincount(together.code.ravel(), weights, len(core))
            )
    return tuple(core.reshape(m, m) for core, m in zip(cores, sizes, strict=True))
