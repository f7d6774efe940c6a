"""A directory of named segments with a manifest: written whole, opened, swapped by one rename, rolled back.

    ROOT/20261123T071500Z-ab12cd34/manifest.json        what is in it, hashed; written last
    ROOT/20261123T071500Z-ab12cd34/segments/NAME/...    immutable files, to be mapped into memory
    ROOT/current                                        which one is published, and which were before and after

Knows no content: what a segment holds is its writer's and its reader's affair. Segments may use the ready-made formats
`snapshot.arrays`, `snapshot.blobs` and `snapshot.strings`.
"""

from footprint.snapshot.errors import (
    AlreadyWriting,
    NothingPublished,
    NothingToReturnTo,
    SnapshotDamaged,
    SnapshotError,
)
from footprint.snapshot.manifest import Manifest, read_manifest
from footprint.snapshot.pruning import prune
from footprint.snapshot.publication import Publication, current_id, history, publish, roll_forward, rollback
from footprint.snapshot.reading import Reader, Snapshot, list_snapshots, open_current, open_snapshot
from footprint.snapshot.verifying import verify
from footprint.snapshot.writing import Draft, writing

__all__ = [
    "AlreadyWriting",
    "Draft",
    "Manifest",
    "NothingPublished",
    "NothingToReturnTo",
    "Publication",
    "Reader",
    "Snapshot",
    "SnapshotDamaged",
    "SnapshotError",
    "current_id",
    "history",
    "list_snapshots",
    "open_current",
    "open_snapshot",
    "prune",
    "publish",
    "read_manifest",
    "roll_forward",
    "rollback",
    "verify",
    "writing",
]
