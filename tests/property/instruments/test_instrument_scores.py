"""Laws every scoring instrument obeys, whatever was answered."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import OfScores, Table, Weighted, score, score_response

SCORING = sorted(name for name, i in load_instruments().items() if not i.switched_off)
every_instrument = pytest.mark.parametrize("name", SCORING)

# Sums of rounded decimals; an answer that is better by one step moves a score by far more.
SLACK = 1e-9


@cache
def _value_set(name):
    return next(iter(load_instruments()[name].value_sets), "")


def _answer(item):
    response = item.response
    if response.allowed:
        return st.sampled_from(response.allowed)
    return st.floats(response.minimum, response.maximum)


@st.composite
def responses(draw, name, gaps=True):
    """One row of allowed answers, at most one per branch."""
    instrument = load_instruments()[name]
    row = [draw(st.none() | _answer(item)) if gaps else draw(_answer(item)) for item in instrument.items]
    for branch in instrument.branches:
        kept = draw(st.sampled_from(branch))
        row = [
            a if i.id == kept or i.id not in branch else None
            for i, a in zip(instrument.items, row, strict=True)
        ]
    return np.array([np.nan if answer is None else answer for answer in row])


def _columns(name, rows):
    return score(load_instruments()[name], rows, value_set=_value_set(name)).columns


def _better_answers(item, answer):
    response = item.response
    if not response.allowed:
        return np.linspace(answer, response.maximum if response.better == "higher" else response.minimum, 3)
    allowed = np.array(response.allowed)
    return allowed[allowed >= answer] if response.better == "higher" else allowed[allowed <= answer]


@every_instrument
@settings(max_examples=12)
@given(data=st.data())
def test_a_better_answer_never_gives_a_worse_score(name, data):
    instrument = load_instruments()[name]
    row = data.draw(responses(name))
    answered = [item for item in instrument.items if not np.isnan(row[item.number - 1])]
    if not answered:
        return
    item = data.draw(st.sampled_from(answered))
    better = row.copy()
    better[item.number - 1] = data.draw(st.sampled_from(list(_better_answers(item, row[item.number - 1]))))
    for column in _columns(name, np.vstack([row, better])):
        if column.better == "none" or not column.scored.all():
            continue
        gain = column.value[1] - column.value[0]
        assert (gain if column.better == "higher" else -gain) >= -SLACK


@every_instrument
@settings(max_examples=12)
@given(data=st.data())
def test_a_score_stays_inside_its_range_and_its_0_to_100_form_too(name, data):
    row = data.draw(responses(name))
    for column in _columns(name, row[None, :]):
        assert column.scored[0] == (not np.isnan(column.value[0]))
        if column.scored[0]:
            low, high = column.range
            assert low - SLACK <= column.value[0] <= high + SLACK
        if not np.isnan(column.normal_0_100[0]):
            assert -SLACK <= column.normal_0_100[0] <= 100 + SLACK


@every_instrument
@settings(max_examples=8)
@given(data=st.data())
def test_answered_and_missing_always_add_up_to_a_complete_response(name, data):
    instrument = load_instruments()[name]
    row = data.draw(responses(name))
    for rule, column in zip(instrument.scores, _columns(name, row[None, :]), strict=True):
        if not isinstance(rule.rule, OfScores):
            assert column.answered[0] + column.missing[0] == instrument.expected(rule)
            assert column.missing[0] >= 0


@every_instrument
@settings(max_examples=8)
@given(data=st.data())
def test_a_batch_gives_what_its_responses_give_one_by_one(name, data):
    instrument = load_instruments()[name]
    rows = np.vstack([data.draw(responses(name)) for _ in range(3)])
    columns = _columns(name, rows)
    for at, row in enumerate(rows):
        answers = [None if np.isnan(answer) else float(answer) for answer in row]
        alone = score_response(instrument, answers, value_set=_value_set(name))
        together = [None if np.isnan(c.value[at]) else float(c.value[at]) for c in columns]
        assert [s.value for s in alone.scores] == pytest.approx(together, abs=SLACK, nan_ok=True)


@every_instrument
@settings(max_examples=6)
@given(data=st.data())
def test_scores_follow_their_responses_when_rows_change_places(name, data):
    rows = np.vstack([data.draw(responses(name)) for _ in range(4)])
    order = data.draw(st.permutations(range(4)))
    before, after = _columns(name, rows), _columns(name, rows[order])
    for first, second in zip(before, after, strict=True):
        np.testing.assert_array_equal(first.value[order], second.value)


@every_instrument
@settings(max_examples=6)
@given(data=st.data())
def test_the_missing_rule_cuts_exactly_at_its_number_of_answers(name, data):
    instrument = load_instruments()[name]
    full = data.draw(responses(name, gaps=False))
    for rule in instrument.scores:
        if isinstance(rule.rule, OfScores) or any(i.response.blank is not None for i in instrument.items):
            continue
        given_items = [i for i in instrument.items if i.id in rule.items and not np.isnan(full[i.number - 1])]
        order = data.draw(st.permutations(given_items))
        for kept, scored in ((rule.min_answered, True), (rule.min_answered - 1, False)):
            row = np.full(len(instrument.items), np.nan)
            for item in order[:kept]:
                row[item.number - 1] = full[item.number - 1]
            column = score(instrument, row[None, :], value_set=_value_set(name)).column(rule.name)
            assert bool(column.scored[0]) is scored


@every_instrument
@settings(max_examples=6)
@given(data=st.data())
def test_items_of_a_plain_rule_may_change_answers_with_each_other(name, data):
    instrument = load_instruments()[name]
    full = data.draw(responses(name, gaps=False))
    for rule in instrument.scores:
        items = [i for i in instrument.items if i.id in rule.items]
        if isinstance(rule.rule, OfScores | Weighted) or rule.better == "none" or instrument.branches:
            continue
        if len({i.response for i in items}) != 1 or instrument.value_sets:
            continue
        places = [i.number - 1 for i in items]
        swapped = full.copy()
        swapped[places] = full[data.draw(st.permutations(places))]
        first, second = (
            score(instrument, row[None, :]).column(rule.name).value[0] for row in (full, swapped)
        )
        assert first == pytest.approx(second, abs=1e-6)


@pytest.mark.parametrize("name", SCORING)
def test_a_table_never_turns_back(name):
    for rule in load_instruments()[name].scores:
        if isinstance(rule.rule, Table):
            assert (np.diff(rule.rule.values) > 0).all()


@every_instrument
def test_the_best_and_the_worst_answers_reach_the_ends_of_the_range(name):
    instrument = load_instruments()[name]
    ends = []
    for best in (True, False):
        row = np.full(len(instrument.items), np.nan)
        for item in instrument.items:
            high = (item.response.better == "higher") is best
            row[item.number - 1] = item.response.maximum if high else item.response.minimum
        ends.append(row)
    for branch in instrument.branches:
        places = {i.id: i.number - 1 for i in instrument.items}
        for end, pick in zip(ends, (max, min), strict=True):
            kept = pick(branch, key=lambda i: end[places[i]])
            for other in set(branch) - {kept}:
                end[places[other]] = np.nan
    for rule, column in zip(instrument.scores, _columns(name, np.vstack(ends)), strict=True):
        if rule.better == "none" or name.startswith("promis"):
            continue
        low, high = column.range
        wanted = (high, low) if rule.better == "higher" else (low, high)
        assert tuple(column.value) == pytest.approx(wanted)
