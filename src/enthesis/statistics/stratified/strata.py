"""Studies as strata of two-by-two tables, and what every method of the room returns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.conversions.columns import plural_rows
from enthesis.statistics.conversions.rules import Array, Mask
from enthesis.statistics.conversions.standard_errors import critical_value
from enthesis.statistics.distributions import chdtrc, ndtr
from enthesis.statistics.effects.effect_sizes import EffectSizes
from enthesis.statistics.effects.two_by_two import two_by_two

__all__ = ["Strata", "StratifiedEffect", "read_strata", "stratified_effect"]


@dataclass(frozen=True, eq=False, slots=True)
class Strata:
    """The tables of the studies that have all four figures; nothing is added to them."""

    a: Array
    b: Array
    c: Array
    d: Array
    caveats: tuple[str, ...]

    @property
    def n1(self) -> Array:
        """Patients of arm 1."""
        return self.a + self.b

    @property
    def n2(self) -> Array:
        """Patients of arm 2."""
        return self.c + self.d

    @property
    def total(self) -> Array:
        """Patients of both arms."""
        return self.n1 + self.n2

    @property
    def events(self) -> Array:
        """Events of both arms."""
        return self.a + self.c

    @property
    def double_zero(self) -> Mask:
        """Studies with no event in either arm, or with nothing but events."""
        return (self.events == 0) | (self.b + self.d == 0)

    @property
    def excess(self) -> Array:
        """Events of arm 1 observed less those expected under no effect."""
        return self.a - self.n1 * self.events / self.total

    @property
    def hypergeometric_variance(self) -> Array:
        """Variance of the events of arm 1 with all margins held fixed."""
        spread = self.n1 * self.n2 * self.events * (self.total - self.events)
        return spread / (self.total**2 * (self.total - 1))


@dataclass(frozen=True, slots=True)
class StratifiedEffect:
    """A pooled effect common to all studies, with the test that it is common."""

    measure: str
    method: str
    mu: float
    """On the measure's additive scale: ratios as natural logarithms."""
    se: float
    ci: tuple[float, float]
    level: float
    p: float
    """Two-sided, normal distribution."""
    k: int
    """Studies with all four figures."""
    k_informative: int
    """Studies with an event in one arm and a patient without it: only they inform a ratio."""
    q: float
    """Cochran's Q of the studies' own estimates about mu (halves added where cells are empty)."""
    q_df: int
    q_p: float
    caveats: tuple[str, ...]


def read_strata(events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike) -> Strata:
    """The tables, checked, without the studies whose figures are incomplete.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: No study has all four figures.
    """
    table = two_by_two(np.atleast_1d(events1), n1, events2, n2, "none")
    cells = np.array([table.a, table.b, table.c, table.d])
    known = np.isfinite(cells).all(axis=0)
    if not known.any():
        raise CannotEstimate("No study has events and patients of both arms.")
    caveats: tuple[str, ...] = ()
    if missing := np.flatnonzero(~known).tolist():
        caveats = (f"{plural_rows(missing)}: left out, figures are missing.",)
    a, b, c, d = cells[:, known]
    return Strata(a, b, c, d, caveats)


def stratified_effect(
    measure: str,
    method: str,
    mu: float,
    se: float,
    strata: Strata,
    studies: EffectSizes,
    *,
    level: float,
    caveats: tuple[str, ...] = (),
) -> StratifiedEffect:
    """Complete an estimate with its interval, p-value and Q.

    Args:
        measure: Code of the measure.
        method: Name of the method.
        mu: Pooled effect.
        se: Its standard error.
        strata: The tables.
        studies: Each study's own y and v, for Q; rows not estimable do not count.
        level: Coverage of the interval, in (0, 1).
        caveats: Doubts of the method itself.

    Raises:
        InvalidData: A level outside (0, 1).
    """
    half = float(critical_value(level)) * se
    own = studies.estimable
    q = float(np.sum((studies.y[own] - mu) ** 2 / studies.v[own]))
    df = int(own.sum()) - 1
    return StratifiedEffect(
        measure=measure,
        method=method,
        mu=mu,
        se=se,
        ci=(mu - half, mu + half),
        level=level,
        p=float(2 * ndtr(-abs(mu) / se)),
        k=strata.a.size,
        k_informative=int(np.sum(~strata.double_zero)),
        q=q,
        q_df=max(df, 0),
        q_p=float(chdtrc(df, q)) if df > 0 else 1.0,
        caveats=strata.caveats + _double_zero_caveat(strata) + caveats,
    )


def _double_zero_caveat(strata: Strata) -> tuple[str, ...]:
    if count := int(strata.double_zero.sum()):
        return (f"Studies with no event in either arm, or nothing but events: {count}.",)
    return ()
