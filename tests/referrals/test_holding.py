"""Canaries in free text: what tells a source, or a protected place, is in nothing that recipients read; the rest goes."""

import inspect
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.records.reading_addresses import parse_address
from footprint.referrals import checking, gaps, holding, wording
from footprint.referrals.holding import (
    MASK,
    WHY_LABELS,
    Why,
    for_author,
    for_recipients,
    held,
    text_for_recipients,
)
from footprint.referrals.protected_places import NOTHING_PROTECTED, protected
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Informing,
    Links,
    Referral,
    Referrer,
    Request,
    Responsibility,
    Safety,
    Said,
    Source,
    Statement,
    Voice,
    Words,
    decode,
    encode,
)
from footprint.referrals.sentences import sentences

PLACES = protected(
    keys=["WS32TT||7", "uprn:10070123456"],
    addresses=[
        parse_address("14 Willow Lane, Walsall WS2 8QP"),
        parse_address("Flat 3, Rowan House, Mill Road, WS1 1AA"),
        parse_address("Rosemount, Hatherton Street, WS4 2LA"),
    ],
    names=["The Haven Refuge"],
    phones=["01922 555 0143"],
)
BEFORE, AFTER = "Two children were upstairs.", "The youngest was cold and had not eaten."


def read(text):
    return text_for_recipients(text, PLACES)


# ---------------------------------------------------------------- sentences

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


# ---------------------------------------------------------------- sources

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


# ---------------------------------------------------------------- places

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


# ---------------------------------------------------------------- every field of a referral

FULL = Referral(
    referrer=Referrer(
        name="n", role="r", partner="p", team="t", phone="1", email="e", supervisor="s", spoke_to="s"
    ),
    who="w",
    place="p",
    noticed="2026-11-26",
    worker="w",
    concern=Concern(
        wrong="w",
        statements=(Statement(source=Source.SEEN, text="t", told_by="b", when="w"),),
        injuries="i",
        different_now="d",
        history="h",
        earlier_incidents="e",
        strengths="s",
        parents_view="p",
        earlier_help="e",
    ),
    safety=Safety(danger_now=Said.YES, action_taken="a", plan="p"),
    children=(
        Child(
            key="c1",
            name="n",
            other_names=("o",),
            looks="l",
            address="a",
            whereabouts="w",
            school="s",
            impact="i",
            voice=Voice(spoken_by="s", noted=(Words(concept="words", text="t"),), absence_said="a"),
            not_known=frozenset({"upn"}),
        ),
    ),
    adults=(Adult(key="a1", name="n", relationship="r", address="a", risk_to_staff="r"),),
    responsibilities=(Responsibility(child="c1", adult="a1", held=Said.YES),),
    informing=Informing(explanation="e", childs_view="c", covers="c"),
    request=Request(level="4", argument="a", asked="a"),
    links=Links(incident="i", video="v"),
)


def _places_of_text(value, path=()):
    """Where there is a text in a referral as JSON; written apart from what is tested, which must not miss one."""
    if isinstance(value, str):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in parts:
        yield from _places_of_text(one, (*path, key))


def _with(path, text):
    said = json.loads(encode(FULL))
    inner = said
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    try:
        return decode(json.dumps(said))
    except msgspec.ValidationError:
        return None  # one of a fixed list of answers: nothing else can be typed there


TEXTS = [path for path in _places_of_text(json.loads(encode(FULL))) if _with(path, "x")]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: ".".join(map(str, path)))
def test_no_field_lets_a_canary_through_and_the_author_reads_what_they_wrote(path):
    for canary in ("The informant is Canary.", "She is at 14 Willow Lane."):
        told = _with(path, canary)
        shown = encode(for_recipients(told, PLACES)).decode()
        assert "Canary" not in shown
        assert "Willow" not in shown
        assert encode(for_author(told)) == encode(told)


def test_there_are_fields_to_test():
    assert len(TEXTS) > 45


def test_nothing_is_changed_where_nothing_is_held():
    assert encode(for_recipients(FULL, PLACES)) == encode(FULL)
    assert held(FULL, PLACES) == ()


def test_whoever_told_what_a_source_told_stands_in_a_field_of_its_own():
    said = Statement(
        source=Source.TOLD, text="Registered informant: he has a gun. It is cold.", told_by="Jane Canary"
    )
    shown = for_recipients(Referral(concern=Concern(statements=(said,))))
    assert shown.concern.statements[0] == Statement(
        source=Source.TOLD, text=f"{MASK} It is cold.", told_by=MASK
    )


