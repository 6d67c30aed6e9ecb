"""Moderators of one question as a plain object; keys are stable, new ones may come."""

from typing import Any

from enthesis.domain.evidence.moderators import ENOUGH, NOT_RECORDED, Moderation, Point, Tried
from enthesis.report.moderator_words import LIMITS, moderation_lead, moderation_sentences

__all__ = ["moderation_object"]


def moderation_object(m: Moderation) -> dict[str, Any]:
    """All moderators tried; coefficients on the scale of the pool per step, ratios as logarithms."""
    kin, scale = m.pool.kin, m.pool.scale
    return {
        "condition": kin.condition,
        "intervention": kin.intervention,
        "comparator_class": str(kin.comparator_class),
        "outcome": kin.outcome,
        "k": m.pool.k,
        "scale": str(scale.kind) if scale else None,
        "better": scale.better if scale else None,
        "mcid": scale.mcid.value if scale and scale.mcid else None,
        "needed": ENOUGH,
        "tried": len(m.tried),
        "fitted": len(m.fitted),
        "at_least_one_below_0_05_by_chance": m.by_chance,
        "moderators": [_tried(t) for t in m.tried],
        "not_recorded": dict(NOT_RECORDED),
        "sentences": [moderation_lead(m), *moderation_sentences(m)],
        "limits": list(LIMITS),
        "feeds_verdicts": False,
    }


def _tried(t: Tried) -> dict[str, Any]:
    f = t.fitted
    s = f.sceptical if f else None
    return {
        "name": t.moderator.name,
        "step": t.moderator.step,
        "why": t.moderator.why,
        "k": len(t.points),
        "silent": t.silent,
        "too_few": t.too_few,
        "coefficient": f.coefficient if f else None,
        "ci": list(f.ci) if f else None,
        "p_permutation": f.p_permutation if f else None,
        "smallest_p": f.smallest_p if f else None,
        "p_holm": f.p_holm if f else None,
        "tau2": f.regression.tau2 if f else None,
        "r2": f.regression.r2 if f else None,
        "sceptical": {
            "mean": s.mean,
            "interval": list(s.interval),
            "prior_sd": s.prior_sd,
            "probability_positive": s.probability_positive,
        }
        if s
        else None,
        "trials": [_point(t, p) for p in t.points],
    }


def _point(t: Tried, p: Point) -> dict[str, Any]:
    return {
        "id": p.contrast.pick.study.id,
        "value": t.moderator.shown(p.value),
        "steps": p.value,
        "weeks": p.contrast.pick.result.weeks,
        "y": p.y,
        "v": p.v,
    }
