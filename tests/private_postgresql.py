"""A PostgreSQL of our own for as long as the tests run: own folder, own socket, no port, no password, nobody else's data."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

# Durability costs minutes and buys nothing for data that is thrown away.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "listen_addresses=",
)


@contextmanager
def running_postgresql(initdb: Path, postgres: Path, settings: Sequence[str] = SETTINGS) -> Iterator[str]:
    """Make a cluster, start it, yield its URL, stop it and remove it. A benchmark gives settings that keep what it writes."""
    with postgresql_server(initdb, postgres, settings) as server:
        yield server.url


@contextmanager
def postgresql_server(initdb: Path, postgres: Path, settings: Sequence[str]) -> Iterator["Server"]:
    """The same, yielding the server itself, for who would kill it and start it again."""
    # Not pytest's tmp_path: that is closed to the other user, and too deep for a socket's name (107 characters).
    folder = Path(tempfile.mkdtemp(prefix="footprint-postgresql-"))
    identity = unprivileged_identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    try:
        make: list[str | Path] = [
            initdb,
            "--pgdata",
            folder / "cluster",
            "--username=footprint",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]
        subprocess.run([*make, "--no-sync"], check=True, capture_output=True, cwd=folder, **identity)
        server = Server(postgres, folder, settings, identity)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


class Server:
    """A server over the cluster of a folder."""

    def __init__(
        self, postgres: Path, folder: Path, settings: Sequence[str], identity: dict[str, Any]
    ) -> None:
        self.url = f"postgresql://footprint@/postgres?host={folder}"
        self._folder, self._log, self._identity = folder, folder / "log", identity
        options = [option for setting in settings for option in ("-c", setting)]
        self._command: list[str | Path] = [postgres, "-D", folder / "cluster", "-k", folder, *options]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it answers."""
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command, stdout=output, stderr=output, cwd=self._folder, **self._identity
            )
        wait_until_it_answers(self.url, self._process, self._log)

    def kill(self) -> None:
        """Kill it with everybody who works for it, at once, and return when all are gone."""
        assert self._process
        # Stopped first: it would notice the first death and start afresh before the last.
        self._process.send_signal(signal.SIGSTOP)
        children = children_of(self._process.pid)
        for pid in (*children, self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        while any(is_alive(pid) for pid in children):
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop it in order, where it runs."""
        if self._process:
            self._process.send_signal(
                signal.SIGINT
            )  # fast shutdown: sessions are cut, the server leaves in order
            self._process.wait(timeout=60)


def children_of(parent: int) -> list[int]:
    """Return the processes that this one started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True)
    pairs = (map(int, line.split()) for line in listed.stdout.splitlines())
    return [pid for pid, above in pairs if above == parent]


def is_alive(pid: int) -> bool:
    """Say whether a process is there and not merely waiting for somebody to be told of its end."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return bool(told.stdout.strip()) and not told.stdout.strip().startswith("Z")


def unprivileged_identity() -> dict[str, Any]:
    """Whom to run as: PostgreSQL refuses root, so root becomes `postgres`, or `nobody`. Empty for everybody else."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once a connection succeeds; if the server leaves first, or hangs, fail with what it said."""
    for _ in range(600):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start. It said:\n{log.read_text(errors='replace')}")
