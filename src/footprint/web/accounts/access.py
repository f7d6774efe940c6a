"""Who may reach the pages of sign-in and accounts."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import ANYBODY, SIGNED_IN, Access, holding

_ADMINISTER: Final = holding("administer")

ACCESS: Final = {
    # Coming in, and out.
    "account_login": Access(ANYBODY, ANYBODY),
    "account_logout": Access(ANYBODY, ANYBODY),
    "mfa_authenticate": Access(ANYBODY, ANYBODY),
    "mfa_login_webauthn": Access(ANYBODY, ANYBODY),
    "accounts:demo_sign_in": Access(None, ANYBODY),
    "accounts:identity_provider": Access(ANYBODY),
    "accounts:identity_provider_return": Access(ANYBODY),
    "accounts:follow_link": Access(ANYBODY),
    "accounts:first_password": Access(ANYBODY, ANYBODY),
    # One's own account.
    "accounts:account": Access(SIGNED_IN),
    "accounts:confirm": Access(SIGNED_IN),
    "accounts:roles": Access(SIGNED_IN, SIGNED_IN),
    "accounts:sessions": Access(SIGNED_IN, SIGNED_IN),
    "accounts:declaration": Access(SIGNED_IN, SIGNED_IN),
    "accounts:declare_address": Access(SIGNED_IN, SIGNED_IN),
    "accounts:declare_relative": Access(SIGNED_IN, SIGNED_IN),
    "accounts:withdraw": Access(None, SIGNED_IN),
    "account_reauthenticate": Access(SIGNED_IN, SIGNED_IN),
    "account_change_password": Access(SIGNED_IN, SIGNED_IN),
    "mfa_reauthenticate": Access(SIGNED_IN, SIGNED_IN),
    "mfa_reauthenticate_webauthn": Access(SIGNED_IN, SIGNED_IN),
    "mfa_index": Access(SIGNED_IN),
    "mfa_activate_totp": Access(SIGNED_IN, SIGNED_IN),
    "mfa_deactivate_totp": Access(SIGNED_IN, SIGNED_IN),
    "mfa_view_recovery_codes": Access(SIGNED_IN),
    "mfa_generate_recovery_codes": Access(SIGNED_IN, SIGNED_IN),
    "mfa_list_webauthn": Access(SIGNED_IN),
    "mfa_add_webauthn": Access(SIGNED_IN, SIGNED_IN),
    "mfa_remove_webauthn": Access(SIGNED_IN, SIGNED_IN),
    # The administrator's pages.
    **dict.fromkeys(
        (
            "accounts:new_user",
            "accounts:details",
            "accounts:add_membership",
            "accounts:end_membership",
            "accounts:new_link",
            "accounts:reset_second_factor",
            "accounts:new_partner",
            "accounts:partner",
            "accounts:partnership",
        ),
        Access(_ADMINISTER, _ADMINISTER),
    ),
    "accounts:end_user_sessions": Access(None, _ADMINISTER),
    **dict.fromkeys(
        ("accounts:users", "accounts:user", "accounts:link", "accounts:partners"), Access(_ADMINISTER)
    ),
}
