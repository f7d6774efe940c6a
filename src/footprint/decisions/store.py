"""Where rulings are kept: two append-only tables reached through a connection that the caller gives.

Works on SQLite, PostgreSQL and whatever a web framework hands out. It never commits: the caller does, in the same
transaction as the ledger entry that tells of the ruling. The database itself refuses to change or delete a row.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from footprint.decisions.decision import RULES, Decision, checked
from footprint.decisions.overlay import Overlay
from footprint.decisions.schema import GUARDS, MADE, MAKING, TABLES, Dialect

_DECISION: Final = msgspec.json.Decoder(Decision)


class NoSuchDecisionError(LookupError):
    """No decision has this id. `footprint decide list` shows those there are."""


class NotUndoableError(ValueError):
    """This ruling is not taken back by one person, or was taken back before."""


class DecisionStore:
    """The rulings of all partnerships in one database, through a connection that is not ours.

    `connection` has `cursor()`; `dialect` says which SQL it speaks.
    """

    def __init__(self, connection: Any, dialect: Dialect = "sqlite") -> None:
        self._connection = connection
        self._dialect: Dialect = dialect

    def create_tables(self) -> None:
        """Make the tables and their guards where they are not there yet. An owner's work: see `is_made`."""
        for statement in (MAKING[self._dialect], *TABLES, *GUARDS[self._dialect]):
            self._run(statement)

    def is_made(self) -> bool:
        """Say whether tables and guards are there, so that a role that owns none need not make them."""
        statement, whole = MADE[self._dialect]
        ((found,),) = self._run(statement)
        return bool(found == whole)

    def add(self, decision: Decision) -> None:
        """Write a ruling.

        Raises InvalidDecisionError where it makes no sense, and the driver's integrity error where its id is taken.
        A lift is of shields that stand, in the same partnership: NoSuchDecisionError, NotUndoableError.
        """
        checked(decision)
        if decision.kind == "lift":
            self._check_lift(decision)
        body = msgspec.json.encode(decision).decode()
        self._run(
            "INSERT INTO decision (id, partnership, body) VALUES (?, ?, ?)",
            decision.id,
            decision.partnership,
            body,
        )

    def _check_lift(self, lift: Decision) -> None:
        gone = {one.value for made in self.all() if made.kind == "lift" for one in made.subjects}
        for subject in lift.subjects:
            shield = self.get(subject.value)
            if shield.kind != "shield" or shield.partnership != lift.partnership:
                raise NotUndoableError(f"Decision {shield.id} is no shield of this partnership.")
            if shield.id in gone:
                raise NotUndoableError(f"The shield {shield.id} was lifted before.")

    def undo(self, decision_id: str, *, by: str, reason: str, at: str) -> Decision:
        """Take back a ruling with a later entry, and return it as it now reads.

        Raises NoSuchDecisionError; NotUndoableError for a protection, an erasure, or what was taken back before.
        """
        decision = self.get(decision_id)
        if not RULES[decision.kind].undoable:
            then = " Two guardians lift it, on the pages." if decision.kind == "shield" else ""
            raise NotUndoableError(
                f"'{decision.kind}' cannot be taken back by one person: it protects somebody.{then}"
            )
        if decision.undone_by:
            raise NotUndoableError(f"Decision {decision_id} was taken back before, by {decision.undone_by}.")
        if not (by.strip() and reason.strip()):
            raise NotUndoableError("Say who takes the decision back, and why.")
        statement = "INSERT INTO decision_undone (decision, undone_by, reason, at) VALUES (?, ?, ?, ?)"
        self._run(statement, decision_id, by, reason, at)
        return self.get(decision_id)

    def get(self, decision_id: str) -> Decision:
        """Return one ruling. Raises NoSuchDecisionError."""
        rows = self._run(f"{_SELECT} WHERE id = ?", decision_id)
        if not rows:
            raise NoSuchDecisionError(
                f"There is no decision '{decision_id}'. `footprint decide list` shows those there are."
            )
        return _decision(rows[0])

    def all(self, partnership: str = "") -> list[Decision]:
        """Return the rulings of a partnership, or of all, in the order in which they were made."""
        rows = (
            self._run(f"{_SELECT} WHERE partnership = ?", partnership) if partnership else self._run(_SELECT)
        )
        return sorted(map(_decision, rows), key=lambda decision: (decision.at, decision.id))

    def overlay(self) -> Overlay:
        """Return what all rulings of all partnerships mean together."""
        return Overlay.of(self.all())

    def _run(self, statement: str, *values: str) -> list[Any]:
        cursor = self._connection.cursor()
        try:
            if self._dialect == "postgresql":
                statement = statement.replace("?", "%s")
            # Without parameters a driver leaves a per cent sign in the statement alone.
            cursor.execute(statement, values) if values else cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            cursor.close()


_SELECT: Final = "SELECT body, undone_by FROM decision LEFT JOIN decision_undone ON decision = id"


def _decision(row: Any) -> Decision:
    body, undone_by = row
    decision = _DECISION.decode(body)
    return msgspec.structs.replace(decision, undone_by=undone_by) if undone_by else decision
