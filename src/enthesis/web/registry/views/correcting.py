"""Putting a recorded value right, with its reason; what it was stays beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.corrections import correct_response, correct_row
from enthesis.web.registry.forms.trust import AnswersForm, CorrectionForm
from enthesis.web.registry.models import Injection, Preparation, Response
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.present.row_lines import row_title
from enthesis.web.registry.present.row_page import address_of
from enthesis.web.registry.queries.trust import row_of
from enthesis.web.registry.views.entering import answer_form, posted, user_of

__all__ = ["correct", "home_of"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_RECORD)
def correct(request: HttpRequest, kind: str, **key: UUID) -> HttpResponse:
    """The values of one row as they are, to be put right."""
    row = row_of(kind, next(iter(key.values())))
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    user = user_of(request)
    audit_read(row.patient, what="correction")
    form = _form(row, posted(request))

    def store() -> str:
        reason = form.words("reason")
        if isinstance(form, AnswersForm):
            correct_response(response=row, answers=form.answers(), reason=reason, by=user)  # type: ignore[arg-type]
            messages.success(request, "Put right. The answers as they were given stay on record.")
        else:
            changed = correct_row(row=row, values=form.values(), reason=reason, by=user)
            told = "Put right. What it was stays beside it." if changed else "Nothing was other than before."
            messages.success(request, told)
        return home_of(row)

    context: dict[str, Any] = {
        "place": "patients", "room": "clinic", "row": row, "title": row_title(row), "home": home_of(row),
    }  # fmt: skip
    return answer_form(
        request, form, "registry/trust/correct.html", context, store, kind="correction", site=row.site,
        patient=row.patient,
    )  # fmt: skip


def home_of(row: AboutPatient) -> str:
    """The page on which a row is shown: of a product its injection's, of answers those in their place."""
    if isinstance(row, Preparation):
        row = Injection.objects.filter(preparation=row).first() or row
    if isinstance(row, Response) and row.replaced_by is not None:
        row = row.replaced_by
    return address_of(row)


def _form(row: AboutPatient, data: Any) -> AnswersForm | CorrectionForm:
    if not isinstance(row, Response):
        return CorrectionForm(data, row=row)
    instrument = load_instruments().get(row.instrument)
    if instrument is None:
        raise Http404
    return AnswersForm(data, response=row, instrument=instrument)
