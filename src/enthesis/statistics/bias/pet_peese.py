"""PET-PEESE: the effect that an infinitely large study would show."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.applicability import MINIMUM_K, check_enough_studies
from enthesis.statistics.bias.critical import confidence_interval
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.bias.weighted_line import WeightedLine, weighted_line
from enthesis.statistics.distributions import ndtr, stdtr
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["PetPeese", "pet_peese"]

# Stanley & Doucouliagos 2014 take PEESE when PET finds an effect in a one-sided test at 5%.
_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class PetPeese:
    """Effect extrapolated to a standard error of 0.

    Attributes:
        mu: Intercept of the chosen line.
        se: Its standard error.
        ci: Its interval at ``level``.
        chosen: "PET" or "PEESE".
        pet: Line of effect on standard error.
        peese: Line of effect on variance.
        pet_p: One-sided p-value of PET's intercept in the favoured direction.
        dispersion: Whether the variances were multiplied by an estimated factor.
        level: Coverage of the interval.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    mu: float
    se: float
    ci: tuple[float, float]
    chosen: str
    pet: WeightedLine
    peese: WeightedLine
    pet_p: float
    dispersion: bool
    level: float
    k: int
    caveats: tuple[Caveat, ...]


def pet_peese(
    y: ArrayLike,
    v: ArrayLike,
    *,
    favours: str,
    dispersion: bool = True,
    level: float = 0.95,
    minimum_k: int = MINIMUM_K,
) -> PetPeese:
    """Effect at a standard error of 0: PET's line if it finds no effect there, else PEESE's.

    Args:
        y: Effect of each study, shape (k,), on one additive scale with 0 as no effect.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        favours: Direction of benefit, "greater" or "less".
        dispersion: Multiply the variances by a factor estimated from the residuals (t-distribution with
            k - 2 degrees of freedom); without it variances are taken as they are (normal distribution).
        level: Coverage of the interval.
        minimum_k: Refuse below this many studies; lower it only to validate the code.

    When it misleads: with heterogeneity, few studies or studies of similar size the extrapolation is wild
    and its interval too short; small studies may truly have other effects; y and v linked by construction
    (SMD, OR) bend the line.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Too few studies, all of one precision, or exactly on a line.

    Source: Stanley & Doucouliagos 2014, doi:10.1002/jrsm.1095; limits: Stanley 2017,
        doi:10.1177/1948550617693062.
    """
    y, v = check_effects(y, v)
    check_level(level)
    if favours not in ("greater", "less"):
        raise InvalidData(Fault(f"{favours!r} is no direction;", "favours", "give greater or less."))
    check_enough_studies(len(y), minimum_k, "PET-PEESE")
    pet = weighted_line(y, np.sqrt(v), 1 / v, dispersion=dispersion, name="standard error")
    peese = weighted_line(y, v, 1 / v, dispersion=dispersion, name="variance")
    statistic = pet.intercept / pet.se_intercept * (1 if favours == "greater" else -1)
    p = float(stdtr(pet.df, -statistic) if dispersion else ndtr(-statistic))
    chosen = peese if p < _ALPHA else pet
    df = chosen.df if dispersion else None
    return PetPeese(
        mu=chosen.intercept,
        se=chosen.se_intercept,
        ci=confidence_interval(chosen.intercept, chosen.se_intercept, level, df),
        chosen="PEESE" if chosen is peese else "PET",
        pet=pet,
        peese=peese,
        pet_p=p,
        dispersion=dispersion,
        level=level,
        k=len(y),
        caveats=_caveats(y, v, chosen),
    )


def _caveats(y: Array, v: Array, line: WeightedLine) -> tuple[Caveat, ...]:
    found = [
        Caveat(
            "extrapolation",
            f"The smallest standard error seen is {np.sqrt(v.min()):.3g}; the effect is extrapolated to 0.",
        )
    ]
    if len(y) < 20:
        found.append(Caveat("few-studies", f"PET-PEESE is unstable below 20 studies; there are {len(y)}."))
    if line.dispersion > 2:
        found.append(Caveat("heterogeneous", "I2 is above 50%; PET-PEESE is unreliable."))
    if not y.min() <= line.intercept <= y.max():
        found.append(Caveat("beyond-the-data", "The extrapolated effect lies outside all observed effects."))
    return tuple(found)
