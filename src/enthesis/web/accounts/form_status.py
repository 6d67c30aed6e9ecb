"""The status of a form that was refused, on pages that a library answers."""

from functools import wraps

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase

from enthesis.web.accounts.access import View

__all__ = ["tells_refusal"]

REFUSED = 422


def tells_refusal(view: View) -> View:
    """The view answers 422 with a form that was sent and is not valid, as every form here does."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200 and _refused_forms(response):
            response.status_code = REFUSED
        return response

    return answered


def _refused_forms(response: HttpResponseBase) -> list[BaseForm]:
    context = getattr(response, "context_data", None) or {}
    return [held for held in context.values() if isinstance(held, BaseForm) and held.errors]
