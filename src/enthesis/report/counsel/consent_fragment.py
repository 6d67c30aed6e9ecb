"""A consent as a fragment of HTML: each purpose with its own two boxes, none of them ticked."""

from html import escape

from enthesis.domain.counsel.consent import ConsentDocument, ConsentPurpose, ConsentWords
from enthesis.domain.counsel.wording import Said
from enthesis.report.counsel.fragment import note_html, said_html

__all__ = ["consent_fragment"]


def consent_fragment(document: ConsentDocument) -> str:
    """The consent from its notes to its signatures, for screen and paper."""
    t = _Texts(document.language)
    before, aid = ("".join(f"<p>{t(p)}</p>" for p in section.paragraphs) for section in document.sections)
    purposes = "".join(_purpose(p, document.words, t) for p in document.purposes)
    notes = "".join(note_html(n, document.language) for n in document.notes)
    code = f"{t(document.words.content_code)}: <code>{document.content_hash}</code>"
    return (
        f'<div class="counsel counsel-consent" lang="{document.language}">{notes}'
        f'<section class="counsel-section">{before}</section>{purposes}'
        f'<section class="counsel-section">{aid}</section>'
        f"{_laws(document, t)}{_signatures(document.words, t)}"
        f'<p class="counsel-code">{t(document.identity)}<br>{code}</p></div>'
    )


class _Texts:
    """Texts of a page in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, said: Said) -> str:
        return said_html(said, self._language)


def _purpose(p: ConsentPurpose, words: ConsentWords, t: _Texts) -> str:
    need = words.needed if p.needed_for_treatment else words.optional
    boxes = "".join(
        f'<span class="counsel-box-choice"><span class="counsel-box"></span> {t(answer)}</span>'
        for answer in (words.yes, words.no)
    )
    return (
        f'<section class="counsel-section counsel-purpose" id="consent-{p.id}">'
        f'<h2>{p.number}. {t(p.name)} <span class="counsel-asked">{t(need)}</span></h2>'
        f'<p class="counsel-lead">{t(p.ask)}</p>'
        f"<dl><dt>{t(words.means)}</dt><dd>{t(p.means)}</dd>"
        f"<dt>{t(words.taking_back)}</dt><dd>{t(p.withdrawal)}</dd></dl>"
        f'<p class="counsel-boxes">{boxes}</p></section>'
    )


def _laws(document: ConsentDocument, t: _Texts) -> str:
    if not document.laws:
        return ""
    lines = "".join(
        f'<li lang="en">{escape(law.law)}, {escape(law.provision)}: {escape(law.says)} '
        f'<a href="{escape(law.url)}">{escape(law.url)}</a>'
        + ("" if law.verified else f" [{t(document.words.law_unverified)}]")
        + "</li>"
        for law in document.laws
    )
    return (
        f'<section class="counsel-section"><h2>{t(document.words.law)}</h2>'
        f'<ul class="counsel-laws">{lines}</ul></section>'
    )


def _signatures(words: ConsentWords, t: _Texts) -> str:
    asked = (words.sign, words.witness_sign, words.clinician_sign)
    lines = "".join(
        f'<div class="counsel-answer"><p>{t(said)}</p><div class="counsel-line"></div></div>'
        for said in asked
    )
    return f'<section class="counsel-section counsel-signatures">{lines}</section>'
