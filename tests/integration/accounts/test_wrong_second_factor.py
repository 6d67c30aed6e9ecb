"""Every form of log-in and second factor, field by field with wrong values; and nothing is good twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from tests.integration.accounts.test_garbled_passkeys import SECRET
from tests.integration.accounts.test_second_factor import code_of, half_way

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from enthesis.web.accounts.roles import Role
from enthesis.web.audit.models import AuditEntry
from made_clinic import PASSWORD, make_user
from made_passkey import MadePasskey
from posted_forms import PageForm, forms_of
from posting_desk import Desk
from wrong_values import NEVER, NONSENSE

FACTOR = "/account/second-factor/"
AJAX = {"x-requested-with": "XMLHttpRequest"}
NEW = "another sentence that nobody uses"
FREE = set(NONSENSE) - NEVER
# A tick says by being there what it says, whatever stands in it; an address elsewhere is never followed.
SAYS_BY_BEING_THERE = {"passwordless", "next"}


@dataclass(frozen=True)
class Form:
    """One form in the state in which it is met: where, and what a person would send."""

    client: Client
    address: str
    right: Callable[[], dict[str, Any]]
    free: frozenset[str] = frozenset()
    first: str = ""
    """Page that is opened before; the address itself unless given."""


@pytest.fixture
def physician(site: Site, settings, monkeypatch) -> User:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(100_000))
    # The limits are tried elsewhere; here every value must be read.
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    settings.AXES_ENABLED = False
    return make_user(Role.PHYSICIAN, site)


def with_codes(user: User) -> str:
    """Secret of a telephone that is set up, with recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return SECRET


def with_passkey(user: User, client: Client) -> MadePasskey:
    """A passkey that was added through the page."""
    device = MadePasskey()
    client.get(f"{FACTOR}passkeys/new/")
    answer = client.post(f"{FACTOR}passkeys/new/", {"credential": device.registered(client), "name": "Key"})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    return device


