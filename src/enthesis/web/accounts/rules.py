"""Who may manage whom: an administrator of one site must not reach the whole installation through a person.

Rules come in pairs: ``check_...`` raises NotAllowed, the question alone answers.
"""

from collections.abc import Iterable

from enthesis.errors import NotAllowed
from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.roles import PERMISSIONS, Permission, Role
from enthesis.web.accounts.scope import Scope, current_scope

__all__ = [
    "can_manage_person",
    "check_can_give",
    "check_can_manage_person",
    "check_can_manage_sites",
    "check_not_last_administrator",
    "check_not_oneself",
    "holds_everywhere",
    "sites_with",
]


def holds_everywhere(scope: Scope, permission: Permission) -> bool:
    """Whether a permission is held for the whole installation; the program itself holds all."""
    is_program = scope.actor.startswith("system:") and scope.sites is None
    return is_program or any(permission in PERMISSIONS[role] for role in scope.roles.get(None, ()))


def sites_with(scope: Scope, permission: Permission) -> frozenset[int] | None:
    """Sites at which a permission is held; None is every site."""
    if holds_everywhere(scope, permission):
        return None
    return frozenset(s for s in scope.roles if s is not None and scope.can(permission, s))


def check_can_manage_sites() -> None:
    """Sites are made and changed by administrators of the whole installation."""
    if not holds_everywhere(current_scope(), Permission.MANAGE_ACCOUNTS):
        raise NotAllowed("Only an administrator of the whole installation changes sites.")


def can_manage_person(person: User) -> bool:
    """Whether the acting administrator's sites cover every role this person holds."""
    mine = sites_with(current_scope(), Permission.MANAGE_ACCOUNTS)
    if mine is None:
        return True
    theirs = set(person.memberships.values_list("site_id", flat=True))
    return bool(theirs) and theirs <= mine


def check_can_manage_person(person: User) -> None:
    """Raise NotAllowed unless this person is covered."""
    if not can_manage_person(person):
        raise NotAllowed("This person also works elsewhere; ask an administrator of the whole installation.")


def check_can_give(role: Role, site: Site | None) -> None:
    """A role is given or taken where one manages; wide roles only by wide administrators."""
    mine = sites_with(current_scope(), Permission.MANAGE_ACCOUNTS)
    if mine is not None and (site is None or site.pk not in mine):
        raise NotAllowed(f"You may not give or take the role of {role.label} there.")


def check_not_oneself(person: User) -> None:
    """Nobody widens or ends the own rights: a second person must agree."""
    if current_scope().actor == f"user:{person.key}":
        raise NotAllowed("Nobody changes the own roles or account here; ask another administrator.")


def check_not_last_administrator(person: User, leaving: Iterable[Membership]) -> None:
    """Somebody must stay who can manage the installation."""
    held = [m for m in leaving if m.site_id is None and m.role == Role.ADMINISTRATOR]
    others = Membership.objects.filter(site=None, role=Role.ADMINISTRATOR, user__is_active=True)
    if held and not others.exclude(user=person).exists():
        raise NotAllowed("This is the last administrator; give somebody else that role first.")
