"""A patient answers on a 360-px phone in Hindi: with the network cut, sent twice, in two windows."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from in_browser import no_violation

pytestmark = pytest.mark.browser

# A cut network, and cleared cookies.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "403 (Forbidden)")
# Runs beside the served application, on its database: opens a window for one invented patient, as time would.
OPEN_A_WINDOW = """
import json, sys
import django
django.setup(set_prefix=False)
from datetime import timedelta
from django.utils import timezone
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.actions.links import make_link
from enthesis.web.registry.models import FollowUp, Response
with acting_as_system("test"):
    rows = FollowUp.objects.filter(site__name__contains="Kolkata", week__gte=6, links=None, responses=None,
        patient__died_on=None, episode__condition="knee-osteoarthritis")
    begun = Response.objects.filter(follow_up__week=0).values("episode")
    row = rows.filter(episode__in=begun).select_related("site", "patient", "episode").first()
    today = timezone.localdate()
    row.opens_on, row.due_on = today - timedelta(days=3), today
    row.closes_on, row.late_until = today + timedelta(days=9), today + timedelta(days=20)
    row.closed_because = ""
    row.save()
    row.patient.language = "hi"
    row.patient.save()
    link, token = make_link(row, timezone.now())
born = row.patient.birth_date
print(json.dumps({"token": token, "follow_up": str(row.key), "born": [born.day, born.month, born.year]}))
"""
STORED = """
import json, sys
import django
django.setup(set_prefix=False)
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.models import Response
with acting_as_system("test"):
    rows = Response.objects.filter(follow_up__key=sys.argv[1]).order_by("instrument")
    print(json.dumps([[r.instrument, r.answers, r.language] for r in rows]))
