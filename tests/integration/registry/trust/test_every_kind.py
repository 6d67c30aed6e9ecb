"""What can be done with each kind of record, found by following links as a person would."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from enthesis.errors import InvalidData
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.actions.grading import grade_to_keep
from enthesis.web.registry.models import Query, Response
from enthesis.web.registry.present.row_page import address_of
from enthesis.web.registry.records.row_kinds import ROW_KINDS
from made_clinic import PASSWORD, acting_user, logged_in, make_user
from made_record import make_record

# Kind, and whether a physician puts it right, signs it and takes it back. The lead asks about every kind.
TABLE = """
injection      correct  sign  take-back
preparation    correct  -     -
imaging        correct  sign  take-back
adverse_event  correct  sign  take-back
care           correct  sign  take-back
end_point      correct  sign  take-back
episode        correct  sign  -
response       correct  -     take-back
follow_up      -        -     -
consent        -        -     -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
VERBS = ("correct", "sign", "take-back", "ask")


@pytest.fixture
def rows(site: Site, physician: User) -> dict:
    with acting_as_system("test"):
        made = make_record(site, physician, "Meghna Made-up")
        # The record shows forms that are answered or closed; answers are reached through theirs.
        made["follow_up"].closed_because = "surgery"
        made["follow_up"].save()
    return made


def links(client: Client, address: str) -> set[str]:
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    found = re.findall(r'<a[^>]* href="([^"#?]+)', page.content.decode())
    return {urlsplit(a).path for a in found if a.startswith("/")}


def found_from(client: Client, start: str, most: int = 3) -> set[str]:
    """Addresses that lie at most so many links away; links of one record or one kind of it are followed."""
    seen, edge = set(), {start}
    for _ in range(most):
        edge = {a for page in edge for a in links(client, page)} - seen
        seen |= edge
        edge = {a for a in edge if (resolve(a).url_name or "").startswith(("record-", "injection", "harm"))}
        edge = {a for a in edge if not a.endswith(("/new/", "/derive/"))}
    return seen


def verbs_found(addresses: set[str], rows: dict, word: str) -> set[str]:
    named = {f"{verb}-{word}": verb for verb in VERBS} | {f"{word}-correct": "correct"}
    own = {a for a in addresses if str(rows[word].key) in a}
    return {named[n] for n in (resolve(a).url_name or "" for a in own) if n in named}


def test_a_clinician_finds_the_way_to_every_record(rows: dict, physician: User) -> None:
    found = found_from(logged_in(physician), reverse("patient", args=[rows["patient"].key]))
    assert {word: verbs_found(found, rows, word) for word, *_ in ROWS} == {
        word: {v for v in verbs if v != "-"} for word, *verbs in ROWS
    }


def test_the_lead_finds_the_way_to_ask_about_every_record_and_sees_no_name(rows: dict, site: Site) -> None:
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    (episode,) = links(lead, reverse("records")) & {reverse("record-episode", args=[rows["episode"].key])}
    found = found_from(lead, episode)
    assert {word: verbs_found(found, rows, word) for word, *_ in ROWS} == {word: {"ask"} for word, *_ in ROWS}
    pages = [a for a in found if (resolve(a).url_name or "").startswith(("record-", "injection", "harm"))]
    assert len(pages) >= len(ROWS) - 1
    for page in pages:
        assert "Meghna" not in lead.get(page).content.decode(), page


def test_the_table_knows_every_kind() -> None:
    assert {word for word, *_ in ROWS} == {kind.word for kind in ROW_KINDS.values()}


@pytest.mark.parametrize("word", [word for word, _, sign, _ in ROWS if sign != "-"])
def test_each_kind_is_signed_by_its_page_and_loses_the_signature_when_put_right(
    rows: dict, physician: User, word: str
) -> None:
    client, row = logged_in(physician), rows[word]
    sign, shown = reverse(f"sign-{word}", args=[row.key]), address_of(row)
    page = client.get(sign)
    form = page.context["form"].initial
    sent = client.post(sign, {"shown": form["shown"], "meaning": form["meaning"], "password": PASSWORD})
    assert sent.status_code == 302, sent.content.decode()
    assert sent["Location"] == shown
    assert "holds</span>" in client.get(shown).content.decode()
    with acting_user(physician):
        row.refresh_from_db()
        name = "notes" if hasattr(row, "notes") else "cancelled_because"
        setattr(row, name, "changed")
        row.save()
    after = client.get(shown).content.decode()
    assert "holds</span>" not in after
    assert "the record was changed" in after


