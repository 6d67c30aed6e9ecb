"""A kept consultation: the answer as it was given, and what follows from it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.consult.actions.consultations import INSTEAD, REASONS, override_answer
from enthesis.web.consult.aids import LANGUAGES, has_aid
from enthesis.web.consult.forms import OverrideForm
from enthesis.web.consult.models import Consultation
from enthesis.web.consult.present.answer import answer_page
from enthesis.web.consult.present.kept_facts import fact_lines
from enthesis.web.consult.present.scenarios import advises_against
from enthesis.web.consult.queries.kept import Followed, consultation_of, what_followed
from enthesis.web.consult.queries.similar import similar_patients
from enthesis.web.registry.views.entering import answer_form, posted, user_of

__all__ = ["override", "show"]

LANGUAGE_NAMES = {"en": "English", "hi": "हिन्दी", "bn": "বাংলা"}


@never_cache
@gzip_page
@require_safe
@needs(Permission.READ_RECORD)
def show(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """The answer as it was given, what the registry shows, and the way on."""
    row = consultation_of(consultation)
    named = current_scope().can(Permission.READ_IDENTITY, row.site_id)
    if named:
        audit_read(row.patient, what="consultation")
    followed = what_followed(row)
    context = {
        "room": "clinic",
        "place": "patients",
        "patient": row.patient,
        "named": named,
        "consultation": row,
        "page": answer_page(row.answer),
        "similar": similar_patients(row.condition, row.intervention, row.facts.get("grading") or {}),
        "facts": fact_lines(row.facts),
        "again_address": again_address(row) if current_scope().can(Permission.CONSULT, row.site_id) else "",
        "followed": followed,
        "overrides": [(o, INSTEAD[o.instead], REASONS[o.reason]) for o in followed.overrides],
        "may_consult": current_scope().can(Permission.CONSULT, row.site_id),
        "may_inject": may_inject(row, followed),
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "has_aid": has_aid(row.condition, row.intervention),
        "inject_address": injection_address(row),
    }
    return render(request, "consult/kept.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.CONSULT)
def override(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Going another way, with the reason."""
    row = consultation_of(consultation)
    current_scope().check_can(Permission.CONSULT, row.site_id)
    audit_read(row.patient, what="override form")
    form = OverrideForm(posted(request), scenario=row.scenario)
    context = {"room": "clinic", "place": "patients", "consultation": row, "page": answer_page(row.answer)}

    def store() -> str:
        override_answer(
            key=form.entry_key, consultation=row, instead=form.words("instead"), reason=form.words("reason"),
            explanation=form.words("explanation"), by=user_of(request),
        )  # fmt: skip
        messages.success(request, "Kept, with its reason.")
        return reverse("consultation", args=[row.key])

    return answer_form(
        request, form, "consult/override.html", context, store, kind="override", site=row.site,
        patient=row.patient,
    )  # fmt: skip


def may_inject(row: Consultation, followed: Followed) -> bool:
    """Whether the way to the injection is open: it was not advised against, or that was overridden."""
    return not advises_against(row.scenario) or any(o.instead == "injected" for o in followed.overrides)


def again_address(row: Consultation) -> str:
    """Where the same question is asked of the same episode again."""
    address = reverse("consult-episode", args=[row.episode.key])
    return f"{address}?{urlencode({'intervention': row.intervention})}"


def injection_address(row: Consultation) -> str:
    """Where the injection is recorded, with the consultation that led to it."""
    address = reverse("injection-new", args=[row.episode.key])
    return f"{address}?intervention={row.intervention.partition('+')[0]}&consultation={row.key}"
