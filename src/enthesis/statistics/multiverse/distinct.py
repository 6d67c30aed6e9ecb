"""Which rows of a large table are the same, exactly."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Words", "distinct_rows"]

Words = NDArray[np.uint64]

#: Mixing constants of splitmix64. Source: Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195.
GOLDEN = 0x9E3779B97F4A7C15
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def distinct_rows(table: NDArray[np.generic]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Position of one row of each kind, (U,), and the kind of every row, (N,).

    Rows are told apart by 64-bit hashes; every row is then compared with the one that stands for it, and
    if ever two different rows share a hash, they are sorted in full instead.

    Args:
        table: Rows of any fixed-size type, (N, columns).
    """
    words = _as_words(table)
    _, first, kind = np.unique(_hash(words), return_index=True, return_inverse=True)
    if not np.array_equal(words, words[first[kind]]):
        _, first, kind = np.unique(words, axis=0, return_index=True, return_inverse=True)
    return first, kind.reshape(-1)


def _as_words(table: NDArray[np.generic]) -> Words:
    """The rows as whole 64-bit words, (N, W), padded with zeros."""
    raw = np.ascontiguousarray(table).view(np.uint8).reshape(len(table), -1)
    if missing := -raw.shape[1] % 8:
        raw = np.pad(raw, ((0, 0), (0, missing)))
    return np.ascontiguousarray(raw).view(np.uint64)


def _hash(words: Words) -> Words:
    """splitmix64 of each word, chained, (N,)."""
    value = np.zeros(len(words), dtype=np.uint64)
    for i in range(words.shape[1]):
        value ^= words[:, i]
        value += np.uint64((GOLDEN * (i + 1)) % 2**64)
        value ^= value >> np.uint64(30)
        value *= MIX[0]
        value ^= value >> np.uint64(27)
        value *= MIX[1]
        value ^= value >> np.uint64(31)
    return value
