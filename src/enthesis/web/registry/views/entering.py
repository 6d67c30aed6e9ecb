"""One way to answer every form of the record: shown, refused with words, asked back, or stored."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from enthesis.errors import Fault, InvalidData, NotAllowed, NotFound
from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.actions.storing import Confirmed, ToConfirm
from enthesis.web.registry.forms.entry_form import EntryForm, seal_of
from enthesis.web.registry.models import Patient

__all__ = ["answer_form", "confirmed_by", "posted", "user_of"]

REFUSED = 422


def user_of(request: HttpRequest) -> User:
    """Who is logged in.

    Raises:
        NotAllowed: Nobody is.
    """
    if not isinstance(request.user, User):
        raise NotAllowed("Log in first.")
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent to be stored; None when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def confirmed_by(form: EntryForm) -> Confirmed:
    """Whether the person confirmed exactly these doubts."""
    return lambda cautions: form.confirmed == seal_of(cautions)


def answer_form(
    request: HttpRequest,
    form: EntryForm,
    template: str,
    context: dict[str, Any],
    store: Callable[[], str],
    *,
    kind: str,
    site: Site | None,
    patient: Patient | None = None,
) -> HttpResponse:
    """The form with status 200 or 422, or the way on after ``store``, which gives the next address.

    Every refusal leaves a line in the audit trail and nothing else.
    """
    page = context | {"form": form, "patient": patient}
    if request.method != "POST":
        return render(request, template, page)
    if form.is_valid():
        try:
            return redirect(store())
        except ToConfirm as doubt:
            form.cautions = doubt.cautions
        except InvalidData as error:
            form.take_faults(error.faults)
        except NotFound as error:
            form.take_faults([Fault(str(error))])
    write_refusal(
        kind=kind,
        fields=form.errors or ["to-confirm"],
        site_id=site.pk if site else None,
        patient_key=str(patient.key) if patient else "",
    )
    return render(request, template, page, status=REFUSED)
