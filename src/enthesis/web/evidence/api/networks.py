"""Networks as data."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from enthesis.domain.evidence.networks import fit_network
from enthesis.report.network_json import network_object, network_summary
from enthesis.web.evidence import state
from enthesis.web.evidence.api import schemas
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.networks import known_networks, network_at

__all__ = ["router"]

router = Router()


@router.get("/networks", openapi_extra=schemas.documented(schemas.NetworksShape))
@decorate_view(finished())
def networks(request: HttpRequest) -> dict[str, Any]:
    """Every network of trials: condition, outcome, horizon, its size, whether its parts are linked."""
    return {"networks": [network_summary(held) for held in known_networks().values()]}


@router.get(
    "/networks/{condition}/{outcome}/{horizon}", openapi_extra=schemas.documented(schemas.NetworkShape)
)
@decorate_view(finished())
def network(request: HttpRequest, condition: str, outcome: str, horizon: str) -> dict[str, Any]:
    """One network: geometry, league table, P-scores, inconsistency, trials, what was left out and why.

    Indirect comparisons; no verdict rests on them. horizon: a span of follow-up, as weeks-18-39.
    """
    held = state.current()
    fitted = fit_network(network_at(condition, outcome, horizon))
    return network_object(fitted, held.evidence.vocabulary, held.assessments)
