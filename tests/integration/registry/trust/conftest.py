"""Installations of their own, and a clinic with one of everything."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from installation import Installation, new_installation


@pytest.fixture(autouse=True)
def _quick(without_second_factor: None) -> None:
    """Every test here logs in."""


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Installation]]:
    """Makes installations by name; they end with the file of tests."""
    with ExitStack() as stack:
        root = tmp_path_factory.mktemp("installations")
        yield lambda name: stack.enter_context(new_installation(root / name))


@pytest.fixture(scope="module")
def clinic(install: Callable[[str], Installation]) -> Installation:
    """An installation with an invented clinic."""
    made = install("clinic")
    made.must("demo", "load", "--patients", "6", "--seed", "3", "--today", "2026-06-01")
    return made
