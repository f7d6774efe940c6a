"""What remains of a record under protections: refuge, witness and adoption, each clause a case."""

import pytest

from footprint.decisions import (
    NOTHING_DECIDED,
    Decision,
    Overlay,
    Subject,
    marked_places,
    severed,
    standing,
    veiled,
)
from footprint.decisions.veil import is_protected, places
from footprint.records import (
    Address,
    ContactPoint,
    Identifier,
    Name,
    PartialDate,
    Record,
    RecordKey,
    Relationship,
    Setting,
)

KEY = RecordKey("police", "person-id", "1")
HOME = Address(number="14", street="High Street", postcode="WS1 1AA", uprn="100071234567")
FORMER = "police/person-id/9"


def record(**fields):
    return Record(
        **{
            "key": KEY,
            "names": (Name(given="Layla", family="Hussain"), Name(given="Leila", family="Aziz", use="old")),
            "birth": PartialDate(2015, 3, 27),
            "sex": "F",
            "addresses": (HOME,),
            "contacts": (ContactPoint(kind="mobile", value="07700 900123"),),
            "settings": (Setting(kind="school", code="3351000"),),
            "relationships": (Relationship(kind="mother", other="police/person-id/2", phone="07700 900456"),),
            "identifiers": (Identifier(scheme="nhs", value="943 476 5919"),),
            "place_of_birth": "Walsall",
            "occupation": "none",
        }
        | fields
    )


def overlay(kind, *subjects, others=(), since=""):
    return Overlay.of(
        [
            Decision(
                id="d",
                kind=kind,
                subjects=subjects,
                others=others,
                since=since,
                partnership="walsall",
                reason="A reason.",
                by="steward",
                at="2026-11-23T08:15:00+00:00",
            )
        ]
    )


def seal(*former):
    return overlay(
        "seal", Subject("record", FORMER), *former, others=(Subject("record", str(KEY)),), since="2024-02-28"
    )


def test_without_rulings_and_marks_nothing_is_taken():
    assert standing([record()], NOTHING_DECIDED) == "open"
    assert veiled(record(), NOTHING_DECIDED, "open") == record()


@pytest.mark.parametrize(
    "subject",
    [
        Subject("record", str(KEY)),
        Subject("person", "P1"),
        Subject("address", "WS11AA||14"),
        Subject("address", "uprn:100071234567"),
    ],
)
def test_a_shield_protects_the_person_by_record_person_home_or_property_number(subject):
    assert standing([record()], overlay("shield", subject), person_id="P1") == "protected"


def test_a_shielded_place_that_a_person_has_left_is_hidden_and_the_person_is_not():
    left = record(
        addresses=(Address(number="14", street="High Street", postcode="WS1 1AA", end="2020-01-01"),)
    )
    shielded = overlay("shield", Subject("address", "WS11AA||14"))
    assert standing([left], shielded) == "open"
    assert veiled(left, shielded, "open").addresses == ()


def test_one_partner_marks_a_home_and_another_partners_record_of_it_is_protected_too():
    marked = marked_places(record(addresses=(Address(number="14", postcode="WS1 1AA", protected=True),)))
    assert marked == {"WS11AA||14"}
    assert standing([record()], NOTHING_DECIDED, marked=marked) == "protected"
    assert standing([record()], NOTHING_DECIDED, marked=frozenset({"WS11AA||15"})) == "open"


def test_a_marked_home_that_the_person_left_protects_nobody_who_came_later():
    assert (
        marked_places(
            record(addresses=(Address(number="14", postcode="WS1 1AA", protected=True, end="2020-01-01"),))
        )
        == set()
    )


def test_one_protected_record_protects_every_record_of_the_person():
    assert standing([record(), record(protected=True)], NOTHING_DECIDED) == "protected"


def test_of_a_protected_person_remain_name_birthday_sex_and_numbers():
    kept = veiled(record(), NOTHING_DECIDED, "protected")
    assert kept.protected
    assert (kept.names, kept.birth, kept.sex, kept.identifiers) == (
        record().names,
        record().birth,
        record().sex,
        record().identifiers,
    )
    assert (kept.addresses, kept.contacts, kept.settings, kept.place_of_birth, kept.occupation) == (
        (),
        (),
        (),
        "",
        "",
    )
    assert [one.phone for one in kept.relationships] == [""]


