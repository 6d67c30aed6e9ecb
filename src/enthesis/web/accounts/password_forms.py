"""Forms of a forgotten password: django-allauth's, with links and a trail of our own."""

from typing import Any

from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm, UserTokenForm
from django.http import HttpRequest

from enthesis.web.accounts.actions.mailed_links import TOKENS, ask_for_link, holder, use_link
from enthesis.web.accounts.models import User

__all__ = ["AskForLinkForm", "ChoosePasswordForm", "MailedLinkForm"]


class AskForLinkForm(ResetPasswordForm):
    """The address a link is mailed to, if it has an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say which address is meant."""
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label, field.help_text = "E-mail address", "The one you log in with."
        field.error_messages["invalid"] = "Write one such as name@example.org."
        field.widget.attrs |= {"autofocus": True, "placeholder": False}

    def clean_email(self) -> str:
        """As the box gives it, in lower case; whether it has an account is not looked up here."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Ask for the link."""
        email = str(self.cleaned_data["email"])
        ask_for_link(request=request, email=email)
        return email


class MailedLinkForm(UserTokenForm):
    """Whose link it is, and whether it is still good."""

    token_generator = TOKENS

    def _get_user(self, uidb36: str) -> User | None:
        return holder(uidb36)


class ChoosePasswordForm(ResetPasswordKeyForm):
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the first box."""
        super().__init__(*args, **kwargs)
        for name, label in (("password1", "New password"), ("password2", "New password, again")):
            self.fields[name].label = label
            self.fields[name].widget.attrs |= {"autofocus": name == "password1", "placeholder": False}

    def save(self) -> None:
        """Use the link up."""
        use_link(person=self.user, token=self.temp_key, password=self.cleaned_data["password1"])
