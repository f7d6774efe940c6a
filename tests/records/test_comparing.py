"""What of a record is matched on, and what never is."""

from __future__ import annotations

import datetime as dt
from types import NoneType

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from footprint.records.codes import RELATIONSHIPS
from footprint.records.columns import SCHEMA, frame_of, rows_of
from footprint.records.comparable import Comparable
from footprint.records.comparing import comparable
from footprint.records.dates import PartialDate, partial_date
from footprint.records.person import (
    Address,
    ContactPoint,
    Identifier,
    Name,
    Record,
    RecordKey,
    Relationship,
    Setting,
)
from tests.records.any_text import TEXTS

KEY = RecordKey("police", "person-id", "p12")
HOME = Address(flat="Flat 3", number="12", street="High Street", postcode="WS1 1AA", uprn="0100")
PLACES = ("postcodes", "residences", "buildings", "uprns", "streets")


def of(**fields) -> Comparable:
    return comparable(Record(key=KEY, **fields))


def places(found: Comparable) -> list[str]:
    return [key for column in PLACES for key in getattr(found, column)]


def test_a_whole_record_becomes_columns():
    record = Record(
        key=RecordKey("school-3352001", "admission-number", "a7"),
        names=(Name(given="Katarzyna", family="Kowalska-Nowak"), Name(given="Kasia", use="nickname")),
        birth=partial_date(2015, 3, 27),
        sex="F",
        addresses=(HOME,),
        identifiers=(
            Identifier(scheme="upn", value="b801 200005001"),
            Identifier(scheme="nhs", value="943 476 5919"),
        ),
        contacts=(
            ContactPoint(kind="mobile", value="07700 900123"),
            ContactPoint(kind="email", value="K@Mail.com"),
        ),
        settings=(Setting(kind="school", code="335/2001"), Setting(kind="gp", code="m91001")),
        relationships=(Relationship(kind="mother", name=Name(given="Ewa", family="Kowalska")),),
        place_of_birth="Łódź",
        occupation="Pupil",
    )
    assert comparable(record) == Comparable(
        key="school-3352001/admission-number/a7",
        partner="school-3352001",
        given="katarzyna",
        family="kowalska nowak",
        given_letters="aaaknrtyz",
        family_letters="aaakkklnoosww",
        given_all=["katarzyna", "kasia"],
        given_kin=["katarzyna"],
        given_codes=["ktrsn", "ks"],
        family_all=["kowalska nowak", "kowalska", "nowak", "kowalskanowak", "kowalski"],
        family_codes=["kvlskn", "kvlsk", "nvk"],
        birth="2015-03-27",
        birth_year=2015,
        birth_month=3,
        birth_day=27,
        sex="F",
        postcodes=["WS11AA"],
        residences=["WS11AA|3|12"],
        buildings=["WS11AA|12"],
        uprns=["100"],
        streets=["12|high st"],
        mobiles=["+447700900123"],
        emails=["k@mail.com"],
        identifiers=["school-3352001/admission-number:A7", "upn:B801200005001", "nhs:9434765919"],
        settings=["school:3352001", "gp:M91001"],
        relatives=["parent:ewa kowalska"],
        place_of_birth="lodz",
        occupation="pupil",
    )


def test_the_usual_name_leads_and_a_placeholder_does_not_hide_a_later_name():
    born = of(
        names=(
            Name(given="Baby", family="Khan", use="usual"),
            Name(given="Amina", family="Malik", use="official"),
        )
    )
    assert (born.given, born.family, born.family_all) == ("amina", "malik", ["khan", "malik"])
    called = of(names=(Name(given="Old", family="Name", use="old"), Name(given="New", family="Name")))
    assert called.given == "new"
    assert set(called.given_all) == {"new", "old"}


def test_the_mother_of_a_baby_without_a_name_is_a_relative():
    assert of(names=(Name(given="Baby of Sana Khan", family="Khan"),)).relatives == ["parent:sana khan"]


def test_the_first_of_january_is_marked_and_no_part_is_lost():
    found = of(birth=partial_date(2010, 1, 1))
    assert (found.birth, found.placeholder_birth) == ("2010-01-01", True)
    partly = of(birth=partial_date(2010, 5))
    assert (partly.birth, partly.birth_year, partly.birth_month, partly.birth_day) == ("", 2010, 5, 0)


def test_an_expected_child_has_no_birthday():
    for record in ({"expected": PartialDate(2027, 1, 9)}, {"birth": partial_date(2027, 1, 9, quality="X")}):
        found = of(**record)
        assert (found.expected, found.birth, found.birth_year) == ("2027-01-09", "", 0)
    assert (
        of(birth=PartialDate.of(dt.date(2015, 3, 27)), expected=PartialDate(2015, 4, 1)).birth == "2015-03-27"
    )


def test_a_protected_address_or_person_can_be_found_by_no_place():
    hidden = msgspec.structs.replace(HOME, protected=True)
    assert places(of(addresses=(hidden,))) == []
    assert places(of(addresses=(HOME,), protected=True)) == []
    assert places(of(addresses=(hidden, msgspec.structs.replace(HOME, number="14")))) == places(
        of(addresses=(msgspec.structs.replace(HOME, number="14"),))
    )


