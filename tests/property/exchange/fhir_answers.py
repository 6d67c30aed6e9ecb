"""Strategies of answers to any shipped instrument, and the scores its expressions give by fhirpathpy."""

from functools import cache

import fhirpathpy
from fhirpathpy.models import models
from hypothesis import strategies as st

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import Response
from enthesis.exchange.fhir import questionnaire

SCORED = [name for name, i in load_instruments().items() if not i.switched_off]
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"


def answers_to(response: Response):
    if response.allowed:
        return st.sampled_from(response.allowed)
    tenths = st.integers(int(response.minimum * 10), int(response.maximum * 10))
    return tenths.map(lambda n: n / 10)


@st.composite
def answered(draw, instrument, gaps=True):
    """Answers by item id; with gaps, any of them may be None; of alternatives one is kept."""
    given = {}
    chosen = {branch: draw(st.sampled_from(branch)) for branch in instrument.branches}
    share = draw(st.sampled_from([0, 0, 1, 4])) if gaps else 0
    for item in instrument.items:
        branch = next((b for b in instrument.branches if item.id in b), None)
        skipped = (branch and chosen[branch] != item.id) or draw(st.integers(1, 10)) <= share
        given[item.id] = None if skipped else draw(answers_to(item.response))
    return given


@cache
def compiled(expression):
    return fhirpathpy.compile(expression, model=models["r4"])


def calculated(instrument, response):
    """Value of every calculated item by its link, None where the expression gives nothing."""
    form = questionnaire(instrument, structure_only=True).resource
    bare = {**response, "item": [i for i in response.get("item", []) if i["linkId"] != "scores"]}
    env = {"resource": bare}
    for variable in (e["valueExpression"] for e in form.get("extension", []) if e["url"] == VARIABLE):
        env[variable["name"]] = compiled(variable["expression"])(bare, env)
    found = {}
    for item in (i for group in form["item"] if group["linkId"] == "scores" for i in group["item"]):
        (expression,) = (
            e["valueExpression"]["expression"] for e in item["extension"] if e["url"] == CALCULATED
        )
        result = compiled(expression)(bare, env)
        found[item["linkId"]] = float(result[0]) if result else None
    return found
