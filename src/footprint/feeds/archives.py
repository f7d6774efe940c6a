"""A zip opened with care: looked at whole before a byte is unpacked, and unpacked no further than it said.

Source of the bounds: what a bomb does and an extract never does (a hundredfold, paths outside, archives in archives).
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from footprint.feeds.refusing import RefusedError

_MOST_RATIO: Final = 100
_MOST_ENTRIES: Final = 500
_PIECE: Final = 1 << 20
#: A few kilobytes of one letter compress a thousandfold and harm nobody.
_SMALL: Final = 1 << 20


def is_zip(path: Path) -> bool:
    """Say whether a file is an archive by its name; one under another name is refused when its text is read."""
    return path.suffix.lower() == ".zip"


def unpack(path: Path, into: Path, *, most_bytes: int) -> Path:
    """Unpack the archive `path` into the new folder `into` and return it. Raises RefusedError where it is not safe to."""
    into.mkdir(parents=True)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, path.name, most_bytes)
            for entry in entries:
                _unpack_one(archive, entry, into / PurePosixPath(entry.filename).name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise RefusedError(
            f"The archive is damaged or of an unknown kind ({error}). Pack it again.", file=path.name
        ) from None
    return into


def _check(entries: list[zipfile.ZipInfo], name: str, most_bytes: int) -> None:
    for is_wrong, sentence in (
        (len(entries) > _MOST_ENTRIES, f"The archive holds {len(entries)} files. That is not a delivery."),
        (not entries, "The archive is empty. Pack it again."),
        (
            sum(entry.file_size for entry in entries) > most_bytes,
            f"Unpacked it would be larger than {most_bytes >> 20} MB.",
        ),
        (
            any(_ratio(entry) > _MOST_RATIO for entry in entries),
            "A file in it would grow more than a hundredfold: a bomb, no extract.",
        ),
        (
            any(entry.flag_bits & 1 for entry in entries),
            "It is encrypted. Send it over the agreed channel, without a password.",
        ),
        (
            any(_leads_out(entry) for entry in entries),
            "A path in it leads out of the archive. Pack plain files.",
        ),
        (any(_is_link(entry) for entry in entries), "It holds a link instead of a file. Pack plain files."),
        (
            any(is_zip(Path(entry.filename)) for entry in entries),
            "It holds another archive. Pack plain files.",
        ),
        (_same_names(entries), "Two files in it have the same name. Pack each once."),
    ):
        if is_wrong:
            raise RefusedError(sentence, file=name)


def _ratio(entry: zipfile.ZipInfo) -> float:
    return entry.file_size / max(entry.compress_size, 1) if entry.file_size > _SMALL else 0.0


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in entry.filename


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _same_names(entries: list[zipfile.ZipInfo]) -> bool:
    names = [PurePosixPath(entry.filename).name.lower() for entry in entries]
    return len(set(names)) < len(names)


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one file. `zipfile` gives no byte beyond the size that the entry declares, and its checksum tells the rest."""
    with archive.open(entry) as source, target.open("xb") as sink:
        shutil.copyfileobj(source, sink, _PIECE)
