"""One effect per study from several, with nothing lost about the mean."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.working_model import (
    RHO,
    assumed_correlation,
    check_clusters,
    random_terms,
    sampling_within,
)
from enthesis.statistics.blocks import BlockFit, RandomIntercept, fit
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["WITHIN", "StudyAverages", "study_averages"]

#: Where the variance within studies is estimated: with the mean in the three-level model, or from the
#: contrasts between effects of one study alone, which neither a sign flip nor a moderator of studies changes.
WITHIN = ("three-level", "contrasts")


@dataclass(frozen=True, eq=False, slots=True)
class StudyAverages:
    """One effect per study, in the order in which the studies first appear.

    Attributes:
        y: Average effect of each study, (m,).
        v: Its variance around the study's own mean effect, (m,), in y's unit squared.
        study: The studies, m labels.
        effects: Number of effects of each study, (m,).
        omega2: Variance of true effects within studies.
        rho: Correlation assumed between sampling errors of one study.
        caveats: Doubts that the reader must see.
    """

    y: Array
    v: Array
    study: tuple[Hashable, ...]
    effects: tuple[int, ...]
    omega2: float
    rho: float
    caveats: tuple[Caveat, ...]


def study_averages(
    y: ArrayLike, v: ArrayLike, study: Sequence[Hashable], *, rho: float = RHO, within: str = "three-level"
) -> StudyAverages:
    """Each study's best average of its effects, for analyses that take one effect per study.

    With the variance within studies given, the averages hold all that the effects say of the mean and of the
    variance between studies: pooling them by REML is the three-level model. They hold nothing of a moderator
    that varies within studies.

    Args:
        y: Effects, (k,), on one additive scale.
        v: Sampling variances, (k,), in y's unit squared.
        study: Study of each effect, k labels.
        rho: Correlation of the sampling errors of one study, in [0, 1).
        within: One of ``WITHIN``.

    When it misleads: the averages take the variance within studies as known; with few contrasts within
    studies it hardly is (caveat).

    Raises:
        InvalidData: A value breaks a rule.

    Source: the factorisation of the likelihood of a random intercept, Harville 1977,
        doi:10.1080/01621459.1977.10480998; averages of correlated effects: Borenstein et al. 2009, ch. 24,
        doi:10.1002/9780470743386.
    """
    y, v, study = check_clusters(y, v, study, rho)
    if within not in WITHIN:
        raise InvalidData(Fault(f"{within!r} is unknown;", "within", f"give one of {', '.join(WITHIN)}."))
    omega2 = _variance_within(y, v, study, rho, within)
    numbers = {name: np.flatnonzero([one == name for one in study]) for name in dict.fromkeys(study)}
    pairs = [_average(y[rows], v[rows], rho, omega2) for rows in numbers.values()]
    mean, variance = np.array(pairs).T
    counts = tuple(len(rows) for rows in numbers.values())
    return StudyAverages(
        mean, variance, tuple(numbers), counts, omega2, rho, _caveats(rho, len(y) - len(counts))
    )


def _average(y: Array, v: Array, rho: float, omega2: float) -> tuple[float, float]:
    """Generalised least squares of one mean."""
    se = np.sqrt(v)
    covariance = rho * np.outer(se, se) + np.diag((1.0 - rho) * v + omega2)
    weight = np.linalg.solve(covariance, np.ones(len(y)))
    return float(weight @ y / weight.sum()), float(1.0 / weight.sum())


def _variance_within(y: Array, v: Array, study: tuple[Hashable, ...], rho: float, within: str) -> float:
    if len(set(study)) == len(study):
        return 0.0
    sampling = sampling_within(v, study, rho)
    model: BlockFit
    if within == "three-level":
        model = fit(y, sampling, random=random_terms(study))
    else:
        names = list(dict.fromkeys(study))
        dummies = np.array([[float(one == name) for name in names] for one in study])
        labels = [f"study {i}" for i in range(len(names))]
        each = [RandomIntercept(range(len(y)), name="effect")]
        model = fit(y, sampling, dummies, labels, random=each, intercept=False)
    return model.components[-1].value


def _caveats(rho: float, contrasts: int) -> tuple[Caveat, ...]:
    if not contrasts:
        return ()
    found = [assumed_correlation(rho)]
    if contrasts < 10:
        text = f"{contrasts} contrasts within studies: how far effects of one study differ is hardly known."
        found.append(Caveat("few-effects-within-studies", text))
    return tuple(found)
