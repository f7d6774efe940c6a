"""Which pairs meet: each family of keys survives the errors that it promises to survive, and nothing else would have."""

from __future__ import annotations

import duckdb
import pytest

from footprint.linking import blocking, facts
from footprint.records import Comparable
from footprint.records.columns import frame_of
from tests.linking.said import Place


def met(rows: list[Comparable], hidden: frozenset[str] = frozenset()) -> set[tuple[str, str]]:
    """Return the keys of the pairs that blocking brings together."""
    connection = duckdb.connect()
    connection.register("said", frame_of(rows))
    facts.prepare(connection, "said", hidden=hidden)
    count = blocking.block(connection)
    pairs = connection.execute(
        "SELECT a.key, b.key FROM pairs JOIN rows a ON a.rid = l JOIN rows b ON b.rid = r WHERE l < r"
    ).fetchall()
    assert count == len(pairs) == len(set(pairs)), "A pair is compared once, and counted."
    return set(pairs)


# For each family of keys two records of one person that share nothing else.
SURVIVED = {
    "identifier": (
        {"name": "Amina / Khan", "born": "2014-03-05", "nhs": "n"},
        {"name": "Baby / Malik", "nhs": "n"},
    ),
    "birthday": (
        {"name": "Amina / Khan", "born": "2014-03-05"},
        {"name": "Zofia / Nowak", "born": "2014-03-05"},
    ),
    "a name, birthday with day and month in any order": (
        {"name": "Amina / Khan", "born": "2014-03-05"},
        {"name": "Amina / Nowak", "born": "2014-05-03"},
    ),
    "a name, year and month": (
        {"name": "Amina / Khan", "born": "2014-03-05"},
        {"name": "Nowak / Amina", "born": "2014-03-17"},
    ),
    "a name, year and day": (
        {"name": "Amina / Khan", "born": "2014-03-17"},
        {"name": "Amina / Nowak", "born": "2014-08-17"},
    ),
    "a name, month and day": (
        {"name": "Zofia / Khan", "born": "2014-03-17"},
        {"name": "Amina / Khan", "born": "2009-03-17"},
    ),
    "both names in any order": ({"name": "Amina / Khan"}, {"name": "Khan / Aminah"}),
    "kin of given name, family name": ({"name": "William / Smith"}, {"name": "Billy / Smith"}),
    "a name, postcode": (
        {"name": "Amina / Khan", "home": "1 High Street"},
        {"name": "Amina / Nowak", "home": "9 High Street"},
    ),
    "a name, postcode district": (
        {"name": "Amina / Khan", "home": "1 High Street", "postcode": "WS9 1AA"},
        {"name": "Amina", "home": "7 Mill Lane", "postcode": "WS9 8ZZ"},
    ),
    "year, postcode": (
        {"name": "Amina / Khan", "born": "2014-03-05", "home": "1 High Street"},
        {"name": "Zofia / Nowak", "born": "2014-07-09", "home": "9 High Street"},
    ),
    "a name, street": (
        {"name": "Amina / Khan", "home": "1 High Street", "postcode": "WS9 1AA"},
        {"name": "Amina / Nowak", "home": "1 High Street", "postcode": "WV1 1AA"},
    ),
    "street and number": (
        {"name": "Amina / Khan", "home": "1 High Street", "postcode": "WS9 1AA"},
        {"name": "Zofia / Nowak", "home": "1 High Street", "postcode": "WV1 1AA"},
    ),
    "beginnings of names, year": (
        {"name": "Alexandre / Kowalczyk", "born": "2014-03-05"},
        {"name": "Alethea / Kowsar", "born": "2014-07-09"},
    ),
    "mobile": ({"name": "Amina / Khan", "mobile": "m"}, {"name": "Zofia / Nowak", "mobile": "m"}),
    "e-mail": ({"name": "Amina / Khan", "email": "e"}, {"name": "Zofia / Nowak", "email": "e"}),
    "landline, initial": (
        {"name": "Amina / Khan", "landline": "l"},
        {"name": "Alina / Nowak", "landline": "l"},
    ),
    "setting, year and month": (
        {"name": "Amina / Khan", "born": "2014-03-05", "school": "s"},
        {"name": "Zofia / Nowak", "born": "2014-03-17", "school": "s"},
    ),
    "relative": (
        {"name": "Unborn / Khan", "due": "2026-12-01", "mother": "Sana / Khan"},
        {"name": "Adam / Nowak", "born": "2026-11-20", "mother": "Sana / Khan"},
    ),
    "a name, place of birth": (
        {"name": "Amina / Khan", "born_in": "Lahore"},
        {"name": "Amina / Nowak", "born_in": "Lahore"},
    ),
}


