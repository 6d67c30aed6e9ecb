"""Links by which a person sets a password: good once, for three days, shown to the administrator."""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from enthesis.errors import NotFound
from enthesis.web.accounts.actions.writing_down import write_down
from enthesis.web.accounts.models import User
from enthesis.web.accounts.rules import check_can_manage_person, check_not_oneself
from enthesis.web.accounts.scope import Scope, acting
from enthesis.web.audit.recording import Action

__all__ = ["invited", "make_link", "send_link", "set_password"]


@transaction.atomic
def make_link(*, person: User) -> str:
    """Path of a fresh link; an older one of somebody who never set a password dies.

    Raises:
        NotAllowed: For oneself, or a person of another site.
    """
    check_not_oneself(person)
    check_can_manage_person(person)
    if not person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=("password",))
    write_down(Action.CHANGE, person, {"password_link_made": True})
    token = default_token_generator.make_token(person)
    return reverse("account_invitation", kwargs={"person": person.key, "token": token})


def send_link(*, person: User, address: str) -> None:
    """The link by mail; the caller knows that a mail server is set."""
    text = render_to_string("accounts/mail/invitation.txt", {"person": person, "address": address})
    send_mail("Your account in Enthesis", text, None, [person.email])


def invited(key: UUID, token: str) -> User:
    """The person a link is for.

    Raises:
        NotFound: Used, older than three days, replaced, changed, or the account is closed.
    """
    person = User.objects.filter(key=key, is_active=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        raise NotFound("invitation", "of this link")
    return person


@transaction.atomic
def set_password(*, person: User, password: str) -> None:
    """Store a password the person chose; the link is used up by that, and other sessions end."""
    person.set_password(password)
    person.save(update_fields=("password",))
    with acting(Scope(actor=f"user:{person.key}")):
        write_down(Action.CHANGE, person, {"password_set": True})
