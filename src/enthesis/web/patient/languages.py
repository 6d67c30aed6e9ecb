"""Which language the patient reads: as chosen on a page, as the clinic noted, or as the browser asks."""

from django.http import HttpRequest, HttpResponseBase

from enthesis.catalogue.patient_texts_loader import PatientTexts, load_patient_texts

__all__ = ["keep_language", "response_language", "texts_for"]

COOKIE = "enthesis_language"
ASKED = "language"
LONGEST_HEADER = 200
YEAR = 365 * 24 * 3600


def texts_for(request: HttpRequest, noted: str) -> PatientTexts:
    """Words of the page; English where nothing else fits."""
    known = load_patient_texts()
    asked = (request.GET.get(ASKED), request.COOKIES.get(COOKIE), noted, *_of_browser(request))
    for tag in asked:
        if tag and tag.split("-")[0] in known:
            return known[tag.split("-")[0]]
    return known["en"]


def _of_browser(request: HttpRequest) -> list[str]:
    header = request.headers.get("Accept-Language", "")[:LONGEST_HEADER]
    return [part.split(";")[0].strip() for part in header.split(",")]


def keep_language(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Remember a language that was just chosen."""
    chosen = request.GET.get(ASKED, "")
    if chosen in load_patient_texts() and hasattr(response, "set_cookie"):
        response.set_cookie(COOKIE, chosen, max_age=YEAR, path="/p/", httponly=True, samesite="Lax")
    return response


def response_language(texts: PatientTexts, instrument: str) -> str:
    """Language in which an instrument was read, as a tag of BCP 47.

    The wording is English; read with the help of a translation that nobody validated it is marked as
    transformed from English (RFC 6497), ``hi-t-en``, so that such answers can be told apart.
    """
    return f"{texts.language}-t-en" if instrument in texts.aids else "en"
