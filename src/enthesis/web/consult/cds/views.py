"""Discovery, services and feedback of CDS Hooks 2.0. Any client may ask; no cookie plays a part."""

from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enthesis.errors import InvalidData
from enthesis.web.accounts.access import for_everyone
from enthesis.web.consult.actions.feedback import keep_feedback
from enthesis.web.consult.cds.card_ids import Issuer
from enthesis.web.consult.cds.requests import read_feedback, read_request
from enthesis.web.consult.cds.services import SERVICES, NothingSent, Service, cards_for, subjects_of
from enthesis.web.consult.queries.feedback import clinic_of

__all__ = ["discover", "serve", "take_feedback"]

# A client in a browser may be of any origin; nothing here depends on who asks.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, Authorization, Accept, X-Medplum, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}
_MALFORMED, _NO_PREFETCH, _TOO_LARGE = 400, 412, 413


@for_everyone
@csrf_exempt
@require_http_methods(["GET", "OPTIONS"])
def discover(request: HttpRequest, site: UUID | None = None) -> HttpResponse:
    """What services there are."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_CORS)
    if site and clinic_of(site) is None:
        return _no_clinic()
    return _json({"services": [service.as_json() for service in SERVICES.values()]})


@for_everyone
@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
def serve(request: HttpRequest, service: str, site: UUID | None = None) -> HttpResponse:
    """Cards of a service."""

    def cards(held: Service) -> HttpResponse:
        sent, issuer = read_request(request.body, held), _issuer(held, site)
        absolute = request.build_absolute_uri
        return _json({"cards": cards_for(held, sent, timezone.localdate(), absolute, issuer.new_id)})

    return _answer(request, service, site, cards)


@for_everyone
@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
def take_feedback(request: HttpRequest, service: str, site: UUID | None = None) -> HttpResponse:
    """What became of cards; each is taken once."""

    def store(held: Service) -> HttpResponse:
        issuer = _issuer(held, site)
        for row in read_feedback(request.body, issuer, timezone.now()):
            about = issuer.subject_of(row.card, subjects_of(held))
            keep_feedback(
                card=row.card,
                site=clinic_of(site),
                outcome_at=row.outcome_at,
                about=asdict(about),
                told={
                    "service": held.id,
                    "outcome": row.outcome,
                    "reason": row.reason,
                    "comment": row.comment,
                },
            )
        return _json({})

    return _answer(request, service, site, store)


def _issuer(service: Service, site: UUID | None) -> Issuer:
    return Issuer(service.id, str(site or ""))


def _answer(
    request: HttpRequest, name: str, site: UUID | None, act: Callable[[Service], HttpResponse]
) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_CORS)
    if site and clinic_of(site) is None:
        return _no_clinic()
    if name not in SERVICES:
        return _json({"message": f"There is no service '{name[:60]}'.", "services": [*SERVICES]}, 404)
    try:
        return act(SERVICES[name])
    except RequestDataTooBig:
        return _json({"message": "The request is too large."}, _TOO_LARGE)
    except NothingSent as error:
        return _faults(error, _NO_PREFETCH)
    except InvalidData as error:
        return _faults(error, _MALFORMED)


def _no_clinic() -> HttpResponse:
    return _json({"message": "There is no such clinic here."}, 404)


def _faults(error: InvalidData, status: int) -> HttpResponse:
    told = [{"where": f.where, "message": f.message, "repair": f.repair} for f in error.faults]
    return _json({"message": str(error), "faults": told}, status)


def _json(content: dict[str, object], status: int = 200) -> HttpResponse:
    return JsonResponse(content, status=status, headers=_CORS)
