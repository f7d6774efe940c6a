"""An example tells how to write, and not whom it was about: nothing that the referral gives of anybody is left in it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.records.text import fold
from footprint.referrals.exemplars import KEPT, Exemplar, doubtful, exemplar, struck
from footprint.referrals.parts import PARTS
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Referral,
    Referrer,
    Request,
    Safety,
    Source,
    Statement,
    Voice,
    Words,
)

CHILD = Child(
    key="c1",
    name="Jakub O'Shea",
    other_names=("Kuba",),
    birthday="2019-04-03",
    address="14 Elm Road, Walsall, WS1 1AA",
    school="Hillside Primary School",
    gp="Dr Ahmed, Park Surgery",
)
ADULT = Adult(key="a1", name="Siobhán O'Shea", relationship="mother", phone="07700 900123")
REFERRER = Referrer(name="PC Dale Perry", supervisor="Sgt Okafor", phone="07700 900456", team="Response 3")


def example(text, **said):
    referral = Referral(
        referrer=REFERRER, children=(CHILD,), adults=(ADULT,), concern=Concern(wrong=text), **said
    )
    return exemplar(referral).lines[0].text


SAID = [
    ("Jakub said he was hungry.", "[Child 1] said he was hungry."),
    ("Jakub O'Shea and KUBA's brother", "[Child 1] [name] and [Child 1] brother"),
    ("Siobhan was asleep at 14 Elm Road.", "[Adult 1] was asleep at [place]."),
    ("He has 14 stitches", "He has 14 stitches"),
    ("elm  road", "[place]"),
    ("They live at WS1 1AA", "They live at [place]"),
    ("Ring her on 07700 900123 or a@b.example", "Ring her on [number] or [number]"),
    ("On 3 March 2026 and 03/04/2026 he came", "On [date] and [date] he came"),
    ("He is 6, his sister 11; at 10pm for the 2nd time", "He is 6, his sister 11; at 10pm for the 2nd time"),
    ("Incident 20/123456/26", "Incident [number]"),
    ("I told Sgt Okafor at Hillside Primary School", "I told Sgt [worker] at [place]"),
    ("Jakubs shoes", "[Child 1] shoes"),
    ("[Jakub]", "([Child 1])"),
]


@pytest.mark.parametrize(("text", "wanted"), SAID)
def test_what_an_example_says(text, wanted):
    assert example(text) == wanted


def test_only_what_is_written_in_sentences_is_kept_with_whose_it_is():
    voice = Voice(noted=(Words(concept="words", text="Daddy shouted", verbatim=True),), absence_said="")
    referral = Referral(
        referrer=REFERRER,
        children=(
            Child(key="c1", name="Ann Lee", nhs_number="943 476 5919", impact="Ann is afraid", voice=voice),
        ),
        adults=(ADULT,),
        concern=Concern(statements=(Statement(source=Source.SEEN, text="Blood on the floor"),)),
        safety=Safety(plan="With grandmother"),
        request=Request(asked="A visit today"),
    )
    assert [(one.part, one.field, one.whose, one.text) for one in exemplar(referral).lines] == [
        ("safety", "plan", "", "With grandmother"),
        ("request", "asked", "", "A visit today"),
        ("child", "impact", "Child 1", "[Child 1] is afraid"),
        ("voice", "words", "Child 1", "Daddy shouted"),
        ("statement", "text", "", "Blood on the floor"),
    ]
    assert exemplar(Referral()) == Exemplar((), ())


def test_a_doubtful_word_stays_only_where_its_reader_lets_it_and_what_was_typed_back_is_taken_out():
    referral = Referral(
        referrer=REFERRER,
        children=(CHILD,),
        concern=Concern(wrong="Jakub ran to Kes at Frog Hollow on Monday."),
    )
    made = exemplar(referral)
    assert made.doubtful == ("Kes", "Frog", "Hollow", "Monday")
    texts = [made.lines[0].text, "Then Jakub told me on 3 March that Ali hid."]
    assert struck(referral, texts, {"Monday"}) == (
        "[Child 1] ran to [name] at [name] [name] on Monday.",
        "Then [Child 1] told me on [date] that [name] hid.",
    )
    assert doubtful("[Child 1] ran.") == ()


def test_whoever_was_taken_out_since_is_taken_out_of_the_example_too():
    concern = Concern(wrong="Kes hid with Ali. Ali cried.")
    before = Referral(
        children=(Child(key="c1", name="Ali Khan"), Child(key="c2", name="Kes Khan")), concern=concern
    )
    after = Referral(children=(Child(key="c1", name="Ali Khan"),), concern=concern)
    assert exemplar(after, [before]).lines[0].text == "[name] hid with [Child 1]. [Child 1] cried."
    assert struck(after, ["Kes hid."], earlier=[before]) == ("[name] hid.",)


def test_every_field_that_is_kept_is_a_field():
    assert all(set(fields) <= set(PARTS[part].__struct_fields__) for part, fields in KEPT.items())


def test_a_word_of_several_people_is_a_name():
    assert example("The Osheas") == "The [name]"
    twins = (Child(key="c1", name="Ali Khan"), Child(key="c2", name="Sara Khan"))
    referral = Referral(children=twins, concern=Concern(wrong="Ali, Sara and the Khans"))
    assert exemplar(referral).lines[0].text == "[Child 1], [Child 2] and the [name]"


def test_a_name_in_another_script_is_the_same_name():
    referral = Referral(children=(Child(key="c1", name="Li Ming"),), concern=Concern(wrong="李明 said: 我饿"))
    assert exemplar(referral).lines[0].text.startswith("[name] said")


def test_what_a_machine_cannot_know_is_shown_to_a_person_first():
    referral = Referral(concern=Concern(wrong="He calls her Nan Bibi. She works at Lidl. I know."))
    assert exemplar(referral).doubtful == ("Nan", "Bibi", "Lidl")


PERSONAL = [
    *CHILD.name.split(),
    *CHILD.other_names,
    "Siobhan",
    "Perry",
    "Okafor",
    "Elm",
    "Hillside",
    "WS1 1AA",
    "07700900123",
]
texts = st.lists(
    st.tuples(
        st.sampled_from([*PERSONAL, "the", "child", "was", "cold"]),
        st.sampled_from([str, str.upper, str.lower, str.title]),
        st.sampled_from([" ", ", ", ". ", "'s ", "\n", "-", " (", "/"]),
    ),
    max_size=12,
).map(lambda parts: "".join(change(word) + after for word, change, after in parts))


@settings(max_examples=150)
@given(texts)
def test_nothing_that_the_referral_gives_is_left_however_it_is_typed(text):
    referral = Referral(referrer=REFERRER, children=(CHILD,), adults=(ADULT,), concern=Concern(wrong=text))
    left = " ".join(line.text for line in exemplar(referral).lines)
    words = set(fold(re.sub(r"\[[^\]]*\]", " ", left)).split())
    assert words.isdisjoint(fold(word) for word in PERSONAL if " " not in word)
    assert "07700" not in left
    assert "ws1" not in fold(left)


@pytest.mark.parametrize("written", ["OShea", "shea", "SHEA", "annamaria", "Anna Maria", "maria’s"])
def test_a_name_with_a_joint_is_found_in_parts_and_in_one(written):
    child = Child(key="c1", name="Anna-Maria O'Shea")
    (line,) = exemplar(Referral(children=(child,), concern=Concern(wrong=f"Later {written} cried."))).lines
    assert line.text == "Later [Child 1] cried."
