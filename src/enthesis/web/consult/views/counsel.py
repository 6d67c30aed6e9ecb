"""Aid and consent of one consultation: gone through with the patient, signed purpose by purpose."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.domain.counsel import ConsentDocument, canonical_json
from enthesis.report.counsel import aid_fragment
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.consult.actions.consultations import tell_cost
from enthesis.web.consult.actions.kept_aids import keep_aid
from enthesis.web.consult.aids import LANGUAGES, aid_for, aid_pdf_for, consent_for, consent_pdf_for
from enthesis.web.consult.forms import CostForm, SignedConsentForm
from enthesis.web.consult.models import Consultation
from enthesis.web.consult.queries.kept import consultation_of
from enthesis.web.consult.signature import HEIGHT, WIDTH, signature_svg
from enthesis.web.consult.views.aid import pdf_response
from enthesis.web.consult.views.kept import LANGUAGE_NAMES
from enthesis.web.registry.actions.signed_consents import ShownDocument, sign_consent
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.views.entering import answer_form

__all__ = ["aid", "consent", "consent_pdf", "pdf"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.CONSULT)
def aid(request: HttpRequest, consultation: UUID, language: str) -> HttpResponse:
    """The aid, to go through together; what only the clinic knows is filled in."""
    row = _row(consultation, "decision aid")
    made = aid_for(*_what(row, language))
    context = {
        "room": "clinic",
        "place": "patients",
        "consultation": row,
        "aid": made,
        "fragment": mark_safe(aid_fragment(made)),  # noqa: S308 - made by report.counsel, which escapes
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
    }
    posted = request.method == "POST"
    form = CostForm(request.POST) if posted else CostForm(initial={"cost": row.cost})

    def store() -> str:
        tell_cost(consultation=row, cost=form.words("cost"))
        messages.success(request, "The aid tells it now.")
        return reverse("consultation-aid", args=[row.key, language])

    return answer_form(
        request, form, "consult/kept_aid.html", context, store, kind="consultation", site=row.site,
        patient=row.patient,
    )  # fmt: skip


@never_cache
@require_safe
@needs(Permission.CONSULT)
def pdf(_: HttpRequest, consultation: UUID, language: str) -> HttpResponse:
    """The aid to hand over."""
    row = _row(consultation, "decision aid")
    return pdf_response(aid_pdf_for(*_what(row, language)), f"decision-aid-{language}.pdf")


@never_cache
@require_safe
@needs(Permission.CONSULT)
def consent_pdf(_: HttpRequest, consultation: UUID, language: str) -> HttpResponse:
    """The consent to sign on paper."""
    row = _row(consultation, "consent")
    return pdf_response(consent_pdf_for(*_what(row, language)), f"consent-{language}.pdf")


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.CONSULT)
def consent(request: HttpRequest, consultation: UUID, language: str) -> HttpResponse:
    """The consent on the screen, each purpose for itself, and the signature."""
    row = _row(consultation, "consent")
    document = consent_for(*_what(row, language))
    posted = request.method == "POST"
    form = SignedConsentForm(request.POST if posted else None, shown=document.content_hash)
    context = {
        "room": "clinic",
        "place": "patients",
        "consultation": row,
        "document": document,
        "purposes": [(p, form[p.id]) for p in document.purposes],
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "width": WIDTH,
        "height": HEIGHT,
    }

    def store() -> str:
        _sign(row, document, form, language)
        messages.success(request, "The consent is on record, purpose by purpose.")
        return reverse("consultation", args=[row.key])

    return answer_form(
        request, form, "consult/consent.html", context, store, kind="consent", site=row.site,
        patient=row.patient,
    )  # fmt: skip


@transaction.atomic
def _sign(row: Consultation, document: ConsentDocument, form: SignedConsentForm, language: str) -> None:
    keep_aid(consultation=row, aid=aid_for(*_what(row, language)))
    shown = ShownDocument(
        id=document.document_id,
        version=document.version,
        language=document.language,
        content_hash=document.content_hash,
        content=json.loads(canonical_json(document)),
    )
    for key, purpose, given in form.said():
        sign_consent(
            key=key, patient=row.patient, purpose=purpose, given=given, document=shown,
            means=form.words("means"), signature_svg=signature_svg(form.cleaned_data["strokes"]),
            witness=form.words("witness"),
        )  # fmt: skip


def _row(key: UUID, what: str) -> Consultation:
    row = consultation_of(key)
    current_scope().check_can(Permission.CONSULT, row.site_id)
    audit_read(row.patient, what=what)
    return row


def _what(row: Consultation, language: str) -> tuple[Any, ...]:
    return row.condition, row.intervention, language, row.site.country, today_at(row.site), row.cost
