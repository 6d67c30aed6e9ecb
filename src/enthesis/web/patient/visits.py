"""Who came by a personal link: the link is found, the birth date proven, the scope set to one site."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from enthesis.catalogue.patient_texts_loader import PatientTexts
from enthesis.web.accounts.access import for_everyone
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.refusals import comes_by_link
from enthesis.web.accounts.scope import acting_as_link
from enthesis.web.patient.languages import keep_language, texts_for
from enthesis.web.registry.models import FollowUp, PatientLink, Response
from enthesis.web.registry.queries.links import opened_by

__all__ = ["PROVEN_HOURS", "Visit", "by_link", "forget", "prove"]

COOKIE = "enthesis_form"
SALT = "enthesis.patient.form"
# Long enough to answer over a day's errands; after it the birth date is asked again and nothing is lost.
PROVEN_HOURS = 8
GONE, NOT_FOUND, NOT_PROVEN = 410, 404, 401


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at a link; ``proven_at`` is when the birth date was right, None before."""

    token: str
    link: PatientLink
    texts: PatientTexts
    now: datetime
    proven_at: datetime | None
    mode: Response.Mode

    @property
    def follow_up(self) -> FollowUp:
        """What the link opens."""
        return self.link.follow_up

    @property
    def site(self) -> Site:
        """Clinic of the patient."""
        return self.link.site

    @property
    def on_tablet(self) -> bool:
        """Whether the clinic's tablet is in the patient's hands."""
        return self.mode is Response.Mode.TABLET


View = Callable[..., HttpResponseBase]


def by_link(*, proven: bool = True, data: bool = False) -> Callable[[View], View]:
    """The view gets a visit of a live link, with the birth date proven unless it is the place to prove it.

    Links that are forged, revoked or too old are answered alike, so that nobody learns which ones existed.
    With ``data`` refusals are JSON for the program in the browser.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            now = timezone.now()
            link = opened_by(token)
            if link is not None:
                comes_by_link(request, str(link.key))
            if link is None or link.revoked_at or link.patient.erased_at or link.patient.died_on:
                return _private(_dead(request, data))
            proof = _proof(request, link)
            if proof is None and now >= link.expires_at:
                return _private(_dead(request, data))
            texts = texts_for(request, link.patient.language)
            at = None if proof is None else datetime.fromtimestamp(proof["at"], UTC)
            mode = Response.Mode(proof["mode"]) if proof else Response.Mode.LINK
            visit = Visit(token, link, texts, now, at, mode)
            if proven and at is None:
                return _private(_to_start(visit, data))
            with acting_as_link(str(link.key), link.site_id):
                response = view(request, visit, **kwargs)
            return keep_language(request, _private(response))

        return for_everyone(guarded)

    return mark


def prove(response: HttpResponse, visit_token: str, link: PatientLink, mode: Response.Mode) -> None:
    """Let this browser go on with this link for some hours, and with no other."""
    at = int(timezone.now().timestamp())
    value = signing.dumps({"link": str(link.key), "at": at, "mode": mode.value}, salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=PROVEN_HOURS * 3600,
        path=f"/p/{visit_token}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, token: str) -> None:
    """End the visit in this browser."""
    response.delete_cookie(COOKIE, path=f"/p/{token}/", samesite="Lax")


def _proof(request: HttpRequest, link: PatientLink) -> dict[str, Any] | None:
    try:
        held: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=PROVEN_HOURS * 3600
        )
    except signing.BadSignature:
        return None
    return held if held.get("link") == str(link.key) else None


def _dead(request: HttpRequest, data: bool) -> HttpResponseBase:
    texts = texts_for(request, "")
    if data:
        return JsonResponse({"error": "dead", "words": texts.words["dead"]}, status=NOT_FOUND)
    context = {"t": texts, "w": texts.words, "title": texts.words["dead_title"], "said": texts.words["dead"]}
    return render(request, "patient/said.html", context, status=NOT_FOUND)


def _to_start(visit: Visit, data: bool) -> HttpResponseBase:
    if data:
        return JsonResponse({"error": "prove", "words": visit.texts.words["again"]}, status=NOT_PROVEN)
    return redirect("patient-start", token=visit.token)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing is kept by the browser or a search engine, and no other site learns the address."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not no-referrer: with it a browser posts plain forms from the origin "null", which the protection
    # against forged requests must refuse. No other host gets a referrer under either.
    response["Referrer-Policy"] = "same-origin"
    return response
