"""A broken instrument file is refused with its name, its line and what to do."""

import pytest

from enthesis.catalogue.instruments_loader import INSTRUMENT_FOLDER, read_instruments
from enthesis.errors import InvalidData

PEG = (INSTRUMENT_FOLDER / "peg-3.yaml").read_text("utf-8")
ODI = (INSTRUMENT_FOLDER / "odi-2.1a.yaml").read_text("utf-8")


def _faults(folder):
    with pytest.raises(InvalidData) as caught:
        read_instruments(folder)
    return [str(fault) for fault in caught.value.faults]


def _write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def test_a_good_folder_is_read(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG)
    assert list(read_instruments(tmp_path)) == ["peg-3"]


def test_an_unreadable_file_is_named_with_its_line(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("status: scored", "status:"))
    (fault,) = _faults(tmp_path)
    assert fault.startswith("instruments/peg-3.yaml:7: a field without a value.")


def test_an_unknown_field_is_named_with_its_line(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("status: scored", "status: scored\nshape: round"))
    (fault,) = _faults(tmp_path)
    assert fault.startswith("instruments/peg-3.yaml:8")
    assert "shape" in fault


def test_a_word_that_no_list_knows_is_refused(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("better: lower", "better: downwards"))
    assert all("downwards" in fault for fault in _faults(tmp_path))


def test_the_id_must_be_the_file_name(tmp_path):
    _write(tmp_path, "peg.yaml", PEG)
    assert _faults(tmp_path) == [
        "instruments/peg.yaml: the id 'peg-3' differs from the file name. Make them equal."
    ]


def test_an_item_with_an_unknown_response_is_refused(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("{id: pain, response: rating}", "{id: pain, response: scale}"))
    assert _faults(tmp_path) == [
        "instruments/peg-3.yaml items: names the response 'scale', which is not given."
    ]


def test_a_rule_with_a_foreign_parameter_is_refused(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("{type: mean}", "{type: mean, cap: 9}"))
    assert _faults(tmp_path) == [
        "instruments/peg-3.yaml scores.total: rule mean is given cap; its parameters are: slope, intercept."
    ]


def test_a_source_that_is_not_listed_is_refused(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("source: krebs-2009", "source: krebs", 1))
    (fault,) = _faults(tmp_path)
    assert fault.startswith("instruments/peg-3.yaml scores.total: cites 'krebs'")


def test_switched_off_without_a_reason_is_refused(tmp_path):
    _write(tmp_path, "peg-3.yaml", PEG.replace("status: scored", "status: switched-off"))
    assert _faults(tmp_path) == [
        "instruments/peg-3.yaml status: status and switched_off contradict each other."
    ]


def test_two_files_that_answer_to_one_name_are_refused(tmp_path):
    _write(tmp_path, "odi-2.1a.yaml", ODI)
    _write(tmp_path, "peg-3.yaml", PEG.replace("aliases: [peg]", "aliases: [ODI]"))
    assert _faults(tmp_path) == ["instruments/peg-3.yaml: answers to 'odi', as odi-2.1a does."]


def test_faults_of_all_files_are_told_together(tmp_path):
    _write(tmp_path, "odi-2.1a.yaml", ODI.replace("status: scored", "status:"))
    _write(tmp_path, "peg-3.yaml", PEG.replace("status: scored", "status:"))
    assert len(_faults(tmp_path)) == 2
