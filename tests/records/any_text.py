"""Texts that no form should hold and every form does: any character at all, and pieces of real names and addresses."""

from __future__ import annotations

from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)

_PIECES = st.sampled_from(
    "Amina Khan O'Brien Smith-Jones Łukasz محمد ਸਿੰਘ 李明 Baby of Twin 1 2 (known as Jack) aka née , - / . ( ) \" Mr Jr "
    "van der al Mc O Flat 3 12A High St Street Rowan Court WS1 1AA ZZ99 3VZ NFA c/o 27 03 2015 03/04/15 T00:00:00Z Mar ?? "
    "\u200b \u202e \x00 \ud800 ' ’ ＡＢ １２ +44 07700 900123 @ a@b.uk 943 476 5919".split(" ")
)
PIECED_TEXT = st.lists(_PIECES, max_size=8).flatmap(
    lambda pieces: st.sampled_from(["", " ", ", "]).map(lambda mark: mark.join(pieces))
)
TEXTS = st.one_of(ANY_TEXT, PIECED_TEXT)
