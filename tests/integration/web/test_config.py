"""Environment, signing key, headers, logs, static files, error pages."""

import stat
import threading
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client, override_settings
from pydantic import ValidationError
from structlog.testing import capture_logs

from enthesis.errors import InvalidData
from enthesis.report.figures import stylesheet
from enthesis.report.figures.palette import DARK, LIGHT
from enthesis.web.config.environment import Environment
from enthesis.web.config.secret import kept_secret
from enthesis.web.config.static_files import prepare_static

WEB = Path(__file__).parents[3] / "src" / "enthesis" / "web"


def test_defaults_are_safe_on_a_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEBUG", "ALLOWED_HOSTS", "SECRET_KEY"):
        monkeypatch.delenv(f"ENTHESIS_{name}", raising=False)
    found = Environment()
    assert found.debug is False
    assert found.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert found.secret_key is None


def test_host_names_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTHESIS_ALLOWED_HOSTS", "clinic.example, 10.0.0.4")
    assert Environment().allowed_hosts == ["clinic.example", "10.0.0.4"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TIME_ZONE", "Calcuta", "is no time zone"),
        ("LOG_LEVEL", "loud", "log_level"),
        ("SECRET_KEY", "short", "32"),
    ],
)
def test_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"ENTHESIS_{name}", value)
    with pytest.raises(ValidationError, match=said):
        Environment()


def test_signing_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "data")
    assert len(first) >= 50
    assert kept_secret(tmp_path / "data") == first
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_data_folder_that_cannot_be_written_is_named_with_the_repair(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidData, match="Set ENTHESIS_DATA_DIR to a folder that can be written"):
        kept_secret(tmp_path / "file" / "data")


def test_static_files_that_cannot_be_collected_name_the_repair(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        override_settings(STATIC_ROOT=tmp_path / "file" / "static"),
        pytest.raises(InvalidData, match="Set ENTHESIS_DATA_DIR to a folder that can be written"),
    ):
        prepare_static()


def test_headers_forbid_what_pages_do_not_need(reader: Client) -> None:
    answer = reader.get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer


def test_refusals_carry_the_same_headers(reader: Client) -> None:
    assert "default-src 'none'" in reader.get("/nowhere/")["Content-Security-Policy"]


def test_foreign_host_name_is_refused_with_what_to_set() -> None:
    answer = Client(SERVER_NAME="evil.example", raise_request_exception=False).get("/")
    assert answer.status_code == 400
    assert "ENTHESIS_ALLOWED_HOSTS" in answer.content.decode()


def test_address_that_leads_nowhere_helps(reader: Client) -> None:
    answer = reader.get("/no/such/page/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_own_mistakes_give_a_page_without_a_traceback(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("enthesis.web.evidence.views.search.search", broken)
    with capture_logs() as logs:
        answer = reader.get("/search?q=knee")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
    assert any(entry["event"] == "server error" for entry in logs)


def test_log_holds_neither_the_query_nor_who_asked(reader: Client) -> None:
    with capture_logs() as logs:
        reader.get("/search?q=my+bad+knee", headers={"user-agent": "curious", "x-forwarded-for": "10.1.2.3"})
    assert logs == [
        {
            "event": "request",
            "log_level": "info",
            "method": "GET",
            "path": "/search",
            "status": 200,
            "ms": logs[0]["ms"],
        }
    ]


def test_static_files_have_hashed_names_and_are_kept_for_ever(reader: Client) -> None:
    body = reader.get("/").content.decode()
    address = body.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = reader.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert b":root" in answer.getvalue()


def test_processes_that_start_together_collect_files_once(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path / "static" / "edition"):
        threads = [threading.Thread(target=prepare_static) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        root = prepare_static()
    assert (root / "staticfiles.json").exists()
    assert [p.name for p in root.parent.iterdir()] == ["edition"]


def test_error_pages_that_stand_alone_need_no_context() -> None:
    for name in ("400.html", "500.html"):
        assert "Enthesis" in get_template(name).render()


def test_colours_of_pages_are_those_of_figures() -> None:
    light, dark = (WEB / "config/static/enthesis/tokens.css").read_text().split("prefers-color-scheme: dark")
    for css, palette in ((light, LIGHT), (dark, DARK)):
        for token, colour in palette.items():
            assert f"--{token}: {colour};" in css


def test_rules_for_inline_figures_are_those_of_the_figures() -> None:
    assert (WEB / "evidence/static/evidence/figures.css").read_text().endswith(stylesheet())


def test_vendored_script_keeps_its_licence() -> None:
    assert "Zero-Clause BSD" in (WEB / "config/static/vendor/htmx/LICENSE.txt").read_text()


def test_evidence_needs_no_session_and_no_table(client) -> None:
    client.cookies["sessionid"] = "a" * 32
    response = client.get("/about/")  # without the db mark, any query fails the test
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