def test_a_mask_tells_neither_why_nor_how_many_nor_how_long():
    one = read(f"{BEFORE} The informant is Jo. {AFTER}")
    many = read(
        f"{BEFORE} The informant is Jo, and much else is said here of him. He is at 14 Willow Lane.\nCHIS 3. {AFTER}"
    )
    assert one == many == read(f"{BEFORE} WS2 8QP. {AFTER}")


def test_what_is_masked_stays_as_it_is_when_masked_again():
    once = read(f"{BEFORE} The informant is Jo. {AFTER}")
    assert read(once) == once


# ---------------------------------------------------------------- two worlds: the author cannot tell


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*FOUND, *SOURCES, BEFORE]))
def test_the_authors_view_is_the_same_bytes_whether_a_place_is_protected_or_not(text):
    told = Referral(who="Ann", concern=Concern(wrong=text, history=text))
    for world in (PLACES, NOTHING_PROTECTED):
        for_recipients(told, world)
        assert encode(for_author(told)) == encode(told)


@pytest.mark.parametrize("room", [checking, gaps, wording], ids=lambda room: room.__name__.rpartition(".")[2])
def test_nothing_that_an_author_is_shown_can_know_what_is_held(room):
    """Gaps, checks and hints are made from the text alone: none of them can reach what is protected."""
    imported = {getattr(one, "__module__", "") or getattr(one, "__name__", "") for one in vars(room).values()}
    assert imported.isdisjoint(
        {
            f"footprint.referrals.{name}"
            for name in ("holding", "places_in_text", "protected_places", "sources")
        }
    )
    assert "protected" not in inspect.signature(for_author).parameters


def test_what_others_are_told_of_the_form_is_made_from_what_they_may_read():
    told = Referral(
        concern=Concern(wrong="The informant Canary is streetwise."),
        adults=(Adult(key="a1", relationship="his aunt Canary, an informant"),),
        children=(Child(key="c1", name="CHIS Canary"),),
    )
    for referral, is_told in ((for_author(told), True), (for_recipients(told), False)):
        said = [*checking.check(referral), *gaps.gaps(referral), *wording.hints(referral)]
        assert ("Canary" in repr(said)) is is_told


# ---------------------------------------------------------------- the guardian


def test_a_guardian_reads_what_was_held_why_and_where():
    told = Referral(concern=Concern(history=f"{BEFORE} The informant Jo lives at 14 Willow Lane. {AFTER}"))
    (piece,) = held(told, PLACES)
    assert piece.field == "concern.history"
    assert piece.text == "The informant Jo lives at 14 Willow Lane. "
    assert piece.why == (Why.PLACE, Why.SOURCE)
    assert told.concern.history[piece.start : piece.end] == piece.text
    assert set(WHY_LABELS) == set(Why)


def test_what_a_guardian_lets_go_is_read_and_nothing_else_is():
    told = Referral(concern=Concern(wrong="The informant is Jo. It is cold. CHIS 3 said so."))
    first, second = held(told)
    shown = for_recipients(told, released={first.key}).concern.wrong
    assert shown == f"The informant is Jo. It is cold. {MASK}"
    assert first.key != second.key


def test_what_was_let_go_is_held_again_where_the_place_was_protected_since():
    told = Referral(concern=Concern(wrong="The informant lives at 14 Willow Lane."))
    let_go = {piece.key for piece in held(told)}
    assert for_recipients(told, released=let_go) == told
    assert for_recipients(told, PLACES, let_go).concern.wrong == MASK


def test_what_an_imported_form_calls_not_known_is_the_name_of_a_field_or_nothing():
    told = Referral(safety=Safety(not_known=frozenset({"plan", "the informant is Canary"})))
    assert for_recipients(told).safety.not_known == {"plan"}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_around_it_a_canary_is_in_nothing_that_recipients_read(before, after):
    told = Referral(
        who="Ann", concern=Concern(wrong=f"{before}. The informant is Canary Willowbrook. {after}")
    )
    assert "Willowbrook" not in encode(for_recipients(told, PLACES)).decode()
    told = Referral(who="Ann", concern=Concern(wrong=f"{before} is at 14 Willow Lane WS2 8QP {after}"))
    assert "Willow" not in encode(for_recipients(told, PLACES)).decode()
    assert holding.for_author(told) is told
