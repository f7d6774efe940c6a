"""What the guide for suppliers says is what the code does: rules, fields, the worked example, and the check that it prints."""

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest

from footprint.referrals.codes import DECISIONS
from footprint.referrals.delivering import (
    RECEIVER_MUST,
    RETRY,
    Envelope,
    Message,
    Ready,
    Receipt,
    encode,
    headers,
)
from footprint.referrals.receiving import Decision
from footprint.referrals.signing import WINDOW, SharedSecret
from footprint.referrals.watched_folder import Manifest, SignedReceipt

GUIDE = (Path(__file__).parents[2] / "docs" / "delivering-to-another-system.md").read_text()
SECRET = b"an-invented-secret-of-at-least-32-bytes"
TARGET, NOW = "https://records.example/footprint", 1795683600
MESSAGE = Message(
    destination="records",
    record="referral/7f3a",
    number=2,
    kind="addition",
    created=dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC),
    body=b'{"said":"The grandmother\'s number was wrong."}',
)
CONTENT = encode(Ready(MESSAGE, 1))
FIELDS = headers(CONTENT, MESSAGE.key, TARGET, SharedSecret("records-2026", SECRET), NOW)


def test_the_rules_stand_there_word_by_word():
    assert re.findall(r"^\d\. (.*)$", GUIDE, re.MULTILINE) == list(RECEIVER_MUST)


@pytest.mark.parametrize("shape", [Envelope, Receipt, Manifest, SignedReceipt, Decision])
def test_every_field_is_explained(shape):
    assert [name for name in shape.__struct_fields__ if f"`{name}`" not in GUIDE] == []


def test_every_decision_is_named():
    assert ", ".join(f"`{code}`" for code in DECISIONS) in GUIDE


def test_figures_are_those_of_the_schedule():
    assert (RETRY.first, RETRY.longest, RETRY.alarm) == (
        dt.timedelta(seconds=15),
        dt.timedelta(minutes=30),
        6,
    )
    assert WINDOW == 5 * 60


def test_the_worked_example_is_what_is_sent():
    assert CONTENT.decode() in GUIDE
    assert [f"{name}: {value}" for name, value in FIELDS.items() if f"{name}: {value}" not in GUIDE] == []
    short = re.search(r'^\{"protocol".*"body":\{\}\}$', GUIDE, re.MULTILINE)
    assert short is not None
    assert msgspec.json.decode(short[0], type=Envelope).number == 2


def test_the_check_that_is_printed_takes_it_and_refuses_whatever_was_changed():
    (printed,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    space: dict = {}
    exec(printed, space)  # noqa: S102 - what the guide prints is run, so that it is known to work
    check = space["is_theirs"]
    assert check("POST", TARGET, FIELDS, CONTENT, SECRET, NOW + 1)
    assert not check("PUT", TARGET, FIELDS, CONTENT, SECRET, NOW + 1)
    assert not check("POST", TARGET + "/other", FIELDS, CONTENT, SECRET, NOW + 1)
    assert not check("POST", TARGET, FIELDS, CONTENT + b" ", SECRET, NOW + 1)
    assert not check("POST", TARGET, FIELDS | {"Idempotency-Key": "0" * 32}, CONTENT, SECRET, NOW + 1)
    assert not check("POST", TARGET, FIELDS, CONTENT, SECRET[::-1], NOW + 1)
    assert not check("POST", TARGET, FIELDS, CONTENT, SECRET, NOW + 301)
