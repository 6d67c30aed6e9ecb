"""Which kernels pool a batch: those in numpy, or the compiled ones where `use_fast` has switched them on."""

from types import ModuleType

from enthesis.statistics.fast import is_fast

__all__ = ["compiled_kernels"]


def compiled_kernels() -> ModuleType | None:
    """The compiled kernels; None for those in numpy. numba is imported at the first use."""
    if not is_fast():
        return None
    from enthesis.statistics.pooling import compiled

    return compiled
