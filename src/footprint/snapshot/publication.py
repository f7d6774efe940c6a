"""Which snapshot is current, and which were before it: one small file, swapped by one rename.

The pointer and the history are the same file, so no crash can make them disagree. The history is a line, as of pages in
a browser: publishing adds after the current one, rolling back steps to the one before, rolling forward returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from footprint.snapshot.errors import NothingPublished, NothingToReturnTo, SnapshotDamaged
from footprint.snapshot.files import POINTER, POINTER_LOCK, is_id, locked, replace_synced
from footprint.snapshot.manifest import check_whole
from footprint.snapshot.writing import utc_now

LONGEST_LINE: Final = 400  # publications remembered: a year and more of daily ones


class Publication(msgspec.Struct, frozen=True):
    """That a snapshot was published, and when (UTC)."""

    id: str
    at: dt.datetime


class Line(msgspec.Struct, frozen=True):
    """All publications that can be returned to, oldest first, and the place of the current one among them."""

    publications: tuple[Publication, ...] = ()
    place: int = -1

    @property
    def current_id(self) -> str:
        return self.publications[self.place].id


_LINE: Final = msgspec.json.Decoder(Line)


def publish(root: Path, snapshot_id: str, now: Callable[[], dt.datetime] = utc_now) -> None:
    """Make a snapshot the current one, in one step for every reader. Publishing the current one changes nothing.

    A snapshot that was rolled back from is then out of the line. Raises SnapshotDamaged when there is no such snapshot.
    """
    check_whole(root / snapshot_id)
    with changing(root) as line:
        if line.publications and line.current_id == snapshot_id:
            return
        kept = line.publications[: line.place + 1][1 - LONGEST_LINE :]
        publications = (*kept, Publication(snapshot_id, now().astimezone(dt.UTC)))
        write_line(root, Line(publications, len(kept)))


def rollback(root: Path) -> str:
    """Make the snapshot that was published before the current one current again; return its id."""
    return _step(root, -1, "There is no earlier publication to roll back to.")


def roll_forward(root: Path) -> str:
    """Undo a rollback; return the id of the snapshot that is current again."""
    return _step(root, 1, "There is no later publication to roll forward to.")


def history(root: Path) -> tuple[Publication, ...]:
    """Return the publications of the line, oldest first; the current one is `current_id`."""
    return read_line(root).publications


def current_id(root: Path) -> str | None:
    """Return the id of the current snapshot; None before the first publication."""
    line = read_line(root)
    return line.current_id if line.publications else None


def read_line(root: Path) -> Line:
    try:
        content = (root / POINTER).read_bytes()
    except FileNotFoundError:
        return Line()
    return parse_line(root, content)


def parse_line(root: Path, content: bytes) -> Line:
    """Return the line that the pointer's content spells; SnapshotDamaged when it is none."""
    try:
        line = _LINE.decode(content)
    except msgspec.DecodeError as error:
        raise SnapshotDamaged(
            f"{root / POINTER} cannot be read. Remove it and publish a snapshot again."
        ) from error
    if not 0 <= line.place < len(line.publications) or not all(is_id(one.id) for one in line.publications):
        raise SnapshotDamaged(f"{root / POINTER} points nowhere. Remove it and publish a snapshot again.")
    return line


@contextmanager
def changing(root: Path) -> Iterator[Line]:
    """Hold the one right to move the pointer, and see where it stands."""
    if not root.is_dir():
        raise NothingPublished(f"{root} holds no snapshots yet. Write one and publish it.")
    with locked(root / POINTER_LOCK):
        yield read_line(root)


def write_line(root: Path, line: Line) -> None:
    replace_synced(root / POINTER, msgspec.json.format(msgspec.json.encode(line), indent=1) + b"\n")


def _step(root: Path, by: int, otherwise: str) -> str:
    with changing(root) as line:
        place = line.place + by
        if not 0 <= place < len(line.publications):
            raise NothingToReturnTo(otherwise)
        target = line.publications[place].id
        check_whole(root / target)
        write_line(root, Line(line.publications, place))
        return target
