"""One value of one field: from the partner's text to ours, or a reason in plain words why it is set aside.

Cleaning itself belongs to `records`; here it meets the line on which the text stood, so that the partner can find it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from footprint.feeds.reading_xml import Node
from footprint.feeds.reasons import Kind, Reasons
from footprint.records import ContactPoint, Identifier, PartialDate
from footprint.records.contacting import check_email, check_phone, is_mobile
from footprint.records.identifying import check
from footprint.records.reading_dates import read_date
from footprint.records.text import tidy

_LONGEST: Final = 255
_ISO_CLOCK: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]")
# Direction marks, embeddings, overrides and isolates: harmless in a name, and a way to show a reader another text.
_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Place:
    """Where a row stands, and what is said of it: every reader below tells its reasons here.

    One object serves a whole file; `line` moves on with the rows. `latest` is the last day that a fact may bear. `names`
    gives the partner's own word for our field, and `node` the element in which to look for its line.
    """

    __slots__ = ("file", "latest", "line", "names", "node", "reasons")

    def __init__(self, file: str, reasons: Reasons, latest: dt.date) -> None:
        self.file = file
        self.line = 0
        self.reasons = reasons
        self.latest = latest
        self.names: Mapping[str, str] = {}
        self.node: Node | None = None

    def say(self, kind: Kind, field: str, reason: str) -> None:
        """Tell a reason of one of our fields in this row, in the partner's words."""
        column = self.names.get(field) or self.names.get(field.partition(".")[0], field)
        found = self.node.all(tuple(column.split("/"))) if self.node else ()
        self.reasons.add(kind, self.file, found[0].line if found else self.line, column, reason)

    def say_at(self, line: int, column: str, reason: str) -> None:
        """Note a reason of an element in its own place."""
        self.reasons.add("noted", self.file, line, column, reason)


def text(said: str, field: str, place: Place) -> str:
    """Return the text fit to keep; one too long for its field is narrative, and set aside."""
    if not said.isascii() and _DIRECTION.search(said):
        place.say("noted", field, "The text held hidden direction marks: they are left out.")
    clean = tidy(said)
    if len(clean) > _LONGEST:
        place.say(
            "set aside", field, f"The text is longer than {_LONGEST} characters. Narrative is not taken."
        )
        return ""
    return clean


def birthday(said: str, field: str, place: Place) -> PartialDate | None:
    """Return a date of birth or death, whole or in part, not after the day of receipt."""
    found = read_date(said, latest=place.latest)
    if found.reason:
        place.say("set aside", field, found.reason)
    return found.value


def expected_date(said: str, field: str, place: Place) -> PartialDate | None:
    """Return an expected date of delivery, marked as such in each part that is known."""
    found = read_date(said)
    if found.reason:
        place.say("set aside", field, found.reason)
    value = found.value
    if value is None:
        return None
    return PartialDate(value.year, value.month, value.day, value.accuracy.replace("A", "X").replace("E", "X"))


def day(said: str, field: str, place: Place) -> str:
    """Return a whole date as ISO, not after the day of receipt; the time of day behind it is left out."""
    if _ISO_CLOCK.match(said):
        said = said[:10]
    found = read_date(said, latest=place.latest)
    if found.reason:
        place.say("set aside", field, found.reason)
        return ""
    if found.value is None:
        return ""
    if found.value.whole is None:
        place.say("set aside", field, "The date is not whole. Write day, month and year.")
        return ""
    return found.value.iso


def identifier(scheme: str, said: str, field: str, place: Place) -> Identifier | None:
    """Return the identifier; one whose check fails is kept as such, shown and never compared."""
    found = check(scheme, said)
    if found.reason:
        place.say("set aside", field, f"{found.reason} It is kept as it was said, and never compared.")
    return (
        Identifier(scheme=scheme, value=found.value[:_LONGEST], valid=not found.reason)
        if found.value
        else None
    )


def code(scheme: str, said: str, field: str, place: Place) -> str:
    """Return a code of a public list (school, practice) in its normal form, or nothing where it is none."""
    found = check(scheme, said)
    if found.reason:
        place.say("set aside", field, found.reason)
        return ""
    return found.value


def contact_point(kind: str, said: str, field: str, place: Place) -> ContactPoint | None:
    """Return a phone or e-mail address. A number is what its figures say, whichever column it was typed in."""
    found = check_email(said) if kind == "email" else check_phone(said)
    if found.reason:
        place.say("set aside", field, found.reason)
        return None
    if kind != "email":
        kind = "mobile" if is_mobile(found.value) else "landline"
    return ContactPoint(kind=kind, value=tidy(said))
