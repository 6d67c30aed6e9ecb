"""Spans of follow-up within which results of different studies answer one question."""

from dataclasses import dataclass

__all__ = ["HORIZONS", "Horizon", "horizon_of"]

TWO_YEARS = 104


@dataclass(frozen=True, slots=True)
class Horizon:
    """Whole weeks since the first injection, ``lo`` and ``hi`` included; no ``hi`` means onwards."""

    lo: int
    hi: int | None
    label: str

    def __contains__(self, weeks: int) -> bool:
        """True when a visit at that week falls into the span."""
        return self.lo <= weeks and (self.hi is None or weeks <= self.hi)

    @property
    def centre(self) -> float:
        """Week in the middle; for the open span two years, the visit that long studies share."""
        return TWO_YEARS if self.hi is None else (self.lo + self.hi) / 2


# Week 0 is baseline and belongs to no horizon.
HORIZONS = (
    Horizon(1, 6, "up to 6 weeks"),
    Horizon(7, 17, "7 to 17 weeks"),
    Horizon(18, 39, "18 to 39 weeks"),
    Horizon(40, 78, "40 to 78 weeks"),
    Horizon(79, None, "over 78 weeks"),
)


def horizon_of(weeks: int | None, span: tuple[int, int] | None = None) -> Horizon | None:
    """Horizon of a visit, or of an effect over several visits that all fall into one.

    Args:
        weeks: Weeks since the first injection; None when not stated.
        span: First and last visit, in place of weeks.

    Returns:
        The horizon; None for baseline, for a time not stated, and for a span that crosses a border.
    """
    ends = span if span is not None else (weeks, weeks)
    return next((h for h in HORIZONS if all(w is not None and w in h for w in ends)), None)
