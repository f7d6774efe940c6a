"""How an answer is called: the more of a question agrees, the stronger it reads, and never stronger than it claims."""

import pytest

from footprint.answer.found import Apart, FoundPerson, SearchAnswer
from footprint.answer.values import PossibleOther
from footprint.web.cases.result_presenters import title


def answer(outcome, *ids, tied=0, apart=()):
    people = tuple(
        FoundPerson(
            person_id=one, standing="open", weight=1.0, name="Zoe Marsh", birth="", age="", sex="", homes=(),
            partners=(), verdicts={}, records=(), certain=outcome == "match" and one == ids[0],
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
