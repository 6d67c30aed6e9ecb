"""Words of the patient's pages: every language says the same, and nothing unlicensed is translated."""

import shutil
from pathlib import Path

import pytest

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.patient_texts_loader import FOLDER, load_patient_texts, read_patient_texts
from enthesis.domain.episodes import ChangeVerdict
from enthesis.errors import InvalidData

PUBLIC_DOMAIN = {"nrs-pain", "pgic"}  # by the licence notes of their files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "patient_texts"))


def test_english_hindi_and_bengali_ship_and_what_nobody_checked_says_so() -> None:
    texts = load_patient_texts()
    assert list(texts) == ["en", "bn", "hi"]
    for each in texts.values():
        assert bool(each.words["machine"]) is (each.translation == "machine")


def test_every_verdict_has_words() -> None:
    assert set(load_patient_texts()["en"].verdicts) == {verdict.value for verdict in ChangeVerdict}


def test_aids_exist_for_wordings_of_nobody_only_and_fit_their_items() -> None:
    known = load_instruments()
    for texts in load_patient_texts().values():
        assert set(texts.aids) <= PUBLIC_DOMAIN
        for name, items in texts.aids.items():
            assert "public domain" in known[name].licence.note
            responses = {item.id: item.response for item in known[name].items}
            for item, aid in items.items():
                assert len(aid.labels) == len(responses[item].labels)


def test_a_missing_word_is_named(folder: Path) -> None:
    path = folder / "hi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  next: आगे\n", ""), encoding="utf-8")
    with pytest.raises(InvalidData, match=r"hi\.yaml words\.next.*is missing"):
        read_patient_texts(folder)


def test_a_lost_gap_is_named(folder: Path) -> None:
    path = folder / "bn.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{minutes}", "5"), encoding="utf-8")
    with pytest.raises(InvalidData, match="must have the gaps"):
        read_patient_texts(folder)


def test_another_language_is_another_file(folder: Path) -> None:
    text = (folder / "en.yaml").read_text(encoding="utf-8")
    tagalog = text.replace("id: en\nname: English", "id: tl\nname: Tagalog")
    (folder / "tl.yaml").write_text(tagalog, encoding="utf-8")
    assert "tl" in read_patient_texts(folder)
