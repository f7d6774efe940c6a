"""People of one name at one address, such as a father and his son: each is marked, so that nobody takes one for the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from footprint.answer import words
from footprint.answer.lives import life
from footprint.answer.people import Shown
from footprint.answer.statements import HIDDEN_USES, called
from footprint.records.text import fold


def namesakes(there: Sequence[Shown], day: str) -> Mapping[str, str]:
    """Return, by person id, the remark for everybody who shares a name with another who is there."""
    names = {shown.id: _names(shown) for shown in there}
    remarks: dict[str, str] = {}
    for shown in there:
        others = [one for one in there if one.id != shown.id and names[one.id] & names[shown.id]]
        if others:
            who = words.listed(_known_by(other, day) for other in others)
            remarks[shown.id] = f"Of the same name here: {who}. Make sure which of them is meant."
    return remarks


def _known_by(shown: Shown, day: str) -> str:
    lived = life(shown.sources, day)
    age = f" ({lived.age})" if lived.age else ""
    return f"{words.known_by(called(shown.sources), lived.birth or 'a day not known')}{age}"


def _names(shown: Shown) -> set[str]:
    """The names as sets of words, whatever their order."""
    said = (name for source in shown.sources for name in source.record.names if name.use not in HIDDEN_USES)
    return {" ".join(sorted(fold(name.text).split())) for name in said} - {""}
