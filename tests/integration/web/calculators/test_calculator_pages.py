"""Every page of the calculators is whole, and every link on it leads somewhere."""

from django.test import Client
from tests.integration.web.calculators.queries import product
from tests.integration.web.pages import Page

from enthesis.catalogue.instruments_loader import load_instruments

ADDRESSES = [
    "/calculators/",
    "/calculators/prp/",
    product(),
    product(**{"product.volume_injected": "9"}),
    product().replace("/prp/", "/prp/label/"),
    "/calculators/scores/",
    "/calculators/mcid/",
    *(f"/calculators/scores/{name}/" for name in load_instruments()),
    *(f"/calculators/mcid/?instrument={name}" for name in load_instruments()),
    "/calculators/scores/koos/?P1=2&P2=2&P3=2&P4=2&P5=2&score=1",
    "/calculators/scores/vas-pain-100/?vas=200&score=1",
]
REFUSED = ("volume_injected=9", "vas=200")


def test_every_page_is_whole_and_every_inner_link_leads_somewhere(reader: Client) -> None:
    known: dict[str, int] = {}
    for address in ADDRESSES:
        answer = reader.get(address)
        page = Page(answer)
        assert answer.status_code == (422 if any(r in address for r in REFUSED) else 200), address
        assert page.unclosed == [], address
        assert page.mistakes == [], address
        ids = [a["id"] for _, a in page.tags if a.get("id")]
        assert len(set(ids)) == len(ids), f"an id repeats on {address}"
        for link in page.links:
            target, _, anchor = link.partition("#")
            if target.startswith("/"):
                known[target] = known.get(target) or reader.get(target).status_code
                # The clinic asks who is there; everything else opens at once.
                assert known[target] == (302 if target == "/clinic/" else 200), f"{link} on {address}"
            elif anchor and not target:
                assert anchor in ids, f"{link} on {address}"


def test_only_reading_is_allowed(reader: Client) -> None:
    for address in ADDRESSES[:7]:
        assert reader.post(address).status_code == 405


def test_every_box_has_a_label(reader: Client) -> None:
    for address in ("/calculators/prp/", "/calculators/scores/eq-5d-5l/", "/calculators/mcid/"):
        page = Page(reader.get(address))
        labels = {a.get("for") for tag, a in page.tags if tag == "label"}
        for tag, a in page.tags:
            if tag in ("input", "select") and a.get("type") != "radio":
                assert a.get("id") in labels or a.get("aria-label"), f"{a.get('name')} on {address}"
