"""A later version says in words what it adds, changes or takes out, and nothing where it says the same."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.fields import FIELDS
from footprint.referrals.parts import PARTS, Place, places, put
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Referral,
    Request,
    Responsibility,
    Safety,
    Said,
    Source,
    SourceForm,
    Statement,
    Unread,
    Voice,
    Words,
    decode,
    encode,
)
from footprint.referrals.versions import changes, is_child_gone, only_adds, says_danger_anew
from tests.referrals.drawn import referrals

SEEN = Statement(source=Source.SEEN, text="No food in the house", when="Tuesday")
TOLD = Statement(source=Source.TOLD, text="They are left at night", told_by="a neighbour")
FIRST = Referral(
    who="two children",
    children=(Child(key="c1", name="Ada", not_known=frozenset({"birthday"})),),
    adults=(Adult(key="a1", relationship="Mother"),),
    concern=Concern(statements=(SEEN,)),
    safety=Safety(danger_now=Said.YES),
)


def said(before, after, **how):
    return [change.says for change in changes(before, after, **how)]


@pytest.mark.parametrize(
    ("place", "values", "not_known", "line"),
    [
        (
            Place("child", "c1"),
            {"school": "Alder Primary"},
            (),
            "Added: School, nursery or college (Ada): Alder Primary",
        ),
        (Place("child", "c1"), {"birthday": "2017-04"}, (), "Added: Date of birth (Ada): 2017-04"),
        (Place("child", "c1"), {"sex": "female"}, (), "Added: Sex (Ada): Female"),
        (Place("child", "c1"), {"other_names": ("Addie", "A")}, (), "Added: Other names (Ada): Addie, A"),
        (Place("child", "c1"), {}, ["gp"], "Added: GP (Ada): Not known"),
        (
            Place("safety"),
            {"danger_now": Said.NO},
            (),
            "Changed: Is anybody in danger right now?: No (before: Yes)",
        ),
        (Place("referral"), {"who": ""}, (), "No longer said: Who is it about?: two children"),
        (Place("referral"), {"route": "pigeon"}, (), "Added: How did it come?: pigeon"),
        (Place("adult", "a1"), {"phone": "1"}, (), "Added: Phone (the mother): 1"),
        (
            Place("voice", "c1"),
            {"alone": Said.YES},
            (),
            "Added: Was the child seen without an adult of the home? (Ada): Yes",
        ),
        (
            Place("voice", "c1"),
            {"noted": (Words(concept="words", text="I hid", verbatim=True),)},
            (),
            "Added: The child's voice (Ada): The child's own words: “I hid”",
        ),
        (
            Place("voice", "c1"),
            {"noted": (Words(concept="mood", text="low"),)},
            (),
            "Added: The child's voice (Ada): mood: low",
        ),
        (
            Place("concern"),
            {"statements": (TOLD, SEEN)},
            (),
            "Added: What happened: They are left at night (told by a neighbour)",
        ),
        (
            Place("concern"),
            {"statements": ()},
            (),
            "No longer said: What happened: No food in the house (seen or heard by the writer; Tuesday)",
        ),
        (
            Place("referral"),
            {"responsibilities": (Responsibility(child="c1", adult="a1", held=Said.YES),)},
            (),
            "Added: Parental responsibility: The mother has parental responsibility for Ada.",
        ),
        (
            Place("referral"),
            {"responsibilities": (Responsibility(child="c9", adult="a9", held=Said.NOT_KNOWN),)},
            (),
            "Added: Parental responsibility: Whether somebody has parental responsibility for a child is not known.",
        ),
        (Place("referral"), {}, ["responsibilities"], "Added: Parental responsibility: Not known"),
    ],
)
def test_one_change_is_one_line(place, values, not_known, line):
    assert said(FIRST, put(FIRST, place, values, not_known)) == [line]


def test_a_level_is_told_by_the_partnerships_own_label():
    after = put(FIRST, Place("request"), {"level": "4"})
    assert said(FIRST, after, levels={"4": "Level 4, statutory"}) == [
        "Added: Level of need: Level 4, statutory"
    ]
    assert after.request == Request(level="4")


def test_a_child_comes_with_everything_that_is_said_of_them_and_goes_with_it():
    more = msgspec.structs.replace(FIRST, children=(*FIRST.children, Child(key="c2", name="Ben", age="3")))
    assert said(FIRST, more) == [
        "Added: Child: Ben",
        "Added: Full name (Ben): Ben",
        "Added: Or about how old (Ben): 3",
    ]
    assert said(more, FIRST) == [
        "No longer said: Child: Ben",
        "No longer said: Full name (Ben): Ben",
        "No longer said: Or about how old (Ben): 3",
    ]


def test_a_list_that_was_not_known_and_is_given_now_says_only_what_is_in_it():
    unknown = Referral(not_known=frozenset({"children"}))
    assert said(unknown, Referral(children=(Child(key="c1"),))) == ["Added: Child: the child"]
    assert said(unknown, Referral()) == ["No longer said: Children: Not known"]
    assert said(Referral(), unknown) == ["Added: Children: Not known"]


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        ((Child(key="c1", name="Ada"), Child(key="c2", name="Ben")), False),
        ((Child(key="c1", name="Adah"), Child(key="c2", name="Ben")), False),
        ((Child(key="b7", name="Ben"), Child(key="b8", name="Ada")), False),
        ((Child(key="c1", name="Ada"),), True),
        ((Child(key="c1", name="Ben"),), True),
        ((Child(key="c1", name="Ben"), Child(key="c2", name="Cy")), True),
        ((Child(key="c1", birthday="2017"), Child(key="c2", name="Ben")), True),
    ],
)
def test_a_child_is_gone_where_neither_its_name_nor_its_key_leads_to_it(after, gone):
    before = Referral(children=(Child(key="c1", name="Ada"), Child(key="c2", name="Ben")))
    assert is_child_gone(before, Referral(children=after)) is gone


def test_of_a_child_without_a_name_only_what_was_said_can_be_gone():
    assert is_child_gone(Referral(children=(Child(key="c1", birthday="2017"),)), Referral())
    assert not is_child_gone(Referral(children=(Child(key="c1"),)), Referral())


def test_opening_the_page_of_a_voice_says_nothing():
    assert said(FIRST, put(FIRST, Place("child", "c1"), {"voice": Voice()})) == []


@settings(max_examples=20)
@given(referrals(), referrals())
def test_two_versions_say_the_same_or_something_is_said_of_it(one, other):
    assert changes(one, decode(encode(one))) == ()
    assert only_adds(changes(Referral(), one))
    there, back = changes(one, other), changes(other, one)
    assert bool(there) == bool(back)
    assert all(change.before or change.after for change in there)
    assert {change.place for change in there} == {change.place for change in back}
    assert only_adds(there) == all(change.kind == "added" for change in there)


def is_unknown(part, name):
    return name in part.not_known or getattr(part, name) is Said.NOT_KNOWN


@settings(max_examples=20)
@given(referrals(), st.data())
def test_one_answer_more_or_less_is_found(one, data):
    parts = [(place, part) for place, part in places(one) if place.part != "statement"]
    place, part = data.draw(st.sampled_from(parts))
    field = data.draw(st.sampled_from([field for field in FIELDS.values() if field.part == place.part]))
    blank = getattr(
        PARTS[place.part](**{"key": "c1"} if place.part in ("child", "adult") else {}), field.name
    )
    answer = data.draw(st.sampled_from([getattr(part, field.name), blank]))
    other = put(one, place, {field.name: answer}, data.draw(st.sampled_from([(), (field.name,)])))
    # "Not known" among the answers and the tick below them are written differently, and say the same.
    both = all(is_unknown(said, field.name) for said in (part, dict(places(other))[place]))
    assert bool(changes(one, other)) == (encode(one) != encode(other) and not both)


def answered(danger, *unread):
    form = SourceForm(
        unread=tuple(Unread(where="Danger", text=one) for one in unread), danger_unread=bool(unread)
    )
    return msgspec.structs.replace(FIRST, safety=Safety(danger_now=danger), imported=form)


@pytest.mark.parametrize(
    ("before", "after", "is_anew"),
    [
        (answered(Said.YES), answered(Said.YES), False),
        (answered(Said.NOT_KNOWN, "IMM?"), answered(Said.NOT_KNOWN, "IMM?"), False),
        (answered(Said.YES), answered(Said.NO), False),
        (answered(Said.NOT_KNOWN, "IMM?"), answered(Said.NO), False),
        (answered(None), answered(Said.YES), True),
        (answered(Said.NO), answered(Said.YES), True),
        (answered(Said.NOT_KNOWN, "IMM?"), answered(Said.YES), True),
        (answered(Said.NOT_KNOWN), answered(Said.NOT_KNOWN, "IMM?"), True),
        (answered(Said.YES), answered(Said.NOT_KNOWN, "IMM?"), True),
        (answered(Said.NOT_KNOWN, "NONE?"), answered(Said.NOT_KNOWN, "IMM?"), True),
    ],
)
def test_danger_is_said_anew_where_the_answer_is_another_and_not_where_it_is_carried_along(
    before, after, is_anew
):
    more = msgspec.structs.replace(after, who="three children", place="12 Alder Road")
    assert says_danger_anew(before, more) is is_anew
