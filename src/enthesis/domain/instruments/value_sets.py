"""Country value sets that turn five EQ-5D-5L levels into one index."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import Fault, InvalidData

__all__ = ["DIMENSIONS", "ValueSet"]

DIMENSIONS: Final = ("mobility", "self-care", "usual-activities", "pain-discomfort", "anxiety-depression")
LEVELS = 5
SEVERE = 4


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Losses from full health for each level of each dimension, in one country.

    ``losses`` has one row per dimension and one loss per level 1 to 5; ``constant`` is lost by every state
    but 11111, ``severe_constant`` once more by every state with a level 4 or 5.
    """

    id: str
    country: str
    losses: tuple[tuple[float, ...], ...]
    source: str
    constant: float = 0.0
    severe_constant: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a table that is not five by five, or that does not start at no loss.

        Raises:
            InvalidData: Wrong shape, or level 1 with a loss.
        """
        where = f"value_sets.{self.id}"
        if len(self.losses) != len(DIMENSIONS) or any(len(row) != LEVELS for row in self.losses):
            raise InvalidData(Fault("needs five dimensions of five levels.", where))
        if any(row[0] != 0 for row in self.losses):
            raise InvalidData(Fault("level 1 must lose nothing.", where))

    def index(self, levels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Index of each state; 1 is full health, 0 is as bad as being dead.

        Args:
            levels: Level 1 to 5 of the five dimensions, shape (5, n), complete.

        Returns:
            Index, shape (n,).
        """
        at = levels.astype(np.intp) - 1
        lost = sum(np.asarray(row)[level] for row, level in zip(self.losses, at, strict=True))
        lost = lost + self.constant * (at > 0).any(axis=0)
        return 1.0 - lost - self.severe_constant * (at >= SEVERE - 1).any(axis=0)

    @property
    def worst(self) -> float:
        """Index of state 55555."""
        return 1.0 - sum(row[-1] for row in self.losses) - self.constant - self.severe_constant
