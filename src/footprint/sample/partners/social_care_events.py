"""What children's social care has to do with a household: from a contact that goes no further to a child looked after.

Shares are held near England's: of 10,000 children some 520 referred in a year, 330 in need on a day, 40 on a protection
plan, 70 looked after. A borough like this one has more of each.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from footprint.sample.dice import Dice, Weighted
from footprint.sample.rates import SOCIAL_CARE
from footprint.sample.timeline import Timeline
from footprint.sample.world.people import Household, Person

# Share of households with children that are known, by strain, in thirty-six months.
KNOWN: Final = (0.020, 0.15, 0.58)
KNOWN_UNBORN: Final = (0.02, 0.25, 0.7)
EACH_CHILD: Final = 0.93
DEPTH: Final = (
    Weighted(("contact", "early-help", "in-need"), (0.52, 0.20, 0.28)),
    Weighted(("contact", "early-help", "in-need"), (0.38, 0.22, 0.40)),
    Weighted(("contact", "early-help", "in-need"), (0.18, 0.20, 0.62)),
)
MORE_CONTACTS: Final = (0.2, 0.5, 1.0)
ENQUIRY: Final = 0.42
CONFERENCE: Final = 0.5
PLAN: Final = 0.85
IN_NEED_PLAN: Final = 0.6
LONG: Final = 0.08
"""Cases that began before the thirty-six months and are open still, of those that did not begin within the last year."""

LONG_DAYS: Final = 365
NEWBORN_DAYS: Final = 120
"""A child up to this age may have been known before birth."""

CARRIED_DAYS: Final = 260
"""Nothing that happened longer before a child's birth is said of the child."""

CARE_LEAVER: Final = 0.03
MISSING_FROM_CARE: Final = {"home": 1.6, "foster": 0.25}

SOURCES: Final = Weighted(
    ("6", "2A", "3E", "3A", "3B", "1A", "1C", "5B", "4", "8", "9", "7"),
    (0.30, 0.22, 0.09, 0.05, 0.06, 0.05, 0.04, 0.07, 0.03, 0.04, 0.03, 0.02),
)
NEEDS: Final = Weighted(
    ("N1", "N5", "N4", "N2", "N3", "N6", "N8", "N7"), (0.56, 0.14, 0.09, 0.09, 0.05, 0.03, 0.03, 0.01)
)
CATEGORIES: Final = Weighted(("NEG", "EMO", "PHY", "SAB"), (0.50, 0.37, 0.08, 0.05))
CLOSURES: Final = Weighted(("RC1", "RC3", "RC7", "RC8", "RC9"), (0.04, 0.06, 0.1, 0.7, 0.1))

Span = tuple[dt.date, dt.date | None]


class Journey(msgspec.Struct):
    """What the council had to do with one child (or care leaver), oldest first in each list.

    An episode is (start, end); the end is None while it is open, and never lies after the last day.
    """

    person: Person
    contacts: list[tuple[dt.date, str, str]] = []
    early_help: Span | None = None
    in_need: Span | None = None
    need: str = ""
    source: str = ""
    closure: str = ""
    assessment: Span | None = None
    enquiry: Span | None = None
    conference: dt.date | None = None
    protection: Span | None = None
    category: str = ""
    in_need_plan: Span | None = None
    looked_after: Span | None = None
    missing: list[Span] = []
    leaver: str = ""
    known: dt.date = dt.date.max

    @property
    def since(self) -> dt.date:
        """The day on which the council came to know the child."""
        spans = (self.early_help, self.in_need, self.looked_after)
        dates = [span[0] for span in spans if span] + [on for on, _, _ in self.contacts]
        return min(dates, default=self.known)


def journeys(home: Household, timeline: Timeline, dice: Dice) -> list[Journey]:
    """Return the journeys of a household's children; none for most."""
    if any(person.pieces is not None for person in home.people):
        return [told(person, timeline) for person in home.people if SOCIAL_CARE in (person.pieces or {})]
    found = []
    ordinary = [child for child in home.children(timeline.end) if child.care == "" and "child" in child.tags]
    on_the_way = [
        child
        for child in ordinary
        if child.birth is None or (timeline.end - child.birth).days <= NEWBORN_DAYS
    ]
    share = KNOWN_UNBORN[home.strain] if on_the_way else KNOWN[home.strain]
    if ordinary and dice.chance(share):
        first = before_birth(on_the_way[0], timeline, dice) if on_the_way else timeline.event(dice)
        course = family_course(first, home.strain, timeline, dice)
        found += [for_child(course, child, timeline, dice) for child in ordinary if dice.chance(EACH_CHILD)]
    for person in home.people:
        if person.care in {"foster", "home"} and timeline.age(person.birth or timeline.end) < 18:
            found.append(in_care(person, timeline, dice))
        elif (
            leaver_age(person, timeline)
            and home.shape in {"single", "sharers", "hostel"}
            and dice.chance(CARE_LEAVER)
        ):
            found.append(leaver(person, timeline, dice))
    return [journey for journey in found if journey.since <= timeline.end]


def leaver_age(person: Person, timeline: Timeline) -> bool:
    return person.birth is not None and 18 <= timeline.age(person.birth) <= 24


def closed(end: dt.date, timeline: Timeline) -> dt.date | None:
    """Return the end of an episode, or None where it lies ahead."""
    return end if end <= timeline.end else None


def before_birth(child: Person, timeline: Timeline, dice: Dice) -> dt.date:
    """Return the day on which the council hears of a child that is on the way, or was till lately."""
    due = child.birth or child.expected or timeline.end
    last = min(due - dt.timedelta(days=5), timeline.ago(1))
    return dice.day(min(last, due - dt.timedelta(days=190)), last)


