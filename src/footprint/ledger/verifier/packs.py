"""A regulator's pack: one entry, the proof that it is in the log, and the signed head that the proof leads to.

Form: {"format", "sequence": int, "body": the entry's bytes as text, "proof": [base64, ...], "head": a signed note}.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from .heads import check_head
from .report import Report
from .tree import leaf_hash, verify_inclusion

PACK_FORMAT = "footprint-ledger-pack/1"
RECEIPT_CHARACTERS = 8  # 40 bits of the leaf hash: enough that a receipt cannot be made up for another entry


def receipt_number(sequence: int, leaf_hash: bytes) -> str:
    """Return what the person who asked can write down: the entry's number and the start of its hash, 1042-MFRGGZDF.

    Whoever later shows it can have it compared with the log: neither the number nor the entry can have been changed.
    """
    return f"{sequence}-{base64.b32encode(leaf_hash)[:RECEIPT_CHARACTERS].decode()}"


def check_pack(pack: dict[str, Any], keys: Sequence[str]) -> Report:
    """Check that the entry is in the log under a head signed by one of `keys`, which must not come with the pack."""
    report = Report()
    try:
        body, sequence, note = pack["body"].encode(), pack["sequence"], pack["head"]
        proof = [base64.b64decode(step, validate=True) for step in pack["proof"]]
        own_number = json.loads(body)["sequence"]
        if pack["format"] != PACK_FORMAT or type(sequence) is not int:
            raise ValueError(pack["format"])
    except (KeyError, TypeError, ValueError, AttributeError):
        report.fault(f"This is no whole pack of the form {PACK_FORMAT}: ask for it again.")
        return report
    checked = check_head(report, note, keys)
    if checked is None:
        return report
    head, signers = checked
    report.entries, report.root = head.size, head.root
    included = verify_inclusion(sequence, head.size, leaf_hash(body), proof, head.root)
    if included and own_number == sequence:
        report.remarks.append(f"The entry is number {sequence} of the {head.size} that this head commits to.")
        report.remarks.append(f"Its receipt is {receipt_number(sequence, leaf_hash(body))}.")
        report.remarks.append(
            f"The head is signed by {', '.join(sorted(signers)) or 'nobody whose key was given'}."
        )
    else:
        report.fault(
            f"The entry is not number {sequence} of the log under this head: something here was changed."
        )
    return report
