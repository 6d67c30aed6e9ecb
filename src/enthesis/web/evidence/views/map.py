"""The map of everything known, and its filter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.vocabulary import HORIZONS
from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import horizon_from, horizon_slug
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.map import OUTCOMES, map_page
from enthesis.web.evidence.present.verdicts import LEGEND

__all__ = ["show"]


@finished("outcome", "horizon")
def show(request: HttpRequest) -> HttpResponse:
    """The map, whole or for one outcome and one span of follow-up."""
    evidence = state.current().evidence
    outcome, slug = request.GET.get("outcome", ""), request.GET.get("horizon", "")
    if outcome and outcome not in OUTCOMES:
        raise NotFound("outcome on the map", outcome, OUTCOMES)
    horizon = horizon_from(slug) if slug else None
    context = {
        "room": "map",
        "map": map_page(evidence, outcome or None, horizon),
        "legend": LEGEND,
        "outcomes": [(name, evidence.vocabulary.label("outcome", name)) for name in OUTCOMES],
        "horizons": [(horizon_slug(h), h.label) for h in HORIZONS],
        "outcome": outcome,
        "horizon": slug,
    }
    return render(request, "evidence/map.html", context)
