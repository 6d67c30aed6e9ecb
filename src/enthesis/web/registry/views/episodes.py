"""Opening an episode and putting it right."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.episodes import change_episode, open_episode
from enthesis.web.registry.forms.episode import EpisodeForm
from enthesis.web.registry.models import Episode, Patient
from enthesis.web.registry.queries.injections import episode_of
from enthesis.web.registry.queries.people import patient_of
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.views.entering import answer_form, confirmed_by, posted, user_of

__all__ = ["add", "change"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add(request: HttpRequest, patient: UUID) -> HttpResponse:
    """A new episode; the condition comes first, because grades and facts follow from it."""
    row = patient_of(patient)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    audit_read(row, what="episode form")
    form = _form(request, row, None)

    def store() -> str:
        made = open_episode(key=form.entry_key, patient=row, entry=form.entry(), confirmed=confirmed_by(form))
        messages.success(request, "The episode is open.")
        return f"{reverse('patient', args=[row.key])}#episode-{made.key}"

    return _answer(request, form, row, store, "Open an episode")


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def change(request: HttpRequest, episode: UUID) -> HttpResponse:
    """An episode put right, with the reason."""
    row = episode_of(episode)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    audit_read(row.patient, what="episode form")
    form = _form(request, row.patient, row)
    form.fields["reason"] = forms.CharField(
        label="Reason for the change", max_length=300, help_text="Stays on record beside what it was before."
    )

    def store() -> str:
        changed = change_episode(
            episode=row,
            entry=form.entry(),
            reason=form.words("reason"),
            by=user_of(request),
            confirmed=confirmed_by(form),
        )
        messages.success(
            request, "Corrected; what it was before is kept." if changed else "Nothing had changed."
        )
        return f"{reverse('patient', args=[row.patient.key])}#episode-{row.key}"

    return _answer(request, form, row.patient, store, "Correct the episode")


def _form(request: HttpRequest, patient: Patient, episode: Episode | None) -> EpisodeForm:
    return EpisodeForm(
        posted(request),
        patient=patient,
        condition=request.GET.get("condition", "")[:60],
        episode=episode,
        today=today_at(patient.site),
    )


def _answer(
    request: HttpRequest, form: EpisodeForm, patient: Patient, store: Callable[[], str], title: str
) -> HttpResponse:
    context = {"place": "patients", "room": "clinic", "title": title}
    return answer_form(
        request,
        form,
        "registry/record/episode_form.html",
        context,
        store,
        kind="episode",
        site=patient.site,
        patient=patient,
    )
