"""Recording an injection, and seeing what follows from its product."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.calculators.present.product_fields import KINDS
from enthesis.web.calculators.present.product_form import boxes
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.injections import record_injection
from enthesis.web.registry.forms.injection import InjectionForm, defaults
from enthesis.web.registry.present.injections import injection_view
from enthesis.web.registry.present.product_boxes import PLATELET_INTERVENTION, groups_for
from enthesis.web.registry.present.product_words import ProductWords, product_words
from enthesis.web.registry.queries.injections import episode_of, injection_of, last_like
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.products import product_document, report_of
from enthesis.web.registry.views.entering import answer_form, confirmed_by, posted, user_of

__all__ = ["add", "derive", "show"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add(request: HttpRequest, episode: UUID) -> HttpResponse:
    """One page from syringe to record."""
    row = episode_of(episode)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    user = user_of(request)
    audit_read(row.patient, what="injection form")
    begun = defaults(row, last_like(row, user), user, today_at(row.site))
    # Another injection may be chosen without JavaScript: the page comes back with its boxes.
    begun |= {"intervention": request.GET["intervention"]} if "intervention" in request.GET else {}
    begun |= {"consultation": request.GET["consultation"]} if "consultation" in request.GET else {}
    form = InjectionForm(posted(request), episode=row, user=user, initial=begun)
    context = {"place": "patients", "room": "clinic", "episode": row, **_product_part(form)}
    context["condition"] = current().evidence.vocabulary.conditions[row.condition].label

    def store() -> str:
        made = record_injection(
            key=form.entry_key, episode=row, record=form.record(), by=user, confirmed=confirmed_by(form)
        )
        messages.success(request, "The injection is on record. Sign it now, or later from today's list.")
        return reverse("injection", args=[made.key])

    return answer_form(
        request, form, "registry/record/injection_form.html", context, store, kind="injection",
        site=row.site, patient=row.patient,
    )  # fmt: skip


@never_cache
@require_POST
@needs(Permission.WRITE_RECORD)
def derive(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The product part with dose and codes for what is typed so far; nothing is stored."""
    row = episode_of(episode)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    form = InjectionForm(request.POST, episode=row, user=user_of(request))
    return render(
        request, "registry/record/product_part.html", {"form": form, "episode": row, **_product_part(form)}
    )


@never_cache
@require_safe
@needs(Permission.READ_RECORD)
def show(request: HttpRequest, injection: UUID) -> HttpResponse:
    """One injection with what was in the syringe."""
    row = injection_of(injection)
    named = current_scope().can(Permission.READ_IDENTITY, row.site_id)
    if named:
        audit_read(row.patient, what="injection")
    context = {
        "place": "patients",
        "room": "clinic",
        "patient": row.patient,
        "named": named,
        "view": injection_view(row),
        "may_write": current_scope().can(Permission.WRITE_RECORD, row.site_id),
    }
    return render(request, "registry/record/injection.html", context)


def _product_part(form: InjectionForm) -> dict[str, object]:
    """Boxes of the product with faults beside them, and what follows from them."""
    chosen = form.intervention_chosen
    faults: tuple[Fault, ...] = ()
    answer: ProductWords | None = None
    if form.is_bound and form.product:
        try:
            answer = _answer(form)
        except InvalidData as error:
            faults = error.faults
    given = {name: str(value) for name, value in form.data.items()}
    known = {field.path for group in groups_for(chosen) for field in group.fields}
    return {
        "groups": boxes(given, faults, groups_for(chosen)),
        "kinds": KINDS if chosen == PLATELET_INTERVENTION else (),
        "kind": given.get("kind", KINDS[0][0]),
        "product": answer,
        "product_faults": [str(fault) for fault in faults if fault.where not in known],
    }


def _answer(form: InjectionForm) -> ProductWords:
    form.is_valid()
    values = getattr(form, "cleaned_data", {})
    document = product_document(
        form.product,
        volume_ml=values.get("volume_ml"),
        target=str(values.get("target") or ""),
        guidance=str(values.get("guidance") or ""),
    )
    return product_words(report_of(document))
