"""People and sites an administrator sees."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.rules import sites_with
from enthesis.web.accounts.scope import current_scope

Kind = TypeVar("Kind", bound=Model)

__all__ = ["held_role", "managed_people", "managed_person", "managed_site", "managed_sites"]


def managed_sites() -> QuerySet[Site]:
    """Sites the acting administrator manages."""
    mine = sites_with(current_scope(), Permission.MANAGE_ACCOUNTS)
    return Site.objects.all() if mine is None else Site.objects.filter(pk__in=mine)


def managed_people() -> QuerySet[User]:
    """People with a role where the acting administrator manages; with all, also those without a role."""
    mine = sites_with(current_scope(), Permission.MANAGE_ACCOUNTS)
    people = User.objects.prefetch_related("memberships__site").order_by("-is_active", "name")
    return people if mine is None else people.filter(memberships__site__in=mine).distinct()


def managed_person(key: UUID) -> User:
    """One of them; a person out of reach is as good as missing."""
    return _one(managed_people(), key)


def managed_site(key: UUID) -> Site:
    """One of the managed sites; a site out of reach is as good as missing."""
    return _one(managed_sites(), key)


def held_role(person: User, number: int) -> Membership:
    """One role of a person."""
    held = person.memberships.filter(pk=number).first()
    if held is None:
        raise Http404
    return held


def _one(rows: QuerySet[Kind], key: UUID) -> Kind:
    row = rows.filter(key=key).first()
    if row is None:
        raise Http404
    return row
