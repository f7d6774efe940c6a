"""`footprint backup` and `footprint restore`: the data folder and the operational database, and apart from them the keys.

What is sealed in the ledger opens only with its data key. The keys are therefore written to a place of their own, to be
kept for few weeks: then whoever was erased stays erased, whatever older backup is found. The master key is in neither.
"""

from __future__ import annotations

import base64
import datetime as dt
import os
import shutil
import sqlite3
import subprocess
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from footprint.cli.database import SQLITE_FILE, VARIABLE, dialect_of
from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import say
from footprint.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MASTER_KEY_VARIABLE: Final = "FOOTPRINT_MASTER_KEY_FILE"
ABOUT: Final = "backup.json"
DUMP: Final = "operational.dump"
KEYS: Final = "ledger-keys.jsonl"
#: What is not copied: the keys, what the next start makes again, and what belongs to a running process.
_LEFT: Final = shutil.ignore_patterns(
    "keys", "static", "site.*", f"{SQLITE_FILE}*", "*.lock", ".lock", "*.partial", ".gone-*", ".draft-*"
)

Target = Annotated[Path, typer.Argument(help="The backup's folder.", metavar="FOLDER")]
KeysFolder = Annotated[
    Path, typer.Option("--keys", help="Another folder, for the keys alone.", metavar="FOLDER")
]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: when it was made, from which kind of database, and how much ledger, under which root (hex)."""

    made: str
    database: str
    entries: int
    root: str


_ABOUT: Final = msgspec.json.Decoder(About)


class KeyRow(msgspec.Struct, frozen=True):
    """One data key of the ledger, wrapped by the master key; `wrapped` in base64."""

    key_id: str
    owner: str
    master_id: str
    wrapped: str


_KEY_ROW: Final = msgspec.json.Decoder(KeyRow)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the front."""
    app.command()(backup)
    app.command()(restore)


def backup(context: typer.Context, folder: Target, keys: KeysFolder) -> None:
    """Write everything to a new folder, and the ledger's keys to another. Safe while the site runs."""
    session: Session = context.obj
    _refuse_what_is_there(folder, keys / KEYS)
    session.changed("backup")
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    # The keys last: every key that the copy needs is then among them.
    with held(session.data):
        shutil.copytree(session.data, partial / "data", ignore=_LEFT)
    about = _dump(session, partial)
    _write_keys(session, keys)
    (partial / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about)) + b"\n")
    partial.rename(folder)
    say(f"{folder} holds {about.entries:,} ledger entries; {keys / KEYS} the keys to what is sealed in them.")


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Keep every snapshot that is there from being pruned meanwhile."""
    from footprint.publishing.task import root
    from footprint.snapshot import SnapshotDamaged, list_snapshots, open_snapshot

    with ExitStack() as opened:
        for snapshot_id in list_snapshots(root(data)):
            # One that is pruned this moment, or is not whole, has nobody to keep it for.
            with suppress(SnapshotDamaged):
                opened.enter_context(open_snapshot(root(data), snapshot_id))
        yield


def restore(context: typer.Context, folder: Target, keys: KeysFolder) -> None:
    """Bring a backup back into an empty data folder (and database), and check the ledger against what was backed up."""
    session: Session = context.obj
    about = _about(folder)
    if not (os.environ.get(MASTER_KEY_VARIABLE) or (session.data / "keys" / "master.key").exists()):
        raise CommandError(
            f"Put the master key back first: {session.data / 'keys' / 'master.key'}, or {MASTER_KEY_VARIABLE}.",
            Exit.NOT_READY,
        )
    _refuse_what_is_there(
        session.data / SQLITE_FILE, session.data / "snapshots", session.data / "generations"
    )
    shutil.copytree(folder / "data", session.data, dirs_exist_ok=True)
    _load(session, folder, about)
    rows = _read_keys(keys)
    session.database.execute("BEGIN")
    marker = "?" if dialect_of(session.database) == "sqlite" else "%s"
    statement = (
        f"INSERT INTO ledger_key (key_id, owner, master_id, wrapped) VALUES ({', '.join([marker] * 4)})"  # noqa: S608 - place-holders
    )
    session.database.cursor().executemany(statement, rows)
    session.database.execute("COMMIT")
    report = session.ledger.verify()
    same = (report.entries, report.root.hex()) == (about.entries, about.root)
    if not (report.sound and same):
        raise CommandError(
            "The ledger that came back is not the one that was backed up. Use none of it, and try an older backup.",
            Exit.FAULTS,
        )
    say(f"Restored as of {about.made}: {about.entries:,} ledger entries, the same root. Publish, then serve.")


# ---- the operational database


def _dump(session: Session, partial: Path) -> About:
    _ = session.ledger, session.decisions  # made where there are none, so that a backup always holds them
    if dialect_of(session.database) == "sqlite":
        _copy_sqlite(session.data / SQLITE_FILE, partial / DUMP)
        return _about_copy(partial / DUMP)
    report = session.ledger.verify()
    _postgresql("pg_dump", "--format=custom", "--exclude-table-data=ledger_key", f"--file={partial / DUMP}")
    return About(made=_now(), database="postgresql", entries=report.entries, root=report.root.hex())


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others may write to, and take the keys out of the copy."""
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute("DELETE FROM ledger_key")
    live.close()
    copy.close()


