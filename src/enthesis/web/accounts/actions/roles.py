"""Giving and taking roles."""

from django.db import transaction

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.actions.writing_down import write_down
from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.roles import INSTALLATION_WIDE, Role
from enthesis.web.accounts.rules import check_can_give, check_not_last_administrator, check_not_oneself
from enthesis.web.audit.recording import Action

__all__ = ["give_role", "take_role"]


@transaction.atomic
def give_role(*, person: User, role: Role, site: Site | None) -> Membership:
    """The role, at a site or for the whole installation; giving it twice changes nothing.

    Raises:
        InvalidData: A role that meets patients without a site.
        NotAllowed: To oneself, or where the one who acts does not manage.
    """
    check_not_oneself(person)
    check_can_give(role, site)
    if site is None and role not in INSTALLATION_WIDE:
        raise InvalidData(Fault(f"a {role.label} works at a site.", "site", "Choose the site."))
    held, is_new = Membership.objects.get_or_create(user=person, site=site, role=role.value)
    if is_new:
        write_down(Action.CHANGE, person, {"role_given": role.value}, site=site)
    return held


@transaction.atomic
def take_role(*, held: Membership) -> None:
    """Take a role away; the person keeps the account.

    Raises:
        NotAllowed: One's own, the last administrator's, or where the one who acts does not manage.
    """
    check_not_oneself(held.user)
    check_can_give(Role(held.role), held.site)
    check_not_last_administrator(held.user, [held])
    write_down(Action.CHANGE, held.user, {"role_taken": held.role}, site=held.site)
    held.delete()
