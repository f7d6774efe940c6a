"""Writes one child's journey into the dataset's tables, and the workers and teams who carry it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Final

from footprint.sample.delivery import Sheet
from footprint.sample.dice import Dice
from footprint.sample.partners.ids import Ids
from footprint.sample.partners.social_care_events import Journey, Span
from footprint.sample.timeline import Timeline
from footprint.sample.world.maker import COMMUNITY
from footprint.sample.world.names import Names

TEAMS: Final = {
    "T01": "Multi-Agency Safeguarding Hub",
    "T02": "Family Help North",
    "T03": "Family Help South",
    "T04": "Protection and Support East",
    "T05": "Protection and Support West",
    "T06": "Corporate Parenting",
    "T07": "Leaving Care",
}
SOURCE_WORDS: Final = {
    "6": "Police", "2A": "School", "3E": "A&E", "3A": "GP", "3B": "Health visitor", "1A": "Family member", "1C": "Neighbour",
    "5B": "Social care", "4": "Housing", "8": "Other", "9": "Anonymous", "7": "Court",
}  # fmt: skip
CONTACT_OUTCOMES: Final = {
    "NFA": "No further action", "INFO": "Information and advice", "EH": "Early help", "CIN": "Referral accepted",
}  # fmt: skip
WORKERS_PER_RESIDENT: Final = 1 / 2500


def stamp(day: dt.date | None) -> str:
    """Return a day as the council's extract writes datetimes."""
    return f"{day.isoformat()}T00:00:00" if day else ""


class Workers:
    """The council's social workers: invented people, a few for each part of the borough."""

    def __init__(self, dice: Dice, residents: int) -> None:
        names = Names()
        self.people: list[tuple[str, str]] = [("W0001", "Rukhsana Malik")]
        for number in range(2, 14 + int(residents * WORKERS_PER_RESIDENT)):
            community = dice.weighted(COMMUNITY)
            given = names.given(community, "F" if dice.chance(0.8) else "M", 1985, dice)
            family = names.family(community, dice)
            self.people.append((f"W{number:04}", f"{given} {family}"))

    def for_block(self, block: int, dice: Dice) -> str:
        """Return the worker of a household: one of the few who work in its part of the borough."""
        return self.people[(block * 3 + dice.below(5)) % len(self.people)][0]

    def write(self, sheets: dict[str, Sheet]) -> None:
        for number, name in self.people:
            row = (
                number,
                f"ST{number}",
                name,
                f"SW{number[1:]}00",
                "Social Worker",
                "",
                "Children's Services",
                "",
                "N",
            )
            sheets["ssd_professionals"].row(row)
        for team, name in TEAMS.items():
            sheets["ssd_department"].row((team, name, "T00", "Children's Services"))


def team_of(journey: Journey) -> str:
    """Return the team that holds the case."""
    if journey.leaver:
        return "T07"
    if journey.looked_after:
        return "T06"
    if journey.in_need is None:
        return "T02" if journey.early_help else "T01"
    return "T04" if journey.protection else "T05"


def write_journey(
    sheets: dict[str, Sheet], timeline: Timeline, journey: Journey, number: str, worker: str, ids: Ids
) -> None:
    """Write everything that happened to one child. Rows of one journey share the number of its referral."""
    journal = Journal(sheets, timeline, number, worker, team_of(journey), ids)
    journal.contacts(journey)
    journal.early_help(journey.early_help)
    journal.in_need(journey)
    journal.protection(journey)
    journal.care(journey)


