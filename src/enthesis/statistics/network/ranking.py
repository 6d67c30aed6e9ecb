"""How treatments rank, and how little that may mean."""

from dataclasses import dataclass

import numpy as np

from enthesis.errors import InvalidData
from enthesis.statistics.distributions import ndtr, stdtr
from enthesis.statistics.network.analysis import ComponentAnalysis
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["Ranking", "rank_treatments"]

MOST_DRAWS = 10_000_000

NOT_CERTAINTY = Caveat(
    "ranks-are-not-certainty",
    "A rank says nothing about the size of a difference, its certainty or the trials' quality; a treatment "
    "with few small trials can rank first. Read the league table with its intervals first.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Ranks of the treatments of one part, all arrays in the order of ``treatments``.

    Attributes:
        treatments: Names, (T,).
        better: "lower" or "higher" effects are better.
        p_score: Mean certainty that a treatment is better than another, 0-1, (T,). Equal to the SUCRA of the
            exact rank probabilities.
        mean_rank: Expected rank, 1 is best, (T,): ``T - (T - 1) p_score``.
        rank_probability: Probability of treatment i (row) to have rank j + 1, (T, T); by simulation.
        sucra: Surface under the cumulative ranking of these probabilities, 0-1, (T,).
        draws: Simulated draws.
        error: Largest Monte-Carlo standard error of a rank probability.
        caveats: Doubts that the reader must see.
    """

    treatments: tuple[str, ...]
    better: str
    p_score: Array
    mean_rank: Array
    rank_probability: Array
    sucra: Array
    draws: int
    error: float
    caveats: tuple[Caveat, ...]


def rank_treatments(
    analysis: ComponentAnalysis, *, better: str, draws: int = 50_000, seed: int = 20110101
) -> Ranking:
    """P-scores in closed form, and the probability of every rank by a seeded simulation.

    Args:
        analysis: One part of a network meta-analysis.
        better: "lower" or "higher": which effects are good ones.
        draws: Simulated draws, 100 to 10 million; half of them mirror the other half.
        seed: Of the random numbers; the same seed gives the same answer.

    Raises:
        InvalidData: Another word for ``better``, or too few or too many draws.

    Source: Rücker & Schwarzer 2015, doi:10.1186/s12874-015-0060-8 (P-scores); Salanti, Ades & Ioannidis
        2011, doi:10.1016/j.jclinepi.2010.03.016 (SUCRA); Mbuagbaw et al. 2017,
        doi:10.1186/s13643-017-0473-z (what ranks hide).
    """
    if better not in {"lower", "higher"}:
        raise InvalidData(f"Invalid better {better!r}; must be 'lower' or 'higher'.")
    if not 100 <= draws <= MOST_DRAWS:
        raise InvalidData(f"Invalid draws {draws}; must be 100 to {MOST_DRAWS}.")
    sign = -1.0 if better == "lower" else 1.0
    scores, count = _p_scores(analysis, sign), len(analysis.treatments)
    probability = _rank_probabilities(analysis, sign, draws // 2, seed)
    below = np.cumsum(probability, axis=1)[:, :-1]
    return Ranking(
        treatments=analysis.treatments,
        better=better,
        p_score=scores,
        mean_rank=count - (count - 1) * scores,
        rank_probability=probability,
        sucra=below.mean(axis=1),
        draws=2 * (draws // 2),
        error=float(np.sqrt((probability * (1.0 - probability)).max() / draws)),
        caveats=(NOT_CERTAINTY,),
    )


def _p_scores(analysis: ComponentAnalysis, sign: float) -> Array:
    table = analysis.league
    z = np.divide(sign * table.estimate, table.se, out=np.zeros_like(table.se), where=table.se > 0.0)
    sure = ndtr(z) if analysis.df is None else stdtr(analysis.df, z)
    np.fill_diagonal(sure, 0.0)
    return sure.sum(axis=1) / (len(sure) - 1)


def _rank_probabilities(analysis: ComponentAnalysis, sign: float, pairs: int, seed: int) -> Array:
    """Shares of ranks among draws from the normal (or t) distribution of the effects, (T, T)."""
    rng = np.random.default_rng(seed)
    count = len(analysis.treatments)
    values, vectors = np.linalg.eigh(analysis.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    noise = rng.standard_normal((pairs, count)) @ root.T
    if analysis.df is not None:
        noise *= np.sqrt(analysis.df / rng.chisquare(analysis.df, (pairs, 1)))
    share = np.zeros((count, count))
    for mirrored in (noise, -noise):
        order = np.argsort(-sign * (analysis.effects + mirrored), axis=1)
        for rank in range(count):
            share[:, rank] += np.bincount(order[:, rank], minlength=count)
    return share / (2 * pairs)
