"""Answers as plain objects for programs: the contract of ``enthesis evidence show --json`` and of the API.

Keys are stable: new ones may come, none is renamed. Numbers keep full double precision. Effects are on the
scale of the pool: for continuous outcomes positive is better for the intervention, ratios are logarithms.
"""

from collections.abc import Iterable
from typing import Any

from enthesis.domain.evidence.answers import Agreement, Answer, LeftOut
from enthesis.domain.evidence.certainty import Certainty
from enthesis.domain.evidence.directions import Directions, directions
from enthesis.domain.evidence.published import PublishedRow
from enthesis.domain.evidence.review import Review, Statement
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.series import Series, SeriesRow
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.domain.evidence.topics import Topic
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.comparisons_json import comparison_object
from enthesis.report.sentences import statement

__all__ = ["answer_object", "topic_object"]

_SCALE_IDS = {
    "risk ratio": "log-risk-ratio",
    "odds ratio": "log-odds-ratio",
    "hazard ratio": "log-hazard-ratio",
}


def topic_object(topic: Topic, answers: Iterable[Answer], vocabulary: Vocabulary) -> dict[str, Any]:
    """One condition and intervention with the answers asked for.

    Args:
        topic: The topic.
        answers: Its answers, all of them or those a reader filtered.
        vocabulary: Labels for the statements.
    """
    chosen = list(answers)
    told = [found for a in chosen if (found := directions(a))]
    return {
        "condition": topic.condition,
        "intervention": topic.intervention,
        "questions": [answer_object(a, vocabulary) for a in chosen],
        "swim": [_swim(d) for d in told],
        "single_arm": [_series(s) for s in topic.series],
        "reviews": [*(_published(p) for p in topic.published), *(_statement(*s) for s in topic.reviews)],
        "guidelines": [_statement(*s) for s in topic.guidelines],
        "product_comparisons": [comparison_object(v) for v in topic.variants],
    }


def answer_object(a: Answer, vocabulary: Vocabulary) -> dict[str, Any]:
    """One question with everything its answer rests on."""
    q = a.question
    return {
        "comparator_class": str(q.comparator_class),
        "outcome": q.outcome,
        "horizon": list(q.span) if q.span else None,
        "k": a.k,
        "n": a.n,
        **_pooled(a.synthesis),
        "certainty": a.level.word,
        "certainty_domains": _domains(a.certainty),
        "certainty_reasons": list(a.level_reasons),
        "size": str(a.size),
        "verdict": str(a.verdict),
        "basis": str(a.basis),
        "published_basis": _published(a.published) if a.published else None,
        "statement": statement(a, vocabulary),
        "caveats": list(a.caveats),
        "studies": _studies(a.synthesis),
        "left_out": [_left_out(x) for x in a.left_out],
        "sensitivities": [
            {
                "label": s.label,
                "k": s.synthesis.k,
                "mu": s.synthesis.judged.mu,
                "ci": list(s.synthesis.judged.ci),
                "verdict": str(s.verdict),
            }
            for s in a.sensitivities
        ],
        "agreement": [_agreement(x) for x in a.agreements],
    }


def _pooled(s: Synthesis | None) -> dict[str, Any]:
    keys = (
        "scale",
        "unit",
        "better",
        "mu",
        "ci",
        "se",
        "prediction_interval",
        "tau2",
        "i2",
        "p_benefit",
        "mcid",
    )
    if s is None:
        return dict.fromkeys((*keys, "method", "judged", "readings"))
    fit = s.pooled
    values = (
        scale_id(s.scale), s.scale.unit, s.scale.better, fit.mu, list(fit.ci), fit.se,
        list(fit.prediction_interval) if fit.prediction_interval else None, fit.tau2, fit.i2, s.p_benefit,
        s.scale.mcid.value if s.scale.mcid else None,
    )  # fmt: skip
    return dict(zip(keys, values, strict=True)) | {
        "p_harm": s.p_harm,
        "p_better": s.p_better,
        "p_benefit_new_setting": s.p_benefit_new,
        "method": f"{fit.method}, {fit.ci_method}",
        "judged": _judged(s),
        "readings": [
            {"name": r.name, "mu": r.mu, "ci": list(r.ci), "p_benefit": r.p_benefit} for r in s.readings
        ],
    }


def _judged(s: Synthesis) -> dict[str, Any]:
    ahead = s.judged.prediction_interval
    return {
        "method": s.judged.method,
        "mu": s.judged.mu,
        "ci": list(s.judged.ci),
        "prediction_interval": list(ahead) if ahead else None,
    }


def scale_id(scale: Scale) -> str:
    """Name of a scale for programs."""
    if scale.is_ratio:
        return _SCALE_IDS[scale.unit]
    return {ScaleKind.POINTS: "points-0-100", ScaleKind.SMD: "smd"}.get(scale.kind, f"native:{scale.unit}")


