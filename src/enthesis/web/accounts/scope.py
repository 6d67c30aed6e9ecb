"""The scope: who asks, and which sites' rows that person may see.

It follows the thread of a request, never a parameter.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

from enthesis.errors import NotAllowed
from enthesis.web.accounts.roles import PERMISSIONS, Permission, Role

__all__ = ["Scope", "acting", "acting_as_link", "acting_as_system", "current_scope", "end_scope"]

SETTING = "enthesis.sites"
EVERY_SITE = "all"


@dataclass(frozen=True)
class Scope:
    """Who acts, and where.

    ``sites`` are the sites whose patients may be read; None is every site. ``roles`` gives the roles by site,
    under None those held for the whole installation.
    """

    actor: str
    sites: frozenset[int] | None = frozenset()
    roles: Mapping[int | None, frozenset[Role]] = field(default_factory=dict)

    def permissions(self, site_id: int | None = None) -> frozenset[Permission]:
        """What may be done at a site; with None, what may be done anywhere."""
        held = self.roles.get(None, frozenset()) | self.roles.get(site_id, frozenset())
        if site_id is None:
            held = frozenset(role for roles in self.roles.values() for role in roles)
        return frozenset(p for role in held for p in PERMISSIONS[role])

    def can(self, permission: Permission, site_id: int | None = None) -> bool:
        """Whether something may be done at a site; with None, at any."""
        return permission in self.permissions(site_id)

    def check_can(self, permission: Permission, site_id: int | None = None) -> None:
        """Raise NotAllowed unless something may be done."""
        if not self.can(permission, site_id):
            raise NotAllowed(f"Your role does not include this ({permission.value}).")

    def reaches(self, site_id: int | None) -> bool:
        """Whether rows of a site may be touched."""
        return self.sites is None or site_id in self.sites


_scope: ContextVar[Scope | None] = ContextVar("enthesis_scope", default=None)


def current_scope() -> Scope:
    """Scope of this request or task.

    Raises:
        NotAllowed: Nobody is acting; rows of patients are then out of reach.
    """
    scope = _scope.get()
    if scope is None:
        raise NotAllowed("Log in to see records of patients.")
    return scope


@contextmanager
def acting(scope: Scope) -> Iterator[Scope]:
    """Act in a scope until the block ends, in the database's own wall too."""
    before = _scope.get()
    _enter(scope)
    try:
        yield scope
    finally:
        _enter(before)


def acting_as_system(task: str) -> AbstractContextManager[Scope]:
    """Act for the program itself, over every site: reminders, backups, the demo clinic."""
    return acting(Scope(actor=f"system:{task}", sites=None))


def acting_as_link(link_key: str, site_id: int) -> AbstractContextManager[Scope]:
    """Act for a patient who came by a personal link: rows of one site; the view narrows them to one."""
    return acting(Scope(actor=f"link:{link_key}", sites=frozenset({site_id})))


def end_scope() -> None:
    """Leave no scope behind on this thread."""
    if _scope.get() is not None:
        _enter(None)


def _enter(scope: Scope | None) -> None:
    _scope.set(scope)
    if connection.vendor != "postgresql":
        return
    if scope is None:
        allowed = ""
    elif scope.sites is None:
        allowed = EVERY_SITE
    else:
        allowed = ",".join(map(str, sorted(scope.sites)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, allowed])
