"""A forged history, however well made, does not agree with the head that a witness kept."""

import json

import pytest

from footprint.ledger import Ledger, Witness, store
from footprint.ledger.database import Database
from footprint.ledger.leaf import read_leaf
from footprint.ledger.proofs import Tile
from footprint.ledger.verifier.history import canonical, check_history
from footprint.ledger.verifier.tree import Frontier, leaf_hash
from tests.ledger.forgeries import FORGERIES, rebuilt

TIME = 1_795_418_100

# These tests are about what was entered, not about where: one database is enough.
on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.fixture
def witnessed(true_log, log_signer, witness_signer, tmp_path):
    """The head that the witness kept, and the keys that an examiner trusts."""
    keys = log_signer.verifier_keys + witness_signer.verifier_keys
    witness = Witness(tmp_path / "witness.note", witness_signer, log_signer.name, log_signer.verifier_keys)
    witness.begin(TIME)
    note = true_log.sign_head(log_signer)
    return witness.cosign(note, true_log.consistency_proof(0, true_log.size()), TIME), keys


def entries_of(ledger):
    return [json.loads(body) for body in store.bodies(ledger._database)]


@on_sqlite
@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_history_is_refused_by_the_witnesss_head(true_log, witnessed, forgery):
    note, keys = witnessed
    entries = entries_of(true_log)
    assert check_history(rebuilt(entries, entries), [note], keys).sound
    forged = rebuilt(FORGERIES[forgery](entries_of(true_log)), entries)
    assert check_history(forged).sound, "the forger's log is sound in itself"
    (fault, *_) = check_history(forged, [note], keys).faults
    assert "not those that were signed" in fault or "gone from the end" in fault


def rewrite(place, bodies):
    """What the forger does to the database: everything made anew from false entries, tree and search rows as well."""
    place.drop_triggers()
    place.run(
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_subject",
        "DELETE FROM ledger_node",
        "DELETE FROM ledger_head",
    )
    database, tree, nodes = Database(place.connect()), Frontier(), []
    for body in bodies:
        nodes += [(Tile(level, at).position, digest) for level, at, digest in tree.append(leaf_hash(body))]
    with database.writing(join=False):
        store._insert(database, [read_leaf(body) for body in bodies], bodies, nodes)


def test_a_forger_who_owns_the_database_and_the_logs_key_is_found_out(
    true_log, witnessed, place, keys, clock, log_signer
):
    note, trusted = witnessed
    entries = entries_of(true_log)
    forged = rebuilt(FORGERIES["all of one person's look-ups removed"](entries), entries_of(true_log))
    rewrite(place, forged)
    ledger = Ledger.open(place.connect(), keys, clock)
    ledger.sign_head(log_signer)
    assert ledger.verify(keys=trusted).sound, "without the witness nothing shows"
    report = ledger.verify([note], trusted)
    assert not report.sound
    assert "8 of them are gone from the end" in report.text()
    assert report.text().startswith("NOT SOUND: 32 entries")


def test_the_report_says_between_which_heads_the_change_lies(true_log, event, witnessed, log_signer):
    note, keys = witnessed
    true_log.record_all([event() for _ in range(10)])
    later = true_log.sign_head(log_signer)
    bodies = [canonical(entry) for entry in entries_of(true_log)]
    bodies[45] = canonical(json.loads(bodies[45]) | {"actor": "somebody-else"})
    (fault,) = check_history(bodies, [note, later], keys).faults
    assert fault.startswith("The first 50 entries are not those that were signed: after the first 40,")


# ---------------------------------------------------------------- clumsy changes, that need no head


def spoilt(at, spoil):
    def forge(bodies):
        bodies[at] = spoil(bodies[at])
        return bodies

    return forge


def rewritten(at, **changes):
    return spoilt(at, lambda body: canonical(json.loads(body) | changes))


