"""A forgotten password: a link by e-mail when a mail server is set, otherwise who can help."""

from typing import Any

from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.web.accounts.access import for_everyone
from enthesis.web.accounts.form_status import tells_refusal

__all__ = ["ask", "asked", "choose"]

METHODS = ["GET", "HEAD", "POST"]
TOO_OFTEN = 429


class _Ask(PasswordResetView):
    """Asking for a link, where links can be mailed at all."""

    template_name = "account/forgotten.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without a mail server only words, and nothing to send."""
        if settings.EMAIL_CONFIGURED:
            return super().dispatch(request, *args, **kwargs)
        page = render(request, self.template_name, {"room": "clinic"}, status=_status_of_words(request))
        page["Allow"] = "GET, HEAD"
        return page

    def form_valid(self, form: Form) -> HttpResponse:
        """The same page for every address; too many wishes are told as such."""
        answer = super().form_valid(form)
        if answer.status_code != TOO_OFTEN:
            return answer
        page = render(self.request, "account/forgotten_too_often.html", {"room": "clinic"}, status=TOO_OFTEN)
        page["Retry-After"] = "3600"
        return page

    def get_success_url(self) -> str:
        """What happens next."""
        return reverse("account_reset_password_done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Links can be mailed."""
        return super().get_context_data(**kwargs) | {"mails": True, "room": "clinic"}


class _Choose(PasswordResetFromKeyView):
    """The new password, by a link that is good; nobody is logged in by it."""

    template_name = "account/forgotten_choose.html"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The form, or that the link is over."""
        if context.get("token_fail"):
            over = {"mails": settings.EMAIL_CONFIGURED, "room": "clinic"}
            return render(self.request, "account/forgotten_over.html", over, status=404)
        return super().render_to_response(context | {"person": self.reset_user, "room": "clinic"}, **kwargs)

    def get_success_url(self) -> str:
        """The log-in, with the second factor where there is one."""
        return reverse("account_login")


@for_everyone
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next, in the same words whether there is an account or not."""
    if not settings.EMAIL_CONFIGURED:
        return redirect("account_reset_password")
    return render(request, "account/forgotten_asked.html", {"room": "clinic"})


def _status_of_words(request: HttpRequest) -> int:
    return 405 if request.method == "POST" else 200


ask = for_everyone(require_http_methods(METHODS)(tells_refusal(_Ask.as_view())))
choose = for_everyone(
    never_cache(sensitive_post_parameters()(require_http_methods(METHODS)(tells_refusal(_Choose.as_view()))))
)
