"""The verifier that stands alone: the tree, the heads and the rules of a history, for anyone who holds the entries.

It imports nothing of Footprint and nothing beyond Python's own library, so that it can be handed to a regulator or a
witness as one file (`write_verifier` in `ledger.packs` makes it) and be read there in ten minutes:

    python verifier.pyz PACK.json --key VERIFIER_KEY
    python verifier.pyz HISTORY.jsonl --head WITNESSED_HEAD.txt --key VERIFIER_KEY

It must not know how entries are written, stored or encrypted: what it says may not depend on the code that it judges.
The rest of the room takes its hashes and formats from here, so that there is one definition of what is verified.
"""
