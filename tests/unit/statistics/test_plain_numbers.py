"""A single answer is made of plain Python numbers, so that it prints, compares and serialises as one."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from enthesis.statistics import bias, blocks, effects, pooling, stratified, swim

Y = np.array([0.1, 0.7, -0.2, 0.4, 0.9, 0.3, 0.2, 1.1, 0.5, 0.0, 0.6, 0.8])
V = np.linspace(0.02, 0.2, 12)
EVENTS = ([4, 6, 3, 12], [100, 120, 90, 110], [11, 29, 11, 20], [100, 118, 93, 115])
STUDY = ["a", "a", "b", "c", "c", "c", "d", "e", "f", "f", "g", "h"]

ANSWERS = {
    "one effect": lambda: effects.mean_difference(1, 1, 10, 0, 1, 10),
    "pool": lambda: pooling.pool(Y, V),
    "one study": lambda: pooling.pool(Y[:1], V[:1]),
    "meta-regression": lambda: pooling.meta_regression(Y, V, V[:, None], ["v"]),
    "fit, ML": lambda: pooling.fit_statistics(Y, V),
    "fit, REML": lambda: pooling.fit_statistics(Y, V, method="REML", restricted=True),
    "interval of tau2": lambda: pooling.tau2_interval(Y, V),
    "posterior": lambda: pooling.bayes_pool(Y, V, tau_scale=0.5),
    "subgroups": lambda: pooling.subgroups(Y, V, ["x", "y"] * 6),
    "three-level": lambda: blocks.fit(Y, V, random=[blocks.ThreeLevel(STUDY)]),
    "CR2": lambda: blocks.robust(blocks.fit(Y, V, random=[blocks.ThreeLevel(STUDY)])),
    "Mantel-Haenszel": lambda: stratified.mantel_haenszel_log_odds_ratio(*EVENTS),
    "Egger": lambda: bias.egger_test(Y, V),
    "PET-PEESE": lambda: bias.pet_peese(Y, V, favours="greater"),
    "trim and fill": lambda: bias.trim_and_fill(Y, V),
    "excess significance": lambda: bias.excess_significance_test(Y, V),
    "rank test": lambda: bias.rank_test(Y, V),
    "Henmi-Copas": lambda: bias.henmi_copas(Y, V),
    "permutations": lambda: bias.permutation_test(Y, V, permutations=100),
    "fragility": lambda: bias.fragility_index(10, 40, 20, 40),
    "direction": lambda: swim.count_directions(np.sign(Y)),
}


def values(answer: Any) -> Iterator[Any]:
    """Everything that a reader sees, down to single values."""
    if dataclasses.is_dataclass(answer):
        properties = [n for n, x in vars(type(answer)).items() if isinstance(x, property)]
        for name in [f.name for f in dataclasses.fields(answer) if f.repr] + properties:
            yield from values(getattr(answer, name))
    elif isinstance(answer, tuple | list):
        for one in answer:
            yield from values(one)
    elif isinstance(answer, dict):
        yield from values(tuple(answer.values()))
    else:
        yield answer


@pytest.mark.parametrize("answer", ANSWERS)
def test_single_answers_hold_no_numpy_scalars(answer):
    found = list(values(ANSWERS[answer]()))
    assert len(found) > 3
    assert not [one for one in found if isinstance(one, np.generic)]
