"""Heads and witnesses: the published note format, two signatures, and a witness that is not talked into a second history."""

import base64
from sqlite3 import connect

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from footprint.ledger import HeadRefused, KeyUnusable, Ledger, Signer, Witness
from footprint.ledger.signing import LOG, WITNESS
from footprint.ledger.verifier.heads import (
    COSIGNATURE,
    MLDSA44,
    NOTE,
    Head,
    VerifierKey,
    check_head,
    read_note,
)
from footprint.ledger.verifier.report import Report
from footprint.ledger.verifier.tree import EMPTY_ROOT
from tests.ledger import reference

# The example key and note that Go's checksum database publishes with its note format.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
# The checkpoint that C2SP's specification shows.
C2SP_NOTE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\N{EM DASH} example.com/behind-the-sofa"
    " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\N{EM DASH} witness.example.com/w1"
    " jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
TIME = 1_795_418_100


def faults(note, keys):
    report = Report()
    check_head(report, note, keys)
    return report.faults


def a_head(size=5):
    return Head("ledger.example.org/borough", size, bytes(range(32)))


def test_the_published_key_and_signature_are_read_alike():
    key = VerifierKey.read(GO_KEY)
    raw = base64.b64decode(GO_SIGNATURE)
    assert (key.name, key.kind, key.id) == ("PeterNeumann", NOTE, raw[:4])
    assert key.text == GO_KEY
    Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], GO_TEXT)


def test_the_published_checkpoint_is_read_alike():
    head, signatures = read_note(C2SP_NOTE)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert [len(signature.payload) for signature in signatures] == [64, 72]
    assert int.from_bytes(signatures[1].payload[:8], "big") == 1679315147


@pytest.mark.parametrize("kind", [NOTE, COSIGNATURE, MLDSA44])
def test_each_kind_of_signature_holds_over_its_own_head_alone(kind):
    signer = Signer("ledger.example.org/borough", {kind: b"s" * 32})
    note = signer.sign(a_head(), TIME)
    assert faults(note, signer.verifier_keys) == []
    other_size = note.replace("\n5\n", "\n6\n", 1)
    other_root = note.replace(
        base64.b64encode(bytes(range(32))).decode(), base64.b64encode(bytes(32)).decode()
    )
    other_origin = note.replace("borough\n", "Borough\n", 1)
    stranger = Signer("ledger.example.org/borough", {kind: b"t" * 32})
    for forged in (other_size, other_root, other_origin):
        assert "forged" in faults(forged, signer.verifier_keys)[0]
    assert "no valid signature" in faults(note, stranger.verifier_keys)[0]
    assert "give a verifier key" in faults(note, [])[0]


@pytest.mark.parametrize("kind", [COSIGNATURE, MLDSA44])
def test_the_time_of_a_cosignature_is_signed(kind):
    signer = Signer("witness.example.org", {kind: b"s" * 32})
    key = VerifierKey.read(signer.verifier_keys[0])
    head = a_head()
    payload = bytearray(read_note(signer.sign(head, TIME))[1][0].payload)
    payload[7] ^= 1
    line = f"\N{EM DASH} {signer.name} {base64.b64encode(key.id + payload).decode()}\n"
    assert "forged" in faults(f"{head.text}\n{line}", signer.verifier_keys)[0]


def test_a_signature_by_an_unknown_key_is_passed_over_and_a_false_one_never():
    log = Signer("ledger.example.org/borough", {NOTE: b"s" * 32})
    stranger = Signer("stranger.example.org", {NOTE: b"t" * 32})
    both = log.sign(a_head(), TIME) + stranger.lines(a_head(), TIME)
    assert faults(both, log.verifier_keys) == []
    false = log.sign(a_head(), TIME) + stranger.lines(a_head(6), TIME)
    assert "stranger" in faults(false, log.verifier_keys + stranger.verifier_keys)[0]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no note",
        C2SP_NOTE.replace("\n\n", "\n"),
        C2SP_NOTE.replace("20852163", "020852163"),
        C2SP_NOTE.replace("20852163", "-1"),
        C2SP_NOTE.replace("20852163", "٣"),
        C2SP_NOTE.replace("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "CsUY"),
        C2SP_NOTE.replace("q2I=\n\n", "q2I=\nan extension\n\n"),
        C2SP_NOTE.replace("\N{EM DASH}", "-"),
        C2SP_NOTE.replace("jWbPPw", "j*bPPw"),
        C2SP_NOTE.replace("example.com/behind-the-sofa\n", "\n", 1),
        C2SP_NOTE + "\n",
    ],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(ValueError, match=r".+"):
        read_note(note)
    assert "could not be read" in faults(note, [GO_KEY])[0]


