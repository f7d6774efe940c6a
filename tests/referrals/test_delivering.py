"""The outbox as values: keys, order, patience; and, over a network that loses and repeats, one effect at the receiver."""

import datetime as dt
import json
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.delivering import (
    RECEIVER_MUST,
    RETRY,
    Attempt,
    Message,
    Outcome,
    Ready,
    Receipt,
    ReceiptUnreadable,
    Standing,
    anew,
    attempt_of,
    delay,
    due,
    encode,
    read_receipt,
    ready,
    standing,
)
from footprint.referrals.receiving import Receiver, read_envelope

T0 = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)  # the night on which the clocks go forward
MINUTE = dt.timedelta(minutes=1)


def message(number=1, record="referral/7f3a", destination="records", **said):
    return Message(
        destination=destination,
        record=record,
        number=number,
        kind="referral" if number == 1 else "addition",
        created=T0,
        body=b'{"number":%d}' % number,
        **said,
    )


def attempt(outcome, at=T0):
    return Attempt(at=at, outcome=Outcome(outcome))


def test_a_message_that_is_made_again_has_the_same_key_and_every_other_has_another():
    listed = [message(), message(2), message(record="referral/other"), message(destination="social-care")]
    assert message().key == message().key
    assert len({one.key for one in listed}) == len(listed)
    assert len(message().key) == 32
    # A field that ends where the next begins makes no second message with one key.
    assert message(record="ab", destination="c").key != message(record="b", destination="ca").key


def test_waiting_grows_to_its_longest_and_never_ends():
    waits = [delay("key", failures) for failures in (*range(1, 12), 1000)]
    for failures, wait in enumerate(waits[:7], start=1):
        step = RETRY.first * 2 ** (failures - 1)
        assert step / 2 <= wait <= step
    assert all(RETRY.longest / 2 <= wait <= RETRY.longest for wait in waits[8:])
    assert delay("key", 3) == delay("key", 3)
    assert len({delay(f"key{number}", 3) for number in range(20)}) == 20


STANDINGS = [
    ([], "waiting"),
    (["unreached"], "waiting"),
    (["wait"] * 5, "waiting"),
    (["unreached"] * 6, "stuck"),
    (["unreached"] * 6 + ["accepted"], "delivered"),
    (["refused"], "refused"),
    (["refused", "again"], "waiting"),
    (["unreached"] * 9 + ["again", "unreached"], "waiting"),
    (["accepted", "again", "unreached"], "waiting"),
    (["unreached", "set-aside"], "set-aside"),
]


@pytest.mark.parametrize(("outcomes", "where"), STANDINGS)
def test_where_a_message_stands_follows_from_its_attempts(outcomes, where):
    attempts = [attempt(one) for one in outcomes]
    assert standing(attempts) is Standing(where)
    assert (due(message(), attempts) is None) == (where in ("delivered", "refused", "set-aside"))


def test_a_message_is_due_at_once_then_after_its_delay_and_at_once_when_it_is_sent_again():
    one = message()
    assert due(one, []) == T0
    assert due(one, [attempt("unreached", T0 + MINUTE)]) == T0 + MINUTE + delay(one.key, 1)
    failed = [attempt("refused"), attempt("again", T0 + 9 * MINUTE)]
    assert due(one, failed) == T0 + 9 * MINUTE


def test_the_second_waits_for_the_first_and_another_record_for_neither():
    first, second, other = message(1), message(2), message(1, "referral/other")
    listed = [second, other, first]
    assert {turn.message.key for turn in ready(listed, {}, T0)} == {first.key, other.key}
    history = {first.key: [attempt("unreached")]}
    assert [turn.message for turn in ready(listed, history, T0)] == [other]
    history = {first.key: [attempt("accepted")], other.key: [attempt("accepted")]}
    assert ready(listed, history, T0) == [Ready(second, 1)]


@pytest.mark.parametrize("outcome", ["refused", "set-aside"])
def test_what_was_refused_or_set_aside_holds_up_nothing_behind_it(outcome):
    listed = [message(1), message(2), message(3)]
    history = {listed[0].key: [attempt("accepted")], listed[1].key: [attempt(outcome)]}
    assert ready(listed, history, T0) == [Ready(listed[2], 1)]


