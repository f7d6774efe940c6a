"""Why two records belong together: a home that was left is never called the same home."""

import pytest

from footprint.answer.reasons import SAME_HOME, of_home, reasons
from footprint.answer.statements import Source
from footprint.comparison import COMPARISONS
from footprint.records import Address
from footprint.search import question_from

ONE, OTHER = "police/person-id/1", "acute-trust/patient-id/2"
NAMES = {"police": "Police", "acute-trust": "Acute Trust"}


def home(end="", **fields):
    return Address(number="14", street="High Street", postcode="WS1 1AA", end=end, **fields)


def source(made, key, *addresses):
    return Source(made.record(key, addresses=addresses), NAMES[key.partition("/")[0]], "2026-11-22")


def told(made, mine, theirs):
    tie = made.tie(ONE, OTHER)
    tie = type(tie)(
        one=ONE, other=OTHER, verdict="joined", weight=9.0, rule="E2", why=("same birthday", SAME_HOME)
    )
    return reasons(tie, [source(made, ONE, *mine), source(made, OTHER, *theirs)])[1]


def test_the_words_are_those_of_the_comparison():
    (place,) = (one for one in COMPARISONS if one.name == "place")
    assert place.levels[0].words == SAME_HOME


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ([home()], [home()], SAME_HOME),
        ([home("2024-05-01"), home()], [home()], SAME_HOME),
        (
            [home("2024-05-01")],
            [home()],
            "a former home of one of them, to the flat (left on 1 May 2024, says Police)",
        ),
        ([home(use="old")], [home()], "a former home of one of them, to the flat (says Police)"),
        (
            [home("2024-05-01")],
            [home("2025-03-03")],
            "a former home of both, to the flat (left on 1 May 2024, says Police; left on 3 March 2025, says Acute Trust)",
        ),
    ],
)
def test_a_home_that_was_left_is_a_former_one_with_its_day(made, mine, theirs, said):
    assert told(made, mine, theirs) == said


def test_of_a_home_that_may_not_be_read_nothing_is_added(made):
    assert told(made, [], [home("2024-05-01")]) == SAME_HOME


def test_a_place_that_was_asked_for_and_left_is_called_so(made):
    question = question_from({"family": "Hussain", "address": "14 High Street, WS1 1AA"})
    left = source(made, ONE, home("2024-05-01"))
    assert (
        of_home(SAME_HOME, question, [left]) == "a former home, to the flat (left on 1 May 2024, says Police)"
    )
    still = source(made, OTHER, home())
    assert of_home(SAME_HOME, question, [still]) == SAME_HOME
    assert of_home(SAME_HOME, question, [left, still]) == f"{SAME_HOME}; may be an old home"
    assert of_home("same postcode", question, [left]) == "same postcode"
