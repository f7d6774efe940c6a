"""In every field of a referral what tells a source or a protected place is masked; a guardian reads it, and lets it go."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals import checking, gaps, wording
from footprint.referrals.holding import (
    MASK,
    WHY_LABELS,
    Why,
    for_recipients,
    held,
)
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
from tests.referrals.held import AFTER, BEFORE, PLACES

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
def test_no_field_lets_a_canary_through(path):
    for canary in ("The informant is Canary.", "She is at 14 Willow Lane."):
        told = _with(path, canary)
        shown = encode(for_recipients(told, PLACES)).decode()
        assert "Canary" not in shown
        assert "Willow" not in shown


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


def test_what_others_are_told_of_the_form_is_made_from_what_they_may_read():
    told = Referral(
        concern=Concern(wrong="The informant Canary is streetwise."),
        adults=(Adult(key="a1", relationship="his aunt Canary, an informant"),),
        children=(Child(key="c1", name="CHIS Canary"),),
    )
    for referral, is_told in ((told, True), (for_recipients(told), False)):
        said = [*checking.check(referral), *gaps.gaps(referral), *wording.hints(referral)]
        assert ("Canary" in repr(said)) is is_told


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
