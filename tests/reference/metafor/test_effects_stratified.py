"""Mantel-Haenszel and Peto against every rma.mh and rma.peto of the reference sets (metafor 3.8-1)."""

import math

import pytest
from metafor_effect_cases import columns, effect_sets
from scipy.special import chdtrc

from enthesis.statistics import stratified

# Closed forms.
RELATIVE = 1e-10
# p-values of chi-squared statistics in the hundreds: the tail's own relative error.
P_RELATIVE = 1e-9
# A pooled log ratio near 0 is the logarithm of a quotient near 1.
ABSOLUTE = 1e-13

POOL = {
    "OR": stratified.mantel_haenszel_log_odds_ratio,
    "RR": stratified.mantel_haenszel_log_risk_ratio,
    "RD": stratified.mantel_haenszel_risk_difference,
}
SETS = [name for name, case in effect_sets().items() if "mantel_haenszel" in case]


def _table(name):
    figures = columns(name)
    a, c = figures["ai"], figures["ci"]
    n1 = figures["n1i"] if "n1i" in figures else a + figures["bi"]
    n2 = figures["n2i"] if "n2i" in figures else c + figures["di"]
    return a, n1, c, n2


def _agree(result, reference):
    for actual, key in (
        (result.mu, "beta"),
        (result.se, "se"),
        (result.ci[0], "ci_lb"),
        (result.ci[1], "ci_ub"),
        (result.q, "QE"),
    ):
        given = reference[key][0] if isinstance(reference[key], list) else reference[key]
        assert math.isclose(actual, given, rel_tol=RELATIVE, abs_tol=ABSOLUTE), key
    assert math.isclose(result.p, reference["pval"], rel_tol=P_RELATIVE)
    assert math.isclose(result.q_p, reference["QEp"], rel_tol=P_RELATIVE)


def _overcorrected(table):
    """metafor takes half an event even from a difference of less than half, and squares what is left.

    The correction may not overshoot (R's own mantelhaen.test stops at 0): here it does, and only here.
    """
    strata = stratified.read_strata(*table)
    statistic = (abs(strata.excess.sum()) - 0.5) ** 2 / strata.hypergeometric_variance.sum()
    return stratified.ChiSquared(statistic, 1, float(chdtrc(1, statistic)))


def test_every_set_of_two_by_two_tables_is_there():
    assert len(SETS) == 15
    assert all(set(effect_sets()[name]["mantel_haenszel"]) == set(POOL) for name in SETS)
    assert all("peto" in effect_sets()[name] for name in SETS)


@pytest.mark.parametrize("measure", POOL)
@pytest.mark.parametrize("name", SETS)
def test_mantel_haenszel_agrees(name, measure):
    _agree(POOL[measure](*_table(name)), effect_sets()[name]["mantel_haenszel"][measure])


@pytest.mark.parametrize("name", SETS)
def test_peto_agrees(name):
    _agree(stratified.peto(*_table(name)), effect_sets()[name]["peto"])


@pytest.mark.parametrize("name", SETS)
def test_the_tests_of_association_and_of_a_common_odds_ratio_agree(name):
    table, reference = _table(name), effect_sets()[name]["mantel_haenszel"]["OR"]
    association = stratified.cochran_mantel_haenszel(*table)
    if abs(stratified.read_strata(*table).excess.sum()) < 0.5:
        assert (association.statistic, association.p) == (0.0, 1.0)
        association = _overcorrected(table)
    assert math.isclose(association.statistic, reference["MH"], rel_tol=RELATIVE)
    assert math.isclose(association.p, reference["MHp"], rel_tol=P_RELATIVE)
    common = stratified.tarone_breslow_day(*table, odds_ratio=math.exp(reference["beta"][0]))
    assert math.isclose(common.statistic, reference["TA"], rel_tol=1e-8)
    assert math.isclose(common.p, reference["TAp"], rel_tol=1e-7)
