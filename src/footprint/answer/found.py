"""What a search by person or by address found, as values that become JSON as they stand.

Like `values.py`, which has the footprint: every sentence that a person reads is in them, finished.
"""

from __future__ import annotations

from footprint.answer.values import Home, OpenAtHome, PartnerState, PossibleOther, Said, Standing, Value


class FieldVerdict(Value, frozen=True, kw_only=True):
    """How one field that was asked agrees with a person: agrees, close, differs or unknown; and in words.

    `assumed`: nobody said it of this person, and it was tried.
    """

    agreement: str
    words: str
    assumed: bool = False


class FoundPerson(Value, frozen=True, kw_only=True):
    """One person whom a search found. `verdicts` gives for each field asked how it agrees; `homes` are current ones.

    `old_homes` are those that one partner still holds and another says were left, with who says so. `certain` is true of a match,
    and of nobody else. Of somebody who is protected or closed there is no home, partner or record.
    """

    person_id: str
    standing: Standing
    weight: float
    name: str
    birth: str
    age: str
    sex: str
    homes: tuple[str, ...]
    partners: tuple[str, ...]
    verdicts: dict[str, FieldVerdict]
    records: tuple[str, ...]
    certain: bool = False
    died: str = ""
    is_child: bool = False
    unborn: bool = False
    old_homes: tuple[Home, ...] = ()


class Apart(Value, frozen=True, kw_only=True):
    """The parts of one of whom it is doubted that they are one person; at least two, listed in the answer or not."""

    parts: tuple[PossibleOther, ...]


class SearchAnswer(Value, frozen=True, kw_only=True):
    """What a search found. `outcome` is match, possible, several, refine or none; `sentence` says what that means.

    `tied` is how many fit equally well (0 or more than 1), `ask_next` what would tell them apart, `further` how many more fit
    less well and are not listed. `add` names the terms of which one more would let the search begin, or narrow it. `apart` has
    those listed who are parts of somebody in doubt, each with all the other parts.
    """

    outcome: str
    sentence: str
    people: tuple[FoundPerson, ...]
    partners: tuple[PartnerState, ...]
    snapshot: str
    day: str
    tied: int = 0
    ask_next: str = ""
    further: int = 0
    add: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()


class Resident(Value, frozen=True, kw_only=True):
    """Somebody who lives or lived at an address, according to whom, from when until when (empty: not said).

    `old_home` is who still holds it and who says it was left, where partners do not agree that somebody lives there now.
    """

    person_id: str
    name: str
    birth: str
    age: str
    start: str
    end: str
    said_by: tuple[Said, ...]
    died: str = ""
    is_child: bool = False
    unborn: bool = False
    same_name: str = ""
    standing: Standing = "open"
    old_home: str = ""


class Household(Value, frozen=True, kw_only=True):
    """People at one address who belong together: related by a partner's statement, or of one family name.

    Children come first, the eldest first and the unborn last. `same_name` of a resident warns of another of that name there.
    """

    residents: tuple[Resident, ...]


class Residence(Value, frozen=True, kw_only=True):
    """One address to the flat: who is there now, and who was before. Not `certain`: a flat is missing, or a postcode wrong."""

    address: str
    certain: bool
    now: tuple[Household, ...]
    before: tuple[Household, ...]


class AddressAnswer(Value, frozen=True, kw_only=True):
    """What a search by address found. `outcome` is found, flat-needed, refine or none.

    `flats` and `residents` are counts, given where a building is summarised and not listed; `part` is what one of the flats is
    called there, and what several are. `open_to` has those of them who are open to a worker, where it was asked for.
    `nearest` is the address found where its postcode is not the one that was asked for; of those who lived there only who left
    within twelve months is told.
    """

    outcome: str
    sentence: str
    flats: int
    residents: int
    residences: tuple[Residence, ...]
    partners: tuple[PartnerState, ...]
    snapshot: str
    day: str
    part: tuple[str, str] = ("flat", "flats")
    open_to: tuple[OpenAtHome, ...] = ()
    nearest: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of everybody shown; not of those in whose place a line stands that tells nothing."""
        return tuple(
            dict.fromkeys(
                resident.person_id
                for residence in self.residences
                for household in (*residence.now, *residence.before)
                for resident in household.residents
                if resident.person_id
            )
        )
