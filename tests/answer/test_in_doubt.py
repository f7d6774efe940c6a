"""Who is perhaps somebody: the parts that only an open doubt keeps apart from them, and nobody else."""

import pytest

from footprint.answer.people import People
from footprint.decisions import NOTHING_DECIDED, Overlay
from footprint.records.mask import Mask
from tests.answer.conftest import Dictionary, entry, record, ruling, tie

POLICE, CARE, SCHOOL, TRUST = (
    "police/person-id/1",
    "childrens-social-care/la-child-id/1",
    "school-3351000/admission-number/1",
    "acute-trust/patient-id/1",
)
#: Held together in a row: a doubt about one of these links leaves two parts.
IN_A_ROW = [tie(POLICE, CARE), tie(CARE, SCHOOL, weight=15.0), tie(SCHOOL, TRUST, weight=9.0)]
EVERYBODY = Mask()


def parts(*rulings, mask=EVERYBODY, of=""):
    """The records of everybody who is perhaps p1, or whoever has the record `of`: part by part."""
    content = Dictionary({"p1": [entry(record(key)) for key in (POLICE, CARE, SCHOOL, TRUST)]}, IN_A_ROW)
    people = People(content, mask, Overlay.of(rulings) if rulings else NOTHING_DECIDED)
    person_id = people.by_record(of).id if of else "p1"
    return [one.keys for one in people.in_doubt(person_id)]


def test_who_is_in_no_doubt_is_one_person():
    assert parts() == [(POLICE, CARE, SCHOOL, TRUST)]


def test_what_a_doubt_took_out_is_perhaps_them_from_whichever_part_one_comes():
    doubt = ruling("disputed", [SCHOOL, TRUST], [CARE, POLICE])
    assert parts(doubt) == [(POLICE, CARE), (SCHOOL, TRUST)]
    assert parts(doubt, of=TRUST) == [(SCHOOL, TRUST), (POLICE, CARE)]


def test_doubts_that_follow_from_one_another_are_all_of_them():
    assert parts(ruling("disputed", [SCHOOL], [CARE, POLICE]), ruling("disputed", [TRUST], [SCHOOL])) == [
        (POLICE, CARE),
        (SCHOOL,),
        (TRUST,),
    ]


@pytest.mark.parametrize(
    "settled",
    [{"kind": "different"}, {"kind": "seal", "since": "2020-01-01"}, {"kind": "erase", "others": ()}],
)
def test_who_was_ruled_another_sealed_or_erased_is_not_among_them_although_somebody_doubts_too(settled):
    doubt = ruling("disputed", [SCHOOL, TRUST], [CARE, POLICE])
    said = {"subjects": [SCHOOL, TRUST], "others": [CARE, POLICE]} | settled
    assert parts(doubt, ruling(**said)) == [(POLICE, CARE)]


def test_two_parts_that_only_what_may_not_be_known_holds_together_are_two_and_no_doubt_says_otherwise():
    hidden = Mask(hidden_records=frozenset({CARE}))
    assert parts(mask=hidden, of=POLICE) == [(POLICE,)]
    assert parts(ruling("disputed", [TRUST], [SCHOOL]), mask=hidden, of=POLICE) == [(POLICE,)]


def test_of_nobody_nothing_is_in_doubt():
    assert People(Dictionary({}), EVERYBODY, NOTHING_DECIDED).in_doubt("p9") == ()
