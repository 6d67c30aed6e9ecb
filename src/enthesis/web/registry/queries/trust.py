"""Rows by kind and key, what was corrected in them, and queries about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import Correction, Query
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.field_words import field_label
from enthesis.web.registry.records.row_kinds import ROW_KINDS, kind_named

__all__ = ["DAYS_TO_ANSWER", "QueryLine", "corrections_of", "queries_at", "queries_of", "query_of", "row_of"]

# A house rule: long enough for a clinic that meets once a week, short enough that somebody still remembers.
DAYS_TO_ANSWER = 14
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class QueryLine:
    """A query with its state, which follows from its answers and its closing."""

    row: Query
    answers: int

    @property
    def state(self) -> str:
        """``open``, ``answered`` or ``closed``."""
        if self.row.closed_at:
            return "closed"
        return "answered" if self.answers else "open"

    @property
    def about(self) -> str:
        """Kind of the record, and the field where one is named."""
        kind = ROW_KINDS.get(self.row.row_kind)
        label = kind.label if kind else self.row.row_kind
        return f"{label}, {field_label(self.row.field).lower()}" if self.row.field else label

    @property
    def due_on(self) -> date:
        """Day by which the site should answer."""
        return (self.row.at + timedelta(days=DAYS_TO_ANSWER)).date()

    @property
    def is_late(self) -> bool:
        """Open beyond its day."""
        return self.state == "open" and self.due_on < timezone.now().date()


def row_of(kind: str, key: UUID) -> AboutPatient:
    """The row of a kind and key with patient and site.

    Raises:
        Http404: None in reach.
    """
    rows = kind_named(kind).model.objects.select_related("patient", "patient__site", "site")
    found: AboutPatient = get_object_or_404(rows, key=key)
    return found


def query_of(key: UUID) -> QueryLine:
    """The query of a key.

    Raises:
        Http404: None in reach.
    """
    row = get_object_or_404(Query.objects.select_related("patient", "patient__site", "site", "by"), key=key)
    return QueryLine(row, row.answers.count())


def corrections_of(row: AboutPatient) -> list[Correction]:
    """What was put right in a row, the latest first."""
    return list(Correction.objects.filter(row_key=row.key).select_related("by").order_by("-at", "-id"))


def queries_of(row: AboutPatient) -> list[QueryLine]:
    """Queries about a row, the latest first."""
    return _lines(Query.objects.filter(row_key=row.key))


def queries_at(sites: Sequence[Site] | None, *, with_closed: bool = False) -> list[QueryLine]:
    """Queries of sites, or of all in reach, the oldest first."""
    rows = Query.objects.all() if sites is None else Query.objects.filter(site__in=sites)
    return _lines(rows if with_closed else rows.filter(closed_at=None), "at", "id")


def _lines(rows: QuerySet[Query], *order: str) -> list[QueryLine]:
    told = rows.select_related("site", "by").annotate(answered=Count("answers"))
    shown = told.order_by(*(order or ("-at", "-id")))[:MOST_SHOWN]
    return [QueryLine(row, row.answered) for row in shown]
