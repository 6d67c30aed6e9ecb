"""Queries: the registry lead asks a site about a value, the site answers, the lead closes."""

from django.db import transaction
from django.utils import timezone

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import Query, QueryAnswer
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["answer_query", "ask_query", "close_query"]


def ask_query(*, row: AboutPatient, field: str, text: str, by: User) -> Query:
    """Ask the site about a row or one field of it; the same open question is asked once.

    Raises:
        NotAllowed: The caller may not ask this site.
        InvalidData: No text, or no such field.
    """
    current_scope().check_can(Permission.ASK_QUERY, row.site_id)
    _check_text(text, "Write what you want to know.")
    if field and field not in {f.name for f in row._meta.concrete_fields}:
        raise InvalidData(Fault("This record has no such field.", "field"))
    about = {
        "row_kind": row._meta.model_name, "row_key": row.key, "field": field, "text": text.strip(), "by": by,
    }  # fmt: skip
    if found := Query.objects.filter(**about, closed_at=None).first():
        return found
    made: Query = Query.objects.create(site_id=row.site_id, patient=row.patient, at=timezone.now(), **about)
    return made


def answer_query(*, query: Query, text: str, by: User) -> QueryAnswer:
    """Answer for the site; the same answer is stored once.

    Raises:
        NotAllowed: The caller may not answer for this site.
        InvalidData: No text, or the query is closed.
    """
    current_scope().check_can(Permission.ANSWER_QUERY, query.site_id)
    _check_text(text, "Write the answer.")
    _check_open(query)
    if found := QueryAnswer.objects.filter(query=query, text=text.strip(), by=by).first():
        return found
    made: QueryAnswer = QueryAnswer.objects.create(
        site_id=query.site_id, patient=query.patient, query=query, text=text.strip(), by=by, at=timezone.now()
    )
    return made


@transaction.atomic
def close_query(*, query: Query) -> None:
    """Close a query that was answered, or that answered itself.

    Raises:
        NotAllowed: The caller may not ask this site.
        InvalidData: It was closed before.
    """
    current_scope().check_can(Permission.ASK_QUERY, query.site_id)
    _check_open(query)
    query.closed_at = timezone.now()
    query.save(update_fields=("closed_at",))


def _check_text(text: str, told: str) -> None:
    if not text.strip():
        raise InvalidData(Fault(told, "text"))


def _check_open(query: Query) -> None:
    if query.closed_at is not None:
        raise InvalidData(Fault("This query is closed.", "text", "Ask a new one."))
