"""Scores, products, instruments and questionnaires for programs: the objects of the command line."""

import json

import pytest
from django.test import Client
from fhir.resources.R4B.questionnaire import Questionnaire

ODI = {str(n): value for n, value in enumerate((2, 1, 3, 2, 1, 2, 1, None, 2, 2), start=1)}


def post(reader: Client, path: str, body: object):
    return reader.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")


def test_a_score_keeps_the_contract(reader: Client) -> None:
    found = post(reader, "score", {"instrument": "odi", "answers": ODI}).json()
    assert set(found) == {"instrument", "version", "scores", "caveats"}
    # 16 points over the 9 sections answered: 100 x 16 / 45.
    assert found["scores"][0]["value"] == pytest.approx(100 * 16 / 45)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"instrument": "odi", "answers": {"1": 9}}, 422, "from 0 to 5"),
        ({"instrument": "odi", "answers": ODI, "version": "1.0"}, 422, "1.0"),
        ({"instrument": "oddi", "answers": ODI}, 404, "oddi"),
        ({"instrument": "sf-12", "answers": {}}, 422, "switched off"),
        ({"instrument": "odi"}, 422, "answers"),
        ({"instrument": "odi", "answers": ODI, "name": "a person"}, 422, "name"),
    ],
)
def test_a_response_that_cannot_be_scored_is_refused(
    reader: Client, body: object, status: int, said: str
) -> None:
    response = post(reader, "score", body)
    assert response.status_code == status
    assert said in response.content.decode()


def test_a_product_keeps_the_contract(reader: Client) -> None:
    record = {"product": {"platelets": "1000 G/L", "volume_prepared": 5, "volume_injected": 5}}
    found = post(reader, "product", record).json()
    assert found["dose_e9"] == 5
    assert found["contract_version"] == 1
    refused = post(reader, "product", {"product": {"platelets": -1, "colour": "red"}})
    assert refused.status_code == 422
    assert {f["where"] for f in refused.json()["faults"]} == {"product.platelets", "product.colour"}


def test_instruments_are_listed_and_described(reader: Client) -> None:
    listed = reader.get("/api/v1/instruments").json()["instruments"]
    assert {"koos", "vas-pain-100"} <= {i["id"] for i in listed}
    koos = reader.get("/api/v1/instruments/koos").json()
    assert koos["scoring"][0]["range"] == [0, 100]
    assert all(t["source"] for t in koos["thresholds"])


def test_a_questionnaire_is_given_or_refused_with_the_owner(reader: Client) -> None:
    assert Questionnaire.model_validate(reader.get("/api/v1/questionnaires/vas").json()).status == "active"
    refused = reader.get("/api/v1/questionnaires/eq5d")
    assert refused.status_code == 403
    assert "EuroQol" in refused.json()["message"]
    bare = reader.get("/api/v1/questionnaires/eq5d?structure_only=true").json()
    assert bare["title"].endswith("(structure only)")


def test_the_interface_page_names_the_new_addresses(reader: Client) -> None:
    html = reader.get("/api/").content.decode()
    assert "/api/v1/score" in html
    assert "/api/v1/questionnaires/{instrument}" in html
