"""The cache makes a start faster, never different, and is never in the way."""

import json
import os
import shutil
import threading
from hashlib import sha256

import pytest

from enthesis.catalogue import load, reading
from enthesis.catalogue.cache import KEPT_FILES, Cache, user_cache_file
from enthesis.catalogue.files import SHIPPED
from enthesis.errors import InvalidData


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "data"
    for kind, name in (("studies", "bennell-2021"), ("studies", "kearney-2021"), ("reviews", "xu-2026")):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        shutil.copy(SHIPPED / kind / f"{name}.yaml", folder / kind)
    shutil.copy(SHIPPED / "vocabulary.yaml", folder)
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def examined(monkeypatch):
    """Names of the files that were examined, not remembered."""
    names = []
    real = reading.examine_document

    def listening(file, *rest):
        names.append(file.name)
        return real(file, *rest)

    monkeypatch.setattr(reading, "examine_document", listening)
    return names


def stored(home):
    return next((home / "enthesis").glob("catalogue-*.json"))


def test_a_second_load_gives_the_same_without_reading_again(root, examined):
    first = load(root)
    assert len(examined) == 4
    examined.clear()
    assert load(root) == first
    assert examined == []


def test_only_a_changed_file_is_read_again(root, examined):
    load(root)
    examined.clear()
    path = root / "studies" / "bennell-2021.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("mean: -2.1", "mean: -2.2"), encoding="utf-8")
    assert load(root).studies["bennell-2021"].results[0].arms[0].mean == -2.2
    assert examined == ["studies/bennell-2021.yaml"]


def test_another_vocabulary_makes_every_file_new(root, examined):
    load(root)
    examined.clear()
    path = root / "vocabulary.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")
    load(root)
    assert len(examined) == 4


def test_a_file_that_breaks_a_law_is_never_remembered(root):
    path = root / "studies" / "bennell-2021.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("sd: 2.7", "sd: 0", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InvalidData, match="0 must be above 0"):
            load(root)


def test_a_study_whose_partner_is_gone_is_refused_although_it_is_remembered(root):
    for name in ("de-vos-2010", "de-jonge-2011"):
        shutil.copy(SHIPPED / "studies" / f"{name}.yaml", root / "studies")
    load(root)
    (root / "studies" / "de-jonge-2011.yaml").unlink()
    with pytest.raises(InvalidData, match="no study 'de-jonge-2011'"):
        load(root)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\n",
        b"\xff\xfe\x00",
        sha256(b"no json").hexdigest().encode() + b"\nno json",
        sha256(b"[]").hexdigest().encode() + b"\n[]",
        sha256(b'{"stamp": 1}').hexdigest().encode() + b'\n{"stamp": 1}',
    ],
)
def test_a_damaged_cache_counts_as_none(root, home, content):
    fresh = load(root)
    stored(home).write_bytes(content)
    assert load(root) == fresh


def test_a_changed_byte_in_the_cache_is_noticed(root, home):
    fresh = load(root)
    file = stored(home)
    file.write_bytes(file.read_bytes().replace(b"-2.1", b"-9.1", 1))
    assert load(root) == fresh


def test_the_cache_of_another_version_counts_as_none(root, home, examined):
    fresh = load(root)
    examined.clear()
    file = stored(home)
    payload = json.loads(file.read_bytes().partition(b"\n")[2])
    payload["stamp"] = "another version"
    text = json.dumps(payload).encode()
    file.write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)
    assert load(root) == fresh
    assert len(examined) == 4


def test_a_place_that_cannot_be_written_is_no_fault(root, home):
    home.write_text("a file where the folder should be", encoding="utf-8")
    assert load(root) == load(root, use_cache=False)


def test_a_folder_in_place_of_the_cache_file_is_no_fault(root):
    user_cache_file(root).mkdir(parents=True)
    assert load(root) == load(root, use_cache=False)


def test_a_user_without_a_home_has_no_cache(root, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("pathlib.Path.home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert user_cache_file(root) is None
    assert load(root) == load(root, use_cache=False)


def test_many_starts_at_once_leave_one_whole_cache(root, home):
    results, faults = [], []

    def start():
        try:
            results.append(load(root))
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert all(result == results[0] for result in results)
    assert [path.name for path in (home / "enthesis").iterdir()] == [stored(home).name]
    digest, _, payload = stored(home).read_bytes().partition(b"\n")
    assert sha256(payload).hexdigest().encode() == digest


def test_a_deleted_file_is_forgotten(root, home):
    load(root)
    full = stored(home).stat().st_size
    (root / "studies" / "bennell-2021.yaml").unlink()
    load(root)
    assert stored(home).stat().st_size < full


def test_only_the_latest_catalogues_are_kept(tmp_path, home):
    (home / "enthesis").mkdir(parents=True)
    for number in range(KEPT_FILES + 3):
        path = home / "enthesis" / f"catalogue-{number:016}.json"
        path.write_text("old", encoding="utf-8")
        os.utime(path, (number, number))
    cache = Cache(user_cache_file(tmp_path), tmp_path / "vocabulary.yaml")
    cache.put("study", "digest", {"id": "x"})
    cache.save()
    left = {path.name for path in (home / "enthesis").iterdir()}
    assert len(left) == KEPT_FILES
    assert user_cache_file(tmp_path).name in left
    assert f"catalogue-{0:016}.json" not in left
