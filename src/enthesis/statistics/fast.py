"""The switch between the kernels in numpy, the reference, and those compiled by numba, the extra ``fast``.

numpy is the default whatever is installed: a published number must not depend on an optional package.
The compiled kernels solve the same equations by the same steps and agree within rounding.
"""

from importlib.util import find_spec

__all__ = ["is_fast", "use_fast"]

_switch = {"on": False}


def use_fast(on: bool = True) -> None:
    """Pool batches with compiled kernels from now on, in every thread; ``use_fast(False)`` goes back.

    The first batch after a fresh install compiles them (seconds); the result is kept on disk.

    Raises:
        ImportError: numba is not installed; the message says how to install it.
    """
    if on and find_spec("numba") is None:
        raise ImportError('The compiled kernels need numba; install it with: pip install "enthesis[fast]"')
    _switch["on"] = bool(on)


def is_fast() -> bool:
    """Whether batches are pooled with compiled kernels."""
    return _switch["on"]
