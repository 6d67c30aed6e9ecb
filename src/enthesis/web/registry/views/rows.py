"""Any row of the record on a page of its own, taking one back, and the episodes without names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.taking_back import take_back as take_back_row
from enthesis.web.registry.forms.trust import TakeBackForm
from enthesis.web.registry.present.row_page import address_of, episode_words, row_page
from enthesis.web.registry.queries.rows_within import EPISODES_A_PAGE, latest_episodes
from enthesis.web.registry.queries.trust import row_of
from enthesis.web.registry.queries.working_site import sites_shown
from enthesis.web.registry.views.entering import answer_form, posted, user_of

__all__ = ["show", "show_episodes", "take_back"]


@never_cache
@require_safe
@needs(Permission.READ_RECORD)
def show(request: HttpRequest, kind: str, **key: UUID) -> HttpResponse:
    """One row; its patient's name only to who may read names."""
    row = row_of(kind, next(iter(key.values())))
    current_scope().check_can(Permission.READ_RECORD, row.site_id)
    named = current_scope().can(Permission.READ_IDENTITY, row.site_id)
    if named:
        audit_read(row.patient, what=kind)
    context = {
        "place": "patients" if named else "records", "room": "clinic", "view": row_page(row),
        "named": named, "patient": row.patient,
    }  # fmt: skip
    return render(request, "registry/record/row.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def take_back(request: HttpRequest, kind: str, **key: UUID) -> HttpResponse:
    """Take a row back with its reason."""
    row = row_of(kind, next(iter(key.values())))
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    audit_read(row.patient, what="taking back")
    user = user_of(request)
    form = TakeBackForm(posted(request))

    def store() -> str:
        take_back_row(row=row, reason=form.words("reason"), by=user)
        messages.success(request, "Taken back. It stays on record with the reason, and counts nowhere.")
        return address_of(row)

    context = {
        "place": "patients", "room": "clinic", "view": row_page(row), "address": address_of(row),
        "kind": kind,
    }  # fmt: skip
    return answer_form(
        request, form, "registry/trust/take_back.html", context, store, kind=kind, site=row.site,
        patient=row.patient,
    )  # fmt: skip


@never_cache
@require_safe
@needs(Permission.ASK_QUERY)
def show_episodes(request: HttpRequest, episode: UUID | None = None) -> HttpResponse:
    """Episodes without names, the latest first, or those before one of them."""
    sites = [s for s in sites_shown(request.session) if current_scope().can(Permission.ASK_QUERY, s.pk)]
    rows = latest_episodes(sites, episode)
    context = {
        "place": "records", "room": "clinic", "before": episode,
        "lines": [(row, episode_words(row)) for row in rows],
        "older": rows[-1] if len(rows) == EPISODES_A_PAGE else None, "several_sites": len(sites) > 1,
    }  # fmt: skip
    return render(request, "registry/record/episodes.html", context)
