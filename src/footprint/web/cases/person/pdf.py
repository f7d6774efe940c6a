"""A PDF of a finished page, or why there is none. The work is done by `sheets`, in a process that can be ended."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from threading import BoundedSemaphore
from typing import Final

from footprint.web.cases.person import sheets

#: What Debian calls the system parts that the library needs.
PACKAGES: Final = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
#: Waiting beyond the limit on processor time: a busy machine is slow, not for ever.
_PATIENCE: Final = 60
#: Of more than these at once in one process the rest waits its turn: people are looked up meanwhile.
_TURNS: Final = BoundedSemaphore(2)


class NoPDF(Exception):
    """There is no PDF this time: too many pages, or it took too long. The message is the sentence to show."""


@cache
def can_make() -> bool:
    """Say whether this machine can make PDFs at all: the library's system parts are there."""
    return _run(b"", "--check").returncode == 0


def make(html: str) -> bytes:
    """Return a page as a tagged PDF. Raises NoPDF."""
    try:
        with _TURNS:
            ran = _run(html.encode())
    except subprocess.TimeoutExpired as error:
        raise NoPDF("It took too long to make the PDF.") from error
    if ran.returncode == sheets.TOO_LONG:
        raise NoPDF(f"It would have more than {sheets.MOST_PAGES} pages.")
    if ran.returncode or not ran.stdout:
        raise NoPDF("The PDF could not be made.")
    return ran.stdout


def _run(given: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTPRINT_")}
    return subprocess.run(
        [sys.executable, "-m", sheets.__name__, *arguments],
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        timeout=_PATIENCE,
        check=False,
    )