class Journal:
    """Writes the steps of one child's journey."""

    def __init__(
        self, sheets: dict[str, Sheet], timeline: Timeline, number: str, worker: str, team: str, ids: Ids
    ) -> None:
        self._sheets, self._timeline = sheets, timeline
        self._number, self._worker, self._team, self._ids = number, worker, team, ids
        self._referral = ids.text("R")

    def _event(self, table: str, on: dt.date, row: tuple[str, ...]) -> None:
        self._sheets[table].row(row, self._timeline.seen(on))

    def contacts(self, journey: Journey) -> None:
        for on, source, outcome in journey.contacts:
            said = json.dumps({"OUTCOME": CONTACT_OUTCOMES.get(outcome, outcome)})
            row = (
                self._ids.text("C"),
                self._number,
                stamp(on),
                source,
                SOURCE_WORDS.get(source, "Other"),
                said,
            )
            self._event("ssd_contacts", on, row)

    def early_help(self, span: Span | None) -> None:
        if span is None:
            return
        identifier = self._ids.text("E")
        for end, first, last in self._timeline.told(*span):
            row = (
                identifier, self._number, stamp(span[0]), stamp(end), "Family support",
                "Needs met" if end else "", "Family Help", self._worker,
            )  # fmt: skip
            self._sheets["ssd_early_help_episodes"].row(row, first, last)

    def in_need(self, journey: Journey) -> None:
        span = journey.in_need
        if span is None:
            return
        for end, first, last in self._timeline.told(*span):
            row = (
                self._referral, self._number, stamp(span[0]), journey.need, journey.source, SOURCE_WORDS.get(journey.source, ""),
                json.dumps({"OUTCOME": "Assessment"}), "N", journey.closure if end else "", stamp(end), self._team, self._worker,
            )  # fmt: skip
            self._sheets["ssd_cin_episodes"].row(row, first, last)
        self._allocated(span)
        self._assessment(journey.assessment)
        if journey.in_need_plan is not None:
            identifier = self._ids.text("N")
            start = stamp(journey.in_need_plan[0])
            for end, first, last in self._timeline.told(*journey.in_need_plan):
                plan = (identifier, self._referral, self._number, start, stamp(end), self._team, self._worker)
                self._sheets["ssd_cin_plans"].row(plan, first, last)

    def _allocated(self, span: Span) -> None:
        identifier = self._ids.text("I")
        for end, first, last in self._timeline.told(*span):
            row = (
                identifier, self._worker, "ALLOCATED CASE WORKER", self._team, stamp(span[0]), stamp(end), "", self._number,
                self._referral,
            )  # fmt: skip
            self._sheets["ssd_involvements"].row(row, first, last)

    def _assessment(self, span: Span | None) -> None:
        if span is None:
            return
        identifier = self._ids.text("S")
        for end, first, last in self._timeline.told(*span):
            row = (
                identifier, self._number, self._referral, stamp(span[0]), "Y" if end else "", stamp(end), "{}", "N",
                self._team, self._worker,
            )  # fmt: skip
            self._sheets["ssd_cin_assessments"].row(row, first, last)

    def protection(self, journey: Journey) -> None:
        """Write the enquiry, the conference and the plan, each naming the one before."""
        enquiry, conference, plan = self._ids.text("Q"), self._ids.text("K"), self._ids.text("P")
        if journey.enquiry is not None:
            for end, first, last in self._timeline.told(*journey.enquiry):
                row = (
                    enquiry, self._referral, self._number, stamp(journey.enquiry[0]), stamp(end), "N",
                    json.dumps({"OUTCOME": "ICPC" if journey.conference else "Continue"}), self._worker, self._team,
                )  # fmt: skip
                self._sheets["ssd_s47_enquiry"].row(row, first, last)
        if journey.conference is not None:
            on = journey.conference
            self._event(
                "ssd_initial_cp_conference", on,
                (
                    conference, f"M{conference[1:]}", enquiry, self._number, plan if journey.protection else "",
                    self._referral, "N", stamp(on), stamp(on), "Y" if journey.protection else "N", "{}", self._team, self._worker,
                ),
            )  # fmt: skip
        if journey.protection is not None:
            for end, first, last in self._timeline.told(*journey.protection):
                row = (
                    plan, self._referral, conference, self._number, stamp(journey.protection[0]), stamp(end),
                    journey.category, "N", journey.category,
                )  # fmt: skip
                self._sheets["ssd_cp_plans"].row(row, first, last)

    def care(self, journey: Journey) -> None:
        if journey.looked_after is not None:
            identifier = self._ids.text("Z")
            for end, first, last in self._timeline.told(*journey.looked_after):
                start = stamp(journey.looked_after[0])
                row = (
                    identifier, self._number, start, "S", journey.need, stamp(end), "E8" if end else "", f"Z{self._number}",
                    self._referral, "", start, "",
                )  # fmt: skip
                self._sheets["ssd_cla_episodes"].row(row, first, last)
        for start_day, end_day in journey.missing:
            missing = (self._ids.text("X"), self._number, stamp(start_day), "M", stamp(end_day), "Y", "N")
            self._event("ssd_missing", start_day, missing)
        if journey.leaver:
            leaver = (
                self._ids.text("V"), self._number, journey.leaver, "Yes", stamp(self._timeline.ago(40)), "Semi-independent",
                "Y", "F1", "", self._worker, "T07", self._worker,
            )  # fmt: skip
            self._sheets["ssd_care_leavers"].row(leaver)
