"""How many participants a meta-analysis needs before its answer is as firm as one adequate trial's."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.pooling import Caveat, pool_batch
from enthesis.statistics.pooling.data import check_studies
from enthesis.statistics.sequential.boundaries import drift_of
from enthesis.statistics.sequential.spending import check_probability

__all__ = [
    "Diversity",
    "RequiredInformation",
    "diversity",
    "required_information_for_means",
    "required_information_for_proportions",
]

#: With fewer studies the between-study variance, and so the diversity, is hardly known. Source:
#: Cochrane Handbook 10.10.4.
FEW_STUDIES = 5


@dataclass(frozen=True, slots=True)
class Diversity:
    """How much the random-effects model widens the variance of the pooled effect.

    Attributes:
        d2: Share of the random-effects variance that the common-effect variance leaves unexplained,
            from 0 to below 1.
        adjustment: 1 / (1 - d2): what the required information is multiplied by.
        k: Number of studies.
        method: Estimator of tau2.
        caveats: Doubts that the reader must see.
    """

    d2: float
    adjustment: float
    k: int
    method: str
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class RequiredInformation:
    """The diversity-adjusted required information size.

    Attributes:
        participants: Participants needed in all arms together, diversity counted (DARIS).
        unadjusted: The same without diversity (RIS), as one adequate trial would need.
        effect: Effect to be found, in the outcome's unit (a difference of means or of risks).
        variance: Variance of one participant's outcome behind it.
        d2: Diversity counted, from 0 to below 1.
        alpha: Two-sided type I error.
        beta: Type II error.
        drift: Expected Z when that many have been randomised and the effect is real.
        caveats: Doubts that the reader must see.
    """

    participants: int
    unadjusted: int
    effect: float
    variance: float
    d2: float
    alpha: float
    beta: float
    drift: float
    caveats: tuple[Caveat, ...]


def diversity(y: ArrayLike, v: ArrayLike, *, method: str = "REML") -> Diversity:
    """D2 of the studies: 1 - variance of the common-effect mean / variance of the random-effects mean.

    D2 is never below I2, and it is what the information size must be divided by 1 minus of. The
    original uses the DerSimonian-Laird tau2 (``method="DL"``).

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,), in y's unit squared.
        method: Estimator of tau2.

    Raises:
        InvalidData: As for `pool`.
        CannotEstimate: One study, which has no diversity.

    Source: Wetterslev et al. 2009, doi:10.1186/1471-2288-9-86.
    """
    y, v = check_studies(y, v)
    if len(y) < 2:
        raise CannotEstimate("Diversity lies between studies; at least 2 are needed, 1 given.")
    common = pool_batch(y[None], v[None], method="EE", interval="wald").se[0]
    random = pool_batch(y[None], v[None], method=method, interval="wald").se[0]
    ratio = float(random / common) ** 2
    return Diversity(1.0 - 1.0 / ratio, ratio, len(y), method, _doubts_of_diversity(len(y), ratio))


def required_information_for_means(
    difference: float,
    sd: float,
    *,
    d2: float = 0.0,
    alpha: float = 0.05,
    beta: float = 0.2,
    allocation: float = 1.0,
) -> RequiredInformation:
    """Participants needed to find a difference of means.

    Args:
        difference: Smallest difference that matters (the MCID), in the outcome's unit; its sign is ignored.
        sd: Standard deviation of the outcome within an arm, in the same unit.
        d2: Diversity of the meta-analysis, from 0 to below 1.
        alpha: Two-sided type I error.
        beta: Type II error.
        allocation: Participants in one arm per participant in the other.

    Raises:
        InvalidData: A difference of 0, a standard deviation that is not above 0, or a share out of range.

    Source: Wetterslev et al. 2009, doi:10.1186/1471-2288-9-86; Wetterslev et al. 2017,
        doi:10.1186/s12874-017-0315-7.
    """
    faults = []
    if not 0.0 < abs(difference) < np.inf:
        faults.append(Fault(f"{difference!r} is not a difference to be found.", "difference"))
    if not 0.0 < sd < np.inf:
        faults.append(Fault(f"{sd!r} is not a standard deviation;", "sd", "give a number above 0."))
    return _required(abs(difference), sd * sd, d2, alpha, beta, allocation, faults)


def required_information_for_proportions(
    control: float,
    experimental: float,
    *,
    d2: float = 0.0,
    alpha: float = 0.05,
    beta: float = 0.2,
    allocation: float = 1.0,
) -> RequiredInformation:
    """Participants needed to find a difference of risks.

    Args:
        control: Risk in the control arm, 0-1.
        experimental: Risk to be found in the other arm, 0-1: control x (1 - relative risk reduction).
        d2: Diversity of the meta-analysis, from 0 to below 1.
        alpha: Two-sided type I error.
        beta: Type II error.
        allocation: Participants in one arm per participant in the other.

    Raises:
        InvalidData: Risks outside (0, 1), or equal ones; a share out of range.

    Source: Wetterslev et al. 2009, doi:10.1186/1471-2288-9-86: both arms have the variance of their mean
        risk.
    """
    faults = [
        Fault(f"{risk!r} is not a risk;", name, "give a number between 0 and 1.")
        for name, risk in (("control", control), ("experimental", experimental))
        if not 0.0 < risk < 1.0
    ]
    if control == experimental:
        faults.append(Fault("the two risks are the same; there is nothing to find.", "experimental"))
    mean = 0.5 * (control + experimental)
    return _required(abs(control - experimental), mean * (1.0 - mean), d2, alpha, beta, allocation, faults)


def _required(
    effect: float,
    variance: float,
    d2: float,
    alpha: float,
    beta: float,
    allocation: float,
    faults: list[Fault],
) -> RequiredInformation:
    if not 0.0 <= d2 < 1.0:
        faults.append(Fault(f"{d2!r} is not a diversity;", "d2", "give a number from 0 to below 1."))
    if not 0.0 < allocation < np.inf:
        faults.append(Fault(f"{allocation!r} is not a ratio;", "allocation", "give a number above 0."))
    if faults:
        raise InvalidData(faults)
    check_probability("alpha", alpha)
    check_probability("beta", beta)
    drift = drift_of(alpha, beta)
    exact = (1.0 + allocation) ** 2 / allocation * drift**2 * variance / effect**2
    return RequiredInformation(
        participants=ceil(exact / (1.0 - d2)),
        unadjusted=ceil(exact),
        effect=effect,
        variance=variance,
        d2=d2,
        alpha=alpha,
        beta=beta,
        drift=drift,
        caveats=() if d2 > 0.0 else (_NO_DIVERSITY,),
    )


_NO_DIVERSITY = Caveat(
    "no-diversity",
    "No diversity was counted; the next trial may differ from these, and then more participants are needed.",
)


def _doubts_of_diversity(k: int, ratio: float) -> tuple[Caveat, ...]:
    found = []
    if k < FEW_STUDIES:
        found.append(Caveat("few-studies", f"Only {k} studies: their diversity is hardly known."))
    if ratio == 1.0:
        text = (
            "The studies differ no more than chance allows; that does not show that the next one will agree."
        )
        found.append(Caveat("diversity-on-boundary", text))
    return tuple(found)
