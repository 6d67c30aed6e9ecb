"""Agreement with metafor and clubSandwich over every number of the multilevel-multivariate sets.

Tolerances, relative unless said otherwise. metafor maximises with nlminb until the log-likelihood changes
by less than 1e-10 of its size. A shortfall of that order moves a component of size c and curvature 1 / c^2 by
the root of twice the shortfall, so by about 1e-5 c, and coefficients, which depend on it weakly, by 1e-6.

- Coefficients 1e-6; components, standard errors, intervals, df 1e-5; statistics 2e-5 (a squared statistic
  doubles what its error is off by). Components at 0: absolutely 1e-10, where metafor stops at 1e-11.
- p-values: on the logarithmic scale, where they are off by as much as the statistic squared; 2e-5.
- Q: no component enters it; 1e-9.
- Log-likelihood and criteria: absolutely 2e-8, 1e-10 of the largest (250); the likelihood that was not
  maximised has a slope at the estimates and moves with the components: 2e-5.
- Profile intervals: absolutely 1e-4, uniroot's default tolerance (the fourth root of 2.2e-16).
- Random effects: 1e-5 of the largest, and absolutely 1e-5, the square root of the tolerance of a variance.
"""

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from metafor_blocks_answers import Pair, handled, pairs
from metafor_blocks_cases import Case, block_sets, cases, column, numbers, ours, theirs

from enthesis.errors import InvalidData
from enthesis.statistics import blocks
from enthesis.statistics.blocks.fit import estimates
from enthesis.statistics.blocks.likelihood import whiten

TOLERANCES = {
    "k": (0.0, 0.0),
    "Q": (1e-9, 0.0),
    "beta": (1e-6, 0.0),
    "component": (1e-5, 1e-10),
    "se": (1e-5, 0.0),
    "ci": (1e-5, 0.0),
    "df": (1e-5, 0.0),
    "covariance": (2e-5, 0.0),
    "statistic": (2e-5, 0.0),
    "p-value": (2e-5, 2e-5),
    "log-likelihood": (0.0, 2e-8),
    "other log-likelihood": (0.0, 2e-5),
    "profile": (0.0, 1e-4),
}

#: Models in which metafor stops short of the top by enough to show, and the numbers in which it shows.
#: Ours is higher in log-likelihood in each; no other number of any model disagrees.
STOPPED_SHORT: dict[Case, Counter[str]] = {
    ("dat.berkey1998_mv", "UN_REML"): Counter(tau2=1),
    ("dat.berkey1998_mv", "UN_ML_year"): Counter(beta=2, stat=1, rho=1, robust_CR1=1, robust_CR2=1),
}

#: Share of its size by which those numbers may be off.
SHORTFALL = 1e-4

#: How many numbers the two sides share, by section: the size of the grid.
GRID = {
    **dict.fromkeys(("QE", "QEdf", "QEp", "QM", "QMp", "k", "p"), 26),
    **dict.fromkeys(("beta", "se", "stat", "pval", "ci_lb", "ci_ub"), 66),
    **dict.fromkeys(("robust_CR1", "robust_CR2"), 396),
    "sigma2": 38,
    "tau2": 45,
    "rho": 36,
    "confint_PL": 38,
    "vcov": 212,
    "fit": 260,
    "ranef": 3990,
}


def disagreeing(case: Case) -> list[Pair]:
    """The numbers of one model outside their tolerance."""
    largest = max((abs(other) for (section, *_), _, other in pairs(case) if section == "ranef"), default=0.0)
    return [pair for pair in pairs(case) if not _agree(pair, largest)]


def _agree(pair: Pair, largest: float) -> bool:
    (_, field, _), mine, other = pair
    if field == "random effect":
        return abs(mine - other) <= 1e-5 * max(largest, 1.0)
    relative, absolute = TOLERANCES[field]
    if field == "p-value" and mine > 0.0 < other:
        mine, other = math.log(mine), math.log(other)
    return math.isclose(mine, other, rel_tol=relative, abs_tol=absolute)


@pytest.mark.parametrize("case", cases(), ids=" ".join)
def test_every_number_agrees_except_where_metafor_stopped_short(case: Case):
    found = Counter(section for (section, *_), _, _ in disagreeing(case))
    assert found == STOPPED_SHORT.get(case, Counter()), disagreeing(case)


@pytest.mark.parametrize("case", STOPPED_SHORT, ids=" ".join)
def test_where_metafor_stopped_short_the_numbers_are_near(case: Case):
    assert all(math.isclose(mine, other, rel_tol=SHORTFALL) for _, mine, other in disagreeing(case))
    assert _shortfall(case) > 5e-11


