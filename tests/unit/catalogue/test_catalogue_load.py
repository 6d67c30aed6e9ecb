"""Loading and checking a catalogue: precise errors, own folders, nothing ignored in silence."""

import shutil
from pathlib import Path

import pytest

from enthesis.catalogue import check, load
from enthesis.catalogue.files import SHIPPED
from enthesis.errors import InvalidData

STUDIES = ("bennell-2021", "kearney-2021", "de-vos-2010", "de-jonge-2011")


@pytest.fixture
def root(tmp_path):
    """A small copy of the shipped catalogue."""
    for kind, names in (("studies", STUDIES), ("reviews", ("xu-2026",))):
        (tmp_path / kind).mkdir()
        for name in names:
            shutil.copy(SHIPPED / kind / f"{name}.yaml", tmp_path / kind)
    shutil.copy(SHIPPED / "vocabulary.yaml", tmp_path)
    return tmp_path


def change(root, old, new, file="studies/bennell-2021.yaml"):
    """Replace the first place of a text in a file; gives its line."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(root, **options):
    with pytest.raises(InvalidData, match=r".") as caught:
        load(root, use_cache=False, **options)
    return [str(fault) for fault in caught.value.faults]


def test_a_small_catalogue_loads(root):
    catalogue = load(root, use_cache=False)
    assert set(catalogue.studies) == set(STUDIES)
    assert list(catalogue.reviews) == ["xu-2026"]
    assert check(root).ok


def test_catalogues_of_equal_files_are_equal_wherever_they_lie(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(root, other)
    assert load(root, use_cache=False) == load(str(other), use_cache=False)


def test_the_content_hash_changes_with_any_file(root):
    before = load(root, use_cache=False).content_hash
    change(root, "mean: -2.1", "mean: -2.2")
    after = load(root, use_cache=False).content_hash
    assert before != after
    change(root, "mean: -2.2", "mean: -2.1")
    assert load(root, use_cache=False).content_hash == before


def test_a_catalogue_cannot_be_changed(root):
    catalogue = load(root, use_cache=False)
    with pytest.raises(TypeError, match="does not support item assignment"):
        catalogue.studies["bennell-2021"] = None
    with pytest.raises(TypeError, match="does not support item assignment"):
        catalogue.vocabulary.words["condition"]["gout"] = None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "sd: 2.7}",
            "sd: 0}",
            "studies/bennell-2021.yaml:{line} results[0].arms.prp.sd: 0 must be above 0 "
            "(pain, nrs-pain, week 52). Compare it with the source.",
        ),
        (
            "prp: {n: 144, mean: -2.1",
            "prp: {n: 144, maen: -2.1",
            "studies/bennell-2021.yaml:{line} results[0].arms.prp.maen: unknown field 'maen' "
            "(pain, nrs-pain, week 52). Did you mean mean or median?",
        ),
        (
            "ci: [-0.9, 0.2]",
            "ci: [0.9, 1.2]",
            "studies/bennell-2021.yaml:{line} results[0].contrast.ci: "
            "-0.4 lies outside its interval [0.9, 1.2] (pain, nrs-pain, week 52). "
            "Compare all three with the source; a misprint there gets usable: false and a note.",
        ),
        (
            "versus: saline",
            "versus: baseline",
            "studies/bennell-2021.yaml:{line} results[0].contrast.versus: "
            "'baseline' is no arm of this study (pain, nrs-pain, week 52). "
            "Move a change from baseline to within_arm.",
        ),
        (
            "countries: [AU]",
            "countries: [NO]",
            "studies/bennell-2021.yaml:{line}: the bare word NO is read as yes or no. "
            "Write true, false or null, or quote it: 'NO'.",
        ),
        (
            "id: bennell-2021",
            "id: bennel-2021",
            "studies/bennell-2021.yaml:{line} id: the id 'bennel-2021' differs from the file name. "
            "Write id: bennell-2021, or rename the file.",
        ),
    ],
)
def test_an_error_names_file_line_field_value_and_repair(root, old, new, said):
    line = change(root, old, new)
    assert said.replace("{line}", str(line)) in faults(root)


def test_all_faults_of_all_files_are_told_together(root):
    change(root, "sd: 2.7}", "sd: 0}")
    change(root, "design: rct", "design: trial")
    change(root, "design: rct", "design: trial", "studies/kearney-2021.yaml")
    (root / "reviews" / "broken.yaml").write_text("a: [", encoding="utf-8")
    found = faults(root)
    assert len(found) == 4
    assert [f.partition(":")[0] for f in found] == [
        "reviews/broken.yaml",
        "studies/bennell-2021.yaml",
        "studies/bennell-2021.yaml",
        "studies/kearney-2021.yaml",
    ]


def test_a_word_of_another_vocabulary_may_be_used_with_it(root):
    change(
        root,
        "  any-control:",
        "  any-other: {label: Other, meaning: Another}\n  any-control:",
        "vocabulary.yaml",
    )
    assert "any-other" in load(root, use_cache=False).vocabulary.words["comparator"]


def test_a_vocabulary_without_a_meaning_is_refused(root):
    line = change(root, "rich plasma, meaning:", "rich plasma, mean:", "vocabulary.yaml")
    assert any(
        f.startswith(f"vocabulary.yaml:{line} intervention.prp: the field 'meaning'") for f in faults(root)
    )


def test_a_new_intervention_needs_a_comparator_class(root):
    change(
        root,
        "intervention:\n",
        "intervention:\n  amnion: {label: Amnion, meaning: Amniotic tissue}\n",
        "vocabulary.yaml",
    )
    assert any("the intervention 'amnion' has no comparator class." in fault for fault in faults(root))


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert faults(tmp_path / "nowhere") == [
        f"{tmp_path / 'nowhere'}: no such folder. Name the folder that holds vocabulary.yaml and studies."
    ]


def test_an_empty_folder_lacks_vocabulary_studies_and_reviews(tmp_path):
    found = faults(tmp_path)
    assert [fault.partition(":")[0] for fault in found] == ["reviews/", "studies/", "vocabulary.yaml"]


@pytest.mark.parametrize("name", ["smith-2026.yml", "smith-2026.yaml.txt", "smith-2026.YAML", "smith-2026"])
def test_a_file_that_would_be_passed_over_is_named(root, name):
    (root / "studies" / name).write_text("id: smith-2026", encoding="utf-8")
    assert any(fault.startswith(f"studies/{name}: is no data file. Name it ") for fault in faults(root))


def test_hidden_files_and_remarks_of_people_are_passed_over(root):
    (root / "studies" / ".DS_Store").write_bytes(b"\x00")
    (root / "studies" / "README.md").write_text("notes", encoding="utf-8")
    assert check(root).ok


def test_a_folder_with_the_name_of_a_file_is_named(root):
    (root / "studies" / "smith-2026.yaml").mkdir()
    assert any(fault.startswith("studies/smith-2026.yaml: cannot be read") for fault in faults(root))


def test_own_studies_are_laid_on_top(root, tmp_path_factory):
    own = tmp_path_factory.mktemp("clinic")
    shutil.copy(SHIPPED / "studies" / "rabago-2013.yaml", own)
    catalogue = load(root, extra=[own], use_cache=False)
    assert set(catalogue.studies) == {*STUDIES, "rabago-2013"}
    assert check(root, extra=[own]).studies == 5


def test_own_folders_may_hold_studies_and_reviews(root, tmp_path_factory):
    own = tmp_path_factory.mktemp("clinic")
    (own / "reviews").mkdir()
    shutil.copy(SHIPPED / "reviews" / "xuan-2020.yaml", own / "reviews")
    assert list(load(root, extra=[own], use_cache=False).reviews) == ["xu-2026", "xuan-2020"]


def test_an_own_study_may_not_take_the_id_of_another(root, tmp_path_factory):
    own = tmp_path_factory.mktemp("clinic")
    shutil.copy(root / "studies" / "bennell-2021.yaml", own)
    found = faults(root, extra=[own])
    assert any("the id 'bennell-2021' is also used in studies/bennell-2021.yaml." in fault for fault in found)
    assert any("the DOI 10.1001/jama.2021.19415 is also that of" in fault for fault in found)


def test_an_own_folder_that_is_not_there_is_named(root, tmp_path):
    assert any("cannot be read" in fault for fault in faults(root, extra=[tmp_path / "nowhere"]))


def test_a_broken_link_between_reports_is_found_in_the_file_that_lacks_it(root):
    (root / "studies" / "de-jonge-2011.yaml").unlink()
    assert any(
        fault.startswith("studies/de-vos-2010.yaml") and "no study 'de-jonge-2011'" in fault
        for fault in faults(root)
    )


def test_a_check_reports_what_a_load_refuses(root):
    line = change(root, "sd: 2.7}", "sd: 0}")
    report = check(root)
    assert not report.ok
    assert [str(error) for error in report.errors] == faults(root)
    error = report.errors[0]
    assert (error.file, error.line, error.field, error.law) == (
        "studies/bennell-2021.yaml",
        line,
        "results[0].arms.prp.sd",
        "schema",
    )


def test_a_warning_does_not_keep_the_catalogue_from_loading(root):
    change(root, "mean: -2.1, sd: 2.7", "mean: -9.1, sd: 2.7")
    report = check(root)
    assert report.ok
    assert "arms-differ-by-less-than-two-sd" in [warning.law for warning in report.warnings]
    assert load(root, use_cache=False).studies["bennell-2021"].results[0].arms[0].mean == -9.1


def test_a_check_of_nothing_is_a_report_not_an_exception(tmp_path):
    assert not check(Path(tmp_path / "nowhere")).ok