"""


def beside(data_dir: Path, program: str, *words: str) -> Any:
    settings = {"ENTHESIS_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "enthesis.web.config.settings"}
    run = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | settings,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


@dataclass
class Link:
    token: str
    follow_up: str
    born: tuple[int, int, int]
    data_dir: Path

    @property
    def address(self) -> str:
        return f"/p/{self.token}/"

    def stored(self) -> list[Any]:
        return beside(self.data_dir, STORED, self.follow_up)


@pytest.fixture
def link(data_dir: Path, site: str) -> Link:
    made = beside(data_dir, OPEN_A_WINDOW)
    return Link(made["token"], made["follow_up"], tuple(made["born"]), data_dir)


@pytest.fixture
def phone(site: str, chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Phones, 360 px wide; a browser may complain about what a test did to it, and nothing else."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(text: str) -> None:
        if not any(known in text for known in EXPECTED):
            complaints.append(text)

    def new_phone(**options: Any) -> BrowserContext:
        size = {"width": 360, "height": 740}
        context = chromium.new_context(base_url=site, viewport=size, has_touch=True, **options)
        context.on("console", lambda said: note(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: note(str(error.error)))
        contexts.append(context)
        return context

    yield new_phone
    for context in contexts:
        context.close()
    assert complaints == [], "the browser complained"


def enter(page: Page, link: Link, *, scripted: bool = True) -> None:
    page.goto(link.address)
    for box, value in zip(("day", "month", "year"), link.born, strict=True):
        page.locator(f"#{box}").fill(str(value))
    page.get_by_role("button", name="आगे बढ़ें").click()
    page.wait_for_url("**/form/")
    if scripted:  # the form moves down when its first step is shown; a tap before that would miss
        expect(page.locator("[data-part]")).to_be_visible()


def tap(page: Page, item: str, value: int) -> None:
    page.locator(f'input[name="{item}"][value="{value}"]').check(force=True)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="आगे", exact=True).tap()


def worker_ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function(
        "async () => (await (await caches.open('enthesis-forms')).keys()).length === 1", polling=200
    )


def kept_here(page: Page, answer: str) -> None:
    """Wait until the locked store is as new as the page: a tap is kept some milliseconds later."""
    page.wait_for_timeout(300)
    assert page.locator(answer).is_checked()


def answer_functions(page: Page) -> None:
    for item, value in {"PFA11": 3, "PFA21": 4, "PFA23": 4, "PFA53": 5}.items():
        tap(page, f"promis-physical-function-4a.{item}", value)


def test_answers_given_without_a_network_arrive_once(
    phone: Callable[..., BrowserContext], link: Link
) -> None:
    context = phone()
    page = context.new_page()
    page.goto(link.address)
    no_violation(page)
    enter(page, link)
    no_violation(page)
    tap(page, "nrs-pain.nrs", 3)
    expect(page.locator("[data-state]")).to_have_text("सहेज लिया गया")
    worker_ready(page)
    go_on(page)

    context.set_offline(True)
    answer_functions(page)
    expect(page.locator("[data-state]")).to_contain_text("नेटवर्क नहीं है")
    kept_here(page, '[name="promis-physical-function-4a.PFA53"][value="5"]')
    page.reload()  # from what the worker kept, with the answers out of the locked store
    expect(page.locator("[data-part]")).to_contain_text("भाग 2")
    assert page.locator('[name="promis-physical-function-4a.PFA53"][value="5"]').is_checked()
    assert page.locator('[name="nrs-pain.nrs"][value="3"]').is_checked()
    go_on(page)
    tap(page, "pgic.change", 2)
    go_on(page)
    if page.locator('[name="pass-question.acceptable"]').first.is_visible():
        tap(page, "pass-question.acceptable", 1)
        go_on(page)
    send = page.get_by_role("button", name="मेरे जवाब भेजें")
    send.dblclick()
    expect(page.locator("[data-state]")).to_contain_text("रुके हैं")
    assert link.stored() == []

    context.set_offline(False)
    page.wait_for_url("**/done/", timeout=20_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("धन्यवाद")
    no_violation(page)
    stored = {name: (answers, language) for name, answers, language in link.stored()}
    assert stored["nrs-pain"] == ({"nrs": 3}, "hi-t-en")
    assert stored["promis-physical-function-4a"][0] == {"PFA11": 3, "PFA21": 4, "PFA23": 4, "PFA53": 5}
    assert stored["pgic"][0] == {"change": 2}
    assert len(link.stored()) == 4

    page.go_back()
    page.goto(link.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("धन्यवाद")
    assert len(link.stored()) == 4
    left = page.evaluate("caches.open('enthesis-forms').then((c) => c.keys()).then((k) => k.length)")
    assert left == 0


def test_what_a_phone_keeps_cannot_be_read_from_its_files(
    phone: Callable[..., BrowserContext], link: Link
) -> None:
    page = phone().new_page()
    enter(page, link)
    tap(page, "nrs-pain.nrs", 7)
    expect(page.locator("[data-state]")).to_have_text("सहेज लिया गया")
    kept = page.evaluate(
        """() => new Promise((done) => { const ask = indexedDB.open("enthesis-forms"); ask.onsuccess = () => {
        const work = ask.result.transaction(["keys", "answers"]), key = work.objectStore("keys").getAll(),
        held = work.objectStore("answers").getAll(); work.oncomplete = () => done({
        extractable: key.result[0].extractable, algorithm: key.result[0].algorithm.name,
        text: new TextDecoder().decode(held.result[0].data) }); }; })"""
    )
    assert kept["extractable"] is False
    assert kept["algorithm"] == "AES-GCM"
    assert "nrs" not in kept["text"]


def test_two_windows_and_another_phone_lose_no_answer(
    phone: Callable[..., BrowserContext], link: Link
) -> None:
    first, second = phone().new_page(), phone().new_page()
    enter(first, link)
    enter(second, link)
    tap(first, "nrs-pain.nrs", 2)
    expect(first.locator("[data-state]")).to_have_text("सहेज लिया गया")
    go_on(second)  # asks once about the empty question,
    go_on(second)  # then goes on
    answer_functions(second)
    expect(second.locator("[data-state]")).to_contain_text("दूसरी विंडो")
    assert second.locator('[name="nrs-pain.nrs"][value="2"]').is_checked()
    first.reload()
    assert first.locator('[name="promis-physical-function-4a.PFA53"][value="5"]').is_checked()


def test_after_the_cookies_are_cleared_the_birth_date_brings_everything_back(
    phone: Callable[..., BrowserContext], link: Link
) -> None:
    context = phone()
    page = context.new_page()
    enter(page, link)
    tap(page, "nrs-pain.nrs", 2)
    expect(page.locator("[data-state]")).to_have_text("सहेज लिया गया")
    go_on(page)
    context.clear_cookies()
    answer_functions(page)
    page.wait_for_url(f"**{link.address}")
    enter(page, link)
    assert page.locator('[name="nrs-pain.nrs"][value="2"]').is_checked()
    assert page.locator('[name="promis-physical-function-4a.PFA53"][value="5"]').is_checked()
    expect(page.locator("[data-state]")).to_have_text("सहेज लिया गया")


def test_back_goes_one_step_back_and_keeps_the_answer(
    phone: Callable[..., BrowserContext], link: Link
) -> None:
    page = phone().new_page()
    enter(page, link)
    tap(page, "nrs-pain.nrs", 6)
    go_on(page)
    expect(page.locator("[data-part]")).to_contain_text("भाग 2")
    page.go_back()
    expect(page.locator("[data-part]")).to_contain_text("भाग 1")
    assert page.locator('[name="nrs-pain.nrs"][value="6"]').is_checked()


def test_a_red_flag_shows_at_once_whom_to_call(phone: Callable[..., BrowserContext], link: Link) -> None:
    page = phone().new_page()
    enter(page, link)
    while page.locator("[data-next]").is_visible():
        go_on(page)
    call = page.get_by_text("कृपया आज ही क्लिनिक को फ़ोन करें")
    expect(call).to_be_hidden()
    page.locator("#flag-fever").check()
    expect(call).to_be_visible()
    no_violation(page)


def test_without_any_program_it_is_a_plain_form(phone: Callable[..., BrowserContext], link: Link) -> None:
    page = phone(java_script_enabled=False).new_page()
    enter(page, link, scripted=False)
    tap(page, "nrs-pain.nrs", 5)
    page.get_by_role("button", name="सहेजें और बाद में भरें").click()
    expect(page.get_by_text("सहेज लिया गया")).to_be_visible()
    assert page.locator('[name="nrs-pain.nrs"][value="5"]').is_checked()
    page.get_by_role("button", name="मेरे जवाब भेजें").click()
    expect(page.get_by_text("जिन सवालों का जवाब नहीं है")).to_be_visible()
    page.get_by_role("button", name="मेरे जवाब भेजें").click()
    page.wait_for_url("**/done/")
    assert [name for name, _, _ in link.stored()] == ["nrs-pain"]


def test_six_that_arrive_together_are_one(phone: Callable[..., BrowserContext], link: Link) -> None:
    page = phone().new_page()
    enter(page, link)
    said = page.evaluate(
        """() => { const f = document.getElementById("answers"), at = new Date().toISOString(),
        body = JSON.stringify({ submission: f.dataset.submission, answers: { "nrs-pain": { nrs: 4 }, pgic:
        { change: 2 } }, answered_at: at, sent_at: at }), headers = { "Content-Type": "application/json",
        "X-CSRFToken": f.querySelector("[name=csrfmiddlewaretoken]").value };
        const send = () => fetch(f.dataset.answers, { method: "POST", body, headers })
        .then(async (a) => [a.status, (await a.json()).stored]);
        return Promise.all(Array.from({ length: 6 }, send)); }"""
    )
    assert sorted(said) == [[200, 2]] * 5 + [[201, 2]]
    assert [name for name, _, _ in link.stored()] == ["nrs-pain", "pgic"]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_screen_and_targets_are_large(
    phone: Callable[..., BrowserContext], link: Link, width: int
) -> None:
    page = phone().new_page()
    page.set_viewport_size({"width": width, "height": 740})
    enter(page, link)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll(".choice, button, .clinic-name a")]
        .map((x) => x.getBoundingClientRect())
        .filter((r) => r.width && (r.height < 44 || r.width < 44)).length"""
    )
    assert small == 0
