"""The mail with a link to choose a new password, sent by a thread after the answer has gone out."""

from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from enthesis.web.accounts.models import User

__all__ = ["send_later"]

SUBJECT = "Choose a new password for Enthesis"
HEADERS = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no "out of office" in answer
log = structlog.get_logger("enthesis.web")
# One thread: a mail server that hangs holds up other mails, never a page.
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="password-mail")


def send_later(person: User | None, tokens: PasswordResetTokenGenerator) -> Future[None]:
    """Make a link and mail it to a person; nobody costs the caller the same and gets nothing."""
    return _post.submit(_send, person, tokens)


def _send(person: User | None, tokens: PasswordResetTokenGenerator) -> None:
    if person is None:
        return
    try:
        _mail(person, tokens.make_token(person)).send()
    except Exception as error:  # a thread has nobody above it who would tell; the words may hold the address
        log.error("mail failed", kind=type(error).__name__)


def _mail(person: User, token: str) -> EmailMessage:
    # The address of the setting: the name in a request is what whoever asked has written there.
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": person.key, "key": token})
    context = {"person": person, "address": f"{settings.PUBLIC_URL}{path}", "site": settings.PUBLIC_URL}
    text = render_to_string("accounts/mail/password_link.txt", context)
    return EmailMessage(SUBJECT, text, None, [person.email], headers=HEADERS)
