"""What is no passkey is refused with words and a 4xx wherever one is read, and nothing is stored."""

import base64
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from enthesis.web.accounts.roles import Role
from enthesis.web.audit.models import AuditEntry
from made_clinic import PASSWORD, make_user

FACTOR = "/account/second-factor/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


CLIENT_DATA = text(b'{"type":"webauthn.create","challenge":"AAAA","origin":"https://testserver"}')
WHOLE: dict[str, Any] = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "clientExtensionResults": {},
    "response": {
        "clientDataJSON": CLIENT_DATA,
        # An attestation without a statement, of 37 zero bytes: CBOR that is read and says nothing.
        "attestationObject": text(b"\xa3cfmtdnonegattStmt\xa0hauthDataX\x25" + bytes(37)),
        "authenticatorData": text(bytes(37)),
        "signature": text(bytes(64)),
        "userHandle": text(b"1"),
    },
}
ODD: list[Any] = [
    None,
    0,
    -1,
    1e400,
    True,
    "",
    "x",
    "é",
    "\x00",
    [],
    {},
    [[]],
    "A" * 3000,
    {"id": "AAAA"},
    2**70,
]
WRITTEN = [
    "",
    "null",
    "9" * 5000,
    "[" * 60_000,
    '{"a":' * 5000,
    "not json",
    '"text"',
    "NaN",
    "[]",
    "{}",
    "A" * 70_000,
    '{"id":"\\ud800","rawId":"\\ud800"}',
]


def mutated(source: random.Random) -> str:
    """The whole credential with one to three of its parts taken out or made something else."""
    made = json.loads(json.dumps(WHOLE))
    if source.random() < 0.5:
        made |= {"id": text(b"made-up passkey"), "rawId": text(b"made-up passkey")}
    for _ in range(source.randint(1, 3)):
        part = made if source.random() < 0.4 else made.get("response")
        if not isinstance(part, dict) or not part:
            continue
        name = source.choice(sorted(part))
        choice = source.random()
        if choice < 0.2:
            del part[name]
        elif choice < 0.5:
            part[name] = text(source.randbytes(source.randint(0, 80)))
        else:
            part[name] = source.choice(ODD)
    return json.dumps(made)


def credentials() -> Iterator[str]:
    source = random.Random(20261122)
    yield from WRITTEN
    yield json.dumps(WHOLE)
    for _ in range(150):
        yield mutated(source)


@pytest.fixture
def physician(site: Site, settings, monkeypatch) -> User:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(10_000))
    # The limits are tried elsewhere; here every credential must be read.
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    return make_user(Role.PHYSICIAN, site)


def passkey_of(user: User) -> Authenticator:
    """A stored passkey as a browser would have registered it, with a key of its own."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    identity = hashlib.sha256(b"testserver").digest()
    held = AttestedCredentialData.create(bytes(16), b"made-up passkey", key)
    data = AuthenticatorData.create(identity, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, held)
    response = {
        "clientDataJSON": CLIENT_DATA,
        "attestationObject": text(bytes(AttestationObject.create("none", data, {}))),
    }
    credential = WHOLE | {"id": text(b"made-up passkey"), "rawId": text(b"made-up passkey")}
    stored = {"name": "Key", "credential": credential | {"response": response}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=stored)


def statuses_of(client: Client, address: str, **more: str) -> list[tuple[str, int]]:
    client.raise_request_exception = False
    answers = []
    for credential in credentials():
        client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
        answer = client.post(address, {"credential": credential, **more})
        answers.append((credential[:80], answer.status_code))
    return answers


def check_all_refused(answers: list[tuple[str, int]]) -> None:
    assert [a for a in answers if a[1] != 422] == []
    assert AuditEntry.objects.filter(action="refused").count() == len(answers)


def test_none_is_added(physician: User, log_in: Callable[..., Client]) -> None:
    check_all_refused(statuses_of(log_in(physician), f"{FACTOR}passkeys/new/", name="Key"))
    assert not Authenticator.objects.exists()


def test_none_confirms(physician: User, log_in: Callable[..., Client]) -> None:
    client = log_in(physician, confirmed=False)
    passkey_of(physician)
    check_all_refused(statuses_of(client, f"{FACTOR}passkeys/confirm/"))
    assert client.get(f"{FACTOR}codes/").status_code == 302


def test_none_logs_in(physician: User, client: Client) -> None:
    check_all_refused(statuses_of(client, f"{FACTOR}passkeys/log-in/"))
    assert client.get("/account/").status_code == 302


def test_none_is_a_second_factor(physician: User, client: Client) -> None:
    TOTP.activate(physician, SECRET)
    sent = client.post("/account/login/", {"login": physician.email, "password": PASSWORD})
    assert sent.url.startswith(f"{FACTOR}log-in/")
    check_all_refused(statuses_of(client, f"{FACTOR}log-in/"))
    assert client.get("/account/").status_code == 302


def test_the_words_help(physician: User, log_in: Callable[..., Client]) -> None:
    answer = log_in(physician).post(f"{FACTOR}passkeys/new/", {"credential": "9" * 5000, "name": "Key"})
    assert "no passkey that can be read" in answer.content.decode()
    assert "9" * 100 not in answer.content.decode()
