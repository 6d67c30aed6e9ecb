"""Finding people: by name beginnings in any order, by the clinic's number, by telephone, by key."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import Patient, SearchTerm
from enthesis.web.registry.search_terms import looked_up

__all__ = ["find_people", "latest_people", "likely_the_same", "patient_of"]

MOST_SHOWN = 30
MOST_COMPARED = 60


def patient_of(key: UUID) -> Patient:
    """The patient of a key, with the site; another site's is as good as none.

    Raises:
        Http404: None in reach.
    """
    found: Patient = get_object_or_404(Patient.objects.select_related("site"), key=key)
    return found


def find_people(text: str, sites: Iterable[Site], most: int = MOST_SHOWN) -> list[Patient]:
    """People whose name or number fits what was typed, the latest registered first; at most ``most``.

    The whole text may be one number with blanks in it, or every word of it a beginning or a number.
    """
    pks = [site.pk for site in sites]
    ways = [looked_up(text), set().union(*map(looked_up, text.split())) if text.split() else set()]
    found: dict[int, Patient] = {}
    for way in ways if ways[0] != ways[1] else ways[:1]:
        if way:
            found |= {row.pk: row for row in _holding(way, pks).order_by("-pk")[:most]}
    return sorted(found.values(), key=lambda row: -row.pk)[:most]


def latest_people(sites: Iterable[Site], most: int = MOST_SHOWN) -> list[Patient]:
    """People registered last."""
    rows = Patient.objects.select_related("site").filter(site__in=list(sites), erased_at=None)
    return list(rows.order_by("-pk")[:most])


def likely_the_same(
    site: Site, name: str, latin_name: str, birth_date: date, telephone: str, but: int = 0
) -> list[Patient]:
    """People of the site with this birth date and a like name, or with this telephone number."""
    rows: dict[int, Patient] = {}
    for text in filter(None, (name, latin_name)):
        for row in _sharing_a_word(text, site).exclude(pk=but)[:MOST_COMPARED]:
            if row.birth_date == birth_date:
                rows[row.pk] = row
    if telephone:
        rows |= {r.pk: r for r in _holding(looked_up(telephone), [site.pk]).exclude(pk=but)[:MOST_COMPARED]}
    return list(rows.values())


def _holding(terms: set[bytes], sites: list[int]) -> QuerySet[Patient]:
    rows = Patient.objects.select_related("site").filter(erased_at=None)
    for term in terms:
        held = SearchTerm.objects.filter(site_id__in=sites, term=term).values("patient_id")
        rows = rows.filter(pk__in=held)
    return rows


def _sharing_a_word(text: str, site: Site) -> QuerySet[Patient]:
    held = SearchTerm.objects.filter(site=site, term__in=looked_up(text)).values("patient_id")
    rows: QuerySet[Patient] = Patient.objects.filter(pk__in=held, birth_year__isnull=False, erased_at=None)
    return rows
