"""Scores as they leave the room: the number, its range and direction, and what it rests on."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.instruments.items import Better
from enthesis.errors import NotFound

__all__ = ["Caveat", "Score", "ScoreColumn", "ScoredResponse", "Scores"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Caveat:
    """A doubt that does not stop the answer; travels with the result to whoever reads it."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ScoreColumn:
    """One score of many responses.

    ``value`` and ``normal_0_100`` are NaN exactly where ``scored`` is False, and ``reason`` says why.
    ``normal_0_100`` is the native range stretched to 0-100 with its direction kept; all NaN where the
    score is no quantity with two ends.
    """

    name: str
    range: tuple[float, float]
    better: Better
    value: Array
    normal_0_100: Array
    scored: NDArray[np.bool_]
    answered: NDArray[np.int64]
    missing: NDArray[np.int64]
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Every score of many responses to one instrument."""

    instrument: str
    version: str
    columns: tuple[ScoreColumn, ...]
    caveats: tuple[Caveat, ...]
    value_set: str = ""

    def column(self, name: str) -> ScoreColumn:
        """The score of that name.

        Raises:
            NotFound: No such score.
        """
        found = {column.name: column for column in self.columns}
        if name not in found:
            raise NotFound(f"score of {self.instrument}", name, found)
        return found[name]


@dataclass(frozen=True, slots=True)
class Score:
    """One score of one response; ``value`` is None where too little was answered, with the reason."""

    name: str
    value: float | None
    range: tuple[float, float]
    better: Better
    normal_0_100: float | None
    answered: int
    missing: int
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The score in the published shape; ``reason`` stands only where there is no value."""
        shown = {
            "name": self.name,
            "value": self.value,
            "range": list(self.range),
            "better": self.better,
            "normal_0_100": self.normal_0_100,
            "answered": self.answered,
            "missing": self.missing,
        }
        return shown | ({"reason": self.reason} if self.reason else {})


@dataclass(frozen=True, slots=True)
class ScoredResponse:
    """One response with its scores; the answers, version and language stay beside the numbers."""

    instrument: str
    version: str
    answers: tuple[tuple[str, float | None], ...]
    scores: tuple[Score, ...]
    caveats: tuple[Caveat, ...]
    language: str = ""
    value_set: str = ""

    def score(self, name: str) -> Score:
        """The score of that name.

        Raises:
            NotFound: No such score.
        """
        found = {score.name: score for score in self.scores}
        if name not in found:
            raise NotFound(f"score of {self.instrument}", name, found)
        return found[name]

    def as_json(self) -> dict[str, Any]:
        """The published shape of ``enthesis score --json``."""
        return {
            "instrument": self.instrument,
            "version": self.version,
            "scores": [score.as_json() for score in self.scores],
            "caveats": [caveat.text for caveat in self.caveats],
        }
