"""Decision aids for anyone, without a patient: on the screen and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from enthesis.catalogue.regulation_loader import load_regulations
from enthesis.errors import NotFound
from enthesis.report.counsel import aid_fragment, counsel_stylesheet
from enthesis.web.accounts.access import for_everyone
from enthesis.web.consult.aids import LANGUAGES, aid_for, aid_pdf_for
from enthesis.web.consult.views.kept import LANGUAGE_NAMES

__all__ = ["pdf_response", "show", "show_pdf", "stylesheet"]


@for_everyone
@gzip_page
@require_safe
def show(request: HttpRequest, condition: str, intervention: str, language: str) -> HttpResponse:
    """The aid on the screen."""
    country = country_in(request)
    aid = aid_for(condition, intervention, language, country, timezone.localdate())
    context = {
        "room": "consult",
        "aid": aid,
        "fragment": mark_safe(aid_fragment(aid)),  # noqa: S308 - made by report.counsel, which escapes
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "country": country,
    }
    return render(request, "consult/aid.html", context)


@for_everyone
@require_safe
def show_pdf(request: HttpRequest, condition: str, intervention: str, language: str) -> HttpResponse:
    """The aid to print."""
    country = country_in(request)
    content = aid_pdf_for(condition, intervention, language, country, timezone.localdate())
    return pdf_response(content, f"decision-aid-{condition}-{intervention}-{language}.pdf")


def country_in(request: HttpRequest) -> str:
    """The country whose law an aid tells; empty for none.

    Raises:
        NotFound: No rules of such a country were read.
    """
    country, known = request.GET.get("country", "").upper(), load_regulations()
    if country and country not in known:
        raise NotFound("country whose rules were read", country[:60], known)
    return country


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows."""
    safe = "".join(c if c.isalnum() or c in "-." else "-" for c in name)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{safe}"'},
    )


@for_everyone
@cache_control(max_age=3600)
@require_safe
def stylesheet(_: HttpRequest) -> HttpResponse:
    """Style of aids and consents, from the room that lays them out."""
    return HttpResponse(counsel_stylesheet(), content_type="text/css; charset=utf-8")
