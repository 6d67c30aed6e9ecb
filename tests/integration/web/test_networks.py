"""Networks on the web: list, pages, files, data, and the ways there."""

import re

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.web.evidence.api import schemas
from enthesis.web.evidence.networks import known_networks, network_page

LARGEST = "/networks/knee-osteoarthritis/pain/weeks-18-39/"


def test_the_list_names_every_network_with_its_size(reader: Client) -> None:
    page = Page(reader.get("/networks/"))
    assert set(map(network_page, known_networks())) <= set(page.links)
    assert "no verdict of the map rests on a network" in page.text


def test_every_network_has_a_whole_page_whose_studies_have_pages(reader: Client) -> None:
    for key, held in known_networks().items():
        answer = reader.get(network_page(key))
        assert answer.status_code == 200, key
        page = Page(answer)
        assert page.unclosed == [], key
        assert page.mistakes == [], key
        ids = [a["id"] for _, a in page.tags if a.get("id")]
        assert len(set(ids)) == len(ids), key
        told = [*(t.study.id for t in held.trials), *(x.study.id for x in held.left_out)]
        assert {f"/studies/{study}/" for study in told} <= set(page.links)


def test_a_network_warns_before_it_ranks(reader: Client) -> None:
    text = Page(reader.get(LARGEST)).text
    assert text.index("no verdict of the map rests on it") < text.index("P-scores")
    assert "A rank says nothing about the size of a difference" in text
    assert "an amount patients notice" not in text


def test_a_network_without_loops_says_that_agreement_cannot_be_assessed(reader: Client) -> None:
    text = Page(reader.get("/networks/lateral-epicondylitis/pain/weeks-7-17/")).text
    assert "Cannot be assessed: there are no loops" in text
    assert "in 2 parts that no trial links: " in text


@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf#")]
)
def test_the_drawing_is_a_file_of_each_kind(reader: Client, kind: str, begins: bytes) -> None:
    answer = reader.get(f"{LARGEST}network.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f"network-knee-osteoarthritis-pain-weeks-18-39.{kind}" in answer["Content-Disposition"]


def test_data_of_every_network_have_the_documented_shape(reader: Client) -> None:
    listed = reader.get("/api/v1/networks").json()
    schemas.NetworksShape.model_validate(listed)
    assert len(listed["networks"]) == len(known_networks())
    for key in known_networks():
        found = reader.get(f"/api/v1{network_page(key).rstrip('/')}").json()
        schemas.NetworkShape.model_validate(found)
        assert found["feeds_verdicts"] is False


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/networks/knee-ostearthritis/pain/weeks-18-39/", "knee-osteoarthritis"),
        ("/networks/knee-osteoarthritis/pian/weeks-18-39/", "pain"),
        ("/networks/knee-osteoarthritis/pain/weeks-18-38/", "weeks-18-39"),
        ("/networks/facet-joint-pain/pain/weeks-18-39/", "facet-joint-pain"),
        (f"{LARGEST}network.gif", "gif"),
    ],
)
def test_what_is_no_network_is_refused_with_a_near_name(reader: Client, address: str, said: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert said in Page(answer).text


def test_the_map_and_an_answer_lead_to_the_networks_and_say_what_they_are_not(reader: Client) -> None:
    assert "/networks/" in Page(reader.get("/")).links
    page = Page(reader.get("/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-18-39/"))
    assert LARGEST in page.links
    assert "This answer does not rest on it" in page.text


def test_an_answer_on_harms_leads_to_no_network(reader: Client) -> None:
    address = "/evidence/knee-osteoarthritis/prp/placebo/adverse-event/whole-follow-up/"
    assert not [link for link in Page(reader.get(address)).links if link.startswith("/networks/")]


def test_a_network_shows_chances_of_ranks_only_after_what_they_cannot_tell(reader: Client) -> None:
    text = Page(reader.get(LARGEST)).text
    assert text.index("Ranks cannot tell") < text.index("Chance of each place")


def test_a_network_proposes_confidence_with_reasons_and_says_that_nobody_confirmed_it(reader: Client) -> None:
    text = Page(reader.get(LARGEST)).text
    assert "in the manner of CINeMA, for a person to confirm; nobody has" in text
    for domain in ("Within-study bias:", "Imprecision:", "Heterogeneity:", "Incoherence:"):
        assert domain in text
    assert "contributions of the direct comparisons" in text


def test_data_of_a_network_carry_ranks_shares_and_confidence(reader: Client) -> None:
    found = reader.get(f"/api/v1{LARGEST.rstrip('/')}").json()
    (part,) = found["components"]
    count = len(part["treatments"])
    assert all(abs(sum(chances) - 1) < 1e-9 for chances in part["rank_probabilities"].values())
    assert len(part["confidence"]) == len(part["contributions"]["comparisons"]) == count * (count - 1) // 2
    assert all(abs(sum(row["by_link"]) - 1) < 1e-9 for row in part["contributions"]["comparisons"])


def test_no_page_or_datum_of_a_network_names_a_treatment_by_its_id(reader: Client) -> None:
    ids = re.compile(r"\b(hyaluronic-acid|prolotherapy-dextrose|msc-[a-z]+|nothing-added|dry-needling)\b")
    for key in known_networks():
        text = Page(reader.get(network_page(key))).text
        assert not ids.search(text), ids.search(text)
        data = reader.get(f"/api/v1{network_page(key).rstrip('/')}").json()
        said = [*data["caveats"], *(c for part in data["components"] for c in part["caveats"])]
        assert not ids.search(" ".join(said))
