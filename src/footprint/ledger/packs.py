"""What leaves for outsiders: a regulator's pack, a whole history, and the verifier to check them with."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

from footprint.ledger import verifier
from footprint.ledger.database import Database
from footprint.ledger.errors import HeadRefused
from footprint.ledger.proofs import inclusion_plan
from footprint.ledger.store import bodies, subtree_roots
from footprint.ledger.verifier.heads import read_note
from footprint.ledger.verifier.packs import PACK_FORMAT

ENTRY_POINT = "import sys\nfrom verifier.__main__ import main\nsys.exit(main(sys.argv[1:]))\n"


def inclusion_proof(database: Database, sequence: int, count: int) -> list[bytes]:
    """Return the proof that entry `sequence` is in the tree of the first `count` entries."""
    with database.reading():
        return subtree_roots(database, inclusion_plan(sequence, count))


def make_pack(database: Database, sequence: int, note: str) -> dict[str, Any]:
    """Return the regulator's pack of one entry under the signed head `note`. Personal values in it stay sealed.

    Raises HeadRefused when the head was signed before the entry was made.
    """
    head, _ = read_note(note)
    if not 0 <= sequence < head.size:
        raise HeadRefused(
            f"Entry {sequence} is not under a head of {head.size} entries: sign a newer head first."
        )
    (body,) = bodies(database, sequence, sequence + 1)
    proof = [base64.b64encode(step).decode() for step in inclusion_proof(database, sequence, head.size)]
    return {"format": PACK_FORMAT, "sequence": sequence, "body": body.decode(), "proof": proof, "head": note}


def write_pack(pack: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(pack) + "\n", encoding="utf-8")


def write_history(database: Database, path: Path) -> int:
    """Write every entry's bytes, one a line, for a full replay elsewhere; return how many."""
    count = 0
    with path.open("wb") as file:
        for body in bodies(database):
            file.write(body + b"\n")
            count += 1
    return count


def write_verifier(path: Path) -> None:
    """Write the stand-alone verifier as one file that Python runs: its readable source, zipped, nothing compiled."""
    source = Path(verifier.__file__).parent
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__main__.py", ENTRY_POINT)
        for module in sorted(source.glob("*.py")):
            archive.write(module, f"verifier/{module.name}")
