"""A monitored answer as a plain object; keys are stable, new ones may come."""

from math import isfinite
from typing import Any

from enthesis.domain.evidence.monitoring import MonitoredAnswer
from enthesis.report.monitoring_words import LIMITS, monitoring_sentence, required_words
from enthesis.statistics.sequential import Look, Monitoring

__all__ = ["monitoring_object"]


def monitoring_object(m: MonitoredAnswer) -> dict[str, Any]:
    """A monitored answer; effects are on the scale of the pool, ratios as logarithms."""
    q, scale = m.answer.question, m.synthesis.scale
    return {
        "condition": q.condition,
        "intervention": q.intervention,
        "comparator": str(q.comparator_class),
        "outcome": q.outcome,
        "horizon": list(q.span) if q.span else None,
        "sentence": monitoring_sentence(m),
        "timing": m.timing,
        "scale": {"kind": str(scale.kind), "unit": scale.unit, "better": scale.better},
        "favours": "greater" if scale.sign > 0 else "less",
        "trials": [{"id": t.study, "year": t.year, "people": t.n} for t in m.trials],
        "left_out": list(m.left_out),
        "people": m.held,
        "information": m.share,
        "required": {
            "people": m.required.participants,
            "people_without_diversity": m.required.unadjusted,
            "important_difference": scale.mcid.value if scale.mcid else None,
            "diversity": m.required.d2,
            "alpha": m.required.alpha,
            "beta": m.required.beta,
            "words": required_words(m),
        },
        "missing": m.missing or None,
        "obrien_fleming": _course(m.course),
        "pocock": _course(m.pocock),
        "bayes": _bayes(m),
        "caveats": list(m.caveats),
        "limits": list(LIMITS),
        "feeds_verdicts": False,
    }


def _course(found: Monitoring | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "status": str(found.status),
        "decided_at": found.decided_at,
        "interval": found.ci_method,
        "looks": [_look(look) for look in found.looks],
    }


def _look(look: Look) -> dict[str, Any]:
    adjusted = look.adjusted_ci
    return {
        "trials": look.k,
        "people": look.participants,
        "information": look.information,
        "mu": look.mu,
        "ci": list(look.ci),
        "z": look.z,
        "p": look.p,
        # Nothing may be spent yet: there is no boundary, and the interval has no ends.
        "boundary": look.efficacy if look.efficacy is not None and isfinite(look.efficacy) else None,
        "futility": look.futility,
        "adjusted_ci": list(adjusted) if adjusted and all(map(isfinite, adjusted)) else None,
        "status": str(look.status),
    }


def _bayes(m: MonitoredAnswer) -> dict[str, Any] | None:
    b = m.bayes
    if b is None:
        return None
    return {
        "tau_scale": b.tau_scale,
        "looks": [
            {
                "trials": k,
                "p_benefit": float(b.beyond[i]),
                "p_benefit_new": float(b.new_beyond[i]),
                "p_better": float(b.any_benefit[i]),
                "p_harm": float(b.harm[i]),
                "median": float(b.median[i]),
                "interval": [float(x) for x in b.interval[i]],
            }
            for i, k in enumerate(b.k)
        ],
    }
