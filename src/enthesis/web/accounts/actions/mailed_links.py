"""Links to choose a new password that a person asks for by e-mail: good once, for an hour."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.http import base36_to_int

from enthesis.errors import NotFound
from enthesis.web.accounts import lockout
from enthesis.web.accounts.actions.writing_down import write_down
from enthesis.web.accounts.models import Membership, User
from enthesis.web.accounts.password_mail import send_later
from enthesis.web.accounts.refusals import write_down_asker
from enthesis.web.accounts.scope import Scope, acting
from enthesis.web.audit.recording import Action

__all__ = ["TOKENS", "MailedLinkTokens", "ask_for_link", "holder", "use_link"]

MAILED = "mailed"


class MailedLinkTokens(PasswordResetTokenGenerator):
    """Tokens of mailed links, which end by themselves, by a new password and by a log-in.

    The salt is their own: the token of an invitation, which lives longer, is none of these.
    """

    key_salt = "enthesis.web.accounts.mailed_links"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether the token was made for this person within the hour and not used since."""
        if user is None or not token or not super().check_token(user, token):
            return False
        age = self._num_seconds(self._now()) - base36_to_int(token.partition("-")[0])
        return bool(age <= settings.MAILED_LINK_SECONDS)


TOKENS = MailedLinkTokens()


def ask_for_link(*, request: HttpRequest, email: str) -> None:
    """Mail a link to the account of ``email``; for no account, or none that may have one, nothing is mailed.

    Whether there is one must not be told by the time this takes: both ways cost one query, one line of the
    trail and one job for the thread that mails, and the link itself is made there.
    """
    person = _with_role(User.objects.filter(email=email))
    outcome = _outcome(person)
    action = Action.CHANGE if outcome == MAILED else Action.REFUSED
    key = str(person.key) if person else ""
    write_down_asker(request, action, "account", key, {"password_link_asked": outcome})
    send_later(person if outcome == MAILED else None, TOKENS)


def holder(key: str) -> User | None:
    """The person a mailed link names, while the account may have one."""
    person = _with_role(User.objects.filter(key=key))
    return person if _outcome(person) == MAILED else None


@transaction.atomic
def use_link(*, person: User, token: str, password: str) -> None:
    """Store the password the person chose; this ends the link, every session, and the pause of log-in.

    Raises:
        NotFound: The link was used in the meantime.
    """
    stored = User.objects.select_for_update().get(pk=person.pk)
    if not TOKENS.check_token(stored, token):
        raise NotFound("link", "of this mail")
    stored.set_password(password)
    stored.save(update_fields=("password",))
    lockout.unlock(stored)
    with acting(Scope(actor=f"user:{stored.key}")):
        write_down(Action.CHANGE, stored, {"password_set": "by a mailed link"})


def _with_role(found: QuerySet[User]) -> User | None:
    held = Membership.objects.filter(user=OuterRef("pk"))
    return found.annotate(holds_role=Exists(held)).first()


def _outcome(person: User | None) -> str:
    """``mailed``, or why not, as the trail tells it."""
    if person is None:
        return "no such account"
    if not person.is_active:
        return "the account is closed"
    if not person.holds_role:  # type: ignore[attr-defined]
        return "no role is held"
    # An invitation that ran out is renewed by who gave it.
    return MAILED if person.has_usable_password() else "no password was ever chosen"
