"""The file with a clinic's licence is read strictly."""

import pytest

from enthesis.catalogue.clinic_texts import read_clinic_licence
from enthesis.errors import InvalidData

GOOD = """\
instrument: peg-3
language: ja
proof: Letter of the owner, 2026-05-02
texts: {pain: a, enjoyment: b, activity: c}
"""


def _read(folder, text):
    path = folder / "peg.yaml"
    path.write_text(text, encoding="utf-8")
    return read_clinic_licence(path)


def test_a_licence_with_proof_and_texts_is_read(tmp_path):
    licence = _read(tmp_path, GOOD)
    assert (licence.instrument, licence.language, licence.texts["pain"]) == ("peg-3", "ja", "a")


def test_items_with_numbers_for_names_keep_them_as_text(tmp_path):
    assert _read(tmp_path, GOOD.replace("pain: a", "'1': a")).texts["1"] == "a"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("language: ja\n", "", "needs exactly the fields instrument, language, proof, texts"),
        ("language: ja", "language: ja\nowner: x", "needs exactly the fields"),
        ("pain: a", "pain: 3", "one text for each item id"),
        ("texts: {pain: a, enjoyment: b, activity: c}", "texts: [a, b]", "one text for each item id"),
        ("language: ja", "language: 5", "must be text"),
        ("Letter of the owner, 2026-05-02", "''", "needs a language and a proof"),
        ("language: ja", "language: [ja", "peg.yaml:"),
        (GOOD, "[]", "needs exactly the fields"),
    ],
)
def test_a_licence_that_lacks_something_is_refused(tmp_path, old, new, fault):
    with pytest.raises(InvalidData, match=fault):
        _read(tmp_path, GOOD.replace(old, new))
