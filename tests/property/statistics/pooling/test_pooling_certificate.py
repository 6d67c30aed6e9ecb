"""The solver's certificate on a small sample; the long run is validation/pooling/certificate.py."""

import importlib.util
import sys
from pathlib import Path

import numpy as np

from enthesis.statistics import pooling

_FILE = Path(__file__).parents[4] / "validation" / "pooling" / "certificate.py"
_SPEC = importlib.util.spec_from_file_location("pooling_certificate", _FILE)
certificate = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = certificate
_SPEC.loader.exec_module(certificate)


def test_no_simulated_set_is_left_unsolved_or_below_a_dense_grid():
    tallies = certificate.certify(500, seed=1)
    for method, tally in tallies.items():
        assert (tally.unsolved, tally.below_grid) == (0, 0), method
        assert tally.sets == 500 or (method == certificate.REGRESSION and tally.sets > 10)
    # The sample is only worth something if it holds hard sets.
    assert tallies["REML"].several_optima > 10


def test_a_solver_that_stops_early_would_be_caught():
    y, v, mask = certificate.simulate(np.random.default_rng(1), 100)
    best = certificate.objective(y, v, mask, certificate.dense_grid(y, v, mask), True).max(axis=1)
    found = pooling.pool_batch(y, v, mask, method="DL")
    theirs = certificate.objective(y, v, mask, found.tau2[:, None], True)[:, 0]
    assert (theirs < best - certificate.ROUNDING).any()
