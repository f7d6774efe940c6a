"""A place of a referral is spoken of by part and key, and changed without touching any other."""

import pytest

from footprint.referrals.parts import NoSuchPart, Place, next_key, part_at, places, put
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Referral,
    Said,
    Source,
    Statement,
    Voice,
    Words,
)

TWO = Referral(
    children=(Child(key="c1", name="Ada"), Child(key="c2", voice=Voice())),
    adults=(Adult(key="a1"),),
    concern=Concern(
        statements=(Statement(source=Source.SEEN, text="one"), Statement(source=Source.TOLD, text="two"))
    ),
)


def test_every_part_has_a_place():
    assert [tuple(place) for place, _ in places(TWO)] == [
        ("referral", ""),
        *((name, "") for name in ("referrer", "concern", "safety", "informing", "request", "links")),
        ("child", "c1"),
        ("child", "c2"),
        ("voice", "c2"),
        ("adult", "a1"),
        ("statement", "s1"),
        ("statement", "s2"),
    ]


@pytest.mark.parametrize(
    ("place", "values"),
    [
        (Place("referral"), {"who": "three children"}),
        (Place("safety"), {"danger_now": Said.YES}),
        (Place("child", "c2"), {"name": "Ben"}),
        (Place("adult", "a1"), {"relationship": "mother"}),
        (Place("voice", "c2"), {"present": "there"}),
        (Place("statement", "s2"), {"when": "Tuesday"}),
    ],
)
def test_one_part_is_changed_and_no_other(place, values):
    changed = dict(places(put(TWO, place, values)))
    for name, value in values.items():
        assert getattr(changed[place], name) == value
    around = (
        {"referral"}
        | ({"child"} if place.part == "voice" else set())
        | ({"concern"} if place.part == "statement" else set())
    )
    for other, part in places(TWO):
        assert other == place or other.part in around or changed[other] == part


def test_marks_that_turn_the_direction_are_taken_out_and_the_script_stays():
    turned = "\u202eAda\u202c \u2067عادة\u2069"
    said = put(TWO, Place("child", "c1"), {"name": turned})
    said = put(said, Place("voice", "c1"), {"noted": (Words(concept="words", text=turned),)})
    child = part_at(said, Place("child", "c1"))
    assert (child.name, child.voice.noted[0].text) == ("Ada عادة", "Ada عادة")
    assert put(TWO, Place("safety"), {"danger_now": Said.YES}).safety.danger_now is Said.YES


def test_a_voice_is_made_where_there_is_none():
    assert (
        part_at(put(TWO, Place("voice", "c1"), {"present": "heard"}), Place("voice", "c1")).present == "heard"
    )


@pytest.mark.parametrize(
    "place", [Place("child", "c9"), Place("voice", "c1"), Place("statement", "s3"), Place("dog")]
)
def test_a_part_that_is_not_there_is_told(place):
    with pytest.raises(NoSuchPart, match="no such part"):
        part_at(TWO, place)


def test_not_known_is_an_answer_until_another_is_given():
    child = Place("child", "c1")
    unknown = put(TWO, child, {"birthday": "", "gp": ""}, ["birthday", "gp"])
    assert part_at(unknown, child).not_known == {"birthday", "gp"}
    assert not part_at(unknown, child).is_blank("birthday")
    assert part_at(put(unknown, child, {"birthday": "2017"}), child).not_known == {"gp"}
    assert part_at(put(unknown, child, {"birthday": "2017"}, ["birthday"]), child).not_known == {"gp"}
    assert part_at(put(unknown, child, {"birthday": ""}), child).is_blank("birthday")


def test_a_key_is_never_given_twice():
    assert next_key(TWO, "child") == "c3"
    assert next_key(TWO, "adult") == "a2"
    assert next_key(Referral(children=(Child(key="c2"),)), "child") == "c3"
