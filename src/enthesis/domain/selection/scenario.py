"""The four answers of candidacy, and the one that is given when facts are missing."""

from collections.abc import Iterable
from enum import StrEnum

__all__ = ["Scenario", "most_cautious"]


class Scenario(StrEnum):
    """What a patient may expect of a treatment, most cautious first.

    ``CANNOT_SAY`` stands outside the order: a fact that decides is not known.
    """

    DO_NOT = "do not"
    UNLIKELY = "unlikely to benefit"
    UNCERTAIN = "uncertain"
    LIKELY = "likely to benefit"
    CANNOT_SAY = "cannot say"

    @property
    def rank(self) -> int:
        """Place in the order of caution, 0 for ``DO_NOT``.

        Raises:
            ValueError: ``CANNOT_SAY`` has no place in it.
        """
        return _ORDER.index(self)


_ORDER = (Scenario.DO_NOT, Scenario.UNLIKELY, Scenario.UNCERTAIN, Scenario.LIKELY)


def most_cautious(scenarios: Iterable[Scenario]) -> Scenario:
    """The most cautious of some scenarios; ``LIKELY`` when there is none to hold it back."""
    return min(scenarios, key=lambda s: s.rank, default=Scenario.LIKELY)
