"""Where a consultation begins: which condition, which injection."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enthesis.web.accounts.access import for_everyone
from enthesis.web.consult.present.choices import check_begun, condition_choices, injection_choices

__all__ = ["show"]


@for_everyone
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Two choices, then the facts.

    Raises:
        InvalidData: The address has chosen something that is not known.
    """
    begun = {name: request.GET.get(name, "") for name in ("condition", "intervention")}
    check_begun(**begun)
    context = {
        "room": "consult",
        "conditions": condition_choices(),
        "injections": injection_choices(),
        **begun,
    }
    return render(request, "consult/start.html", context)
