"""A referral in words says everything that was answered, in the order of the form, and nothing twice."""

import pytest
from hypothesis import given, settings

from footprint.referrals.answers import answer, statement_said, words_noted
from footprint.referrals.fields import FIELDS, STEPS
from footprint.referrals.parts import Place, places
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Links,
    Referral,
    Request,
    Responsibility,
    Safety,
    Said,
    Source,
    Statement,
    Voice,
    Words,
)
from footprint.referrals.sheets import Line, Sheet, sheets
from tests.referrals.drawn import referrals

FULL = Referral(
    who="two children",
    safety=Safety(danger_now=Said.NO, not_known=frozenset({"plan"})),
    children=(
        Child(
            key="c1", name="Ada", voice=Voice(noted=(Words(concept="words", text="I hid", verbatim=True),))
        ),
        Child(key="c2", due="2027-02"),
    ),
    adults=(Adult(key="a1", relationship="Mother"),),
    responsibilities=(Responsibility(child="c1", adult="a1", held=Said.YES),),
    concern=Concern(statements=(Statement(source=Source.SEEN, text="No food"),)),
    request=Request(level="4"),
    links=Links(video="AX-9"),
)


def said(referral, sector="police", **how):
    return [
        (sheet.step, sheet.of, line.label, line.text)
        for sheet in sheets(referral, sector, **how)
        for line in sheet.said
    ]


def test_a_referral_is_read_from_top_to_bottom():
    assert said(FULL, levels={"4": "Level 4"}) == [
        ("urgent", "", "Who is it about?", "two children"),
        ("urgent", "", "Is anybody in danger right now?", "No"),
        ("safety", "", "How are the children safe until somebody comes?", "Not known"),
        ("child", "Ada", "Full name", "Ada"),
        ("child", "Ada", "Parental responsibility", "The mother has parental responsibility for Ada."),
        ("child", "the second child", "Or when the baby is due", "2027-02"),
        ("voice", "Ada", "The child's own words", "“I hid”"),
        ("household", "the mother", "Who are they to the children?", "Mother"),
        ("statement", "", "", "No food (seen or heard by the writer)"),
        ("request", "", "Level of need", "Level 4"),
        ("links", "", "Body-worn video", "AX-9"),
    ]


def test_a_blank_is_shown_to_those_who_are_asked_and_an_answer_to_everybody():
    def links(sector):
        return [line.field for sheet in sheets(FULL, sector) if sheet.step == "links" for line in sheet.lines]

    assert links("school") == ["links.video", "links.domestic_abuse"]
    assert "links.incident" in links("police")


def test_what_is_not_known_of_a_list_is_said_once():
    unknown = Referral(
        not_known=frozenset({"children", "adults", "responsibilities"}),
        concern=Concern(not_known=frozenset({"statements"})),
    )
    assert said(unknown) == [
        ("child", "", "Children", "Not known"),
        ("child", "", "Parental responsibility", "Not known"),
        ("household", "", "Adults and others", "Not known"),
        ("statement", "", "What happened", "Not known"),
    ]
    voiceless = Referral(children=(Child(key="c1", voice=Voice(not_known=frozenset({"noted"}))),))
    assert said(voiceless) == [("voice", "the child", "What the child said", "Not known")]


@pytest.mark.parametrize(
    ("source", "told_by", "when", "text"),
    [
        (Source.SEEN, "", "", "x (seen or heard by the writer)"),
        (Source.TOLD, "", "Tuesday", "x (told to the writer; Tuesday)"),
        (Source.TOLD, "a teacher", "", "x (told by a teacher)"),
        (Source.SUSPECTED, "a teacher", "", "x (suspected by the writer; a teacher)"),
    ],
)
def test_a_statement_says_how_it_is_known_to_somebody_else(source, told_by, when, text):
    assert statement_said(Statement(source=source, text="x", told_by=told_by, when=when)) == text


def test_an_empty_referral_has_a_sheet_for_every_step_that_is_asked_once():
    once = [step.name for step in STEPS if step.each in ("", "statement")]
    assert [sheet.step for sheet in sheets(Referral())] == once
    assert Sheet("statement", "What happened", "", Place("concern"), ()) in sheets(Referral())


@settings(max_examples=20)
@given(referrals())
def test_everything_that_was_answered_is_on_a_sheet(referral):
    lines = [line for sheet in sheets(referral) for line in sheet.said]
    for place, part in places(referral):
        if place.part != "statement":
            for field in FIELDS.values():
                if field.part == place.part and (text := answer(field, part)):
                    assert Line(field.key, field.label, text) in lines
    texts = [line.text for line in lines]
    assert all(statement_said(one) in texts for one in referral.concern.statements)
    voices = [child.voice for child in referral.children if child.voice]
    assert all(Line("", *words_noted(one)) in lines for voice in voices for one in voice.noted)
