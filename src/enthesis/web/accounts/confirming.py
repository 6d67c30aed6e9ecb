"""Asking a person for the password once more, counted like a log-in."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from enthesis.web.accounts.models import User

__all__ = ["is_password_of_reader"]


def is_password_of_reader(request: HttpRequest, password: str) -> bool:
    """Whether the reader of this request knows the own password.

    A wrong one counts towards the pause of log-in; while that lasts, no password is right.
    """
    if not isinstance(request.user, User):
        return False
    found = authenticate(request, email=request.user.email, password=password)
    return found is not None and found.pk == request.user.pk
