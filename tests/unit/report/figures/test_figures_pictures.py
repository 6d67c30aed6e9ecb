"""Map, icon arrays, certainty dots, export and data twins."""

from xml.etree import ElementTree as ET

import pytest

from enthesis.domain.evidence import Level, Verdict
from enthesis.errors import InvalidData
from enthesis.report import figures
from enthesis.report.figures import (
    Fate,
    IconGroup,
    IconPanel,
    Table,
    certainty_dots_svg,
    draw_icon_array,
    draw_map,
    export,
    forest_svg,
    map_tile,
    render,
    to_csv,
    verdict_mark,
)

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def evidence(evidence_of, new_trial):
    return evidence_of(new_trial(1), new_trial(2))


def test_the_map_counts_what_it_shows(evidence, provenance):
    figure = draw_map(evidence, provenance)
    assert "Map of 1 conditions and 1 treatments" in figure.description
    assert "Knee osteoarthritis" in render(figure)
    rows = to_csv(figure.table).splitlines()
    assert sum("knee-osteoarthritis,prp," in row for row in rows) == 2


def test_every_verdict_of_the_scale_is_in_the_legend(evidence, provenance):
    said = " ".join(ET.fromstring(render(draw_map(evidence, provenance))).itertext())
    for words in (*map(str, Verdict), "no trials", "no comparative trial", "Enthesis catalogue"):
        assert words in said


def test_a_tile_never_mixes_placebo_with_other_comparators(evidence):
    tile = map_tile(evidence.topics["knee-osteoarthritis", "prp"])
    assert tile.placebo.question.comparator_class.is_placebo
    assert (tile.active, tile.more) == (None, 0)


def test_signs_of_verdicts_differ_without_colour():
    drawn = {}
    for verdict in Verdict:
        shapes = verdict_mark(verdict, 0, 0, 10)
        drawn[verdict] = str([(s.tag, s.get("d"), s.text, s.get("fill") == "none") for s in shapes])
    assert len(set(drawn.values())) == len(Verdict)


@pytest.mark.parametrize("level", Level)
def test_certainty_has_as_many_filled_dots_as_its_level(level):
    root = ET.fromstring(certainty_dots_svg(level))
    dots = root.findall(f"{SVG}circle")
    assert [d.get("fill") != "none" for d in dots] == [i < level for i in range(4)]
    assert root.get("aria-label") == f"certainty: {level.word}, {int(level)} of 4"


def panel(gain=7, none=93, heading="With PRP"):
    return IconPanel(heading, (IconGroup(gain, Fate.GAIN, "better"), IconGroup(none, Fate.NONE, "not")))


def test_an_icon_array_draws_exactly_a_hundred_people_and_says_the_counts(provenance):
    figure = draw_icon_array("Response", [panel()], provenance)
    root = ET.fromstring(render(figure))
    people = [g for g in root.iter(f"{SVG}g") if g.get("class", "").startswith("fig-")]
    assert len(people) == 100 + 2  # and one beside each count
    assert "7 better" in " ".join(root.itertext())
    assert figure.description == "Of 100 people. With PRP: 7 better, 93 not."


def test_gains_and_harms_are_drawn_in_the_same_size(provenance):
    def shapes(fate):
        p = IconPanel("A", (IconGroup(100, fate, "all"),))
        root = ET.fromstring(render(draw_icon_array("t", [p], provenance)))
        return [(s.get("r"), s.get("d")) for s in root.iter() if s.tag in (f"{SVG}circle", f"{SVG}path")]

    assert shapes(Fate.GAIN) == shapes(Fate.HARM)


def test_groups_that_are_no_hundred_people_are_refused_with_all_faults():
    with pytest.raises(InvalidData, match="110 people in all") as caught:
        panel(gain=-1, none=111)
    assert len(caught.value.faults) == 3


def test_more_panels_than_fit_go_to_the_next_line(provenance):
    def size(count):
        root = ET.fromstring(render(draw_icon_array("t", [panel()] * count, provenance)))
        return float(root.get("width")), float(root.get("height"))

    assert size(4)[0] == size(3)[0]
    assert size(4)[1] > size(3)[1] * 1.7


def test_files_to_take_away_begin_as_their_kind_does(answer_of, new_trial, vocabulary, provenance):
    svg = forest_svg(answer_of(new_trial(1), new_trial(2)), vocabulary, provenance)
    assert export(svg, "png").startswith(b"\x89PNG\r\n")
    assert export(svg, "pdf").startswith(b"%PDF-")
    ET.fromstring(export(svg, "svg"))


@pytest.mark.parametrize("name", ["सिंह क्षत्रिय", "山田 太郎", "محمد", "ঘোষ & Søn", "กรุงเทพ", "Ωmega", "🙂"])
def test_names_in_any_script_can_be_exported(answer_of, new_trial, vocabulary, provenance, name):
    svg = forest_svg(answer_of(new_trial(1, author=name), new_trial(2)), vocabulary, provenance)
    assert len(export(svg, "pdf")) > 5000
    assert len(export(svg, "png")) > 5000


def test_an_unknown_kind_of_file_is_refused():
    with pytest.raises(ValueError, match="'gif'; choose one of svg, png, pdf"):
        export("<svg/>", "gif")


def test_a_spreadsheet_runs_no_cell_of_a_data_twin():
    table = Table((("question", "a\nb"),), ("x", "y"), (("=1+1", -2.5), ("@x", None), ("fine, quoted", True)))
    assert to_csv(table).splitlines() == [
        "# question: a b",
        "x,y",
        "'=1+1,-2.5",
        "'@x,",
        '"fine, quoted",yes',
    ]


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_data_twin_never_hands_on_what_is_no_number(bad):
    with pytest.raises(ValueError, match="no number to hand on"):
        to_csv(Table((), ("x",), ((bad,),)))


def test_public_names_are_there():
    assert all(hasattr(figures, name) for name in figures.__all__)
    assert figures.__all__ == sorted(figures.__all__, key=lambda n: (not n.isupper(), not n[0].isupper(), n))
