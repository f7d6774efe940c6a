"""An adopted child's two identities never meet, and what is erased is gone, whatever partners send again."""

from __future__ import annotations

from msgspec import structs

from footprint.decisions.overlay import Overlay
from tests.linking.said import Place, link, nhs_number, ruling

SEVERED = "2024-06-01"


class Adopted:
    """Amina Khan, born to Sana Khan, is Amina Malik since her adoption: new home, new numbers, the same birthday."""

    def __init__(self) -> None:
        place = Place(1)
        child = ("Amina Grace / Khan", "2018-03-05")
        self.before = [
            place.said("council", *child, label="a", home="1 High Street", nhs="old", mother="Sana / Khan"),
            place.said("police", *child, label="a", home="1 High Street", nhs="old"),
        ]
        child = ("Amina Grace / Malik", "2018-03-05")
        self.since = [
            place.said(
                "council", *child, label="b", home="9 Mill Lane", postcode="WS9 9ZZ", nhs="new", mobile="m"
            ),
            place.said("school", *child, label="b", home="9 Mill Lane", postcode="WS9 9ZZ", mobile="m"),
        ]
        self.place = place
        self.old_number = f"nhs:{nhs_number(place._serial('old'))}"
        seal = ruling(
            "seal", self.before[0].key, self.since[0].key, identifiers=[self.old_number], since=SEVERED
        )
        self.seal = Overlay.of([seal])


def together(found, one, other) -> bool:
    return found.people[one.key] == found.people[other.key]


def test_each_identity_is_whole_and_they_are_not_even_possible(tmp_path):
    child = Adopted()
    found = link([*child.before, *child.since], tmp_path / "run", overlay=child.seal)
    assert together(found, *child.before)
    assert together(found, *child.since)
    assert {found.between(a.key, b.key) for a in child.before for b in child.since} == {"apart"}


def test_without_the_seal_the_two_would_be_possible(tmp_path):
    """The case is worth its name only if something would have brought them together."""
    child = Adopted()
    found = link([*child.before, *child.since], tmp_path / "run")
    assert "possible" in {found.between(a.key, b.key) for a in child.before for b in child.since}


def test_a_feed_that_sends_the_old_number_again_carries_it_nowhere(tmp_path):
    """Under her new name, superseded by her new number, as a reference, and as a record's own key."""
    child = Adopted()
    again = child.place.said(
        "trust",
        "Amina / Malik",
        "2018-03-05",
        home="9 Mill Lane",
        postcode="WS9 9ZZ",
        nhs="new",
        former={"nhs": "old"},
    )
    quoted = child.place.said("gp", "Amina / Khan", "2018-03-05")
    quoted = structs.replace(
        quoted, identifiers=[*quoted.identifiers, child.old_number.replace("nhs:", "trust/nhs:")]
    )
    own = structs.replace(quoted, key=f"trust/{child.old_number.replace(':', '/')}", partner="trust")
    rows = [*child.before, *child.since, again, quoted, own]
    found = link(rows, tmp_path / "run", overlay=child.seal)
    assert together(found, again, child.since[0])
    assert {found.between(a.key, again.key) for a in child.before} == {"apart"}
    assert not together(found, quoted, child.since[0])
    assert own.key not in found.people


def test_a_third_record_bridges_nothing_and_stands_beside_neither(tmp_path):
    """A record that might be either child would show the two side by side."""
    child = Adopted()
    third = child.place.said("probation", "Amina / Khan", "2018-03-05", also={"Amina / Malik": "alias"})
    rows = [*child.before, *child.since, third]
    unsealed = link(rows, tmp_path / "open")
    assert {unsealed.between(side[0].key, third.key) for side in (child.before, child.since)} == {"possible"}
    found = link(rows, tmp_path / "run", overlay=child.seal)
    assert {found.between(row.key, third.key) for row in [*child.before, *child.since]} == {"apart"}


def test_a_third_record_that_evidence_ties_to_both_joins_one_at_most(tmp_path):
    child = Adopted()
    bridge = child.place.said(
        "gp", "Amina / Malik", "2018-03-05", home="9 Mill Lane", postcode="WS9 9ZZ", before="1 High Street",
        mobile="m", mother="Sana / Khan", also={"Amina / Khan": "old"},
    )  # fmt: skip
    found = link([*child.before, *child.since, bridge], tmp_path / "run", overlay=child.seal)
    assert not any(together(found, a, b) for a in child.before for b in child.since)


def test_a_same_that_knows_nothing_of_the_seal_does_not_get_round_it(tmp_path):
    """Neither record of the ruling is named in the seal; evidence ties each to one that is."""
    child = Adopted()
    police, school = child.before[1], child.since[1]
    overlay = Overlay.of([
        ruling("seal", child.before[0].key, child.since[0].key, identifiers=[], since=SEVERED),
        ruling("same", police.key, school.key),
    ])  # fmt: skip
    found = link([*child.before, *child.since], tmp_path / "run", overlay=overlay)
    assert together(found, *child.before)
    assert together(found, *child.since)
    assert {found.between(a.key, b.key) for a in child.before for b in child.since} == {"apart"}


def test_erased_records_are_gone_and_weigh_on_nothing(tmp_path):
    place = Place(1)
    rows = [
        place.said("council", "Amina / Khan", "2018-03-05", home="1 High Street"),
        place.said("police", "Amina / Khan", "2018-03-05", home="1 High Street"),
        place.said("school", "Zainab / Khan", "2018-03-05", home="1 High Street"),
    ]
    kept = link(rows, tmp_path / "kept")
    assert kept.between(rows[0].key, rows[1].key) == "possible"
    found = link(rows, tmp_path / "run", overlay=Overlay(erased_records=frozenset({rows[2].key})))
    assert rows[2].key not in found.people
    assert found.between(rows[0].key, rows[1].key) == "E2"


def test_an_erased_person_stays_gone_however_often_partners_send_it(tmp_path):
    place = Place(1)
    rows = [
        place.said("council", "Amina / Khan", "2018-03-05"),
        place.said("police", "Jan / Nowak", "1980-07-09"),
    ]
    first = link(rows, tmp_path / "first")
    overlay = Overlay(erased_people=frozenset({first.people[rows[0].key]}))
    second = link(rows, tmp_path / "second", overlay=overlay, previous=first.folder)
    third = link(rows, tmp_path / "third", overlay=overlay, previous=second.folder)
    assert set(second.people) == set(third.people) == {rows[1].key}
    assert second.events == [("retired", first.people[rows[0].key], "")]
