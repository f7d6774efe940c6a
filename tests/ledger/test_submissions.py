"""What a witness is sent and what it answers: the published form, every refusal's number, and no body that trips it."""

import base64
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from footprint.ledger import HeadRefused, KeyUnusable, Signer, Witness
from footprint.ledger.errors import SubmissionMalformed
from footprint.ledger.submissions import (
    SIZE_TYPE,
    Reply,
    answer,
    read_submission,
    size_in,
    write_submission,
)
from footprint.ledger.verifier.heads import COSIGNATURE, MLDSA44, NOTE, Head, check_head, read_note
from footprint.ledger.verifier.report import Report
from tests.ledger import reference

TIME = 1_795_418_100
ENTRIES = [f"entry {number}".encode() for number in range(9)]

# The example that C2SP's specification of the call shows, cut after the first signature.
PUBLISHED = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\N{EM DASH} example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
""".encode()


@pytest.fixture
def log():
    return Signer("ledger.example.org/borough", {NOTE: b"L" * 32, MLDSA44: b"M" * 32})


@pytest.fixture
def witness(tmp_path, log, witness_signer):
    witness = Witness(tmp_path / "last.note", witness_signer, log.name, log.verifier_keys)
    witness.begin(TIME)
    return witness


def head(size, entries=ENTRIES):
    return Head("ledger.example.org/borough", size, reference.mth(entries[:size]))


def submission(log, old, new, entries=ENTRIES):
    proof = [] if old in (0, new) else reference.proof(old, entries[:new])
    return write_submission(old, proof, log.sign(head(new, entries), TIME))


def ask(witness, body):
    return answer({witness.origin: witness}, body, TIME)


def test_the_published_request_is_read_alike_and_written_alike():
    read = read_submission(PUBLISHED)
    assert (read.old, len(read.proof)) == (20852014, 4)
    assert read_note(read.note)[0].size == 20852163
    assert write_submission(read.old, read.proof, read.note) == PUBLISHED


def test_a_log_that_grows_is_signed_for_and_the_answer_is_signature_lines_alone(witness, log):
    for old, new in ((0, 3), (3, 8), (8, 8), (8, 9)):
        reply = ask(witness, submission(log, old, new))
        assert reply.status == 200
        lines = reply.body.decode()
        assert all(line.startswith("\N{EM DASH} ") for line in lines.splitlines())
        report = Report()
        check_head(report, f"{head(new).text}\n{lines}", witness.signer.verifier_keys)
        assert report.sound
    assert witness.last() == head(9)


def misspelt(body):
    """The same proof, for a reader who ignores the bits that base64 leaves over."""
    lines = body.split(b"\n")
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = alphabet.index(lines[1][-2])
    lines[1] = lines[1][:-2] + alphabet[last + 1 : last + 2] + b"="
    return b"\n".join(lines)


OTHER = [b"another", *ENTRIES[1:]]

REFUSALS = {
    "another idea of what is remembered": (lambda log: submission(log, 0, 6), 409),
    "a shorter log": (lambda log: submission(log, 4, 4), 409),
    "the same size and another history": (lambda log: submission(log, 5, 5, OTHER), 409),
    "a longer log of another history": (lambda log: submission(log, 5, 9, OTHER), 422),
    "no proof": (lambda log: write_submission(5, [], log.sign(head(9), TIME)), 422),
    "a proof of something else": (
        lambda log: write_submission(5, reference.proof(4, ENTRIES), log.sign(head(9), TIME)),
        422,
    ),
    "a proof that leads backwards": (lambda log: submission(log, 6, 6).replace(b"old 6", b"old 7"), 400),
    "more of a proof than there can be": (
        lambda log: write_submission(5, [bytes(32)] * 64, log.sign(head(9), TIME)),
        400,
    ),
    "a proof spelt in another way": (
        lambda log: submission(log, 5, 9).replace(b"=\n", b"\n", 1),
        400,
    ),
    "a proof spelt with bits that mean nothing": (
        lambda log: misspelt(submission(log, 5, 9)),
        400,
    ),
    "a log that is not watched": (
        lambda log: submission(log, 5, 9).replace(b"/borough\n", b"/next-borough\n", 1),
        404,
    ),
    "a key that nobody gave": (
        lambda log: submission(Signer(log.name, {NOTE: b"X" * 32}), 5, 9),
        403,
    ),
    "a signature over another head": (
        lambda log: submission(log, 5, 9).replace(b"\n9\n", b"\n8\n", 1),
        403,
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_what_does_not_follow_is_refused_with_the_number_that_the_protocol_gives_it(witness, log, refusal):
    ask(witness, submission(log, 0, 5))
    make, status = REFUSALS[refusal]
    reply = ask(witness, make(log))
    assert reply.status == status
    assert size_in(reply) == (5 if status == 409 else None)
    assert "\N{EM DASH}" not in reply.body.decode()
    assert witness.last() == head(5)


def test_one_false_signature_by_a_known_key_spoils_a_true_one(witness, log):
    weaker = Signer(log.name, {NOTE: b"L" * 32})
    note = weaker.sign(head(5), TIME) + log.lines(head(4), TIME).splitlines(keepends=True)[1]
    assert ask(witness, write_submission(0, [], note)).status == 403


def test_a_witness_without_its_memory_says_nothing(witness, log):
    ask(witness, submission(log, 0, 5))
    witness.memory.unlink()
    with pytest.raises(KeyUnusable):
        ask(witness, submission(log, 0, 9, OTHER))


def test_a_memory_is_begun_once(witness, log):
    ask(witness, submission(log, 0, 5))
    assert not witness.begin(TIME)
    assert witness.last() == head(5)


HOSTILE = [
    b"",
    b"\n\n",
    b"old",
    b"old 5",
    b"old 5\n",
    b"old 5\n\n",
    b"old -1\n\nnote",
    b"old 05\n\nnote",
    b"old 5 \n\nnote",
    "old ٥\n\nnote".encode(),
    b"old 99999999999999999999\n\nnote",
    b"new 5\n\nnote",
    b"old 5\r\n\r\nnote",
    b"old 5\nAAAA\n\nnote",
    b"old 5\n" + base64.b64encode(bytes(33)) + b"\n\nnote",
    b"old 5\n***\n\nnote",
    b"old 5\n" + (base64.b64encode(bytes(32)) + b"\n") * 64 + b"\nnote",
    b"\xff\xfeo\x00l\x00d\x00",
    b"\x80" * 1_000,
    b"<?xml version='1.0'?>",
    b'{"old": 5}',
    PUBLISHED[:40],
    PUBLISHED[:300],
    PUBLISHED.replace(b"20852163", b"9" * 5_000),
    PUBLISHED.decode().encode("utf-16"),
    PUBLISHED.rstrip(b"\n"),
    PUBLISHED.replace(b"CsUY", b"CsU="),
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_body_is_refused_in_a_sentence(witness, body):
    """The published one is of a log that this witness does not watch; cut or bent it is not even that."""
    reply = ask(witness, body)
    assert reply.status in (400, 404)
    assert reply.body.endswith(b"\n")


@given(body=st.binary(max_size=400))
@example(body=PUBLISHED)
def test_any_bytes_are_read_or_refused(body):
    try:
        read = read_submission(body)
    except SubmissionMalformed as refusal:
        assert isinstance(refusal, HeadRefused)  # noqa: PT017 - both ways are right, and each is looked at
    else:
        assert write_submission(read.old, read.proof, read.note) == body


@given(st.data())
def test_a_true_submission_with_one_byte_changed_never_moves_the_witness_to_another_history(data):
    """Whatever is changed: the witness goes on to the true head, or stays where it was."""
    log = Signer("ledger.example.org/borough", {NOTE: b"L" * 32})
    body = bytearray(submission(log, 3, 9))
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))

    with tempfile.TemporaryDirectory() as folder:
        signer = Signer("witness.example.org/police", {COSIGNATURE: b"W" * 32})
        witness = Witness(Path(folder) / "last.note", signer, log.name, log.verifier_keys)
        witness.begin(TIME)
        assert ask(witness, submission(log, 0, 3)).status == 200
        status = ask(witness, bytes(body)).status
        assert witness.last() == head(9 if status == 200 else 3)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, SIZE_TYPE, b"5\n"),
        Reply(409, "text/plain", b"5\n"),
        Reply(409, SIZE_TYPE, b"five\n"),
        Reply(409, SIZE_TYPE, b"05\n"),
        Reply(409, SIZE_TYPE, b"-5\n"),
        Reply(409, SIZE_TYPE, b"5\n6\n"),
        Reply(409, SIZE_TYPE, b"9" * 30),
        Reply(409, SIZE_TYPE, "٥".encode()),
        Reply(409, SIZE_TYPE, b""),
    ],
)
def test_what_is_no_size_is_not_taken_for_one(reply):
    assert size_in(reply) is None


@pytest.mark.parametrize("kind", [SIZE_TYPE, f"{SIZE_TYPE}; charset=us-ascii"])
def test_a_size_is_read(kind):
    assert size_in(Reply(409, kind, b"20852014\n")) == 20852014
