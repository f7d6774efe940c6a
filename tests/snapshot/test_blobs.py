"""Pieces and texts come back as they were written, by number and by text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.snapshot.blobs import Blobs, write_blobs
from footprint.snapshot.texts import Texts, write_texts


@given(pieces=st.lists(st.binary(max_size=20), max_size=12))
def test_pieces_come_back_by_number(tmp_path_factory, pieces):
    stem = tmp_path_factory.mktemp("blobs") / "one"
    assert write_blobs(stem, iter(pieces)) == len(pieces)
    read = Blobs(stem)
    assert [read[number] for number in range(len(read))] == pieces


@pytest.mark.parametrize("number", [-1, 2])
def test_a_number_outside_is_an_error(tmp_path, number):
    write_blobs(tmp_path / "two", [b"a", b"b"])
    with pytest.raises(IndexError, match="none of them"):
        Blobs(tmp_path / "two")[number]


@given(
    texts=st.lists(st.text(max_size=6).filter(lambda text: text.isprintable()), unique=True, max_size=20),
    other=st.text(max_size=6),
)
def test_texts_come_back_by_number_and_by_text(tmp_path_factory, texts, other):
    stem = tmp_path_factory.mktemp("texts") / "one"
    write_texts(stem, texts)
    read = Texts(stem)
    assert [read[number] for number in range(len(read))] == texts
    assert [read.get(text) for text in texts] == list(range(len(texts)))
    if other.isprintable() and other not in texts:
        assert read.get(other) is None
