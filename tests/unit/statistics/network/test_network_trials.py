"""From arms to contrasts, by hand and against the two-arm measures."""

import numpy as np
import pytest

from enthesis.statistics import effects, network

EVENTS = {"events": [12, 20, 5], "n": [50, 60, 40]}
MEANS = {"mean": [60.0, 50.0, 47.0], "sd": [20.0, 22.0, 18.0], "n": [50, 60, 40]}


def only_trial(measure, **columns):
    options = {key: columns.pop(key) for key in list(columns) if isinstance(columns[key], str)}
    size = len(columns["n"])
    held = network.read_network(["t"] * size, ["a", "b", "c"][:size], measure, **columns, **options)
    return held.components[0].trials[0]


def two(columns, i, j):
    return {name: [values[i], values[j]] for name, values in columns.items()}


@pytest.mark.parametrize(
    ("measure", "columns", "route"),
    [
        ("OR", EVENTS, effects.log_odds_ratio),
        ("RR", EVENTS, effects.log_risk_ratio),
        ("RD", EVENTS, effects.risk_difference),
        ("MD", MEANS, effects.mean_difference),
        ("SMD", MEANS, effects.standardised_mean_difference),
    ],
)
def test_a_two_arm_trial_is_the_two_arm_measure(measure, columns, route):
    trial = only_trial(measure, **two(columns, 0, 1))
    order = ("mean", "sd", "n") if "mean" in columns else ("events", "n")
    pair = route(*(columns[name][1] for name in order), *(columns[name][0] for name in order))
    assert trial.y[0] == pytest.approx(pair.y, rel=1e-14)
    assert trial.covariance[0, 0] == pytest.approx(pair.v, rel=1e-14)


@pytest.mark.parametrize("measure", ["OR", "RR", "RD", "MD"])
def test_contrasts_of_a_multi_arm_trial_share_the_variance_of_their_baseline(measure):
    columns = MEANS if measure == "MD" else EVENTS
    trial = only_trial(measure, **columns)
    pairs = [only_trial(measure, **two(columns, 0, j)) for j in (1, 2)]
    between = only_trial(measure, **two(columns, 1, 2))
    assert trial.y == pytest.approx([pair.y[0] for pair in pairs], rel=1e-14)
    assert np.diagonal(trial.covariance) == pytest.approx([p.covariance[0, 0] for p in pairs], rel=1e-14)
    shared = (pairs[0].covariance[0, 0] + pairs[1].covariance[0, 0] - between.covariance[0, 0]) / 2.0
    assert trial.covariance[0, 1] == pytest.approx(shared, rel=1e-12)


def test_standardised_differences_of_one_trial_share_its_sd():
    """By hand: one SD over all arms, J on its degrees of freedom, covariance 1/n0 + g1 g2 / (2 N).

    Source: Gleser & Olkin 2009, Handbook of Research Synthesis, ch. 19.
    """
    trial = only_trial("SMD", **MEANS)
    pooled = np.sqrt((49 * 20.0**2 + 59 * 22.0**2 + 39 * 18.0**2) / 147)
    j = 1.0 - 3.0 / (4.0 * 147 - 1.0)
    g1, g2 = j * -10.0 / pooled, j * -13.0 / pooled
    # The approximate J used here is off by about 1e-5 at 147 degrees of freedom.
    assert trial.y == pytest.approx([g1, g2], rel=2e-5)
    expected = [
        [1 / 60 + 1 / 50 + g1**2 / 300, 1 / 50 + g1 * g2 / 300],
        [1 / 50 + g1 * g2 / 300, 1 / 40 + 1 / 50 + g2**2 / 300],
    ]
    assert trial.covariance == pytest.approx(np.array(expected), rel=2e-5)


def test_a_pooled_variance_is_one_for_all_arms():
    trial = only_trial("MD", variance="pooled", **MEANS)
    pooled = (49 * 20.0**2 + 59 * 22.0**2 + 39 * 18.0**2) / 147
    assert trial.covariance[0] == pytest.approx([pooled * (1 / 50 + 1 / 60), pooled / 50], rel=1e-14)


def test_an_empty_cell_adds_a_half_to_every_arm_of_its_trial_only():
    held = network.read_network(
        ["x", "x", "x", "y", "y"],
        ["a", "b", "c", "a", "b"],
        "OR",
        events=[0, 4, 3, 5, 6],
        n=[20, 20, 20, 30, 30],
    )
    x, y = held.components[0].trials
    assert (x.halved, y.halved) == (True, False)
    odds = [e / (20 - e) for e in (0, 4, 3)]
    with_half = [(e + 0.5) / (20.5 - e) for e in (0, 4, 3)]
    assert x.y == pytest.approx(np.log(np.array(with_half[1:]) / with_half[0]))
    assert odds[0] == 0.0
    (part,) = network.network_meta_analysis(held).parts
    text = {caveat.code: caveat.text for caveat in part.caveats}["halves-added"]
    assert text == "0.5 was added to every cell of trials with an empty one (1): x."


def test_trials_without_any_event_are_left_out_of_ratios_and_named():
    held = network.read_network(
        ["x", "x", "y", "y", "z", "z"],
        ["a", "b", "a", "c", "a", "b"],
        "RR",
        events=[2, 5, 0, 0, 30, 30],
        n=[30, 30, 20, 20, 30, 30],
    )
    assert [out.study for out in held.left_out] == ["y", "z"]
    assert held.treatments == ("a", "b")
    assert held.unlinked == ("c",)
    codes = {caveat.code for caveat in network.network_meta_analysis(held).caveats}
    assert codes == {"trials-left-out", "treatments-left-out"}
    kept = network.read_network(
        ["x", "x", "y", "y"],
        ["a", "b", "a", "c"],
        "RR",
        events=[2, 5, 0, 0],
        n=[30, 30, 20, 20],
        double_zero="keep",
    )
    assert kept.treatments == ("a", "b", "c")


def test_a_trial_without_any_event_has_a_risk_difference():
    trial = only_trial("RD", events=[0, 0], n=[20, 40])
    assert trial.y[0] == pytest.approx(0.5 / 41 - 0.5 / 21)


@pytest.mark.parametrize(("measure", "why"), [("OR", "empty cell"), ("RD", "variance is 0")])
def test_without_halves_a_trial_with_empty_cells_says_nothing(measure, why):
    held = network.read_network(
        ["x", "x", "y", "y"],
        ["a", "b", "a", "b"],
        measure,
        events=[0, 0, 3, 9],
        n=[20, 20, 30, 30],
        zero_cells="none",
        double_zero="keep",
    )
    assert [out.study for out in held.left_out] == ["x"]
    assert why in held.left_out[0].reason