def test_closing_an_episode_leaves_its_signature(rows: dict, physician: User) -> None:
    client, row = logged_in(physician), rows["episode"]
    sign = reverse("sign-episode", args=[row.key])
    form = client.get(sign).context["form"].initial
    client.post(sign, {"shown": form["shown"], "meaning": form["meaning"], "password": PASSWORD})
    with acting_user(physician):
        row.closed_on, row.closed_because = row.opened_on, "withdrew"
        row.save()
    assert "holds</span>" in client.get(reverse("record-episode", args=[row.key])).content.decode()


def test_a_grade_is_kept_with_its_system_or_not_at_all() -> None:
    with pytest.raises(InvalidData, match="'2' without its system means nothing"):
        grade_to_keep("", "2", "knee-osteoarthritis", "")
    assert grade_to_keep("", "", "knee-osteoarthritis", "") == ("", "")


def test_the_grade_of_an_image_is_put_right_with_its_system(rows: dict, physician: User) -> None:
    client, image = logged_in(physician), rows["imaging"]
    address = reverse("correct-imaging", args=[image.key])
    filled = {"taken_on": "2026-03-02", "modality": "radiograph", "reason": "misread"}
    wrong = client.post(address, filled | {"grade": "goutallier:2"})
    assert wrong.status_code == 422
    bare = client.post(address, filled | {"grade_wording": "not-stated"})
    assert bare.status_code == 422
    assert "wording without a grade" in bare.content.decode()
    right = filled | {"grade": "kellgren-lawrence:3", "grade_wording": "not-stated"}
    assert client.post(address, right).status_code == 302
    with acting_user(physician):
        image.refresh_from_db()
    assert (image.grading_system, image.grade, image.grade_wording) == (
        "kellgren-lawrence",
        "3",
        "not-stated",
    )
    shown = client.get(reverse("record-imaging", args=[image.key])).content.decode()
    assert "Kellgren" in shown
    assert "<del>nothing</del>" in shown


def test_a_harm_becomes_serious_and_its_clock_starts(rows: dict, physician: User) -> None:
    client, harm = logged_in(physician), rows["adverse_event"]
    address = reverse("correct-adverse_event", args=[harm.key])
    initial = client.get(address).context["form"].initial
    filled = {k: "" if v is None else v for k, v in initial.items() if k != "key"} | {"reason": "read again"}
    told = client.post(address, filled | {"serious": ["life-threatening"], "grade": "2"})
    assert told.status_code == 422
    assert "Life-threatening with grade 2" in told.content.decode()
    known_at = harm.known_at
    sent = client.post(
        address, filled | {"serious": ["hospitalisation"], "grade": "3", "expected": "no", "term": "Swelling"}
    )
    assert sent.status_code == 302, sent.content.decode()
    with acting_user(physician):
        harm.refresh_from_db()
    assert (harm.serious, harm.expected, harm.term) == (["hospitalisation"], False, "Swelling")
    assert harm.known_at == known_at, "a day that was not changed keeps its moment"
    assert "Who must be told" in client.get(reverse("harm", args=[harm.key])).content.decode()
    early = client.post(address, filled | {"known_at": "2026-03-01"})
    assert early.status_code == 422, "known before it began"


def test_answers_put_right_lead_to_those_in_their_place(rows: dict, physician: User) -> None:
    client, old = logged_in(physician), rows["response"]
    with acting_user(physician):
        old.answers, old.score = {"nrs": 3}, 3
        old.save()
    sent = client.post(
        reverse("correct-response", args=[old.key]), {"item-nrs": "7", "reason": "the paper says 7"}
    )
    with acting_user(physician):
        fresh = Response.objects.get(replaces=old)
    assert sent["Location"] == reverse("record-response", args=[fresh.key])
    gone = links(client, reverse("record-response", args=[old.key]))
    assert not any(a.endswith(("/correct/", "/take-back/")) for a in gone)


def test_a_query_leads_the_site_to_the_record_in_question(rows: dict, site: Site, physician: User) -> None:
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    asked = lead.post(
        reverse("ask-imaging", args=[rows["imaging"].key]), {"field": "grade", "text": "Which grade?"}
    )
    listed = lead.get(reverse("queries")).content.decode()
    assert "image, grade" in listed
    with acting_user(physician):
        assert Query.objects.filter(row_kind="imaging").count() == 1
    home = reverse("record-imaging", args=[rows["imaging"].key])
    assert home in links(logged_in(physician), asked["Location"])
    assert home in links(lead, asked["Location"])