@pytest.mark.parametrize(
    "key", ["", "name", "name+00000000+", GO_KEY.replace("c74f", "c74e"), GO_KEY[:-2], GO_KEY + "!"]
)
def test_a_damaged_verifier_key_is_refused(key):
    with pytest.raises(ValueError, match="Ask for it again"):
        VerifierKey.read(key)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "x" * 256])
def test_a_name_that_would_break_the_note_is_refused(name):
    with pytest.raises(KeyUnusable, match="cannot name a signer"):
        Signer(name, {NOTE: b"s" * 32})


def test_signing_keys_are_made_once_for_their_owner_alone(tmp_path):
    file = tmp_path / "keys" / "log.json"
    first, again = Signer.load(file, "ledger.example.org"), Signer.load(file, "ledger.example.org")
    assert first.verifier_keys == again.verifier_keys
    assert len(first.verifier_keys) == len(LOG)
    assert file.stat().st_mode & 0o777 == 0o600
    other = Signer.load(tmp_path / "other.json", "ledger.example.org", WITNESS)
    assert not set(first.verifier_keys) & set(other.verifier_keys)


@pytest.mark.parametrize("content", ["", "[]", "{}x", '{"1": "short"}', '{"9": "AAAA"}', '{"1": "%%"}'])
def test_a_file_that_holds_no_signing_key_is_refused(tmp_path, content):
    file = tmp_path / "log.json"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(KeyUnusable, match="Restore it"):
        Signer.load(file, "ledger.example.org")


# ---------------------------------------------------------------- the log's own heads


def test_a_head_commits_to_all_entries_and_is_kept(ledger, place, event, log_signer):
    ledger.record_all([event() for _ in range(7)])
    note = ledger.sign_head(log_signer)
    rows = place.connect().execute("SELECT body FROM ledger_entry ORDER BY sequence").fetchall()
    head, _ = read_note(note)
    assert head == Head(log_signer.name, 7, reference.mth([bytes(body) for (body,) in rows]))
    assert list(ledger.signed_notes()) == [note]
    assert faults(note, log_signer.verifier_keys) == []


def test_more_heads_are_read_than_fit_a_chunk(ledger, event, log_signer, monkeypatch):
    monkeypatch.setattr("footprint.ledger.heads.CHUNK", 2)
    notes = []
    for _ in range(5):
        ledger.record(event())
        notes.append(ledger.sign_head(log_signer))
    assert list(ledger.signed_notes()) == notes


def test_the_log_signs_no_second_history(ledger, place, keys, clock, event, log_signer):
    ledger.record_all([event() for _ in range(5)])
    ledger.sign_head(log_signer)
    place.drop_triggers()
    place.run("DELETE FROM ledger_node WHERE position = 0")
    place.run(
        "INSERT INTO ledger_node (position, hash) VALUES (0, X'00')"
        if place.kind == "sqlite"
        else r"INSERT INTO ledger_node (position, hash) VALUES (0, '\x00')"
    )
    ledger.sign_head(log_signer)  # the false node is under a subtree that is whole: the root does not change
    place.run(
        "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE position = 1) WHERE position = 3"
    )
    with pytest.raises(HeadRefused, match="Sign nothing"):
        ledger.sign_head(log_signer)


def test_another_name_may_not_go_on_with_the_log(ledger, event, log_signer):
    ledger.record(event())
    ledger.sign_head(log_signer)
    with pytest.raises(HeadRefused):
        ledger.sign_head(Signer("ledger.example.org/elsewhere", {NOTE: b"L" * 32}))


