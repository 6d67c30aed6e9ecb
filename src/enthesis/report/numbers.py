"""Numbers as a reader meets them: a real minus sign, as many digits as mean something, words for chances.

Points of 0-100 carry one decimal below 10 and none above; standard deviations and ratios two; a unit of its
own three significant digits. Proportions are 0-1.
"""

from math import floor, isfinite, log10

from enthesis.domain.evidence.sizes import ScaleKind

__all__ = ["count", "effect", "interval", "p_value", "percent", "points", "probability", "ratio", "value"]

MINUS = "−"
# Narrow and unbreakable, so that "12 345" is read as one number.
THIN_SPACE = "\u202f"


def points(x: float) -> str:
    """Points of 0-100: "−3.1", "12"."""
    return _fixed(x, _decimals_of_points(x))


def ratio(x: float) -> str:
    """A ratio, not its logarithm: "0.82", "12.4", "0.004".

    Raises:
        ValueError: x is not above 0.
    """
    if not x > 0:
        raise ValueError(f"{x} is no ratio; a ratio is above 0")
    return _fixed(x, _decimals_of_ratio(x))


def value(x: float, kind: ScaleKind) -> str:
    """One effect in reader units; for ratios the ratio itself, not its logarithm."""
    return ratio(x) if kind is ScaleKind.RATIO else _fixed(x, _decimals((x,), kind))


def interval(lo: float, hi: float, kind: ScaleKind) -> str:
    """Both ends with the same digits: "−3.1 to 9.0". Ratios as ratios.

    Raises:
        ValueError: lo is above hi, or an end is no finite number.
    """
    if not lo <= hi:
        raise ValueError(f"{lo} to {hi} is no interval")
    if kind is ScaleKind.RATIO:
        return f"{ratio(lo)} to {ratio(hi)}"
    digits = _decimals((lo, hi), kind)
    return f"{_fixed(lo, digits)} to {_fixed(hi, digits)}"


def effect(mu: float, ci: tuple[float, float], kind: ScaleKind) -> str:
    """An effect with its interval: "3.0 (−3.1 to 9.1)"."""
    return f"{value(mu, kind)} ({interval(*ci, kind)})"


def percent(p: float) -> str:
    """A share, given as 0-1: "23%"; what is neither none nor all never reads 0% or 100%."""
    _check_share(p)
    if 0 < p <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= p < 1 else f"{100 * p:.0f}%"


def probability(p: float) -> str:
    """A chance in words: "about 3 in 10", "about 4 in 100", "less than 1 in 100"."""
    _check_share(p)
    if p < 0.01:
        return "less than 1 in 100"
    if p > 0.99:
        return "more than 99 in 100"
    return f"about {10 * p:.0f} in 10" if 0.095 <= p <= 0.905 else f"about {100 * p:.0f} in 100"


def count(n: int) -> str:
    """A number of people or trials, in groups of three from 10 000 on."""
    return f"{n:,}".replace(",", THIN_SPACE).replace("-", MINUS) if abs(n) >= 10_000 else str(n)


def p_value(p: float) -> str:
    """A p-value with its sign: "p = 0.03", "p < 0.001"."""
    _check_share(p)
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.2f}" if p >= 0.1 else f"p = {p:.3f}".rstrip("0")


def _check_share(p: float) -> None:
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is no proportion; it must lie in [0, 1]")


def _decimals(values: tuple[float, ...], kind: ScaleKind) -> int:
    largest = max(abs(x) for x in values)
    if kind is ScaleKind.POINTS:
        return _decimals_of_points(largest)
    if kind is ScaleKind.SMD:
        return 2
    return 2 if largest == 0 else max(0, 2 - floor(log10(largest)))


def _decimals_of_points(x: float) -> int:
    return 0 if round(abs(x), 1) >= 10 else 1


def _decimals_of_ratio(x: float) -> int:
    if x < 0.01:
        return -floor(log10(x))
    return 2 if round(x, 2) < 10 else 1 if round(x, 1) < 100 else 0


def _fixed(x: float, decimals: int) -> str:
    if not isfinite(x):
        raise ValueError(f"{x} is no number to show")
    text = f"{x:.{decimals}f}"
    is_nought = not text.strip("-0.")
    return text.lstrip("-") if is_nought else text.replace("-", MINUS)