CLUMSY = {
    "a number left out": (lambda bodies: [*bodies[:5], *bodies[6:]], "Entry 5 calls itself 6"),
    "begun in the middle": (lambda bodies: bodies[4:], "Entry 0 calls itself 4"),
    "a number that is true": (rewritten(1, sequence=True), "Entry 1 calls itself True"),
    "dated an hour early": (rewritten(9, time="2026-11-23T06:15:00.000000Z"), "Entry 9 is dated before"),
    "written before, by uptime": (rewritten(9, uptime_ms=3), "Entry 9 is older, by its machine's own clock"),
    "an outcome without intent": (rewritten(3, intent=None), "Entry 3 names no intent"),
    "an outcome of an outcome": (rewritten(3, intent=1), "Entry 3 names no intent"),
    "an outcome of what follows": (rewritten(3, intent=4), "Entry 3 names no intent"),
    "an intent before the first": (rewritten(3, intent=-2), "Entry 3 names no intent"),
    "another spelling": (
        spoilt(2, lambda body: body.replace(b'":', b'": ')),
        "Entry 2 is not in the one permitted",
    ),
    "a key twice": (
        spoilt(2, lambda body: body.replace(b'{"action"', b'{"actor":"x","action"')),
        "Entry 2 is not in the one permitted",
    ),
    "another version": (rewritten(2, version=2), "Entry 2 is not in the one permitted"),
    "no JSON": (spoilt(2, lambda body: body[:-1]), "Entry 2 cannot be read"),
    "no object": (spoilt(2, lambda body: b"[]"), "Entry 2 cannot be read"),
    "no UTF-8": (spoilt(2, lambda body: b"\xff" + body), "Entry 2 cannot be read"),
    "a time that is none": (rewritten(2, time="yesterday"), "Entry 2 cannot be read"),
    "an uptime that is none": (rewritten(2, uptime_ms="long"), "Entry 2 cannot be read"),
    "nested without end": (spoilt(2, lambda body: b"[" * 100_000), "Entry 2 cannot be read"),
}


@on_sqlite
@pytest.mark.parametrize("way", CLUMSY)
def test_a_clumsy_change_shows_without_any_head(true_log, way):
    forge, sentence = CLUMSY[way]
    report = check_history(forge(list(store.bodies(true_log._database))))
    assert any(fault.startswith(sentence) for fault in report.faults), report.text()


@on_sqlite
def test_a_disclosure_may_name_the_look_up_that_it_follows(true_log, event):
    true_log.record(event(kind="disclosure", intent=4))
    report = true_log.verify()
    assert report.sound
    assert report.remarks == []


def test_a_history_wrong_throughout_needs_no_million_sentences():
    report = check_history([b"?"] * 1_000)
    assert not report.sound
    assert len(report.faults) == 50


# ---------------------------------------------------------------- the rows that searches use


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE ledger_entry SET actor = 'user-1' WHERE actor = 'snooper'", "search columns of entry 8"),
        ("UPDATE ledger_entry SET case_reference = NULL WHERE sequence = 3", "search columns of entry 3"),
        ("DELETE FROM ledger_subject WHERE subject_id = 'P7'", "Entry 15 is not found under just the people"),
        ("UPDATE ledger_subject SET sequence = 5 WHERE sequence = 3", "Entry 3 is not found"),
        ("INSERT INTO ledger_subject VALUES ('P1', 0)", "Entry 0 is not found"),
        ("DELETE FROM ledger_node WHERE position > 60", "stored tree is not that of the entries"),
        (
            "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE position = 0) WHERE position = 71",
            "stored tree is not that of the entries",
        ),
    ],
)
def test_search_rows_that_were_changed_show(true_log, place, statement, sentence):
    place.drop_triggers()
    place.run(statement)
    report = true_log.verify()
    assert any(sentence in fault for fault in report.faults), report.text()


def test_a_body_changed_in_the_database_shows(true_log, place, witnessed):
    note, keys = witnessed
    place.drop_triggers()
    place.run(
        "UPDATE ledger_entry SET body = (SELECT body FROM ledger_entry WHERE sequence = 4) WHERE sequence = 2",
        "UPDATE ledger_entry SET body = 17 WHERE sequence = 6"
        if place.kind == "sqlite"
        else "UPDATE ledger_entry SET body = event_id::bytea WHERE sequence = 6",
    )
    text = true_log.verify([note], keys).text()
    assert "Entry 2 calls itself 4" in text
    assert "Entry 6 cannot be read" in text
    assert "search columns of entry 2" in text
    assert "not those that were signed" in text
    assert "stored tree is not that of the entries" in text
