"""Agreement with metafor over every number of the network sets.

Tolerances. Closed forms (contrasts, common effects, Q, and every model given metafor's own tau2) agree
to 1e-11; effects near 0 are differences of numbers of order 1, hence 1e-12 absolutely. metafor finds
tau2 with nlminb, which stops when the likelihood no longer rises (relative 1e-10), so tau2 is good to
about the square root of that: 1e-5 (of it, or of the least sampling variance where it is 0); effects and
errors then to 1e-6, p-values and likelihoods likewise. Where metafor ends at 1e-12 or so, the top is 0.
"""

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from metafor_network_cases import (
    Path_,
    answers,
    answers_at,
    dense,
    log_likelihood_of,
    network_of,
    network_sets,
    results,
)

CLOSED = (1e-11, 1e-12)
OPTIMISED = (1e-6, 1e-6)
VARIANCE = (1e-5, 1e-8)

#: Sections whose numbers rest on a tau2 that metafor's optimiser found.
SEARCHED = {"REML", "ML", "inconsistency_model_REML"}

CASES = [(name, method) for name in network_sets() for method in ("REML", "ML")]


def near(ours: float, theirs: float, tolerance: tuple[float, float]) -> bool:
    relative, absolute = tolerance
    return ours == theirs or math.isclose(ours, theirs, rel_tol=relative, abs_tol=absolute)


def tolerance_of(path: Path_) -> tuple[float, float]:
    if path[-1] in {"tau2", "gamma2"}:
        return VARIANCE
    # Q does not depend on tau2.
    searched = path[0] in SEARCHED and path[-1] not in {"QE", "QEdf", "QEp"}
    return OPTIMISED if searched else CLOSED


@pytest.mark.parametrize("name", network_sets())
def test_every_number_of_the_file_agrees(name: str) -> None:
    ours = answers(name)
    differing = [
        (path, ours.get(path), theirs)
        for path, theirs in results(name).items()
        if path not in ours or not near(ours[path], theirs, tolerance_of(path))
    ]
    assert differing == []


@pytest.mark.parametrize(("name", "method"), CASES)
def test_given_metafors_tau2_everything_agrees_as_a_closed_form(name: str, method: str) -> None:
    ours = answers_at(name, method)
    theirs = {path: value for path, value in results(name).items() if path[0] == method}
    assert set(theirs) == set(ours)
    assert [(p, ours[p], x) for p, x in theirs.items() if not near(ours[p], x, CLOSED)] == []


@pytest.mark.parametrize("name", network_sets())
def test_our_reml_is_nowhere_below_metafors(name: str) -> None:
    theirs = network_sets()[name]
    ours = answers(name)
    rounding = 1e-11
    tau2 = ours["REML", "tau2"]
    assert log_likelihood_of(name, tau2) >= log_likelihood_of(name, theirs["REML"]["tau2"]) - rounding
    mine = ours["inconsistency_model_REML", "tau2"], ours["inconsistency_model_REML", "gamma2"]
    model = theirs["inconsistency_model_REML"]
    other = log_likelihood_of(name, model["tau2"], model["gamma2"])
    assert log_likelihood_of(name, *mine) >= other - rounding


@pytest.mark.parametrize("name", network_sets())
def test_dense_matrices_show_metafors_likelihood_at_metafors_variances(name: str) -> None:
    """The model is the one metafor fitted: its own contrasts, its note, no equation of ours."""
    case = network_sets()[name]
    model = case["inconsistency_model_REML"]
    assert log_likelihood_of(name, case["REML"]["tau2"]) == pytest.approx(case["REML"]["ll_REML"], abs=1e-9)
    assert log_likelihood_of(name, model["tau2"], model["gamma2"]) == pytest.approx(model["ll"], abs=1e-9)


@pytest.mark.parametrize("name", network_sets())
def test_trials_treatments_and_contrasts_stand_where_metafor_has_them(name: str) -> None:
    case = network_sets()[name]
    (part,) = network_of(name).components
    listed = [
        (trial.study, treatment, trial.treatments[0])
        for trial in part.trials
        for treatment in trial.treatments[1:]
    ]
    c = case["contrasts"]
    assert listed == list(zip(c["study"], c["t1"], c["t2"], strict=True))
    assert list(part.treatments) == case["treatments"]
    assert np.linalg.matrix_rank(dense(name)[1]) == len(case["treatments"]) - 1


def test_the_grid_has_not_shrunk(record_property: Callable[[str, str], None]) -> None:
    count = Counter(path[0] for name in network_sets() for path in results(name))
    total = sum(count.values())
    record_property(
        "reference grid", f"network against metafor: {total} numbers of {len(network_sets())} sets agree"
    )
    assert len(network_sets()) == 6
    assert count == GRID


#: How many numbers the files hold, by section.
GRID = {
    "EE": 1060,
    "REML": 1060,
    "ML": 1060,
    "Q": 48,
    "contrasts": 342,
    "inconsistency_model_REML": 86,
    "n_contrasts": 6,
    "n_studies": 6,
}
