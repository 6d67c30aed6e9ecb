"""The interface: every answer holds its documented shape, every refusal says what is allowed."""

import pytest
from django.test import Client

from enthesis.domain.evidence import Evidence
from enthesis.report.evidence_json import topic_object
from enthesis.web.evidence.api import schemas


def test_topic_is_the_object_of_the_command_line(reader: Client, evidence: Evidence) -> None:
    topic = evidence.topic("knee-osteoarthritis", "prp")
    answer = reader.get("/api/v1/evidence/knee-osteoarthritis/prp").json()
    expected = topic_object(topic, topic.answers, evidence.vocabulary)
    assert answer["questions"][0]["mu"] == expected["questions"][0]["mu"]
    assert list(answer) == list(expected)
    assert len(answer["questions"]) == len(topic.answers)


def test_topic_can_be_narrowed(reader: Client) -> None:
    query = "comparator=placebo&outcome=pain&horizon=weeks-40-78"
    questions = reader.get(f"/api/v1/evidence/knee-osteoarthritis/prp?{query}").json()["questions"]
    assert [(q["comparator_class"], q["outcome"], q["horizon"]) for q in questions] == [
        ("placebo", "pain", [40, 78])
    ]


def test_every_topic_study_and_review_has_the_documented_shape(reader: Client, evidence: Evidence) -> None:
    for condition, intervention in evidence.topics:
        schemas.TopicShape.model_validate(reader.get(f"/api/v1/evidence/{condition}/{intervention}").json())
    for study in evidence.studies:
        schemas.StudyShape.model_validate(reader.get(f"/api/v1/studies/{study}").json())
    for review in evidence.reviews:
        schemas.ReviewShape.model_validate(reader.get(f"/api/v1/reviews/{review}").json())


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("catalogue", schemas.CatalogueShape),
        ("map", schemas.MapShape),
        ("map?outcome=pain&horizon=weeks-18-39", schemas.MapShape),
        ("claims", schemas.ClaimsShape),
        ("search?q=knee", schemas.SearchShape),
    ],
)
def test_answer_has_the_documented_shape(reader: Client, address: str, shape: type[schemas.Shape]) -> None:
    shape.model_validate(reader.get(f"/api/v1/{address}").json())


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("evidence/knee-ostearthritis/prp", 404, "knee-osteoarthritis"),
        ("evidence/knee-osteoarthritis/prp?comparator=plazebo", 404, "placebo"),
        ("evidence/knee-osteoarthritis/prp?outcome=pian", 404, "pain"),
        ("evidence/knee-osteoarthritis/prp?horizon=week-9", 404, "weeks-79-on"),
        ("studies/bennel-2021", 404, "bennell-2021"),
        ("reviews/aaos-2012", 404, "aaos-2021"),
        ("map?outcome=happiness", 404, ""),
        (f"search?q={'x' * 121}", 422, ""),
    ],
)
def test_refusal_is_an_object_with_near_names(reader: Client, address: str, status: int, said: str) -> None:
    answer = reader.get(f"/api/v1/{address}")
    assert answer.status_code == status
    body = answer.json()
    assert body["message"]
    if said:
        assert said in body["did_you_mean"]


def test_description_names_every_operation_and_refers_to_nothing_outside(reader: Client) -> None:
    described = reader.get("/api/v1/openapi.json")
    paths = described.json()["paths"]
    for part in ("catalogue", "map", "evidence", "studies", "reviews", "claims", "search"):
        assert any(f"/{part}" in path for path in paths)
    assert "$ref" not in described.content.decode()


def test_viewer_of_the_description_is_local(reader: Client) -> None:
    body = reader.get("/api/v1/docs").content.decode()
    assert "/static/ninja/swagger-ui-bundle" in body
    assert "cdn" not in body


def test_answers_can_be_read_again_for_nothing(reader: Client) -> None:
    first = reader.get("/api/v1/map")
    assert reader.get("/api/v1/map", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/v1/product", '{"kind": "prp", "preparation": {"spins": 1e308}}'),
        ("/api/v1/product", '{"kind": "prp", "preparation": {"spins": -1}}'),
        ("/api/v1/product", '{"kind": "prp", "product": {"volume_prepared": 1e308}}'),
        ("/api/v1/score", '{"instrument": "vas-pain-100", "answers": {"vas": 1%s}}' % ("0" * 400)),
    ],
)
def test_a_number_beyond_all_reach_is_refused_at_once(reader: Client, address: str, body: str) -> None:
    assert reader.post(address, body, content_type="application/json").status_code == 422
