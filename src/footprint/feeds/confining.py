"""Reading partners' files in child processes that may cost and do only so much.

A server process, started once, imports the parser and then forks one child for each delivery (a fork costs milliseconds,
a fresh interpreter half a second; there are a hundred and twenty schools). The child gives up the network and sets its
limits before it opens a file. Only JSON passes between parent, server and child, so a child that a hostile file took
over has nothing to hand to the parent but text. The parent never opens a partner's file.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from footprint.feeds import parsed as names
from footprint.feeds.parsed import Parsed
from footprint.feeds.parsing import Job, parse, refused
from footprint.feeds.refusing import RefusedError

_JOB: Final = msgspec.json.Decoder(Job)

_PARSED: Final = msgspec.json.Decoder(Parsed)

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
#: Waiting beyond the limit on processor time: a child may wait for a slow disk, not for ever.
_PATIENCE_SECONDS: Final = 120
_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "ctypes.dlopen",
)


class Ended(msgspec.Struct, frozen=True):
    """How a child ended: its exit status as `os.waitpid` gives it, and the sentence for it if it died."""

    status: int
    reason: str = ""


_ENDED: Final = msgspec.json.Decoder(Ended)


class Reader:
    """A server of confined children. Use as a context manager; `read` gives one delivery at a time to one child."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "footprint.feeds.confining"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                # Each thread of an engine would set aside address space that it never uses, and the limit counts it.
                "MALLOC_ARENA_MAX": "1",
            },
        )

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server; a child that is still reading ends with it."""
        if self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def read(self, job: Job) -> Parsed:
        """Return what a child made of a delivery; if the child died, a refusal that says why."""
        ended = self._ask(job)
        summary = Path(job.out) / names.SUMMARY
        if ended.reason:
            return refused(job.contract.feed, RefusedError(ended.reason))
        try:
            return _PARSED.decode(summary.read_bytes())
        except (OSError, msgspec.DecodeError):
            return refused(
                job.contract.feed,
                RefusedError("Reading the files ended without a result. Nothing was taken."),
            )

    def _ask(self, job: Job) -> Ended:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("The reading process has no pipes. Start the command again.")
        try:
            stdin.write(msgspec.json.encode(job) + b"\n")
            stdin.flush()
            answer = stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            return Ended(
                1, "The process that reads files is gone. Nothing was taken. Start the command again."
            )
        return _ENDED.decode(answer)


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Read jobs line by line, each in a child of its own, and answer with how the child ended."""
    for line in jobs:
        job = _JOB.decode(line)
        child = os.fork()
        if child == 0:
            _become_child(job)
        answers.write(msgspec.json.encode(_await(child, job)) + b"\n")
        answers.flush()


def _become_child(job: Job) -> None:
    """Parse under limits and leave; never returns to the server's loop."""
    status = 1
    try:
        _confine(job)
        parse(job)
        status = 0
    except MemoryError:
        status = 77
    except BaseException as error:  # noqa: BLE001 - whatever it was, the child ends and the parent is told
        sys.stderr.write(f"A reading process ended with {type(error).__name__}.\n")
    finally:
        os._exit(status)


def _confine(job: Job) -> None:
    limits = job.contract.limits
    os.close(0)
    # As root the network can be left at once; as anybody else only in a user namespace, where the kernel allows one.
    libc = ctypes.CDLL(None)
    if libc.unshare(_NEW_NETWORK):
        libc.unshare(_NEW_USER | _NEW_NETWORK)
    for limit, most in (
        (resource.RLIMIT_AS, limits.memory_mb << 20),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 4 * limits.file_mb << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    sys.addaudithook(_forbid)


def _forbid(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"Reading a delivery needs no {event}.")


def _await(child: int, job: Job) -> Ended:
    limits = job.contract.limits
    deadline = time.monotonic() + limits.cpu_seconds + _PATIENCE_SECONDS
    descriptor = os.pidfd_open(child)
    try:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(descriptor)
    _, status = os.waitpid(child, 0)
    return Ended(status, "" if status == 0 else _why(status, job, timed_out=not ready))


def _why(status: int, job: Job, *, timed_out: bool) -> str:
    limits = job.contract.limits
    died_of = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
    if timed_out or died_of in (signal.SIGXCPU, signal.SIGKILL):
        return f"Reading the files took more than {limits.cpu_seconds} seconds. Nothing was taken. Is this the usual extract?"
    if code == 77 or died_of == signal.SIGABRT:
        return f"Reading the files took more than {limits.memory_mb} MB of memory. Nothing was taken. Is this the usual extract?"
    if died_of == signal.SIGXFSZ:
        return "The files grew too large while they were read. Nothing was taken. Is this the usual extract?"
    return "Reading the files failed in a way that nobody foresaw. Nothing was taken. Keep the files and report it."


@contextlib.contextmanager
def readers(count: int) -> Iterator[list[Reader]]:
    """Return `count` servers, ended when the block ends."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Reader()) for _ in range(count)]


if __name__ == "__main__":
    # The parent may be told to stop from the terminal; it then ends the server itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a child prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)
