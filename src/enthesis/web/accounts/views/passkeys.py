"""Passkeys that were refused: the page again with words and status 422, not a detour to another page."""

from typing import Any

from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpResponse

from enthesis.web.accounts.views.log_in import log_in_page

__all__ = ["confirm", "log_in"]

REFUSED = 422


class _LogIn(LoginWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        for words in form.errors.get("credential", []):
            messages.error(self.request, words)
        return log_in_page(self.request, REFUSED)


class _Confirm(ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data() | {"form": form}, status=REFUSED)


log_in = _LogIn.as_view()
confirm = _Confirm.as_view()
