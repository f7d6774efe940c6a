"""How an answer is called: the more of a question agrees, the stronger it reads, and never stronger than it claims."""

import pytest

from footprint.answer import words
from footprint.answer.found import Apart, FieldVerdict, FoundPerson, SearchAnswer
from footprint.answer.values import PossibleOther
from footprint.web.cases.result_presenters import found, result_page, title


def answer(outcome, *ids, tied=0, apart=(), **agreements):
    people = tuple(
        FoundPerson(
            person_id=one, standing="open", weight=1.0, name="Zoe Marsh", birth="", age="", sex="", homes=("14 High Street",),
            partners=(), verdicts={field: FieldVerdict(agreement=how, words="") for field, how in agreements.items()},
            records=(), certain=outcome == "match" and one == ids[0],
        )
        for one in ids
    )  # fmt: skip
    return SearchAnswer(
        outcome=outcome, sentence="", people=people, partners=(), snapshot="", day="", tied=tied, apart=apart
    )


@pytest.mark.parametrize(
    ("found", "called"),
    [
        (answer("none"), "Nobody was found"),
        (answer("several", "a", "b", tied=2), "2 people fit equally well"),
        (answer("possible", "a", "b"), "One person fits best, and is not certain"),
        (answer("possible", "a"), "One person fits, and is not certain"),
        (answer("match", "a", "b"), "One person matches"),
    ],
)
def test_an_answer_is_called_by_what_it_claims(found, called):
    assert title(found) == called


def test_parts_of_one_in_doubt_are_not_two_who_fit_equally_well():
    parts = tuple(
        PossibleOther(
            person_id=one, name="Zoe Marsh", birth="", age="", standing="open", weight=0.0, disputed=True, records=(),
            why=(),
        )
        for one in "ab"
    )  # fmt: skip
    apart = (Apart(parts=parts),)
    assert title(answer("several", "a", "b", tied=2, apart=apart)) == "Disputed: one person or several"
    assert title(answer("several", "a", "b", "c", tied=3, apart=apart)) == "3 people fit equally well"


@pytest.mark.parametrize("field", ["given", "family", "birth"])
@pytest.mark.parametrize("outcome", ["possible", "several"])
def test_of_whom_a_name_or_birthday_differs_is_nobody_who_fits_and_has_no_door(outcome, field):
    far = answer(outcome, "a", "b", **{field: "differs"}, place="agrees")
    page = result_page(far, None, {}, lambda parts: None, hub="the hub")
    assert page.title == "Nobody fits. The nearest, and what differs"
    assert (page.sentence, page.ring) == (words.NOBODY_FITS, "the hub")
    assert {one.homes for one in (*page.first, *page.others)} == {()}


@pytest.mark.parametrize("near", [{"given": "close"}, {"family": "differs", "identifier": "agrees"}])
def test_a_slip_is_no_difference_and_a_number_outweighs_a_new_name(near):
    one = answer("possible", "a", **near)
    assert title(one) == "One person fits, and is not certain"
    assert found(one.people[0], {}).homes == ("14 High Street",)
