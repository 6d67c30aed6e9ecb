"""The score calculator: a form for every instrument, a score with its rule, or a refusal beside the item."""

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import Instrument

INSTRUMENTS = load_instruments()
SCORED = [name for name, i in INSTRUMENTS.items() if not i.switched_off]
OFF = [name for name, i in INSTRUMENTS.items() if i.switched_off]


def words(reader: Client, address: str, status: int = 200) -> str:
    response = reader.get(address)
    assert response.status_code == status
    page = Page(response)
    assert page.mistakes == []
    return " ".join(" ".join(page.words).split())


def boxes(reader: Client, name: str) -> set[str | None]:
    page = Page(reader.get(f"/calculators/scores/{name}/"))
    return {tag[1].get("name") for tag in page.tags if tag[0] == "input"}


@pytest.mark.parametrize("name", SCORED)
def test_every_instrument_is_a_form_with_a_box_for_every_item(reader: Client, name: str) -> None:
    assert {item.id for item in INSTRUMENTS[name].items} <= boxes(reader, name)


@pytest.mark.parametrize("name", SCORED)
def test_wording_is_shown_only_where_it_ships(reader: Client, name: str) -> None:
    i: Instrument = INSTRUMENTS[name]
    said = words(reader, f"/calculators/scores/{name}/")
    if i.licence.text_ships:
        assert all(" ".join(item.text.split()) in said for item in i.items)
    else:
        assert "By number." in said
        assert i.licence.owner in said


@pytest.mark.parametrize("name", OFF)
def test_a_switched_off_instrument_says_why_and_has_no_form(reader: Client, name: str) -> None:
    assert "Switched off." in words(reader, f"/calculators/scores/{name}/")
    assert boxes(reader, name) == {"q"}


def test_the_list_leads_to_every_instrument(reader: Client) -> None:
    html = reader.get("/calculators/scores/").content.decode()
    for name in SCORED:
        assert html.count(f'href="/calculators/scores/{name}/"') == 1


def test_a_score_has_its_range_direction_and_rule(reader: Client) -> None:
    query = "&".join(f"P{n}=1" for n in range(1, 6))
    said = words(reader, f"/calculators/scores/koos/?{query}&score=1")
    # Five of nine answered with 1: 100 - 25 x 1.
    assert "75 on 0 to 100; higher is better" in said
    assert "5 of 9 answered. Rule: 100 - 25 × mean of the answered items" in said
    assert "No score: needs at least 4 of 7 answers" in said


def test_a_score_with_another_range_is_stretched_beside_it(reader: Client) -> None:
    said = words(reader, "/calculators/scores/nrs-pain/?nrs=7&score=1")
    assert "7 on 0 to 10; lower is better" in said
    assert "Stretched to 0 to 100, same direction: 70" in said


def test_an_index_needs_a_value_set_and_takes_one(reader: Client) -> None:
    levels = "mobility=1&self-care=1&usual-activities=1&pain-discomfort=1&anxiety-depression=1&score=1"
    assert "no value set chosen" in words(reader, f"/calculators/scores/eq-5d-5l/?{levels}")
    # Full health is 1; the worst state loses 0.387 + 0.380 + 0.324 + 0.584 + 0.247 of it in India.
    assert "1 on −0.92 to 1" in words(reader, f"/calculators/scores/eq-5d-5l/?{levels}&value_set=india")
    assert "is no value set" in words(reader, f"/calculators/scores/eq-5d-5l/?{levels}&value_set=mars", 422)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Nothing is answered yet"),
        ("vas=", "Nothing is answered yet"),
        ("vas=101", "Answer 101; must be a number from 0 to 100"),
        ("vas=-1", "Answer -1; must be a number from 0 to 100"),
        ("vas=nan", "must be a number from 0 to 100"),
        ("vas=a lot", "Answer 'a lot' is no number"),
    ],
)
def test_an_answer_that_cannot_be_gives_no_score(reader: Client, query: str, said: str) -> None:
    shown = words(reader, f"/calculators/scores/vas-pain-100/?{query}&score=1", 422)
    assert said in shown
    assert "No score yet" in shown
    assert "is better" not in shown


def test_a_decimal_comma_is_understood(reader: Client) -> None:
    assert "62.5 on 0 to 100" in words(reader, "/calculators/scores/vas-pain-100/?vas=62,5&score=1")


def test_an_empty_form_that_means_an_answer_is_scored_with_a_caveat(reader: Client) -> None:
    said = words(reader, "/calculators/scores/rmdq/?score=1")
    assert "0 on 0 to 24; lower is better" in said
    assert "the best state, or an empty form" in said


def test_answers_stand_in_the_form_after_scoring(reader: Client) -> None:
    page = Page(reader.get("/calculators/scores/koos/?P1=3&score=1"))
    chosen = [
        a["value"] for tag, a in page.tags if tag == "input" and a.get("name") == "P1" and "checked" in a
    ]
    assert chosen == ["3"]


def test_an_unknown_instrument_is_not_found_and_a_near_name_is_offered(reader: Client) -> None:
    response = reader.get("/calculators/scores/kooss/")
    assert response.status_code == 404
    assert "/calculators/scores/koos/" in response.content.decode()


def test_an_alias_finds_its_instrument(reader: Client) -> None:
    assert "Generic health state" in words(reader, "/calculators/scores/eq5d/")
