"""The second factor: codes from a telephone, recovery codes, and what they guard."""

import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.audit.models import AuditEntry
from made_clinic import PASSWORD, make_user

FACTOR = "/account/second-factor/"


def code_of(secret: str, seconds_on: int = 0) -> str:
    """The six digits of RFC 6238 (SHA-1, 30 s), written from the RFC as the telephone would."""
    counter = struct.pack(">Q", int(time.time() + seconds_on) // 30)
    digest = hmac.new(b32decode(secret), counter, "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def set_up(client: Client) -> tuple[str, list[str]]:
    """Secret and recovery codes of a freshly set up telephone."""
    page = client.get(f"{FACTOR}codes/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)[1]  # type: ignore[index]
    done = client.post(f"{FACTOR}codes/", {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<li><code>([0-9a-z]+)</code>", done.content.decode())


def half_way(user: User) -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.url.startswith(f"{FACTOR}log-in/")
    return client


def test_the_example_of_the_rfc_holds_for_this_tests_own_clock(monkeypatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 59.0)
    # RFC 6238, appendix B: 94287082 at 59 s for the key 12345678901234567890.
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == "287082"


def test_setting_up_asks_for_the_password_again(physician: User, log_in: Callable[..., Client]) -> None:
    answer = log_in(physician, confirmed=False).get(f"{FACTOR}codes/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/confirm/")


def test_a_telephone_is_set_up_and_then_asked_for(physician: User, log_in: Callable[..., Client]) -> None:
    secret, codes = set_up(log_in(physician))
    assert len(codes) == 10
    client = half_way(physician)
    assert client.get("/account/").status_code == 302
    assert client.post(f"{FACTOR}log-in/", {"code": code_of(secret, 30)}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_the_secret_is_sealed_in_the_database(physician: User, log_in: Callable[..., Client]) -> None:
    secret, _ = set_up(log_in(physician))
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert "sealed:k1:" in stored


def test_a_recovery_code_works_once(physician: User, log_in: Callable[..., Client]) -> None:
    _, codes = set_up(log_in(physician))
    assert half_way(physician).post(f"{FACTOR}log-in/", {"code": codes[0]}).status_code == 302
    again = half_way(physician).post(f"{FACTOR}log-in/", {"code": codes[0]})
    assert again.status_code == 422
    assert "Incorrect code" in again.content.decode()


def test_wrong_codes_are_counted_written_down_and_stopped(
    physician: User, log_in: Callable[..., Client]
) -> None:
    secret, _ = set_up(log_in(physician))
    client = half_way(physician)
    for _ in range(5):
        assert "Incorrect code" in client.post(f"{FACTOR}log-in/", {"code": "000000"}).content.decode()
    stopped = client.post(f"{FACTOR}log-in/", {"code": code_of(secret, 30)})
    assert "Too many failed" in stopped.content.decode()
    assert AuditEntry.objects.filter(action="refused").count() == 6


def test_a_second_factor_can_be_demanded_before_records_open(
    physician: User, log_in: Callable[..., Client], settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = log_in(physician)
    sent = client.get("/clinic/")
    assert sent.url == f"{FACTOR}?next=%2Fclinic%2F"
    assert "asks for a second factor" in client.get(sent.url).content.decode()
    set_up(client)
    assert client.get("/clinic/").status_code == 200


def test_changes_of_credentials_are_in_the_trail(
    physician: User, log_in: Callable[..., Client], django_capture_on_commit_callbacks
) -> None:
    client = log_in(physician)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post(f"{FACTOR}codes/stop/")
    details = list(AuditEntry.objects.filter(kind="account").values_list("details", flat=True))
    assert {"credential_changed": "totp"} in details
    assert len(details) == 4  # codes and recovery codes, set up and gone
    assert not Authenticator.objects.filter(user=physician).exists()


def test_a_passkey_of_somebody_else_does_not_exist(
    site: Site, physician: User, log_in: Callable[..., Client]
) -> None:
    other = make_user(Role.COORDINATOR, site)
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    client = log_in(physician)
    for address in (f"{FACTOR}passkeys/{key.pk}/", f"{FACTOR}passkeys/{key.pk}/remove/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "mine"}).status_code == 404
