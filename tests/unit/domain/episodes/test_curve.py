"""A patient's curve: baseline, verdicts, bands and the caveats beside them."""

from datetime import date

import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.episodes import ChangeVerdict, ScoredOn, Yardstick, prom_curve
from enthesis.errors import InvalidData, NotFound

INDEX, FROM = date(2026, 1, 1), date(2025, 11, 20)
NRS, SPADI, LEFS = (find_instrument(name) for name in ("nrs-pain", "spadi", "lefs"))
WHY = "Measured in these patients"
ELBOW = Yardstick("nrs-pain", "pain", mcid="elbow-2025", mdc="elbow-2025-mdc", why=WHY)


def curve(*scores, instrument=NRS, yardstick=ELBOW):
    return prom_curve(instrument, yardstick, scores, index=INDEX, baseline_from=FROM)


def on(month, day, value, year=2026):
    return ScoredOn(date(year, month, day), value)


def test_the_last_score_before_the_injection_is_the_baseline():
    found = curve(on(12, 1, 8, 2025), on(1, 1, 7), on(3, 26, 4))
    assert found.baseline.value == 7
    assert [point.improvement for point in found.points] == [None, None, 3]


def test_lower_pain_is_improvement_and_higher_function_is_too():
    assert curve(on(1, 1, 7), on(3, 26, 4)).points[-1].verdict is ChangeVerdict.IMPORTANT_IMPROVEMENT
    lefs = Yardstick("lefs", "total", mcid="binkley-1999", mdc="binkley-1999-mdc")
    found = curve(on(1, 1, 40), on(3, 26, 50), instrument=LEFS, yardstick=lefs)
    assert found.points[-1].verdict is ChangeVerdict.IMPORTANT_IMPROVEMENT


def test_without_a_baseline_no_change_is_told():
    found = curve(on(3, 26, 4))
    assert found.points[0].verdict is ChangeVerdict.NO_BASELINE
    assert (found.important_from, found.error_band) == (None, None)
    assert "There is no answer from before the injection." in found.caveats


def test_a_score_of_last_year_is_no_baseline():
    assert curve(on(6, 1, 8, 2025), on(3, 26, 4)).baseline is None


def test_the_bands_stay_inside_the_scale():
    found = curve(on(1, 1, 9.5), on(3, 26, 4))
    assert found.important_from == pytest.approx(7.2)
    assert found.error_band == pytest.approx((8.1, 10))


def test_a_first_score_without_room_is_said():
    found = curve(on(1, 1, 2), on(3, 26, 0))
    assert found.important_from is None
    assert "The first score leaves no room for an important improvement." in found.caveats


def test_the_cause_is_never_claimed():
    assert curve().caveats[0] == (
        "The curve shows how you feel against before; it does not show what made the difference."
    )
    assert curve().caveats[-1] == WHY


def test_an_error_larger_than_the_important_change_is_said():
    spadi = Yardstick("spadi", "total", mcid="roy-2009", mdc="roy-2009-mdc", mcid_at=13)
    found = curve(on(1, 1, 60), on(3, 26, 45), instrument=SPADI, yardstick=spadi)
    assert found.points[-1].verdict is ChangeVerdict.UNCERTAIN_IMPROVEMENT
    assert "The measurement error is larger than the change patients call important." in found.caveats


def test_a_range_of_important_changes_is_read_at_its_upper_end():
    found = curve(instrument=SPADI, yardstick=Yardstick("spadi", "total", mcid="roy-2009"))
    assert found.mcid == 13


@pytest.mark.parametrize(
    ("yardstick", "message"),
    [
        (Yardstick("nrs-pain", "pain", mcid="immpact-moderate"), "gives only a percentage"),
        (Yardstick("nrs-pain", "pain", mcid="elbow-2025", mcid_at=4), "lies outside 2.3 to 2.3"),
    ],
)
def test_a_threshold_without_points_is_refused(yardstick, message):
    with pytest.raises(InvalidData, match=message):
        curve(yardstick=yardstick)


def test_a_threshold_of_another_score_is_refused():
    faam = Yardstick("faam", "adl", mcid="martin-2005-sports")
    with pytest.raises(InvalidData, match="a threshold of 'sports', not of 'adl'"):
        curve(instrument=find_instrument("faam"), yardstick=faam)


def test_an_unknown_threshold_is_not_found():
    with pytest.raises(NotFound, match="elbow-2025"):
        curve(yardstick=Yardstick("nrs-pain", "pain", mcid="elbow-2026"))


def test_a_score_outside_the_scale_is_refused():
    with pytest.raises(InvalidData, match="score 11 on 2026-03-26; must lie in 0 to 10"):
        curve(on(3, 26, 11))
