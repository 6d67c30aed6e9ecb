"""Made-up trials that give several effects each, for the tests of block models."""

from typing import NamedTuple

import numpy as np

__all__ = ["Trials", "dense_likelihood", "make_trials"]

OUTCOMES = ("function", "global", "pain", "stiffness")


class Trials(NamedTuple):
    """Effects of several trials: y, v, and for each effect its trial, outcome and week."""

    y: np.ndarray
    v: np.ndarray
    trial: list[str]
    outcome: list[str]
    week: list[float]

    @property
    def k(self) -> int:
        """Number of effects."""
        return len(self.y)

    def take(self, order: np.ndarray) -> "Trials":
        """The same effects in another order."""
        return Trials(
            self.y[order],
            self.v[order],
            [self.trial[i] for i in order],
            [self.outcome[i] for i in order],
            [self.week[i] for i in order],
        )


def make_trials(
    seed: int, trials: int = 12, outcomes: int = 3, between: float = 0.4, within: float = 0.2
) -> Trials:
    """Trials that report one to ``outcomes`` outcomes each; the first trial reports all."""
    rng = np.random.default_rng(seed)
    size = rng.integers(1, outcomes + 1, trials)
    size[:2] = outcomes
    trial = np.repeat(np.arange(trials), size)
    outcome = np.concatenate([np.sort(rng.permutation(outcomes)[:n]) for n in size])
    v = rng.uniform(0.02, 0.2, len(trial))
    true = 0.3 + rng.normal(0.0, between, trials)[trial] + rng.normal(0.0, within, len(trial))
    weeks = np.array([4.0, 12.0, 26.0, 52.0])
    return Trials(
        true + rng.normal(0.0, np.sqrt(v)),
        v,
        [f"trial {i}" for i in trial],
        [OUTCOMES[i] for i in outcome],
        weeks[outcome].tolist(),
    )


def dense_likelihood(y: np.ndarray, X: np.ndarray, M: np.ndarray, *, restricted: bool) -> float:
    """Log-likelihood of y ~ N(X beta, M) at the best beta, from whole matrices; the definition itself."""
    W = np.linalg.inv(M)
    cross = X.T @ W @ X
    residual = y - X @ np.linalg.solve(cross, X.T @ W @ y)
    value = np.linalg.slogdet(M)[1] + residual @ W @ residual
    n = len(y)
    if restricted:
        n -= X.shape[1]
        value += np.linalg.slogdet(cross)[1] - np.linalg.slogdet(X.T @ X)[1]
    return float(-0.5 * (value + n * np.log(2.0 * np.pi)))
