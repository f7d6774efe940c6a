"""Is a snapshot what its manifest says, byte for byte? Every file is read, so this takes as long as the disk needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from footprint.snapshot.errors import SnapshotDamaged
from footprint.snapshot.files import MANIFEST, SEGMENTS
from footprint.snapshot.manifest import Manifest, content_hash, file_fact, read_manifest


def verify(folder: Path) -> list[str]:
    """Return a sentence for each thing wrong with the snapshot in this directory; none when it is whole."""
    try:
        manifest = read_manifest(folder)
    except SnapshotDamaged as error:
        return [str(error)]
    return [
        *_name_faults(folder, manifest),
        *_missing_or_altered(folder, manifest),
        *_extra(folder, manifest),
    ]


def _name_faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    if manifest.id != folder.name:
        yield f"{folder.name} has the manifest of {manifest.id}."
    if not manifest.id.endswith("-" + content_hash(manifest.about, manifest.segments)[:8]):
        yield f"The manifest of {folder.name} was altered: its id does not fit what it lists."


def _missing_or_altered(folder: Path, manifest: Manifest) -> Iterator[str]:
    for segment, files in manifest.segments.items():
        for name, fact in files.items():
            path = folder / SEGMENTS / segment / name
            if not path.is_file():
                yield f"{segment}/{name} is missing."
            elif file_fact(path) != fact:
                yield f"{segment}/{name} was altered."


def _extra(folder: Path, manifest: Manifest) -> Iterator[str]:
    listed = {
        folder / SEGMENTS / segment / name for segment, files in manifest.segments.items() for name in files
    }
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path not in listed and path != folder / MANIFEST:
            yield f"{path.relative_to(folder).as_posix()} does not belong to the snapshot."
