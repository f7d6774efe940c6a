"""The ready-made formats: what went in comes out, from the disk, in bounded memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.snapshot.arrays import ArrayWriter, open_array, write_array
from footprint.snapshot.blobs import Blobs, BlobWriter, write_blobs
from footprint.snapshot.strings import StringTable, write_strings


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("segment")


@pytest.mark.parametrize(
    "array",
    [
        np.arange(10, dtype=np.int32),
        np.zeros((0,), dtype=np.uint64),
        np.zeros((0, 3), dtype=np.float32),
        np.arange(12, dtype=np.float64).reshape(3, 4),
        np.array([b"ab", b"c"], dtype="S4"),
        np.array([(1, 2.5)], dtype=[("a", "<i4"), ("b", "<f8")]),
    ],
)
def test_arrays_come_back_mapped_and_read_only(folder, array):
    path = folder / "array.npy"
    write_array(path, array)
    opened = open_array(path)
    assert opened.dtype == array.dtype
    assert opened.shape == array.shape
    assert np.array_equal(opened, array)
    assert not opened.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        opened[:] = array


def test_arrays_of_objects_are_refused(folder):
    with pytest.raises(ValueError, match="Object arrays"):
        write_array(folder / "objects.npy", np.array([{}, None], dtype=object))


@given(pieces=st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=6), max_size=6))
def test_an_array_written_in_pieces_is_the_whole(folder, pieces):
    path = folder / "pieces.npy"
    with ArrayWriter(path, np.int32) as writer:
        for piece in pieces:
            writer.extend(piece)
    assert open_array(path).tolist() == [number for piece in pieces for number in piece]
    assert writer.length == len(open_array(path))


def test_rows_are_written_in_pieces_too_and_only_rows_that_fit(folder):
    path = folder / "rows.npy"
    with ArrayWriter(path, np.int16, row=(2,)) as writer:
        writer.extend([[1, 2]])
        writer.extend(np.array([[3, 4], [5, 6]]).T[::-1].T)
        for wrong in ([7, 8], [[7, 8, 9]], [[[7, 8]]], 7):
            with pytest.raises(ValueError, match="does not fit"):
                writer.extend(wrong)
    assert open_array(path).tolist() == [[1, 2], [4, 3], [6, 5]]


@given(blobs=st.lists(st.binary(max_size=20), max_size=30))
def test_pieces_come_back_by_number(folder, blobs):
    stem = folder / "pieces"
    assert write_blobs(stem, blobs) == len(blobs)
    opened = Blobs(stem)
    assert list(opened) == blobs
    assert len(opened) == len(blobs)
    for number in (-1, len(blobs)):
        with pytest.raises(IndexError, match="none of them"):
            opened[number]


def test_a_writer_says_the_number_of_each_piece(folder):
    with BlobWriter(folder / "numbered") as writer:
        assert [writer.append(piece) for piece in (b"a", b"", b"c")] == [0, 1, 2]
    assert [Blobs(folder / "numbered")[number] for number in range(3)] == [b"a", b"", b"c"]


def test_more_pieces_than_are_kept_in_hand(folder):
    count = 20_000
    write_blobs(folder / "many", (b"%d" % number for number in range(count)))
    opened = Blobs(folder / "many")
    assert len(opened) == count
    assert all(
        opened[number] == b"%d" % number for number in (0, 8190, 8191, 8192, 16_383, 16_384, count - 1)
    )


@given(
    strings=st.sets(st.binary(max_size=6), max_size=40), others=st.sets(st.binary(max_size=6), max_size=10)
)
def test_strings_are_found_by_halving(folder, strings, others):
    stem = folder / "strings"
    ordered = sorted(strings)
    assert write_strings(stem, ordered) == len(ordered)
    table = StringTable(stem)
    assert [table.find(string) for string in ordered] == list(range(len(ordered)))
    assert {table.find(other) for other in others - strings} <= {-1}
    assert list(table) == ordered


@pytest.mark.parametrize("strings", [[b"b", b"a"], [b"a", b"a"], [b"a", b"c", b"b"]])
def test_strings_that_do_not_rise_are_refused(folder, strings):
    with pytest.raises(ValueError, match="sort first"):
        write_strings(folder / "unsorted", strings)
