"""The statistics of Enthesis as a library: arrays in, frozen results out; knows no medicine and no web.

``from enthesis import statistics`` costs nothing until a room is used: ``statistics.pooling``,
``statistics.effects`` and the others are imported at their first use. ``statistics.use_fast()`` switches
to kernels compiled by numba (the extra ``fast``).
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from enthesis.statistics.fast import is_fast, use_fast

if TYPE_CHECKING:
    from enthesis.statistics import (
        bias,
        blocks,
        conversions,
        effects,
        multiverse,
        network,
        pooling,
        sequential,
        stratified,
        swim,
    )

__all__ = [
    "bias",
    "blocks",
    "conversions",
    "effects",
    "is_fast",
    "multiverse",
    "network",
    "pooling",
    "sequential",
    "stratified",
    "swim",
    "use_fast",
]


def __getattr__(name: str) -> ModuleType:
    """A room, imported when it is first asked for."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
