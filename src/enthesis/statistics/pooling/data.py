"""Studies as the kernels want them: checked, centred, free of units, absent ones weightless."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import Fault, InvalidData

__all__ = ["Array", "Studies", "check_level", "check_studies", "prepare", "read_batch"]

Array: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

#: Beyond it, powers of tau2 leave the range of doubles; no unit in use comes near it.
LARGEST = 1e20

EFFECT = f"it must be a finite number within {LARGEST:g} of 0."
VARIANCE = f"a sampling variance must lie above 0, between {LARGEST**-2:g} and {LARGEST**2:g}."


@dataclass(frozen=True, slots=True)
class Studies:
    """A batch of analyses, (B, k), in a unit of its own per analysis.

    Each row is centred on its most precise study and divided by a power of two near that study's
    standard error: a shift or a change of unit then leaves the arithmetic unchanged, and a study
    that dwarfs the others cancels nothing. An absent study has v = inf, hence weight 0.

    Attributes:
        z: Effects, centred and scaled; 0 where absent.
        v: Variances, scaled; inf where absent.
        k: Studies present in each row, (B,).
        origin: Effect of the most precise study, in y's unit, (B,).
        unit: Size of one scaled unit in y's unit, (B,).
    """

    z: Array
    v: Array
    k: NDArray[np.int64]
    origin: Array
    unit: Array


def prepare(y: Array, v: Array) -> Studies:
    """Centre and scale (B, k) data; a study with v = inf is absent, and its y must be finite.

    A row without a study gets one of effect 0 and variance 1, to be ignored by its k = 0.
    """
    row, first = np.arange(len(y)), np.argmin(v, axis=1)
    z, v = y.copy(), v.copy()
    for column in (z, v):
        column[row, first], column[:, 0] = column[:, 0], column[row, first]
    present = np.isfinite(v)
    v[:, 0] = np.where(present[:, 0], v[:, 0], 1.0)
    origin = z[:, 0].copy()
    unit = np.ldexp(1.0, np.frexp(v[:, 0])[1] // 2)
    z = np.where(present, z - origin[:, None], 0.0) / unit[:, None]
    return Studies(z, v / unit[:, None] ** 2, np.count_nonzero(present, axis=1), origin, unit)


def read_batch(y: ArrayLike, v: ArrayLike, mask: ArrayLike | None) -> tuple[Array, Array, Flags]:
    """Float arrays of one (B, k) shape, v = inf where absent, and which rows are valid.

    Raises:
        InvalidData: The shapes do not fit.
    """
    y, v = _numbers("y", y), _numbers("v", v)
    present = np.ones(y.shape, dtype=np.bool_) if mask is None else np.asarray(mask, dtype=np.bool_)
    if y.ndim != 2 or y.shape != v.shape or present.shape != y.shape:
        shapes = f"y {y.shape}, v {v.shape}, mask {present.shape}"
        raise InvalidData(f"A batch needs y, v and mask of one shape (analyses, studies); got {shapes}.")
    if not y.shape[1]:
        return np.zeros((len(y), 1)), np.full((len(y), 1), np.inf), np.zeros(len(y), dtype=np.bool_)
    sound = _is_sound_effect(y) & _is_sound_variance(v)
    if mask is None and sound.all():
        return y, v, np.ones(len(y), dtype=np.bool_)
    valid = np.asarray(present.any(axis=1) & (sound | ~present).all(axis=1), dtype=np.bool_)
    present = present & valid[:, None]
    return np.where(present, y, 0.0), np.where(present, v, np.inf), valid


def check_studies(y: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    """Both columns as float arrays of one length, or every fault at once.

    Raises:
        InvalidData: Empty, of different lengths, not finite, or a variance that is not above 0; rows are
            counted from 1.
    """
    y, v = _column("y", y), _column("v", v)
    if len(y) != len(v):
        raise InvalidData(f"y has {len(y)} values and v has {len(v)}; each study needs one of both.")
    if not len(y):
        raise InvalidData("No study was given; pooling needs at least one.")
    faults = [
        *_faults("y", y, ~_is_sound_effect(y), EFFECT),
        *_faults("v", v, ~_is_sound_variance(v), VARIANCE),
    ]
    if faults:
        raise InvalidData(faults)
    return y, v


def check_level(level: float) -> float:
    """The coverage, strictly between 0 and 1.

    Raises:
        InvalidData: Anything else.
    """
    if not 0.0 < level < 1.0:
        raise InvalidData(Fault(f"{level!r} is not a coverage;", "level", "give a number between 0 and 1."))
    return float(level)


def _column(name: str, values: ArrayLike) -> Array:
    column = _numbers(name, values)
    if column.ndim != 1:
        raise InvalidData(Fault(f"has {column.ndim} dimensions; give one value per study.", name))
    return column


def _numbers(name: str, values: ArrayLike) -> Array:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidData(Fault("holds something that is not a number.", name)) from error


def _is_sound_effect(y: Array) -> Flags:
    return np.abs(y) <= LARGEST


def _is_sound_variance(v: Array) -> Flags:
    return (v >= LARGEST**-2) & (v <= LARGEST**2)


def _faults(name: str, column: Array, bad: Flags, rule: str) -> list[Fault]:
    return [Fault(f"{name} is {column[i]}; {rule}", f"row {i + 1}") for i in np.flatnonzero(bad)]
