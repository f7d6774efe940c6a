"""What every command shares: the data folder, who asks, and the operational database with its ledger and decisions.

Nothing is opened before it is needed.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from footprint.cli.database import VARIABLE, dialect_of, open_database, transaction

if TYPE_CHECKING:
    from footprint.cli.database import Connection
    from footprint.decisions import DecisionStore
    from footprint.ledger import Event, Ledger, Receipt, Signer
    from footprint.sharing.partnership import Partnership

ACTOR: Final = "FOOTPRINT_ACTOR"

Facts = dict[str, str | int | bool | None]


class Actor(msgspec.Struct, frozen=True):
    """Who gives the command, as the ledger names them."""

    id: str
    role: str = "operator"
    organisation: str = "command-line"


class Session:
    """One run of the command over one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.actor = Actor(os.environ.get(ACTOR) or getpass.getuser())

    @cached_property
    def partnership(self) -> Partnership:
        """The partnership of the data folder."""
        from footprint.sharing.partnership import partnership_of

        return partnership_of(self.data)

    @cached_property
    def database(self) -> Connection:
        """The operational database; a file is made now if there is none."""
        return open_database(self.data, os.environ.get(VARIABLE, ""))

    def close(self) -> None:
        """Let go of the operational database, where it was opened."""
        if "database" in self.__dict__:
            self.database.close()

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger in the operational database."""
        from footprint.ledger import KeyRing, Ledger

        database = self.database
        return Ledger.open(database, KeyRing.load(self.data, os.environ))

    @cached_property
    def signer(self) -> Signer:
        """The key that signs this ledger's heads, made on first use beside the master key."""
        from footprint.ledger import Signer

        return Signer.load(self.data / "keys" / "ledger.key", f"footprint.invalid/{self.partnership.id}")

    @cached_property
    def decisions(self) -> DecisionStore:
        """The rulings in the operational database."""
        from footprint.decisions import DecisionStore

        store = DecisionStore(self.database, dialect_of(self.database))
        if not store.is_made():
            with transaction(self.database):
                store.create_tables()
        return store

    def event(
        self,
        kind: Literal["intent", "refusal", "decision", "change", "reading"],
        action: str,
        facts: Facts | None = None,
    ) -> Event:
        """Return a ledger event of this actor and partnership, to be completed and recorded."""
        from footprint.ledger import Event

        return Event(
            kind=kind,
            action=action,
            actor=self.actor.id,
            role=self.actor.role,
            organisation=self.actor.organisation,
            partnership=self.partnership.id,
            facts=facts or {},
        )

    def changed(self, action: str, facts: Facts | None = None) -> Receipt:
        """Enter in the ledger that something is changed: before it is done, so that nothing is done unseen."""
        return self.ledger.record(self.event("change", action, facts))

    @contextmanager
    def one_transaction(self) -> Iterator[None]:
        """Do what stands within in one transaction of the operational database: all of it is written, or none."""
        _ = self.ledger, self.decisions  # their tables are made in transactions of their own
        with transaction(self.database):
            yield
