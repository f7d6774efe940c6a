"""The columns by which records are compared, worked out once when a record arrives.

Linking (in SQL) and search (in its kernel) read only these; no comparison ever goes back to the text as it was written.
"""

from __future__ import annotations

import msgspec


class Comparable(msgspec.Struct, frozen=True, kw_only=True):
    """One record as columns. Empty string or empty list: not known. Everything is ASCII, lower case unless said.

    Names: `given` is the first given name (Muhammad Ibrahim's is "ibrahim", and "muhammad" his `middle`: brothers share it),
    `middle` the others, `family` the family name's words joined by a space ("khan ali"), all of the usual name.
    `given_all` and `family_all` hold every form said under any use (family: the whole, each part of two letters or more,
    the parts written as one word, without particles, and the form of a brother or father: kowalski for Kowalska);
    `given_kin` the curated families of nicknames and spellings to which a given name belongs ("mohammed", "william");
    `given_codes` and `family_codes` phonetic codes of those; `given_letters` and `family_letters` the sorted letters of
    `given` and `family`, which tell a swap of neighbours from two errors. A placeholder (Baby, Unborn, Unknown, Twin 1)
    is no name and leaves `given` empty.

    Birth: `birth` is YYYY-MM-DD when whole, else empty; the parts are 0 where unknown; `placeholder_birth` as PartialDate says.
    `expected` is YYYY-MM-DD of an expected delivery.

    Places: of homes now and before, never of a protected one. `postcodes` without space, upper case; `residences`
    "POSTCODE|flat|number-or-building" to the flat, with nothing between the bars where no flat was said; `buildings`
    "POSTCODE|number-or-building"; `uprns` without leading zeros; `streets` "number-or-building|street" for when the postcode
    is wrong. A home known by number and by name has a key for each.

    `mobiles` and `emails` are personal, `landlines` belong to a household. `identifiers` "scheme:VALUE", valid ones only,
    and every record's own key as "PARTNER/SCHEME:ID" (capitals, no spaces), so that one partner's quotation finds the
    other's record; `superseded` those of them that no longer count against. `settings` "school:CODE", "gp:CODE".
    `relatives` "kind:given family" of relatives known by name: parent, child, sibling, partner, other.
    """

    key: str
    partner: str
    given: str = ""
    middle: str = ""
    family: str = ""
    given_letters: str = ""
    family_letters: str = ""
    given_all: list[str] = []
    given_kin: list[str] = []
    given_codes: list[str] = []
    family_all: list[str] = []
    family_codes: list[str] = []
    birth: str = ""
    birth_year: int = 0
    birth_month: int = 0
    birth_day: int = 0
    placeholder_birth: bool = False
    expected: str = ""
    dead: bool = False
    sex: str = ""
    postcodes: list[str] = []
    residences: list[str] = []
    buildings: list[str] = []
    uprns: list[str] = []
    streets: list[str] = []
    mobiles: list[str] = []
    landlines: list[str] = []
    emails: list[str] = []
    identifiers: list[str] = []
    superseded: list[str] = []
    settings: list[str] = []
    relatives: list[str] = []
    place_of_birth: str = ""
    occupation: str = ""
