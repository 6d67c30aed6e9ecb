"""Whole pages and PDFs of decision aids and consents, nothing fetched from anywhere."""

from html import escape
from importlib.resources import files
from typing import Any

from enthesis.domain.counsel.consent import ConsentDocument
from enthesis.domain.counsel.document import DecisionAid
from enthesis.domain.counsel.wording import Said, Translation
from enthesis.report.counsel.consent_fragment import consent_fragment
from enthesis.report.counsel.fragment import aid_fragment, said_html
from enthesis.report.figures.palette import LIGHT

__all__ = ["aid_page", "aid_pdf", "consent_page", "consent_pdf", "counsel_stylesheet"]


def counsel_stylesheet() -> str:
    """Style of the fragments on screen and phone, from the custom properties of the page."""
    return _style("counsel.css")


def aid_page(aid: DecisionAid) -> str:
    """The aid as a whole page in HTML; the PDF is made from it."""
    return _page(aid, said_html(aid.subtitle, aid.language), aid_fragment(aid, unfolded=True))


def aid_pdf(aid: DecisionAid) -> bytes:
    """The aid as PDF, text as text."""
    return _pdf(aid_page(aid))


def consent_page(document: ConsentDocument) -> str:
    """The consent as a whole page in HTML; the PDF is made from it."""
    return _page(document, said_html(document.identity, document.language), consent_fragment(document))


def consent_pdf(document: ConsentDocument) -> bytes:
    """The consent as PDF, with empty boxes and lines to sign."""
    return _pdf(consent_page(document))


def _page(held: DecisionAid | ConsentDocument, subtitle: str, fragment: str) -> str:
    tokens = "".join(f"--{name}: {colour};" for name, colour in LIGHT.items())
    style = f":root {{ {tokens} }}\n{counsel_stylesheet()}\n{_style('counsel_print.css')}"
    title = said_html(held.title, held.language)
    return (
        f'<!doctype html><html lang="{held.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(held.title.text)}</title><style>{style}</style></head><body>"
        f'<p class="running-head">{title}{_mark(held)}</p>'
        f'<p class="running-code">{held.content_hash[:12]}</p>'
        f'<main class="counsel-page"><h1>{title}</h1>'
        f'<p class="counsel-subtitle">{subtitle}</p>{fragment}</main>'
        "</body></html>"
    )


def _mark(held: DecisionAid | ConsentDocument) -> str:
    """What stands on every sheet of a translation that nobody has checked."""
    if held.translation is not Translation.MACHINE:
        return ""
    note = next(n for n in held.notes if n.english is not None)
    first = Said(_first_sentence(note.text.text), note.text.language)
    return f' <strong class="counsel-machine">{said_html(first, held.language)}</strong>'


def _first_sentence(text: str) -> str:
    ends = [at for stop in (".", "\N{DEVANAGARI DANDA}") if (at := text.find(stop)) >= 0]
    return text[: min(ends) + 1] if ends else text


def _pdf(page: str) -> bytes:
    # Imported here because it loads Pango, which only a PDF needs.
    from weasyprint import HTML

    return HTML(string=page, url_fetcher=_refuse).write_pdf()


def _refuse(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError(f"an aid refers to nothing outside itself, yet asks for {url}")


def _style(name: str) -> str:
    return files("enthesis.report.counsel").joinpath(name).read_text(encoding="utf-8")
