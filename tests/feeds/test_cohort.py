"""Who may be kept: the cohort rule on people at its edges, and a feed that delivers changes only."""

import datetime as dt

import pytest

from footprint.feeds.cohort import members, youngest_age
from footprint.feeds.contract import Cohort
from footprint.feeds.drafts import Draft
from footprint.records import PartialDate, RecordKey, Relationship
from footprint.records.dates import partial_date
from tests.feeds.looking import facts, records
from tests.feeds.making import DAY, write_manifest
from tests.feeds.test_contracts import PLAIN

CHILDREN = Cohort(age_under=19)
ON = dt.date(2026, 11, 23)


def draft(number: int, birth=None, expected=None, related: int = 0) -> Draft:
    found = Draft(RecordKey("fire", "person-id", str(number)))
    found.birth, found.expected = birth, expected
    if related:
        found.relate(Relationship(kind="sibling", other=f"fire/person-id/{related}"))
    return found


def inside(cohort: Cohort, *drafts: Draft, involved=()) -> set[str]:
    known = {one.text: one for one in drafts}
    return {
        key[-1] for key in members(known, cohort, {f"fire/person-id/{number}" for number in involved}, ON)
    }


@pytest.mark.parametrize(
    ("birth", "is_in"),
    [
        (PartialDate.of(dt.date(2007, 11, 24)), True),  # nineteen tomorrow
        (PartialDate.of(dt.date(2007, 11, 23)), False),  # nineteen today
        (partial_date(2007), True),  # perhaps born in December
        (partial_date(2007, 11), True),  # perhaps born on the 28th
        (partial_date(2007, 10), False),
        (partial_date(2006), False),
        (partial_date(None, 5, 4), False),  # no year
        (None, False),
    ],
)
def test_a_child_is_in_while_it_may_still_be_one(birth, is_in):
    assert inside(CHILDREN, draft(1, birth)) == ({"1"} if is_in else set())


def test_an_expected_child_is_a_child():
    assert inside(CHILDREN, draft(1, expected=partial_date(2027, 2, 1, quality="X"))) == {"1"}


def test_age_on_the_birthday_itself():
    assert youngest_age(PartialDate.of(dt.date(2008, 11, 23)), ON) == 18
    assert youngest_age(PartialDate.of(dt.date(2008, 11, 24)), ON) == 17


def test_relatives_are_one_step_away_in_either_direction():
    child, parent, grandparent, stranger = draft(1), draft(2, related=1), draft(3, related=2), draft(4)
    rule = Cohort(has_involvement=True, related_to_cohort=True)
    assert inside(rule, child, parent, grandparent, stranger, involved=[1]) == {"1", "2"}
    assert inside(rule, child, parent, grandparent, stranger, involved=[2]) == {"1", "2", "3"}
    assert inside(Cohort(has_involvement=True), child, parent, involved=[1]) == {"1"}


def test_everyone_is_everyone():
    assert inside(Cohort(everyone=True), draft(1), draft(2)) == {"1", "2"}


@pytest.fixture
def changes(take, data, tmp_path):
    """Deliver changes of a feed whose contract says so."""
    own = data / "contracts"
    own.mkdir(parents=True)
    own.joinpath("fire.yaml").write_text(
        PLAIN.replace("mode: full", "mode: changes").replace(
            "    involvement:\n", "  - name: facts.csv\n    key: {person-id: person_id}\n    involvement:\n"
        )
    )

    def deliver(sequence, persons, facts):
        folder = tmp_path / f"in{sequence}"
        folder.mkdir()
        folder.joinpath("visits.csv").write_text(f"person_id,surname\n{persons}")
        folder.joinpath("facts.csv").write_text(f"person_id,kind,visited_on\n{facts}")
        day = DAY - dt.timedelta(days=10 - sequence)
        write_manifest(folder, "fire", "fire", day=day, sequence=sequence, mode="changes")
        return take("fire", folder)[0]

    return deliver


def test_a_delivery_of_changes_adds_to_what_came_before(changes, data):
    assert changes(1, "F1,Khan\nF2,Ali\n", "F1,HFSV,2026-10-01\nF2,HFSV,2026-10-01\n").outcome == "accepted"
    assert (
        changes(2, "F3,Brown\n", "F3,HFSV,2026-10-05\nF1,HFSV,2026-10-06\nF9,HFSV,2026-10-06\n").outcome
        == "accepted"
    )
    assert set(records(data, "fire")) == {"fire/person-id/F1", "fire/person-id/F2", "fire/person-id/F3"}
    assert [(key[-2:], start) for key, _code, start, _end in facts(data, "fire")] == [
        ("F1", "2026-10-01"),
        ("F1", "2026-10-06"),
        ("F2", "2026-10-01"),
        ("F3", "2026-10-05"),
    ]
