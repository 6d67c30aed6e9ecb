"""A forgotten password by a mailed link: asked for, used, refused (ASVS 5.0, 6.4 and 6.5)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from enthesis.errors import NotFound
from enthesis.web.accounts import password_mail
from enthesis.web.accounts.actions.invitations import make_link
from enthesis.web.accounts.actions.mailed_links import TOKENS, use_link
from enthesis.web.accounts.models import User
from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.config.logs import shown_path
from made_clinic import PASSWORD

ASK = "/account/forgotten/"
NEW = "a new sentence that nobody uses"
NOBODY = "nobody@example.org"
BODIES = [
    {"data": {"email": "x" * 3 * 2**20}},
    {"data": {f"f{n}": "x" for n in range(1500)}},
    {"data": b"[" * 10_000, "content_type": "application/json"},
    {"data": b"--broken", "content_type": "multipart/form-data; boundary=other"},
    {"data": b"\xff\xfe%%%", "content_type": "application/x-www-form-urlencoded"},
]


@pytest.fixture(autouse=True)
def _mail_server(settings, monkeypatch) -> None:
    """Mail goes to Django's outbox, and strangers have left no lines yet."""
    settings.EMAIL_CONFIGURED = settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.PUBLIC_URL = "https://clinic.example.org"
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(60))


def trail() -> list[tuple[str, str, str, dict]]:
    rows = AuditEntry.objects.order_by("number").values_list("actor", "action", "object_key", "details")
    return list(rows)


def ask(email: str, client: Client | None = None, **request):
    """The answer to a wish for a link, when the thread that mails has done its work."""
    answer = (client or Client()).post(ASK, {"email": email}, **request)
    password_mail._post.submit(lambda: None).result(timeout=30)
    return answer


def link_in(message) -> str:
    return re.search(r"https://clinic\.example\.org(/account/forgotten/\S+)", message.body)[1]  # type: ignore[index]


def mailed_link(person: User) -> str:
    mail.outbox.clear()
    ask(person.email)
    return link_in(mail.outbox[0])


def choose(link: str, password: str = NEW, client: Client | None = None):
    """The answer to a new password by a link, as a browser gets there."""
    client = client or Client()
    shown = client.get(link, follow=True)
    if shown.status_code != 200:
        return shown
    form = {"password1": password, "password2": password}
    return client.post(shown.redirect_chain[-1][0], form)


def logs_in(person: User, password: str) -> bool:
    answer = Client().post("/account/login/", {"login": person.email, "password": password})
    return answer.status_code == 302


def test_a_person_asks_and_chooses_a_password_and_the_trail_says_so(physician: User) -> None:
    answer = ask(physician.email)
    assert (answer.status_code, answer.url) == (302, "/account/forgotten/asked/")
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([physician.email], "Choose a new password for Enthesis")
    assert "for one hour" in message.body
    assert "If you did not ask, do nothing" in message.body
    done = choose(link_in(message))
    assert (done.status_code, done.url) == (302, "/account/login/")
    assert not logs_in(physician, PASSWORD)
    key = str(physician.key)
    assert trail()[:2] == [
        ("stranger:", "change", key, {"password_link_asked": "mailed"}),
        (f"user:{key}", "change", key, {"password_set": "by a mailed link"}),
    ]
    assert logs_in(physician, NEW)


def test_the_change_is_told_by_mail_and_what_to_do_about_it(physician: User) -> None:
    choose(mailed_link(physician))
    told = mail.outbox[-1]
    assert told.to == [physician.email]
    assert "If that was not you" in told.body
    assert "127.0.0.1" in told.body


def test_an_unknown_address_gets_the_same_answer_and_no_mail(physician: User) -> None:
    known, unknown = ask(physician.email), ask(NOBODY)
    mail.outbox.clear()
    ask(NOBODY)
    assert mail.outbox == []
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert known.content == unknown.content
    assert known.headers.keys() == unknown.headers.keys()
    assert trail()[-1] == ("stranger:", "refused", "", {"password_link_asked": "no such account"})
    assert NOBODY not in str(list(AuditEntry.objects.values()))


