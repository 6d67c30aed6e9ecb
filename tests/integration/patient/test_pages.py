"""The pages of a link: who gets in, what a plain form does, and what everybody else sees."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.links import make_link, revoke_link
from enthesis.web.registry.models import ChaseStep, Draft, FollowUp, PatientLink, Response
from made_follow_ups import make_follow_up

BORN = {"day": "2", "month": "4", "year": "1961"}
ANSWERS = {
    "nrs-pain.nrs": "4",
    "promis-physical-function-4a.PFA11": "3",
    "promis-physical-function-4a.PFA21": "4",
    "promis-physical-function-4a.PFA23": "4",
    "promis-physical-function-4a.PFA53": "5",
    "pgic.change": "2",
}


@pytest.fixture
def token(follow_up: FollowUp, now: datetime) -> str:
    with acting_as_system("test"):
        return make_link(follow_up, now)[1]


@pytest.fixture
def inside(client: Client, token: str) -> Client:
    assert client.post(f"/p/{token}/", BORN).status_code == 302
    return client


def refusals() -> int:
    return AuditEntry.objects.filter(action="refused").count()


def test_the_first_page_names_the_clinic_and_never_the_patient(client: Client, token: str) -> None:
    response = client.get(f"/p/{token}/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "Made-up Clinic" in text
    assert "মেঘনা" not in text
    assert "1961" not in text
    assert 'lang="hi"' in text
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("page", ["form", "blank", "done"])
def test_no_page_opens_before_the_birth_date(client: Client, token: str, page: str) -> None:
    response = client.get(f"/p/{token}/{page}/")
    assert response.status_code == 302
    assert response["Location"] == f"/p/{token}/"


def test_forged_revoked_and_expired_links_look_alike(
    client: Client, token: str, site: Site, now: datetime
) -> None:
    with acting_as_system("test"):
        revoked, revoked_token = make_link(FollowUp.objects.get(), now)
        revoke_link(revoked, now)
        PatientLink.objects.filter(revoked_at=None).update(expires_at=now - timedelta(days=1))
    pages = [client.get(f"/p/{t}/") for t in ("f" * 43, revoked_token, token)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert len({client.put(f"/p/{t}/draft/").content for t in ("f" * 43, revoked_token, token)}) == 1


def test_a_wrong_birth_date_is_refused_with_words_and_a_line_in_the_trail(client: Client, token: str) -> None:
    response = client.post(f"/p/{token}/", BORN | {"day": "3"})
    assert response.status_code == 422
    assert "क्लिनिक के पास यह जन्म तिथि नहीं है" in response.content.decode()
    assert refusals() == 1


def test_a_day_that_does_not_exist_is_no_try(client: Client, token: str) -> None:
    for given in ({"day": "31", "month": "2"}, {"year": "61"}, {"day": "²"}, {"day": "x"}, {"month": ""}):
        assert client.post(f"/p/{token}/", BORN | given).status_code == 422
    with acting_as_system("test"):
        assert PatientLink.objects.get().failed_checks == 0


def test_devanagari_digits_are_digits(client: Client, token: str) -> None:
    assert client.post(f"/p/{token}/", {"day": "०२", "month": "०४", "year": "१९६१"}).status_code == 302


def test_five_wrong_dates_lock_the_right_one_out(client: Client, token: str) -> None:
    said = [client.post(f"/p/{token}/", BORN | {"day": "3"}).status_code for _ in range(5)]
    assert said == [422] * 4 + [429]
    locked = client.post(f"/p/{token}/", BORN)
    assert locked.status_code == 429
    assert 0 < int(locked["Retry-After"]) <= 900


def test_a_proof_for_one_link_opens_no_other(inside: Client, site: Site, now: datetime) -> None:
    with acting_as_system("test"):
        _, other = make_link(make_follow_up(site, local_id="T-2"), now)
    for name, morsel in list(inside.cookies.items()):
        if name == "enthesis_form":
            inside.cookies[name] = morsel.value  # as if sent to every path
    assert inside.get(f"/p/{other}/form/").status_code == 302


def test_the_form_asks_what_may_be_shown_and_marks_what_is_english(inside: Client, token: str) -> None:
    text = inside.get(f"/p/{token}/form/").content.decode()
    assert "Rate your pain from 0" in text
    assert "अपने दर्द को 0" in text
    assert "koos-ps" not in text
    assert text.count("यह सवाल केवल अंग्रेज़ी में है") == 4
    assert "© PROMIS Health Organization" in text


def test_the_language_is_chosen_on_any_page_and_kept(inside: Client, token: str) -> None:
    assert 'lang="bn"' in inside.get(f"/p/{token}/form/?language=bn").content.decode()
    assert 'html lang="bn"' in inside.get(f"/p/{token}/form/").content.decode()
    assert 'html lang="bn"' in inside.get(f"/p/{token}/form/?language=xx").content.decode()


def test_a_plain_form_is_saved_and_resumed_elsewhere(inside: Client, token: str) -> None:
    inside.post(f"/p/{token}/form/", ANSWERS | {"pgic.change": "", "save": "1"})
    elsewhere = Client()
    elsewhere.post(f"/p/{token}/", BORN)
    text = elsewhere.get(f"/p/{token}/form/").content.decode()
    assert 'id="nrs-pain.nrs-4" name="nrs-pain.nrs" value="4" checked' in text
    assert 'id="pgic.change-none" name="pgic.change" value="" checked' in text
    with acting_as_system("test"):
        assert not Response.objects.exists()


def test_a_plain_form_is_sent_once_and_shown_the_end(inside: Client, token: str, follow_up: FollowUp) -> None:
    for _ in range(3):
        response = inside.post(f"/p/{token}/form/", ANSWERS | {"send": "1"})
        assert response["Location"] == f"/p/{token}/done/"
    with acting_as_system("test"):
        assert Response.objects.count() == 3
        assert Draft.objects.get().answers == {}
        assert Response.objects.get(instrument="nrs-pain").language == "hi-t-en"
        assert Response.objects.get(instrument="promis-physical-function-4a").language == "en"
        follow_up.refresh_from_db()
    assert follow_up.completed_at is not None
    assert inside.get(f"/p/{token}/form/")["Location"] == f"/p/{token}/done/"
    text = inside.get(f"/p/{token}/done/").content.decode()
    assert "धन्यवाद" in text
    assert "+91 00000 00001" in text
    assert "Call 112." in text


def test_an_empty_question_is_asked_about_once(inside: Client, token: str) -> None:
    partly = ANSWERS | {"pgic.change": "", "send": "1"}
    asked = inside.post(f"/p/{token}/form/", partly)
    assert asked.status_code == 200
    assert 'name="empty" value="1"' in asked.content.decode()
    assert inside.post(f"/p/{token}/form/", partly | {"empty": "1"}).status_code == 302


@pytest.mark.parametrize("value", ["11", "-1", "4.5", "nan", "1e999", "four", "9" * 400])
def test_what_no_question_allows_is_refused_and_nothing_is_stored(
    inside: Client, token: str, value: str
) -> None:
    response = inside.post(f"/p/{token}/form/", ANSWERS | {"nrs-pain.nrs": value, "send": "1"})
    assert response.status_code == 422
    assert refusals() == 1
    with acting_as_system("test"):
        assert not Response.objects.exists()
        assert Draft.objects.get().answers == {}


def test_a_red_flag_brings_advice_and_a_step_of_the_worklist(inside: Client, token: str) -> None:
    inside.post(f"/p/{token}/form/", ANSWERS | {"flags": ["fever", "unknown"], "send": "1"})
    inside.post(f"/p/{token}/form/", ANSWERS | {"flags": ["fever"], "send": "1"})
    assert "अभी फ़ोन करें" in inside.get(f"/p/{token}/done/").content.decode()
    with acting_as_system("test"):
        assert ChaseStep.objects.get().note == "Patient reports: fever"


def test_a_form_that_closes_while_it_is_open_keeps_its_draft(
    inside: Client, token: str, follow_up: FollowUp
) -> None:
    inside.post(f"/p/{token}/form/", ANSWERS | {"save": "1"})
    with acting_as_system("test"):
        FollowUp.objects.filter(pk=follow_up.pk).update(closed_because="surgery")
    response = inside.get(f"/p/{token}/form/")
    assert response.status_code == 410
    assert "+91 00000 00001" in response.content.decode()
    with acting_as_system("test"):
        assert Draft.objects.get().answers["nrs-pain"] == {"nrs": 4.0}


def test_a_form_that_is_not_open_yet_says_when(client: Client, site: Site, now: datetime) -> None:
    today = date.today()  # noqa: DTZ011
    with acting_as_system("test"):
        later = make_follow_up(
            site, local_id="T-9", opens_on=today + timedelta(days=3), due_on=today + timedelta(days=4)
        )
        _, token = make_link(later, now)
    client.post(f"/p/{token}/", BORN)
    assert "अभी थोड़ी जल्दी है" in client.get(f"/p/{token}/form/").content.decode()


def test_leaving_closes_the_form_in_this_browser(inside: Client, token: str) -> None:
    inside.post(f"/p/{token}/form/", ANSWERS | {"send": "1"})
    inside.post(f"/p/{token}/leave/")
    assert inside.get(f"/p/{token}/done/").status_code == 302


def test_the_page_that_a_phone_keeps_holds_no_answer(inside: Client, token: str) -> None:
    inside.post(f"/p/{token}/form/", ANSWERS | {"save": "1"})
    text = inside.get(f"/p/{token}/blank/").content.decode()
    assert text.count(" checked") == 6  # "no answer" of every question
    assert 'value="4" checked' not in text


def test_the_worker_names_the_files_it_keeps(client: Client, db) -> None:
    response = client.get("/p/sw.js")
    assert response["Content-Type"] == "text/javascript"
    assert "patient/form" in response.content.decode()


def test_the_log_holds_no_token(client: Client, token: str, capsys) -> None:
    from enthesis.web.config.logs import shown_path

    assert shown_path(f"/p/{token}/form/") == "/p/…/form/"
    assert shown_path("/p/sw.js") == "/p/sw.js"
    assert shown_path("/account/invitation/8c0e/abc/") == "/account/invitation/8c0e/…/"
    client.get(f"/p/{token}/")
    assert token not in capsys.readouterr().err
