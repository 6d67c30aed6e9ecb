"""A network as a plain object, for the interface and the command line; keys are stable, new ones may come."""

from typing import Any

from enthesis.domain.evidence.network_trials import NetworkTrial
from enthesis.domain.evidence.networks import FittedNetwork, FittedPart, TrialNetwork
from enthesis.report.network_words import inconsistency_words
from enthesis.report.sentences import place_words
from enthesis.statistics.network import Comparison

__all__ = ["network_object", "network_summary"]


def network_summary(held: TrialNetwork) -> dict[str, Any]:
    """What a network holds, without its answers."""
    key = held.key
    return {
        "condition": key.condition,
        "outcome": key.outcome,
        "horizon": [key.horizon.lo, key.horizon.hi],
        "scale": str(held.scale.kind),
        "treatments": list(held.network.treatments),
        "trials": len(held.trials),
        "people": held.n,
        "parts": len(held.network.components),
        "connected": held.is_connected,
    }


def network_object(fitted: FittedNetwork) -> dict[str, Any]:
    """A network with its answers; effects are treatment less comparator, and positive is better."""
    held, shape = fitted.trials, fitted.trials.geometry
    return network_summary(held) | {
        "better": "higher",
        "nodes": [
            {"treatment": x.treatment, "part": x.part, "trials": x.k, "people": round(x.n)}
            for x in shape.nodes
        ],
        "edges": [
            {
                "treatments": list(x.treatments),
                "part": x.part,
                "trials": x.k,
                "people": round(x.n),
                "studies": list(x.studies),
            }
            for x in shape.links
        ],
        "components": [_part(part) for part in fitted.parts],
        "studies": [_trial(trial) for trial in held.trials],
        "left_out": [{"id": x.study.id, "why": x.why} for x in held.left_out],
        "caveats": list(fitted.caveats),
        "feeds_verdicts": False,
    }


def _part(part: FittedPart) -> dict[str, Any]:
    a = part.analysis
    names = part.treatments
    test = a.inconsistency
    league = [a.compare(x, y) for i, x in enumerate(names) for y in names[:i]]
    return {
        "treatments": list(names),
        "reference": part.reference,
        "method": a.method,
        "interval": a.ci_method,
        "level": a.level,
        "tau2": a.heterogeneity.tau2,
        "i2": a.heterogeneity.i2,
        "league": [_comparison(c) for c in league],
        "p_scores": _p_scores(part),
        "inconsistency": None if test is None else {"q": test.statistic, "df": test.df, "p": test.p},
        "inconsistency_words": inconsistency_words(part),
        "caveats": [c.text for c in a.caveats],
    }


def _p_scores(part: FittedPart) -> dict[str, Any] | None:
    if part.ranking is None:
        return None
    scores = zip(part.ranking.treatments, part.ranking.p_score.tolist(), strict=True)
    return {"scores": dict(scores), "warning": " ".join(c.text for c in part.ranking.caveats)}


def _comparison(c: Comparison) -> dict[str, Any]:
    return {
        "treatment": c.treatment,
        "comparator": c.comparator,
        "estimate": c.estimate,
        "se": c.se,
        "ci": list(c.ci),
        "p": c.p,
        "prediction_interval": list(c.prediction_interval) if c.prediction_interval else None,
        "trials": c.k,
        "evidence": c.evidence,
    }


def _trial(trial: NetworkTrial) -> dict[str, Any]:
    row = trial.pick.result
    return {
        "id": trial.study.id,
        "instrument": row.instrument,
        "weeks": row.weeks,
        "kind": row.kind,
        "arms": [
            {"treatment": a.treatment, "arms": list(a.arms), "n": a.n, "mean": a.mean, "sd": a.sd}
            for a in trial.arms
        ],
        "source": place_words(row),
        "url": row.source.url or trial.study.url,
        "caveats": list(trial.caveats),
    }
