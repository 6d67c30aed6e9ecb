"""Claims, method, about, the interface's page; and what must hold on every page."""

import re

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.catalogue.claims_loader import load_claims
from enthesis.domain.evidence import Evidence
from enthesis.web.evidence.addresses import question_page, review_page, study_page, topic_page
from enthesis.web.evidence.networks import known_networks, network_page


def test_every_claim_stands_on_the_page_with_a_standing(reader: Client) -> None:
    page = Page(reader.get("/claims/"))
    for claim in load_claims():
        assert claim.text in page.text
        assert claim.id in {a.get("id") for a in page.each("article")}


def test_method_tells_every_declared_number_with_its_reason(reader: Client, evidence: Evidence) -> None:
    text = Page(reader.get("/method/")).text
    for threshold in (*evidence.rules.integrity.values(), *evidence.rules.certainty.values()):
        assert threshold.why[1:] in text
    for m in evidence.rules.mcid.values():
        assert "; ".join(m.sources) in text


def test_about_says_that_it_is_no_medical_device(reader: Client) -> None:
    text = Page(reader.get("/about/")).text
    assert "has not been assessed, certified or approved as a medical device" in text
    assert "not a systematic search" in text


def test_only_reading_is_allowed(reader: Client) -> None:
    for address in ("/", "/claims/", "/method/", "/about/", "/search", "/api/"):
        assert reader.post(address).status_code == 405


def all_addresses(evidence: Evidence) -> list[str]:
    fixed = ["/", "/claims/", "/networks/", "/method/", "/about/", "/api/", "/search?q=knee"]
    topics = [*map(network_page, known_networks()), *(topic_page(*key) for key in evidence.topics)]
    return [*fixed, *topics, *map(study_page, evidence.studies), *map(review_page, evidence.reviews)]


def test_every_page_is_whole_and_every_inner_link_leads_somewhere(reader: Client, evidence: Evidence) -> None:
    questions = {question_page(a.question) for t in evidence.topics.values() for a in t.answers}
    pages = set(all_addresses(evidence)) | {"/search"}
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str]] = []
    for address in sorted(pages):
        answer = reader.get(address)
        assert answer.status_code == 200, address
        page = Page(answer)
        assert page.unclosed == [], address
        assert page.mistakes == [], address
        ids[address] = {a["id"] for _, a in page.tags if a.get("id")}
        assert len(ids[address]) == sum("id" in a for _, a in page.tags), f"an id repeats on {address}"
        wanted += [(address, link) for link in page.links if not link.startswith("http")]
    files = re.compile(r"\.(svg|png|pdf|csv)(\?|$)")
    # Pages behind an answer or a study; tests of their own open them.
    behind = re.compile(r"/(evidence/.+/(monitoring|fragility|moderators|grade)|studies/[^/]+/influence)/$")
    for address, link in wanted:
        target, _, anchor = link.partition("#")
        target = target or address
        known = (
            target in pages | questions
            or target.startswith(("/search", "/api/v1/", "/calculators/", "/clinic/", "/consult/"))
            or files.search(target)
            or behind.match(target)
        )
        assert known, f"{link} on {address}"
        if anchor:
            assert anchor in ids[target], f"{link} on {address}"


def test_every_question_has_a_page(reader: Client, evidence: Evidence) -> None:
    # One question per topic and comparator, because each draws its figures; the slow test takes all.
    seen = set()
    for topic in evidence.topics.values():
        for a in topic.answers:
            key = (topic.condition, topic.intervention, a.question.comparator_class)
            if key not in seen:
                seen.add(key)
                assert reader.get(question_page(a.question)).status_code == 200


@pytest.mark.slow
def test_every_single_question_has_a_page(reader: Client, evidence: Evidence) -> None:
    for topic in evidence.topics.values():
        for a in topic.answers:
            assert reader.get(question_page(a.question)).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/evidence/knee-osteoarthritis/prp/", "/studies/bennell-2021/", "/claims/"]
)
def test_pages_have_one_heading_landmarks_language_and_a_way_past_the_menu(
    reader: Client, address: str
) -> None:
    page = Page(reader.get(address))
    assert len(page.each("h1")) == 1
    assert len(page.each("main")) == len(page.each("header")) == len(page.each("footer")) == 1
    assert page.each("html")[0]["lang"] == "en-gb"
    assert page.links[0] == "#content"


@pytest.mark.parametrize("address", ["/", "/evidence/knee-osteoarthritis/prp/", "/claims/", "/search?q=knee"])
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(reader: Client, address: str) -> None:
    page = Page(reader.get(address))
    assert not page.each("style")
    assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)]
    loaded = [a.get("src") for tag, a in page.tags if tag in ("script", "img", "iframe")]
    loaded += [a.get("href") for a in page.each("link")]
    assert loaded
    assert all(str(x).startswith("/static/") for x in loaded)


def test_footer_names_the_state_of_the_catalogue(reader: Client) -> None:
    content_hash = reader.get("/api/v1/catalogue").json()["content_hash"]
    assert content_hash[:12] in Page(reader.get("/")).text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?outcome=pain&outcome=function", "is given 2 times"),
        ("/search?q=a%00b", "holds signs that cannot be read"),
        ("/search?q=%FF", "holds signs that cannot be read"),
        ("/method/?stray=%ED%A0%80", "holds signs that cannot be read"),
        ("/api/v1/map?outcome=pain&outcome=pain", "is given 2 times"),
    ],
)
def test_a_query_that_no_page_sends_is_refused_in_words(reader: Client, address: str, said: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ("json" in answer["Content-Type"]) is address.startswith("/api/")
