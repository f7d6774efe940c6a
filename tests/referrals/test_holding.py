"""Canaries in free text: what tells a source, or a protected place, is in nothing that recipients read; the rest goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.records.reading_addresses import parse_address
from footprint.referrals.holding import (
    MASK,
    Why,
    for_recipients,
    held,
    text_for_recipients,
)
from footprint.referrals.protected_places import protected
from footprint.referrals.referral import (
    Child,
    Concern,
    Referral,
)
from footprint.referrals.sentences import sentences
from tests.referrals.held import AFTER, BEFORE, PLACES


def read(text):
    return text_for_recipients(text, PLACES)


SPLIT = [
    ("He hit her. She ran!", ["He hit her. ", "She ran!"]),
    (
        "Told by Mr. J. Smith of No. 4 High St. today. She ran.",
        ["Told by Mr. J. Smith of No. 4 High St. today. ", "She ran."],
    ),
    ("No food... Cold house", ["No food... ", "Cold house"]),
    ("A line broken\nwhere it was pasted. Next", ["A line broken\nwhere it was pasted. ", "Next"]),
    ("First\n\nSecond", ["First\n\n", "Second"]),
    ("- cold\n- no food", ["- cold\n", "- no food"]),
    ('"Dad hurts mum." She cried.', ['"Dad hurts mum." ', "She cried."]),
]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_sentences_are_parted_late_rather_than_early(text, parts):
    assert [text[start:end] for start, end in sentences(text)] == parts


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_sentences_are_the_whole_text(text):
    assert "".join(text[start:end] for start, end in sentences(text)) == text


SOURCES = [
    "A registered informant, Jane Canary, says there is a gun.",
    "CHIS Canary states that he deals from the flat.",
    "Info from C.H.I.S. Canary.",
    "The infor-\nmant is Canary.",
    "An imformant called Canary.",
    "According to one source, Canary, he deals.",
    "A source, Canary, rang.",
    "Covert human intelligence source is Canary.",
    "Our source Canary told us that he has a knife.",
    "Reliable source (Canary) reports dealing.",
    "From a source: Canary, his sister.",
    "Source Canary lives next door.",
    "Source: Mr. Canary of No. 4.",
    "Intelligence received from Jane Canary.",
    "Intel came from Canary at the pub.",
    "Intel log 2231 by Canary.",
    "Crimestoppers call, voice like Canary.",
    "Crime Stoppers said Canary.",
    "Undercover officer Canary was offered drugs.",
    "Covert surveillance saw Canary.",
    "Graded B24, Canary.",
    "3x5x2 grading 2CP Canary.",
    "Canary (1 B P) saw him.",
    "Source handler is DC Canary.",
    "The information is from an informer who said Canary.",
    "in\u200bformant Canary says so.",
    "ｉｎｆｏｒｍａｎｔ Canary says so.",
    "THE INFORMANT IS CANARY.",
    "A registered\ninformant,\nJane Canary, rang.",
    "TOP SECRET Canary.",
    "This is SECRET, Canary only.",
    "Classified as secret: Canary.",
    "The phone tap named Canary.",
]


@pytest.mark.parametrize("sentence", SOURCES)
def test_a_sentence_that_tells_a_source_is_held_and_the_rest_goes(sentence):
    assert read(f"{BEFORE} {sentence} {AFTER}") == f"{BEFORE} {MASK} {AFTER}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Told by an informant. She is his sister Canary. He is upstairs.", f"{MASK} He is upstairs."),
        ("Jane Canary rang. She is a registered source. It is cold.", f"{MASK} It is cold."),
        ("He is cold. This came from a source.", f"He is cold. {MASK}"),  # what it is about stays
        ("INTELLIGENCE SOURCE:\n\nJane Canary\n\nIt is cold.", f"{MASK} It is cold."),
        ("Source\n\nJane Canary\n\nIt is cold.", f"{MASK} It is cold."),
    ],
)
def test_what_goes_on_about_the_source_is_held_with_it(text, shown):
    assert read(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "His main source of income is benefits.",
        "The source of the smell was the bin.",
        "Mother is the only source of support, and stress has many sources of its own.",
        "Intelligence suggests that he deals from the house.",
        "A neighbour, who does not want to be named, hears screaming every night.",
        "Mother is afraid that he hears that she told us.",
        "He kept it secret. Their secret place is the shed.",
        "They live at 5 Mill Lane, WS1 1AP.",
        "The call came at 3 a.m. from B24 9PP.",
        "School reported it. Section 2 applies.",
        "The child was well informed. Information was given to mum.",
        "There was no food in the fridge, and the only source of heat was an open oven door.",
        "Information received from school: he is there three days of five.",
        "Intelligence checks show two earlier incidents at the address.",
        "An anonymous caller reported hearing a child crying for hours.",
        "Mother was graded high risk on the DASH, and a grade A pupil has fallen to grade D2.",
        "He was seen getting into a silver car, B24 XYZ, with two older males.",
        "She is 14 and has been missing 3 times. The dog handler attended.",
        "The child was covertly recording on her phone. The phone tapped against the wall.",
        "The family source their food from the food bank. The source of the injury is not known.",
    ],
)
def test_what_tells_no_source_goes(text):
    assert read(text) == text


FOUND = [
    "They are at 14 Willow Lane now.",
    "14 willow ln tonight",
    "No. 14, Wilow Lane",
    "Willow Lane 14",
    "number fourteen in Willow Lane",
    "14 WILLOW-LANE",
    "14, Willowlane",
    "14 W i l l o w Lane",
    "14 Wіllow Lane",  # a Cyrillic letter
    "１４ Ｗｉｌｌｏｗ Ｌａｎｅ",
    "14\u200b Willow\u00a0Lane",
    "14 Willow Road",
    "at 14 Willow tonight",
    "She left 3 Mill Lane tonight WS2 8QP is where she is",
    "She lives on Willow Lane",
    "She moved to a refuge in Willow Lane",
    "WS2 8QP",
    "ws28qp",
    "W S 2 8 Q P tonight",
    "WS2\n8QP",
    "WS2 8QP, number 14",
    "girl aged 3 WS2 8QP",
    "3 kids are in WS2 8QP",
    "She went from 12 Mill Street to WS2 8QP",
    "Flat 3, Rowan House",
    "apt no three Rowan Hse",
    "Rowan House, ask for Jo",
    "3 Rowan House",
    "RowanHouse",
    "the haven refuge",
    "HAVEN  REFUGE",
    "called Rosemount",
    "Rosemount, WS4 2LA",
    "call 01922-5550143",
    "+44 (0)1922 555 0143",
    "7 High Street WS3 2TT",
    "UPRN 10070123456",
    "uprn 010070123456",
]


@pytest.mark.parametrize("place", FOUND)
def test_a_protected_place_is_found_however_it_was_typed(place):
    assert read(f"{BEFORE} {place}. {AFTER}") == f"{BEFORE} {MASK} {AFTER}"
    assert held(Referral(who=f"{place}."), PLACES)[0].why == (Why.PLACE,)


@pytest.mark.parametrize(
    "text",
    [
        "They live at 12 Willow Lane, Walsall WS2 8QP.",
        "They live at 12 Willow Lane.",
        "They live at 12 a Willow Lane, Walsall, WS2 8QP.",
        "They live at no 12, WS2 8QP.",
        "He was stopped on Willow Lane and ran.",
        "They live at Flat 5, Rowan House, Mill Road, WS1 1AA.",
        "They live at 9 Mill Road, WS1 1AA.",
        "9 High Street, WS3 2TT",
        "Her friend Rosemount was there.",  # a name of one word, and nothing that says that it is a place
        "Ring 01922 555 0144.",
        "WS2 8QR",
    ],
)
def test_another_house_goes(text):
    assert read(text) == text
    assert held(Referral(who=text), PLACES) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*FOUND, *SOURCES, BEFORE, AFTER]), min_size=1, max_size=4))
def test_a_field_is_masked_alike_whatever_stands_in_the_others(texts):
    told = Referral(who=" ".join(texts), concern=Concern(history="\n\n".join(texts), wrong=texts[0]))
    shown = for_recipients(told, PLACES)
    assert (shown.who, shown.concern.history, shown.concern.wrong) == (
        read(told.who),
        read(told.concern.history),
        read(told.concern.wrong),
    )


@pytest.mark.parametrize(
    ("typed", "number"), [("twenty one", 21), ("Twenty-One", 21), ("thirty", 30), ("seven", 7)]
)
def test_numbers_in_words(typed, number):
    places = protected(addresses=[parse_address(f"{number} Willow Lane, Walsall WS2 8QP")])
    assert text_for_recipients(f"number {typed}, Willow Lane", places) == MASK
    assert text_for_recipients("number twelve, Willow Lane", places) != MASK


def test_a_text_without_words_holds_nothing():
    assert read("- ?!") == "- ?!"


def test_number_and_street_in_two_sentences_are_both_held():
    assert read("It is in Willow Lane. Number 14. It is dark.") == f"{MASK} It is dark."


def test_one_answer_that_is_a_place_is_held_whole():
    child = Child(key="c1", name="Ann", address="Walsall town. 14 Willow Lane")
    shown = for_recipients(Referral(children=(child,), place="Up the hill. At WS2 8QP"), PLACES)
    assert (shown.children[0].address, shown.place, shown.children[0].name) == (MASK, MASK, "Ann")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["14 Willow Lane", "WS2 8QP", "Rowan House", "The Haven Refuge"]),
    st.lists(st.sampled_from(["", " ", "\u200b", "\u00ad", "\t"]), min_size=16, max_size=16),
    st.lists(st.booleans(), min_size=16, max_size=16),
    st.sampled_from(["", "kids at ", "urgent, ", "mum, 32, is at "]),
)
def test_spacing_and_case_hide_nothing(place, gaps_between, upper, before):
    typed = "".join(
        (mark.upper() if up else mark.lower()) + gap
        for mark, gap, up in zip(place, gaps_between, upper, strict=False)
    )
    assert MASK in read(before + typed)


def test_a_mask_tells_neither_why_nor_how_many_nor_how_long():
    one = read(f"{BEFORE} The informant is Jo. {AFTER}")
    many = read(
        f"{BEFORE} The informant is Jo, and much else is said here of him. He is at 14 Willow Lane.\nCHIS 3. {AFTER}"
    )
    assert one == many == read(f"{BEFORE} WS2 8QP. {AFTER}")


def test_what_is_masked_stays_as_it_is_when_masked_again():
    once = read(f"{BEFORE} The informant is Jo. {AFTER}")
    assert read(once) == once
