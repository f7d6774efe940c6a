"""The figures of the rules, all in one place: a partnership changes them in DATA/watching.yaml, and what it leaves out stands.

alert_at: 6
points: {own-street: 3}
hours: {social-work-decision-maker: {from: "08:00", until: "18:30"}, frontline: {always: true}}
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Final

import msgspec
import yaml

from footprint.calendars import LONDON, is_working_day
from footprint.watching.rules import RULES

FILE: Final = "watching.yaml"


class FiguresError(ValueError):
    """The file cannot be used. Its message says what to write."""


#: A time of the day in quotation marks, as people write it: YAML would read 19:00 without them as a number.
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Hours(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"first": "from", "last": "until"},
):
    """When a role is at work: on working days from one time to another, or always."""

    first: Clock = "07:00"
    last: Clock = "19:00"
    always: bool = False

    def include(self, when: dt.datetime) -> bool:
        """Say whether the moment (with an offset) lies within."""
        here = when.astimezone(LONDON)
        return self.always or (is_working_day(here.date()) and self.first <= f"{here:%H:%M}" < self.last)


# Police and hospitals never close; everybody else works in an office's hours.
_OFFICE: Final = Hours()
_USUAL: Final = {
    role: Hours(always=True)
    for role in ("frontline", "police-supervisor", "central-referral-unit", "navigator")
}


class Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From how many points on somebody is told, what each rule weighs, and from what number on a rule of a day speaks.

    `street_people` people of one street, `without_reference` look-ups; the volume is many above `volume_floor` and above the
    user's own median plus `volume_spread` times the spread between the quartiles. `near_miss_at` points and less than an alert
    are a near miss, of which `near_misses` within `near_miss_days` days tell something together.
    """

    alert_at: float = 6
    points: dict[str, float] = {}
    street_people: int = 8
    without_reference: int = 6
    volume_floor: int = 15
    volume_spread: float = 5
    near_miss_at: float = 3
    near_misses: int = 3
    near_miss_days: int = 30
    hours: dict[str, Hours] = {}

    def points_of(self, code: str) -> float:
        """Return what a rule weighs here."""
        return self.points.get(code, RULES[code].points)

    def at_work(self, role: str, when: dt.datetime) -> bool:
        """Say whether a role is at work at a moment; a role of which nothing is said works in an office's hours."""
        return self.hours.get(role, _USUAL.get(role, _OFFICE)).include(when)


msgspec.json.Decoder(Figures)  # met by one thread, while this is imported


def figures_of(data: Path) -> Figures:
    """Return the figures of a data folder; ours, where nobody wrote the file. Raises FiguresError."""
    path = data / FILE
    return read_figures(path.read_text(encoding="utf-8")) if path.exists() else Figures()


def read_figures(text: str) -> Figures:
    """Return the figures that a YAML text says. Raises FiguresError."""
    try:
        said = msgspec.convert(yaml.safe_load(text) or {}, Figures)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise FiguresError(f"{FILE} cannot be read: {' '.join(str(error).split())}.") from None
    if unknown := sorted(said.points.keys() - RULES.keys()):
        raise FiguresError(f"{FILE} gives points to '{unknown[0]}'. Write one of: {', '.join(RULES)}.")
    if said.near_miss_at >= said.alert_at:
        raise FiguresError(f"{FILE} says near_miss_at at or above alert_at. A near miss is below an alert.")
    return said
