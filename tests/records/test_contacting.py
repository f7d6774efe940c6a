"""Phones and e-mail addresses: one form each, and which of them belong to one person."""

from __future__ import annotations

import pytest
from hypothesis import given

from footprint.records.contacting import check_email, check_phone, is_mobile
from tests.records.any_text import TEXTS

PHONES = {
    "07700 900123": "+447700900123",
    "+44 7700 900123": "+447700900123",
    "+44 (0)7700 900123": "+447700900123",
    "0044 7700 900123": "+447700900123",
    "447700900123": "+447700900123",
    "7700900123": "+447700900123",
    "07700-900-123 ext 4": "+447700900123",
    "0121 496 0123": "+441214960123",
    "01922 650000": "+441922650000",
    "+48 601 234 567": "+48601234567",
}
NO_PHONES = ["", "999", "07000000000", "07777777777", "07712345678", "unknown", "0", "0800", "+44", "+1"]
EMAILS = {
    "Sana.Khan@Mail.org.uk": "sana.khan@mail.org.uk",
    " sana@mail.com ": "sana@mail.com",
    "mailto:a.b+c@d.io": "a.b+c@d.io",
}
NO_EMAILS = [
    "",
    "none",
    "sana@",
    "@mail.com",
    "sana@mail",
    "noreply@school.org",
    "no-reply@nhs.net",
    "office@school.sch.uk",
    "a@none.com",
]


@pytest.mark.parametrize(("text", "number"), PHONES.items())
def test_a_phone_has_one_form(text, number):
    assert check_phone(text) == (number, "")


@pytest.mark.parametrize("text", NO_PHONES)
def test_a_filler_or_service_is_nobodys_phone(text):
    assert check_phone(text).reason


@pytest.mark.parametrize(
    ("text", "mobile"), [("07700 900123", True), ("0121 496 0123", False), ("+48 601234567", True)]
)
def test_a_mobile_is_personal_and_a_landline_is_not(text, mobile):
    assert is_mobile(check_phone(text).value) is mobile


@pytest.mark.parametrize(("text", "address"), EMAILS.items())
def test_an_email_address_has_one_form(text, address):
    assert check_email(text) == (address, "")


@pytest.mark.parametrize("text", NO_EMAILS)
def test_a_shared_or_invented_mailbox_is_nobodys(text):
    assert check_email(text).reason


@given(TEXTS)
def test_any_text_is_checked_and_a_good_value_checks_as_itself(text):
    for rule in (check_phone, check_email):
        checked = rule(text)
        if not checked.reason:
            assert rule(checked.value) == checked
