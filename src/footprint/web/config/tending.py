"""What runs by the clock beside the server: mails, reminders, subscriptions, use to be looked at, heads, what has had its time.

Each task is a command that can be run by hand at any time and does nothing twice. One that fails is told in the log and
tried again at its next turn; it never stops the others.
"""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections

log: Final = logging.getLogger(__name__)


class Task(NamedTuple):
    """A task: its name, how often it runs (seconds), and what it does."""

    name: str
    every: float
    run: Callable[[], object]


def _site_command(*arguments: str) -> Callable[[], object]:
    return lambda: call_command(*arguments, verbosity=0, stdout=io.StringIO())


def _command(*arguments: str) -> Callable[[], object]:
    """A command of `footprint`, in a process of its own: the pages do not know the command line."""

    def run() -> None:
        line = [sys.executable, "-c", "from footprint.cli.main import run; run()", *arguments]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        if done.returncode:
            # Its words name witnesses and what they refused, never a person.
            log.warning(
                "%s ended with %s: %s", " ".join(arguments), done.returncode, done.stderr.strip()[-300:]
            )

    return run


def _heads() -> None:
    """Sign the ledger's head, and where the partnership has named witnesses, let them cosign it."""
    has_witnesses = (settings.DATA / "witnesses.yaml").exists()
    _command("ledger", "cosign" if has_witnesses else "head")()


TASKS: Final = (
    # First: a referral that the record could not take waits for nothing else.
    Task("enter_spooled", 15, _site_command("enter_spooled")),
    Task("deliver", 15, _site_command("deliver", "--once")),
    Task("deliver_referrals", 15, _site_command("deliver_referrals", "--once")),
    Task("hold_back", 60, _site_command("hold_back")),
    Task("remind_of_danger", 60, _site_command("remind_of_danger")),
    Task("watch", 60, _site_command("watch")),
    Task("watch_use", 300, _site_command("watch_use")),
    Task("heads", 60, _heads),
    Task("remind", 300, _site_command("remind")),
    Task("end_terms", 3600, _site_command("end_terms")),
    Task("end_drafts", 3600, _site_command("end_drafts")),
    Task("remind_audits", 3600, _site_command("remind_audits")),
    Task("prune", 3600, _command("snapshot", "prune")),
)


def tend(
    tasks: tuple[Task, ...], clock: Callable[[], float], sleep: Callable[[float], object]
) -> Iterator[str]:
    """Run each task whenever it is due, for ever, and yield its name after each run."""
    due = {task.name: clock() for task in tasks}
    while True:
        task = min(tasks, key=lambda one: due[one.name])
        if (wait := due[task.name] - clock()) > 0:
            sleep(wait)
        with _told_not_raised(task.name):
            task.run()
        close_old_connections()
        due[task.name] = clock() + task.every
        yield task.name


def tend_for_ever() -> None:
    """Tend until the process is stopped."""
    for _ in tend(TASKS, time.monotonic, time.sleep):
        pass


@contextmanager
def _told_not_raised(name: str) -> Iterator[None]:
    try:
        yield
    except Exception:
        log.exception("The task %s failed; it is tried again at its next turn.", name)
