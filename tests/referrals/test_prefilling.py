"""What partners' records hold is offered line by line, and stands in a draft only where somebody chose it, with its origin."""

import datetime as dt

import pytest

from footprint.records import (
    Address,
    ContactPoint,
    DutyContact,
    Ethnicity,
    Identifier,
    Involvement,
    Name,
    PartialDate,
    Record,
    RecordKey,
    Relationship,
    Setting,
    partial_date,
)
from footprint.referrals.parts import NoSuchPart
from footprint.referrals.prefilling import (
    Source,
    begin,
    fill,
    occurrence,
    occurrence_lines,
    offers,
    still_standing,
    worker_line,
)
from footprint.referrals.record_lines import lines_of
from footprint.referrals.referral import Adult, Child, Links, Referral, Said
from footprint.referrals.routing import KnownWorker

DAY = dt.date(2026, 11, 26)
HOME = Address(number="12", street="Alder Road", postcode="WS7 1AB", start="2024-01-01")


def record(number, **says):
    return Record(key=RecordKey("police", "person-id", number), **says)


def source(said, *roles, reference="OCC/1", code="domestic-abuse-incident"):
    key = str(said.key)
    return Source(
        said,
        "Police",
        "2026-11-25",
        tuple(
            Involvement(
                id=f"{reference}-{role}",
                record=key,
                code=code,
                start="2026-11-24",
                role=role,
                reference=reference,
            )
            for role in roles
        ),
    )


ADA = record(
    "1",
    names=(
        Name(given="Addie", use="nickname"),
        Name(given="ADA", family="QUIST"),
        Name(given="Adam", family="Quist", use="old"),
    ),
    birth=PartialDate(2017, 4, 2),
    sex="F",
    ethnicities=(Ethnicity(code="IC1", scheme="ic", observed=True), Ethnicity(code="W1", scheme="police")),
    addresses=(Address(street="Old Lane", use="old"), HOME),
    identifiers=(
        Identifier(scheme="nhs", value="1", valid=False),
        Identifier(scheme="nhs", value="9434765919"),
    ),
    contacts=(ContactPoint(kind="landline", value="01632"), ContactPoint(kind="mobile", value="07700")),
    settings=(
        Setting(kind="school", code="1", name="Before", end="2025-07-31"),
        Setting(kind="school", code="2", name="Alder Primary", start="2025-09-01"),
        Setting(kind="gp", code="G1"),
    ),
    relationships=(
        Relationship(kind="mother", other="police/person-id/2"),
        Relationship(kind="contact", other="police/person-id/3"),
    ),
)
MARA = record(
    "2",
    names=(Name(given="Mara", family="Quist"), Name(given="Mara", family="Bell", use="maiden")),
    birth=PartialDate(1992, 2, 12),
)
MAN = record("3", names=(Name(full="Unknown male"),))
TODDLER = record("4")
OCCURRENCE = (
    source(MARA, "victim"),
    source(MAN, "suspect", "witness"),
    source(ADA, "witness"),
    source(TODDLER, "child-present"),
    source(record("9"), "victim", reference="OCC/2"),
    Source(record("8"), "Police", ""),
)


def by_record(found):
    return {offer.record.rpartition("/")[2]: offer for offer in found}


def values(said, part="child"):
    return {field: value for field, value in lines_of(said, part).items() if value}


@pytest.mark.parametrize("reference", ["OCC/1", " occ/1 ", "OCC / 1"])
def test_an_occurrence_is_found_by_its_reference_however_it_is_typed(reference):
    assert [one.record.key.id for one in occurrence(reference, OCCURRENCE)] == ["2", "3", "1", "4"]


@pytest.mark.parametrize("reference", ["", " ", "OCC/9"])
def test_no_reference_finds_nobody(reference):
    assert occurrence(reference, OCCURRENCE) == ()
    assert occurrence_lines(reference, OCCURRENCE) == ()


