"""The child's voice reports alike whichever prompt asked for it."""

import pytest

from footprint.referrals.prompts import (
    ABSENCES,
    CONCEPTS,
    NOT_ASKED,
    PRESENCE,
    WRITTEN,
    absence_explained,
    covered,
    has_words,
    load_prompts,
)
from footprint.referrals.reading import ChoiceError
from footprint.referrals.referral import Said, Voice, Words

LOCAL = """
name: {name}
title: Local
since: 2026-10-01
source: the board
verified: true
lines:
  - {{letter: A, label: Words, ask: What was said?, concept: words}}
"""


def test_two_prompts_come_with_footprint_and_neither_claims_to_be_the_forces_own_wording():
    prompts = load_prompts()
    assert {prompt.title for prompt in prompts.values()} == {"AWARE", "ARTHUR"}
    assert not any(prompt.verified for prompt in prompts.values())
    assert "".join(line.letter for line in prompts["aware"].lines) == "AWARE"
    assert "".join(line.letter for line in prompts["arthur"].lines) == "ARTHUR"


@pytest.mark.parametrize("prompt", load_prompts().values(), ids=lambda prompt: prompt.name)
def test_every_prompt_asks_for_words_and_for_enough_else(prompt):
    concepts = [line.concept for line in prompt.lines if line.concept]
    assert "words" in concepts
    assert len(set(concepts) & set(WRITTEN)) >= 3
    assert all(line.baby for line in prompt.lines if line.concept in WRITTEN)


def test_a_partnerships_own_prompt_is_added_or_wins(tmp_path):
    folder = tmp_path / "prompts"
    folder.mkdir()
    (folder / "one.yaml").write_text(LOCAL.format(name="local"))
    (folder / "two.yaml").write_text(LOCAL.format(name="aware"))
    prompts = load_prompts(tmp_path)
    assert sorted(prompts) == ["arthur", "aware", "local"]
    assert prompts["aware"].title == "Local"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("concept: words", "concept: word", "line 8: 'word' is no concept"),
        (", concept: words", "", "line 2: no line of this prompt asks for the child's own words"),
        ("words}", "words}\n  - {letter: B, label: B, ask: B, concept: words}", "two lines ask for 'words'"),
    ],
)
def test_a_prompt_that_would_not_report_alike_is_refused_with_its_line(tmp_path, before, after, said):
    folder = tmp_path / "prompts"
    folder.mkdir()
    (folder / "local.yaml").write_text(LOCAL.format(name="local").replace(before, after))
    with pytest.raises(ChoiceError, match=said):
        load_prompts(tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path):
    folder = tmp_path / "prompts"
    folder.mkdir()
    for file in ("one.yaml", "two.yaml"):
        (folder / file).write_text(LOCAL.format(name="local"))
    with pytest.raises(ChoiceError, match=r"two.yaml: .*one.yaml has the name 'local', too"):
        load_prompts(tmp_path)


@pytest.mark.parametrize(
    ("voice", "concepts"),
    [
        (Voice(), set()),
        (Voice(present="there"), {"presence"}),
        (Voice(alone=Said.NO), {"seen"}),
        (Voice(not_known=frozenset({"present"})), set()),
        (Voice(noted=(Words(concept="words", text="I hid"), Words(concept="wishes", text=" "))), {"words"}),
        # A concept that does not exist counts for nothing, and neither does a tick's concept that was written in.
        (Voice(noted=(Words(concept="mood", text="sad"), Words(concept="presence", text="there"))), set()),
    ],
)
def test_a_concept_is_covered_where_something_is_said(voice, concepts):
    assert covered(voice) == concepts
    assert has_words(voice) == ("words" in concepts)


@pytest.mark.parametrize("absence", ABSENCES)
def test_every_reason_explains_but_that_nobody_asked(absence):
    assert absence_explained(Voice(absence=absence)) == (absence != NOT_ASKED)


def test_an_absence_may_be_explained_in_words():
    assert absence_explained(Voice(absence=NOT_ASKED, absence_said="The ambulance left with him."))
    assert not absence_explained(Voice(absence="because", absence_said=" "))


def test_what_is_chosen_has_a_label():
    assert all([*PRESENCE.values(), *ABSENCES.values(), *(concept.label for concept in CONCEPTS.values())])
