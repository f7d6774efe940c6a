"""Personal values: sealed in the leaf, opened for who asks with the key there, gone for good without it."""

import base64
import datetime as dt
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.ledger import EntryInvalid, KeyHeld, KeyRing, KeyUnusable, Ledger, outcome_of
from footprint.ledger.data_keys import rewrap
from footprint.ledger.database import Database
from footprint.ledger.envelope import ERASED, UNREADABLE, fingerprint, seal, unseal
from footprint.ledger.keys import MASTER_KEY_VARIABLE
from footprint.ledger.reading import SEALED

TYPED = {"given_name": "Siân", "family_name": "O'Brien-Achebe", "date_of_birth": "about 7"}


def everything_in(place):
    """All bytes that the database holds, as far as a reader of its rows can see."""
    connection = place.connect()
    tables = ("ledger_entry", "ledger_subject", "ledger_node", "ledger_head", "ledger_key", "ledger_hold")
    rows = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}").fetchall()]
    return b"\n".join(bytes(v) if isinstance(v, bytes) else str(v).encode() for row in rows for v in row)


def test_what_was_typed_lies_nowhere_in_clear(ledger, place, event):
    ledger.record(event(terms=TYPED, personal={"actor_name": "Jo Bloggs"}))
    stored = everything_in(place)
    for secret in ("Siân", "Brien", "Achebe", "about 7", "Jo Bloggs", "Bloggs"):
        assert secret.encode() not in stored
        assert json.dumps(secret).strip('"').encode() not in stored


def test_it_is_opened_for_who_asks_and_only_then(ledger, event):
    ledger.record(event(terms=TYPED, personal={"actor_name": "Jo Bloggs"}))
    (closed,), (opened,) = ledger.entries(), ledger.entries(reveal=True)
    assert closed.terms == {"terms": SEALED}
    assert closed.personal == {"actor_name": SEALED}
    assert opened.terms == TYPED
    assert opened.personal == {"actor_name": "Jo Bloggs"}
    assert not opened.erased


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_any_text_comes_back_as_it_was_typed(values):
    key = bytes(32)
    assert unseal(key, "event", seal(key, "event", values)) == values


def test_even_text_that_is_no_unicode(ledger, event):
    broken = {"name": "caf\udce9 \x00 \ud800"}
    ledger.record(event(terms=broken, personal=broken))
    (entry,) = ledger.entries(reveal=True)
    assert entry.terms == entry.personal == broken


def test_a_ciphertext_opens_in_no_other_place():
    key, values = bytes(32), {"name": "Kaur", "note": "Singh"}
    sealed = seal(key, "event-1", values)
    exchanged = {"name": sealed["note"], "note": sealed["name"]}
    assert unseal(key, "event-2", sealed) == dict.fromkeys(values, UNREADABLE)
    assert unseal(key, "event-1", exchanged) == dict.fromkeys(values, UNREADABLE)
    assert unseal(bytes(31) + b"\x01", "event-1", sealed) == dict.fromkeys(values, UNREADABLE)
    assert unseal(key, "event-1", {"name": "not base64!"}) == {"name": UNREADABLE}
    assert unseal(None, "event-1", sealed) == dict.fromkeys(values, ERASED)


@pytest.mark.parametrize("bit", range(0, 200, 7))
def test_a_flipped_bit_is_noticed(bit):
    sealed = seal(bytes(32), "event", {"name": "Kaur"})["name"]
    raw = bytearray(base64.b64decode(sealed))
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    bent = {"name": base64.b64encode(raw).decode()}
    assert unseal(bytes(32), "event", bent) == {"name": UNREADABLE}


def test_the_same_question_has_the_same_fingerprint_and_another_key_another():
    question = {"family_name": "O'Brien", "given_name": "Ann Marie"}
    again = {"given_name": " ann  MARIE ", "family_name": "o'brien"}
    assert fingerprint(b"k", question) == fingerprint(b"k", again)
    assert fingerprint(b"k", question) != fingerprint(b"j", question)
    assert fingerprint(b"k", question) != fingerprint(b"k", {**question, "given_name": "Ann"})
    exchanged = {"family_name": "Ann Marie", "given_name": "O'Brien"}
    assert fingerprint(b"k", question) != fingerprint(b"k", exchanged)


def test_two_look_ups_for_the_same_show_as_such(ledger, event):
    ledger.record_all([event(terms=TYPED), event(terms={"family_name": "Kaur"}), event(terms=TYPED), event()])
    first, second, third, none = (entry.leaf.query for entry in ledger.entries())
    assert first == third != second
    assert none is None


# ---------------------------------------------------------------- erasure


