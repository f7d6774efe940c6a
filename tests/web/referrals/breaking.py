"""What tests of referrals break: a table that takes nothing, a database that is away, a process that is killed."""

import contextlib
import multiprocessing
from unittest import mock

from django.db import OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper

#: A process begins as a copy of this one, in which everything is loaded: a kill costs no start.
COPIES = multiprocessing.get_context("fork")

_BREAK = {
    "sqlite": [
        "CREATE TRIGGER no_entry BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION no_entry() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER no_entry BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_entry()",
    ],
}
_MEND = {
    "sqlite": ["DROP TRIGGER no_entry"],
    "postgresql": ["DROP TRIGGER no_entry ON {table}", "DROP FUNCTION no_entry"],
}


@contextlib.contextmanager
def broken(table="ledger_entry"):
    """The ledger, really failing: its table takes no entry, as when a guard or a disk refuses. Or another table."""
    _run(_BREAK, table)
    try:
        yield
    finally:
        _run(_MEND, table)


def _run(sentences, table):
    with connection.cursor() as cursor:
        for sentence in sentences[connection.vendor]:
            cursor.execute(sentence.format(table=table))


@contextlib.contextmanager
def without_database():
    """Nothing that is asked of the database is answered, in any thread of this process."""

    def gone(*_asked, **_more):
        raise OperationalError("the server closed the connection unexpectedly")

    with mock.patch.object(CursorWrapper, "execute", gone):
        yield


class Running:
    """What a process of its own does again and again, begun anew after each kill."""

    def __init__(self, does, *given):
        self.does, self.given, self.process = does, given, None
        self.start()

    def start(self):
        connections.close_all()  # no copy goes on with a connection of ours
        self.process = COPIES.Process(target=self.does, args=self.given, daemon=True)
        self.process.start()

    def kill(self):
        assert self.process.is_alive(), f"{self.does.__name__} ended by itself"
        self.process.kill()
        self.process.join()
