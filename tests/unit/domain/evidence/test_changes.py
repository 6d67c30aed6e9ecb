"""What changed between two states of the evidence, and which report moved it."""

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.attribution import attribute
from enthesis.domain.evidence.changes import ReportChange, compare, reports_changed
from enthesis.report.change_words import because, change_sentence, movers_words
from enthesis.report.changes_json import changes_object
from made_studies import trial


@pytest.fixture
def state(rules, vocabulary):
    def of(*studies):
        return build({s.id: s for s in studies}, {}, vocabulary, rules)

    return of


def moved(before, after, rebuild):
    changed = reports_changed(before, after)
    return changed, attribute(compare(before, after), before, after, changed, rebuild)


@pytest.fixture
def rebuild(rules, vocabulary):
    return lambda studies, reviews: build(studies, reviews, vocabulary, rules)


SMALL = trial("a-2018", 2, n=40)
STRONG = trial("b-2020", 25, n=400)


def test_equal_states_differ_in_nothing(state):
    one, other = state(SMALL, STRONG), state(SMALL, STRONG)
    assert compare(one, other) == ()
    assert reports_changed(one, other) == ()


def test_an_added_trial_is_named_with_what_it_moves(state, rebuild):
    changed, found = moved(state(SMALL), state(SMALL, STRONG), rebuild)
    assert changed == (ReportChange("b-2020", "added"),)
    (change,) = found
    assert (change.before.k, change.after.k) == (1, 2)
    assert change.by == changed
    assert "1 trial pooled before, 2 now" in because(change)
    assert movers_words(change) == "b-2020 added"


def test_a_removed_trial_takes_its_question_with_it(state, rebuild):
    changed, (change,) = moved(state(SMALL), state(), rebuild)
    assert changed == (ReportChange("a-2018", "removed"),)
    assert change.kind == "removed"
    assert change_sentence(change).startswith("No longer asked; was ")


def test_a_question_asked_for_the_first_time_is_new(state):
    (change,) = compare(state(), state(SMALL))
    assert change.kind == "added"
    assert change_sentence(change).startswith("New: ")


def test_an_edited_figure_moves_the_numbers(state, rebuild):
    edited = trial("a-2018", 3, n=40)
    changed, (change,) = moved(state(SMALL), state(edited), rebuild)
    assert changed == (ReportChange("a-2018", "edited"),)
    assert change.by == changed


def test_changes_that_undo_each_other_are_moved_only_together_or_not_at_all(state, rebuild):
    """Each alone moves the pool; the answer that differs names both."""
    one, other = trial("c-2021", 10, n=200), trial("d-2022", -10, n=200)
    changed, (change,) = moved(state(SMALL), state(SMALL, one, other), rebuild)
    assert {c.report for c in change.by} == {"c-2021", "d-2022"} == {c.report for c in changed}
    assert not change.together


def test_progress_is_told_once_for_each_report(state, rebuild):
    before, after = state(SMALL), state(SMALL, STRONG)
    told = []
    attribute(
        compare(before, after), before, after, reports_changed(before, after), rebuild, done=told.append
    )
    assert told == [ReportChange("b-2020", "added")]


def test_there_and_back_are_mirror_images(state):
    one, other = state(SMALL), state(SMALL, STRONG)
    there, back = compare(one, other), compare(other, one)
    assert [(c.before, c.after) for c in there] == [(c.after, c.before) for c in back]


def test_the_object_counts_verdicts_that_moved(state):
    big = [trial(f"{name}-2020", 25, n=400) for name in "efg"]
    before, after = state(SMALL), state(*big)
    found = changes_object(reports_changed(before, after), compare(before, after))
    assert found["verdicts_moved"] == 1
    assert found["answers"][0]["after"]["verdict"] != found["answers"][0]["before"]["verdict"]
