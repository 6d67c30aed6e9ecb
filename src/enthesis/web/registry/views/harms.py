"""Harms: recorded by the clinic, judged by the lead, reported in time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.domain.episodes.adjudication import AdjudicationAct
from enthesis.errors import InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.adverse_events import judge_harm, note_report, record_harm
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.forms.adverse_event import HarmForm, JudgementForm, ReportForm
from enthesis.web.registry.models import AdverseEvent
from enthesis.web.registry.present.harms import harm_view
from enthesis.web.registry.queries.harms import harm_row, harms_shown
from enthesis.web.registry.queries.injections import episode_of, standing
from enthesis.web.registry.queries.working_site import sites_shown, today_at
from enthesis.web.registry.records.adverse_events import reporting_in_use
from enthesis.web.registry.views.choosing import word_chosen
from enthesis.web.registry.views.entering import answer_form, confirmed_by, posted, user_of

__all__ = ["add", "show", "show_list"]


@never_cache
@require_safe
@needs(Permission.READ_RECORD)
def show_list(request: HttpRequest) -> HttpResponse:
    """Harms of the sites shown, without names."""
    only_open = word_chosen(request.GET, "show", ["all"]) != "all"
    rows = harms_shown(sites_shown(request.session), only_open=only_open)
    context = {
        "place": "harms",
        "room": "clinic",
        "harms": [harm_view(row, today_at(row.site)) for row in rows],
        "only_open": only_open,
    }
    return render(request, "registry/record/harms.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Record a harm."""
    row = episode_of(episode)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    audit_read(row.patient, what="harm form")
    form = HarmForm(
        posted(request),
        injections=standing(row),
        today=today_at(row.site),
        chosen=request.GET.get("injection", ""),
    )

    def store() -> str:
        made = record_harm(key=form.entry_key, episode=row, entry=form.entry(), confirmed=confirmed_by(form))
        messages.success(request, "The harm is on record. See below by when it must be reported.")
        return reverse("harm", args=[made.key])

    context = {
        "place": "harms",
        "room": "clinic",
        "episode": row,
        "title": "Record a harm",
        "signs": reporting_in_use().same_day_signs,
    }
    return answer_form(
        request, form, "registry/record/harm_form.html", context, store, kind="adverseevent",
        site=row.site, patient=row.patient,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.READ_RECORD)
def show(request: HttpRequest, adverse_event: UUID) -> HttpResponse:
    """One harm, with its clock, its judgement and the steps open to the reader."""
    row = harm_row(adverse_event)
    named = current_scope().can(Permission.READ_IDENTITY, row.site_id)
    if named:
        audit_read(row.patient, what="harm")
    form: JudgementForm | ReportForm | None = None
    if request.method == "POST":
        is_report = "reported_on" in request.POST
        form = ReportForm(request.POST) if is_report else JudgementForm(request.POST)
        if form.is_valid():
            try:
                _act(request, form, row)
            except InvalidData as error:
                form.take_faults(error.faults)
            else:
                return redirect("harm", row.key)
        write_refusal(
            kind="adverseevent", fields=form.errors, site_id=row.site_id, patient_key=str(row.patient.key)
        )
    context = {
        "place": "harms",
        "room": "clinic",
        "patient": row.patient,
        "named": named,
        "view": harm_view(row, today_at(row.site)),
        "form": form,
        "may_write": current_scope().can(Permission.WRITE_RECORD, row.site_id),
        "today": today_at(row.site),
    }
    return render(request, "registry/record/harm.html", context, status=422 if form else 200)


def _act(request: HttpRequest, form: JudgementForm | ReportForm, row: AdverseEvent) -> None:
    if isinstance(form, ReportForm):
        note_report(harm=row, on=form.cleaned_data["reported_on"])
        messages.success(request, "Noted as reported.")
        return
    judge_harm(
        harm=row,
        act=AdjudicationAct(form.words("act")),
        reason=form.words("reason"),
        by=user_of(request),
    )
    messages.success(request, "The step is on record.")
