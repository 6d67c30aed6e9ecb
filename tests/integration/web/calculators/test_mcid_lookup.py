"""The look-up of thresholds: everything published, with its source, and how far it disagrees."""

from html import unescape

import pytest
from django.test import Client

from enthesis.catalogue.instruments_loader import load_instruments

INSTRUMENTS = {name: i for name, i in load_instruments().items() if i.thresholds}


def test_every_instrument_with_thresholds_is_listed(reader: Client) -> None:
    html = reader.get("/calculators/mcid/").content.decode()
    assert all(f"?instrument={name}" in html for name in INSTRUMENTS)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_threshold_stands_with_population_method_and_source(reader: Client, name: str) -> None:
    html = unescape(reader.get(f"/calculators/mcid/?instrument={name}").content.decode())
    for t in INSTRUMENTS[name].thresholds:
        assert t.words() in html
        assert t.population in html
        assert t.method in html
        assert INSTRUMENTS[name].sources[t.source].address in html


def test_a_dispute_names_both_ends(reader: Client) -> None:
    html = reader.get("/calculators/mcid/?instrument=koos").content.decode()
    assert "2 published values of the MCID run from 8 to 15.6 points" in html


def test_an_instrument_without_thresholds_says_so(reader: Client) -> None:
    html = reader.get("/calculators/mcid/?instrument=pgic").content.decode()
    assert ("No published threshold was found" in html) is not ("pgic" in INSTRUMENTS)


def test_an_unknown_instrument_is_not_found(reader: Client) -> None:
    assert reader.get("/calculators/mcid/?instrument=nothing-like-it").status_code == 404