def test_a_known_and_an_unknown_address_cost_the_same_queries(physician: User) -> None:
    ask("somebody.else@example.org")  # the place is counted from now on
    told = []
    for email in (physician.email, NOBODY):
        with CaptureQueriesContext(connection) as asked:
            ask(email)
        told.append([re.sub(r"'[^']*'|\d+", "", q["sql"])[:60] for q in asked.captured_queries])
    assert len(told[0]) > 5
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: User.objects.filter(pk=p.pk).update(is_active=False), "the account is closed"),
        (lambda p: p.memberships.all().delete(), "no role is held"),
        (lambda p: (p.set_unusable_password(), p.save()), "no password was ever chosen"),
    ],
    ids=["closed", "no role", "invited only"],
)
def test_who_may_have_no_link_gets_none_and_an_older_one_ends(
    physician: User, change: Callable[[User], object], words: str
) -> None:
    older = mailed_link(physician)
    change(physician)
    mail.outbox.clear()
    assert ask(physician.email).url == "/account/forgotten/asked/"
    assert mail.outbox == []
    assert trail()[-1][1:] == ("refused", str(physician.key), {"password_link_asked": words})
    assert choose(older).status_code == 404


def assert_over(answer, person: User) -> None:
    assert answer.status_code == 404
    words = answer.content.decode()
    assert "This link is not good any more" in words
    assert "works once, for one hour" in words
    details = {"page": "account_reset_password_from_key", "status": 404}
    assert trail()[-1] == ("stranger:", "refused", str(person.key), details)


def test_a_link_works_once(physician: User) -> None:
    link = mailed_link(physician)
    choose(link)
    assert_over(choose(link, "yet another sentence of words"), physician)
    assert logs_in(physician, NEW)


def test_a_link_that_is_used_in_another_window_meanwhile_changes_nothing(physician: User) -> None:
    link, first, second = mailed_link(physician), Client(), Client()
    shown = [c.get(link, follow=True).redirect_chain[-1][0] for c in (first, second)]
    assert first.post(shown[0], {"password1": NEW, "password2": NEW}).status_code == 302
    late = second.post(shown[1], {"password1": PASSWORD, "password2": PASSWORD})
    assert_over(late, physician)
    assert logs_in(physician, NEW)


def test_two_that_use_a_link_at_the_same_moment_are_one(physician: User) -> None:
    token = mailed_link(physician).rstrip("/").rpartition("/")[2]
    use_link(person=physician, token=token, password=NEW)
    with pytest.raises(NotFound, match="link"):
        use_link(person=physician, token=token, password=PASSWORD)


@pytest.mark.parametrize(("minutes", "is_good"), [(59, True), (61, False)])
def test_a_link_ends_after_an_hour(physician: User, monkeypatch, minutes: int, is_good: bool) -> None:
    link = mailed_link(physician)
    later = datetime.now() + timedelta(minutes=minutes)  # noqa: DTZ005, Django's tokens count so
    monkeypatch.setattr(TOKENS, "_now", lambda: later)
    answer = choose(link)
    assert answer.status_code == (302 if is_good else 404)
    if not is_good:
        assert_over(answer, physician)


def test_an_invitation_is_no_mailed_link_and_lives_on(physician: User, monkeypatch) -> None:
    with acting_as_system("test"):
        invitation = make_link(person=physician)
    token = invitation.rstrip("/").rpartition("/")[2]
    assert_over(choose(f"/account/forgotten/{physician.key}/{token}/"), physician)
    link = mailed_link(physician)
    other = Client().get(link.replace("/forgotten/", "/invitation/"), follow=True)
    assert other.status_code == 404
    assert Client().get(invitation, follow=True).status_code == 200


@pytest.mark.parametrize(
    "token", ["set-password", "x", "-", "c0ffee-0123456789abcdef0123456789abcdef", "ü-ü", "a" * 3000, "%00"]
)
def test_a_forged_link_opens_nothing(physician: User, token: str) -> None:
    address = f"/account/forgotten/{physician.key}/{token}/"
    assert_over(choose(address), physician)
    posted = Client().post(address, {"password1": NEW, "password2": NEW})
    assert_over(posted, physician)
    assert not logs_in(physician, NEW)


@pytest.mark.parametrize(
    "header", [{"HTTP_ACCEPT": "application/json"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}]
)
def test_a_program_that_asks_for_json_is_refused_like_a_browser(physician: User, header: dict) -> None:
    forged = f"/account/forgotten/{physician.key}/x/"
    assert_over(Client(**header).get(forged), physician)
    assert ask("no address", **header).status_code == 422


