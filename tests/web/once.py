"""Made once for all processes of a test run: who comes first makes it, who comes later waits, and all read the same."""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from unittest import mock


def once(tmp_path_factory, name, make):
    """Return the folder that `make(folder)` filled, now or before, in this process or another. Read it, never write to it."""
    root = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent  # each worker has its own below the run's
    folder = root / f"once-{name}"
    with (root / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = root / f"once-{name}.begun"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder


@contextlib.contextmanager
def undisturbed():
    """Let the command line see none of the settings of the site that happens to stand meanwhile."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTPRINT_")}
    with mock.patch.dict(os.environ, kept, clear=True):
        yield


#: Never changed in place, and large: links to them do.
_IMMUTABLE = ("/segments/", "/generations/", "/frequencies/")


def linked(source, target):
    """Copy a file of a data folder; what is never changed is linked."""
    if any(part in str(source) for part in _IMMUTABLE):
        Path(target).unlink(missing_ok=True)
        Path(target).hardlink_to(source)
        return target
    return shutil.copy2(source, target)


def copy_data(source, target):
    """Copy what was published in a data folder into another one; not its database, keys, deliveries or truth."""
    shutil.copytree(
        source,
        target,
        copy_function=linked,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("footprint.sqlite3*", "keys", "deliveries", "truth", "static"),
    )
