"""The rehabilitation plan: a template, changed and signed by a physician, with the follow-up that comes."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.domain.episodes import Protocol
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.consult.forms import PlanForm
from enthesis.web.consult.present.answer import answer_page
from enthesis.web.consult.queries.kept import consultation_of, what_followed
from enthesis.web.registry.actions.rehabilitation import agree_plan
from enthesis.web.registry.queries.protocols import protocol_of
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.views.entering import answer_form, posted, user_of

__all__ = ["show"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.SIGN)
def show(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Change and sign the plan; see when the registry will ask."""
    row = consultation_of(consultation)
    current_scope().check_can(Permission.SIGN, row.site_id)
    audit_read(row.patient, what="plan form")
    plan = row.answer["plan"]
    form = PlanForm(posted(request), plan=plan)
    context = {
        "room": "clinic",
        "place": "patients",
        "consultation": row,
        "page": answer_page(row.answer),
        "plan": plan,
        "agreed": what_followed(row).plans,
        "windows": _windows(protocol_of(row.episode), today_at(row.site)),
    }

    def store() -> str:
        agree_plan(
            key=form.entry_key, episode=row.episode, title=plan["title"],
            plan=form.agreed() | {"consultation": str(row.key)}, signed=form.cleaned_data["signed"],
            by=user_of(request),
        )  # fmt: skip
        messages.success(request, "The plan is signed and on record.")
        return reverse("consultation", args=[row.key])

    return answer_form(
        request, form, "consult/plan.html", context, store, kind="care", site=row.site, patient=row.patient
    )


def _windows(protocol: Protocol, day: date) -> list[tuple[int, date, date, date]]:
    """Week, first day, the day itself and last day of each window, for an injection on ``day``."""
    return [
        (w.weeks, w.opens(day), day + timedelta(weeks=w.weeks), w.closes(day))
        for w in protocol.windows
        if not w.is_baseline
    ]
