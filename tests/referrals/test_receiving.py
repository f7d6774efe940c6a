"""The receiver's rule as a table, what it cannot read, and how decisions that come in stand to each other."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.delivering import Envelope, Message, Ready, encode
from footprint.referrals.receiving import (
    Closure,
    Decision,
    DecisionUnreadable,
    EnvelopeUnreadable,
    Receiver,
    read_closure,
    read_decision,
    read_envelope,
    settle,
    settle_closure,
)

T0 = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)


def envelope(number=1, after=None, record="r1", body=b"{}", **said):
    message = Message(
        destination="records", record=record, number=number, kind="referral", created=T0, body=body
    )
    sent = read_envelope(encode(Ready(message, number - 1 if after is None else after)))
    return msgspec.structs.replace(sent, **said)


def after_taking(*envelopes):
    receiver = Receiver()
    for one in envelopes:
        receiver, _ = receiver.receive(one, T0)
    return receiver


TABLE = [
    ("the first of a record", [], envelope(), "accepted", True),
    ("the next", [envelope()], envelope(2), "accepted", True),
    ("the same again", [envelope()], envelope(), "accepted", False),
    (
        "the same again, which now follows more",
        [envelope(), envelope(3, after=1)],
        envelope(3, after=1),
        "accepted",
        False,
    ),
    ("a known key with other content", [envelope()], envelope(body=b'{"a":1}'), "refused", False),
    ("a second before its first", [], envelope(2), "wait", False),
    ("a third whose second was set aside", [envelope()], envelope(3, after=1), "accepted", True),
    ("a second after a third", [envelope(), envelope(3, after=1)], envelope(2), "refused", False),
    ("another record", [envelope()], envelope(record="r2"), "accepted", True),
]


@pytest.mark.parametrize(("what", "before", "now", "outcome", "effect"), TABLE, ids=[row[0] for row in TABLE])
def test_what_a_receiver_does(what, before, now, outcome, effect):
    receiver = after_taking(*before)
    after, receipt = receiver.receive(now, T0)
    assert receipt.outcome == outcome
    assert (after != receiver) is effect
    assert bool(receipt.sentence) is (outcome != "accepted")
    assert receipt.key == now.key


def test_a_record_keeps_its_reference_and_each_record_has_its_own():
    receiver = after_taking(envelope(), envelope(2), envelope(record="r2"))
    assert receiver.records["r1"].reference == "REC-000001"
    assert receiver.records["r2"].reference == "REC-000002"
    _, late = receiver.receive(envelope(9, after=8), T0)
    assert late.reference == "REC-000001"


def test_the_receipt_that_comes_again_is_the_one_that_came_first():
    receiver, first = Receiver().receive(envelope(), T0)
    _, again = receiver.receive(envelope(), T0 + dt.timedelta(days=3))
    assert again == first


def test_a_receivers_state_can_be_kept():
    receiver = after_taking(envelope(), envelope(2))
    assert msgspec.json.decode(msgspec.json.encode(receiver), type=Receiver) == receiver


GOOD = msgspec.json.decode(
    encode(Ready(Message(destination="d", record="r", number=2, kind="decision", created=T0, body=b"1"), 1))
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        msgspec.json.encode(GOOD | {"more": 1}),
        msgspec.json.encode(GOOD | {"protocol": "footprint-outbox/9"}),
        msgspec.json.encode(GOOD | {"kind": "footage"}),
        msgspec.json.encode(GOOD | {"number": 0}),
        msgspec.json.encode(GOOD | {"after": 2}),
        msgspec.json.encode(GOOD | {"after": -1}),
        msgspec.json.encode(GOOD | {"key": ""}),
        msgspec.json.encode(GOOD | {"record": ""}),
    ],
)
def test_what_is_no_message_is_refused_without_repeating_it(content):
    with pytest.raises(EnvelopeUnreadable) as refused:
        read_envelope(content)
    assert "footage" not in str(refused.value)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 4), st.sampled_from([b"1", b"2"])), max_size=20))
def test_whatever_comes_no_key_has_two_effects_and_numbers_only_grow(arrivals):
    receiver, last = Receiver(), 0
    for number, after, body in arrivals:
        if after < number:
            receiver, receipt = receiver.receive(envelope(number, after, body=body), T0)
            kept = receiver.records.get("r1")
            assert (kept.last if kept else 0) >= last
            assert receipt.outcome in ("accepted", "refused", "wait")
            last = kept.last if kept else 0
    effects = receiver.records["r1"].effects if receiver.records else ()
    assert len(set(effects)) == len(effects)
    assert set(effects) == set(receiver.keys)


# ------------------------------------------------ decisions


def decision(code="section-17", system="front-door", reference="D1", replaces=""):
    return Decision(
        decision=code,
        reason="Threshold met",
        by="A. Okafor",
        at=T0,
        system=system,
        reference=reference,
        replaces=replaces,
    )


THEIRS = decision("section-17", "casework", "C9")
SETTLED = [
    ("nothing known", [], decision(), "taken"),
    ("the same one again", [decision()], decision(), "same"),
    ("the same reference says otherwise", [decision()], decision("information"), "conflict"),
    ("two systems agree", [decision()], THEIRS, "same"),
    ("two systems disagree", [decision("information")], THEIRS, "conflict"),
    ("one takes its own back", [decision()], decision("information", reference="D2", replaces="D1"), "taken"),
    (
        "one takes its own back, and another stands against it",
        [THEIRS, decision("information")],
        decision("early-help", reference="D2", replaces="D1"),
        "conflict",
    ),
    (
        "nobody takes back another's",
        [THEIRS],
        decision("information", reference="D2", replaces="C9"),
        "conflict",
    ),
    (
        "what was taken back stands against nothing",
        [decision(), decision("information", reference="D2", replaces="D1")],
        decision("information", "casework", "C9"),
        "same",
    ),
]


@pytest.mark.parametrize(("what", "known", "new", "how"), SETTLED, ids=[row[0] for row in SETTLED])
def test_how_decisions_stand_to_each_other(what, known, new, how):
    assert settle(known, new).how == how


def test_whatever_stands_against_it_is_told():
    assert settle([THEIRS], decision("information")).other == THEIRS


def test_a_decision_comes_in_as_it_went_out():
    assert read_decision(msgspec.json.encode(decision())) == decision()


SAID = msgspec.to_builtins(decision(), builtin_types=())


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"nonsense",
        msgspec.json.encode(SAID | {"score": 3}),
        msgspec.json.encode(SAID | {"decision": "no-further-thought"}),
        msgspec.json.encode(SAID | {"reason": ""}),
        msgspec.json.encode(SAID | {"reason": " "}),
        msgspec.json.encode(SAID | {"reason": "a\0b"}),
        msgspec.json.encode(SAID | {"at": "0001-01-01T00:00:00+14:00"}),
        msgspec.json.encode(SAID | {"at": "2026-11-26T09:00:00"}),
    ],
)
def test_a_decision_that_cannot_be_taken_is_refused_without_repeating_it(body):
    with pytest.raises(DecisionUnreadable) as refused:
        read_decision(body)
    assert "no-further-thought" not in str(refused.value)


CLOSURE = Closure(
    words="Family help since April.", by="Sam Dale", at=T0, system="Social care's system", reference="SC-9"
)
OTHERWISE = msgspec.structs.replace(CLOSURE, words="They moved away.")


@pytest.mark.parametrize(
    ("known", "new", "closed_with", "how"),
    [
        ([], CLOSURE, None, "taken"),
        ([CLOSURE], CLOSURE, CLOSURE.words, "same"),
        ([CLOSURE], OTHERWISE, CLOSURE.words, "conflict"),
        ([], CLOSURE, " Family help  since April.", "same"),
        ([], CLOSURE, "We met.", "conflict"),
        # Closed once, opened again here, and closed there a second time.
        ([CLOSURE], msgspec.structs.replace(OTHERWISE, reference="SC-10"), None, "taken"),
    ],
)
def test_how_closures_stand_to_each_other(known, new, closed_with, how):
    assert settle_closure(known, new, closed_with).how == how


@pytest.mark.parametrize("change", [{"words": " "}, {"by": ""}, {"at": "2026-11-26T09:00:00"}, {"more": "x"}])
def test_a_closure_that_cannot_be_taken_is_refused_without_repeating_it(change):
    body = msgspec.json.encode(msgspec.to_builtins(CLOSURE) | change)
    with pytest.raises(DecisionUnreadable) as refused:
        read_closure(body)
    assert "Dale" not in str(refused.value)
    assert read_closure(msgspec.json.encode(CLOSURE)) == CLOSURE


def test_an_envelope_is_the_only_thing_that_travels():
    assert Envelope.__struct_fields__ == (
        "protocol",
        "key",
        "record",
        "number",
        "after",
        "kind",
        "created",
        "body",
    )
