"""Every combination of defensible choices, analysed at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.multiverse.axes import AnalysisAxis, Axis, check_axes
from enthesis.statistics.multiverse.candidates import Candidates, read_candidates
from enthesis.statistics.multiverse.distinct import distinct_rows
from enthesis.statistics.multiverse.estimation import Estimates, estimate
from enthesis.statistics.multiverse.selection import select
from enthesis.statistics.pooling import Caveat
from enthesis.statistics.pooling.data import Array, Flags, check_level
from enthesis.statistics.pooling.estimators import check_method
from enthesis.statistics.pooling.intervals import check_interval

__all__ = ["Multiverse", "multiverse", "sample_specifications"]

#: More than this many specifications would need more memory than a laptop should give; draw a sample.
MOST = 2_000_000
#: With fewer studies tau2 is hardly known. Source: Cochrane Handbook 10.10.4.
FEW_STUDIES = 5


@dataclass(frozen=True)
class Multiverse:
    """N specifications and what each of them finds; a specification without a study is not valid.

    Attributes:
        candidates: Effects that were there to choose from.
        axes: The axes, in order.
        specifications: Level of each axis, (N, axes); in a full factorial the last axis changes fastest.
        choice: Candidate of each study, -1 where left out, one row per distinct set of studies, (U, S).
        options: Options of `pool`, one set per distinct way of analysing.
        default: Options where no axis says.
        estimates: Answers of the D distinct analyses.
        row: Distinct analysis of each specification, (N,).
        selection: Row of ``choice`` of each distinct analysis, (D,).
        analysis: Entry of ``options`` of each distinct analysis, (D,).
        caveats: Doubts that the reader must see.
    """

    candidates: Candidates
    axes: tuple[Axis, ...]
    specifications: NDArray[np.int16] = field(repr=False)
    choice: NDArray[np.int32] = field(repr=False)
    options: tuple[Mapping[str, Any], ...]
    default: Mapping[str, Any]
    estimates: Estimates = field(repr=False)
    row: NDArray[np.int64] = field(repr=False)
    selection: NDArray[np.int64] = field(repr=False)
    analysis: NDArray[np.int64] = field(repr=False)
    caveats: tuple[Caveat, ...]

    def __len__(self) -> int:
        """Number of specifications."""
        return len(self.row)

    @property
    def distinct(self) -> int:
        """Number of analyses that really differ in studies or options."""
        return len(self.selection)

    @property
    def mu(self) -> Array:
        """Pooled effect of each specification, (N,); NaN where not valid."""
        return self.estimates.mu[self.row]

    @property
    def se(self) -> Array:
        """Standard errors, (N,)."""
        return self.estimates.se[self.row]

    @property
    def p(self) -> Array:
        """Two-sided p-values of no effect, (N,)."""
        return self.estimates.p[self.row]

    @property
    def ci(self) -> Array:
        """Confidence intervals, (N, 2)."""
        return self.estimates.ci[self.row]

    @property
    def tau2(self) -> Array:
        """Between-study variances, (N,); NaN with one study."""
        return self.estimates.tau2[self.row]

    @property
    def k(self) -> NDArray[np.int64]:
        """Number of studies, (N,)."""
        return self.estimates.k[self.row]

    @property
    def valid(self) -> Flags:
        """The specification has studies, (N,)."""
        return self.estimates.valid[self.row]


def multiverse(
    y: ArrayLike,
    v: ArrayLike,
    study: ArrayLike,
    axes: Sequence[Axis],
    *,
    specifications: ArrayLike | None = None,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    workers: int = 2,
) -> Multiverse:
    """The pooled effect under every combination of the axes' levels.

    A specification uses the candidates that all its levels let in, one per study: the one of best rank,
    or else the first given. Specifications with the same studies and options are computed once.

    Args:
        y: Candidate effects, (n,), all on one additive scale.
        v: Their sampling variances, (n,).
        study: Study of each candidate, (n,).
        axes: `SelectionAxis` and `AnalysisAxis` values.
        specifications: Level of each axis by position, (N, axes); the full factorial if left out.
        method: Estimator of tau2 where no axis says.
        interval: Interval where no axis says.
        level: Coverage where no axis says.
        workers: Threads.

    Raises:
        InvalidData: Candidates or axes that do not fit, or more than two million specifications.
        ValueError: An unknown name of a method or interval.

    Source: Steegen et al. 2016, doi:10.1177/1745691616658637; in meta-analysis: Voracek, Kossmeier & Tran
        2019, doi:10.1027/2151-2604/a000357.
    """
    candidates = read_candidates(y, v, study)
    axes = check_axes(axes, len(candidates.y))
    check_method(method)
    check_interval(interval)
    check_level(level)
    if workers < 1:
        raise InvalidData(Fault(f"{workers!r} is no number of threads;", "workers", "give 1 or more."))
    table = full_factorial(axes) if specifications is None else _read_specifications(specifications, axes)
    chosen = select(candidates, axes, table)
    default = {"method": method, "interval": interval, "level": level}
    options, analysis = _analyses(axes, table, default)
    row, selection, used = _pairs(chosen.kind, analysis, len(chosen.choice), len(options))
    estimates = estimate(candidates.y, candidates.v, chosen.choice, selection, used, options, workers)
    return Multiverse(
        candidates=candidates,
        axes=axes,
        specifications=table,
        choice=chosen.choice,
        options=options,
        default=default,
        estimates=estimates,
        row=row,
        selection=selection,
        analysis=used,
        caveats=_doubts(estimates, row, chosen.tied[selection]),
    )


def full_factorial(axes: Sequence[Axis]) -> NDArray[np.int16]:
    """Every combination of levels, (N, axes), the last axis fastest.

    Raises:
        InvalidData: More than two million.
    """
    sizes = [len(axis.levels) for axis in axes]
    total = prod(sizes)
    _check_number(total)
    table = np.empty((total, len(sizes)), dtype=np.int16)
    inner = total
    for i, size in enumerate(sizes):
        inner //= size
        column = np.repeat(np.arange(size, dtype=np.int16), inner)
        table[:, i] = np.tile(column, total // (inner * size))
    return table


def sample_specifications(axes: Sequence[Axis], n: int, *, seed: int = 0) -> NDArray[np.int16]:
    """n different specifications drawn at random, (n, axes); all of them when there are no more.

    Args:
        axes: The axes.
        n: How many to draw.
        seed: The same seed draws the same ones.

    Raises:
        InvalidData: Fewer than one, or more than two million.
    """
    if n < 1:
        raise InvalidData(Fault(f"{n!r} is no number of specifications;", "n", "give 1 or more."))
    sizes = [len(axis.levels) for axis in axes]
    if prod(sizes) <= n:
        return full_factorial(axes)
    _check_number(n)
    rng = np.random.default_rng(seed)
    drawn = np.empty((0, len(sizes)), dtype=np.int16)
    while len(drawn) < n:
        more = np.column_stack([rng.integers(0, size, n, dtype=np.int16) for size in sizes])
        drawn = np.concatenate([drawn, more])
        first, _ = distinct_rows(drawn)
        drawn = drawn[np.sort(first)]
    # What is drawn again counts once, so that the first n are as good as any n.
    return drawn[:n]


def _read_specifications(given: ArrayLike, axes: tuple[Axis, ...]) -> NDArray[np.int16]:
    table = np.asarray(given)
    sizes = np.array([len(axis.levels) for axis in axes])
    if table.ndim != 2 or table.shape[1] != len(axes) or not np.issubdtype(table.dtype, np.integer):
        text = f"{table.shape} of {table.dtype} is not one level number for each of {len(axes)} axes."
        raise InvalidData(Fault(text, "specifications"))
    if not len(table):
        raise InvalidData(Fault("at least one is needed.", "specifications"))
    _check_number(len(table))
    bad = np.argwhere((table < 0) | (table >= sizes))
    if len(bad):
        raise InvalidData(
            Fault(f"{axes[j].name} has no level {table[i, j]}.", f"specification {i + 1}")
            for i, j in bad[:20]
        )
    return table.astype(np.int16)


def _check_number(total: int) -> None:
    if total > MOST:
        raise InvalidData(
            Fault(f"{total} are more than {MOST};", "specifications", "draw some with sample_specifications.")
        )


def _analyses(
    axes: tuple[Axis, ...], table: NDArray[np.int16], default: dict[str, Any]
) -> tuple[tuple[Mapping[str, Any], ...], NDArray[np.int64]]:
    """The distinct sets of options, and the set of each specification, (N,)."""
    chosen = [(i, axis) for i, axis in enumerate(axes) if isinstance(axis, AnalysisAxis)]
    code = np.zeros(len(table), dtype=np.int64)
    for i, axis in chosen:
        code = code * len(axis.levels) + table[:, i]
    known: dict[tuple[tuple[str, Any], ...], int] = {}
    place = []
    for levels in product(*(axis.options for _, axis in chosen)):
        merged = dict(default)
        for options in levels:
            merged.update(options)
        place.append(known.setdefault(tuple(sorted(merged.items())), len(known)))
    return tuple(dict(key) for key in known), np.array(place)[code]


def _pairs(
    selection: NDArray[np.int64], analysis: NDArray[np.int64], selections: int, analyses: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Distinct pair of each specification, (N,), and what each pair is made of, (D,)."""
    code = selection * analyses + analysis
    present = np.zeros(selections * analyses, dtype=np.bool_)
    present[code] = True
    pair = np.flatnonzero(present)
    place = np.cumsum(present) - 1
    return place[code], pair // analyses, pair % analyses


def _doubts(estimates: Estimates, row: NDArray[np.int64], tied: Flags) -> tuple[Caveat, ...]:
    n, found = len(row), [_FRAGILITY]
    counts = (
        ("empty-specifications", estimates.k == 0, "leave no study and have no answer"),
        (
            "few-studies",
            (estimates.k > 0) & (estimates.k < FEW_STUDIES),
            f"rest on fewer than {FEW_STUDIES} studies",
        ),
        ("undecided-choice", tied, "took the first of several equally good effects of a study"),
        (
            "not-converged",
            estimates.valid & ~estimates.converged,
            "have a heterogeneity not proved to be the best",
        ),
    )
    for code, flags, words in counts:
        if number := int(np.count_nonzero(flags[row])):
            found.append(Caveat(code, f"{number} of {n} specifications {words}."))
    return tuple(found)


_FRAGILITY = Caveat(
    "same-trials-throughout",
    "All specifications share the same trials: shares of them show how fragile the answer is, "
    "not how probable.",
)
