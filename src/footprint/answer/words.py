"""The sentences of an answer, and days as people write them. One place, so that equal things are said in equal words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from footprint.records import DutyContact, PartialDate
from footprint.records.codes import ROLES
from footprint.records.published import FeedCondition

#: Whose number it is when it is the hub's, which is no partner.
HUB: Final = "hub"

#: What is said of partners' numbers that somebody reported wrong, by partner and number.
Wrong = Mapping[tuple[str, str], str]
NONE_WRONG: Final[Wrong] = MappingProxyType({})

# Rule 4: the same words whether nothing is held or something is withheld.
NOTHING_SHARED: Final = "Nothing this partner shares with you for this purpose. This is not a clearance."
# The partner shares that it is involved, and nothing else of it: no kind, count, date, reference or worker.
EXISTS: Final = "Involved in the last twelve months. Ring to ask."
MORE_EXISTS: Final = "Involved in another way too in the last twelve months. Ring to ask."
HELD_APART: Final = "Held apart while disputed: open the other part."
NOT_CONNECTED: Final = "This partner is not connected, so nothing can be said. This is not a clearance."

PROTECTED: Final = (
    "This person is protected. No address, school, area, team or number is shown to anyone here. "
    "Ring the safeguarding hub; it will pass on your question and call you back."
)
RESTRICTED: Final = "Closed and restricted. Ring the safeguarding hub if you need to know more."

# Of somebody to whom the reader declared a connection: in place of everything else.
DECLARED: Final = "You declared a connection. This is not yours to look up. Ring your manager."

# After the sentence that a pregnancy ended: what to take care of before anybody writes or rings.
BABY_LOST: Final = (
    "No baby is expected any more. Send nothing and arrange nothing for a birth, "
    "and take care when you speak to the family."
)

# Of somebody of whom it is doubted that they are one.
DISPUTED: Final = (
    "Disputed whether this is one person: separate parts stand apart until a data steward has settled it."
)

# After a person who was protected or closed: shown again like anybody else.
SHOWN_IN_FULL: Final = "This person is shown in full now."
# The role of most involvements: nothing is said of it.
SUBJECT: Final = ROLES["subject"]

#: What a field that was asked for is called, at the beginning of a line.
FIELDS: Final = {
    "given": "Given name",
    "family": "Family name",
    "middle": "Middle name",
    "birth": "Birthday",
    "sex": "Sex",
    "place": "Address",
    "contact": "Phone or e-mail",
    "identifier": "Number",
}

#: A newborn's age is said in days up to this many, and then in weeks.
_IN_DAYS: Final = 14

_CONDITION: Final[dict[FeedCondition, str]] = {
    "fresh": "as of {day}",
    "late": "as of {day}; the next delivery is late",
    "stale": "as of {day}: too old to rely on",
    "unconnected": "not connected; nothing was ever received",
}

NOBODY_FOUND: Final = (
    "Nobody was found whom partners share with you for this purpose. This is not a clearance."
)

NOBODY_FITS: Final = (
    "Nobody whom partners share with you for this purpose fits what you said. This is not a clearance."
)

NOT_CERTAIN: Final = "What is known does not make it certain. Compare before you rely on it."

NO_BABY: Final = (
    "No partner shares a baby here. This is not a clearance: ask midwifery or the health visitor."
)

NOBODY_THERE: Final = (
    "Nobody was found there whom partners share with you for this purpose. This is not a clearance."
)


def day(iso: str) -> str:
    """Return an ISO day as "3 March 2026"; anything else as it stands."""
    try:
        when = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{when.day} {when:%B %Y}"


def span(start: str, end: str) -> str:
    """Return two ISO days as "3 March 2026 to 5 April 2026", and one day once."""
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def open_since(start: str, confirmed_on: str, not_reported_since: str) -> str:
    """Return how long an episode is open, and only as far as it was confirmed."""
    said = f"open since {day(start)}, last confirmed open on {day(confirmed_on)}"
    return f"{said}, not reported since {day(not_reported_since)}" if not_reported_since else said


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: "domestic abuse incident", but "A&E attendance"."""
    return f"{label[:1].lower()}{label[1:]}" if label[1:2].islower() or label[1:2] == " " else label


def freshness(condition: FeedCondition, as_of: str) -> str:
    """Return how fresh a feed is, as the end of a sentence without its full stop."""
    return _CONDITION[condition].format(day=day(as_of))


def birth(value: PartialDate | None, expected: PartialDate | None = None) -> str:
    """Return a birthday as far as it is known, estimated parts marked, or the day on which a child is expected."""
    if value is None:
        return f"expected {_partial(expected)}" if expected else ""
    estimated = " (estimated)" if "E" in value.accuracy else ""
    return f"{_partial(value)}{estimated}"


def _partial(value: PartialDate) -> str:
    if value.whole:
        return day(value.whole.isoformat())
    if value.year and value.month:
        return f"{dt.date(value.year, value.month, 1):%B %Y}" if 1 <= value.month <= 12 else str(value.year)
    return str(value.year) if value.year else value.iso


def age(value: PartialDate, day: dt.date) -> str:
    """Return an age on a day: in years, below two of them in months, below one month in weeks and days.

    "about 7" where the birthday is partial or estimated. What ends in a figure counts years.
    """
    if value.year is None or value.year > day.year:
        return ""
    whole = value.whole
    if whole is None or "E" in value.accuracy:
        return f"about {day.year - value.year}"
    if whole > day:
        return ""
    months = (day.year - whole.year) * 12 + day.month - whole.month - (day.day < whole.day)
    if months >= 24:
        return str(months // 12)
    if months:
        return counted(months, "month")
    # "0 months" would hide that a midwife or a health visitor counts this child's days.
    days = (day - whole).days
    if days < _IN_DAYS:
        return counted(days, "day") if days else "under a day"
    return counted(days // 7, "week")


def counted(figure: int, one: str, several: str = "") -> str:
    """Return how many of a thing there are: "1 row", "2 rows", "1,200 pitches"."""
    return f"{figure:,} {one if figure == 1 else several or f'{one}s'}"


def known_by(name: str, birth: str) -> str:
    """Return a name with the birthday, as in a sentence: "Leyla Hussain, born 27 March 2015"; "..., expected 3 March 2027"."""
    if not birth:
        return name
    return f"{name}, {birth}" if birth.startswith("expected") else f"{name}, born {birth}"


def listed(things: Iterable[str]) -> str:
    """Return things in one phrase, each once: "Police", "Police and School", "Police, School and Acute Trust"."""
    *first, last = dict.fromkeys(things)
    return f"{', '.join(first)} and {last}" if first else last


def contact(duty: DutyContact, partner: str = "", wrong: Wrong = NONE_WRONG) -> str:
    """Return whom to ring, in one line; beside a number of `partner` that was reported wrong, that it was."""
    beside = "; ".join(filter(None, (duty.hours, inside(wrong.get((partner, duty.phone), "")))))
    number = f"{duty.phone} ({beside})" if beside else duty.phone
    parts = (duty.worker, duty.team, number if duty.phone else "")
    line = ", ".join(part for part in parts if part)
    return f"{line}; otherwise {duty.fallback}" if duty.fallback and line else line or duty.fallback
