"""What the trials of one question say together, with every reading that small numbers call for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.judgement import PREDICTION_K, SMALL_K, Judgement, judge
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import RATIO_WORDS, Scale, direction_of
from enthesis.domain.evidence.sizes import Contrast, Effect
from enthesis.statistics import pooling

__all__ = ["Reading", "Synthesis", "fits", "synthesise"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the trials: its name, effect and interval on the scale of the pool."""

    name: str
    mu: float
    ci: tuple[float, float]
    p_benefit: float | None


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Pooled answer of one question.

    ``pooled`` is REML with Hartung-Knapp; ``judged`` is what certainty, verdict and probabilities rest on.
    ``p_benefit`` is P(true mean effect beyond the important difference), ``p_harm`` the same for harm,
    ``p_benefit_new`` for the effect in a new setting (None below three trials); all None where no important
    difference is set. ``p_better`` is P(true mean effect on the side of benefit at all).
    """

    scale: Scale
    contrasts: tuple[Contrast, ...]
    pooled: pooling.PooledEffect
    judged: Judgement
    n: int
    n_unknown: int
    p_benefit: float | None
    p_harm: float | None
    p_better: float
    p_benefit_new: float | None
    readings: tuple[Reading, ...]

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.contrasts)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Effect of each trial on the scale of the pool."""
        return tuple(c.on[self.scale.kind] for c in self.contrasts)

    def benefit(self, y: float) -> float:
        """An effect turned so that positive is better."""
        return self.scale.sign * y


def fits(contrast: Contrast, scale: Scale) -> bool:
    """True when a contrast can stand on the scale; different ratios and directions are never mixed."""
    if scale.kind not in contrast.on:
        return False
    if not scale.is_ratio:
        return True
    same = RATIO_WORDS.get(contrast.ratio_measure or "") == scale.unit
    return same and direction_of(contrast) == scale.better


def synthesise(contrasts: Sequence[Contrast], scale: Scale, rules: EvidenceRules) -> Synthesis:
    """Pool the contrasts on one scale. All must fit it; one contrast gives the trial itself."""
    y = np.array([c.on[scale.kind].y for c in contrasts])
    v = np.array([c.on[scale.kind].v for c in contrasts])
    pooled = pooling.pool(y, v, method="REML", interval="hartung-knapp")
    judged = judge(y, v, scale, rules, pooled)
    sizes = [c.n for c in contrasts]
    return Synthesis(
        scale=scale,
        contrasts=tuple(contrasts),
        pooled=pooled,
        judged=judged,
        n=sum(n for n in sizes if n),
        n_unknown=sizes.count(None),
        p_benefit=_p_important(judged, scale),
        p_harm=_p_important(judged, scale, harm=True),
        p_better=float(judged.beyond(0.0, higher=scale.sign > 0)),
        p_benefit_new=_p_important(judged, scale, new_setting=True) if len(y) >= PREDICTION_K else None,
        readings=_readings(y, v, scale, pooled, judged) if 2 <= len(y) <= SMALL_K else (),
    )


def _p_important(
    judged: Judgement, scale: Scale, *, harm: bool = False, new_setting: bool = False
) -> float | None:
    if scale.mcid is None:
        return None
    higher = (scale.sign > 0) is not harm
    threshold = scale.mcid.value if higher else -scale.mcid.value
    return float(judged.beyond(threshold, higher=higher, new_setting=new_setting))


def _readings(
    y: np.ndarray, v: np.ndarray, scale: Scale, pooled: pooling.PooledEffect, judged: Judgement
) -> tuple[Reading, ...]:
    fits = [("REML, Hartung-Knapp", pooled), ("REML, Hartung-Knapp, floored", judged.fit)]
    common = ("common effect", pooling.pool(y, v, method="EE", interval="wald"))
    found = [_reading(name, fit, scale) for name, fit in fits]
    if judged.bayes is not None:
        found.append(Reading(judged.method, judged.mu, judged.ci, _p_important(judged, scale)))
    return (*found, _reading(*common, scale))


def _reading(name: str, fit: pooling.PooledEffect, scale: Scale) -> Reading:
    law = Judgement(name, fit.mu, fit.ci, fit, None)
    return Reading(name, fit.mu, fit.ci, _p_important(law, scale))
