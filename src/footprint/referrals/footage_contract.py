"""What a force's file of incidents and body-worn video looks like, as data: which column says which of our fields, in what codes.

One row a recording, and a row without one for an incident that was not recorded. What a contract does not name is not read, so
no picture, no story and no officer's number comes in. `docs/footage.md` describes each field.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple

import msgspec

from footprint.referrals.file_contracts import FileContract, load_by_name
from footprint.referrals.reading import Choice

SHIPPED: Final = Path(__file__).parent / "footage"


class Kind(StrEnum):
    """What may stand in a field."""

    REFERENCE = "reference"
    NAME = "name"
    CODE = "code"
    MOMENT = "moment"
    COUNT = "count"
    YES_NO = "yes or no"
    KEPT = "moment, yes or no"


class FootageField(NamedTuple):
    """A field: what it says, what may stand in it, whether it is of the recording, and whether a row needs it.

    A recording's field is needed where the row names a recording.
    """

    says: str
    kind: Kind
    recording: bool = False
    needed: bool = False


FIELDS: Final[Mapping[str, FootageField]] = MappingProxyType(
    {
        "made": FootageField("When the extract was made", Kind.MOMENT, needed=True),
        "incident": FootageField("The incident's reference in the log", Kind.REFERENCE, needed=True),
        "class": FootageField("The class of the incident", Kind.CODE, needed=True),
        "team": FootageField(
            "The team that attended, as accounts and the feed call it", Kind.NAME, needed=True
        ),
        "at": FootageField("When it happened, or was reported", Kind.MOMENT, needed=True),
        "arrived": FootageField("When the first officer arrived", Kind.MOMENT),
        "children": FootageField("How many children are listed", Kind.COUNT),
        "no_video": FootageField("Why nothing was recorded", Kind.CODE),
        "asset": FootageField(
            "The recording's reference in the video system", Kind.REFERENCE, recording=True
        ),
        "started": FootageField("When the recording begins", Kind.MOMENT, recording=True, needed=True),
        "ended": FootageField("When the recording ends", Kind.MOMENT, recording=True, needed=True),
        "kept": FootageField(
            "When it was marked to be kept; yes where the time is not known, no where it is not kept",
            Kind.KEPT,
            recording=True,
        ),
        "child_heard": FootageField("What a child said is in it", Kind.YES_NO, recording=True),
        "sampled": FootageField("A supervisor has looked into it", Kind.YES_NO, recording=True),
        "withdrawn": FootageField(
            "It is not of this incident after all, or was entered by mistake", Kind.YES_NO, recording=True
        ),
    }
)
_ALWAYS: Final = frozenset(name for name, of in FIELDS.items() if of.needed and not of.recording)
_RECORDED: Final = frozenset({"asset", "started", "ended"})


class FootageColumn(Choice, frozen=True, kw_only=True):
    """The column in which a field stands, and what the codes of its system mean."""

    column: str
    codes: dict[str, str] = msgspec.field(default_factory=dict)


class FootageContract(FileContract, frozen=True, kw_only=True):
    """One force's file. `system` is what pages call its source; after `late_after` hours without a newer extract it is late."""

    system: str
    fields: dict[str, str | FootageColumn]
    late_after: Annotated[int, msgspec.Meta(ge=1)] = 30

    def __post_init__(self) -> None:
        if unknown := sorted(self.fields.keys() - FIELDS.keys()):
            raise ValueError(f"'{unknown[0]}' is no field of such a file. Write one of: {', '.join(FIELDS)}.")
        if missing := sorted((_ALWAYS | _RECORDED) - self.fields.keys()):
            raise ValueError(f"no column is named for '{missing[0]}'. Name it under 'fields'.")

    def column(self, field: str) -> FootageColumn | None:
        """Return where a field stands; None where the file does not say it."""
        said = self.fields.get(field)
        return FootageColumn(column=said) if isinstance(said, str) else said


def load_footage_contracts(data: Path | None = None) -> dict[str, FootageContract]:
    """Return every contract by name: those of DATA/footage/*.yaml, or where there is none ours, which is invented.

    Raises ChoiceError, naming file and line.
    """
    own = list((data / "footage").glob("*.yaml")) if data else []
    return load_by_name(own or SHIPPED.glob("*.yaml"), FootageContract)