def test_children_come_first_and_each_says_why():
    found = by_record(offers(occurrence("OCC/1", OCCURRENCE), DAY))
    assert {number: (offer.part, offer.why, offer.roles) for number, offer in found.items()} == {
        "1": ("child", "under 18 by the record", ("witness",)),
        "4": ("child", "recorded as a child present", ("child present",)),
        "2": ("adult", "18 or over by the record", ("victim",)),
        "3": ("adult", "no birthday in the record", ("suspect", "witness")),
    }
    assert list(found) == ["1", "4", "2", "3"]


def test_whoever_refers_knows_better_who_is_a_child():
    found = by_record(
        offers(OCCURRENCE[:4], DAY, {"police/person-id/3": "child", "police/person-id/77": "child"})
    )
    assert (found["3"].part, found["3"].why) == ("child", "as you say")
    assert "77" not in found


def test_a_childs_record_says_what_it_says_and_no_name_that_is_no_longer_used():
    assert values(ADA) == {
        "name": "Ada Quist",
        "other_names": ("Addie",),
        "birthday": "2017-04-02",
        "sex": "female",
        "ethnicity": "White British",
        "address": "12 Alder Road, WS7 1AB",
        "phone": "07700",
        "school": "Alder Primary",
        "gp": "G1",
        "nhs_number": "9434765919",
    }


def test_an_adult_is_told_as_what_the_childs_record_says_they_are():
    adults = [offer for offer in offers(OCCURRENCE[:3], DAY) if offer.part == "adult"]
    assert {line.field: line.value for line in adults[0].lines} == {
        "name": "Mara Quist",
        "other_names": ("Mara Bell",),
        "birthday": "1992-02-12",
        "relationship": "mother of Ada Quist",
    }
    assert [line.field for line in adults[1].lines] == ["name"]


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (PartialDate(2017, 4), {"birthday": "2017-04"}),
        (PartialDate(2017, 1, 1), {"birthday": "2017"}),
        (PartialDate(1901, 1, 1), {}),
        (PartialDate(None, 4, 2), {}),
        (partial_date(2017, quality="E"), {"age": "born about 2017"}),
    ],
)
def test_a_birthday_is_offered_as_far_as_it_is_known(birth, said):
    assert values(record("5", birth=birth)) == said


@pytest.mark.parametrize(
    ("birth", "part"),
    [
        (PartialDate(2008, 11, 27), "child"),
        (PartialDate(2008, 11, 26), "adult"),
        (PartialDate(2008, 11), "child"),
        (PartialDate(2008), "child"),
        (PartialDate(2007), "adult"),
    ],
)
def test_whoever_may_be_under_eighteen_is_offered_as_a_child(birth, part):
    assert offers([source(record("5", birth=birth), "suspect")], DAY)[0].part == part


def test_an_expected_baby_is_a_child_and_one_who_was_lost_is_not_spoken_of():
    due = PartialDate(2027, 2, 3, "XXX")
    (baby,) = offers([source(record("6", names=(Name(full="Baby Khan"),), expected=due), "involved")], DAY)
    assert (baby.part, baby.why) == ("child", "an expected baby")
    assert {line.field: line.value for line in baby.lines} == {
        "name": "Baby Khan",
        "due": "2027-02-03",
        "sex": "unborn",
    }
    assert offers([source(record("6", expected=due, death=PartialDate(2026, 10, 1)), "involved")], DAY) == ()


def test_what_is_protected_is_offered_as_if_nothing_were_held():
    settings = (Setting(kind="school", code="2", name="Alder Primary"),)
    contacts = (ContactPoint(kind="mobile", value="07700"),)
    hidden = record("7", protected=True, addresses=(HOME,), settings=settings, contacts=contacts)
    assert values(hidden) == values(record("7"))
    assert values(hidden, "adult") == {}
    refuge = Address(street="Elm Street", protected=True)
    assert values(record("7", addresses=(refuge,))) == {}
    assert values(record("7", addresses=(refuge, HOME)))["address"] == HOME.text


def test_the_occurrence_says_what_it_is():
    assert [(line.field, line.value) for line in occurrence_lines("occ/1", OCCURRENCE)] == [
        ("incident", "OCC/1"),
        ("domestic_abuse", Said.YES),
    ]
    other = source(record("9"), "victim", code="incident")
    assert [line.field for line in occurrence_lines("OCC/1", [other])] == ["incident"]


