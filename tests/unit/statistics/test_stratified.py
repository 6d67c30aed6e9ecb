"""What the pooling of sparse tables refuses and warns of."""

import math

import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import stratified

SPARSE = ([0, 1, 2, 0], [40, 35, 60, 20], [2, 1, 0, 0], [41, 33, 58, 22])


def test_studies_without_any_event_move_no_ratio():
    without = [column[:3] for column in SPARSE]
    for pool in (
        stratified.mantel_haenszel_log_odds_ratio,
        stratified.mantel_haenszel_log_risk_ratio,
        stratified.peto,
    ):
        one, other = pool(*SPARSE), pool(*without)
        assert (one.mu, one.se) == (pytest.approx(other.mu), pytest.approx(other.se))
        assert (one.k, one.k_informative, other.k) == (4, 3, 3)
        assert any(c.endswith("nothing but events: 1.") for c in one.caveats)


def test_studies_without_any_event_shrink_a_risk_difference():
    table = ([4, 0], [40, 400], [1, 0], [40, 400])
    pooled = stratified.mantel_haenszel_risk_difference(*table)
    alone = stratified.mantel_haenszel_risk_difference(*[column[:1] for column in table])
    assert abs(pooled.mu) < abs(alone.mu) / 5


def test_one_study_gives_its_own_odds_ratio():
    pooled = stratified.mantel_haenszel_log_odds_ratio(5, 20, 2, 22)
    assert pooled.mu == pytest.approx(math.log(5 * 20 / (15 * 2)))
    assert pooled.se == pytest.approx(math.sqrt(1 / 5 + 1 / 15 + 1 / 2 + 1 / 20))
    assert (pooled.q_df, pooled.q_p) == (0, 1.0)


def test_swapping_the_arms_turns_the_sign():
    a, n1, c, n2 = SPARSE
    for pool in (
        stratified.mantel_haenszel_log_odds_ratio,
        stratified.mantel_haenszel_log_risk_ratio,
        stratified.mantel_haenszel_risk_difference,
        stratified.peto,
    ):
        one, other = pool(a, n1, c, n2), pool(c, n2, a, n1)
        assert (one.mu, one.se) == (pytest.approx(-other.mu), pytest.approx(other.se))


def test_events_in_one_arm_only_have_no_ratio():
    with pytest.raises(CannotEstimate, match="stand in one arm only"):
        stratified.mantel_haenszel_log_odds_ratio([1, 2], 20, [0, 0], 20)
    with pytest.raises(CannotEstimate, match="stand in one arm only"):
        stratified.mantel_haenszel_log_risk_ratio([1, 2], 20, [0, 0], 20)


def test_no_event_anywhere_has_no_answer():
    for pool in (
        stratified.mantel_haenszel_risk_difference,
        stratified.peto,
        stratified.cochran_mantel_haenszel,
    ):
        with pytest.raises(CannotEstimate, match="No study has both"):
            pool([0, 0], 20, [0, 0], 20)
    with pytest.raises(CannotEstimate, match="risk ratio is 1 without a sampling error"):
        stratified.mantel_haenszel_log_risk_ratio([20, 20], 20, [20, 20], 20)
    with pytest.raises(CannotEstimate, match="One study cannot disagree with itself"):
        stratified.tarone_breslow_day([1, 0], 20, [2, 0], 20, odds_ratio=1)


def test_bad_tables_and_levels_are_refused():
    with pytest.raises(InvalidData, match="row 2: Invalid events1 21"):
        stratified.peto([1, 21], 20, [1, 1], 20)
    with pytest.raises(InvalidData, match="Invalid level 95"):
        stratified.peto([1, 2], 20, [1, 1], 20, level=95)
    with pytest.raises(InvalidData, match="Invalid odds_ratio 0; must be above 0"):
        stratified.tarone_breslow_day([1, 2], 20, [1, 1], 20, odds_ratio=0)


def test_a_study_with_missing_figures_is_left_out_and_named():
    result = stratified.peto([1, None, 2], 20, [3, 1, 1], 20)
    assert result.k == 2
    assert result.caveats[0] == "row 2: left out, figures are missing."


def test_peto_warns_of_lopsided_arms_and_large_effects():
    result = stratified.peto([9, 8], [20, 20], [1, 2], [60, 60])
    assert any("more than twice the other" in c for c in result.caveats)
    assert any("understates large effects" in c for c in result.caveats)


def test_at_an_odds_ratio_of_one_the_expected_events_are_those_of_independence():
    near = stratified.tarone_breslow_day([3, 5], 20, [2, 1], 20, odds_ratio=1 + 1e-9)
    at = stratified.tarone_breslow_day([3, 5], 20, [2, 1], 20, odds_ratio=1)
    assert near.statistic == pytest.approx(at.statistic, rel=1e-6)
