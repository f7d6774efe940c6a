"""What a partner says about a person: names, addresses, identifiers, how to reach them, and whom they belong to.

Shapes follow the draft MAIS person standard (July 2026). Every value is kept as it was said; cleaning makes columns beside it.
"""

from __future__ import annotations

import msgspec

from footprint.records.dates import PartialDate


class Name(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One name and its use.

    `use` is one of `codes.NAME_USES` (usual, official, temp, nickname, anonymous, old, maiden, alias).
    `full` holds the name as it was written when the partner keeps it in one field, or in an order that we cannot part.
    """

    given: str = ""
    middle: str = ""
    family: str = ""
    full: str = ""
    title: str = ""
    use: str = "usual"

    @property
    def text(self) -> str:
        """Return the name in one line, in the order in which it was given to us."""
        return self.full or " ".join(part for part in (self.given, self.middle, self.family) if part)


class Address(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A place where a person lives, lived, works or gets post.

    `start` and `end` are ISO dates or empty. `protected` means that the partner marked it as never to be shown.
    `use` is one of `codes.ADDRESS_USES`. `no_fixed_abode` is set where the partner says so in any of the usual ways.
    """

    flat: str = ""
    building: str = ""
    number: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    postcode: str = ""
    uprn: str = ""
    use: str = "home"
    start: str = ""
    end: str = ""
    protected: bool = False
    no_fixed_abode: bool = False

    @property
    def text(self) -> str:
        """Return the address in one line."""
        first = " ".join(part for part in (self.number, self.street) if part)
        parts = (self.flat, self.building, first, self.locality, self.town, self.postcode)
        return ", ".join(part for part in parts if part) or ("No fixed abode" if self.no_fixed_abode else "")


class Identifier(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A number by which somebody knows the person.

    `scheme` is a key of `codes.IDENTIFIER_SCHEMES` or, for a reference that another partner issued, "PARTNER/SCHEME".
    `valid` is False where `identifying.check` gives a reason: kept and shown, never compared.
    """

    scheme: str
    value: str
    valid: bool = True
    superseded: bool = False
    start: str = ""
    end: str = ""


class ContactPoint(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A way to reach the person: `kind` is mobile, landline or email."""

    kind: str
    value: str


class Setting(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A place that the person attends or is registered with: `kind` is school (code: LAESTAB or URN) or gp (code: ODS)."""

    kind: str
    code: str
    name: str = ""
    start: str = ""
    end: str = ""


class Ethnicity(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An ethnicity in the scheme in which it was said (`ethnicity.SCHEMES`); `observed` marks what an officer saw."""

    code: str
    scheme: str
    observed: bool = False


class Relationship(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One partner's statement about this record and another person.

    `kind` says what the other is to this person (`codes.RELATIONSHIPS`: "mother" means: the other is this person's mother).
    `other` is the key of a record of the same partner, or empty where only a name is known.
    """

    kind: str
    other: str = ""
    name: Name | None = None
    phone: str = ""
    start: str = ""
    end: str = ""


class RecordKey(msgspec.Struct, frozen=True, order=True):
    """Whose record it is and by which number: the only name by which a record is known."""

    partner: str
    scheme: str
    id: str

    def __str__(self) -> str:
        return f"{self.partner}/{self.scheme}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> RecordKey:
        """Return the key written as PARTNER/SCHEME/ID.

        Raises ValueError, with a sentence, where a part is missing.
        """
        partner, _, rest = text.partition("/")
        scheme, _, identifier = rest.partition("/")
        if not (partner and scheme and identifier):
            raise ValueError(f"'{text}' is not a record key. Write it as PARTNER/SCHEME/ID.")
        return cls(partner, scheme, identifier)


class Record(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What one partner says about one person. Never merged into another; changed only by that partner's later delivery.

    `sex` is M, F, or empty (unknown, or unborn). `death` is None unless the partner says that the person has died.
    `expected` is the expected date of delivery of an unborn child.
    """

    key: RecordKey
    names: tuple[Name, ...] = ()
    birth: PartialDate | None = None
    expected: PartialDate | None = None
    death: PartialDate | None = None
    sex: str = ""
    ethnicities: tuple[Ethnicity, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    contacts: tuple[ContactPoint, ...] = ()
    settings: tuple[Setting, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    place_of_birth: str = ""
    occupation: str = ""
    protected: bool = False

    @property
    def unborn(self) -> bool:
        """Say whether this is an expected child, not yet born as far as this partner knows."""
        return self.birth is None and self.expected is not None
