"""Visits the pages as duty workers do, several at once, and prints how long each page took, as JSON.

Each visitor signs in to the demonstration, opens a case and then, again and again, asks for a person and opens whoever
comes first. A look-up is timed from pressing the button to the last byte of its results; a footprint from the link on. Between
them they read: so many seconds, half as long or half as long again, or not at all.

    python -m bench.visiting ADDRESS RECORDS.parquet VISITORS LOOK_UPS_OF_EACH SECONDS_OF_READING
"""

import json
import random
import re
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl
import requests

AS: Final = ("social-worker", "referral-unit")
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PERSON: Final = re.compile(r'href="(/cases/[^"/]+/people/[^"/]+/)"')


class Window:
    """One browser window, signed in to the demonstration as one of its accounts."""

    def __init__(self, address: str, username: str) -> None:
        self.address, self.session = address, requests.Session()
        page = self.get("/account/sign-in/")
        self.post("/account/sign-in/as/", page, {"username": username})

    def get(self, path: str) -> requests.Response:
        """Return a page. Raises where it is no page."""
        answer = self.session.get(self.address + path, timeout=60)
        answer.raise_for_status()
        return answer

    def post(self, path: str, page: requests.Response, form: dict[str, str]) -> requests.Response:
        """Send a form of `page`, follow where it leads, and return that page."""
        token = _TOKEN.search(page.text)
        said = form | {"csrfmiddlewaretoken": token[1] if token else ""}
        answer = self.session.post(self.address + path, said, timeout=60)
        answer.raise_for_status()
        return answer


class Visitor(Window):
    """A duty worker, in a case of their own."""

    def __init__(self, address: str, number: int, reading: float = 0) -> None:
        super().__init__(address, AS[number % len(AS)])
        self.reading, self.chance = reading, random.Random(number)
        form = {
            "purpose": "front-door",
            "reference": f"CR-2026-{1000 + number}",
            "concerns": f"Family {number}",
        }
        opened = self.post("/cases/new/", self.get("/cases/new/"), form)
        self.case = re.search(r"/cases/([^/]+)/", opened.url)[1]  # type: ignore[index]
        self.ask = f"/cases/{self.case}/ask/person/"
        self.form = self.get(self.ask)

    def look_up(self, person: tuple[str, str, str]) -> tuple[float, float | None]:
        """Ask for a person and open the first who comes; return the seconds of each (None: nobody came)."""
        given, family, born = person
        self.read()
        start = time.perf_counter()
        results = self.post(self.ask, self.form, {"given": given, "family": family, "born": born})
        asked = time.perf_counter() - start
        if "/look-ups/" not in results.url:
            raise RuntimeError(f"The question was not taken: {results.url} answered another page.")
        first = _PERSON.search(results.text)
        if first is None:
            return asked, None
        self.read()
        start = time.perf_counter()
        self.get(first[1])
        return asked, time.perf_counter() - start

    def read(self) -> None:
        """Look at a page for a while."""
        time.sleep(self.reading * self.chance.uniform(0.5, 1.5))


def people(records: Path, count: int, seed: int = 1) -> list[tuple[str, str, str]]:
    """Return so many people to ask for: given name, family name, date of birth as partners wrote them."""
    columns = ["given_name", "family_name", "date_of_birth"]
    named = pl.read_parquet(records, columns=columns).filter(
        *(pl.col(column).cast(pl.String).str.len_chars() > 0 for column in columns)
    )
    drawn = named.sample(min(count, named.height), seed=seed, shuffle=True)
    return [(str(given), str(family), str(born)) for given, family, born in drawn.iter_rows()]


def visit(
    address: str, records: Path, visitors: int, look_ups: int, reading: float
) -> dict[str, list[float]]:
    """Send the visitors at once and return every page's milliseconds."""
    windows = [Visitor(address, number, reading) for number in range(visitors)]
    asked = people(records, visitors * look_ups)
    random.Random(1).shuffle(asked)
    taken: dict[str, list[float]] = {"search": [], "footprint": []}
    faults: list[Exception] = []

    def sit(number: int) -> None:
        try:
            for person in asked[number::visitors]:
                search, footprint = windows[number].look_up(person)
                taken["search"].append(search * 1000)
                if footprint is not None:
                    taken["footprint"].append(footprint * 1000)
        except Exception as error:  # noqa: BLE001 - told below: a figure of visits that failed would be a lie
            faults.append(error)

    threads = [threading.Thread(target=sit, args=(number,)) for number in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return taken


def main(arguments: Sequence[str]) -> None:
    """Visit, and print."""
    address, records, visitors, look_ups, reading = arguments
    print(json.dumps(visit(address, Path(records), int(visitors), int(look_ups), float(reading))))


if __name__ == "__main__":
    main(sys.argv[1:])