def test_the_link_of_one_person_does_not_open_the_account_of_another(
    physician: User, coordinator: User
) -> None:
    link = mailed_link(physician).replace(str(physician.key), str(coordinator.key))
    assert_over(choose(link), coordinator)


def test_the_second_of_two_links_is_as_good_as_the_first_until_one_is_used(physician: User) -> None:
    first = mailed_link(physician)
    second = mailed_link(physician)
    assert choose(first).status_code == 302
    assert_over(choose(second, PASSWORD), physician)


def test_a_log_in_ends_the_link(physician: User) -> None:
    link = mailed_link(physician)
    assert logs_in(physician, PASSWORD)
    assert Client().get(link, follow=True).status_code == 404


def test_every_session_ends_with_the_new_password(physician: User, log_in: Callable[..., Client]) -> None:
    open_one = log_in(physician, confirmed=False)
    physician.refresh_from_db()
    link = mailed_link(physician)
    assert open_one.get("/account/").status_code == 200
    choose(link)
    assert open_one.get("/account/").status_code == 302


def test_nobody_is_logged_in_by_the_link_and_the_second_factor_is_still_asked(physician: User) -> None:
    TOTP.activate(physician, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    browser = Client()
    choose(mailed_link(physician), client=browser)
    assert browser.get("/account/").url.startswith("/account/login/")
    half_way = browser.post("/account/login/", {"login": physician.email, "password": NEW})
    assert half_way.url.startswith("/account/second-factor/log-in/")
    assert browser.get("/account/").status_code == 302


def test_the_pause_after_wrong_passwords_ends_with_the_new_one(physician: User) -> None:
    for _ in range(5):
        paused = Client().post("/account/login/", {"login": physician.email, "password": "wrong sentence"})
    assert paused.status_code == 429
    assert "ask for a link by e-mail" in paused.content.decode()
    assert not logs_in(physician, PASSWORD)
    choose(mailed_link(physician))
    assert logs_in(physician, NEW)


@pytest.mark.parametrize("known", [True, False])
def test_the_fourth_wish_of_an_hour_for_one_address_is_refused(physician: User, known: bool) -> None:
    email = physician.email if known else NOBODY
    for n in range(3):
        assert ask(email.upper(), REMOTE_ADDR=f"10.0.0.{n}").status_code == 302
    mail.outbox.clear()
    refused = ask(email, REMOTE_ADDR="10.0.0.9")
    assert (refused.status_code, refused["Retry-After"], mail.outbox) == (429, "3600", [])
    assert "Three an hour may be asked for one address" in refused.content.decode()
    page = {"page": "account_reset_password", "status": 429}
    assert trail()[-1] == ("stranger:", "refused", "", page)


def test_the_eleventh_wish_of_an_hour_from_one_place_is_refused(physician: User) -> None:
    for n in range(10):
        assert ask(f"nobody-{n}@example.org").status_code == 302
    assert ask(physician.email).status_code == 429
    assert mail.outbox == []
    assert ask(physician.email, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_the_counts_are_in_the_database_and_hold_no_address(physician: User) -> None:
    ask(physician.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM enthesis_cache")
        counted = [key for (key,) in cursor.fetchall() if "reset_password" in key]
    assert len(counted) == 2
    assert physician.email not in str(counted)


def test_a_forged_host_is_refused_and_the_link_begins_as_the_setting_says(physician: User) -> None:
    assert ask(physician.email, HTTP_HOST="evil.example").status_code == 400
    assert mail.outbox == []
    ask(physician.email, HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example")
    (message,) = mail.outbox
    assert link_in(message)
    assert "evil" not in message.body


@pytest.mark.parametrize(
    "email",
    [
        "",
        "no address",
        "a\x00b@example.org",
        "9" * 5000,
        "x" * 300_000,
        "%ED%A0%80",
        "a@example.org\nBcc: b@c.de",
    ],
    ids=["empty", "none", "null byte", "long", "huge", "half of a pair", "header"],
)
def test_what_is_no_address_is_refused_beside_the_box(physician: User, email: str) -> None:
    answer = ask(email)
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert mail.outbox == []
    assert trail()[-1] == ("stranger:", "refused", "", {"page": "account_reset_password", "status": 422})


@pytest.mark.parametrize(
    ("password", "words"), [("elevenchars", "at least 12 characters"), ("qwertyuiop123", "too common")]
)
def test_a_weak_password_is_refused_and_the_link_stays_good(
    physician: User, password: str, words: str
) -> None:
    link = mailed_link(physician)
    refused = choose(link, password)
    assert refused.status_code == 422
    assert words in re.sub(r"\s+", " ", refused.content.decode())
    assert choose(link).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"password1": "a\x00" + NEW, "password2": "a\x00" + NEW},
        {"password1": NEW, "password2": NEW + "!"},
        {"password1": NEW},
    ],
    ids=["nothing", "null byte", "two different", "once"],
)
def test_a_password_that_is_none_is_refused_and_the_link_stays_good(
    physician: User, typed: dict[str, str]
) -> None:
    link, browser = mailed_link(physician), Client()
    shown = browser.get(link, follow=True).redirect_chain[-1][0]
    assert browser.post(shown, typed).status_code == 422
    details = {"page": "account_reset_password_from_key", "status": 422}
    assert trail()[-1] == ("stranger:", "refused", str(physician.key), details)
    assert choose(link, client=browser).status_code == 302


@pytest.mark.parametrize("body", BODIES, ids=["huge", "many fields", "deep", "broken", "no text"])
def test_a_huge_or_foreign_body_is_refused_and_changes_nothing(physician: User, body: dict) -> None:
    link, browser = mailed_link(physician), Client()
    mail.outbox.clear()
    shown = browser.get(link, follow=True).redirect_chain[-1][0]
    for address in (ASK, shown):
        assert 400 <= browser.post(address, **body).status_code < 500
        assert trail()[-1][:2] == ("stranger:", "refused")
    assert mail.outbox == []
    assert choose(link, client=browser).status_code == 302


def test_a_flood_of_strangers_is_counted_the_same_for_both_addresses(physician: User, monkeypatch) -> None:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(0))
    ask(physician.email)
    ask(NOBODY)
    assert trail() == []
    assert RefusalMiddleware.meter.left_out == 2


