"""How fragile an answer is, as data."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from enthesis.domain.evidence.fragility import why_none
from enthesis.report.fragility_json import fragility_object, no_fragility_object, specification_object
from enthesis.web.evidence.api import schemas
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.fragilities import fragility_of, told_fragility
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["router"]

router = Router()
_QUESTION = "/fragility/{condition}/{intervention}/{comparator}/{outcome}/{horizon}"


@router.get(_QUESTION, openapi_extra=schemas.documented(schemas.FragilityShape))
@decorate_view(finished())
def fragility(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str, horizon: str
) -> dict[str, Any]:
    """One question analysed in every defensible way: shares, curve, what each choice moves.

    Effects stand on the scale of the answer, ratios as logarithms. With fewer than two trials ``why_none``
    says why there is nothing to tell.
    """
    answer = answer_at(condition, intervention, comparator, outcome, horizon)
    found = fragility_of(answer)
    return fragility_object(found) if found else no_fragility_object(answer, why_none(answer) or "")


@router.get(f"{_QUESTION}/{{specification}}", openapi_extra=schemas.documented(schemas.SpecificationShape))
def specification(
    request: HttpRequest,
    condition: str,
    intervention: str,
    comparator: str,
    outcome: str,
    horizon: str,
    specification: int,
) -> dict[str, Any]:
    """One way run alone: its choices, the figures it uses and their pool. Numbers stand in the curve."""
    answer = answer_at(condition, intervention, comparator, outcome, horizon)
    return specification_object(told_fragility(answer), specification)
