"""Queries between the registry lead and a site; the lead sees no names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.errors import NotAllowed
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.asking import answer_query, ask_query, close_query
from enthesis.web.registry.forms.trust import QueryAnswerForm, QueryForm
from enthesis.web.registry.present.row_lines import row_lines, row_title
from enthesis.web.registry.queries.trust import queries_at, query_of, row_of
from enthesis.web.registry.queries.working_site import working_site
from enthesis.web.registry.records.field_words import field_label
from enthesis.web.registry.records.row_kinds import ROW_KINDS, kind_of_row
from enthesis.web.registry.views.choosing import word_chosen
from enthesis.web.registry.views.correcting import home_of
from enthesis.web.registry.views.entering import answer_form, posted, user_of

__all__ = ["ask", "show_list", "show_query"]


@never_cache
@require_safe
@needs(Permission.ASK_QUERY, Permission.ANSWER_QUERY)
def show_list(request: HttpRequest) -> HttpResponse:
    """Queries that wait, or all of them."""
    chosen = working_site(request.session)
    wants_all = word_chosen(request.GET, "show", ["all"]) == "all"
    lines = queries_at([chosen] if chosen else None, with_closed=wants_all)
    counts = {state: sum(line.state == state for line in lines) for state in ("open", "answered", "closed")}
    context = {
        "place": "queries", "room": "clinic", "lines": lines, "counts": counts, "wants_all": wants_all,
        "late": sum(line.is_late for line in lines),
    }  # fmt: skip
    return render(request, "registry/trust/queries.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_QUERY)
def ask(request: HttpRequest, kind: str, **key: UUID) -> HttpResponse:
    """A question about one row."""
    row = row_of(kind, next(iter(key.values())))
    current_scope().check_can(Permission.ASK_QUERY, row.site_id)
    user = user_of(request)
    form = QueryForm(posted(request), names=kind_of_row(row).fields)

    def store() -> str:
        made = ask_query(row=row, field=form.words("field"), text=form.words("text"), by=user)
        messages.success(request, "Asked. The site sees it under Queries.")
        return reverse("query", args=[made.key])

    context = {
        "place": "queries", "room": "clinic", "title": row_title(row), "lines": list(row_lines(row)),
    }  # fmt: skip
    return answer_form(request, form, "registry/trust/ask.html", context, store, kind="query", site=row.site)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_QUERY, Permission.ANSWER_QUERY)
def show_query(request: HttpRequest, query: UUID) -> HttpResponse:
    """One query: what is asked, of which record, what was answered."""
    line = query_of(query)
    scope, site = current_scope(), line.row.site_id
    may_answer, may_close = scope.can(Permission.ANSWER_QUERY, site), scope.can(Permission.ASK_QUERY, site)
    if not (may_answer or may_close):
        raise NotAllowed("Your role does not include queries of this site.")
    named = scope.can(Permission.READ_IDENTITY, site)
    if named:
        audit_read(line.row.patient, what="query")
    about = row_of(line.row.row_kind, line.row.row_key) if line.row.row_kind in ROW_KINDS else None
    form, user = QueryAnswerForm(request.POST if "text" in request.POST else None), user_of(request)

    def store() -> str:
        answer_query(query=line.row, text=form.words("text"), by=user)
        messages.success(request, "Answered. The registry lead sees it.")
        return reverse("queries")

    context = {
        "place": "queries", "room": "clinic", "line": line, "named": named, "may_answer": may_answer,
        "may_close": may_close, "answers": line.row.answers.select_related("by").order_by("at", "id"),
        "about": about and row_title(about), "lines": list(row_lines(about)) if about else [],
        "home": home_of(about) if about else "", "field": field_label(line.row.field),
    }  # fmt: skip
    if request.POST.get("close") == "yes":
        return _close(request, context)
    return answer_form(
        request, form, "registry/trust/query.html", context, store, kind="queryanswer", site=line.row.site,
        patient=line.row.patient if named else None,
    )  # fmt: skip


def _close(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    form = QueryAnswerForm({"text": "closing"})
    row = context["line"].row  # type: ignore[attr-defined]

    def store() -> str:
        close_query(query=row)
        messages.success(request, "Closed.")
        return reverse("queries")

    return answer_form(
        request, form, "registry/trust/query.html", context, store, kind="query", site=row.site
    )