def test_a_mail_server_that_fails_tells_nobody_and_no_address_is_logged(physician: User, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    with capture_logs() as logs:
        assert ask(physician.email).status_code == 302
    (failed,) = (line for line in logs if line["event"] == "mail failed")
    assert failed == {"event": "mail failed", "log_level": "error", "kind": "ConnectionRefusedError"}
    assert physician.email not in str(logs)


def test_the_link_of_a_mail_is_not_in_the_log() -> None:
    assert shown_path("/account/forgotten/8c0e/abc-def/") == "/account/forgotten/8c0e/…/"
    assert shown_path("/account/forgotten/asked/") == "/account/forgotten/asked/"


def test_a_reader_over_a_local_socket_can_ask_too(physician: User) -> None:
    assert ask(physician.email, REMOTE_ADDR="").status_code == 302
    assert len(mail.outbox) == 1


def test_the_page_asks_for_an_address_and_names_who_else_can_help(db) -> None:
    page = Client().get(ASK).content.decode()
    assert re.search(r'<input type="email" name="email"[^>]*autocomplete="email"', page)
    assert "autofocus" in page
    assert "An administrator can make a link too" in page
    asked = Client().get("/account/forgotten/asked/").content.decode()
    assert "works once, for one hour" in asked


class TestWithoutAMailServer:
    """Nothing is offered that cannot be done."""

    @pytest.fixture(autouse=True)
    def _none(self, settings) -> None:
        settings.EMAIL_CONFIGURED = False

    def test_the_page_says_who_can_help_and_offers_no_link(self, db) -> None:
        page = Client().get(ASK).content.decode()
        assert "An administrator of your installation can make a link" in page
        assert "<form" not in page.partition("<main")[2]

    def test_asking_all_the_same_is_refused(self, physician: User) -> None:
        answer = ask(physician.email)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert "An administrator of your installation can make a link" in answer.content.decode()
        assert mail.outbox == []
        page = {"page": "account_reset_password", "status": 405}
        assert trail()[-1] == ("stranger:", "refused", "", page)

    def test_the_page_after_asking_leads_back(self, db) -> None:
        assert Client().get("/account/forgotten/asked/").url == ASK