def _domains(certainty: Certainty | None) -> list[dict[str, Any]]:
    if certainty is None:
        return []
    found: list[dict[str, Any]] = [
        {"domain": d.domain, "steps": d.steps, "reason": d.reason} for d in certainty.domains
    ]
    if certainty.override:
        o = certainty.override
        found.append(
            {
                "domain": "override",
                "level": o.level.word,
                "by": o.by,
                "on": o.on.isoformat(),
                "reason": o.reason,
            }
        )
    return found


def _studies(s: Synthesis | None) -> list[dict[str, Any]]:
    if s is None:
        return []
    return [
        _contrast(c) | {"y": e.y, "v": e.v, "weight": w}
        for c, e, w in zip(s.contrasts, s.effects, s.pooled.weights, strict=True)
    ]


def _contrast(c: Contrast) -> dict[str, Any]:
    study, row = c.pick.study, c.pick.result
    place = ", ".join(part for part in (row.source.kind, row.source.locator) if part)
    return {
        "id": study.id,
        "year": study.year,
        "design": study.design,
        "n": c.n,
        "comparator": c.pick.comparator,
        "instrument": row.instrument,
        "weeks": row.weeks,
        "kind": row.kind,
        "source": place,
        "url": row.source.url or study.url,
        "rule": c.pick.trace,
        "route": c.pick.route.name.lower().replace("_", "-"),
        "caveats": list(c.caveats),
    }


def _left_out(x: LeftOut) -> dict[str, Any]:
    return {"id": x.contrast.pick.study.id, "why": x.why, "suspect": x.is_suspect}


def _agreement(x: Agreement) -> dict[str, Any]:
    return {"review": x.published.review.id, "differs": x.differs, "why": x.why}


def _swim(d: Directions) -> dict[str, Any]:
    vote, combined = d.vote, d.combined
    return {
        "comparator_class": str(d.question.comparator_class),
        "outcome": d.question.outcome,
        "horizon": list(d.question.span) if d.question.span else None,
        "trials": [
            {
                "id": t.contrast.pick.study.id,
                "direction": t.direction,
                "has_figures": t.has_figures,
                "p": t.reported.p if t.reported else None,
                "relation": t.reported.relation if t.reported else None,
                "url": t.contrast.pick.result.source.url or t.contrast.pick.study.url,
            }
            for t in d.trials
        ],
        "favourable": vote.favourable if vote else 0,
        "with_direction": vote.k if vote else 0,
        "proportion": vote.proportion if vote else None,
        "ci": list(vote.ci) if vote else None,
        "sign_test_p": vote.p if vote else None,
        "combined_p": combined.p if combined else None,
        "combined_method": combined.method if combined else None,
        "note": "counts directions; says nothing about the size of an effect",
    }


def _series(s: Series) -> dict[str, Any]:
    return {
        "id": s.study.id,
        "arm": s.arm.label,
        "n": s.arm.n or s.study.population.n_randomised,
        "year": s.study.year,
        "ocebm_level": s.ocebm_level,
        "url": s.study.url,
        "rows": [_series_row(r) for r in s.rows],
        "note": "change without a control group; no effect of treatment can be read from it",
    }


def _series_row(r: SeriesRow) -> dict[str, Any]:
    f, b, c = r.figures, r.baseline, r.change
    return {
        "outcome": r.result.outcome,
        "instrument": r.result.instrument,
        "weeks": r.result.weeks,
        "kind": r.result.kind,
        "n": f.n if f else None,
        "mean": f.mean if f else None,
        "sd": f.sd if f else None,
        "events": f.events if f else None,
        "percent": f.percent if f else None,
        "baseline_mean": b.mean if b else None,
        "change": c.estimate if c else None,
        "direction": c.direction if c else None,
    }


def _published(p: PublishedRow) -> dict[str, Any]:
    row = p.row
    return {
        "id": p.review.id,
        "year": p.review.year,
        "url": row.source.url or p.review.url,
        "comparator": row.comparator,
        "outcome": row.outcome,
        "weeks": row.weeks,
        "measure": row.measure,
        "estimate": row.estimate,
        "ci": list(row.ci) if row.ci else None,
        "k": row.k,
        "n": row.n,
        "certainty": row.certainty,
        "direct": p.direct,
        "suspect": p.review.is_suspect,
        "direction": p.direction,
        "caveats": list(p.caveats),
    }


def _statement(review: Review, s: Statement) -> dict[str, Any]:
    return {
        "id": review.id,
        "year": review.year,
        "url": review.url,
        "says": s.says,
        "system": s.system,
        "level": s.level,
        "strength": s.strength,
        "route": s.route,
        "conditions": list(review.conditions),
    }