def family_course(first: dt.date, strain: int, timeline: Timeline, dice: Dice) -> Journey:
    """Return what happens to a family as a whole from a first contact; brothers and sisters mostly share it."""
    depth = dice.weighted(DEPTH[strain])
    course = Journey(Person(0, "", "", "", "", ""))
    outcome = {"contact": "NFA", "early-help": "EH", "in-need": "CIN"}[depth]
    course.contacts = [(first, dice.weighted(SOURCES), outcome)]
    for _ in range(dice.count(MORE_CONTACTS[strain])):
        on = first + dt.timedelta(days=dice.between(5, 500))
        if on <= timeline.end:
            course.contacts.append((on, dice.weighted(SOURCES), dice.pick(("NFA", "INFO", outcome))))
    if depth == "early-help":
        start = first + dt.timedelta(days=dice.between(1, 20))
        course.early_help = (start, closed(start + dt.timedelta(days=dice.between(60, 420)), timeline))
    elif depth == "in-need":
        start = first + dt.timedelta(days=dice.between(0, 2))
        if dice.chance(LONG) and (timeline.end - first).days > LONG_DAYS:
            start = timeline.ago(dice.between(1100, 1900))
            course.contacts = [(start, course.contacts[0][1], outcome)]
        in_need(course, start, timeline, dice)
    return course


def in_need(course: Journey, start: dt.date, timeline: Timeline, dice: Dice) -> None:
    """Add a referral and what follows from it."""

    def after(day: dt.date, low: int, high: int) -> dt.date:
        return day + dt.timedelta(days=dice.between(low, high))

    old = (timeline.end - start).days > 1095
    end = None if old else closed(after(start, 40, 600), timeline)
    course.in_need, course.need, course.source = (start, end), dice.weighted(NEEDS), course.contacts[0][1]
    course.closure = dice.weighted(CLOSURES) if end else ""
    course.assessment = (start, closed(after(start, 15, 50), timeline))
    if dice.chance(ENQUIRY):
        opened = after(start, 1, 30)
        if opened <= (end or timeline.end):
            course.enquiry = (opened, closed(after(opened, 5, 15), timeline))
            on = after(opened, 10, 18)
            if dice.chance(CONFERENCE) and on <= (end or timeline.end):
                course.conference = on
                if dice.chance(PLAN):
                    course.protection, course.category = (on, end), dice.weighted(CATEGORIES)
    if course.protection is None and dice.chance(IN_NEED_PLAN):
        on = after(start, 30, 55)
        if on <= (end or timeline.end):
            course.in_need_plan = (on, end)


def for_child(course: Journey, child: Person, timeline: Timeline, dice: Dice) -> Journey:
    """Return the family's course for one child: nothing before the child was on the way, sometimes less than the others."""
    start = (child.birth or child.expected or timeline.end) - dt.timedelta(days=CARRIED_DAYS)
    mine = msgspec.structs.replace(course, person=child)
    mine.contacts = [contact for contact in course.contacts if contact[0] >= start]
    if course.in_need is not None and course.in_need[0] < start:
        mine.in_need = mine.assessment = mine.enquiry = mine.conference = mine.protection = (
            mine.in_need_plan
        ) = None
    if course.early_help is not None and course.early_help[0] < start:
        mine.early_help = None
    if mine.protection is not None and dice.chance(0.1):
        mine.protection, mine.conference = None, None
    return mine


def in_care(person: Person, timeline: Timeline, dice: Dice) -> Journey:
    """Return the journey of a child looked after: many were placed before the thirty-six months."""
    born = person.birth or timeline.end
    start = max(born + dt.timedelta(days=2), timeline.ago(dice.between(40, 2600)))
    start = min(start, timeline.end)
    journey = Journey(person, contacts=[], need="N1", source="6")
    journey.in_need = (start, None)
    journey.looked_after = (start, None)
    journey.assessment = (start, closed(start + dt.timedelta(days=40), timeline))
    for _ in range(dice.count(MISSING_FROM_CARE.get(person.care, 0.0))):
        on = max(start, timeline.event(dice))
        journey.missing.append((on, min(timeline.end, on + dt.timedelta(days=dice.between(0, 3)))))
    return journey


def leaver(person: Person, timeline: Timeline, dice: Dice) -> Journey:
    """Return the journey of a care leaver: looked after until eighteen, in touch since or not."""
    born = person.birth or timeline.end
    adult = born.replace(year=born.year + 18, day=min(born.day, 28))
    start = adult - dt.timedelta(days=dice.between(400, 3000))
    return Journey(person, looked_after=(start, min(adult, timeline.end)), leaver="Former Relevant child")


def told(person: Person, timeline: Timeline) -> Journey:
    """Return what a storyline says of a child (or a parent, who has no journey of their own)."""
    journey = Journey(person, known=timeline.ago(400))
    for fact in (person.pieces or {})[SOCIAL_CARE].facts:
        on, end = timeline.ago(fact.when), timeline.ago(fact.end) if fact.end is not None else None
        if fact.kind == "contact":
            journey.contacts.append((on, fact.role or "6", fact.ref or "NFA"))
        elif fact.kind == "missing":
            journey.missing.append((on, end or on))
        elif fact.kind == "leaver":
            journey.leaver = "Former Relevant child"
        else:
            setattr(journey, fact.kind, (on, end))
    if journey.in_need is not None:
        journey.need, journey.source, journey.closure = "N1", "6", "RC8" if journey.in_need[1] else ""
    journey.category = "NEG" if journey.protection else ""
    return journey
