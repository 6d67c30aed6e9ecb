"""Values are put right in the open: what it was, what it is, who, and why."""

import pytest
from django.urls import reverse

from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.asking import answer_query, ask_query, close_query
from enthesis.web.registry.actions.corrections import correct_response, correct_row
from enthesis.web.registry.models import Correction, Injection, Query, Response
from enthesis.web.registry.queries.trust import queries_at, query_of
from enthesis.web.registry.records.row_kinds import ROW_KINDS
from made_clinic import acting_user, logged_in, make_user
from made_record import make_record


@pytest.fixture
def rows(site: Site, physician: User) -> dict:
    with acting_as_system("test"):
        made = make_record(site, physician, "Meghna Made-up")
        Correction.objects.all().delete()
        Query.objects.filter(answers=None).delete()
    return made


def test_a_correction_keeps_what_it_was(rows: dict, physician: User) -> None:
    injection = rows["injection"]
    with acting_user(physician):
        changed = correct_row(
            row=injection, values={"target": "hip", "notes": ""}, reason="misread", by=physician
        )
        assert changed == ("target",)
        kept = Correction.objects.get()
        assert Injection.objects.get(pk=injection.pk).target == "hip"
    assert (kept.field, kept.before, kept.after, kept.reason) == (
        "target", "knee-intra-articular", "hip", "misread",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "values", "told"),
    [
        ("injection", {"target": "hip", "given_on": None}, "not put right here"),
        ("injection", {"volume_ml": 0}, "something_was_injected"),
        ("imaging", {"taken_on": "2999-01-01"}, "has not come yet"),
        ("imaging", {"taken_on": "1950-01-01"}, "before the birth"),
        ("adverse_event", {"ended_on": "2020-01-01"}, "ended_on"),
        ("adverse_event", {"grade": 9}, "choose a value of the list"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_stored(
    rows: dict, physician: User, word: str, values: dict, told: str
) -> None:
    from datetime import date

    values = {k: date.fromisoformat(v) if str(v)[4:5] == "-" else v for k, v in values.items()}
    row = rows[word]
    with acting_user(physician):
        with pytest.raises(InvalidData, match=told):
            correct_row(row=row, values=values, reason="misread", by=physician)
        assert Correction.objects.count() == 0
        stored = type(row).objects.get(pk=row.pk)
        assert all(getattr(stored, name) != value for name, value in values.items())


def test_no_reason_no_correction_and_no_role_no_correction(rows: dict, site: Site, physician: User) -> None:
    with acting_user(physician), pytest.raises(InvalidData, match="needs its reason"):
        correct_row(row=rows["injection"], values={"target": "hip"}, reason="  ", by=physician)
    lead = make_user(Role.REGISTRY_LEAD, site)
    with acting_user(lead), pytest.raises(NotAllowed, match="write-record"):
        correct_row(row=rows["injection"], values={"target": "hip"}, reason="x", by=lead)


def test_answers_put_right_stand_in_the_place_of_the_old_ones(rows: dict, physician: User) -> None:
    with acting_user(physician):
        old = _answered(rows["response"])
        item = next(iter(old.answers))
        fresh = correct_response(
            response=old, answers=old.answers | {item: 7}, reason="paper said 7", by=physician
        )
        old.refresh_from_db()
        assert old.replaced_by == fresh
        assert old.answers[item] == 3
        assert fresh.answers[item] == 7
        assert fresh.score == 7
        assert fresh.answered_on == old.answered_on
        valid = Response.objects.filter(follow_up=old.follow_up, replaced_by=None)
        assert list(valid) == [fresh]
        with pytest.raises(InvalidData, match="put right before"):
            correct_response(response=old, answers={item: 1}, reason="x", by=physician)
        with pytest.raises(InvalidData, match=item):
            correct_response(response=fresh, answers={item: 11}, reason="x", by=physician)


def _answered(response: Response) -> Response:
    """Answers to the 0-10 pain scale, whose score is the answer itself."""
    from enthesis.catalogue.instruments_loader import load_instruments

    (item,) = load_instruments()["nrs-pain"].items
    response.answers, response.score = {item.id: 3}, 3
    response.save()
    return response


def test_the_page_puts_right_and_shows_both_values(rows: dict, physician: User) -> None:
    client, injection = logged_in(physician), rows["injection"]
    address = reverse("correct-injection", args=[injection.key])
    page = client.get(address)
    form = {k: "" if v is None else v for k, v in page.context["form"].initial.items() if k != "key"}
    assert client.post(address, form | {"volume_ml": "a lot", "reason": "misread"}).status_code == 422
    sent = client.post(address, form | {"volume_ml": "4.5", "reason": "misread"})
    assert sent.status_code == 302, sent.content
    shown = client.get(reverse("injection", args=[injection.key])).content.decode()
    assert "<del>5</del>" in shown
    assert "4.5" in shown
    assert "misread" in shown


@pytest.mark.parametrize("word", [k.word for k in ROW_KINDS.values() if k.fields])
def test_each_kind_opens_and_refuses_an_empty_form(rows: dict, physician: User, word: str) -> None:
    client = logged_in(physician)
    address = reverse(f"correct-{word}", args=[rows[word].key])
    assert client.get(address).status_code == 200
    before = AuditEntry.objects.filter(action="refused").count()
    sent = client.post(address, {})
    assert sent.status_code == 422
    assert "Nothing was stored" in sent.content.decode()
    assert AuditEntry.objects.filter(action="refused").count() == before + 1


def test_a_query_is_asked_answered_and_closed(rows: dict, site: Site, physician: User) -> None:
    lead = make_user(Role.REGISTRY_LEAD, site)
    with acting_user(lead):
        asked = ask_query(row=rows["injection"], field="volume_ml", text="5 mL into a finger?", by=lead)
        assert asked == ask_query(
            row=rows["injection"], field="volume_ml", text="5 mL into a finger?", by=lead
        )
        assert query_of(asked.key).state == "open"
        with pytest.raises(NotAllowed, match="answer-query"):
            answer_query(query=asked, text="Yes.", by=lead)
        with pytest.raises(InvalidData, match="no such field"):
            ask_query(row=rows["injection"], field="password", text="?", by=lead)
    with acting_user(physician):
        answer_query(query=asked, text="A knee; put right.", by=physician)
        assert query_of(asked.key).state == "answered"
        with pytest.raises(NotAllowed, match="ask-query"):
            close_query(query=asked)
    with acting_user(lead):
        close_query(query=asked)
        assert query_of(asked.key).state == "closed"
        assert asked.key not in {line.row.key for line in queries_at(None)}
        with pytest.raises(InvalidData, match="closed"):
            close_query(query=asked)


def test_the_lead_asks_by_page_and_never_sees_a_name(rows: dict, site: Site, physician: User) -> None:
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    address = reverse("ask-injection", args=[rows["injection"].key])
    assert lead.post(address, {"text": " "}).status_code == 422
    sent = lead.post(address, {"field": "volume_ml", "text": "Is this right?"})
    assert sent.status_code == 302
    pages = [lead.get(a).content.decode() for a in (address, sent["Location"], reverse("queries"))]
    assert "Is this right?" in pages[1]
    assert not any("Meghna" in page for page in pages)
    site_page = logged_in(physician).get(sent["Location"]).content.decode()
    assert "Meghna" in site_page
    assert lead.post(sent["Location"], {"close": "yes"}).status_code == 302


@pytest.mark.parametrize("word", [k.word for k in ROW_KINDS.values()])
def test_the_lead_can_ask_about_every_kind(rows: dict, site: Site, word: str) -> None:
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    address = reverse(f"ask-{word}", args=[rows[word].key])
    assert lead.get(address).status_code == 200
    sent = lead.post(address, {"field": "", "text": "Is this right?"})
    assert sent.status_code == 302
    assert lead.get(sent["Location"]).status_code == 200
