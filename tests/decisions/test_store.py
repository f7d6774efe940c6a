"""Rulings kept in SQLite and in PostgreSQL: written once, taken back by a later row, never changed."""

import sqlite3

import psycopg
import pytest

from footprint.decisions import (
    Decision,
    DecisionStore,
    InvalidDecisionError,
    NoSuchDecisionError,
    NotUndoableError,
    Subject,
)


def ruling(name="d1", kind="different", partnership="walsall", at="2026-11-23T08:15:00+00:00"):
    two = kind in {"same", "different", "disputed", "seal"}
    return Decision(
        id=name,
        kind=kind,
        subjects=(Subject("record", "police/person-id/1"),),
        others=(Subject("record", "acute-trust/patient-id/2"),) if two else (),
        partnership=partnership,
        since="2024-02-28" if kind == "seal" else "",
        reason="It's 100% clear: two people.",
        by="steward",
        at=at,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request):
    if request.param == "sqlite":
        connection = sqlite3.connect(":memory:")
    else:
        connection = psycopg.connect(request.getfixturevalue("postgresql_url"))
        connection.cursor().execute("CREATE SCHEMA decisions; SET search_path TO decisions")
    made = DecisionStore(connection, request.param)
    made.create_tables()
    made.create_tables()
    yield made
    connection.rollback()
    connection.close()


def test_what_was_ruled_is_read_back_in_the_order_of_ruling(store):
    later, earlier = ruling("a", at="2026-11-23T09:00:00+00:00"), ruling("b")
    store.add(later)
    store.add(earlier)
    assert store.all() == [earlier, later]
    assert store.get("a") == later


def test_a_partnership_sees_its_own_and_the_overlay_is_of_all(store):
    store.add(ruling("a", partnership="walsall"))
    store.add(ruling("b", kind="erase", partnership="dudley"))
    assert [decision.id for decision in store.all("dudley")] == ["b"]
    assert store.overlay().erased("police/person-id/1")
    assert store.overlay().apart("acute-trust/patient-id/2", "police/person-id/1")


def test_taking_back_is_a_later_row(store):
    store.add(ruling())
    undone = store.undo("d1", by="lead", reason="Mother confirms.", at="2026-11-24T08:15:00+00:00")
    assert undone.undone_by == "lead"
    assert store.all() == [undone]
    assert not store.overlay().apart("acute-trust/patient-id/2", "police/person-id/1")
    with pytest.raises(NotUndoableError, match="before, by lead"):
        store.undo("d1", by="lead", reason="Again.", at="2026-11-24T08:15:00+00:00")


@pytest.mark.parametrize("kind", ["shield", "seal", "erase"])
def test_a_protection_is_not_taken_back(store, kind):
    store.add(ruling(kind=kind))
    with pytest.raises(NotUndoableError, match="cannot be taken back"):
        store.undo("d1", by="lead", reason="Mistake.", at="2026-11-24T08:15:00+00:00")
    assert store.get("d1").stands


def test_who_would_lift_a_shield_alone_is_told_who_can(store):
    store.add(ruling(kind="shield"))
    with pytest.raises(NotUndoableError, match="Two guardians lift it, on the pages"):
        store.undo("d1", by="lead", reason="Mistake.", at="2026-11-24T08:15:00+00:00")


def lift(of, name="l1", **changes):
    fields = {"partnership": "walsall", "at": "2026-11-24T08:15:00+00:00", "by": "one", "also_by": "two"}
    subjects = tuple(Subject("decision", one) for one in of)
    return Decision(id=name, kind="lift", subjects=subjects, reason="She asks for it.", **(fields | changes))


def test_two_people_lift_a_shield_with_a_later_ruling(store):
    store.add(ruling(kind="shield"))
    assert store.overlay().shields(["police/person-id/1"])
    store.add(lift(["d1"]))
    assert not store.overlay().shields(["police/person-id/1"])
    assert [decision.id for decision in store.all()] == ["d1", "l1"]
    store.add(ruling("d2", kind="shield", at="2026-11-25T08:15:00+00:00"))
    assert store.overlay().shields(["police/person-id/1"])


def test_one_person_lifts_nothing(store):
    store.add(ruling(kind="shield"))
    for also in ("", "one", " One"):
        with pytest.raises(InvalidDecisionError, match="two people"):
            store.add(lift(["d1"], also_by=also))
    assert store.overlay().shields(["police/person-id/1"])


@pytest.mark.parametrize("kind", ["seal", "erase", "hold", "different"])
def test_only_a_shield_is_lifted(store, kind):
    store.add(ruling(kind=kind))
    with pytest.raises(NotUndoableError, match="no shield"):
        store.add(lift(["d1"]))


def test_a_shield_is_lifted_once_by_its_own_partnership_and_a_lift_is_not_taken_back(store):
    store.add(ruling(kind="shield"))
    with pytest.raises(NotUndoableError, match="no shield of this partnership"):
        store.add(lift(["d1"], partnership="dudley"))
    with pytest.raises(NoSuchDecisionError):
        store.add(lift(["d1", "d9"]))
    store.add(lift(["d1"]))
    with pytest.raises(NotUndoableError, match="lifted before"):
        store.add(lift(["d1"], "l2"))
    with pytest.raises(NotUndoableError, match="cannot be taken back"):
        store.undo("l1", by="one", reason="Mistake.", at="2026-11-25T08:15:00+00:00")


def test_taking_back_needs_somebody_and_a_reason_and_a_decision(store):
    store.add(ruling())
    with pytest.raises(NotUndoableError, match="who"):
        store.undo("d1", by="", reason="Because.", at="2026-11-24T08:15:00+00:00")
    with pytest.raises(NoSuchDecisionError, match="decide list"):
        store.undo("d2", by="lead", reason="Because.", at="2026-11-24T08:15:00+00:00")


def test_a_ruling_without_sense_is_not_written(store):
    with pytest.raises(InvalidDecisionError):
        store.add(ruling(at="today"))
    assert store.all() == []


@pytest.mark.parametrize("table", ["decision", "decision_undone"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete(store, table, change):
    store.add(ruling())
    store.undo("d1", by="lead", reason="Mother confirms.", at="2026-11-24T08:15:00+00:00")
    column = "body" if table == "decision" else "reason"
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match="never"):
        store._connection.cursor().execute(change.format(table, column))


def test_nothing_is_committed_for_the_caller(tmp_path):
    connection = sqlite3.connect(tmp_path / "footprint.sqlite3")
    store = DecisionStore(connection)
    store.create_tables()
    connection.commit()
    store.add(ruling())
    connection.rollback()
    assert store.all() == []
    connection.close()
