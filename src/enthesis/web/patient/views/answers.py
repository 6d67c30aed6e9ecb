"""What the program in the browser asks for: the draft, item by item, and the sending of the whole form."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from enthesis.errors import EnthesisError, InvalidData
from enthesis.web.patient.sending import DraftSent, Refused, SubmissionSent, moment_of_answers, read_sent
from enthesis.web.patient.views.form import is_over, refuse, send_visit
from enthesis.web.patient.visits import Visit, by_link
from enthesis.web.registry.actions.drafts import Changes, check_changes, laid_over, merge_draft, open_draft
from enthesis.web.registry.actions.responses import WindowClosed
from enthesis.web.registry.models import Draft, Response
from enthesis.web.registry.queries.askable import askable

__all__ = ["answers", "draft"]

CREATED, GONE, REFUSED, CONFLICT = 201, 410, 422, 409


@require_http_methods(["GET", "PUT"])
@by_link(data=True)
def draft(request: HttpRequest, visit: Visit) -> JsonResponse:
    """The draft; with PUT, after laying changed answers over it."""
    if request.method != "PUT":
        return _held(open_draft(visit.follow_up, visit.now))
    try:
        sent = read_sent(request, DraftSent)
        if _is_sent(visit):
            return JsonResponse({"error": "sent", "next": _done(visit)}, status=CONFLICT)
        if is_over(visit.follow_up, visit):
            return _over(visit)
        return _held(_merge(visit, sent.changes, sent.device))
    except EnthesisError as error:
        return _refused(visit, error)


@require_http_methods(["POST"])
@by_link(data=True)
def answers(request: HttpRequest, visit: Visit) -> JsonResponse:
    """Store the whole form once; sent again, the same answer comes back."""
    try:
        sent = read_sent(request, SubmissionSent)
        held = open_draft(visit.follow_up, visit.now)
        if sent.submission != held.key:
            raise InvalidData("This is not the form of this link. Open the link again.")
        assert visit.proven_at is not None  # noqa: S101 - by_link lets nobody else in
        check_changes(sent.answers, askable(visit.follow_up), visit.texts.flags)
        moment = moment_of_answers(sent, visit.proven_at, visit.now)
        receipt = send_visit(visit, held, laid_over(held.answers, sent.answers), answered_at=moment)
    except WindowClosed as error:
        refuse(visit, error)
        # What came too late stays as a draft, for the clinic to ask about.
        _merge(visit, sent.answers, sent.submission)
        return _over(visit)
    except EnthesisError as error:
        return _refused(visit, error)
    stored = {"stored": len(receipt.responses), "replayed": receipt.replayed, "next": _done(visit)}
    return JsonResponse(stored, status=200 if receipt.replayed else CREATED)


def _merge(visit: Visit, changes: Changes, device: UUID) -> Draft:
    return merge_draft(
        follow_up=visit.follow_up,
        changes=changes,
        shown=askable(visit.follow_up),
        flags=visit.texts.flags,
        device=device,
        now=visit.now,
    )


def _is_sent(visit: Visit) -> bool:
    return Response.objects.filter(follow_up=visit.follow_up, mode__in=("link", "tablet")).exists()


def _held(row: Draft) -> JsonResponse:
    return JsonResponse({"revision": row.revision, "answers": row.answers})


def _done(visit: Visit) -> str:
    return reverse("patient-done", args=[visit.token])


def _over(visit: Visit) -> JsonResponse:
    return JsonResponse({"error": "over", "words": visit.texts.words["over"]}, status=GONE)


def _refused(visit: Visit, error: EnthesisError) -> JsonResponse:
    """A status that says what to do, and a line in the audit trail."""
    faults = error.faults if isinstance(error, InvalidData) else ()
    refuse(visit, InvalidData(faults or str(error)))
    status = error.status if isinstance(error, Refused) else REFUSED
    told = [{"where": f.where, "message": f.message} for f in faults[:20]]
    return JsonResponse({"error": "refused", "message": str(error)[:400], "faults": told}, status=status)
