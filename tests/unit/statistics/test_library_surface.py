"""The statistics are a library of their own: no web framework, and nothing heavy before it is used."""

import subprocess
import sys

import pytest

ROOMS = (
    "bias",
    "blocks",
    "conversions",
    "effects",
    "multiverse",
    "network",
    "pooling",
    "sequential",
    "stratified",
    "swim",
)


def modules_after(code: str) -> set[str]:
    """Top-level packages loaded by a fresh interpreter that runs the code."""
    shown = f"{code}\nimport sys\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_library_loads_neither_django_nor_numpy():
    loaded = modules_after("from enthesis import statistics")
    assert "enthesis" in loaded
    assert loaded.isdisjoint({"django", "numpy", "scipy", "numba", "yaml", "polars"})


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_numpy_alone(room):
    loaded = modules_after(f"from enthesis.statistics import {room}")
    assert "numpy" in loaded
    assert loaded.isdisjoint({"django", "scipy", "numba", "yaml", "polars"})


def test_pooling_needs_no_django():
    loaded = modules_after("from enthesis.statistics import pooling\npooling.pool([0.1, 0.5], [0.1, 0.1])")
    assert "scipy" in loaded
    assert loaded.isdisjoint({"django", "numba"})


def test_every_name_of_the_library_is_there():
    from enthesis import statistics

    assert set(ROOMS) | {"is_fast", "use_fast"} == set(statistics.__all__)
    assert all(hasattr(statistics, name) for name in statistics.__all__)


def test_without_numba_the_switch_says_what_to_install():
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "from enthesis import statistics\n"
        "try:\n    statistics.use_fast()\n"
        "except ImportError as error:\n    print(error, statistics.is_fast())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "enthesis[fast]" False' in done.stdout
