"""Deliveries found among what a person names: a delivery's folder, a zip, single files, a day's folder, or several days.

Looks at names and manifests, never into a partner's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import msgspec

from footprint.feeds.archives import is_zip
from footprint.feeds.contract import Contract
from footprint.feeds.delivery import MANIFEST, read_manifest
from footprint.feeds.refusing import RefusedError


class Found(msgspec.Struct, frozen=True):
    """One delivery that was found: the contract it falls under, and its paths."""

    contract: Contract
    paths: tuple[Path, ...]


def waves(paths: list[Path], contracts: dict[str, Contract], feed: str = "") -> list[list[Found]]:
    """Return the deliveries in `paths` as waves: all of one wave may be read side by side, the waves follow each other.

    A wave is a day where days lie side by side, else one path. Files named one by one with `feed` are one delivery.
    Raises RefusedError, with a sentence, where a path is not there or nobody can tell its feed.
    """
    if feed and feed not in contracts:
        raise RefusedError(f"There is no feed '{feed}'. Feeds are: {', '.join(sorted(contracts))}.")
    for path in paths:
        if not path.exists():
            raise RefusedError(f"There is nothing at {path}.")
    if feed and paths and all(path.is_file() and not is_zip(path) for path in paths):
        return [[Found(contracts[feed], tuple(paths))]]
    found = [wave for path in paths for wave in _waves_in(path, contracts, feed)]
    if not any(found):
        raise RefusedError("No delivery was found there. Name a delivery's folder, and its feed with --feed.")
    return found


def _waves_in(path: Path, contracts: dict[str, Contract], feed: str) -> list[list[Found]]:
    if path.is_file():
        return [[_single(path, contracts, feed)]]
    folders = [entry for entry in sorted(path.iterdir()) if entry.is_dir() and not entry.name.startswith(".")]
    own = list(_deliveries(path, contracts, feed))
    if own or not folders:
        return [own]
    # Neither a delivery nor a day: a folder of days, each of which follows the one before it.
    return [wave for folder in folders if (wave := list(_deliveries(folder, contracts, feed)))]


def _single(path: Path, contracts: dict[str, Contract], feed: str) -> Found:
    name = feed or next((name for name in contracts if path.name.lower().startswith(name)), "")
    if not name:
        raise RefusedError(
            f"Nobody can tell of which feed {path.name} is. Say it with --feed.", file=path.name
        )
    return Found(contracts[name], (path,))


def _deliveries(folder: Path, contracts: dict[str, Contract], feed: str) -> Iterator[Found]:
    """Return the deliveries in a folder: itself, its folders named after feeds, and for schools the folders in those."""
    entries = [entry for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")]
    files = [entry for entry in entries if entry.is_file()]
    name = feed or _said_by_manifest(folder, contracts) or (folder.name if folder.name in contracts else "")
    contract = contracts.get(name)
    if contract and _is_delivery(files, contract):
        yield Found(contract, (folder,))
        return
    for entry in entries:
        if entry.is_dir() and contract:
            if _is_delivery([inner for inner in sorted(entry.iterdir()) if inner.is_file()], contract):
                yield Found(contract, (entry,))
        elif entry.is_dir() and entry.name in contracts:
            yield from _deliveries(entry, contracts, entry.name)
        elif is_zip(entry) and (contract or entry.stem.partition("--")[0] in contracts):
            yield Found(contract or contracts[entry.stem.partition("--")[0]], (entry,))


def _is_delivery(files: list[Path], contract: Contract) -> bool:
    return any(
        path.name == MANIFEST
        or any(fnmatch(path.name.lower(), terms.name.lower()) for terms in contract.files)
        for path in files
    )


def _said_by_manifest(folder: Path, contracts: dict[str, Contract]) -> str:
    try:
        manifest = read_manifest(folder)
    except RefusedError:
        return ""  # its own child will say so, in a receipt
    name = manifest.feed.partition("--")[0] if manifest else ""
    return name if name in contracts else ""