def test_a_key_destroyed_erases_what_it_sealed_and_the_log_still_verifies(ledger, event, log_signer):
    asked, kept = event(terms=TYPED), event(terms={"family_name": "Kaur"})
    ledger.record_all([asked, kept])
    note = ledger.sign_head(log_signer)
    ledger.destroy_key(f"entry:{asked.event_id}", event(kind="erasure", action="retention", case=None))
    erased, other, done = ledger.entries(reveal=True)
    assert (erased.terms, erased.erased) == ({"terms": ERASED}, True)
    assert ledger.entries()[0].terms == {"terms": ERASED}
    assert other.terms == {"family_name": "Kaur"}
    assert (done.leaf.kind, done.leaf.facts) == (
        "erasure",
        {"key_of": f"entry:{asked.event_id}", "existed": True},
    )
    assert ledger.verify([note], log_signer.verifier_keys).sound


def test_destroying_what_is_gone_is_entered_as_such(ledger, event):
    ledger.destroy_key("subject:P9", event(kind="erasure"))
    assert ledger.entries()[0].leaf.facts["existed"] is False


def test_a_subjects_key_made_anew_does_not_open_what_was_erased(ledger, event):
    ledger.record(event(keyed_to="P1", personal={"note": "before"}))
    ledger.record(event(keyed_to="P1", personal={"note": "also before"}))
    ledger.destroy_key("subject:P1", event(kind="erasure"))
    ledger.record(event(keyed_to="P1", personal={"note": "after"}))
    notes = [entry.personal["note"] for entry in ledger.entries(kind="intent", reveal=True)]
    assert notes == [ERASED, ERASED, "after"]


def test_all_keys_about_a_subject_are_found(ledger, event):
    asked, other = event(terms=TYPED), event(terms=TYPED)
    ledger.record_all(
        [asked, outcome_of(asked, 0, shown=("P1",)), other, outcome_of(other, 2, shown=("P2",))]
    )
    named = event(kind="disclosure", subjects=("P1",), personal={"recipient": "Dr Who"})
    ledger.record(named)
    ledger.record(event(keyed_to="P1", personal={"note": "x"}))
    expected = {"subject:P1", f"entry:{asked.event_id}", f"entry:{named.event_id}"}
    assert set(ledger.keys_about("P1")) == expected
    for owner in ledger.keys_about("P1"):
        ledger.destroy_key(owner, event(kind="erasure"))
    assert ledger.keys_about("P1") == []
    assert [entry.erased for entry in ledger.entries(last=5)] == [True, False, False, False, True, True]


def test_a_hold_keeps_keys_from_being_destroyed(ledger, clock, event):
    asked = event(terms=TYPED)
    ledger.record_all([asked, outcome_of(asked, 0, subjects=("P1",))])
    ledger.record(event(keyed_to="P1", personal={"note": "x"}))
    ledger.hold("subject:P1", None, event(kind="decision"))
    for owner in ("subject:P1", f"entry:{asked.event_id}"):
        with pytest.raises(KeyHeld, match="subject:P1"):
            ledger.destroy_key(owner, event(kind="erasure"))
    assert len(ledger.keys_about("P1")) == 2
    assert ledger.entries(kind="erasure") == []
    ledger.release_hold("subject:P1", event(kind="decision"))
    ledger.destroy_key("subject:P1", event(kind="erasure"))
    actions = [entry.leaf.action for entry in ledger.entries(kind="decision")]
    assert actions == ["hold", "release-hold"]


def test_a_hold_on_one_entry_leaves_others_alone(ledger, event):
    held, free = event(terms=TYPED), event(terms=TYPED)
    ledger.record_all([held, free])
    ledger.hold(f"entry:{held.event_id}", None, event(kind="decision"))
    ledger.destroy_key(f"entry:{free.event_id}", event(kind="erasure"))
    with pytest.raises(KeyHeld):
        ledger.destroy_key(f"entry:{held.event_id}", event(kind="erasure"))


def test_a_hold_ends_on_its_day(ledger, clock, event):
    ledger.record(event(keyed_to="P1", personal={"note": "x"}))
    ledger.hold("subject:P1", clock.wall + dt.timedelta(days=365), event(kind="decision"))
    ledger.hold("subject:P1", clock.wall + dt.timedelta(days=30), event(kind="decision"))
    clock.wall += dt.timedelta(days=29)
    with pytest.raises(KeyHeld):
        ledger.destroy_key("subject:P1", event(kind="erasure"))
    clock.wall += dt.timedelta(days=2)
    ledger.destroy_key("subject:P1", event(kind="erasure"))
    assert ledger.keys_about("P1") == []