def test_every_family_of_keys_has_its_case():
    assert SURVIVED.keys() == blocking.KEYS.keys()


# These say what a wider family says, too, until so many share that one that it says nothing.
WIDER = {"a name, postcode": "a name, postcode district", "a name, street": "street and number"}


@pytest.mark.parametrize("family", SURVIVED)
def test_what_a_family_of_keys_survives(family, monkeypatch):
    place = Place(1)
    rows = [place.said(f"partner-{number}", **words) for number, words in enumerate(SURVIVED[family])]
    wider = {name: keys for name, keys in blocking.KEYS.items() if name != WIDER.get(family)}
    monkeypatch.setattr(blocking, "KEYS", wider)
    assert met(rows) == {(rows[0].key, rows[1].key)}
    others = {name: keys for name, keys in wider.items() if name != family}
    monkeypatch.setattr(blocking, "KEYS", others)
    assert met(rows) == set(), "Another family brings this pair together: the case shows nothing."


def test_people_of_whom_nothing_is_known_meet_nobody():
    place = Place(1)
    assert met([place.said("police", label=str(number)) for number in range(3)]) == set()


def test_the_first_of_january_brings_nobody_together_by_itself():
    place = Place(1)
    rows = [
        place.said("police", name, "2009-01-01", label=name[:3]) for name in ("Ahmad / Noori", "Jan / Nowak")
    ]
    assert met(rows) == set()


def _of_one_birthday(count: int) -> list[Comparable]:
    """Return people of one birthday, two for each initial, with no name in common."""
    names = [
        "Amina / Khan",
        "Arthur / Boyle",
        "Bridget / Doran",
        "Brian / Foster",
        "Cecil / Gupta",
        "Carol / Hussain",
    ]
    return [Place(1).said("police", name, "2014-03-05", label=str(n)) for n, name in enumerate(names[:count])]


def test_a_crowded_block_is_split_and_what_is_still_too_large_says_nothing(monkeypatch):
    monkeypatch.setattr(blocking, "LARGEST_BLOCK", 5)
    monkeypatch.setattr(blocking, "LARGEST_SPLIT_BLOCK", 2)
    rows = _of_one_birthday(6)
    keys = [row.key for row in rows]
    assert met(rows[:5]) == {(one, other) for one in keys[:5] for other in keys[:5] if one < other}
    assert met(rows) == {(keys[n], keys[n + 1]) for n in (0, 2, 4)}
    monkeypatch.setattr(blocking, "LARGEST_SPLIT_BLOCK", 1)
    assert met(rows) == set()


def test_records_of_hidden_kinds_crowd_no_block_and_do_not_meet_each_other(monkeypatch):
    monkeypatch.setattr(blocking, "LARGEST_BLOCK", 3)
    rows = _of_one_birthday(6)
    keys = [row.key for row in rows]
    shown = {(one, other) for one in keys[:3] for other in keys[:3] if one < other}
    with_hidden = met(rows, frozenset(keys[3:]))
    assert with_hidden == shown | {(one, other) for one in keys[:3] for other in keys[3:]}
    assert met(rows, frozenset(keys[2:])) == {(keys[0], keys[1])}
