"""A PostgreSQL of our own for as long as the tests run: own folder, own socket, no port, no password, nobody else's data."""

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
    # Not pytest's tmp_path: that is closed to the other user, and too deep for a socket's name (107 characters).
    folder = Path(tempfile.mkdtemp(prefix="footprint-postgresql-"))
    identity = unprivileged_identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    cluster, log = folder / "cluster", folder / "log"
    url = f"postgresql://footprint@/postgres?host={folder}"
    try:
        make: list[str | Path] = [
            initdb,
            "--pgdata",
            cluster,
            "--username=footprint",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]
        subprocess.run([*make, "--no-sync"], check=True, capture_output=True, cwd=folder, **identity)
        options = [option for setting in settings for option in ("-c", setting)]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [postgres, "-D", cluster, "-k", folder, *options],
                stdout=output,
                stderr=output,
                cwd=folder,
                **identity,
            )
        try:
            wait_until_it_answers(url, server, log)
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # fast shutdown: sessions are cut, the server leaves in order
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder)


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
