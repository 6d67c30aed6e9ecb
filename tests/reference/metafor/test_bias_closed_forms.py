"""Fail-safe N, excess significance, Henmi-Copas, PET-PEESE, Baujat, sandwich, permutation: metafor."""

import csv
from pathlib import Path

import numpy as np
import pytest
from metafor_bias_cases import bias_sets, close, effects, expected

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias import (
    baujat_plot,
    excess_significance_test,
    fail_safe_n_orwin,
    fail_safe_n_rosenberg,
    fail_safe_n_rosenthal,
    henmi_copas,
    permutation_test,
    pet_peese,
    robust_fit,
)

# Closed forms, near machine precision except where stated.
RELATIVE = 1e-8
NEAR_ZERO = 1e-10
# Baujat's axes are squared differences of pooled effects at REML's tau2, which metafor finds to 1e-12
# absolutely; squaring a small difference costs digits.
RELATIVE_BAUJAT = 1e-7
# metafor finds the critical value with R's uniroot of R's integrate, each at its default tolerance of 2^-13;
# ours solves the same equation to 1e-12 (the unit test of Henmi and Copas puts it back into the equation).
UNIROOT_OF_INTEGRATE = 2 * 0.5**13
# Two studies fit a line exactly; metafor's lm then has no error, Enthesis refuses.
EXACT_FIT = "sim.pain_k2"


def having(section):
    return [name for name, case in bias_sets().items() if section in case["intercept"]]


SECTIONS = {
    "fsn": 34, "tes": 34, "hc": 34, "pet_peese": 34, "baujat": 34, "robust_id_REML": 35, "permutest": 7,
}  # fmt: skip


@pytest.mark.parametrize(("section", "size"), SECTIONS.items())
def test_the_grid_is_complete(section, size):
    assert len(having(section)) == size


@pytest.mark.parametrize("name", having("fsn"))
def test_fail_safe_n_agrees_with_metafor(name):
    y, v = effects(name)
    reference = expected(name, "fsn")
    assert fail_safe_n_rosenthal(y, v).n == reference["Rosenthal"]
    assert fail_safe_n_orwin(y, v).n == reference["Orwin"]
    assert fail_safe_n_rosenberg(y, v).n == reference["Rosenberg"]


@pytest.mark.parametrize("name", having("tes"))
def test_excess_significance_agrees_with_metafor(name):
    found, reference = excess_significance_test(*effects(name)), expected(name, "tes")
    assert found.observed == reference["O"]
    assert found.power == pytest.approx(reference["power"], rel=RELATIVE)
    assert close(found.effect, reference["theta"], RELATIVE, NEAR_ZERO)
    assert close(found.expected, reference["E"], RELATIVE)
    assert close(found.statistic, reference["X2"], RELATIVE, NEAR_ZERO)
    assert close(found.p, reference["pval"], RELATIVE)


@pytest.mark.parametrize("name", having("hc"))
def test_henmi_and_copas_interval_agrees_with_metafor(name):
    found, reference = henmi_copas(*effects(name)), expected(name, "hc")
    assert close(found.mu, reference["beta"], RELATIVE, NEAR_ZERO)
    assert close(found.se, reference["se"], RELATIVE)
    assert close(found.tau2, reference["tau2"], RELATIVE, NEAR_ZERO)
    critical = (reference["ci_ub"] - reference["ci_lb"]) / 2 / reference["se"]
    assert found.critical == pytest.approx(critical, abs=UNIROOT_OF_INTEGRATE)


@pytest.mark.parametrize("name", having("pet_peese"))
def test_pet_and_peese_agree_with_metafor(name):
    y, v = effects(name)
    reference = expected(name, "pet_peese")
    if name == EXACT_FIT:
        with pytest.raises(CannotEstimate, match="at least 3 studies"):
            pet_peese(y, v, favours="greater", minimum_k=2)
        return
    plain = pet_peese(y, v, favours="greater", dispersion=False, minimum_k=3)
    scaled = pet_peese(y, v, favours="greater", minimum_k=3)
    for line, key in ((plain.pet, "pet"), (plain.peese, "peese"), (scaled.pet, "pet_wls")):
        found = (line.intercept, line.slope), (line.se_intercept, line.se_slope)
        assert found[0] == pytest.approx(reference[key]["beta"], rel=RELATIVE, abs=NEAR_ZERO)
        assert found[1] == pytest.approx(reference[key]["se"], rel=RELATIVE)


@pytest.mark.parametrize("name", having("baujat"))
def test_baujat_coordinates_agree_with_metafor(name):
    found, reference = baujat_plot(*effects(name)), expected(name, "baujat")
    assert found.heterogeneity == pytest.approx(reference["x"], rel=RELATIVE_BAUJAT, abs=NEAR_ZERO)
    assert found.influence == pytest.approx(reference["y"], rel=RELATIVE_BAUJAT, abs=NEAR_ZERO)


@pytest.mark.parametrize("name", having("permutest"))
def test_the_exact_permutation_test_agrees_with_metafor(name):
    found = permutation_test(*effects(name))
    assert found.exact
    assert close(found.p, expected(name, "permutest")["pval"][0], RELATIVE)


def assert_robust(found, reference):
    names = ("estimate", "beta"), ("se", "se"), ("p", "pval")
    for ours, theirs in names:
        values = [getattr(c, ours) for c in found.coefficients]
        assert values == pytest.approx(reference[theirs], rel=RELATIVE, abs=NEAR_ZERO)
    bounds = [list(side) for side in zip(*(c.ci for c in found.coefficients), strict=True)]
    assert bounds[0] == pytest.approx(reference["ci_lb"], rel=RELATIVE, abs=NEAR_ZERO)
    assert bounds[1] == pytest.approx(reference["ci_ub"], rel=RELATIVE, abs=NEAR_ZERO)
    assert found.df == reference["df"]


@pytest.mark.parametrize("name", having("robust_id_REML"))
def test_the_sandwich_of_the_mean_agrees_with_metafor(name):
    assert_robust(robust_fit(*effects(name)), expected(name, "robust_id_REML"))


REGRESSIONS = [
    (name, formula)
    for name, case in bias_sets().items()
    for formula, fit in case.get("meta_regression", {}).items()
    if "robust_id_REML" in fit
]


def moderator(label, row):
    """Value of a column of metafor's design in one row of the CSV; NaN where it is missing."""
    if label.startswith("factor("):
        variable, value = label.removeprefix("factor(").split(")")
        return float(row[variable] == value)
    variable = "weeks" if label == "pmin(weeks, 3)" else label
    value = float(row[variable] or "nan")
    return min(value, 3.0) if label.startswith("pmin") else value


def design(name, formula):
    """Moderators of metafor's formula, shape (k, m), and their names."""
    case = bias_sets()[name]
    file = Path(__file__).parent / "data" / case["csv"]
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    labels = case["meta_regression"][formula]["fits"]["REML"]["z"]["names"][1:]
    return np.array([[moderator(label, rows[i - 1]) for label in labels] for i in case["rows_used"]]), labels


def test_the_grid_of_sandwich_meta_regressions_is_complete():
    assert len(REGRESSIONS) == 23


@pytest.mark.parametrize(("name", "formula"), REGRESSIONS)
def test_the_sandwich_of_a_meta_regression_agrees_with_metafor(name, formula):
    y, v = effects(name)
    X, labels = design(name, formula)
    known = np.isfinite(X).all(axis=1)
    reference = bias_sets()[name]["meta_regression"][formula]["robust_id_REML"]
    assert_robust(robust_fit(y[known], v[known], X[known], labels), reference)
