"""What can go wrong with snapshots, each with a sentence that says what to do."""


class SnapshotError(Exception):
    """Anything that this room refuses or cannot do."""


class NothingPublished(SnapshotError):
    """There is no current snapshot yet."""


class NothingToReturnTo(SnapshotError):
    """No earlier (or later) publication is left to go to."""


class SnapshotDamaged(SnapshotError):
    """A snapshot is not there, or is not what its manifest says."""


class AlreadyWriting(SnapshotError):
    """Another process is writing a snapshot here."""
