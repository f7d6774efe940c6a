"""Who is close to a user: own homes to the flat, relatives by name and birthday, neighbours, namesakes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records import Address, Name, PartialDate, Record, RecordKey
from footprint.records.dates import partial_date
from footprint.records.reading_addresses import parse_address
from footprint.watching import connection, known, own
from footprint.watching.connections import home_of, is_relative_by_name

HOME = "Flat 3, 12 Alder Road"
POSTCODE = "WS7 1AB"


BORN = PartialDate(1992, 2, 12)


def person(name="Mara Quist", born=BORN, homes=(), *, use="usual", address_use="home", **fields):
    given, _, family = name.rpartition(" ")
    addresses = tuple(parse_address(text, use=address_use) for text in homes)
    return known(
        [
            Record(
                key=RecordKey("police", "person-id", "1"),
                names=(Name(given=given, family=family, use=use),),
                birth=born,
                addresses=addresses,
                **fields,
            )
        ]
    )


def user(name="Dana Whitlock", homes=((HOME, POSTCODE),), relatives=()):
    return own(name, homes, relatives)


@pytest.mark.parametrize(
    ("home", "is_own"),
    [
        ("Flat 3, 12 Alder Road, WS7 1AB", True),
        ("12/3 Alder Rd WS7 1AB", False),  # flat 12 of number 3
        ("3/12 Alder Rd WS7 1AB", True),
        ("Apt 3 12 Alder Road, Burntwood, WS7 1AB", True),
        ("Flat 4, 12 Alder Road, WS7 1AB", False),
        ("12 Alder Road, WS7 1AB", False),
        ("Flat 3, 14 Alder Road, WS7 1AB", False),
        ("Flat 3, 12 Alder Road, WS7 1AC", False),
        ("No fixed abode", False),
        ("WS7 1AB", False),
    ],
)
def test_an_own_home_is_the_same_to_the_flat(home, is_own):
    assert connection(user(), person(homes=[home])) == ("own-home" if is_own else "")


@pytest.mark.parametrize("use", ["home", "temp", "old"])
def test_a_home_of_before_counts_as_one_of_now(use):
    assert connection(user(), person(homes=[f"{HOME}, {POSTCODE}"], address_use=use)) == "own-home"


@pytest.mark.parametrize("use", ["work", "billing"])
def test_a_place_of_work_is_no_home(use):
    assert connection(user(), person(homes=[f"{HOME}, {POSTCODE}"], address_use=use)) == ""


def test_nobody_without_a_home_shares_one():
    homeless = user(homes=[("No fixed abode", ""), ("", ""), ("c/o the hub", "")])
    assert connection(homeless, person(homes=["NFA"])) == ""
    assert connection(homeless, person(homes=[""])) == ""


@pytest.mark.parametrize(
    ("declared", "born", "name", "birth", "is_relative"),
    [
        ("Mara Quist", "12/2/1992", "Mara Quist", PartialDate(1992, 2, 12), True),
        ("QUIST Mara", "1992", "Mara Quist", PartialDate(1992, 2, 12), True),
        ("Mohammed Khan", "1 March 2010", "Muhammad Khan", PartialDate(2010, 3, 1), True),
        ("Bill Smith", "1975", "William Smith", PartialDate(1975, 6, 1), True),
        ("Mara Quist", "12/2/1992", "Mara Quist", PartialDate(1992, 2, 13), False),
        ("Mara Quist", "12/2/1992", "Mara Quist", PartialDate(1993, 2, 12), False),
        ("Mara Quist", "12/2/1992", "Mara Quist", partial_date(1992), True),
        ("Mara Quist", "12/2/1992", "Mara Quist", PartialDate(1992, 1, 1), True),  # a birthday nobody knew
        ("Mara Quist", "12/2/1992", "Mara Quist", None, False),
        ("Mara Quist", "12/2/1992", "June Quist", PartialDate(1992, 2, 12), False),
        ("Mara Quist", "12/2/1992", "Mara Lund", PartialDate(1992, 2, 12), False),
        ("Mara", "12/2/1992", "Mara Quist", PartialDate(1992, 2, 12), False),
        ("Mara Quist", "", "Mara Quist", PartialDate(1992, 2, 12), False),
        ("Mara Quist", "my sister", "Mara Quist", PartialDate(1992, 2, 12), False),
    ],
)
def test_a_relative_is_known_by_name_and_birthday_or_year(declared, born, name, birth, is_relative):
    found = connection(user(relatives=[(declared, born)]), person(name, birth))
    assert found == ("relative" if is_relative else "")


def test_a_name_without_a_birthday_refuses_nothing_and_is_remarked():
    mine = user(relatives=[("Mara Quist", "")])
    assert connection(mine, person()) == ""
    assert is_relative_by_name(mine, person())
    assert not is_relative_by_name(mine, person("June Quist"))


def test_a_name_that_somebody_no_longer_uses_tells_nobody_who_they_are():
    mine = user(relatives=[("Mara Quist", "12/2/1992")])
    assert connection(mine, person(use="old")) == ""
    assert connection(mine, person(use="maiden")) == "relative"


@pytest.mark.parametrize(
    ("home", "is_neighbour"),
    [
        ("14 Alder Road, WS7 1AB", True),
        ("99 Alder Rd, WS7 1XY", True),  # the far end of the street has another postcode
        ("1 Birch Close, WS7 1AB", True),
        ("99 Alder Road, WS8 1XY", False),
        ("1 Birch Close, WS7 1XY", False),
    ],
)
def test_a_neighbour_is_of_the_street_or_of_the_postcode(home, is_neighbour):
    mine, theirs = user().home.streets, person(homes=[home]).home.streets
    assert mine.isdisjoint(theirs) is not is_neighbour


TEXTS = st.one_of(
    st.sampled_from([HOME, "12 Alder Road", "WS7 1AB", "Mara Quist", "12/2/1992", "1992", "", "NFA"]),
    st.text(max_size=40),
)


@given(
    TEXTS,
    st.lists(st.tuples(TEXTS, TEXTS), max_size=3),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=3),
    TEXTS,
    TEXTS,
)
def test_whatever_was_declared_is_read_and_answers(name, homes, relatives, whom, where):
    mine = own(name, homes, relatives)
    assert connection(mine, person(whom, homes=[where])) in ("", "own-home", "relative")


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
def test_who_declared_nothing_is_refused_nobody(homes):
    nothing = own("Dana Whitlock", [], [])
    assert connection(nothing, person(homes=[f"{text} {code}" for text, code in homes])) == ""


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
def test_homes_are_compared_each_for_itself(some, others):
    def homes(texts):
        return home_of([parse_address(text) for text in texts])

    both = homes([*some, *others])
    assert both.places == homes(some).places | homes(others).places
    assert both.streets == homes(some).streets | homes(others).streets


def test_a_uprn_is_a_home():
    mine = home_of([Address(uprn="10099887766")])
    assert mine.places == home_of([Address(uprn="010099887766")]).places != frozenset()


def test_an_expected_child_has_no_birthday():
    unborn = person("Baby Quist", PartialDate(2026, 12, 20, "XXX"))
    assert unborn.births == ()
    assert connection(user(relatives=[("Baby Quist", "2026")]), unborn) == ""


def test_the_day_of_a_birthday_is_a_day():
    assert person(born=PartialDate.of(dt.date(1992, 2, 12))).births == (PartialDate(1992, 2, 12),)
