"""`footprint serve`: the pages, over the same data folder as every other command; and stopping them again.

Prepares the operational database, collects the style, starts the server and, beside it, what runs by the clock (mails,
subscriptions, the ledger's heads). The server is a process of its own: this command knows no page.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import say
from footprint.cli.session import Session

PID: Final = "site.pid"
LOG: Final = "site.log"
_PATIENCE: Final = 60.0  # seconds until the first page must answer
_FIRST_PORT: Final = 8000

Listen = Annotated[str, typer.Option(help="Where to listen.", metavar="HOST:PORT")]


def add_to(app: typer.Typer) -> None:
    """Add the command to the front."""
    app.command()(serve)


def serve(
    context: typer.Context,
    listen: Listen = "",
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1)] = 2,
    threads: Annotated[int, typer.Option(help="Threads of each.", min=1)] = 4,
    detach: Annotated[bool, typer.Option("--detach", help="Go on in the background.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop what goes on in the background.")] = False,
) -> None:
    """Serve the pages. Behind a proxy that ends TLS set FOOTPRINT_SITE to the public address: the deployment guide."""
    session: Session = context.obj
    if stop:
        say("Stopped." if stop_site(session.data) else "Nothing was running.")
        return
    if detach:
        stop_site(session.data)  # before a port is chosen: the one that it had is then free again
    address = listen or free_address()
    environment = prepare(session.data, address)
    environment |= {"FOOTPRINT_WORKERS": str(workers), "FOOTPRINT_THREADS": str(threads)}
    if detach:
        start_in_background(session.data, address, environment)
        say(f"The site is at {environment['FOOTPRINT_SITE']}. Stop it with: footprint serve --stop")
        return
    say(f"The site is at {environment['FOOTPRINT_SITE']}. Stop it with Ctrl+C.")
    with _beside(environment):
        try:
            done = subprocess.run(_server(), env=environment, check=False)
        except KeyboardInterrupt:
            return
    raise typer.Exit(done.returncode)


def prepare(data: Path, address: str, *, demo: bool = False) -> dict[str, str]:
    """Bring the database and the style up to date, and return the environment in which the site runs."""
    environment = dict(os.environ) | {"FOOTPRINT_DATA": str(data.absolute()), "FOOTPRINT_LISTEN": address}
    environment.setdefault("FOOTPRINT_SITE", f"http://{address}")
    if demo:
        environment["FOOTPRINT_DEMO"] = "1"
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    return environment


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run one of the site's own commands and return what it printed. Raises CommandError with its last line."""
    done = subprocess.run(
        [sys.executable, "-m", "footprint.web", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise CommandError(f"'{arguments[0]}' failed: {said[-1]}", Exit.NOT_READY)
    return done.stdout


def start_in_background(data: Path, address: str, environment: dict[str, str]) -> None:
    """Start the site as a process group of its own, wait until it answers, and remember how to stop it."""
    with (data / LOG).open("ab") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "footprint.cli.site"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (data / PID).write_text(f"{started.pid}\n", encoding="ascii")
    deadline = time.monotonic() + _PATIENCE
    while not _answers(address):
        if started.poll() is not None or time.monotonic() > deadline:
            raise CommandError(f"The site did not start. {data / LOG} says why.", Exit.NOT_READY)
        time.sleep(0.1)


def stop_site(data: Path) -> bool:
    """Stop the site that runs in the background over this folder; say whether there was one."""
    file = data / PID
    try:
        group = int(file.read_text(encoding="ascii"))
        os.killpg(group, signal.SIGTERM)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        file.unlink(missing_ok=True)
        return False
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    file.unlink(missing_ok=True)
    return True


def free_address() -> str:
    """Return 127.0.0.1 with the first port from 8000 on that nobody uses."""
    for port in range(_FIRST_PORT, _FIRST_PORT + 100):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                tried.bind(("127.0.0.1", port))
                return f"127.0.0.1:{port}"
    raise CommandError("No port from 8000 to 8099 is free. Name one with --listen.", Exit.NOT_READY)


def _server() -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:footprint.web.config.server",
        "footprint.web.config.wsgi",
    ]


@contextlib.contextmanager
def _beside(environment: dict[str, str]) -> Iterator[None]:
    """Run what goes by the clock for as long as the server runs."""
    tending = subprocess.Popen([sys.executable, "-m", "footprint.web", "tend"], env=environment)
    try:
        yield
    finally:
        tending.terminate()
        tending.wait()


def run_site() -> int:
    """Run server and clockwork until one is asked to stop: what the background process does."""
    with _beside(dict(os.environ)):
        server = subprocess.Popen(_server())
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        return server.wait()


def _answers(address: str) -> bool:
    import urllib.error
    import urllib.request

    try:
        with urllib.request.urlopen(f"http://{address}/health", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
