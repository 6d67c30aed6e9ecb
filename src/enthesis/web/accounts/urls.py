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

from enthesis.web.accounts.access import for_everyone, own_account
from enthesis.web.accounts.views import invitation, log_in, own, people, sites, trail

_FACTOR = "account/second-factor/"
_PASSKEYS = f"{_FACTOR}passkeys/"
_PERSON = "administration/people/<uuid:person>/"

urlpatterns = [
    path("account/", own.overview, name="account"),
    path("account/sessions/", own.sessions, name="usersessions_list"),
    path("account/login/", log_in.log_in, name="account_login"),
    path("account/logout/", for_everyone(account.logout), name="account_logout"),
    path("account/closed/", for_everyone(account.account_inactive), name="account_inactive"),
    path("account/forgotten/", log_in.forgotten, name="account_reset_password"),
    path("account/new/", log_in.no_sign_up, name="account_signup"),
    path("account/invitation/<uuid:person>/<str:token>/", invitation.invitation, name="account_invitation"),
    path("account/confirm/", own_account(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/", own_account(account.password_change), name="account_change_password"),
    path("account/password/first/", own_account(account.password_set), name="account_set_password"),
    path(_FACTOR, own_account(factor.index), name="mfa_index"),
    path(f"{_FACTOR}log-in/", for_everyone(factor.authenticate), name="mfa_authenticate"),
    path(f"{_FACTOR}confirm/", own_account(factor.reauthenticate), name="mfa_reauthenticate"),
    path(f"{_FACTOR}codes/", own_account(totp.activate_totp), name="mfa_activate_totp"),
    path(f"{_FACTOR}codes/stop/", own_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_FACTOR}recovery/", own_account(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{_FACTOR}recovery/new/",
        own_account(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_FACTOR}recovery/file/",
        own_account(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(_PASSKEYS, own_account(passkey.list_webauthn), name="mfa_list_webauthn"),
    path(f"{_PASSKEYS}new/", own_account(passkey.add_webauthn), name="mfa_add_webauthn"),
    path(f"{_PASSKEYS}log-in/", for_everyone(passkey.login_webauthn), name="mfa_login_webauthn"),
    path(
        f"{_PASSKEYS}confirm/",
        own_account(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{_PASSKEYS}<int:pk>/", own_account(passkey.edit_webauthn), name="mfa_edit_webauthn"),
    path(f"{_PASSKEYS}<int:pk>/remove/", own_account(passkey.remove_webauthn), name="mfa_remove_webauthn"),
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
