"""The map of everything known, and its filter."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from enthesis.domain.vocabulary import HORIZONS, Horizon
from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import horizon_from, horizon_slug
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.drawn import FILE_KINDS
from enthesis.web.evidence.present.map import OUTCOMES, map_page
from enthesis.web.evidence.present.reporting import literature_sentence
from enthesis.web.evidence.present.verdicts import LEGEND

__all__ = ["map_choice", "show"]


@finished("outcome", "horizon")
def show(request: HttpRequest) -> HttpResponse:
    """The map, whole or for one outcome and one span of follow-up."""
    evidence = state.current().evidence
    outcome, horizon = map_choice(request.GET)
    slug = horizon_slug(horizon) if horizon else ""
    files = [(kind.upper(), reverse("map-file", args=[kind])) for kind in FILE_KINDS]
    context = {
        "room": "map",
        "map": map_page(evidence, outcome, horizon),
        "legend": LEGEND,
        "outcomes": [(name, evidence.vocabulary.label("outcome", name)) for name in OUTCOMES],
        "horizons": [(horizon_slug(h), h.label) for h in HORIZONS],
        "outcome": outcome,
        "horizon": slug,
        "files": files,
        "told": literature_sentence(evidence.studies.values()),
        "query": urlencode({"outcome": outcome or "", "horizon": slug}) if outcome or horizon else "",
    }
    return render(request, "evidence/map.html", context)


def map_choice(query: Mapping[str, str]) -> tuple[str | None, Horizon | None]:
    """Outcome and horizon that a query asks for; None for what it leaves open.

    Raises:
        NotFound: The map knows no such outcome or horizon.
    """
    outcome, slug = query.get("outcome", ""), query.get("horizon", "")
    if outcome and outcome not in OUTCOMES:
        raise NotFound("outcome on the map", outcome, OUTCOMES)
    return outcome or None, horizon_from(slug) if slug else None
