"""How fragile an answer is as a plain object; keys are stable, new ones may come."""

from typing import Any

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.fragility import Fragility
from enthesis.domain.evidence.questions import Question
from enthesis.report.fragility_words import fragility_sentences
from enthesis.statistics.multiverse import AxisEffect, rerun, specification

__all__ = ["fragility_object", "no_fragility_object", "specification_object"]


def _question(q: Question) -> dict[str, Any]:
    return {
        "condition": q.condition,
        "intervention": q.intervention,
        "comparator_class": str(q.comparator_class),
        "outcome": q.outcome,
        "horizon": list(q.span) if q.span else None,
    }


def no_fragility_object(answer: Answer, why: str) -> dict[str, Any]:
    """An answer without a multiverse, and why it has none."""
    return _question(answer.question) | {"k": answer.k, "specifications": 0, "why_none": why}


def fragility_object(f: Fragility) -> dict[str, Any]:
    """The multiverse of one answer; effects on the scale of the answer, ratios as logarithms."""
    s = f.shares
    return _question(f.question) | {
        "k": int(f.pools.k[f.declared]),
        "scale": str(f.scale.kind),
        "better": f.scale.better,
        "mcid": f.scale.mcid.value if f.scale.mcid else None,
        "specifications": len(f.whole),
        "possible": f.possible,
        "pools": len(f.pools),
        "data_sets": f.data_sets,
        "empty": f.empty,
        "single_trial": f.single,
        "declared": {
            "mu": f.declared_mu,
            "ci": list(f.declared_ci),
            "share_less_favourable": f.less_favourable,
        },
        "median": s.median,
        "lowest": s.lowest,
        "highest": s.highest,
        "middle_90_percent": list(s.middle),
        "share_benefit": s.benefit,
        "share_beyond_mcid": s.beyond if f.scale.mcid else None,
        "share_surely_beyond_mcid": s.surely_beyond if f.scale.mcid else None,
        "share_beyond_mcid_against": f.beyond_harm if f.scale.mcid else None,
        "share_significant_benefit": s.significant_benefit,
        "share_significant_harm": s.significant_harm,
        "share_undecided": s.neither,
        "strongest_axis": f.strongest.name if f.strongest else None,
        "interactions": f.variance.interactions,
        "axes": [_axis(x) for x in f.variance.axes],
        "idle_axes": [{"name": x.name, "why": x.why} for x in f.idle],
        "curve": _curve(f),
        "sentences": list(fragility_sentences(f)),
        "caveats": list(f.caveats),
        "why_none": None,
    }


def _axis(x: AxisEffect) -> dict[str, Any]:
    levels = zip(x.levels, x.means, x.counts, strict=True)
    return {
        "name": x.name,
        "variance_explained": x.eta2,
        "unique": x.unique,
        "levels": [{"name": name, "mean": mean, "specifications": count} for name, mean, count in levels],
    }


def _curve(f: Fragility) -> list[dict[str, Any]]:
    columns = (x.tolist() for x in (f.curve.position, f.curve.mu, f.curve.ci, f.curve.k))
    return [{"specification": at, "mu": mu, "ci": ci, "k": k} for at, mu, ci, k in zip(*columns, strict=True)]


def specification_object(f: Fragility, which: int) -> dict[str, Any]:
    """One specification run alone: its choices, the figures it uses, and its pool.

    Raises:
        InvalidData: There is no specification of that number.
    """
    one, pooled = specification(f.pools, which), rerun(f.pools, which)
    return {
        "specification": which,
        "levels": dict(one.levels),
        "method": pooled.method,
        "interval": pooled.ci_method,
        "mu": pooled.mu,
        "ci": list(pooled.ci),
        "tau2": pooled.tau2,
        "k": pooled.k,
        "studies": [_figure(f, at) for at in one.candidates],
        "caveats": [c.text for c in pooled.caveats],
    }


def _figure(f: Fragility, at: int) -> dict[str, Any]:
    held = f.held[at]
    figures = [held.trial.figures[i] for i in held.read.places]
    return {
        "id": held.read.contrast.pick.study.id,
        "y": held.read.effect.y,
        "v": held.read.effect.v,
        "rows": [
            {
                "study": x.contrast.pick.study.id,
                "instrument": x.contrast.pick.result.instrument,
                "weeks": x.contrast.pick.result.weeks,
                "kind": x.contrast.pick.result.kind,
                "assumed_correlation": x.correlation,
                "suspect": x.contrast.pick.is_suspect,
            }
            for x in figures
        ],
    }
