"""How long a network meta-analysis takes: 60 trials, 12 treatments, with node splits, at most 0.3 s.

Trials are simulated: a fifth have three or four arms. Best of several runs after one that is not counted.
"""

from collections.abc import Callable

import numpy as np

from bench._timing import measured
from enthesis.statistics import network

MOST_MS = 300.0
RUNS = 7
IMPORTANT = 5.0


def main() -> None:
    """Print each step, the whole against its limit, and how it grows."""
    arms = _arms(60, 12)
    held = network.read_network(*arms[:2], "MD", **arms[2])
    part = network.network_meta_analysis(held).parts[0]
    bias = {trial.study: "low" for trial in part.component.trials}
    print("statistics/network, 60 trials, 12 treatments    wall ms   CPU ms")
    _show("read arms", lambda: network.read_network(*arms[:2], "MD", **arms[2]))
    _show(
        "consistency, league, Q, inconsistency", lambda: network.network_meta_analysis(held).parts[0].league
    )
    splits = network.split_nodes(part.component)
    _show(f"{len(splits.splits)} node splits, each with REML", lambda: network.split_nodes(part.component))
    _show("direct and indirect evidence", lambda: network.direct_and_indirect(part))
    _show("P-scores and ranks, 50,000 draws", lambda: network.rank_treatments(part, better="lower"))
    _show("contribution matrix", lambda: network.contributions(part))
    _show("random inconsistency, REML", lambda: network.random_inconsistency(part.component))
    _show("confidence", lambda: network.propose_confidence(part, important=IMPORTANT, risk_of_bias=bias))
    whole = _show("all from arms to splits and ranks", lambda: _all(arms))
    print(f"  at most {MOST_MS:.0f} ms: {'kept' if whole <= MOST_MS else 'missed'}")
    for trials, treatments in ((30, 6), (60, 12), (120, 24), (240, 24)):
        grown = _arms(trials, treatments)
        _show(f"all, {trials} trials, {treatments} treatments", lambda grown=grown: _all(grown), runs=3)


def _all(arms: tuple) -> None:
    held = network.read_network(*arms[:2], "MD", **arms[2])
    for part in network.network_meta_analysis(held).parts:
        network.split_nodes(part.component)
        network.rank_treatments(part, better="lower")


def _arms(trials: int, treatments: int) -> tuple[list[str], list[str], dict[str, np.ndarray]]:
    """Arms of simulated pain trials on 0-100; popular treatments are met more often."""
    rng = np.random.default_rng(trials)
    effect = np.concatenate([[0.0], rng.normal(-8.0, 5.0, treatments - 1)])
    popular = 1.0 / np.arange(1, treatments + 1)
    study, label, mean, n = [], [], [], []
    for i in range(trials):
        size = rng.choice([2, 3, 4], p=[0.8, 0.15, 0.05])
        some = rng.choice(treatments, size, replace=False, p=popular / popular.sum())
        if i < treatments:
            some[0] = i
            some = np.unique(some) if len(np.unique(some)) > 1 else np.array([i, (i + 1) % treatments])
        for j in some:
            study.append(f"trial {i}")
            label.append(f"treatment {j}")
            n.append(rng.integers(20, 120))
            mean.append(50.0 + effect[j] + rng.normal(0.0, 2.0) + rng.normal(0.0, 20.0 / np.sqrt(n[-1])))
    figures = {"mean": np.array(mean), "sd": np.full(len(n), 20.0), "n": np.array(n, dtype=float)}
    return study, label, figures


def _show(what: str, action: Callable[[], object], runs: int = RUNS) -> float:
    """Print and return the least wall time in ms."""
    walls, cpus = measured(action, runs)
    print(f"  {what:44} {walls.min():8.2f} {cpus.min():8.2f}")
    return float(walls.min())


if __name__ == "__main__":
    main()
