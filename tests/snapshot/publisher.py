"""A process that writes, publishes and prunes without end, until it is killed: run by the tests.

Each snapshot holds the same stamp in every file, so that a mixture of two would show.
"""

import sys
from pathlib import Path

from footprint import snapshot

root, first = Path(sys.argv[1]), int(sys.argv[2])
sys.stdout.write("ready\n")
sys.stdout.flush()
for number in range(first, first + 1_000_000):
    stamp = b"%08d" % number
    with snapshot.writing(root, {"stamp": stamp.decode()}) as draft:
        for segment in ("people", "index"):
            for name in ("a", "b"):
                (draft.segment(segment) / name).write_bytes(stamp * 2_000)
    snapshot.publish(root, draft.id)
    snapshot.prune(root, keep=2)