def test_only_what_is_chosen_is_filled_in_and_each_value_says_whose_it_is():
    ada = by_record(offers(OCCURRENCE[:3], DAY))["1"]
    chosen = [line for line in ada.lines if line.field in ("name", "school")] + list(
        occurrence_lines("OCC/1", OCCURRENCE)
    )
    filled = fill(Referral(), chosen)
    assert filled.referral == Referral(
        children=(Child(key="c1", name="Ada Quist", school="Alder Primary", record="police/person-id/1"),),
        links=Links(incident="OCC/1", domestic_abuse=Said.YES),
    )
    assert [(one.part, one.key, one.field, one.says) for one in filled.origins] == [
        ("child", "c1", "name", "From Police, as of 2026-11-25"),
        ("child", "c1", "school", "From Police, as of 2026-11-25"),
        ("links", "", "incident", "From Police, as of 2026-11-25"),
        ("links", "", "domestic_abuse", "From Police, as of 2026-11-25"),
    ]
    assert filled.kept == ()


def test_filling_twice_changes_nothing_and_begins_nobody_twice():
    everything = [line for offer in offers(OCCURRENCE[:4], DAY) for line in offer.lines]
    once = fill(Referral(), everything)
    twice = fill(once.referral, everything)
    assert [child.key for child in once.referral.children] == ["c1"]  # of the toddler the record says nothing
    assert [adult.key for adult in once.referral.adults] == ["a1", "a2"]
    assert twice.referral == once.referral
    assert twice.origins == twice.kept == ()


def test_a_child_of_whom_a_record_says_nothing_can_be_begun_and_described():
    draft, place = begin(Referral(), "child", "police/person-id/4")
    assert draft.children == (Child(key=place.key, record="police/person-id/4"),)
    assert begin(draft, "child", "police/person-id/4") == (draft, place)


def test_what_the_writer_wrote_stays_and_the_line_is_told():
    draft = Referral(children=(Child(key="c1", name="Ada Bell", not_known=frozenset({"school"})),))
    ada = by_record(offers(OCCURRENCE[:3], DAY))["1"]
    filled = fill(draft, ada.lines, {"police/person-id/1": "c1"})
    (child,) = filled.referral.children
    assert child.name == "Ada Bell"
    assert [line.value for line in filled.kept] == ["Ada Quist"]
    assert child.school == "Alder Primary"
    assert not child.not_known


def test_lines_for_somebody_who_is_not_there_are_refused():
    ada = by_record(offers(OCCURRENCE[:3], DAY))["1"]
    with pytest.raises(NoSuchPart):
        fill(Referral(), ada.lines, {"police/person-id/1": "c9"})


def test_what_was_changed_since_is_the_writers_own_word():
    mara = by_record(offers(OCCURRENCE[:3], DAY))["2"]
    filled = fill(Referral(adults=(Adult(key="a1", record="x"),)), mara.lines)
    assert {one.key for one in filled.origins} == {"a2"}
    assert still_standing(filled.referral, filled.origins) == filled.origins
    changed = Referral(adults=(Adult(key="a2", name="Mara Quist", birthday="1993"),))
    assert [one.field for one in still_standing(changed, filled.origins)] == ["name"]
    assert still_standing(Referral(), filled.origins) == ()


def test_a_line_has_a_label_and_a_name_of_its_own():
    lines = [line for offer in offers(OCCURRENCE[:4], DAY) for line in offer.lines]
    assert len({line.id for line in lines}) == len(lines)
    assert all(line.label for line in lines)


def test_a_known_worker_is_a_line_like_any_other():
    worker = KnownWorker("csc", "Social care", DutyContact(worker="Jo Marsh", phone="01632"), "2026-11-20")
    filled = fill(Referral(), [worker_line(worker)])
    assert filled.referral.worker == "Jo Marsh, Social care, 01632"
    assert filled.origins[0].says == "From Social care, as of 2026-11-20"
    undated = fill(Referral(), [worker_line(worker._replace(confirmed_on=""))])
    assert undated.origins[0].says == "From Social care"
