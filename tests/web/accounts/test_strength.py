"""How strong a sign-in was: from its steps, and never stronger than they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.web.accounts.signing_in.strength import is_sufficient, proved_at, strength_of

PASSWORD = {"method": "password", "at": 1}
CODE = {"method": "mfa", "type": "totp", "at": 2}
KEY = {"method": "mfa", "type": "webauthn", "at": 2}
PASSKEY = {"method": "mfa", "type": "webauthn", "passwordless": True, "at": 2}
RECOVERY = {"method": "mfa", "type": "recovery_codes", "at": 2}
OIDC = {"method": "oidc", "mfa": False, "at": 1}
ASSERTED = {"method": "oidc", "mfa": True, "at": 1}


@pytest.mark.parametrize(
    ("steps", "strength", "sufficient"),
    [
        ([], "", False),
        ([PASSWORD], "password", False),
        ([PASSWORD, CODE], "password+totp", True),
        ([PASSWORD, KEY], "password+passkey", True),
        ([PASSWORD, RECOVERY], "password+recovery-code", True),
        ([PASSKEY], "passkey", True),
        ([OIDC], "oidc", False),
        ([ASSERTED], "oidc+mfa", True),
        ([OIDC, CODE], "oidc+totp", True),
        ([{"method": "demo", "at": 1}], "demo", False),
        ([CODE], "", False),  # a second step without a first one
        ([{"method": "oidc", "mfa": "false", "at": 1}], "oidc", False),  # only the truth itself counts
        ([{"method": "anything", "at": 1}], "", False),
    ],
)
def test_a_sign_in_is_as_strong_as_its_steps(steps, strength, sufficient):
    assert strength_of(steps) == strength
    assert is_sufficient(strength) == sufficient


@given(
    st.lists(
        st.sampled_from(
            [PASSWORD, OIDC, {"method": "demo", "at": 1}, {"method": "mfa", "type": "sms", "at": 1}]
        )
    )
)
def test_first_steps_alone_are_never_sufficient(steps):
    assert not is_sufficient(strength_of(steps))


@given(st.lists(st.sampled_from([PASSWORD, CODE, KEY, PASSKEY, RECOVERY, OIDC, ASSERTED])))
def test_a_second_factor_was_proved_no_later_than_anything(steps):
    second = proved_at(steps, second_factor=True)
    assert second <= proved_at(steps, second_factor=False)
    assert (second > 0) == any(step["method"] == "mfa" or step.get("mfa") is True for step in steps)
