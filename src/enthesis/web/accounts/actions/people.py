"""Inviting people, and what an administrator may do to an account; never knowing its password."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts import lockout
from enthesis.web.accounts.actions.roles import give_role
from enthesis.web.accounts.actions.writing_down import write_down
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.rules import (
    check_can_give,
    check_can_manage_person,
    check_not_last_administrator,
    check_not_oneself,
)
from enthesis.web.audit.recording import Action

__all__ = ["deactivate", "invite_person", "reactivate", "reset_second_factor", "unlock_person"]


@transaction.atomic
def invite_person(*, email: str, name: str, role: Role, site: Site | None) -> User:
    """A new account with one role, which opens when its invitation is used.

    Raises:
        InvalidData: The address is none or is taken, the name is empty, or the role needs a site.
        NotAllowed: The one who acts may not give this role there.
    """
    check_can_give(role, site)
    _check_new(email, name)
    person = User.objects.create_user(email, None, name=name.strip())
    write_down(Action.CREATE, person, {}, site=site)
    give_role(person=person, role=role, site=site)
    return person


@transaction.atomic
def deactivate(*, person: User) -> None:
    """Close an account: no log-in, and every open session ends with its next click.

    Raises:
        NotAllowed: Oneself, the last administrator, or a person of another site.
    """
    check_not_oneself(person)
    check_can_manage_person(person)
    check_not_last_administrator(person, person.memberships.all())
    _set_active(person, False)


@transaction.atomic
def reactivate(*, person: User) -> None:
    """Open a closed account again."""
    check_can_manage_person(person)
    _set_active(person, True)


@transaction.atomic
def unlock_person(*, person: User) -> None:
    """End the pause after wrong passwords."""
    check_can_manage_person(person)
    lockout.unlock(person)
    write_down(Action.CHANGE, person, {"unlocked": True})


@transaction.atomic
def reset_second_factor(*, person: User) -> None:
    """Forget telephone codes, passkeys and recovery codes of someone who lost them."""
    check_not_oneself(person)
    check_can_manage_person(person)
    removed, _ = Authenticator.objects.filter(user=person).delete()
    write_down(Action.CHANGE, person, {"second_factors_removed": removed})


def _set_active(person: User, active: bool) -> None:
    if person.is_active != active:
        person.is_active = active
        person.save(update_fields=("is_active",))
        write_down(Action.CHANGE, person, {"is_active": [not active, active]})


def _check_new(email: str, name: str) -> None:
    faults = [] if name.strip() else [Fault("this is empty.", "name", "Write the name colleagues know.")]
    try:
        validate_email(email)
    except ValidationError:
        faults.append(Fault("this is no e-mail address.", "email", "Write one such as name@example.org."))
    if User.objects.filter(email__iexact=email).exists():
        repair = "Give the person a role here instead; an administrator of the whole installation can."
        faults.append(Fault("this address has an account already.", "email", repair))
    if faults:
        raise InvalidData(faults)
