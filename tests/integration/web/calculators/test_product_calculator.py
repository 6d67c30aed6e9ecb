"""The platelet calculator: what was typed becomes a dose with its codes, or a refusal beside the box."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.integration.web.calculators.queries import RECORD, product
from tests.integration.web.pages import Page

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import mibo_paragraph, product_report, read_product
from enthesis.domain.products.intake import known_fields
from enthesis.domain.products.kinds import ProductKind
from enthesis.web.calculators.present.product_fields import FIELDS
from enthesis.web.calculators.present.product_form import kept_query, record_of


def words(reader: Client, address: str, status: int = 200) -> str:
    response = reader.get(address)
    assert response.status_code == status
    page = Page(response)
    assert page.mistakes == []
    return " ".join(" ".join(page.words).split())


def test_an_empty_form_asks_and_answers_nothing(reader: Client) -> None:
    said = words(reader, "/calculators/prp/")
    assert "appear here as soon as something is typed" in said
    assert "Nothing you type is stored here" in said
    assert "billion platelets injected" not in said


def test_counts_and_volumes_give_dose_fold_and_recovery(reader: Client) -> None:
    said = words(reader, product())
    # 1212.67 x 3 / 1000 = 3.638; 1212.67 / 240.67 = 5.039; 1212.67 x 3 / (240.67 x 27) = 56.0 %.
    assert "3.64 billion platelets injected, 5.04 times the platelets of blood, 56 % of the platelets" in said
    assert "P3-Aalpha" in said
    assert "above 750 to 1250" in said
    assert "Type 1A" in said
    assert "19 of 37" not in said
    assert re.search(r"\d+ of 37 data points", said)


def test_rich_and_poor_are_named_by_each_definition(reader: Client) -> None:
    said = words(reader, product())
    assert "rich by Dohan Ehrenfest" in said
    assert "rich by Mishra" in said
    assert "rich by PAW" in said


def test_the_paragraph_is_that_of_the_domain(reader: Client) -> None:
    report = product_report(read_product(record_of(RECORD | {"kind": "prp"})), load_product_rules())
    assert mibo_paragraph(report) in words(reader, product())


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("1212.67", "10^3/µL"), ("1212670", "/µL"), ("12.1267", "lakh/µL"), ("1212.67 G/L", "/µL")],
)
def test_every_unit_gives_the_same_dose(reader: Client, typed: str, unit: str) -> None:
    said = words(reader, product(**{"product.platelets": typed, "product.platelets.unit": unit}))
    assert "3.64 billion platelets injected" in said


@pytest.mark.parametrize(
    ("changes", "box", "said"),
    [
        ({"product.platelets": "-5"}, "product-platelets", "below zero"),
        ({"product.platelets": "many"}, "product-platelets", "starts with no number"),
        ({"product.platelets": "1,212"}, "product-platelets", "Write 1212 or 1.212"),
        ({"whole_blood.volume": "2"}, "whole-blood-volume", "cannot come from 2 mL of blood"),
        ({"product.volume_injected": "9"}, "product-volume-injected", "more than the 3 mL prepared"),
        ({"product.platelets": "12126.7"}, "product-platelets", "a slip by 10"),
        ({"product.volume_prepared": "3 parsecs"}, "product-volume-prepared", "no unit of volume"),
        ({"activation.agent": "magic"}, "activation-agent", "Unknown word"),
        ({"preparation.temperature": "warm"}, "preparation-temperature", "must be a number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_box_without_a_number(
    reader: Client, changes: dict[str, str], box: str, said: str
) -> None:
    response = reader.get(product(**changes))
    html = response.content.decode()
    slot = re.search(rf'<div class="fault" id="{box}-fault">(.*?)</div>', html, re.DOTALL)
    assert slot is not None
    assert said in slot[1]
    assert f'href="#{box}"' in html
    assert re.search(rf'id="{box}"[^>]*aria-invalid="true"', html)
    assert "billion platelets injected" not in html
    assert "No number" not in html
    assert "no number is given" in html


def test_what_was_typed_stays_in_the_boxes_and_in_the_address_of_the_label(reader: Client) -> None:
    html = reader.get(product()).content.decode()
    assert 'value="1212.67"' in html
    link = re.search(r'href="(/calculators/prp/label/\?[^"]+)"', html)
    assert link is not None
    query = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert {name: query[name][0] for name in RECORD} == RECORD


def test_the_label_leaves_the_person_to_the_pen(reader: Client) -> None:
    said = words(reader, product().replace("/prp/", "/prp/label/"))
    assert "3.638 billion platelets" in said
    assert "For to be written by hand" in said
    assert "Prepared to be written by hand" in said


def test_a_label_of_an_impossible_product_is_refused(reader: Client) -> None:
    response = reader.get(product(**{"product.volume_injected": "9"}).replace("/prp/", "/prp/label/"))
    assert response.status_code == 422


def test_another_kind_of_product_is_refused(reader: Client) -> None:
    assert "is no platelet product" in words(reader, product(kind="bmac"), 422)


def test_every_field_of_a_platelet_record_can_be_typed() -> None:
    """All but those that say the same in another way: spins in turns, activation by yes or no."""
    left_out = {
        "kind",
        *(f"preparation.{name}" for name in ("spins", "g_force", "minutes", "rpm", "radius_cm")),
        *(
            "preparation.anticoagulant",
            "activation.exogenous",
            "whole_blood.recounted",
        ),
        "whole_blood.rocked_minutes",
    }
    asked = {field.path for field in known_fields(ProductKind.PRP)} - left_out
    assert asked <= {field.path for field in FIELDS}


def test_a_complete_record_reaches_every_data_point(reader: Client) -> None:
    full = dict(RECORD)
    for field in FIELDS:
        if field.path not in full:
            plain = "1" if field.is_number else "text"
            full[field.path] = field.choices[0][0] if field.choices else plain
    full |= {
        "activation.agent": "calcium chloride",
        "whole_blood.lymphocytes": "1.5",
        "product.lymphocytes": "10",
    }
    said = words(reader, "/calculators/prp/?" + kept_query(full))
    found = re.search(r"(\d+) of (\d+) data points", said)
    assert found is not None
    assert found[1] == found[2]


def test_long_and_hostile_text_is_shown_as_text(reader: Client) -> None:
    html = reader.get(
        product(**{"preparation.device": "<script>alert(1)</script>" + "x" * 500})
    ).content.decode()
    assert "<script>alert" not in html
    assert "x" * 201 not in html


def test_nothing_is_kept_between_readers(reader: Client) -> None:
    response = reader.get(product())
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"product.platelets.unit": "per litre"}, "no such unit"),
        ({"product.monocytes.unit": "per litre"}, "is no unit of it"),
        ({"preparation.temperature": "5000000"}, "out of all reach"),
        ({"preparation.device": "x" * 201}, "at most 200"),
    ],
)
def test_nothing_that_was_typed_is_left_out_or_cut_off_without_a_word(
    reader: Client, changes: dict[str, str], said: str
) -> None:
    assert said in words(reader, product(**changes), 422)
    assert said in words(reader, product(**changes).replace("/prp/", "/prp/label/"), 422)


def test_what_is_refused_while_one_types_comes_as_a_part_that_scripts_take(reader: Client) -> None:
    answer = reader.get(product(**{"product.platelets": "-5"}), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "below zero" in answer.content.decode()
