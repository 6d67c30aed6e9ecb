"""Signing a row, and what waits to be signed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.confirming import is_password_of_reader
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.signing import sign_row
from enthesis.web.registry.forms.trust import SignForm
from enthesis.web.registry.models import Injection
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.present.row_lines import row_lines, row_title
from enthesis.web.registry.queries.signatures import unsigned_injections
from enthesis.web.registry.queries.trust import row_of
from enthesis.web.registry.queries.working_site import sites_shown
from enthesis.web.registry.records.row_kinds import REVIEWED, kind_of_row
from enthesis.web.registry.records.signed_content import content_hash
from enthesis.web.registry.views.correcting import home_of
from enthesis.web.registry.views.entering import answer_form, posted, user_of

__all__ = ["show_unsigned", "sign"]


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@needs(Permission.SIGN)
def sign(request: HttpRequest, kind: str, **key: UUID) -> HttpResponse:
    """A row as it will be signed, and the password."""
    row = row_of(kind, next(iter(key.values())))
    current_scope().check_can(Permission.SIGN, row.site_id)
    user = user_of(request)
    audit_read(row.patient, what="signing")
    form = SignForm(posted(request), meanings=_meanings(row, user), shown=content_hash(row))

    def store() -> str:
        if not is_password_of_reader(request, form.cleaned_data["password"]):
            raise InvalidData(Fault("This is not your password.", "password", "Nothing was signed."))
        sign_row(row=row, meaning=form.words("meaning"), by=user, shown=form.words("shown"))
        messages.success(request, "Signed. If the record is changed later, the signature ends by itself.")
        return home_of(row)

    context: dict[str, Any] = {
        "place": "patients", "room": "clinic", "title": row_title(row), "lines": _content(row),
        "home": home_of(row),
    }  # fmt: skip
    return answer_form(
        request, form, "registry/trust/sign.html", context, store, kind="signature", site=row.site,
        patient=row.patient,
    )  # fmt: skip


@never_cache
@require_safe
@needs(Permission.SIGN)
def show_unsigned(request: HttpRequest) -> HttpResponse:
    """Injections of any time that nobody has signed."""
    sites = [s for s in sites_shown(request.session) if current_scope().can(Permission.SIGN, s.pk)]
    rows = unsigned_injections(sites)
    audit_read(*{row.patient.pk: row.patient for row in rows}.values(), what="unsigned")
    context = {"place": "unsigned", "room": "clinic", "rows": rows, "several_sites": len(sites) > 1}
    return render(request, "registry/trust/unsigned.html", context)


def _meanings(row: AboutPatient, user: User) -> tuple[str, ...]:
    meanings = kind_of_row(row).meanings
    gave_it = not isinstance(row, Injection) or row.operator_id == user.pk
    return meanings if gave_it else (REVIEWED,)


def _content(row: AboutPatient) -> list[tuple[str, str]]:
    lines = list(row_lines(row))
    if isinstance(row, Injection) and row.preparation is not None:
        lines += [(f"In the syringe: {name.lower()}", value) for name, value in row_lines(row.preparation)]
        lines += _measured("", row.preparation.record)
    return lines


def _measured(before: str, record: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, value in sorted(record.items()):
        words = f"{before} {name}".strip().replace("_", " ")
        if isinstance(value, dict):
            found += _measured(words, value)
        else:
            found.append((f"In the syringe: {words}", str(value)))
    return found
