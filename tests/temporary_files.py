"""Temporary files of the tests lie in memory, where there is room: a run makes and removes hundreds of thousands of them.

On a disk a PostgreSQL database of a test's own costs half a second of processor time, in memory a sixteenth of one.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system, not a name that somebody may guess
#: What a whole run has at once at the most, and as much again.
ROOM = 4 * 1024**3


def lie_in_memory():
    """Let everything that asks for a temporary folder, here and in processes started here, get one in memory.

    Whoever named another place by TMPDIR keeps it. A container with its usual 64 MB stays on its disk.
    """
    if "TMPDIR" in os.environ or sys.platform != "linux" or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # whoever asked before: ask again


lie_in_memory()
