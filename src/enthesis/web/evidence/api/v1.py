"""Version 1 of the interface: catalogue, map, topic, study, review, claims, search."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view

from enthesis.errors import EnthesisError, InvalidData, NotAllowed, NotFound
from enthesis.report.claims_json import claims_object
from enthesis.report.evidence_json import topic_object
from enthesis.report.map_json import map_object
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import comparator_from, horizon_from
from enthesis.web.evidence.api import schemas
from enthesis.web.evidence.api.plain import plain
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.index import search
from enthesis.web.evidence.views.claims import answered
from enthesis.web.evidence.views.map import map_choice
from enthesis.web.evidence.views.search import index

__all__ = ["api"]

STATUSES: dict[type[EnthesisError], int] = {NotFound: 404, NotAllowed: 403, InvalidData: 422}

api = NinjaAPI(
    title="Enthesis evidence",
    version="1",
    urls_namespace="api-v1",
    description=(
        "What works and what does not in regenerative injections, with every number and its source. "
        "Keys are stable: new ones may come, none is renamed. Not a medical device."
    ),
)

# Named by its path: rooms of the site know nothing of each other.
api.add_router("", "enthesis.web.calculators.api.router")
api.add_router("", "enthesis.web.consult.api.router")


@api.exception_handler(EnthesisError)
def refuse(request: HttpRequest, error: EnthesisError) -> HttpResponse:
    """One of our errors as an object: message, faults with their place and repair, near names."""
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 422)
    faults = error.faults if isinstance(error, InvalidData) else ()
    body = {
        "message": str(error),
        "faults": [{"where": f.where, "message": f.message, "repair": f.repair} for f in faults],
        "did_you_mean": list(error.close) if isinstance(error, NotFound) else [],
    }
    return api.create_response(request, body, status=status)


def _get(path: str, shape: type[schemas.Shape], *parameters: str) -> Callable[[Callable], Callable]:
    """An operation whose answer is kept; its shape is documented, and held by tests."""

    def decorate(operation: Callable) -> Callable:
        kept = decorate_view(finished(*parameters))(operation)
        return api.get(path, openapi_extra=schemas.documented(shape))(kept)

    return decorate


@_get("/catalogue", schemas.CatalogueShape)
def catalogue(request: HttpRequest) -> dict[str, Any]:
    """Which state of the catalogue and of the declared rules everything else was computed from."""
    held = state.current()
    e = held.evidence
    return {
        "content_hash": held.edition.content_hash,
        "version": held.edition.version,
        "rules": held.edition.rules,
        "studies": sorted(e.studies),
        "reviews": sorted(e.reviews),
        "conditions": plain(list(e.vocabulary.conditions.values())),
        "interventions": plain(list(e.vocabulary.interventions.values())),
        "outcomes": plain(list(e.vocabulary.outcomes.values())),
    }


@_get("/map", schemas.MapShape, "outcome", "horizon")
def evidence_map(request: HttpRequest, outcome: str = "", horizon: str = "") -> dict[str, Any]:
    """Every condition and intervention with its headline against placebo and against other treatments.

    outcome: an outcome domain, as pain; horizon: a span of follow-up, as weeks-18-39 or weeks-79-on.
    """
    return map_object(state.current().evidence, *map_choice({"outcome": outcome, "horizon": horizon}))


@_get("/evidence/{condition}/{intervention}", schemas.TopicShape, "comparator", "outcome", "horizon")
def topic(
    request: HttpRequest,
    condition: str,
    intervention: str,
    comparator: str = "",
    outcome: str = "",
    horizon: str = "",
) -> dict[str, Any]:
    """Everything known about a condition and an intervention, as ``enthesis evidence show --json`` gives it.

    comparator: a comparator class, as placebo; outcome and horizon as for the map; whole-follow-up for harms.
    """
    e = state.current().evidence
    held = e.topic(condition, intervention)
    cls = comparator_from(comparator) if comparator else None
    span = horizon_from(horizon) if horizon else None
    if outcome and outcome not in e.vocabulary.outcomes:
        raise NotFound("outcome", outcome, e.vocabulary.outcomes)
    chosen = [
        a
        for a in held.answers
        if (cls is None or a.question.comparator_class is cls)
        and (not outcome or a.question.outcome == outcome)
        and (not horizon or a.question.horizon == span)
    ]
    return topic_object(held, chosen, e.vocabulary)


@_get("/studies/{study}", schemas.StudyShape)
def one_study(request: HttpRequest, study: str) -> dict[str, Any]:
    """One study report with everything read from it and every doubt of the integrity screen."""
    e = state.current().evidence
    if study not in e.studies:
        raise NotFound("study", study, e.studies)
    return plain(e.studies[study]) | {"doubts": plain(e.doubts.get(study, ()))}


@_get("/reviews/{review}", schemas.ReviewShape)
def one_review(request: HttpRequest, review: str) -> dict[str, Any]:
    """One published synthesis or guideline with everything read from it."""
    e = state.current().evidence
    if review not in e.reviews:
        raise NotFound("review", review, e.reviews)
    return plain(e.reviews[review])


@_get("/claims", schemas.ClaimsShape)
def claims(request: HttpRequest) -> dict[str, Any]:
    """What the field says, with our answer beside each claim, as ``enthesis claims --json`` gives it."""
    return claims_object(answered(), state.current().evidence)


@api.get("/search", openapi_extra=schemas.documented(schemas.SearchShape))
def find(request: HttpRequest, q: str = Query("", description="Words that must all fit.")) -> dict[str, Any]:
    """Conditions, answers, studies and reviews that hold every word of q; at most 20 of each kind."""
    found = search(index(), q)
    return {
        "query": q,
        "did_you_mean": found.meant or None,
        "groups": [
            {
                "name": name,
                "count": count,
                "results": [{"title": e.title, "detail": e.detail, "address": e.address} for e in entries],
            }
            for name, entries, count in found.groups
        ],
    }
