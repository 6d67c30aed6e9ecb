"""Fisher, Statistical Methods for Research Workers, section 21.1, and Lane's HyperStat: p-values combined."""

from enthesis.statistics.swim import ReportedP, combine_p_values


def _one_sided(*p):
    return [ReportedP(x, 1, two_sided=False) for x in p]


def test_fishers_own_example():
    # p of 0.145, 0.263 and 0.087: chi-squared 11.4170 with 6 degrees of freedom, between 0.05 and 0.10.
    result = combine_p_values(_one_sided(0.145, 0.263, 0.087), method="fisher")
    assert result.df == 6
    assert abs(result.statistic - 11.4170) < 0.0005
    assert 0.05 < result.p < 0.10


def test_three_studies_none_of_them_significant():
    # davidmlane.com/hyperstat/B89520.html: 0.08, 0.21 and 0.11 give chi-squared 12.6 and p 0.0498.
    result = combine_p_values(_one_sided(0.08, 0.21, 0.11), method="fisher")
    assert round(result.statistic, 1) == 12.6
    assert abs(result.p - 0.0498) < 0.0005
