"""Addresses of sign-in, only for pages that we want: no sign-up, no change of address, no sign-in by mail."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from schoolgate.web.signin import school_account, views

urlpatterns = [
    path("sign-in", school_account.SignInView.as_view(), name="account_login"),
    path("sign-in/school", school_account.choose, name="school-accounts"),
    path("sign-in/school/<slug:directory>", school_account.start, name="school-account-start"),
    path("sign-in/school/<slug:directory>/back", school_account.back, name="school-account-back"),
    path("me/school-accounts", school_account.mine, name="my-school-accounts"),
    path("me/school-accounts/end", school_account.end, name="end-my-school-account"),
    path(
        "me/school-accounts/join/<slug:directory>", school_account.start_joining, name="join-school-account"
    ),
    path("people/school-accounts", school_account.of_federation, name="people-school-accounts"),
    path(
        "invitation/school/<slug:directory>",
        school_account.start_with_invitation,
        name="school-account-invitation",
    ),
    path("sign-in/second-step", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out", account.logout, name="account_logout"),
    path("sign-in/closed", account.account_inactive, name="account_inactive"),
    path("account/confirm", views.ConfirmView.as_view(), name="account_reauthenticate"),
    path("account/confirm/code", views.ConfirmByCodeView.as_view(), name="mfa_reauthenticate"),
    path("account/confirm/passkey", views.ConfirmByPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/password", views.PasswordChangedView.as_view(), name="account_change_password"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/new/<base36:uidb36>-<secret:key>",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/second-step", views.SecondStepView.as_view(), name="mfa_index"),
    path("account/second-step/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-step/app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-step/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-step/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-step/codes/file", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/second-step/passkey", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "account/second-step/passkeys/<int:pk>/remove",
        views.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-step/passkeys/<int:pk>", views.RenamePasskeyView.as_view(), name="mfa_edit_webauthn"
    ),
    path("invitation", views.choose_password, name="choose_password"),
    path("invitation/<secret:token>", views.open_invitation, name="invitation"),
]
