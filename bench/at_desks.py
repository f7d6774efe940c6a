"""Reads referrals as a supervisor, a front door, a referral unit and an auditor do, and prints each page's milliseconds, as JSON.

Each signs in to the demonstration and goes through the pages of their desk again and again, without a pause.

    python -m bench.at_desks ADDRESS READERS ROUNDS [FIRST_DESK]
"""

import itertools
import json
import re
import sys
import threading
import time
from typing import Final

import requests

from bench.visiting import Window

#: Who opens which pages: what it is called here, and its address, or what leads to it on the page before.
DESKS: Final[dict[str, tuple[tuple[str, str | re.Pattern[str]], ...]]] = {
    "social-worker": (
        ("the queue", "/referrals/queue/"),
        ("a referral", re.compile(r'href="(/referrals/sent/[^"/]+/)"')),
    ),
    "sergeant": (
        ("the team", "/referrals/team/"),
        ("the team's trends", "/referrals/team/trends/"),
    ),
    "referral-unit": (
        ("what waits for a grade", "/referrals/grading/"),
        ("a form to grade", re.compile(r'href="(/referrals/desk/[^"/]+/grade/)"')),
        ("the audit", "/referrals/audit/"),
        ("an auditor's own list", "/referrals/audit/mine/"),
        ("a form to mark", re.compile(r'href="(/referrals/audit/drawn/\d+/)"')),
        ("how markers agree", "/referrals/audit/agreement/"),
    ),
    "auditor": (
        ("voice and video", "/referrals/measures/"),
        ("themes", "/referrals/audit/themes/"),
    ),
}


class Reader(Window):
    """Somebody at one desk."""

    def __init__(self, address: str, username: str) -> None:
        super().__init__(address, username)
        self.pages = DESKS[username]

    def read(self, taken: dict[str, list[float]]) -> None:
        """Open each page of the desk once, and keep how long it took from the link to the last byte."""
        page: requests.Response | None = None
        for name, where in self.pages:
            if isinstance(where, str):
                page = self._timed(where, taken[name])
            elif found := where.search(page.text if page else ""):
                self._timed(found[1], taken[name])
            else:
                raise RuntimeError(f"Nothing leads to {name}: the page before it shows none.")

    def _timed(self, path: str, taken: list[float]) -> requests.Response:
        start = time.perf_counter()
        page = self.get(path)
        taken.append((time.perf_counter() - start) * 1000)
        return page


def visit(address: str, count: int, rounds: int, first: int = 0) -> dict[str, list[float]]:
    """Send so many at once, desk by desk in turn from the first on, each to read so many rounds."""
    desks = itertools.islice(itertools.cycle(DESKS), first, first + count)
    readers = [Reader(address, username) for username in desks]
    taken: dict[str, list[float]] = {name: [] for reader in readers for name, _ in reader.pages}
    faults: list[Exception] = []

    def sit(reader: Reader) -> None:
        try:
            for _ in range(rounds):
                reader.read(taken)
        except Exception as error:  # noqa: BLE001 - told below: a figure of visits that failed would be a lie
            faults.append(error)

    threads = [threading.Thread(target=sit, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return taken


def main(arguments: list[str]) -> None:
    """Visit, and print."""
    address, *figures = arguments
    print(json.dumps(visit(address, *map(int, figures))))


if __name__ == "__main__":
    main(sys.argv[1:])
