"""Does what the how-to tells a curator, with the text of the how-to itself."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from enthesis.catalogue import check, load
from enthesis.catalogue.files import SHIPPED

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-trial.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def catalogue_folder(tmp_path_factory):
    """A copy of the shipped catalogue, as a curator has it."""
    folder = tmp_path_factory.mktemp("curator") / "catalogue"
    for kind in ("studies", "reviews"):
        shutil.copytree(SHIPPED / kind, folder / kind)
    shutil.copy(SHIPPED / "vocabulary.yaml", folder)
    return folder


@pytest.fixture
def added(catalogue_folder):
    """The file of the how-to, laid into the folder of studies and taken out again."""
    path = catalogue_folder / "studies" / f"{yaml.safe_load(BLOCKS[0])['id']}.yaml"
    path.write_text(BLOCKS[0], encoding="utf-8")
    yield path
    path.unlink()


def test_the_how_to_shows_one_study_and_one_correction():
    assert [next(iter(yaml.safe_load(block))) for block in BLOCKS] == ["id", "corrections"]


def test_the_neighbours_it_names_are_there():
    text = HOW_TO.read_text(encoding="utf-8")
    named = re.findall(r"`([a-z0-9-]+)\.yaml`", text)
    assert {"bennell-2021", "kearney-2021"} <= set(named)
    for name in set(named) - {"example-2026", "vocabulary"}:
        assert (SHIPPED / "studies" / f"{name}.yaml").is_file()
    for link in re.findall(r"\]\((\.\./[^)#]+)", text):
        assert (HOW_TO.parent / link).is_file()


def test_the_copied_study_passes_the_check_and_is_loaded(catalogue_folder, added):
    before = load(use_cache=False)
    report = check(catalogue_folder)
    assert report.errors == ()
    assert [w for w in report.warnings if w.file == f"studies/{added.name}"] == []
    after = load(catalogue_folder, use_cache=False)
    assert set(after.studies) - set(before.studies) == {"example-2026"}
    study = after.studies["example-2026"]
    assert (study.condition, [arm.id for arm in study.arms]) == ("knee-osteoarthritis", ["prp", "saline"])
    assert study.results[0].figures_of("prp").mean == 31.0
    assert study.results[0].contrast.p.value == 0.2
    assert study.results[1].figures_of("saline").events == 1


def test_a_corrected_figure_is_accepted_with_its_reason(catalogue_folder, added):
    added.write_text(BLOCKS[0] + BLOCKS[1], encoding="utf-8")
    assert check(catalogue_folder).errors == ()
    correction = load(catalogue_folder, use_cache=False).studies["example-2026"].corrections[0]
    assert (correction.was, correction.now, correction.reason) == (
        2.25,
        22.5,
        "decimal point lost in copying",
    )


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (("sd: 22.5", "sd: 0"), "0 must be above 0"),
        (("versus: saline", "versus: baseline"), "Move a change from baseline to within_arm."),
        (("'NO'", "NO"), "quote it: 'NO'"),
        (("instrument: vas-pain", "instrument: vas"), "Did you mean vas-pain or"),
        (("id: example-2026", "id: exmaple-2026"), "Write id: example-2026, or rename the file."),
        (("doi: 10.0000/example.2026.1", "doi: 10.1001/jama.2021.19415"), "is also that of"),
        (("  weeks: 26", " weeks: 26"), "no valid YAML"),
    ],
)
def test_the_slips_it_warns_of_are_told_with_file_and_repair(catalogue_folder, added, slip, told):
    assert slip[0] in BLOCKS[0]
    added.write_text(BLOCKS[0].replace(*slip, 1), encoding="utf-8")
    errors = check(catalogue_folder).errors
    assert errors
    assert any(told in str(e) for e in errors), [str(e) for e in errors]
    assert all(e.line for e in errors)
