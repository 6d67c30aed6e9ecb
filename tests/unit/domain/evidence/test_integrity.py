from dataclasses import replace

from enthesis.domain.evidence.integrity import screen
from enthesis.domain.evidence.study import Integrity, PrintedContrast
from made_studies import arm, figures, row, study


def kinds(rules, *studies):
    found = screen(studies, rules)
    return {name: {d.kind for d in doubts} for name, doubts in found.items()}


def excluded(rules, *studies):
    return {name for name, doubts in screen(studies, rules).items() if any(d.excludes for d in doubts)}


def pain(a_mean, a_sd, b_mean, b_sd, n=40, **more):
    return row(figures("prp", n, a_mean, a_sd), figures("saline", n, b_mean, b_sd), **more)


def test_ordinary_figures_raise_no_doubt(rules):
    assert screen([study("a-2020", pain(30, 20, 40, 22))], rules) == {}


def test_a_recorded_doubt_excludes_with_its_reason(rules):
    s = study("a-2020", pain(30, 20, 40, 22), integrity=Integrity("suspect", ("figures of another report",)))
    (doubt,) = screen([s], rules)["a-2020"]
    assert doubt.excludes
    assert doubt.reason == "figures of another report"


def test_a_spread_that_is_a_standard_error_is_named_with_the_sd_it_would_be(rules):
    (doubt, *_) = screen([study("a-2020", pain(40, 3.0, 45, 20))], rules)["a-2020"]
    assert doubt.kind == "small-spread"
    assert "SD of 19" in doubt.reason  # 3.0 * sqrt(40) = 18.97


def test_a_small_spread_at_the_end_of_the_scale_is_believed(rules):
    assert screen([study("a-2020", pain(4, 3.0, 5, 3.0))], rules) == {}


def test_two_standard_deviations_apart_is_suspect_and_just_below_is_not(rules):
    assert excluded(rules, study("a-2020", pain(30, 10, 50, 10))) == {"a-2020"}
    assert excluded(rules, study("a-2020", pain(30.1, 10, 50, 10))) == set()


def test_a_mean_outside_the_scale_is_impossible(rules):
    assert "impossible-mean" in kinds(rules, study("a-2020", pain(120, 20, 40, 20)))["a-2020"]


def test_an_interval_off_its_estimate_is_shown_but_excludes_nothing(rules):
    contrast = PrintedContrast("prp", "saline", measure="MD", estimate=-2.0, ci=(-10.0, 0.0), level=0.95)
    s = study("a-2020", row(contrast=contrast))
    assert kinds(rules, s) == {"a-2020": {"off-centre"}}
    assert excluded(rules, s) == set()


def test_one_spread_in_every_row_is_suspect(rules):
    rows = [pain(m, 20, m + 5, 20, weeks=w) for m, w in ((50, 6), (40, 12), (30, 26))]
    assert "same-spreads" in kinds(rules, study("a-2020", *rows))["a-2020"]


def test_figures_shared_by_two_reports_exclude_the_later_and_name_both(rules):
    rows = [pain(50, 20.1, 55, 21.3, weeks=6), pain(41.2, 19.7, 52.9, 20.4, weeks=12)]
    early, late = study("a-2019", *rows, year=2019), study("b-2021", *rows, year=2021)
    assert excluded(rules, early, late) == {"b-2021"}
    assert set(kinds(rules, early, late)) == {"a-2019", "b-2021"}


def test_figures_shared_by_reports_of_the_same_people_are_no_doubt(rules):
    rows = [pain(50, 20.1, 55, 21.3, weeks=6), pain(41.2, 19.7, 52.9, 20.4, weeks=12)]
    one = study("a-2019", *rows, same_trial_as=("b-2021",))
    two = study("b-2021", *rows, same_trial_as=("a-2019",))
    assert screen([one, two], rules) == {}


def test_whole_number_scales_are_checked_and_only_shown(rules):
    s = study("a-2020", pain(5.19, 2.1, 5.0, 2.2, n=28, instrument="nrs-pain", range=(0, 10)))
    assert "grim" in kinds(rules, s)["a-2020"]
    assert excluded(rules, s) == set()


def test_baseline_differences_are_not_effects(rules):
    assert screen([study("a-2020", pain(30, 10, 50, 10, weeks=0))], rules) == {}


def test_a_printed_difference_of_two_standard_deviations_is_suspect(rules):
    # t = 30 / 5 = 6; d = 6 * sqrt(1/15 + 1/15) = 2.2 standard deviations.
    def difference(estimate):
        contrast = PrintedContrast("prp", "saline", measure="MD", estimate=estimate, se=5.0)
        arms = [arm("prp", "prp", n=15), arm("saline", "saline", n=15)]
        return study("a-2020", row(contrast=contrast), arms=arms)

    assert [d.kind for d in screen([difference(-30)], rules)["a-2020"]] == ["huge-effect"]
    assert screen([difference(-27)], rules) == {}


def test_two_rows_that_cannot_be_believed_put_the_whole_report_in_doubt(rules):
    huge = row(figures("prp", 60, 10.0, 10.0), figures("saline", 60, 50.0, 10.0))
    later = replace(huge, weeks=52)
    once, twice = study("a-2020", huge), study("b-2020", huge, later)
    assert all(d.row is not None for d in screen([once], rules)["a-2020"])
    assert [d.kind for d in screen([twice], rules)["b-2020"] if d.row is None] == ["suspect-rows"]
