"""What every estimator of tau2 hands back for a batch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Certificate

__all__ = ["Solution"]


@dataclass(frozen=True, slots=True)
class Solution:
    """tau2 per analysis, in scaled units, with its certificate; every array (B,)."""

    tau2: Array
    converged: NDArray[np.bool_]
    iterations: NDArray[np.int64]
    score: Array
    roots: NDArray[np.int64]

    def certificate(self, i: int) -> Certificate:
        """Row i, spelt out."""
        return Certificate(
            converged=bool(self.converged[i]),
            iterations=int(self.iterations[i]),
            score=float(self.score[i]),
            boundary=bool(self.tau2[i] == 0.0),
            roots=int(self.roots[i]),
        )

    @classmethod
    def closed(cls, tau2: Array) -> "Solution":
        """A closed form: nothing to iterate, nothing left over."""
        n = len(tau2)
        none = np.zeros(n, dtype=np.int64)
        return cls(tau2, np.ones(n, dtype=np.bool_), none, np.zeros(n), (tau2 > 0.0).astype(np.int64))
