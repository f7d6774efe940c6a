"""The process that `footprint serve --detach` leaves behind: the server and the clockwork, until they are stopped."""

from __future__ import annotations

import sys

from footprint.cli.serving import run_site

if __name__ == "__main__":
    sys.exit(run_site())
