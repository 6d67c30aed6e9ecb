"""Whatever trials are given, every number is finite, or a refusal says why."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.errors import CannotEstimate
from enthesis.statistics import network
from made_networks import Rows, networks, read_rows, size_of

FUZZ = settings(max_examples=60, deadline=None)

methods = st.sampled_from(network.NETWORK_METHODS)
intervals = st.sampled_from(("wald", "wald-t", "hartung-knapp", "hartung-knapp-floor"))
cells = st.sampled_from(("add-half-where-needed", "add-half-to-all", "none"))


@st.composite
def counts(draw: st.DrawFn) -> tuple[list[str], list[str], list[int], list[int]]:
    """Arms with events, many of them with none or nothing but events."""
    study, drug, events, n = [], [], [], []
    for i in range(draw(st.integers(1, 7))):
        for j in draw(st.lists(st.integers(0, 4), min_size=2, max_size=4, unique=True)):
            study.append(f"trial {i}")
            drug.append(f"drug {j}")
            n.append(draw(st.integers(1, 200)))
            events.append(draw(st.sampled_from((0, 1, n[-1] // 2, n[-1]))))
    return study, drug, events, n


def answer_everything(held: network.Network, method: str, interval: str) -> list[object]:
    """Every answer that the room gives about a network."""
    found: list[object] = [network.geometry(held)]
    analysed = network.network_meta_analysis(held, method=method, interval=interval)
    for part in analysed.parts:
        component = part.component
        found += [part, part.league, *part.against(part.treatments[0])]
        found += [network.rank_treatments(part, better="lower", draws=100), network.contributions(part)]
        found += [network.split_nodes(component, method=method, interval=interval)]
        found += list(network.direct_and_indirect(part))
        bias = {trial.study: "some concerns" for trial in component.trials}
        found += list(network.propose_confidence(part, important=0.2, risk_of_bias=bias))
        if component.inconsistency_df:
            found += [network.random_inconsistency(component)]
    return found


def assert_finite(value: object, where: str = "answer") -> None:
    """No NaN and no infinity anywhere in a result."""
    if is_dataclass(value):
        for field in fields(value):
            # The fit itself is in scaled units and may hold an infinite degree of freedom: a normal.
            if field.name not in {"solved", "component"}:
                assert_finite(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, tuple | list):
        for item in value:
            assert_finite(item, where)
    elif isinstance(value, float | np.ndarray):
        assert np.isfinite(value).all(), where


@FUZZ
@given(counts(), st.sampled_from(("OR", "RR", "RD")), methods, intervals, cells)
def test_any_counts_give_numbers_or_a_reason(rows, measure, method, interval, zero_cells):
    study, drug, events, n = rows
    try:
        held = network.read_network(study, drug, measure, events=events, n=n, zero_cells=zero_cells)
    except CannotEstimate:
        # With halves in the cells every trial has a risk difference.
        assert measure != "RD" or zero_cells == "none"
        return
    kept = {trial.study for component in held.components for trial in component.trials}
    assert kept | {out.study for out in held.left_out} == set(study)
    assert all(out.reason for out in held.left_out)
    for answer in answer_everything(held, method, interval):
        assert_finite(answer)


@FUZZ
@given(networks(most_trials=7), st.sampled_from(("MD", "SMD")), methods, intervals)
def test_any_means_give_numbers(rows, measure, method, interval):
    for answer in answer_everything(read_rows(rows, measure), method, interval):
        assert_finite(answer)


@FUZZ
@given(networks(), methods, intervals, st.sampled_from((1e-6, -1.0, 2.54, 1e6)))
def test_another_unit_gives_the_same_answer_in_that_unit(rows, method, interval, unit):
    def analysed(by: float) -> tuple[network.ComponentAnalysis, ...]:
        held = network.read_network(
            [row.study for row in rows.rows],
            [row.treatment for row in rows.rows],
            "MD",
            mean=[by * row.mean for row in rows.rows],
            sd=[abs(by) * row.sd for row in rows.rows],
            n=[row.n for row in rows.rows],
        )
        return network.network_meta_analysis(held, method=method, interval=interval).parts

    for one, other in zip(analysed(1.0), analysed(unit), strict=True):
        scale = 1e-7 * size_of(rows)
        assert one.league.estimate == pytest.approx(other.league.estimate / unit, abs=scale)
        assert one.league.se == pytest.approx(other.league.se / abs(unit), abs=scale)
        if one.heterogeneity.tau2 is not None:
            assert one.heterogeneity.tau2 == pytest.approx(
                other.heterogeneity.tau2 / unit**2, abs=scale * size_of(rows)
            )


@FUZZ
@given(networks(least_trials=3), st.integers(0, 3))
def test_a_trial_of_a_million_patients_does_not_break_the_rest(rows, which):
    """One arm dwarfs the others by five powers of ten."""
    some = rows.rows[which % len(rows.rows)]
    big = tuple(
        row if row is not some else type(row)(row.study, row.treatment, row.mean, row.sd, 10**6)
        for row in rows.rows
    )
    for answer in answer_everything(read_rows(Rows(big), "MD"), "REML", "wald"):
        assert_finite(answer)
