"""A root for snapshots, and a way to write one in a line."""

import datetime as dt

import pytest

from footprint import snapshot


@pytest.fixture
def root(tmp_path):
    return tmp_path / "snapshots"


@pytest.fixture
def clock():
    """A clock that goes on by a minute at each look."""
    moment = [dt.datetime(2026, 11, 23, 7, 15, tzinfo=dt.UTC)]

    def now():
        moment[0] += dt.timedelta(minutes=1)
        return moment[0]

    return now


@pytest.fixture
def write(root, clock):
    """Write a snapshot of two segments, whose content is `stamp`, and return its id."""

    def make(stamp):
        with snapshot.writing(root, {"stamp": stamp}, clock) as draft:
            (draft.segment("people") / "names.txt").write_text(stamp)
            deep = draft.segment("index") / "by" / "key"
            deep.mkdir(parents=True)
            (deep / "keys.bin").write_bytes(stamp.encode() * 1_000)
        return draft.id

    return make
