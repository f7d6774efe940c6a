"""Signatures against the examples of RFC 9421, appendix B, and against everything that a signature must notice."""

import base64

import pytest

from footprint.referrals.delivering import headers, receipt_components, signed_components
from footprint.referrals.signing import (
    PrivateKey,
    PublicKey,
    SharedSecret,
    SignatureRefused,
    Signed,
    check,
    content_digest,
    sign,
)

RFC_TIME = 1618884473
# RFC 9421 B.1.5 and B.1.4: the keys of the examples.
RFC_SECRET = base64.b64decode(
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
)
RFC_SEED = base64.urlsafe_b64decode("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU=")
RFC_PUBLIC = base64.urlsafe_b64decode("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs=")
DATE = "Tue, 20 Apr 2021 02:07:55 GMT"
HMAC_COMPONENTS = {"date": DATE, "@authority": "example.com", "content-type": "application/json"}
ED25519_COMPONENTS = {
    "date": DATE,
    "@method": "POST",
    "@path": "/foo",
    "@authority": "example.com",
    "content-type": "application/json",
    "content-length": "18",
}


def test_the_rfcs_example_with_a_shared_secret():
    signed = sign(HMAC_COMPONENTS, SharedSecret("test-shared-secret", RFC_SECRET), RFC_TIME, "sig-b25")
    assert signed.input == (
        'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'
    )
    assert signed.signature == "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"


def test_the_rfcs_example_with_ed25519():
    key = PrivateKey("test-key-ed25519", RFC_SEED)
    signed = sign(ED25519_COMPONENTS, key, RFC_TIME, "sig-b26")
    assert key.public == RFC_PUBLIC
    assert signed.signature == (
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
    )
    keys = {"test-key-ed25519": PublicKey(RFC_PUBLIC)}
    assert check(signed, ED25519_COMPONENTS, keys, RFC_TIME) == "test-key-ed25519"


OURS = PrivateKey("aldermarch-2026", b"\x01" * 32)
SECRET = SharedSecret("records-2026", b"\x02" * 32)
KEYS = {"aldermarch-2026": PublicKey(OURS.public), "records-2026": SECRET}
COMPONENTS = signed_components("POST", "https://records.example/inbox", b'{"a":1}', "k1")
NOW = 1_800_000_000


@pytest.mark.parametrize("key", [OURS, SECRET])
def test_what_was_signed_is_taken(key):
    assert check(sign(COMPONENTS, key, NOW), COMPONENTS, KEYS, NOW + 300) == key.id


@pytest.mark.parametrize("key", [OURS, SECRET])
@pytest.mark.parametrize(
    "other",
    [
        signed_components("PUT", "https://records.example/inbox", b'{"a":1}', "k1"),
        signed_components("POST", "https://other.example/inbox", b'{"a":1}', "k1"),
        signed_components("POST", "https://records.example/inbox", b'{"a":2}', "k1"),
        signed_components("POST", "https://records.example/inbox", b'{"a":1}', "k2"),
        receipt_components(200, b'{"a":1}', "k1"),
        {},
    ],
)
def test_whatever_is_changed_on_the_way_is_noticed(key, other):
    with pytest.raises(SignatureRefused):
        check(sign(COMPONENTS, key, NOW), other, KEYS, NOW)


@pytest.mark.parametrize("now", [NOW - 301, NOW + 301])
def test_a_signature_of_another_time_is_refused(now):
    with pytest.raises(SignatureRefused, match="clock"):
        check(sign(COMPONENTS, OURS, NOW), COMPONENTS, KEYS, now)


def test_a_key_that_nobody_knows_is_refused():
    with pytest.raises(SignatureRefused, match="public half"):
        check(sign(COMPONENTS, PrivateKey("stranger", b"\x09" * 32), NOW), COMPONENTS, KEYS, NOW)


def test_another_key_under_a_known_name_is_refused():
    with pytest.raises(SignatureRefused, match="does not fit"):
        check(sign(COMPONENTS, PrivateKey("aldermarch-2026", b"\x09" * 32), NOW), COMPONENTS, KEYS, NOW)


def test_a_public_key_is_no_secret_to_sign_with():
    """Whoever knows the public half can make an HMAC with it; which algorithm counts follows from the key, not the message."""
    with pytest.raises(SignatureRefused, match="does not fit"):
        check(sign(COMPONENTS, SharedSecret("aldermarch-2026", OURS.public), NOW), COMPONENTS, KEYS, NOW)


@pytest.mark.parametrize(
    "signed",
    [
        Signed("", ""),
        Signed("footprint=nonsense", "footprint=:AAAA:"),
        Signed('one=("date");created=1;keyid="k"', "other=:AAAA:"),
        Signed('a=("date");created=1;keyid="k";alg="none"', "a=:AAAA:"),
    ],
)
def test_what_is_no_signature_is_refused(signed):
    with pytest.raises(SignatureRefused, match="not signed in a way"):
        check(signed, COMPONENTS, KEYS, NOW)


def test_base64_that_is_none_is_refused():
    signed = sign(COMPONENTS, OURS, NOW)._replace(signature="footprint=:A===:")
    with pytest.raises(SignatureRefused, match="does not fit"):
        check(signed, COMPONENTS, KEYS, NOW)


def test_a_line_break_signs_nothing_else():
    with pytest.raises(ValueError, match="line break"):
        sign({"idempotency-key": 'a\n"@method": GET'}, OURS, NOW)


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="too short"):
        SharedSecret("short", b"secret")


def test_a_request_carries_its_digest_its_key_and_its_signature():
    fields = headers(b'{"a":1}', "k1", "https://records.example/inbox", OURS, NOW)
    assert fields["Content-Digest"] == content_digest(b'{"a":1}')
    assert fields["Idempotency-Key"] == "k1"
    assert check(Signed(fields["Signature-Input"], fields["Signature"]), COMPONENTS, KEYS, NOW)
