"""The simulation of few trials against what is known in closed form, and its page against its results."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr
from validation.simulation import coverage

ROOT = Path(__file__).parents[2]
README = (ROOT / "validation/simulation/README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/explanation/small-numbers.md").read_text(encoding="utf-8")
SETS = 4000
#: Five standard errors of a share near 95 % in 4000 sets; chance breaks it once in a million runs.
CHANCE = 5 * np.sqrt(0.95 * 0.05 / SETS)


def of(rows):
    return {row.method: row for row in rows}


def equal_trials(k, tau):
    return of(coverage.simulate(k, tau, SETS, np.random.default_rng(1), spread=0.0))


@pytest.mark.parametrize("tau", [0.0, 1.0, 2.0])
def test_a_common_effect_covers_as_the_normal_distribution_says(tau):
    # With equal trials its mean has variance (1 + tau2)/k and its interval believes 1/k.
    known = 2 * ndtr(1.959964 / np.sqrt(1 + tau**2)) - 1
    assert equal_trials(5, tau)["common effect"].covered == pytest.approx(known, abs=2 * CHANCE)


@pytest.mark.parametrize("k", [2, 3, 10])
@pytest.mark.parametrize("tau", [0.0, 2.0])
def test_hartung_knapp_is_exact_where_trials_are_alike(k, tau):
    assert equal_trials(k, tau)["Hartung-Knapp"].covered == pytest.approx(0.95, abs=CHANCE)


def test_the_floor_is_never_shorter_and_one_less_coverage_is_the_error():
    found = equal_trials(3, 1.0)
    assert found["Hartung-Knapp, floor"].covered >= found["Hartung-Knapp"].covered
    assert found["common effect"].type_one == 1 - found["common effect"].covered


def test_power_is_that_of_the_normal_test():
    known = ndtr(2 * np.sqrt(5) - 1.959964)
    assert equal_trials(5, 0.0)["common effect"].found == pytest.approx(known, abs=CHANCE)


def test_sets_have_a_typical_variance_of_one():
    v = coverage.draw_variances(np.random.default_rng(2), 50, 4)
    w = 1 / v
    total = w.sum(axis=1)
    assert 3 * total / (total**2 - (w**2).sum(axis=1)) == pytest.approx(1.0)


def test_a_cell_is_the_same_whatever_the_portion(monkeypatch):
    whole = coverage.simulate(3, 0.5, 10, np.random.default_rng(3))
    assert [row.sets for row in whole] == [10] * len(whole)
    again = coverage.simulate(3, 0.5, 10, np.random.default_rng(3))
    assert whole == again


def test_the_page_quotes_the_results_of_the_readme():
    tables = re.findall(r"((?:^\|.*\n)+)", README, re.MULTILINE)
    assert len(tables) == 5
    assert all(table in PAGE for table in tables[:2])
    command = "python -m validation.simulation.coverage --sets 20000"
    assert command in README
    assert command in PAGE


def test_the_results_hold_every_cell():
    first = re.search(r"((?:^\|.*\n)+)", README, re.MULTILINE)[1]
    cells = [tuple(map(float, row.split("|")[1:3])) for row in first.splitlines()[2:]]
    assert cells == [(k, tau) for k in coverage.STUDIES for tau in coverage.TAUS]


def test_a_small_run_gives_the_printed_coverage():
    row = of(coverage.simulate(3, 1.0, SETS, np.random.default_rng(4)))
    line = re.search(r"\| 3 \| 1 \|(.*)\|", README)[1].split("|")
    for name, printed in zip((*coverage.COLUMNS, coverage.PREDICTION), line, strict=True):
        assert 100 * row[name].covered == pytest.approx(float(printed), abs=100 * 2 * CHANCE)
