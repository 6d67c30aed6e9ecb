"""Log-in, and what it says when there is nobody to log in."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.web.accounts.access import for_everyone
from enthesis.web.accounts.form_status import tells_refusal
from enthesis.web.accounts.models import User

__all__ = ["log_in", "log_in_page", "no_sign_up"]


class _LogIn(LoginView):
    """allauth's log-in, which also knows the first day of an installation."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether anybody has an account yet."""
        own = {"nobody_yet": not User.objects.exists(), "room": "clinic"}
        return super().get_context_data(**kwargs) | own


def log_in_page(request: HttpRequest, status: int) -> HttpResponse:
    """An empty form of log-in, after another way in was refused."""
    view = _LogIn()
    view.setup(request)
    empty = view.get_form_class()(request=request)
    return view.render_to_response(view.get_context_data(form=empty), status=status)


log_in = for_everyone(tells_refusal(_LogIn.as_view()))


@for_everyone
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Strangers cannot make an account; says who can."""
    return render(request, "account/signup_closed.html", {"room": "clinic"}, status=403)
