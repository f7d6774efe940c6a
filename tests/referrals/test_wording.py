"""Hints for words that blame a child: what is found, and what is left as it was said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.phrases import PHRASES
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Informing,
    Referral,
    Request,
    Safety,
    Source,
    Statement,
    Voice,
    Words,
)
from footprint.referrals.wording import hints, hints_in


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She is a child prostitute.", "child prostitute"),
        ("prostituting herself for drugs", "prostituting herself"),
        ("This is a lifestyle-choice.", "lifestyle-choice"),
        ("PUTTING HERSELF AT RISK", "PUTTING HERSELF AT RISK"),
        ("He puts\nhimself at risk", "puts\nhimself at risk"),
        ("is promiscuous", "promiscuous"),
        ("she is in a relationship with an older man", "in a relationship with an older man"),
        ("met her older boyfriend", "older boyfriend"),
        ("involved in county lines", "involved in county lines"),
        ("streetwise and mature for her age", "streetwise"),
        ("attention-seeking again", "attention-seeking"),
        ("he absconded", "absconded"),
        ("Mum won't engage", "won't engage"),
        ("failed to engage", "failed to engage"),
        ("mother failed to protect", "failed to protect"),
        ("a toxic relationship", "toxic relationship"),
        ("Attended a domestic.", "domestic"),
        ("just a verbal domestic", "verbal domestic"),
        ("She alleges that he hit her", "alleges"),
        ("did not attend her appointment", "did not attend"),
        ("had child porn on it", "child porn"),
    ],
)
def test_a_phrase_is_found_as_it_was_written(text, said):
    assert hints_in(text)[0].said == said


@pytest.mark.parametrize(
    "text",
    [
        "Domestic abuse by the father of the mother.",
        "She is being sexually exploited by two adults.",
        "He went missing on Monday.",
        "The child chose the red cup.",
        "He did not attend school.",
        "He said: “she is streetwise”.",
        'Mum told me "it was just a domestic".',
        "They claim benefits.",
        "",
    ],
)
def test_what_is_plain_or_quoted_is_left_alone(text):
    assert hints_in(text) == []


def test_of_two_that_overlap_the_first_is_told():
    (hint,) = hints_in("in an abusive relationship with an older man")
    assert hint.said == "abusive relationship"


def test_every_hint_has_a_better_word_and_a_reason():
    for phrase in PHRASES:
        assert phrase.better
        assert phrase.why.endswith(".")
        assert not hints_in(phrase.better.replace("...", "somebody")), phrase.better
        assert re.compile(phrase.pattern).groups == 0


def test_a_childs_own_words_are_never_corrected_and_the_writers_are():
    voice = Voice(
        noted=(
            Words(concept="words", text="I'm streetwise", verbatim=True),
            Words(concept="activity", text="She is streetwise"),
        ),
        absence_said="attention seeking",
    )
    told = Referral(
        concern=Concern(
            wrong="a domestic",
            history="promiscuous",
            statements=(Statement(source=Source.SEEN, text="absconded"),),
        ),
        safety=Safety(plan="hard to reach"),
        informing=Informing(explanation="refused to engage"),
        request=Request(argument="lifestyle choice"),
        children=(Child(key="c1", name="Chav", impact="manipulative", voice=voice),),
        adults=(Adult(key="a1", name="Slag", risk_to_staff="junkie"),),
    )
    assert [hint.field for hint in hints(told)] == [
        "concern.wrong",
        "concern.history",
        "safety.plan",
        "informing.explanation",
        "request.argument",
        "concern.statements.0.text",
        "children.0.impact",
        "children.0.voice.absence_said",
        "children.0.voice.noted.1.text",
        "adults.0.risk_to_staff",
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.text(max_size=40),
    st.sampled_from(["promiscuous", "lifestyle choice", "absconded"]),
    st.text(max_size=40),
)
def test_a_hint_says_where_it_stands_in_any_text(before, phrase, after):
    text = f"{before} {phrase} {after}"
    for hint in hints_in(text):
        assert text[hint.start : hint.end] == hint.said
