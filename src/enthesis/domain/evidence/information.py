"""How many people the question of a pool needs before its answer is as firm as one adequate trial's.

The effect to be found is the important difference of the scale; alpha and power are those of the optimal
information size, so that both speak of the same trial.
"""

from collections.abc import Sequence
from math import exp

import numpy as np

from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.errors import CannotEstimate
from enthesis.statistics import sequential

__all__ = ["required_information"]

# A risk that an important ratio would push beyond certainty is held just short of it.
HIGHEST_RISK = 0.99


def required_information(
    s: Synthesis, held: Sequence[Contrast], rules: EvidenceRules, d2: float
) -> sequential.RequiredInformation:
    """Participants in all arms that the important difference calls for, diversity counted.

    Args:
        s: The pool, for its scale and important difference.
        held: Trials whose spread or risk stands for that of the question.
        rules: Error rates.
        d2: Diversity of the trials, 0 to below 1; 0 for one trial.

    Raises:
        CannotEstimate: No important difference is set, or the spread or the risk is not known.

    Source: Wetterslev et al. 2009, doi:10.1186/1471-2288-9-86.
    """
    if s.scale.mcid is None:
        raise CannotEstimate(
            f"No important difference is agreed on the scale of this pool ({s.scale.unit}), so nobody can "
            "say how many people would be needed to find it."
        )
    alpha = rules.certainty["ois_alpha"].value
    beta = 1.0 - rules.certainty["ois_power"].value
    if s.scale.is_ratio:
        control = _control_risk(held)
        wanted = _risk_with(control, s)
        return sequential.required_information_for_proportions(control, wanted, d2=d2, alpha=alpha, beta=beta)
    return sequential.required_information_for_means(
        s.scale.mcid.value, _spread(s, held), d2=d2, alpha=alpha, beta=beta
    )


def _spread(s: Synthesis, held: Sequence[Contrast]) -> float:
    if s.scale.kind is ScaleKind.SMD:
        return 1.0
    spreads = [c.sd_points for c in held if c.sd_points]
    if not spreads:
        raise CannotEstimate(
            "No trial prints the spread of its patients, so the people needed cannot be counted."
        )
    return float(np.median(spreads))


def _control_risk(held: Sequence[Contrast]) -> float:
    """Share with the event among all people of the comparator arms that were counted."""
    counted = [c.versus for c in held if c.versus.events is not None and c.versus.n]
    events, n = sum(side.events or 0 for side in counted), sum(side.n or 0 for side in counted)
    if not 0 < events < n:
        seen = f"{events} of {n} had the event" if n else "no arm was counted"
        raise CannotEstimate(
            f"The risk without the treatment is not known ({seen}), so the people needed cannot be counted."
        )
    return events / n


def _risk_with(control: float, s: Synthesis) -> float:
    """Risk with the treatment if its effect were the important one."""
    ratio = exp(s.scale.sign * s.scale.mcid.value) if s.scale.mcid else 1.0
    if s.scale.unit == "odds ratio":
        odds = control / (1.0 - control) * ratio
        return odds / (1.0 + odds)
    if s.scale.unit == "hazard ratio":
        return 1.0 - (1.0 - control) ** ratio
    return min(control * ratio, HIGHEST_RISK)
