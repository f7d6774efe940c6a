"""A process that reads the current snapshot again and again until its input is closed: run by the tests.

Prints how often it read, how many snapshots it saw, and what went wrong.
"""

import select
import sys
from pathlib import Path

from footprint import snapshot

reader = snapshot.Reader(Path(sys.argv[1]))
reads, seen, failures = 0, set(), []
sys.stdout.write("ready\n")
sys.stdout.flush()
while not select.select([sys.stdin], [], [], 0)[0]:
    try:
        reader.refresh()
        opened = reader.snapshot
        stamp = opened.about["stamp"].encode()
        files = [file for segment in ("people", "index") for file in opened.segment(segment).iterdir()]
        torn = [file for file in files if set(file.read_bytes().split(b";")) != {stamp, b""}]
        failures += [f"{file} is not of {stamp!r}" for file in torn]
        seen.add(opened.id)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a failed read, and is counted
        failures.append(repr(error))
    reads += 1
sys.stdout.write(f"{reads} {len(seen)} {failures[:3]}\n")
