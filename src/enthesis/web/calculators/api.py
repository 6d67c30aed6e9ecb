"""Instruments, scores, questionnaires and products for programs; objects are those of the command line."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from typing import Any

from django.http import HttpRequest
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.instruments import score_response
from enthesis.domain.products import product_report, read_product
from enthesis.errors import Fault, InvalidData
from enthesis.exchange.fhir import questionnaire
from enthesis.report.instrument_json import instrument_object, instrument_summary

__all__ = ["router"]

router = Router()


class GivenAnswers(BaseModel):
    """One response: answers by item id or 1-based number, or one per item in order; null for no answer."""

    model_config = ConfigDict(extra="forbid")

    instrument: str = Field(max_length=100)
    answers: dict[str, Any] | list[Any]
    version: str = ""
    language: str = ""
    value_set: str = ""


@router.get("/instruments")
def instruments(request: HttpRequest) -> dict[str, Any]:
    """Every instrument, whether it scores, and whether its wording ships."""
    return {"instruments": [instrument_summary(i) for i in load_instruments().values()]}


@router.get("/instruments/{instrument}")
def one_instrument(request: HttpRequest, instrument: str) -> dict[str, Any]:
    """One instrument: items, rules of scoring, thresholds with their sources, licence."""
    return instrument_object(find_instrument(instrument))


def _described(shape: type[BaseModel]) -> dict[str, Any]:
    """The body of an operation, without references: the description of the interface stands alone."""
    return {"requestBody": {"content": {"application/json": {"schema": shape.model_json_schema()}}}}


@router.post("/score", openapi_extra=_described(GivenAnswers))
def score(request: HttpRequest, body: dict[str, Any] = Body(...)) -> dict[str, Any]:  # noqa: B008
    """Scores of one response, as ``enthesis score --json`` gives them; nothing is stored."""
    given = _read(body)
    scored = score_response(
        find_instrument(given.instrument),
        given.answers,
        version=given.version,
        language=given.language,
        value_set=given.value_set,
    )
    return scored.as_json()


@router.post("/product")
def product(request: HttpRequest, record: dict[str, Any] = Body(...)) -> dict[str, Any]:  # noqa: B008
    """Dose, codes, leukocyte labels and warnings, as ``enthesis product --json``; nothing is stored."""
    return product_report(read_product(record), load_product_rules()).as_dict()


@router.get("/questionnaires/{instrument}", url_name="questionnaire")
def one_questionnaire(request: HttpRequest, instrument: str, structure_only: bool = False) -> dict[str, Any]:
    """The instrument as a FHIR R4 Questionnaire; structure_only calls the items by number."""
    return questionnaire(find_instrument(instrument), structure_only=structure_only).resource


def _read(body: dict[str, Any]) -> GivenAnswers:
    try:
        return GivenAnswers.model_validate(body)
    except ValidationError as error:
        raise InvalidData(
            Fault(f"{e['msg']}.", ".".join(map(str, e["loc"]))) for e in error.errors(include_url=False)
        ) from None
