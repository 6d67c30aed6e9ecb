"""Addresses of accounts: one's own, the administrator's, the auditor's.

The pages of django-allauth are listed one by one: what is not listed (sign-up, changing the address one logs
in with) does not exist, and each carries the mark of who may open it.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from enthesis.web.accounts.access import View, for_everyone, own_account
from enthesis.web.accounts.form_status import tells_refusal
from enthesis.web.accounts.views import forgotten, invitation, log_in, own, passkeys, people, sites, trail


def _own(view: View) -> View:
    return own_account(tells_refusal(view))


def _open(view: View) -> View:
    return for_everyone(tells_refusal(view))


_FORGOTTEN = "account/forgotten/"
_FACTOR = "account/second-factor/"
_PASSKEYS = f"{_FACTOR}passkeys/"
_PERSON = "administration/people/<uuid:person>/"

urlpatterns = [
    path("account/", own.overview, name="account"),
    path("account/sessions/", own.sessions, name="usersessions_list"),
    path("account/login/", log_in.log_in, name="account_login"),
    path("account/logout/", _open(account.logout), name="account_logout"),
    path("account/closed/", _open(account.account_inactive), name="account_inactive"),
    path(_FORGOTTEN, forgotten.ask, name="account_reset_password"),
    path(f"{_FORGOTTEN}asked/", forgotten.asked, name="account_reset_password_done"),
    path(f"{_FORGOTTEN}<uuid:uidb36>/<str:key>/", forgotten.choose, name="account_reset_password_from_key"),
    path("account/new/", log_in.no_sign_up, name="account_signup"),
    path("account/invitation/<uuid:person>/<str:token>/", invitation.invitation, name="account_invitation"),
    path("account/confirm/", _own(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/", _own(account.password_change), name="account_change_password"),
    path("account/password/first/", _own(account.password_set), name="account_set_password"),
    path(_FACTOR, _own(factor.index), name="mfa_index"),
    path(f"{_FACTOR}log-in/", _open(factor.authenticate), name="mfa_authenticate"),
    path(f"{_FACTOR}confirm/", _own(factor.reauthenticate), name="mfa_reauthenticate"),
    path(f"{_FACTOR}codes/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path(f"{_FACTOR}codes/stop/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_FACTOR}recovery/", _own(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{_FACTOR}recovery/new/",
        _own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_FACTOR}recovery/file/",
        _own(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(_PASSKEYS, _own(passkey.list_webauthn), name="mfa_list_webauthn"),
    path(f"{_PASSKEYS}new/", _own(passkey.add_webauthn), name="mfa_add_webauthn"),
    path(f"{_PASSKEYS}log-in/", _open(passkeys.log_in), name="mfa_login_webauthn"),
    path(
        f"{_PASSKEYS}confirm/",
        _own(passkeys.confirm),
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{_PASSKEYS}<int:pk>/", _own(passkey.edit_webauthn), name="mfa_edit_webauthn"),
    path(f"{_PASSKEYS}<int:pk>/remove/", _own(passkey.remove_webauthn), name="mfa_remove_webauthn"),
    path("administration/", people.everyone, name="administration"),
    path("administration/roles/", people.roles, name="account_roles"),
    path("administration/sites/new/", sites.new, name="account_new_site"),
    path("administration/sites/<uuid:site>/", sites.edit, name="account_site"),
    path("administration/people/new/", people.invite, name="account_invite"),
    path(_PERSON, people.one, name="account_person"),
    path(f"{_PERSON}roles/", people.give, name="account_give_role"),
    path(f"{_PERSON}roles/take/", people.take, name="account_take_role"),
    path(f"{_PERSON}link/", people.link, name="account_link"),
    path(f"{_PERSON}<slug:what>/", people.act, name="account_act"),
    path("audit/", trail.trail, name="audit_trail"),
    path("audit/verify/", trail.verify, name="audit_verify"),
]
