"""The index as files: immutable, refused when torn, bounded when crowded."""

import random

import numpy as np
import pytest
from msgspec import structs

from footprint.records import partial_date
from footprint.records.columns import frame_of
from footprint.records.comparing import comparable
from footprint.records.mask import Mask
from footprint.search import Age, Index, Question, UnusableIndex, ask, build
from footprint.search import kernel as fast
from footprint.search.postings import block, gather
from footprint.search.ranking import rank
from tests.comparison.rows import a_row
from tests.search.worlds import DAY, MODEL, a_record, at, frequencies, index_of


def test_an_index_of_nobody_finds_nobody(tmp_path):
    index = index_of(tmp_path, [])
    assert ask(index, Question(family="Khan", postcode="WS1 1AA"), Mask()).outcome == "none"


def test_the_same_records_give_the_same_bytes(tmp_path):
    draw = random.Random(3)
    people = [[a_row(draw, number)] for number in range(50)]
    for name in ("one", "other"):
        index_of(tmp_path / name, people)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes(), file.name


@pytest.mark.parametrize("persons", [[0, 2], [1, 1], [0, 0, 1], [1, 0]])
def test_persons_must_be_numbered_in_order_without_gaps(tmp_path, persons):
    rows = frame_of(a_row(random.Random(1), number) for number in range(2))
    with pytest.raises(ValueError, match="numbered from 0"):
        build(
            tmp_path, rows, np.array(persons, dtype=np.int32), model=MODEL, frequencies=frequencies(), day=DAY
        )


def _cut(directory):
    whole = (directory / "keys.npy").read_bytes()
    (directory / "keys.npy").write_bytes(whole[: len(whole) // 2])


def _other_declaration(directory):
    about = directory / "index.json"
    about.write_bytes(about.read_bytes().replace(b'"given: slip"', b'"given: two slips"'))


def _other_format(directory):
    about = directory / "index.json"
    about.write_bytes(about.read_bytes().replace(b'"format": 1', b'"format": 0'))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: (path / "fixed.npy").unlink(),
        lambda path: (path / "index.json").write_text("{"),
        _cut,
        _other_format,
        _other_declaration,
    ],
)
def test_a_torn_or_foreign_index_is_refused(tmp_path, spoil):
    index_of(tmp_path, [[a_row(random.Random(1))]])
    spoil(tmp_path)
    with pytest.raises(UnusableIndex, match="Publish again"):
        Index.open(tmp_path)


def test_an_index_that_does_not_find_its_own_records_is_not_handed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "footprint.search.building.all_keys", lambda *_: (np.zeros(1, np.uint64), np.zeros(1, np.int32))
    )
    with pytest.raises(UnusableIndex, match="does not find its own records"):
        index_of(tmp_path, [[comparable(a_record("police/nominal/1", "Amina", "Khan", "2015-03-04"))]])


def test_a_key_leads_to_all_its_records_and_no_others():
    keys = np.array([9, 2**63, 9, 7, 9, 2**64 - 1], dtype=np.uint64)
    postings = gather(keys, np.array([5, 1, 3, 4, 3, 0], dtype=np.int32))
    found = {
        int(key): postings.records[slice(*block(postings, np.uint64(key)))].tolist()
        for key in (7, 8, 9, 2**63, 2**64 - 1)
    }
    assert found == {7: [4], 8: [], 9: [3, 5], 2**63: [1], 2**64 - 1: [0]}


def test_in_a_crowd_those_who_agree_on_more_are_still_found(tmp_path):
    """A thousand people at one postcode: the family that moved there is found without a name spelt right."""
    draw = random.Random(5)
    home = at("1", "Long Road", "WS1 1AA")
    born = [f"{draw.randrange(1950, 1999)}-02-{number % 28 + 1:02}" for number in range(3 * fast.CROWDED)]
    strangers = [
        a_record(f"school/upn/{number}", "Omar", "Malik", day, address=home)
        for number, day in enumerate(born)
    ]
    crowd = [[comparable(record)] for record in strangers]
    meant = [comparable(a_record("school/upn/meant", "Zuzanna", "Wojcik", "2016-05-06", address=home))]
    index = index_of(tmp_path, [*crowd, meant])
    (question,) = [comparable(a_record("asked/x/1", "Susanna", "Voytsik", "2016-05-07", address=home))]
    ranked = rank(index, [structs.replace(question, identifiers=[])], (0, 0), index.flags(Mask()))
    assert ranked.people[0] == len(crowd)
    assert len(ranked.people) < fast.CROWDED


def test_a_question_that_too_many_fit_says_so(tmp_path):
    people = [[comparable(a_record(f"school/upn/{n}", "Omar", "Malik", "2015-02-03"))] for n in range(40)]
    answer = ask(
        index_of(tmp_path, people), Question(given="Omar", family="Malik", postcode="WS1 1AA"), Mask()
    )
    assert (answer.outcome, answer.people) == ("refine", ())


@pytest.mark.parametrize(
    ("asked", "fits", "silent"),
    [
        ({"age": Age(7, 1)}, {"born": "2019-02-03"}, {}),
        ({"birth": partial_date(2019)}, {"born": "2019-02-03"}, {}),
        ({"birth": partial_date(2019, 2)}, {"born": "2019-02-03"}, {}),
        ({"postcode": "WS1 1AA", "age": Age(7, 3)}, {"address": at("1", "Long Road", "WS1 1AA")}, {}),
    ],
)
def test_what_is_asked_in_part_and_agrees_speaks_for_a_person(tmp_path, asked, fits, silent):
    people = [
        [comparable(a_record("school/upn/1", "Omar", "Malik", **silent))],
        [comparable(a_record("school/upn/2", "Omar", "Malik", **fits))],
    ]
    answer = ask(index_of(tmp_path, people), Question(given="Omar", family="Malik", **asked), Mask())
    assert answer.people[0].person == 1
    assert answer.people[0].weight > answer.people[-1].weight + 3


@pytest.mark.parametrize(
    "other", [("Smith", "John"), ("Jon", "Smith"), ("John", "Smyth"), ("Johnny", "Smith")]
)
def test_no_weaker_agreement_on_a_common_name_outranks_the_name_itself(tmp_path, other):
    people = [
        [comparable(a_record("school/upn/1", *other, "1980-02-03"))],
        [comparable(a_record("school/upn/2", "John", "Smith", "1980-02-03"))],
    ]
    index = index_of(tmp_path, people)
    for name in ({"given": "John", "family": "Smith"}, {"full_name": "John Smith"}):
        answer = ask(index, Question(**name, birth=partial_date(1980, 2, 3)), Mask())
        assert [one.person for one in answer.people][:2] == [1, 0]
        assert answer.people[0].weight > answer.people[1].weight


def test_only_the_masks_of_late_are_remembered_and_every_one_is_right(tmp_path):
    people = [[comparable(a_record(f"school/upn/{number}", "Omar", "Malik"))] for number in range(20)]
    index = index_of(tmp_path, people)
    masks = [Mask(hidden_records=frozenset({f"school/upn/{number}"})) for number in range(20)]
    for mask in (*masks, *reversed(masks)):
        (hidden,) = mask.hidden_records
        flags = index.flags(mask)
        assert [number for number in range(20) if flags[number] == fast.HIDDEN] == [
            int(hidden.rpartition("/")[2])
        ]
        assert index.flags(mask) is flags
    assert len(index._views) < len(masks)