def test_homes_count_now_and_before_but_neither_work_nor_bills():
    for use, counts in (("home", True), ("temp", True), ("old", True), ("work", False), ("billing", False)):
        assert bool(places(of(addresses=(msgspec.structs.replace(HOME, use=use),)))) is counts


def test_no_fixed_abode_is_no_residence():
    assert places(of(addresses=(Address(no_fixed_abode=True, street="NFA"),))) == []


def test_only_sound_numbers_are_compared():
    found = of(
        identifiers=(
            Identifier(scheme="nhs", value="9434765918"),
            Identifier(scheme="nhs", value="9434765919", valid=False),
            Identifier(scheme="upn", value="nonsense"),
            Identifier(scheme="pnc", value="03/62845E"),
        )
    )
    assert found.identifiers == ["police/person-id:P12", "pnc:2003/0062845E"]


def test_a_former_or_superseded_number_still_finds_and_no_longer_counts_against():
    found = of(
        identifiers=(
            Identifier(scheme="former-upn", value="B801200005001"),
            Identifier(scheme="nhs", value="9434765919", superseded=True),
        )
    )
    assert found.superseded == ["upn:B801200005001", "nhs:9434765919"]
    assert set(found.superseded) < set(found.identifiers)


def test_one_partners_quotation_meets_the_others_own_key():
    quoted = of(identifiers=(Identifier(scheme="childrens-social-care/la-child-id", value="ab 12"),))
    own = comparable(Record(key=RecordKey("childrens-social-care", "la-child-id", "AB12")))
    assert set(quoted.identifiers) & set(own.identifiers) == {"childrens-social-care/la-child-id:AB12"}


def test_a_key_that_is_a_known_number_counts_as_that_number():
    own = comparable(Record(key=RecordKey("acute-trust", "nhs", "943 476 5919")))
    assert own.identifiers == ["acute-trust/nhs:9434765919", "nhs:9434765919"]
    wrong = comparable(Record(key=RecordKey("acute-trust", "nhs", "9434765918")))
    assert wrong.identifiers == ["acute-trust/nhs:9434765918"]


def test_contacts_are_told_apart_by_what_they_are_and_fillers_fall_out():
    found = of(
        contacts=(
            ContactPoint(kind="landline", value="07700 900123"),
            ContactPoint(kind="mobile", value="0121 496 0123"),
            ContactPoint(kind="mobile", value="07000000000"),
            ContactPoint(kind="email", value="noreply@school.org"),
        )
    )
    assert (found.mobiles, found.landlines, found.emails) == (["+447700900123"], ["+441214960123"], [])


def test_a_setting_that_fails_its_check_is_none():
    assert (
        of(settings=(Setting(kind="school", code="000"), Setting(kind="club", code="3352001"))).settings == []
    )


def test_every_kind_of_relationship_has_a_generation_or_is_other():
    named = Name(given="Sana", family="Khan")
    found = of(relationships=tuple(Relationship(kind=kind, name=named) for kind in RELATIONSHIPS)).relatives
    assert set(found) == {f"{kind}:sana khan" for kind in ("parent", "child", "sibling", "partner", "other")}
    assert of(relationships=(Relationship(kind="mother", other="police/person-id/p13"),)).relatives == []
    assert of(relationships=(Relationship(kind="foster-parent", name=named),)).relatives == [
        "other:sana khan"
    ]


def test_the_frame_holds_the_same_columns_and_gives_them_back():
    rows = [of(names=(Name(given="Amina"),)), of()]
    frame = frame_of(rows)
    assert frame.schema == pl.Schema(SCHEMA)
    assert rows_of(frame) == rows
    assert frame_of([]).schema == frame.schema


NAMES = st.builds(
    Name, given=TEXTS, middle=TEXTS, family=TEXTS, full=TEXTS, use=st.sampled_from(["usual", "alias", "?"])
)
ADDRESSES = st.builds(
    Address, flat=TEXTS, building=TEXTS, number=TEXTS, street=TEXTS, postcode=TEXTS, uprn=TEXTS
)
RECORDS = st.builds(
    Record,
    key=st.builds(RecordKey, TEXTS, TEXTS, TEXTS),
    names=st.lists(NAMES, max_size=2).map(tuple),
    birth=st.none() | st.builds(partial_date, st.integers(0, 3000), st.integers(0, 20), st.integers(0, 40)),
    addresses=st.lists(ADDRESSES, max_size=2).map(tuple),
    identifiers=st.lists(
        st.builds(Identifier, scheme=st.sampled_from(["nhs", "upn", "x/y"]), value=TEXTS), max_size=2
    ).map(tuple),
    contacts=st.lists(st.builds(ContactPoint, kind=TEXTS, value=TEXTS), max_size=2).map(tuple),
    settings=st.lists(
        st.builds(Setting, kind=st.sampled_from(["school", "gp", "?"]), code=TEXTS), max_size=2
    ).map(tuple),
    place_of_birth=TEXTS,
)


@given(RECORDS)
def test_any_record_is_comparable_twice_alike_and_in_plain_columns(record):
    found = comparable(record)
    assert comparable(record) == found
    for column in Comparable.__struct_fields__:
        value = getattr(found, column)
        texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        assert not isinstance(value, NoneType)
        assert all(texts) or not isinstance(value, list), column
        assert len(texts) == len(set(texts)), column
        if column not in ("key", "partner", "sex", "identifiers", "superseded"):
            assert all(text.isascii() for text in texts), column