def test_while_nothing_is_new_the_same_head_is_returned_unless_the_keys_are_others(ledger, event, log_signer):
    ledger.record(event())
    note = ledger.sign_head(log_signer)
    assert ledger.sign_head(log_signer) == note
    renewed = Signer(log_signer.name, {NOTE: b"M" * 32})
    assert faults(ledger.sign_head(renewed), renewed.verifier_keys) == []
    assert len(list(ledger.signed_notes())) == 2


# ---------------------------------------------------------------- the witness


@pytest.fixture
def witness(tmp_path, witness_signer, log_signer):
    memory = tmp_path / "witness" / "last.note"
    witness = Witness(memory, witness_signer, log_signer.name, log_signer.verifier_keys)
    assert witness.begin(TIME)
    return witness


def grow(ledger, event, log_signer, count):
    ledger.record_all([event() for _ in range(count)])
    note = ledger.sign_head(log_signer)
    return note, read_note(note)[0]


def test_a_witness_follows_the_log_as_it_grows(ledger, event, log_signer, witness, witness_signer):
    for count in (0, 1, 4, 8, 0, 3):
        note, head = (
            (ledger.sign_head(log_signer), None) if count == 0 else grow(ledger, event, log_signer, count)
        )
        head = head or read_note(note)[0]
        before = witness.last()
        signed = witness.cosign(note, ledger.consistency_proof(before.size, head.size), TIME)
        assert witness.last() == head
        assert faults(signed, witness_signer.verifier_keys) == []
        ledger.keep_note(signed)
    assert ledger.verify([signed], log_signer.verifier_keys + witness_signer.verifier_keys).sound
    assert witness.memory.stat().st_mode & 0o777 == 0o600


def test_a_witness_refuses_what_does_not_follow(ledger, event, log_signer, witness):
    assert witness.last() == Head(log_signer.name, 0, EMPTY_ROOT)
    early, _ = grow(ledger, event, log_signer, 2)
    note, head = grow(ledger, event, log_signer, 4)
    witness.cosign(note, ledger.consistency_proof(0, head.size), TIME)
    later, _ = grow(ledger, event, log_signer, 3)
    other = log_signer.sign(Head(head.origin, 9, bytes(32)), TIME)
    same_size = log_signer.sign(Head(head.origin, 6, bytes(32)), TIME)
    stranger = Signer(log_signer.name, {NOTE: b"t" * 32}).sign(Head(head.origin, 9, bytes(32)), TIME)
    elsewhere = Signer("ledger.example.org/other", {NOTE: b"L" * 32})
    attempts = [
        (early, [], "4 fewer"),
        (later, [], "6 entries seen before"),
        (later, ledger.consistency_proof(5, 9), "6 entries seen before"),
        (other, ledger.consistency_proof(6, 9), "6 entries seen before"),
        (same_size, [], "6 entries seen before"),
        (stranger, ledger.consistency_proof(6, 9), "no valid signature"),
        ("nonsense", [], "could not be read"),
    ]
    for attempt, proof, sentence in attempts:
        with pytest.raises(HeadRefused, match=sentence):
            witness.cosign(attempt, proof, TIME)
    witness.log_keys = elsewhere.verifier_keys
    with pytest.raises(HeadRefused, match="this witness watches"):
        witness.cosign(elsewhere.sign(Head(elsewhere.name, 9, bytes(32)), TIME), [], TIME)
    assert witness.last() == head


def test_a_witness_whose_memory_others_can_change_refuses(ledger, event, log_signer, witness):
    note, _ = grow(ledger, event, log_signer, 2)
    witness.cosign(note, [], TIME)
    witness.memory.chmod(0o644)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        witness.cosign(note, [], TIME)


def test_a_restored_old_backup_cannot_pass_for_the_log(
    ledger, place, keys, clock, event, log_signer, witness, tmp_path
):
    note, head = grow(ledger, event, log_signer, 6)
    witness.cosign(note, ledger.consistency_proof(0, 6), TIME)
    connection = connect(tmp_path / "restored.sqlite")
    restored = Ledger.open(connection, keys, clock)
    restored.record_all([event() for _ in range(9)])
    forged = restored.sign_head(log_signer)
    with pytest.raises(HeadRefused, match="log was rewritten"):
        witness.cosign(forged, restored.consistency_proof(6, 9), TIME)
    connection.close()
    assert witness.last() == head