@pytest.mark.parametrize("case", cases(), ids=" ".join)
def test_our_likelihood_is_at_least_metafors(case: Case):
    assert _shortfall(case) >= -1e-12


def _shortfall(case: Case) -> float:
    fit = ours(case)
    mine = fit.reml if fit.method == "REML" else fit.ml
    return mine.log_likelihood - theirs(case)["fit"][fit.method]["ll"]


@pytest.mark.parametrize("case", cases(), ids=" ".join)
def test_every_model_converged_to_one_maximum(case: Case):
    certificate = ours(case).certificate
    assert certificate.converged
    assert certificate.gradient < 1e-7
    assert certificate.optima == 1


@pytest.mark.parametrize("case", cases(), ids=" ".join)
def test_closed_forms_agree_at_metafors_own_components(case: Case):
    """Without either optimiser: coefficients, errors and log-likelihood to the rounding of the data."""
    fit, other = ours(case), theirs(case)
    white = whiten(fit.model, [G / fit.model.unit**2 for G in _their_covariances(case)])
    beta, covariance = estimates(fit.model, white)
    assert beta == pytest.approx(other["beta"], rel=1e-9)
    assert covariance == pytest.approx(np.array(other["vcov"]), rel=1e-9)
    constant = (fit.ml.log_likelihood, fit.reml.log_likelihood)
    at_ours = whiten(fit.model, _our_covariances(fit))
    for restricted, name, value in ((False, "ML", constant[0]), (True, "REML", constant[1])):
        change = white.value(restricted=restricted) - at_ours.value(restricted=restricted)
        assert value + change == pytest.approx(other["fit"][name]["ll"], abs=1e-9)


def _our_covariances(fit: blocks.BlockFit) -> list[np.ndarray]:
    pieces = np.split(fit.theta, np.cumsum([len(s.lower) for s in fit.model.structures])[:-1])
    return [s.covariance(theta) for s, theta in zip(fit.model.structures, pieces, strict=True)]


def _their_covariances(case: Case) -> list[np.ndarray]:
    """metafor's components as matrices, built here from the definition of each structure."""
    other, fit = theirs(case), ours(case)
    if other["sigma2"] != [0]:
        return [np.array([[value]]) for value in other["sigma2"]]
    levels = fit.model.groupings[0].levels
    m, kind = len(levels), case[1].split("_")[0]
    sd = np.sqrt(np.broadcast_to(other["tau2"], m))
    if kind == "UN":
        R = np.eye(m)
        R[np.triu_indices(m, 1)] = other["rho"]
        R = np.triu(R) + np.triu(R, 1).T
    else:
        is_time = kind in ("AR", "HAR", "CAR")
        apart = np.abs(np.subtract.outer(levels, levels)) if is_time else 1.0 - np.eye(m)
        R = np.power(float(other["rho"][0]), apart)
    return [sd[:, None] * R * sd]


def test_covariances_of_correlations_agree_and_the_incomplete_study_is_refused():
    name, model = "dat.craft2003_rcalc", block_sets()["dat.craft2003_rcalc"]["rcalc"]
    fields = [numbers(name, "ri"), numbers(name, "ni"), *(column(name, f) for f in ("study", "var1", "var2"))]
    V = np.array([[np.nan if value is None else value for value in row] for row in model["V"]])
    gaps = sorted({fields[2][row] for row in np.flatnonzero(np.isnan(V).any(axis=1))})
    assert gaps == ["17"]
    with pytest.raises(InvalidData, match="study 17: lacks a correlation"):
        blocks.correlation_covariance(*fields)
    kept = [row for row, study in enumerate(fields[2]) if study != "17"]
    mine = blocks.correlation_covariance(*([field[row] for row in kept] for field in fields))
    assert len(kept) == 51
    assert mine.dense() == pytest.approx(V[np.ix_(kept, kept)], rel=1e-12, abs=1e-15)


def test_stated_correlations_give_metafors_sampling_covariance():
    mine = ours(("dat.assink2016_3l", "vcalc_rho0.6")).model.sampling.dense()
    assert mine[0] == pytest.approx(theirs(("dat.assink2016_3l", "vcalc_rho0.6"))["V_row1"], rel=1e-14)


def test_no_field_of_the_files_is_forgotten():
    unhandled = {field for case in cases() for field in theirs(case)} - set().union(*map(handled, cases()))
    assert unhandled == set()


def test_the_grid_has_not_shrunk(record_property: Callable[[str, str], None]):
    found = Counter(section for case in cases() for (section, *_), _, _ in pairs(case))
    text = f"blocks against metafor and clubSandwich: {sum(found.values())} numbers of {len(cases())} models"
    record_property("reference grid", text)
    assert found == GRID
