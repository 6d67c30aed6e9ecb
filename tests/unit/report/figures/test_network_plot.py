"""The drawing of a network: true to people and trials, its words inside and apart, alike in print."""

from math import sqrt
from xml.etree import ElementTree as ET

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.networks import read_networks
from enthesis.report.figures import render, to_csv
from enthesis.report.figures.network_plot import draw_network
from enthesis.report.figures.text_width import text_width
from made_studies import arm, figures, row, study

SVG = "{http://www.w3.org/2000/svg}"


def made(name, of, versus, n=60, sd=20.0):
    arms = (arm("a", of), arm("b", versus))
    return study(name, row(figures("a", n, 45, sd), figures("b", n, 50, sd)), arms=arms)


@pytest.fixture
def picture(rules, vocabulary, provenance):
    def draw(*studies):
        (held,) = read_networks(build({s.id: s for s in studies}, {}, vocabulary, rules)).values()
        figure = draw_network(held, vocabulary, provenance)
        return figure, ET.fromstring(render(figure))

    return draw


TWO_LINKS = (
    made("a-2020", "prp", "saline", 90, 20.0),
    made("b-2021", "prp", "saline", 90, 21.0),
    made("c-2022", "hyaluronic-acid", "saline", 20, 22.0),
)


def test_area_tells_people_and_width_tells_trials(picture):
    _, root = picture(*TWO_LINKS)
    circles = {c.find(f"{SVG}title").text.split(":")[0]: float(c.get("r")) for c in root.iter(f"{SVG}circle")
               if c.find(f"{SVG}title") is not None}  # fmt: skip
    # 180 people got PRP, 20 hyaluronic acid, 200 placebo.
    assert circles["Platelet-rich plasma"] / circles["Placebo"] == pytest.approx(sqrt(180 / 200), abs=0.01)
    assert circles["Hyaluronic acid"] / circles["Placebo"] == pytest.approx(sqrt(20 / 200), abs=0.01)
    widths = sorted(float(x.get("stroke-width")) for x in root.iter(f"{SVG}line"))
    assert widths[1] == pytest.approx(2 * widths[0])


def test_placebo_is_hollow_so_that_print_tells_it_apart(picture):
    _, root = picture(*TWO_LINKS)
    (hollow,) = (
        c for c in root.iter(f"{SVG}circle") if (c.findtext(f"{SVG}title") or "").startswith("Placebo")
    )
    assert "fig-fill-paper" in hollow.get("class")
    assert "fig-stroke-ink" in hollow.get("class")


@pytest.mark.parametrize("count", range(2, 13))
def test_words_stay_inside_and_apart_for_any_number_of_treatments(picture, rules, count):
    names = [i for i in rules.interventions() if i != "prp"][:count]
    studies = [made(f"t{i}-2020", "prp", name, 40 + i, 15 + i) for i, name in enumerate(names)]
    _, root = picture(*studies)
    width = float(root.get("width"))
    boxes = []
    for label in root.iter(f"{SVG}text"):
        size, x = float(label.get("font-size")), float(label.get("x"))
        wide = text_width(label.text, size) * 0.9  # the estimate errs on the wide side
        left = {"middle": x - wide / 2, "end": x - wide}.get(label.get("text-anchor"), x)
        assert left >= 0
        assert left + wide <= width
        boxes.append((left, left + wide, float(label.get("y")), label.text))
    for i, (a, b, y, words) in enumerate(boxes):
        for c, d, z, others in boxes[i + 1 :]:
            assert b <= c or d <= a or abs(y - z) >= 9, f"{words} stands on {others}"


def test_words_and_table_stand_for_the_picture(picture):
    figure, root = picture(*TWO_LINKS)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}desc") == figure.description
    assert "platelet-rich plasma against placebo by 2 trials" in figure.description
    assert "1 pair more by one trial each" in figure.description
    lines = to_csv(figure.table).splitlines()
    assert "comparison,prp,placebo,1,2,360,0,a-2020; b-2021" in lines


def test_nothing_is_styled_inline(picture):
    figure, _ = picture(*TWO_LINKS)
    assert "style=" not in render(figure)
