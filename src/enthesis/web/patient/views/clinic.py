"""What the clinic does with a form: a link, the tablet, paper to print."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enthesis.catalogue.patient_texts_loader import load_patient_texts
from enthesis.domain.episodes import Act, check_may
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.patient.present.qr import qr_path
from enthesis.web.patient.present.steps import flag_boxes, steps
from enthesis.web.patient.visits import PROVEN_HOURS, prove
from enthesis.web.registry.actions.links import make_link, revoke_link
from enthesis.web.registry.models import Consent, FollowUp, PatientLink, Response
from enthesis.web.registry.queries.askable import askable, on_paper_only
from enthesis.web.registry.queries.links import live_links
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.consents import decisions, rules_in_use
from enthesis.web.registry.views.choosing import word_chosen

__all__ = ["links", "paper", "revoke", "tablet"]


@require_http_methods(["GET", "POST"])
@needs(Permission.CHASE)
def links(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """Links of a form; a new one is shown once, as a code to scan and as an address."""
    row = form_of(follow_up, Permission.CHASE)
    audit_read(row, what="links of a form")
    page = _page(row)
    if request.method == "POST":
        _check_may_ask(row)
        link, token = make_link(row, timezone.now())
        address = request.build_absolute_uri(reverse("patient-start", args=[token]))
        page |= {"address": address, "code": qr_path(address), "fresh": link}
    page |= {"links": live_links(row, timezone.now())}
    return render(request, "patient/clinic/links.html", page)


@require_POST
@needs(Permission.CHASE)
def revoke(request: HttpRequest, link: UUID) -> HttpResponse:
    """End a link."""
    row = get_object_or_404(PatientLink.objects.select_related("follow_up", "patient"), key=link)
    current_scope().check_can(Permission.CHASE, row.site_id)
    revoke_link(row, timezone.now())
    messages.success(request, "The link is ended; it opens nothing any more.")
    return redirect("form-links", follow_up=row.follow_up.key)


@require_http_methods(["GET", "POST"])
@needs(Permission.CHASE)
def tablet(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """Hand the tablet over: staff are logged out, and the browser can do nothing but this form."""
    row = form_of(follow_up, Permission.CHASE)
    if request.method != "POST":
        audit_read(row, what="tablet")
        return render(request, "patient/clinic/tablet.html", _page(row) | {"hours": PROVEN_HOURS})
    _check_may_ask(row)
    now = timezone.now()
    link, token = make_link(row, now, until=now + timedelta(hours=PROVEN_HOURS))
    logout(request)
    response = redirect("patient-form", token=token)
    prove(response, token, link, Response.Mode.TABLET)
    return response


@require_safe
@needs(Permission.WRITE_RECORD)
def paper(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """The form on paper, in the patient's language; it carries the clinic's number and no name."""
    row = form_of(follow_up, Permission.WRITE_RECORD)
    known = load_patient_texts()
    tag = word_chosen(request.GET, "language", known, row.patient.language)
    texts = known.get(tag, known["en"])
    asks = texts.words["asks_after" if row.week else "asks_before"]
    audit_read(row, what="paper form")
    page = _page(row) | {
        "t": texts,
        "w": texts.words,
        "asks": asks.format(clinic=row.site.name, weeks=row.week),
        "languages": tuple(known.values()),
        "clinic_site": row.site,
        "steps": steps(askable(row), texts, {}, {}),
        "flags": flag_boxes(texts, {}) if row.week else (),
    }
    return render(request, "patient/clinic/paper.html", page)


def form_of(key: UUID, permission: Permission) -> FollowUp:
    """The follow-up of a key with all that its pages show; another site's is as good as none.

    Raises:
        Http404: None in reach.
        NotAllowed: The role does not allow it at this site.
    """
    rows = FollowUp.objects.select_related("site", "patient__site", "episode", "injection")
    row: FollowUp = get_object_or_404(rows, key=key)
    current_scope().check_can(permission, row.site_id)
    return row


def _check_may_ask(row: FollowUp) -> None:
    """Raise NotAllowed unless the patient agreed to what asking rests on; names what is missing."""
    given = decisions(Consent.objects.filter(patient=row.patient), row.site)
    check_may(Act.ASK_FORMS, given, rules_in_use(), today_at(row.site))


def _page(row: FollowUp) -> dict[str, Any]:
    return {
        "place": "follow-up",
        "room": "clinic",
        "patient": row.patient,
        "follow_up": row,
        "shown": askable(row),
        "on_paper": on_paper_only(row),
    }
