"""A delivery through a folder: whole, unchanged and theirs, or refused with what is wrong; and e-mail that says nothing."""

import datetime as dt

import msgspec
import pytest

from footprint.referrals.delivering import Message, Ready, Receipt, ReceiptUnreadable
from footprint.referrals.notifying import WAITS, notice
from footprint.referrals.signing import PrivateKey, PublicKey, SignatureRefused
from footprint.referrals.watched_folder import (
    Manifest,
    ManifestRefused,
    check_files,
    laid_out,
    manifest_name,
    read_manifest,
    read_receipt_file,
    receipt_file,
    receipt_name,
)

NOW, DAY = 1_800_000_000, 86_400
T0 = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
OURS = PrivateKey("ours", b"\x01" * 32)
KEYS = {"ours": PublicKey(OURS.public)}
TURN = Ready(
    Message(destination="records", record="referral/1", number=1, kind="referral", created=T0, body=b"{}"), 0
)
KEY = TURN.message.key
FILES = laid_out(TURN, {"referral.pdf": b"%PDF"}, OURS, NOW)
MANIFEST = read_manifest(FILES[manifest_name(KEY)])


def test_the_manifest_is_written_last_and_names_the_rest():
    assert list(FILES) == [f"{KEY}.json", f"{KEY}.referral.pdf", manifest_name(KEY)]
    assert [one.name for one in MANIFEST.files] == list(FILES)[:2]
    check_files(MANIFEST, FILES, KEYS, NOW + DAY, DAY)


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "not arrived"),
        ({f"{KEY}.json": FILES[f"{KEY}.json"], f"{KEY}.referral.pdf": b"%PD"}, "cut short"),
        (FILES | {f"{KEY}.json": FILES[f"{KEY}.json"].replace(b'"number":1', b'"number":2')}, "changed"),
    ],
)
def test_what_is_not_whole_waits(files, what):
    with pytest.raises(ManifestRefused, match=what):
        check_files(MANIFEST, files, KEYS, NOW, DAY)


def test_a_manifest_of_somebody_elses_is_refused():
    theirs = read_manifest(laid_out(TURN, {}, PrivateKey("ours", b"\x02" * 32), NOW)[manifest_name(KEY)])
    with pytest.raises(SignatureRefused):
        check_files(theirs, FILES, KEYS, NOW, DAY)
    with pytest.raises(SignatureRefused):
        check_files(MANIFEST, FILES, KEYS, NOW + DAY + 1, DAY)


def altered(**said):
    return msgspec.json.encode(msgspec.structs.replace(MANIFEST, **said))


@pytest.mark.parametrize(
    "name", ["../etc/passwd", f"{KEY}/x.json", f"{'0' * 32}.json", f"{KEY}.sh", f"{KEY}.Smith.json"]
)
def test_no_name_leads_out_of_the_folder_or_says_anything(name):
    file = msgspec.structs.replace(MANIFEST.files[0], name=name)
    with pytest.raises(ManifestRefused, match="name that no delivery gives"):
        read_manifest(altered(files=(file,)))


@pytest.mark.parametrize("content", [b"", b"{}", altered(protocol="footprint-outbox/0")])
def test_what_is_no_manifest_is_refused(content):
    with pytest.raises(ManifestRefused, match="manifest"):
        read_manifest(content)


def test_a_manifest_says_nothing_about_anybody():
    assert Manifest.__struct_fields__ == (
        "protocol", "key", "record", "number", "after", "files", "input", "signature",
    )  # fmt: skip


RECEIPT = Receipt(key=KEY, outcome="accepted", received=T0, reference="REC-000001")


def test_a_receipt_comes_back_through_the_folder():
    content = receipt_file(RECEIPT, OURS, NOW)
    assert receipt_name(KEY) == f"{KEY}.receipt.json"
    assert read_receipt_file(content, TURN.message, KEYS, NOW + 9, DAY) == RECEIPT


def test_a_receipt_that_is_none_or_not_theirs_is_refused():
    with pytest.raises(ReceiptUnreadable):
        read_receipt_file(b"{}", TURN.message, KEYS, NOW, DAY)
    content = receipt_file(RECEIPT, OURS, NOW).replace(b"REC-000001", b"REC-000002")
    with pytest.raises(SignatureRefused):
        read_receipt_file(content, TURN.message, KEYS, NOW, DAY)


@pytest.mark.parametrize("kind", sorted(WAITS))
def test_an_email_carries_a_reference_and_where_to_sign_in(kind):
    said = notice(kind, "REF-2026-000123", "https://footprint.example/")
    assert said.subject.endswith("REF-2026-000123")
    assert "https://footprint.example/" in said.text
    assert not {"child", "referral", "police"} & set(f"{said.subject} {said.text}".lower().split())


@pytest.mark.parametrize(
    "reference", ["", "Amandeep Kaur", "KAUR", "REF-1\nBcc: x", "ref-1", "REF 1", "REF-1-1-1-1-1"]
)
def test_nothing_but_a_reference_goes_into_an_email(reference):
    with pytest.raises(ValueError, match="no reference of ours"):
        notice("referral", reference, "https://footprint.example/")


@pytest.mark.parametrize(
    "site", ["http://footprint.example/", "https://footprint.example/referrals/7?name=Kaur", ""]
)
def test_the_address_is_the_sites_alone(site):
    with pytest.raises(ValueError, match="address of the site"):
        notice("referral", "REF-1", site)
