"""Pages of aids and consents: escaped, in one language, the same words as the value, fit for print."""

import re
from datetime import date
from html import escape, unescape
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from enthesis import catalogue
from enthesis.catalogue.counsel_loader import load_counsel
from enthesis.catalogue.regulation_loader import load_regulations
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.counsel import ClinicLines, consent_document, decision_aid, regulatory_lines
from enthesis.domain.counsel.blocks import People
from enthesis.domain.counsel.document import texts_of
from enthesis.domain.evidence import build
from enthesis.report.counsel import (
    aid_fragment,
    aid_page,
    aid_pdf,
    consent_fragment,
    consent_page,
    consent_pdf,
)
from enthesis.report.counsel.page import _refuse

UNSAFE = "500 <script>alert(1)</script> & more"


@pytest.fixture(scope="module")
def held():
    shipped = catalogue.load()
    return build(shipped.studies, shipped.reviews, shipped.vocabulary, load_evidence_rules())


@pytest.fixture(scope="module")
def made(held):
    topic, knowledge = held.topic("discogenic-low-back-pain", "prp"), load_counsel()
    rules = regulatory_lines(load_regulations(), "IN", topic.condition, topic.intervention)
    clinic = ClinicLines(cost=UNSAFE, reviewer="Dr <b>A</b>", regulatory=rules)
    return {
        code: decision_aid(
            topic, held, knowledge, code, made_on=date(2026, 11, 22), evidence_state="x", clinic=clinic
        )
        for code in ("en", "hi", "bn")
    }


@pytest.fixture(scope="module")
def consents(made, held):
    return {
        code: consent_document(aid, load_counsel(), held.vocabulary, country="IN")
        for code, aid in made.items()
    }


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("code", ["en", "hi", "bn"])
def test_every_text_of_the_aid_stands_on_its_page(made, code):
    page = text_of(aid_page(made[code]))
    assert not [said.text for said in texts_of(made[code]) if " ".join(said.text.split()) not in page]


def test_what_a_clinic_writes_is_text_and_never_markup(made):
    page = aid_page(made["en"])
    assert escape(UNSAFE) in page
    assert "<script" not in page
    assert "<b>A</b>" not in page


def test_the_fragment_has_no_inline_style_no_script_and_no_picture_from_elsewhere(made, consents):
    for html in (aid_fragment(made["hi"]), consent_fragment(consents["hi"])):
        assert not re.search(r"\sstyle=|<script|<img|\son\w+=|src=", html)


def test_words_in_another_language_than_the_page_carry_their_language(made):
    page = aid_page(made["hi"])
    note = load_counsel().wording("en")("note.machine").text
    assert f'<span lang="en">{escape(note)}</span>' in page
    assert '<html lang="hi">' in page


def test_a_machine_translation_is_marked_at_the_head_of_every_sheet_and_english_is_not(made, consents):
    for code in ("hi", "bn"):
        for page in (aid_page(made[code]), consent_page(consents[code])):
            head = re.search(r'<p class="running-head">(.*?)</p>', page, re.DOTALL)[1]
            assert 'class="counsel-machine"' in head
    assert "counsel-machine" not in re.sub(r"<style>.*?</style>", "", aid_page(made["en"]), flags=re.DOTALL)
    assert consents["bn"].notes[0].english.text.startswith("This text was translated by a machine.")


def test_the_contents_lead_to_every_section_in_order(made):
    for code, aid in made.items():
        html = aid_fragment(aid)
        nav = re.search(r'<nav class="counsel-contents[^>]*>.*?</nav>', html, re.DOTALL)[0]
        linked = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', nav)
        assert linked == [(f"counsel-{s.id}", escape(s.heading.text)) for s in aid.sections], code
        assert all(html.count(f'id="{place}"') == 1 for place, _ in linked)
        assert aid.card.contents.language == code, "the words over it are translated"


def test_only_sources_and_standards_open_folded_and_nothing_in_print(made):
    aid = made["en"]
    html = aid_fragment(aid)
    folded = re.findall(r'<details class="counsel-fold key"><summary><h3>([^<]+)', html)
    words = load_counsel().wording("en")
    assert folded == [words("about.sources").text, escape(words("about.standards").text)]
    assert html.count("<details") == html.count("</details>") == len(aid.sections) + len(folded)
    assert "figure" not in html[html.index(folded[0]) :], "no picture is folded away"
    assert not re.search(r"<details(?![^>]* open>)", aid_page(aid))


def test_headings_descend_without_gaps_and_tables_have_heads(made):
    page = aid_page(made["bn"])
    levels = [int(n) for n in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert tables
    assert all('<th scope="col">' in t and '<th scope="row">' in t for t in tables)


def test_pictures_say_in_words_what_they_show(made):
    html = aid_fragment(made["en"])
    labels = re.findall(r'<svg[^>]*class="fig counsel-people"[^>]*aria-label="([^"]+)"', html)
    panels = [p for b in made["en"].blocks() if isinstance(b, People) for p in b.panels]
    assert len(labels) == len(panels) > 0
    assert all(panel.having.text in label for panel, label in zip(panels, labels, strict=True))


@pytest.mark.parametrize(("code", "font"), [("hi", "Devanagari"), ("bn", "Bengali")])
def test_the_pdf_embeds_a_font_of_the_script_and_no_sheet_is_empty(made, consents, code, font):
    for raw in (aid_pdf(made[code]), consent_pdf(consents[code])):
        pdf = PdfReader(BytesIO(raw))
        fonts = {
            str(f.get_object()["/BaseFont"])
            for page in pdf.pages
            for f in page["/Resources"]["/Font"].values()
        }
        assert any(font in name for name in fonts)
        assert 2 <= len(pdf.pages) <= 14
        assert all(len(page.extract_text()) > 100 for page in pdf.pages)


def test_a_page_fetches_nothing():
    with pytest.raises(ValueError, match="nothing outside itself"):
        _refuse("https://example.org/x.png")


def test_each_purpose_has_two_empty_boxes_and_its_own_withdrawal(consents):
    document = consents["en"]
    html = consent_fragment(document)
    assert html.count('<span class="counsel-box"></span>') == 2 * len(document.purposes) == 12
    for purpose in document.purposes:
        assert escape(purpose.withdrawal.text, quote=True) in html
    assert "checked" not in html.replace("not checked with a lawyer", "")


def test_the_consent_is_bound_to_the_aid_that_was_shown(consents, made):
    for code, document in consents.items():
        assert document.aid_hash == made[code].content_hash
        assert made[code].content_hash in consent_fragment(document)
    assert len({d.content_hash for d in consents.values()}) == 3


def test_the_rules_of_the_country_are_told_as_read_with_their_day(made):
    told = " ".join(said.text for said in texts_of(made["en"].section("money")))
    assert "Rules in India for PRP, as read up to 2026-11-22: not clear." in told
    assert "২০২৬-১১-২২" in " ".join(said.text for said in texts_of(made["bn"].section("money")))
