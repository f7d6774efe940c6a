"""The columns by which records are compared, worked out once when a record arrives.

Linking (in SQL) and search (in its kernel) read only these; no comparison ever goes back to the text as it was written.
"""

from __future__ import annotations

import msgspec


class Comparable(msgspec.Struct, frozen=True, kw_only=True):
    """One record as columns. Empty string or empty list: not known. Everything is ASCII, lower case unless said.

    Names: `given` and `family` are the usual name's; `family` has its parts joined by a space ("khan ali").
    `given_all` and `family_all` hold every form said under any use (family: whole names and each part of two letters or
    more); `given_kin` the curated families of nicknames and spellings to which a given name belongs ("mohammed",
    "william"); `given_codes` and `family_codes` phonetic codes of those; `given_letters` and `family_letters` the sorted
    letters of `given` and `family`, which tell a swap of neighbours from two errors. A placeholder (Baby, Unborn, Unknown,
    Twin 1) is no name and leaves `given` empty.

    Birth: `birth` is YYYY-MM-DD when whole, else empty; the parts are 0 where unknown; `placeholder_birth` as PartialDate says.
    `expected` is YYYY-MM-DD of an expected delivery.

    Places: `postcodes` without space, upper case; `residences` "POSTCODE|flat|number-or-building" to the flat, from home
    addresses only, never of a protected address; `buildings` "POSTCODE|number-or-building"; `uprns`; `streets`
    "number-or-building|street" for when the postcode is wrong. `flatless` marks residences without a flat.

    `mobiles` and `emails` are personal, `landlines` belong to a household. `identifiers` "scheme:VALUE", valid ones only,
    and every record's own key as "PARTNER/SCHEME:ID", so that one partner's quotation finds the other's record;
    `superseded` identifiers no longer count against. `settings` "school:CODE", "gp:CODE".
    `relatives` "kind:given family" of named relatives of one generation kind (parent, child, sibling, partner).
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
