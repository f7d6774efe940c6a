"""What may stand as a reference: it stays in the ledger in clear for ever, so no name and no birthday may pass for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.web.cases.references import LONGEST, NotAReference, reference_of


@pytest.mark.parametrize(
    "text",
    [
        "MARF-2026-00123",
        "12345678",
        "260012",
        "CR/20/123456/26",
        "LCS123456",
        "Ref 12",
        "crime 123/26",
        "log 412 24/11/2026",
        "s47 123",
        "  WMP   20260012345 ",
    ],
)
def test_references_of_partners_systems_are_taken(text):
    assert reference_of(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "tick that there is none"),
        ("no idea", "at least one figure"),
        ("MARF", "at least one figure"),
        ("Khan 2015", "no name"),
        ("ali 3", "no name"),
        ("Leyla-Hussain-1", "no name"),
        ("Hill 2015", "no name"),
        ("the girl at no 5", "no name"),
        ("12/03/2015", "a date"),
        ("3 March 2015", "a date"),
        ("2015-03-12", "a date"),
        ("May 2015", "a date"),
        ("Zoë 5", "only letters, figures"),
        ("a@b.example 5", "only letters, figures"),
        ("5\u202e5", "only letters, figures"),
        ("1" * (LONGEST + 1), "at most 60"),
    ],
)
def test_what_is_no_reference_is_said_to_be_none_and_why(text, why):
    with pytest.raises(NotAReference, match=why):
        reference_of(text)


@given(st.text(max_size=80))
def test_whatever_is_taken_is_taken_again_and_is_short_plain_and_has_a_figure(text):
    try:
        reference = reference_of(text)
    except NotAReference:
        return
    assert reference_of(reference) == reference
    assert len(reference) <= LONGEST
    assert reference.isascii()
    assert reference.isprintable()
    assert any(one.isdigit() for one in reference)


@given(st.sampled_from(["Yusuf", "MOHAMMED", "kaur", "Hussain", "singh", "Elizabeth"]), st.integers(0, 10**6))
def test_a_name_with_a_figure_is_no_reference(name, figure):
    for text in (f"{name} {figure}", f"{figure}/{name}", f"{name}{figure}"):
        with pytest.raises(NotAReference):
            reference_of(text)
