"""Networks made for tests: arms of trials with means, standard deviations and patients."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from enthesis.statistics import network


@dataclass(frozen=True)
class Row:
    """One arm."""

    study: str
    treatment: str
    mean: float
    sd: float
    n: int


@dataclass(frozen=True)
class Rows:
    """The arms of a network."""

    rows: tuple[Row, ...]

    def trials(self) -> list[str]:
        """Names of the trials."""
        return list(dict.fromkeys(row.study for row in self.rows))

    def of(self, study: str, treatment: str) -> tuple[float, float, float]:
        """Mean, standard deviation and patients of one arm."""
        (row,) = (r for r in self.rows if (r.study, r.treatment) == (study, treatment))
        return row.mean, row.sd, float(row.n)

    def with_arm(self, study: str, treatment: str, **figures: Any) -> "Rows":
        """The same with one more arm."""
        return Rows((*self.rows, Row(study, treatment, **figures)))


@st.composite
def networks(
    draw: st.DrawFn, most_treatments: int = 5, most_arms: int = 4, least_trials: int = 2, most_trials: int = 9
) -> Rows:
    """Trials of two to four arms; some networks fall apart."""
    count = draw(st.integers(2, most_treatments))
    rows = []
    for i in range(draw(st.integers(least_trials, most_trials))):
        arms = draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=most_arms, unique=True))
        for j in arms:
            mean = draw(st.floats(-20.0, 20.0, width=32))
            sd = draw(st.floats(5.0, 20.0, width=32))
            rows.append(Row(f"trial {i}", f"drug {j}", mean, sd, draw(st.integers(5, 500))))
    return Rows(tuple(rows))


def read_rows(rows: Rows, measure: str, **options: Any) -> network.Network:
    """The network of the arms."""
    return network.read_network(
        [row.study for row in rows.rows],
        [row.treatment for row in rows.rows],
        measure,
        n=[row.n for row in rows.rows],
        mean=[row.mean for row in rows.rows],
        sd=[row.sd for row in rows.rows],
        **options,
    )


def read(rows: Rows) -> network.Network:
    """The network of mean differences."""
    return read_rows(rows, "MD")


def names_of(rows: Rows) -> list[str]:
    """Treatments in the order of their first arms."""
    return list(dict.fromkeys(row.treatment for row in rows.rows))


def reordered(rows: Rows, random: Any) -> Rows:
    """The same arms in another order."""
    return Rows(tuple(random.sample(rows.rows, len(rows.rows))))


def renamed(rows: Rows) -> Rows:
    """Trials and treatments under new names."""
    return Rows(
        tuple(replace(row, study=f"new {row.study}", treatment=f"new {row.treatment}") for row in rows.rows)
    )


def size_of(rows: Rows) -> float:
    """A size that effects and their errors share: what rounding is measured against."""
    means = [row.mean for row in rows.rows]
    return float(np.ptp(means) + max(row.sd for row in rows.rows))
