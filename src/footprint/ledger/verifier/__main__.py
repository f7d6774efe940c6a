"""The verifier as a command: a pack or a history, the heads and keys that one trusts, and a report of sentences."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .history import check_history
from .packs import check_pack
from .report import Report


def check_file(path: Path, heads: Sequence[str], keys: Sequence[str]) -> Report:
    """Check a pack (one JSON object with a format) or a history (one entry a line)."""
    lines = path.read_bytes().splitlines()
    pack = json.loads(lines[0]) if len(lines) == 1 else {}
    return check_pack(pack, keys) if "format" in pack else check_history(lines, heads, keys)


def main(arguments: Sequence[str]) -> int:
    """Check the file that is named. Exit status: 0 sound, 1 not sound, 2 cannot be read."""
    parser = argparse.ArgumentParser(description="Check a Footprint ledger's history, or a regulator's pack.")
    parser.add_argument("file", type=Path, help="a pack (.json), or a history (one entry a line)")
    parser.add_argument(
        "--head", type=Path, action="append", default=[], help="a signed head the history must hold to"
    )
    parser.add_argument(
        "--key", action="append", default=[], help="a verifier key that you trust: name+id+base64"
    )
    chosen = parser.parse_args(arguments)
    try:
        report = check_file(chosen.file, [path.read_text("utf-8") for path in chosen.head], chosen.key)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"Cannot check {chosen.file}: {error}\n")
        return 2
    sys.stdout.write(report.text() + "\n")
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
