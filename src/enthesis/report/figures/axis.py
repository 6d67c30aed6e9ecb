"""One horizontal axis that every effect of a question shares, and where effects stand on it.

Places run from 0 (left end) to 1 (right end). Ratios are placed by their logarithm and labelled as ratios.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log, log10

from enthesis.domain.evidence.scales import Scale
from enthesis.report import numbers

__all__ = ["Axis", "IntervalMark", "Tick", "axis_for", "linear_ticks", "mark_of"]

# How far, in spans of what must be seen, the axis may be stretched for a wide interval before it is clipped.
_STRETCH = 1.0
_MARGIN = 0.04
_RATIO_TICKS = tuple(m * 10.0**e for e in range(-4, 5) for m in (1, 2, 5))
_MOST_TICKS = 7
_FEWEST_TICKS = 3


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Axis from ``lo`` to ``hi`` on the scale of the pool, with its landmarks as places 0-1.

    ``mcid`` holds the places of the important difference on both sides of no effect, left one first; it is
    empty where none is agreed.
    """

    lo: float
    hi: float
    ticks: tuple[Tick, ...]
    zero: float
    mcid: tuple[float, ...]

    def place(self, y: float) -> float:
        """Place of an effect; outside [0, 1] when the axis does not reach it."""
        return (y - self.lo) / (self.hi - self.lo)


@dataclass(frozen=True, slots=True)
class IntervalMark:
    """An effect with its interval as places on an axis, cut where the axis ends.

    ``side`` is the side of the square as a share of the largest one. ``cut_left`` and ``cut_right`` ask for
    an arrow: the interval goes on. ``x`` is None when the effect itself lies outside.
    """

    x: float | None
    left: float
    right: float
    cut_left: bool
    cut_right: bool
    side: float = 1.0


def axis_for(
    scale: Scale, effects: Sequence[float], limits: Sequence[float], landmarks: Sequence[float] = ()
) -> Axis:
    """Axis that shows every effect, no effect and the important difference, and intervals as far as it can.

    Args:
        scale: Scale of the pool.
        effects: Effects that must be seen, on that scale.
        limits: Ends of intervals; reached for, but clipped when they would squeeze everything else.
        landmarks: Further places that must be seen.
    """
    reach = scale.mcid.value if scale.mcid else 0.0
    core = [*effects, *landmarks, 0.0, reach, -reach]
    lo, hi = min(core), max(core)
    span = (hi - lo) or 1.0
    lo = max(min([*limits, lo]), lo - _STRETCH * span)
    hi = min(max([*limits, hi]), hi + _STRETCH * span)
    margin = _MARGIN * (hi - lo or 1.0)
    return _axis(lo - margin, hi + margin, scale)


def _axis(lo: float, hi: float, scale: Scale) -> Axis:
    def place(y: float) -> float:
        return (y - lo) / (hi - lo)

    ticks = _ratio_ticks(lo, hi) if scale.is_ratio else linear_ticks(lo, hi)
    mcid = (place(-scale.mcid.value), place(scale.mcid.value)) if scale.mcid else ()
    return Axis(lo, hi, tuple(Tick(place(y), label) for y, label in ticks), place(0.0), mcid)


def linear_ticks(lo: float, hi: float) -> Iterator[tuple[float, str]]:
    """Round values between two ends, at most seven, with their labels."""
    step = _nice_step(lo, hi)
    decimals = max(0, -floor(log10(step)))
    for i in range(ceil(lo / step), floor(hi / step) + 1):
        yield i * step, f"{i * step:.{decimals}f}".replace("-", numbers.MINUS)


def _nice_step(lo: float, hi: float) -> float:
    """The finest round step that gives no more ticks than there is room for."""
    size = 10.0 ** (floor(log10(hi - lo)) - 1)
    steps = (m * size for m in (1, 2, 5, 10, 20, 50))
    return next(s for s in steps if floor(hi / s) - ceil(lo / s) < _MOST_TICKS)


def _ratio_ticks(lo: float, hi: float) -> Iterator[tuple[float, str]]:
    held = [r for r in _RATIO_TICKS if lo <= log(r) <= hi]
    if len(held) > _MOST_TICKS:
        held = [r for r in held if f"{r:e}"[0] == "1"]
    if len(held) < _FEWEST_TICKS:
        held = [r / 10 for r in range(max(1, ceil(10 * exp(lo))), floor(10 * exp(hi)) + 1)]
        held = held[:: ceil(len(held) / _MOST_TICKS) or 1] if 1.0 not in held else _around_one(held)
    for r in held:
        yield log(r), f"{r:g}"


def _around_one(held: list[float]) -> list[float]:
    step = ceil(len(held) / _MOST_TICKS)
    at = held.index(1.0)
    return held[at % step :: step]


def mark_of(y: float, limits: tuple[float, float], axis: Axis, side: float = 1.0) -> IntervalMark:
    """An effect with its interval (lower limit first, same scale) as it stands on an axis."""
    x, left, right = axis.place(y), axis.place(limits[0]), axis.place(limits[1])
    return IntervalMark(
        x=x if 0 <= x <= 1 else None,
        left=min(max(left, 0.0), 1.0),
        right=min(max(right, 0.0), 1.0),
        cut_left=left < 0,
        cut_right=right > 1,
        side=side,
    )
