"""Whether a printed mean or standard deviation can come from whole-number answers of n people.

Sources: GRIM, Brown & Heathers 2017, doi:10.1177/1948550616673876; GRIMMER, Anaya 2016,
doi:10.7287/peerj.preprints.2400v1, with the parity rule of Allard 2018 (sum and sum of squares of
whole numbers are both even or both odd).
"""

import math

__all__ = ["decimals_of", "mean_is_possible", "sd_is_possible"]

# Printed halves are rounded up by some and to even by others, so both ends of the rounding interval count.
_SLACK = 1e-9


def decimals_of(value: float) -> int:
    """Decimals as printed; a dropped final zero is not seen, which only makes the test more lenient."""
    text = repr(float(value))
    return 0 if text.endswith(".0") or "e" in text else len(text.split(".")[1])


def mean_is_possible(mean: float, n: int) -> bool:
    """True when some whole-number total of n people rounds to the printed mean."""
    return bool(_possible_totals(mean, n))


def sd_is_possible(mean: float, sd: float, n: int) -> bool:
    """True when whole numbers of n people exist that round to the printed mean and SD (n - 1 divisor)."""
    return any(_squares_exist(total, sd, n) for total in _possible_totals(mean, n))


def _possible_totals(mean: float, n: int) -> range:
    half = 0.5 * 10.0 ** -decimals_of(mean)
    return range(math.ceil((mean - half) * n - _SLACK), math.floor((mean + half) * n + _SLACK) + 1)


def _squares_exist(total: int, sd: float, n: int) -> bool:
    half = 0.5 * 10.0 ** -decimals_of(sd)
    base = total * total / n
    lo = base + (n - 1) * max(sd - half, 0.0) ** 2
    hi = base + (n - 1) * (sd + half) ** 2
    first, last = math.ceil(lo - _SLACK), math.floor(hi + _SLACK)
    return last > first or (first == last and first % 2 == total % 2)
