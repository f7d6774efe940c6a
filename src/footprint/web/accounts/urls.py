"""The URLs of sign-in and accounts. Only what stands here of the sign-in library is there."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from footprint.web.accounts.demo.views import sign_in_as
from footprint.web.accounts.outside import views as outside
from footprint.web.accounts.own import views as own
from footprint.web.accounts.people import views as people
from footprint.web.accounts.signing_in import views as signing_in

_own = [
    path("", own.account, name="account"),
    path("confirm/", own.confirm, name="confirm"),
    path("role/", own.roles, name="roles"),
    path("sessions/", own.sessions, name="sessions"),
    path("family/", own.declaration, name="declaration"),
    path("family/address/", own.declare_address, name="declare_address"),
    path("family/relative/", own.declare_relative, name="declare_relative"),
    path("family/<slug:what>/<int:number>/", own.withdraw, name="withdraw"),
    path("first/", own.first_password, name="first_password"),
    path("first/<str:token>/", own.follow_link, name="follow_link"),
    path("sign-in/as/", sign_in_as, name="demo_sign_in"),
    path("sign-in/with/<slug:name>/", outside.begin, name="identity_provider"),
    path("sign-in/with/<slug:name>/return/", outside.finish, name="identity_provider_return"),
]

_people = [
    path("people/", people.users, name="users"),
    path("people/new/", people.new_user, name="new_user"),
    path("people/link/", people.link, name="link"),
    path("people/<uuid:user_id>/", people.user, name="user"),
    path("people/<uuid:user_id>/details/", people.details, name="details"),
    path("people/<uuid:user_id>/role/", people.add_membership, name="add_membership"),
    path("people/<uuid:user_id>/role/<int:number>/", people.end_membership, name="end_membership"),
    path("people/<uuid:user_id>/link/", people.new_link, name="new_link"),
    path("people/<uuid:user_id>/sessions/", people.end_user_sessions, name="end_user_sessions"),
    path("people/<uuid:user_id>/second-factor/", people.reset_second_factor, name="reset_second_factor"),
    path("partners/", people.partners, name="partners"),
    path("partners/new/", people.new_partner, name="new_partner"),
    path("partners/partnership/", people.partnership, name="partnership"),
    path("partners/of/<slug:code>/", people.partner, name="partner"),
]

urlpatterns = [
    path("sign-in/", signing_in.SignIn.as_view(), name="account_login"),
    path("sign-in/second-step/", signing_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("confirm/password/", allauth.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/", signing_in.ChangePassword.as_view(), name="account_change_password"),
    path("second-factor/", factors.index, name="mfa_index"),
    path("second-factor/app/", signing_in.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/app/remove/", signing_in.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/", signing_in.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/new/", signing_in.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", signing_in.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("", include(([*_own, *_people], "accounts"))),
]