@pytest.mark.parametrize("owner", ["ledger:fingerprint", "P1", ""])
def test_only_keys_of_subjects_and_entries_can_be_destroyed(ledger, event, owner):
    ledger.record(event(terms=TYPED))
    with pytest.raises(EntryInvalid, match="name 'subject:<id>'"):
        ledger.destroy_key(owner, event(kind="erasure"))
    assert ledger.size() == 1


def test_a_key_is_not_destroyed_when_that_cannot_be_entered(ledger, event):
    ledger.record(event(keyed_to="P1", personal={"note": "x"}))
    with pytest.raises(EntryInvalid):
        ledger.destroy_key("subject:P1", event(kind="erasure", actor="two\nlines"))
    assert ledger.keys_about("P1") == ["subject:P1"]


def test_sqlite_keeps_no_trace_of_a_destroyed_key(tmp_path, keys, clock, event):
    path = tmp_path / "ledger.sqlite"
    connection = sqlite3.connect(path)
    ledger = Ledger.open(connection, keys, clock)
    ledger.record(event(keyed_to="P1", personal={"note": "x"}))
    (wrapped,) = connection.execute("SELECT wrapped FROM ledger_key WHERE owner = 'subject:P1'").fetchone()
    ledger.destroy_key("subject:P1", event(kind="erasure"))
    assert [file.name for file in tmp_path.iterdir() if wrapped in file.read_bytes()] == []
    connection.close()


# ---------------------------------------------------------------- the master key


def test_another_master_key_opens_nothing(ledger, place, clock, event):
    ledger.record(event(terms=TYPED))
    with pytest.raises(KeyUnusable, match="Restore that key's file"):
        Ledger.open(place.connect(), KeyRing(bytes(32)), clock)


def test_a_key_moved_to_another_owner_does_not_unwrap(keys):
    wrapped = keys.wrap(b"d" * 32, "k1", "subject:P1")
    assert keys.unwrap(wrapped, "k1", "subject:P1") == b"d" * 32
    for key_id, owner in (("k1", "subject:P2"), ("k2", "subject:P1")):
        with pytest.raises(KeyUnusable, match="altered"):
            keys.unwrap(wrapped, key_id, owner)


def test_the_master_key_is_changed_without_touching_an_entry(ledger, place, keys, clock, event, log_signer):
    ledger.record_all([event(terms=TYPED), event(terms={"family_name": "Kaur"})])
    note = ledger.sign_head(log_signer)
    new = KeyRing(bytes(32))
    assert rewrap(Database(place.connect()), keys, new) == 3  # two entries' keys and the fingerprints'
    changed = Ledger.open(place.connect(), new, clock)
    assert [entry.terms["family_name"] for entry in changed.entries(reveal=True)] == [
        "O'Brien-Achebe",
        "Kaur",
    ]
    changed.record(event(terms=TYPED))
    assert changed.entries()[0].leaf.query == changed.entries()[2].leaf.query
    assert changed.verify([note], log_signer.verifier_keys).sound


def test_the_master_key_is_made_once_for_its_owner_alone(tmp_path):
    first, again = KeyRing.load(tmp_path, {}), KeyRing.load(tmp_path, {})
    file = tmp_path / "keys" / "master.key"
    assert first.id == again.id
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]
    assert KeyRing.load(tmp_path / "other", {}).id != first.id


def test_of_two_who_make_it_at_once_both_get_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        ids = {ring.id for ring in pool.map(lambda _: KeyRing.load(tmp_path, {}), range(40))}
    assert len(ids) == 1


def test_a_named_file_is_used_and_never_made(tmp_path):
    made = KeyRing.load(tmp_path, {})
    named = str(tmp_path / "keys" / "master.key")
    assert KeyRing.load(tmp_path / "elsewhere", {MASTER_KEY_VARIABLE: named}).id == made.id
    absent = tmp_path / "absent.key"
    with pytest.raises(KeyUnusable, match="cannot be read"):
        KeyRing.load(tmp_path, {MASTER_KEY_VARIABLE: str(absent)})
    assert not absent.exists()


@pytest.mark.parametrize(
    "content", ["", "hello", "footprint-master-key-1 c2hvcnQ=", "footprint-master-key-1 ***"]
)
def test_a_file_that_is_no_master_key_is_refused(tmp_path, content):
    file = tmp_path / "wrong"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(KeyUnusable, match="Restore the right file"):
        KeyRing.load(tmp_path, {MASTER_KEY_VARIABLE: str(file)})


def test_a_key_that_others_can_read_is_refused(tmp_path):
    KeyRing.load(tmp_path, {})
    file = tmp_path / "keys" / "master.key"
    file.chmod(0o640)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        KeyRing.load(tmp_path, {})
