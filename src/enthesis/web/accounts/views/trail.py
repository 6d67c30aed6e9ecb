"""The audit trail for auditors."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.forms import TrailForm
from enthesis.web.accounts.queries.trail import actors, page_of_trail
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.audit.models import ChainHead
from enthesis.web.audit.recording import Act, Action, record
from enthesis.web.audit.verifying import verify_chain

__all__ = ["trail", "verify"]

# About five seconds of reading; a longer chain would outlast the patience of a browser.
LONGEST_IN_A_PAGE = 100_000


@needs(Permission.READ_AUDIT)
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Entries that fit the filter, newest first."""
    form = TrailForm(request.GET or None, people=actors())
    if form.is_bound and not form.is_valid():
        return render(request, "accounts/trail.html", {"form": form, "room": "clinic"}, status=422)
    if not form.is_bound:
        form = TrailForm({}, people=actors())
        form.is_valid()
    lines, older = page_of_trail(form.wanted)
    context = {"form": form, "lines": lines, "older": _older(request.GET, older), "room": "clinic"}
    return render(request, "accounts/trail.html", context)


@needs(Permission.READ_AUDIT)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Read the whole chain and say whether it holds; that it was checked is written down too."""
    head = ChainHead.objects.filter(pk=1).first()
    if head is not None and head.number > LONGEST_IN_A_PAGE:
        return render(request, "accounts/verified.html", {"too_long": head.number, "room": "clinic"})
    done = verify_chain()
    details = {"entries": done.entries, "breaks": len(done.breaks)}
    record(Act(current_scope().actor, Action.SYSTEM, "audit-check", details=details))
    return render(request, "accounts/verified.html", {"done": done, "room": "clinic"})


def _older(asked: QueryDict, before: int | None) -> str:
    if before is None:
        return ""
    query = asked.copy()
    query["before"] = str(before)
    return query.urlencode()