def forms_without_a_factor(user: User, client: Client) -> Iterator[Form]:
    yield Form(client, "/account/confirm/", lambda: {"password": PASSWORD})
    yield Form(
        client,
        "/account/password/",
        lambda: {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    secret = lambda: client.session["mfa.totp.secret"]  # noqa: E731
    yield Form(client, f"{FACTOR}codes/", lambda: {"code": code_of(secret())})
    device = MadePasskey()
    yield Form(
        client,
        f"{FACTOR}passkeys/new/",
        lambda: {"credential": device.registered(client), "name": "Key"},
        frozenset({"name"}),
    )
    stranger = Client(raise_request_exception=False)
    yield Form(stranger, "/account/login/", lambda: {"login": user.email, "password": PASSWORD})


def forms_with_codes(user: User, client: Client) -> Iterator[Form]:
    with_codes(user)
    yield Form(client, f"{FACTOR}confirm/", lambda: {"code": code_of(SECRET)})
    yield Form(half_way(user), f"{FACTOR}log-in/", lambda: {"code": code_of(SECRET)})


def forms_with_a_passkey(user: User, client: Client) -> Iterator[Form]:
    device = with_passkey(user, client)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    yield Form(client, f"{FACTOR}passkeys/{key}/", lambda: {"name": "Mine"}, frozenset({"name"}))
    yield Form(client, f"{FACTOR}passkeys/confirm/", lambda: {"credential": device.signed(client, user)})
    half = half_way(user)
    yield Form(half, f"{FACTOR}log-in/", lambda: {"credential": device.signed(half, user)})
    stranger = Client(raise_request_exception=False)
    yield Form(
        stranger,
        f"{FACTOR}passkeys/log-in/",
        lambda: {"credential": device.signed(stranger, user)},
        first="/account/login/",
    )


STATES = [forms_without_a_factor, forms_with_codes, forms_with_a_passkey]


def page_form(form: Form) -> PageForm:
    """The form as the page shows it."""
    page = form.client.get(form.first or form.address).content.decode()
    if form.first:  # a script asks for the question
        form.client.get(form.address, headers=AJAX)
    names = set(form.right())
    found = [f for f in forms_of(page) if f.method == "post" and names <= set(f.kinds)]
    assert len(found) == 1, (form.address, [f.kinds for f in forms_of(page)])
    return found[0]


def wrong_forms(form: Form, fields: set[str]) -> Iterator[tuple[str, str, dict[str, Any], bool]]:
    for field in sorted(fields):
        for kind, value in NONSENSE.items():
            is_free = field in SAYS_BY_BEING_THERE or (field in form.free and kind in FREE)
            yield field, kind, form.right() | {field: value}, is_free
        left_out = {n: v for n, v in form.right().items() if n != field}
        is_free = field in SAYS_BY_BEING_THERE or (field == "name" and "credential" in fields)
        yield field, "left out", left_out, is_free


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_one_wrong_field_of_an_account_is_refused_and_nothing_is_stored(
    physician: User, log_in: Callable[..., Client], state: Callable[..., Iterator[Form]], record_property: Any
) -> None:
    tried, wrong = 0, []
    client = log_in(physician)
    client.raise_request_exception = False
    for form in state(physician, client):
        form.client.raise_request_exception = False
        fields = set(page_form(form).kinds) - {"csrfmiddlewaretoken"}
        desk = Desk(form.client)
        whole = desk.post(form.address, data=form.right())
        if whole.status >= 400:
            wrong.append((form.address, "the right form was refused", desk.said))
        for field, kind, sent, is_free in wrong_forms(form, fields):
            outcome = desk.post(form.address, data=sent)
            if not outcome.is_refused_in_order and not (is_free and outcome.status < 400):
                wrong.append((form.address, field, kind, outcome, desk.said))
        tried += desk.tried
    assert not wrong, "\n".join(map(str, wrong))
    record_property("tried", tried)


def twice(form: Form) -> tuple[int, int]:
    """Statuses of one form, really sent two times."""
    page_form(form)
    sent = form.right()
    first = form.client.post(form.address, sent).status_code
    return first, form.client.post(form.address, sent).status_code


def refusals() -> int:
    return AuditEntry.objects.filter(action="refused").count()


def test_a_code_of_a_telephone_is_good_once_while_it_holds(physician: User) -> None:
    with_codes(physician)
    code = code_of(SECRET)
    assert half_way(physician).post(f"{FACTOR}log-in/", {"code": code}).status_code == 302
    before = refusals()
    again = half_way(physician).post(f"{FACTOR}log-in/", {"code": code})
    assert again.status_code == 422
    assert refusals() == before + 1
    # The library's own mark runs out after one period of 30 seconds; the code holds for three.
    telephone = TOTP(Authenticator.objects.get(type=Authenticator.Type.TOTP))
    assert cache.delete(telephone._get_used_cache_key(code))
    later = half_way(physician).post(f"{FACTOR}log-in/", {"code": code})
    assert later.status_code == 422
    assert "was used before" in later.content.decode()


def test_the_code_that_set_up_a_telephone_opens_nothing(
    physician: User, log_in: Callable[..., Client]
) -> None:
    client = log_in(physician)
    client.get(f"{FACTOR}codes/")
    code = code_of(client.session["mfa.totp.secret"])
    assert client.post(f"{FACTOR}codes/", {"code": code}).status_code == 302
    assert half_way(physician).post(f"{FACTOR}log-in/", {"code": code}).status_code == 422


@pytest.mark.parametrize("page", ["passkeys/confirm/", "log-in/", "passkeys/log-in/"])
def test_what_a_passkey_signed_is_good_once(
    physician: User, log_in: Callable[..., Client], page: str
) -> None:
    client = log_in(physician)
    device = with_passkey(physician, client)
    client = {"passkeys/confirm/": lambda: client, "log-in/": lambda: half_way(physician)}.get(page, Client)()
    first = "/account/login/" if page == "passkeys/log-in/" else ""
    sign = lambda: {"credential": device.signed(client, physician)}  # noqa: E731
    form = Form(client, f"{FACTOR}{page}", sign, first=first)
    page_form(form)
    sent = form.right()
    assert client.post(form.address, sent).status_code == 302
    thief = Client() if page == "passkeys/log-in/" else half_way(physician)
    thief.get("/account/login/" if page == "passkeys/log-in/" else f"{FACTOR}log-in/")
    thief.get(f"{FACTOR}passkeys/log-in/", headers=AJAX)
    target = f"{FACTOR}passkeys/log-in/" if page == "passkeys/log-in/" else f"{FACTOR}log-in/"
    before = refusals()
    assert thief.post(target, sent).status_code == 422
    assert refusals() == before + 1
    assert thief.get("/account/").status_code == 302
    if page == "passkeys/confirm/":
        assert client.post(form.address, sent).status_code == 422


def test_a_passkey_is_added_once(physician: User, log_in: Callable[..., Client]) -> None:
    client, device = log_in(physician), MadePasskey()
    right = lambda: {"credential": device.registered(client), "name": "Key"}  # noqa: E731
    assert twice(Form(client, f"{FACTOR}passkeys/new/", right)) == (302, 422)
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1


def test_the_name_of_a_passkey_keeps_its_limit(physician: User, log_in: Callable[..., Client]) -> None:
    client = log_in(physician)
    with_passkey(physician, client)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    for name in ("x" * 101, "a\x07b"):
        assert client.post(f"{FACTOR}passkeys/{key.pk}/", {"name": name}).status_code == 422
    assert client.post(f"{FACTOR}passkeys/{key.pk}/", {"name": "My key"}).status_code == 302
