"""PET-PEESE for dependent effects."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.applicability import MINIMUM_K, check_enough_studies
from enthesis.statistics.bias.weighted_line import check_varies
from enthesis.statistics.bias.working_model import RHO, assumed_correlation, check_clusters, working_fit
from enthesis.statistics.blocks import RobustBlocks
from enthesis.statistics.distributions import stdtr
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.regression_results import Coefficient
from enthesis.statistics.pooling.results import Caveat

__all__ = ["PetPeeseByStudy", "pet_peese_by_study"]

# Stanley & Doucouliagos 2014 take PEESE when PET finds an effect in a one-sided test at 5%.
_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class PetPeeseByStudy:
    """Effect extrapolated to a standard error of 0, with CR2 errors by study.

    Attributes:
        mu: Intercept of the chosen line.
        se: Its standard error.
        ci: Its interval at ``level``.
        df: Satterthwaite's degrees of freedom behind it.
        chosen: "PET" or "PEESE".
        pet: Intercept and slope on the standard error.
        peese: Intercept and slope on the variance.
        pet_p: One-sided p-value of PET's intercept in the favoured direction.
        level: Coverage of the interval.
        k: Number of effects.
        studies: Number of studies.
        caveats: Doubts that the reader must see.
    """

    mu: float
    se: float
    ci: tuple[float, float]
    df: float
    chosen: str
    pet: tuple[Coefficient, ...]
    peese: tuple[Coefficient, ...]
    pet_p: float
    level: float
    k: int
    studies: int
    caveats: tuple[Caveat, ...]


def pet_peese_by_study(
    y: ArrayLike,
    v: ArrayLike,
    study: Sequence[Hashable],
    *,
    favours: str,
    rho: float = RHO,
    level: float = 0.95,
    minimum_studies: int = MINIMUM_K,
) -> PetPeeseByStudy:
    """Effect at a standard error of 0 where studies give several effects.

    Args:
        y: Effects, (k,), on one additive scale with 0 as no effect.
        v: Sampling variances, (k,), in y's unit squared.
        study: Study of each effect, k labels.
        favours: Direction of benefit, "greater" or "less".
        rho: Correlation assumed between sampling errors of one study, in [0, 1).
        level: Coverage of the interval.
        minimum_studies: Refuse below this many studies; lower it only to validate the code.

    When it misleads: as for PET-PEESE; few studies or studies of similar size make the extrapolation wild.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Too few studies, or all of one precision.

    Source: Stanley & Doucouliagos 2014, doi:10.1002/jrsm.1095; with robust errors: Rodgers & Pustejovsky
        2021, doi:10.1037/met0000300.
    """
    y, v, study = check_clusters(y, v, study, rho)
    check_level(level)
    if favours not in ("greater", "less"):
        raise InvalidData(Fault(f"{favours!r} is no direction;", "favours", "give greater or less."))
    studies = len(set(study))
    check_enough_studies(studies, minimum_studies, "PET-PEESE by study")
    check_varies(v, "variance")
    pet = working_fit(y, v, study, np.sqrt(v)[:, None], ["standard error"], rho, level)[1]
    peese = working_fit(y, v, study, v[:, None], ["variance"], rho, level)[1]
    turned = pet.coefficients[0].statistic * (1 if favours == "greater" else -1)
    p = float(stdtr(pet.df[0], -turned))
    chosen = peese if p < _ALPHA else pet
    intercept = chosen.coefficients[0]
    return PetPeeseByStudy(
        mu=intercept.estimate,
        se=intercept.se,
        ci=intercept.ci,
        df=chosen.df[0],
        chosen="PEESE" if chosen is peese else "PET",
        pet=pet.coefficients,
        peese=peese.coefficients,
        pet_p=p,
        level=level,
        k=len(y),
        studies=studies,
        caveats=_caveats(y, v, studies, chosen, rho),
    )


def _caveats(y: Array, v: Array, studies: int, chosen: RobustBlocks, rho: float) -> tuple[Caveat, ...]:
    smallest = float(np.sqrt(v.min()))
    found = [
        Caveat(
            "extrapolation",
            f"The smallest standard error seen is {smallest:.3g}; the effect is extrapolated to 0.",
        )
    ]
    if studies < 20:
        found.append(Caveat("few-studies", f"PET-PEESE is unstable below 20 studies; there are {studies}."))
    if not y.min() <= chosen.coefficients[0].estimate <= y.max():
        found.append(Caveat("beyond-the-data", "The extrapolated effect lies outside all observed effects."))
    return (*found, assumed_correlation(rho), *chosen.caveats)
