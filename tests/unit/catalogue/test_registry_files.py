"""Files of the registry's rules: closed shapes, one authority for words, every fault told with its place."""

import shutil
from dataclasses import dataclass

import pytest

from enthesis.catalogue.grading_loader import GRADING_FOLDER
from enthesis.catalogue.protocols_loader import PROTOCOL_FOLDER, build_protocol
from enthesis.catalogue.registry_files import read_registry_folder
from enthesis.catalogue.schema import read_schema
from enthesis.domain.episodes import Act, Causality, Channel, Purpose
from enthesis.errors import InvalidData


@dataclass(frozen=True)
class Named:
    """A value of which only the id matters."""

    id: str


def named(document):
    return Named(document["id"])


@pytest.fixture
def gradings(tmp_path):
    folder = tmp_path / "grading"
    folder.mkdir()
    for name in ("modic", "pfirrmann"):
        shutil.copy(GRADING_FOLDER / f"{name}.yaml", folder)
    return folder


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_files_are_read_by_id_in_order_of_name(gradings):
    assert list(read_registry_folder(gradings, "grading", named)) == ["modic", "pfirrmann"]


def test_every_broken_file_is_told_with_its_line(gradings):
    change(gradings / "modic.yaml", "ordered: false", "order: false")
    change(gradings / "pfirrmann.yaml", "standing: read", "standing: heard")
    with pytest.raises(InvalidData, match=r"grading/modic.yaml:6 order") as told:
        read_registry_folder(gradings, "grading", named)
    assert ["modic" in str(f) for f in told.value.faults] == [True, False]


def test_an_id_that_differs_from_its_file_is_refused(gradings):
    change(gradings / "modic.yaml", "id: modic", "id: modick")
    with pytest.raises(InvalidData, match="the id 'modick' differs from the file name"):
        read_registry_folder(gradings, "grading", named)


def test_a_fault_of_meaning_names_the_file(tmp_path):
    shutil.copy(PROTOCOL_FOLDER / "enthesis-standard.yaml", tmp_path)
    change(tmp_path / "enthesis-standard.yaml", "days: [32, 52, 62]", "days: [20, 52, 62]")
    with pytest.raises(InvalidData, match=r"enthesis-standard\.yaml windows\.week-6: opens on day 20"):
        read_registry_folder(tmp_path, "protocol", build_protocol)


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("consent", ("properties", "needs", "propertyNames", "enum"), Act),
        ("consent", ("properties", "rests_on", "propertyNames", "enum"), Purpose),
        ("chase", ("properties", "steps", "items", "enum"), Channel),
        (
            "adverse-events",
            ("properties", "causality", "items", "properties", "id", "enum"),
            Causality,
        ),
    ],
)
def test_words_of_a_schema_are_those_of_the_domain(kind, path, words):
    found = read_schema(kind)
    for step in path:
        found = found[step]
    assert found == list(words)
