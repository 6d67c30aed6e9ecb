"""Finished pages: kept, compressed, answered with 304, bounded."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

from django.test import Client

from enthesis.web.evidence.finished import Page, PageStore


def page(size: int) -> Page:
    return Page(b"x" * size, b"", "text/plain", "tag", None)


def test_reader_who_has_the_page_gets_304(reader: Client) -> None:
    first = reader.get("/about/")
    again = reader.get("/about/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    dated = reader.get("/about/", headers={"if-modified-since": first["Last-Modified"]})
    assert dated.status_code == 304


def test_reader_with_an_old_page_gets_the_new_one(reader: Client) -> None:
    assert reader.get("/about/", headers={"if-none-match": '"old"'}).status_code == 200


def test_page_is_compressed_for_those_who_can_read_it(reader: Client) -> None:
    plain = reader.get("/")
    packed = reader.get("/", headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 5
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in plain["Vary"]
    assert "Content-Encoding" not in reader.get("/", headers={"accept-encoding": "gzip;q=0"})


def test_unknown_parameters_do_not_make_new_pages(reader: Client) -> None:
    assert reader.get("/about/?x=1").content == reader.get("/about/?x=2").content


def test_refusals_are_not_kept(reader: Client) -> None:
    assert "ETag" not in reader.get("/studies/nobody-1999/")


def test_head_gives_no_body(reader: Client) -> None:
    answer = reader.head("/about/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_store_drops_what_was_read_longest_ago() -> None:
    store = PageStore(250)
    for name in ("a", "b"):
        store.put((name,), page(100))
    store.get(("a",))
    store.put(("c",), page(100))
    assert store.get(("b",)) is None
    assert store.get(("a",)) is not None
    assert store.get(("c",)) is not None


def test_store_counts_a_replaced_page_once_and_keeps_no_giant() -> None:
    store = PageStore(250)
    for _ in range(5):
        store.put(("a",), page(100))
    store.put(("b",), page(100))
    store.put(("giant",), page(251))
    assert store.get(("a",)) is not None
    assert store.get(("b",)) is not None
    assert store.get(("giant",)) is None


PROGRAM = """
import django
django.setup()
from enthesis.web.config.static_files import prepare_static
prepare_static()
from django.test import Client
for address in {addresses}:
    print(Client(SERVER_NAME="localhost").get(address)["ETag"])
"""


def test_two_processes_give_the_same_page(tmp_path: Path) -> None:
    question = "/evidence/knee-osteoarthritis/hyaluronic-acid/other-biologic/pain/weeks-40-78/"
    addresses = [
        "/",
        "/evidence/knee-osteoarthritis/prp/",
        question,
        "/claims/",
        "/api/v1/map",
        "/studies/bennell-2021/",
    ]
    found = []
    for seed in ("1", "2"):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "enthesis.web.config.settings",
            "ENTHESIS_DATA_DIR": str(tmp_path),
            "ENTHESIS_LOG_LEVEL": "error",
            "PYTHONHASHSEED": seed,
        }
        program = [sys.executable, "-c", PROGRAM.format(addresses=addresses)]
        done = subprocess.run(
            program, env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        found.append(done.stdout.split())
    assert len(found[0]) == len(addresses)
    assert found[0] == found[1]
