"""A small town of named people: what partners hold, received, published and asked by the real path.

`World.morning(day)` is a working day's start: every partner delivers the whole of what it holds, everything is received
and one snapshot is published. Then a test asks as the command does: `search`, `at`, `show`, `between`, `decide`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock
from zoneinfo import ZoneInfo

import polars as pl
from stdnum.gb.upn import calc_check_digit

from footprint.answer.addresses import search_address
from footprint.answer.footprint import footprint
from footprint.answer.found import AddressAnswer, FoundPerson, SearchAnswer
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People
from footprint.answer.searching import search_people
from footprint.answer.values import Footprint, PossibleOther
from footprint.cli import main
from footprint.cli.opening import open_people
from footprint.cli.publishing import run_publishing
from footprint.cli.session import Session
from footprint.feeds.parsing import parse
from footprint.feeds.receipt import Receipt
from footprint.feeds.receiving import receive
from footprint.linking import frequencies
from footprint.linking.model import load
from footprint.publishing.publish import Published
from footprint.publishing.task import Publishing
from footprint.records.reading_addresses import parse_address
from footprint.search import question_from
from footprint.sharing.reading import PACKAGED
from tests.scenarios.partners.acute import Acute
from tests.scenarios.partners.police import Police
from tests.scenarios.partners.school import School
from tests.scenarios.partners.social_care import SocialCare
from tests.scenarios.partners.system import Partner

HUB = "01922 496 0100"
CASE = ("--case", "CR-2026-0117", "--purpose", "front-door")
_HERE = ZoneInfo("Europe/London")
# How common names are in the town, as a first publishing would have counted them; every other value is as common as most.
_SHARES = {
    "given": {
        "mohammed": 0.012,
        "muhammad": 0.006,
        "john": 0.008,
        "sarah": 0.007,
        "amandeep": 0.001,
        "ibrahim": 0.002,
    },
    "family": {
        "khan": 0.018,
        "hussain": 0.015,
        "smith": 0.011,
        "kaur": 0.012,
        "singh": 0.012,
        "ahmed": 0.009,
    },
}


def nhs(serial: int) -> str:
    """Return a valid NHS number of the range kept for tests (999 ...); consecutive serials give consecutive numbers."""
    figures = f"999{serial:06}"
    rest = (
        11 - sum(int(figure) * weight for figure, weight in zip(figures, range(10, 1, -1), strict=True)) % 11
    )
    assert rest != 10, f"No NHS number has the serial {serial}: take another."
    return f"{figures}{rest % 11}"


def upn(serial: int, *, temporary: bool = False) -> str:
    """Return a valid UPN of an abolished authority; a temporary one ends in a letter."""
    rest = f"928{serial:08}{'A' if temporary else '1'}"
    return f"{calc_check_digit(rest)}{rest}"


class Ran(NamedTuple):
    """How a command ended, and all that it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class World:
    """One partnership in a folder of its own."""

    def __init__(self, folder: Path, *, confined: bool = False) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.police, self.social_care, self.acute, self.school = Police(), SocialCare(), Acute(), School()
        self.schools = [self.school]
        self.day = ""
        self._parse = None if confined else parse
        self.data.mkdir(parents=True)
        (self.data / "partnership.yaml").write_text(
            f"id: town\nname: Town Safeguarding Partnership\nhub: {{team: Safeguarding hub, phone: {HUB}}}\n",
            encoding="utf-8",
        )
        agreed = PACKAGED.read_text(encoding="utf-8").replace("partnership: aldermarch", "partnership: town")
        (self.data / "agreement.yaml").write_text(agreed, encoding="utf-8")
        _freeze_frequencies(self.data)

    @property
    def partners(self) -> list[Partner]:
        return [self.police, self.social_care, self.acute, *self.schools]

    @property
    def now(self) -> dt.datetime:
        """The morning of the latest day."""
        return dt.datetime.combine(dt.date.fromisoformat(self.day), dt.time(8, 30), tzinfo=_HERE)

    def deliver(self, day: str) -> Path:
        """Write the day's deliveries and return their folder; a partner that holds nobody has no feed yet."""
        self.day = day
        folder = self.folder / "deliveries" / day
        for partner in self.partners:
            if partner.holds_anybody:
                into = (
                    folder / partner.feed / partner.partner
                    if isinstance(partner, School)
                    else folder / partner.feed
                )
                partner.deliver(into, dt.date.fromisoformat(day))
        return folder

    def receive(self, folder: Path, feed: str = "") -> list[Receipt]:
        return receive(self.data, feed, [folder], self.now, parse=self._parse)

    def publish(self, as_of: str = "") -> Published:
        with contextlib.closing(self.session) as session:
            return run_publishing(session, dt.date.fromisoformat(as_of) if as_of else None, lambda _: None)

    def morning(self, day: str) -> list[Receipt]:
        """Deliver, receive and publish; every delivery of a sound morning is accepted."""
        receipts = self.receive(self.deliver(day))
        assert {receipt.outcome for receipt in receipts} == {"accepted"}, [
            (one.feed, one.sentence, one.gates) for one in receipts
        ]
        self.publish()
        return receipts

    # ---- asking, through the functions that the command calls

    @property
    def session(self) -> Session:
        return Session(self.data)

    @property
    def opened(self) -> tuple[People, OpenedSnapshot]:
        """The published snapshot under every ruling made so far."""
        with contextlib.closing(self.session) as session:
            return open_people(session)

    def search(self, **terms: str) -> SearchAnswer:
        people, content = self.opened
        question = question_from(terms, latest=dt.date.fromisoformat(content.day))
        return search_people(people, content, question, self.now)

    def at(self, address: str) -> AddressAnswer:
        people, content = self.opened
        return search_address(people, content, parse_address(address), self.now)

    def person(self, record: str) -> str:
        """Return the id of the person to whom a record belongs, as a user sees it now; empty where it is not to be seen."""
        shown = self.opened[0].by_record(record)
        return shown.id if shown else ""

    def show(self, record: str) -> Footprint:
        """Return the footprint of the person to whom a record belongs."""
        people, _ = self.opened
        shown = people.by_record(record)
        assert shown, f"{record} is not to be seen"
        found = footprint(people, shown.id, self.now, hub=self.session.partnership.hub)
        assert found
        return found

    def between(self, one: str, other: str) -> str:
        """Return how a user sees two records: "joined" in one person, "possible" side by side, or "apart"."""
        if self.person(one) == self.person(other) != "":
            return "joined"
        beside = {view.person_id for view in self.show(one).possible}
        return "possible" if self.person(other) in beside else "apart"

    def beside(self, one: str, other: str) -> PossibleOther:
        """Return the line on which the other record's person stands beside this one's."""
        return next(view for view in self.show(one).possible if view.person_id == self.person(other))

    # ---- the command itself, in this process

    def command(self, *arguments: str) -> Ran:
        """Run `footprint ARGUMENTS` on this world's data, from its front door, and return what it wrote."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.object(sys, "argv", ["footprint", "--data", str(self.data), *arguments]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main.run()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

    def decide(
        self, ruling: str, *arguments: str, reason: str = "Checked with both partners."
    ) -> dict[str, Any]:
        """Rule as a steward does, and return the decision."""
        ran = self.command("decide", ruling, *arguments, "--reason", reason, "--json")
        assert ran.code == 0, ran.err
        found: dict[str, Any] = ran.json
        return found


def _freeze_frequencies(data: Path) -> None:
    """Give the town a whole borough's frequencies: among a few people every name would be common."""
    into = Publishing(data=data, model=load(None), feeds=()).frequencies
    into.mkdir(parents=True)
    for column in frequencies.COLUMNS:
        shares = _SHARES.get(column, {})
        table = {column: list(shares), f"tf_{column}": list(shares.values())}
        pl.DataFrame(table, schema={column: pl.String, f"tf_{column}": pl.Float64}).write_parquet(
            into / f"{column}.parquet"
        )


# ---- what an answer says, in a test's words


def residents(answer: AddressAnswer, when: str = "now") -> Iterator[str]:
    """Return the names of everybody whom an address search lists, now or before."""
    for residence in answer.residences:
        for household in getattr(residence, when):
            for resident in household.residents:
                yield resident.name


def found(answer: SearchAnswer, record: str) -> FoundPerson | None:
    """Return the person with this record among those a search found, or None."""
    return next((person for person in answer.people if record in person.records), None)


def facts(answer: Footprint) -> set[tuple[str, str]]:
    """Return what the footprint tells, as (involvement code, role)."""
    return {(line.code, line.role) for partner in answer.partners for line in partner.involvements}


def said(answer: Footprint, field: str) -> set[str]:
    """Return every value that partners state for a field."""
    return {
        statement.value
        for stated in answer.stated
        if stated.field == field
        for statement in stated.statements
    }
