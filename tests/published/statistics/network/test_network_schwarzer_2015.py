"""Schwarzer, Carpenter & Rücker 2015, Meta-Analysis with R, chapter 8, doi:10.1007/978-3-319-21416-0.

The diabetes network of Senn et al. 2013 (doi:10.1177/0962280211432220): HbA1c, 26 trials, 10 treatments, mean
differences, tau2 of DerSimonian and Laird. Figures as the printed output of that example has them, P-scores
also in Rücker & Schwarzer 2015, doi:10.1186/s12874-015-0060-8; page numbers were not at hand. They start from
standard errors rounded to four digits, we from the arms: effects and P-scores may differ by 2e-4, Q by 0.02.
"""

import pytest
from metafor_network_cases import network_of

from enthesis.statistics import network

DIABETES = "dat.senn2013_net"

#: P-scores under common effects, as in Rücker & Schwarzer 2015.
P_SCORES = {
    "rosiglitazone": 0.9789,
    "metformin": 0.8513,
    "pioglitazone": 0.7686,
    "miglitol": 0.6200,
    "benfluorex": 0.5727,
    "acarbose": 0.4792,
    "vildagliptin": 0.3512,
    "sitagliptin": 0.2386,
    "sulfonylurea": 0.1395,
    "placebo": 0.0000,
}

#: Common effects against placebo.
EFFECTS = {
    "acarbose": -0.8274,
    "benfluorex": -0.9052,
    "metformin": -1.1141,
    "miglitol": -0.9439,
    "pioglitazone": -1.0664,
    "rosiglitazone": -1.2018,
    "sitagliptin": -0.5700,
    "sulfonylurea": -0.4395,
    "vildagliptin": -0.7000,
}


def analysed(method: str) -> network.ComponentAnalysis:
    (part,) = network.network_meta_analysis(network_of(DIABETES), method=method, interval="wald").parts
    return part


def test_common_effects_against_placebo():
    found = {x.treatment: x.estimate for x in analysed("EE").against("placebo")}
    assert found == pytest.approx(EFFECTS, abs=2e-4)


def test_p_scores():
    ranking = network.rank_treatments(analysed("EE"), better="lower", draws=100)
    assert dict(zip(ranking.treatments, ranking.p_score, strict=True)) == pytest.approx(P_SCORES, abs=2e-4)


def test_heterogeneity_and_inconsistency():
    part = analysed("DL")
    assert part.heterogeneity.tau2 == pytest.approx(0.1087, abs=1e-4)
    assert part.heterogeneity.i2 == pytest.approx(0.814, abs=1e-3)
    q = part.q
    assert (q.df_total, q.df_within, q.df_between) == (18, 11, 7)
    assert (q.total, q.within_designs, q.between_designs) == pytest.approx((96.99, 74.46, 22.53), abs=0.02)