def test_a_former_identity_is_restricted_and_keeps_no_family_and_no_home():
    former = record(key=RecordKey.parse(FORMER), protected=True)
    assert standing([former], seal()) == "restricted", "whatever else protects it"
    kept = veiled(former, seal(), "restricted")
    assert (kept.addresses, kept.relationships, kept.protected) == ((), (), False)


def test_a_former_identity_closes_whatever_a_snapshot_still_mixes_with_it():
    assert standing([record(), record(key=RecordKey.parse(FORMER))], seal()) == "restricted"


def test_a_new_identity_starts_at_the_severance():
    kept = severed(
        record(
            addresses=(
                Address(number="1", postcode="WS1 1AA", start="2015-03-27", end="2023-01-01"),
                Address(number="2", postcode="WS1 1AA", start="2023-01-01"),
            ),
            settings=(
                Setting(kind="school", code="3351000", end="2024-02-27"),
                Setting(kind="school", code="3351001"),
            ),
            relationships=(
                Relationship(kind="mother", other="police/person-id/2"),
                Relationship(kind="adoptive-parent", other="police/person-id/3"),
                Relationship(kind="sibling", other="police/person-id/4", start="2024-02-28"),
                Relationship(kind="sibling", other="police/person-id/5", start="2019-01-01"),
            ),
            identifiers=(
                Identifier(scheme="nhs", value="9434765870"),
                Identifier(scheme="nhs", value="9434765919", superseded=True),
                Identifier(scheme="former-upn", value="A123456789012"),
            ),
        ),
        seal(),
    )
    assert [name.use for name in kept.names] == ["usual"]
    assert [one.number for one in kept.addresses] == ["2"]
    assert [one.code for one in kept.settings] == ["3351001"]
    assert [one.other[-1] for one in kept.relationships] == ["3", "4"]
    assert [one.value for one in kept.identifiers] == ["9434765870"]
    assert kept.place_of_birth == ""


@pytest.mark.parametrize(
    ("former", "identifier"),
    [
        ("nhs:9434765919", Identifier(scheme="nhs", value="943 476 5919")),
        ("upn:A801200001001", Identifier(scheme="former-upn", value="a801200001001")),
    ],
)
def test_a_resent_old_number_is_taken_off_every_record_but_the_former_identitys(former, identifier):
    sealed = seal(Subject("identifier", former))
    stranger = record(key=RecordKey("acute-trust", "patient-id", "7"), identifiers=(identifier,))
    assert severed(stranger, sealed).identifiers == ()
    assert severed(record(key=RecordKey.parse(FORMER), identifiers=(identifier,)), sealed).identifiers == (
        identifier,
    )


def test_a_protected_address_goes_from_an_open_record():
    work = record(addresses=(HOME, Address(number="2", postcode="WS1 2BB", protected=True, end="2020-01-01")))
    assert veiled(work, NOTHING_DECIDED, "open").addresses == (HOME,)


def test_a_place_that_one_partner_marked_is_protected_however_another_writes_it():
    social_care = Address(
        building="Bakers House", number="104", street="Norfolk Lane", postcode="AM1 1TX", protected=True
    )
    school = Address(flat="Bakers House", number="104", street="Norfolk Lane", postcode="AM1 1TX")
    next_door = Address(number="106", street="Norfolk Lane", postcode="AM1 1TX")
    marked = frozenset(places(social_care))
    assert is_protected(school, NOTHING_DECIDED, marked)
    assert not is_protected(next_door, NOTHING_DECIDED, marked)


def test_a_protected_person_is_found_by_no_number_that_tells_a_place():
    key = RecordKey("school-9282001", "admission-number", "430013")
    numbers = (Identifier(scheme="upn", value="A928200123003"), Identifier(scheme="nhs", value="9434765919"))
    kept = veiled(Record(key=key, identifiers=numbers), NOTHING_DECIDED, "protected")
    assert [one.scheme for one in kept.identifiers] == ["nhs"]
