"""Whom to ring: every number can be tapped, each stands once, and what is said stays word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records import DutyContact
from footprint.web.cases.person.presenters.numbers import numbers
from footprint.web.cases.person.presenters.ring import pieces, ring, rings, tel
from tests.web.cases.person.answers import DUTY, ROSA, footprint, line, partner, worker


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Emergency duty team 01632 960499", ["01632 960499"]),
        ("Switchboard 01632 960200, ask for the on-call named nurse", ["01632 960200"]),
        ("101, ask for the duty inspector", ["101"]),
        ("ring 999 or 01632 960001", ["999", "01632 960001"]),
        ("+44 1632 960001 from abroad", ["+44 1632 960001"]),
        ("quote 20/1019999/26", []),
        ("Room 1010, case 0199912345678", []),
        ("", []),
    ],
)
def test_numbers_in_a_sentence_can_be_tapped(sentence, found):
    assert [piece.text for piece in pieces(sentence) if piece.tel] == found


@given(st.text(alphabet=st.sampled_from("0123456789 +-/abc,;101999"), max_size=60))
def test_the_pieces_together_are_the_sentence(sentence):
    parts = pieces(sentence)
    assert "".join(piece.text for piece in parts) == sentence
    assert all(piece.text for piece in parts)


@pytest.mark.parametrize(
    ("phone", "leads_to"),
    [("01632 960401", "tel:01632960401"), ("+44 (0)1632", "tel:+4401632"), ("ask", ""), ("", "")],
)
def test_a_number_leads_to_what_is_dialled(phone, leads_to):
    assert tel(phone) == leads_to


def test_nobody_to_ring_is_nobody():
    assert ring(DutyContact()) is None
    assert rings([]) == ()


def test_a_number_at_which_several_answer_stands_once():
    one = DutyContact(worker="DS Okafor", team="CID", phone="01632 960105", hours="always", fallback="101")
    other = DutyContact(
        worker="PC Whitlock", team="CID", phone="01632 960105", hours="always", fallback="101"
    )
    (found,) = rings([one, other, one])
    assert found.who == "DS Okafor, CID; PC Whitlock, CID"
    assert found.tel == "tel:01632960105"


def test_one_number_with_other_hours_is_another_contact():
    late = DutyContact(team="Night team", phone=DUTY.phone, hours="nights", fallback=DUTY.fallback)
    assert [one.hours for one in rings([DUTY, late])] == ["Monday to Friday", "nights"]


def test_hours_without_a_number_are_no_help():
    assert ring(DutyContact(team="Front door", hours="09:00-17:00")).hours == ""


def test_every_number_of_a_page_is_to_choose_from_once_workers_first():
    answer = footprint(
        ring=DutyContact(team="Hub", phone="01632 960001"),
        workers=(worker(),),
        partners=(
            partner("childrens-social-care", line(contact=ROSA), line()),
            partner("police", duty=DutyContact(team="Control", phone="101")),
            partner("school--1", duty=DutyContact(team="Lead")),
        ),
    )
    assert numbers(answer) == [
        ("hub/01632 960001", "Hub: 01632 960001"),
        ("childrens-social-care/01632 960402", "Children's social care: 01632 960402"),
        ("childrens-social-care/01632 960401", "Childrens social care: 01632 960401"),
        ("police/101", "Police: 101"),
    ]
