"""Every refused request leaves one line in the audit trail, and a flood of strangers does not fill it."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from enthesis.errors import InvalidData, NotAllowed, NotFound
from enthesis.web.accounts.access import for_everyone, needs, own_account
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from enthesis.web.accounts.roles import Permission, Role
from enthesis.web.audit.models import AuditEntry
from made_clinic import make_user

KEY = "0b6ad7c2-8f5f-4d3c-9a1e-2f0d6b7a8c9d"


def refused() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action="refused").order_by("number"))


@pytest.fixture
def raising_pages(monkeypatch) -> None:
    """Pages whose action refuses: one for a role, one for oneself, one for everybody."""
    from django.urls import clear_url_caches, set_urlconf

    from enthesis.web.config import urls

    def raiser(error: Exception) -> Callable[..., HttpResponse]:
        def view(request, **_):
            raise error

        return view

    pages = {
        "role": needs(Permission.READ_RECORD)(raiser(NotAllowed("No."))),
        "own": own_account(raiser(NotAllowed("No."))),
        "open": for_everyone(raiser(NotAllowed("No."))),
        "missing": own_account(raiser(NotFound("row", "x", ()))),
        "invalid": own_account(raiser(InvalidData("Wrong."))),
        "unmarked": raiser(NotAllowed("No.")),
    }
    added = [path(f"raising/{name}/", view, name=f"raising-{name}") for name, view in pages.items()]
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *added])
    clear_url_caches()
    set_urlconf(None)
    yield
    monkeypatch.undo()
    clear_url_caches()
    set_urlconf(None)


@pytest.mark.parametrize(
    ("page", "method", "status"),
    [
        ("role", "get", 403),
        ("role", "post", 403),
        ("own", "get", 403),
        ("open", "get", 403),
        ("missing", "get", 404),
        ("invalid", "post", 422),
    ],
)
def test_what_an_action_refuses_leaves_one_line(
    physician: User, log_in: Callable[..., Client], raising_pages: None, page: str, method: str, status: int
) -> None:
    client = log_in(physician, confirmed=False)
    assert getattr(client, method)(f"/raising/{page}/").status_code == status
    (entry,) = refused()
    assert (entry.actor, entry.kind) == (f"user:{physician.key}", "page")
    assert entry.details == {"page": f"raising-{page}", "status": status}


@pytest.mark.parametrize(("page", "method"), [("invalid", "get"), ("unmarked", "post")])
def test_a_mistyped_question_and_a_room_without_patients_leave_none(
    physician: User, log_in: Callable[..., Client], raising_pages: None, page: str, method: str
) -> None:
    assert getattr(log_in(physician, confirmed=False), method)(f"/raising/{page}/").status_code >= 400
    assert refused() == []


def test_a_form_without_its_token_is_written_down(physician: User, log_in: Callable[..., Client]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(physician, confirmed=False).cookies
    assert client.post("/account/sessions/", {"session": "others"}).status_code == 403
    (entry,) = refused()
    assert entry.actor == f"user:{physician.key}"


def test_a_forged_link_is_a_line_of_a_stranger_and_tells_no_token(client: Client, db) -> None:
    assert client.get(f"/account/invitation/{KEY}/forged-token/").status_code == 404
    (entry,) = refused()
    assert (entry.actor, entry.object_key) == ("stranger:", KEY)
    assert "forged-token" not in str(entry.details)


def test_a_flood_of_strangers_is_counted_and_not_written(client: Client, db, monkeypatch) -> None:
    now = [0.0]
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(3, clock=lambda: now[0]))
    for _ in range(10):
        client.get(f"/account/invitation/{KEY}/forged/")
    assert len(refused()) == 3
    now[0] = 61.0
    client.get(f"/account/invitation/{KEY}/forged/")
    assert refused()[-1].details["others_left_out"] == 7


def test_no_flood_leaves_out_a_line_of_somebody_known(
    physician: User, log_in: Callable[..., Client], monkeypatch
) -> None:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(0))
    client = log_in(physician, confirmed=False)
    for _ in range(3):
        client.get("/audit/")
    assert [e.actor for e in refused()] == [f"user:{physician.key}"] * 3


def test_a_refusal_that_the_room_wrote_down_is_not_written_twice(
    physician: User, log_in: Callable[..., Client]
) -> None:
    client = log_in(physician, confirmed=False)
    assert client.post("/clinic/patients/new/", {"name": ""}).status_code == 422
    (entry,) = refused()
    assert entry.kind == "patient"


def test_the_auditor_reads_who_it_was(site: Site, log_in: Callable[..., Client]) -> None:
    Client().get(f"/account/invitation/{KEY}/forged/")
    page = log_in(make_user(Role.AUDITOR, None)).get("/audit/?action=refused").content.decode()
    assert "somebody not logged in" in page


def test_the_middleware_passes_on_what_it_gets(db) -> None:
    answer = HttpResponse(status=404)
    request = RequestFactory().get("/nowhere/")
    request.resolver_match = None
    assert RefusalMiddleware(lambda _: answer)(request) is answer
    assert refused() == []