def _about_copy(copy: Path) -> About:
    from footprint.ledger import KeyRing, Ledger

    # Any key does: the copy's leaves are counted and hashed, and nothing in it is opened.
    connection = sqlite3.connect(copy, isolation_level=None)
    report = Ledger.open(connection, KeyRing(bytes(32))).verify()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return About(made=_now(), database="sqlite", entries=report.entries, root=report.root.hex())


def _load(session: Session, folder: Path, about: About) -> None:
    kind = "postgresql" if os.environ.get(VARIABLE) else "sqlite"
    if kind != about.database:
        raise CommandError(
            f"This backup is of {about.database}, and {VARIABLE} now says {kind}. Set it as it was."
        )
    if kind == "sqlite":
        shutil.copy2(folder / DUMP, session.data / SQLITE_FILE)
    else:
        _postgresql("pg_restore", "--no-owner", "--exit-on-error", "--dbname=", str(folder / DUMP))


def _postgresql(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database that is set; the password goes by the environment, never the line."""
    from psycopg.conninfo import conninfo_to_dict

    said = conninfo_to_dict(os.environ[VARIABLE])
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    environment = os.environ | {
        names[name]: str(value) for name, value in said.items() if name in names and value
    }
    line = [f"--dbname={said.get('dbname', '')}" if one == "--dbname=" else one for one in arguments]
    path = shutil.which(program) or next(
        (str(found) for found in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)),
        "",
    )
    if not path:
        raise CommandError(
            f"{program} is not on this machine: apt-get install postgresql-client.", Exit.NOT_READY
        )
    done = subprocess.run([path, *line], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()[-300:]}", Exit.NOT_READY)


# ---- the keys


def _write_keys(session: Session, keys: Path) -> None:
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = session.database.execute("SELECT key_id, owner, master_id, wrapped FROM ledger_key").fetchall()
    lines = [
        msgspec.json.encode(KeyRow(key_id, owner, master_id, base64.b64encode(wrapped).decode()))
        for key_id, owner, master_id, wrapped in rows
    ]
    descriptor = os.open(keys / KEYS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"\n".join([*lines, b""]))
        file.flush()
        os.fsync(file.fileno())


def _read_keys(keys: Path) -> Sequence[tuple[str, str, str, bytes]]:
    def rows() -> Iterator[tuple[str, str, str, bytes]]:
        for line in (keys / KEYS).read_bytes().splitlines():
            row = _KEY_ROW.decode(line)
            yield row.key_id, row.owner, row.master_id, base64.b64decode(row.wrapped)

    try:
        return list(rows())
    except (OSError, ValueError, msgspec.DecodeError):
        raise CommandError(
            f"{keys / KEYS} cannot be read. Name the folder of the keys that belong to this backup."
        ) from None


# ---- what is there


def _about(folder: Path) -> About:
    try:
        return _ABOUT.decode((folder / ABOUT).read_bytes())
    except (OSError, msgspec.DecodeError):
        raise CommandError(f"{folder} is no backup, or one that was not finished. Name another.") from None


def _refuse_what_is_there(*places: Path) -> None:
    for place in places:
        if place.exists():
            raise CommandError(
                f"{place} is there already, and nothing is ever written over. Name a new place."
            )


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
