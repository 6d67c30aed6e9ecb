"""Episodes, images, care and end points: the pages that add one thing to a record."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.course_notes import note_care, note_endpoint, note_image
from enthesis.web.registry.forms.course_notes import CareForm, EndPointForm, ImageForm
from enthesis.web.registry.forms.entry_form import EntryForm
from enthesis.web.registry.models import Episode
from enthesis.web.registry.queries.injections import episode_of
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.views.entering import answer_form, posted

__all__ = ["add_care", "add_endpoint", "add_image"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add_image(request: HttpRequest, episode: UUID) -> HttpResponse:
    """An image with its grade."""
    row = _episode(episode)
    form = ImageForm(posted(request), episode=row, today=today_at(row.site))

    def store() -> object:
        return note_image(key=form.entry_key, episode=row, **form.image())

    return _answer(request, form, row, store, "imaging", "Image")


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add_care(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Care beside the injection."""
    row = _episode(episode)
    form = CareForm(posted(request), initial={"started_on": today_at(row.site)})

    def store() -> object:
        return note_care(
            key=form.entry_key,
            episode=row,
            kind=form.words("kind"),
            started_on=form.cleaned_data["started_on"],
            ended_on=form.day("ended_on"),
            what=form.words("what"),
        )

    return _answer(request, form, row, store, "care", "Care and rehabilitation")


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def add_endpoint(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What ends or changes observation."""
    row = _episode(episode)
    form = EndPointForm(posted(request), initial={"on": today_at(row.site)})

    def store() -> object:
        reason, lost = form.chosen()
        return note_endpoint(
            key=form.entry_key,
            episode=row,
            reason=reason,
            on=form.cleaned_data["on"],
            lost_because=lost,
            note=form.words("note"),
        )

    return _answer(request, form, row, store, "endpoint", "End of observation")


def _episode(key: UUID) -> Episode:
    row = episode_of(key)
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    audit_read(row.patient, what="form")
    return row


def _answer(
    request: HttpRequest,
    form: EntryForm,
    row: Episode,
    store: Callable[[], object],
    kind: str,
    title: str,
) -> HttpResponse:
    def stored() -> str:
        store()
        messages.success(request, f"{title}: on record.")
        return reverse("patient", args=[row.patient.key])

    context = {"place": "patients", "room": "clinic", "episode": row, "title": title}
    return answer_form(
        request,
        form,
        "registry/record/note_form.html",
        context,
        stored,
        kind=kind,
        site=row.site,
        patient=row.patient,
    )
