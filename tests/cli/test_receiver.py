"""The reference receiver: kept in a file it is what the rule says, and its command says what is wrong with how it is started."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.cli.record_system import RecordSystem
from footprint.referrals.delivering import Message, Ready, encode
from footprint.referrals.receiving import Receiver, read_envelope
from tests.cli.conftest import footprint

NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)

messages = st.builds(
    lambda record, number, behind, body: encode(
        Ready(
            Message(
                destination="d",
                record=record,
                number=number,
                kind="referral",
                created=NOW,
                body=f'"{body}"'.encode(),
            ),
            max(number - behind, 0),
        )
    ),
    st.sampled_from(["a", "b"]),
    st.integers(1, 4),
    st.integers(1, 3),
    st.sampled_from(["x", "y"]),
)


@settings(max_examples=12)
@given(st.lists(messages, max_size=10))
def test_kept_in_a_file_it_is_the_reference(sent):
    with tempfile.TemporaryDirectory() as folder:
        reference = Receiver()
        for content in sent:
            reference, receipt = reference.receive(read_envelope(content), NOW)
            # Begun anew for each: what it answers comes from the file alone.
            assert RecordSystem(Path(folder)).take(content, NOW) == receipt
        system = RecordSystem(Path(folder))
        assert system.references() == {name: kept.reference for name, kept in reference.records.items()}
        assert [one.key for one in system.effects()] == [
            key for _, kept in sorted(reference.records.items()) for key in kept.effects
        ]


def start(tmp_path, secret, *more):
    return footprint(
        tmp_path,
        *("referrals", "receiver", "--folder", tmp_path / "received"),
        *("--secret", secret, "--key-name", "n", *more),
    )


def test_its_command_says_what_is_wrong(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("short")
    secret.chmod(0o600)
    short = start(tmp_path, secret)
    assert (short.code, "too short" in short.err) == (4, True)
    secret.write_text("x" * 40)
    nowhere = start(tmp_path, secret, "--listen", "here")
    assert (nowhere.code, "no place to listen" in nowhere.err) == (2, True)
    secret.chmod(0o644)
    assert start(tmp_path, secret).code != 0
