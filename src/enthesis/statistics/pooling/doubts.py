"""What a reader must know before trusting a pooled effect."""

from collections.abc import Iterator

from enthesis.statistics.pooling.batch import PooledBatch
from enthesis.statistics.pooling.results import Caveat

__all__ = ["doubts"]

#: Below this many studies tau2, and all that rests on it, is hardly known. Source: Cochrane Handbook
#: 10.10.4; Röver et al. 2015, doi:10.1186/s12874-015-0091-1.
FEW_STUDIES = 5


def doubts(batch: PooledBatch, i: int) -> tuple[Caveat, ...]:
    """The caveats of row i."""
    if batch.k[i] == 1:
        return (Caveat("single-study", "One study: this is that study; heterogeneity cannot be estimated."),)
    return tuple(_plural(batch, i))


def _plural(batch: PooledBatch, i: int) -> Iterator[Caveat]:
    k = int(batch.k[i])
    if k < FEW_STUDIES:
        yield Caveat("few-studies", f"Only {k} studies: the between-study variance is hardly known.")
    if not batch.converged[i]:
        yield Caveat("not-converged", "The between-study variance was not proved to be the best one.")
    if batch.boundary[i] and batch.method != "EE":
        yield Caveat(
            "tau2-on-boundary",
            "The between-study variance was estimated as 0; that does not show that the studies agree.",
        )
    if batch.roots[i] > 1:
        yield Caveat("several-optima", "The likelihood has several peaks; the highest one was taken.")
    if batch.degenerate[i]:
        yield Caveat(
            "no-residual-spread",
            "The effects are equal, so that Hartung-Knapp has nothing to scale by; its floor was used.",
        )
    elif batch.ci_method == "hartung-knapp" and batch.residual_spread[i] < 1.0:
        yield Caveat(
            "hartung-knapp-shorter",
            "The standard error is below the classic one; compare with the floored interval.",
        )
    if batch.prediction_df[i] != batch.prediction_df[i]:
        yield Caveat("no-prediction", f"{k} studies leave no degrees of freedom for a prediction interval.")
