from enthesis.domain.evidence.per_trial import pick_per_trial, trial_roots
from enthesis.domain.evidence.picking import Route
from enthesis.domain.evidence.study import PrintedContrast, PrintedP, Source
from made_studies import arm, figures, p_row, row, study


def picks(rules, *studies):
    found = pick_per_trial({s.id: s for s in studies}, rules, {})
    return {question: [pick for pick, _ in trials] for question, trials in found.items()}


def only(rules, *rows, **more):
    found = [p for trials in picks(rules, study("made-2020", *rows, **more)).values() for p in trials]
    assert len(found) == 1
    return found[0]


def pain(instrument="vas-pain", weeks=26, **more):
    return row(
        figures("prp", 50, 30.0, 20.0),
        figures("saline", 50, 40.0, 20.0),
        instrument=instrument,
        weeks=weeks,
        **more,
    )


def test_overall_pain_comes_before_pain_at_rest(rules):
    assert only(rules, pain("vas-pain-rest", range=(0, 100)), pain()).result.instrument == "vas-pain"


def test_the_visit_nearest_to_the_middle_of_the_horizon_is_taken(rules):
    assert only(rules, pain(weeks=18), pain(weeks=27), pain(weeks=39)).result.weeks == 27


def test_a_figure_of_the_trial_comes_before_one_derived_by_a_review(rules):
    derived = pain(
        weeks=28,
        derived=True,
        notes=("SD imputed",),
    )
    assert only(rules, derived, pain(weeks=20)).result.weeks == 20


def test_final_values_come_before_changes_of_the_same_visit(rules):
    assert only(rules, pain(kind="change"), pain()).result.kind == "final"


def test_a_row_with_figures_comes_before_a_better_scale_with_a_direction_only(rules):
    told = p_row(0.04, "<")
    assert only(rules, told, pain("vas-pain-rest", range=(0, 100))).route is Route.ARMS


def test_two_arms_of_the_same_product_are_joined_and_the_control_counted_once(rules):
    arms = (arm("a", "prp", n=20), arm("b", "prp", n=20), arm("saline", "saline", n=20))
    data = row(figures("a", 20, 30, 20), figures("b", 20, 34, 20), figures("saline", 20, 40, 20))
    found = only(rules, data, arms=arms)
    assert (found.of, found.versus) == (("a", "b"), ("saline",))
    assert found.size(found.of) == 40


def test_reports_of_the_same_people_count_once(rules):
    one = study("first-2019", pain(), same_trial_as=("second-2020",))
    two = study("second-2020", pain(), same_trial_as=("first-2019",))
    (trials,) = picks(rules, one, two).values()
    assert len(trials) == 1
    assert "other reports of the same people: second-2020" in trials[0].trace


def test_reports_linked_over_a_third_are_one_trial():
    a = study("a-2019", same_trial_as=("b-2019",))
    b = study("b-2019", same_trial_as=("a-2019", "c-2019"))
    c = study("c-2019", same_trial_as=("b-2019",))
    assert set(trial_roots({s.id: s for s in (c, b, a)}).values()) == {"a-2019"}


def test_baseline_subgroups_and_rows_marked_unusable_answer_nothing(rules):
    assert picks(rules, study("made-2020", pain(weeks=0), pain(subgroup="women"), pain(usable=False))) == {}


def test_an_exact_p_of_a_continuous_outcome_is_a_route_and_an_inequality_a_direction(rules):
    assert only(rules, p_row(0.04)).route is Route.EXACT_P
    assert only(rules, p_row(0.04, "<")).route is Route.DIRECTION


def test_the_winner_follows_the_better_direction_of_the_scale(rules):
    def told(better):
        contrast = PrintedContrast("prp", "saline", measure="MD", estimate=-5.0, p=PrintedP("<", 0.05))
        return only(rules, row(contrast=contrast, better=better, range=None)).winner

    assert told("lower") == "prp"
    assert told("higher") == "saline"


def test_harms_are_taken_over_the_whole_follow_up_at_the_last_visit(rules):
    def harm(weeks):
        return row(
            figures("prp", 50, events=3), figures("saline", 50, events=1),
            outcome="adverse-event", instrument="any-adverse-event", weeks=weeks,
        )  # fmt: skip

    found = only(rules, harm(6), harm(52))
    assert found.question.horizon is None
    assert found.result.weeks == 52


def test_the_trace_says_which_scale_and_which_week(rules):
    trace = only(rules, pain(weeks=27), pain(weeks=39), pain("vas-pain-rest", range=(0, 100))).trace
    assert "first of 2 scales" in trace
    assert "week 27 is nearest to week 28.5" in trace


def test_a_pick_keeps_where_the_figure_stands(rules):
    assert only(rules, pain()).result.source == Source("table", "table 2")
