"""A delivery before it is read: its files, its manifest if it has one, and which file of the contract each one is.

A delivery is a folder of files, a zip of one, or a single file. Knows names and headers, not rows.
"""

from __future__ import annotations

import csv
import datetime as dt
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import msgspec

from footprint.feeds.contract import Contract, FileTerms
from footprint.feeds.refusing import RefusedError

MANIFEST: Final = "manifest.json"
_MOST_FILES: Final = 500
_LONGEST_MANIFEST: Final = 1 << 20


class DeclaredFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender says of one file."""

    name: str
    rows: int | None = None
    sha256: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender says of a delivery. Every part is optional; what is said is held to."""

    feed: str = ""
    sender: str = ""
    sequence: int | None = None
    as_of: dt.date | None = None
    mode: str = ""
    files: tuple[DeclaredFile, ...] = ()


_MANIFEST: Final = msgspec.json.Decoder(Manifest)


class FoundFile(msgspec.Struct, frozen=True):
    """A file on the disk and what the contract calls it. `remark` says so where the name alone did not tell."""

    path: Path
    terms: FileTerms
    remark: str = ""


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in a folder, or None. Raises RefusedError where there is one and it cannot be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    if path.stat().st_size > _LONGEST_MANIFEST:
        raise RefusedError("The manifest is larger than 1 MB. That is not a manifest.", file=MANIFEST)
    try:
        return _MANIFEST.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        raise RefusedError(f"The manifest cannot be read: {error}.", file=MANIFEST) from None


def files_of(paths: list[Path]) -> list[Path]:
    """Return the files of a delivery: those named, and those in a named folder (or in the one folder within it).

    Links are not followed: a delivery brings its own files.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [
            entry
            for entry in sorted(path.iterdir())
            if not entry.name.startswith(".") and not entry.is_symlink()
        ]
        if len(inside) == 1 and inside[0].is_dir():
            inside = [entry for entry in sorted(inside[0].iterdir()) if not entry.is_symlink()]
        found += [entry for entry in inside if entry.is_file()]
    if len(found) > _MOST_FILES:
        raise RefusedError(f"The delivery has {len(found)} files. That is not a delivery of this feed.")
    return found


def match(files: list[Path], contract: Contract) -> tuple[list[FoundFile], list[str]]:
    """Return what each file is by the contract, in the contract's order, and the names of the files that are nothing.

    A file under another name is recognised by its columns where the contract needs one that is not there.
    Raises RefusedError where a required file is missing or one is there twice.
    """
    left = [path for path in files if path.name != MANIFEST]
    found: list[FoundFile] = []
    for terms in contract.files:
        named = [path for path in left if fnmatch(path.name.lower(), terms.name.lower())]
        remark = ""
        if not named and terms.required and (other := _by_content(left, terms, contract)):
            named, remark = (
                [other],
                f"The file is read as '{terms.name}', by what it holds. Give it that name.",
            )
        if len(named) > 1:
            raise RefusedError(
                f"There are {len(named)} files that could be '{terms.name}'. Send one.", file=named[1].name
            )
        if not named and terms.required:
            raise RefusedError(f"The file '{terms.name}' is missing. Send the whole delivery.")
        found += [FoundFile(path, terms, remark) for path in named]
        left = [path for path in left if path not in named]
    return sorted(found, key=lambda file: _stage(file.terms)), [path.name for path in left]


def _stage(terms: FileTerms) -> int:
    """Look-ups come first, then the files that describe persons, then those that say something about them."""
    own = terms.rows[0]
    if own.lookup or own.duty:
        return 0
    return 1 if own.person else 2


def _by_content(files: list[Path], terms: FileTerms, contract: Contract) -> Path | None:
    candidates = [
        path
        for path in files
        if not any(fnmatch(path.name.lower(), other.name.lower()) for other in contract.files)
    ]
    if terms.format == "xml":
        return next((path for path in candidates if path.suffix.lower() == ".xml"), None)
    wanted = {name.lower() for name in terms.rows[0].columns()}
    best = max(candidates, key=lambda path: len(_header(path, terms) & wanted), default=None)
    if best is None:
        return None
    only_one = len(contract.files) == 1 and len(candidates) == 1
    return best if only_one or len(_header(best, terms) & wanted) * 2 >= len(wanted) else None


def _header(path: Path, terms: FileTerms) -> set[str]:
    try:
        with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as stream:
            line = stream.readline(1 << 16)
        return {
            column.strip().lower() for row in csv.reader([line], delimiter=terms.delimiter) for column in row
        }
    except (csv.Error, OSError):
        return set()