def test_what_waited_longest_goes_first():
    late = message(1, "referral/late")
    early = msgspec.structs.replace(message(1, "referral/early"), created=T0 - MINUTE)
    assert [turn.message for turn in ready([late, early], {}, T0)] == [early, late]


def test_what_travels_is_the_message_and_can_be_read_at_the_other_end():
    said = json.loads(encode(Ready(message(2), 1)))
    assert said["body"] == {"number": 2}
    assert (said["number"], said["after"], said["key"]) == (2, 1, message(2).key)
    assert read_envelope(encode(Ready(message(2), 1))).key == message(2).key


def test_a_receipt_becomes_an_attempt():
    receipt = Receipt(key=message().key, outcome="accepted", received=T0, reference="REC-000001")
    read = read_receipt(msgspec.json.encode(receipt), message())
    assert read == receipt
    assert attempt_of(read, T0 + MINUTE) == Attempt(
        at=T0 + MINUTE, outcome=Outcome.ACCEPTED, reference="REC-000001"
    )


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"{}", b'{"key":"x","outcome":"fine","received":"now"}', b"\xff"]
)
def test_an_answer_that_is_no_receipt_is_as_none(content):
    with pytest.raises(ReceiptUnreadable, match="no receipt"):
        read_receipt(content, message())


def test_a_receipt_for_another_message_is_as_none():
    receipt = Receipt(key=message(2).key, outcome="accepted", received=T0)
    with pytest.raises(ReceiptUnreadable, match="another message"):
        read_receipt(msgspec.json.encode(receipt), message())


def test_what_came_too_late_goes_anew_under_a_new_key():
    again = anew(message(1), 4, T0 + MINUTE)
    assert again.body == message(1).body
    assert again.key == msgspec.structs.replace(message(1), number=4).key != message(1).key


def test_suppliers_are_told_what_they_must_do_in_sentences():
    assert all(one.endswith(".") for one in RECEIVER_MUST)


# ------------------------------------------------ a bad network, and crashes at any moment

#: What may happen to one attempt: nothing leaves; it arrives and the receipt is lost; the sender dies after the receipt came
#: and before it was kept; it arrives twice; all is well.
MISHAPS = ["not sent", "receipt lost", "sender dies", "arrives twice", "well"]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(MISHAPS), max_size=60),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), max_size=3),
)
def test_nothing_is_lost_and_each_has_one_effect_in_order(mishaps, late):
    """`late` are old envelopes that turn up again after everything: a queue somewhere in between gave them back."""
    listed = [message(number, f"referral/{record}") for record in range(3) for number in range(1, 5)]
    receiver, history, now = Receiver(), {}, T0
    sent = {}
    plan = iter(mishaps)
    while any(standing(history.get(one.key, [])) is not Standing.DELIVERED for one in listed):
        for turn in ready(listed, history, now):
            mishap = next(plan, "well")
            key = turn.message.key
            if mishap == "not sent":
                history.setdefault(key, []).append(attempt("unreached", now))
                continue
            content = sent.setdefault(key, encode(turn))
            receiver, receipt = receiver.receive(read_envelope(content), now)
            if mishap == "arrives twice":
                receiver, second = receiver.receive(read_envelope(content), now)
                assert second == receipt
            if mishap == "receipt lost":
                history.setdefault(key, []).append(attempt("unreached", now))
            if mishap in ("arrives twice", "well"):
                history.setdefault(key, []).append(attempt_of(receipt, now))
        now += RETRY.longest
    for record, number in late:
        before = receiver
        receiver, _ = receiver.receive(read_envelope(sent[message(number, f"referral/{record}").key]), now)
        assert receiver == before
    for record in range(3):
        wanted = tuple(message(number, f"referral/{record}").key for number in range(1, 5))
        assert receiver.records[f"referral/{record}"].effects == wanted
    references = {one.reference for one in receiver.records.values()}
    assert len(references) == 3
    assert {history[one.key][-1].reference for one in listed} == references


def test_patience_is_told_beforehand():
    one, now, attempts = message(), T0, []
    times = []
    for _ in range(8):
        attempts.append(attempt("unreached", now))
        now = due(one, attempts)
        times.append(now)
    assert all(earlier < later for earlier, later in pairwise(times))
    assert times == [due(one, attempts[: count + 1]) for count in range(8)]
