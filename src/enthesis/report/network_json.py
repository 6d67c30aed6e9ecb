"""A network as a plain object, for the interface and the command line; keys are stable, new ones may come."""

from collections.abc import Sequence
from typing import Any

from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.network_confidence import confidence_of
from enthesis.domain.evidence.network_trials import NetworkTrial
from enthesis.domain.evidence.networks import FittedNetwork, FittedPart, TrialNetwork
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.network_words import inconsistency_words, part_caveats
from enthesis.report.sentences import place_words
from enthesis.statistics.network import Comparison, ComparisonConfidence, contributions

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


def network_object(
    fitted: FittedNetwork, vocabulary: Vocabulary, assessments: Sequence[Assessment] = ()
) -> dict[str, Any]:
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
        "components": [_part(part, fitted, vocabulary, assessments) for part in fitted.parts],
        "studies": [_trial(trial) for trial in held.trials],
        "left_out": [{"id": x.study.id, "why": x.why} for x in held.left_out],
        "caveats": list(fitted.caveats),
        "feeds_verdicts": False,
    }


def _part(
    part: FittedPart, fitted: FittedNetwork, vocabulary: Vocabulary, assessments: Sequence[Assessment]
) -> dict[str, Any]:
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
        "rank_probabilities": _ranks(part),
        "contributions": _contributions(part),
        "confidence": [_confidence(c) for c in confidence_of(part, fitted, assessments)],
        "caveats": list(part_caveats(part, vocabulary)),
    }


def _ranks(part: FittedPart) -> dict[str, list[float]] | None:
    if part.ranking is None:
        return None
    chances = zip(part.ranking.treatments, part.ranking.rank_probability.tolist(), strict=True)
    return dict(chances)


def _contributions(part: FittedPart) -> dict[str, Any] | None:
    if part.ranking is None:
        return None
    shares = contributions(part.analysis)
    return {
        "links": [list(link) for link in shares.links],
        "studies": list(shares.studies),
        "comparisons": [
            {"treatment": a, "comparator": b, "by_link": by_link, "by_study": by_study}
            for (a, b), by_link, by_study in zip(
                shares.comparisons, shares.by_link.tolist(), shares.by_study.tolist(), strict=True
            )
        ],
    }


def _confidence(c: ComparisonConfidence) -> dict[str, Any]:
    return {
        "treatment": c.treatment,
        "comparator": c.comparator,
        "at_least": c.at_least,
        "at_most": c.at_most,
        "concerns": [{"domain": x.domain, "concern": x.concern, "reason": x.reason} for x in c.concerns],
        "caveats": [x.text for x in c.caveats],
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
