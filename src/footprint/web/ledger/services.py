"""What the ledger's pages do: check the whole log. It changes nothing, and that it was done is entered."""

from __future__ import annotations

from django.conf import settings

from footprint.ledger import Signer
from footprint.ledger.verifier.report import Report
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger


def check(actor: Actor) -> Report:
    """Check every entry, every link between them and every head that was signed or cosigned."""
    ledger().record(event(actor, "reading", "verify"))
    signer = Signer.load(settings.DATA / "keys" / "ledger.key", f"footprint.invalid/{actor.partnership}")
    return ledger().verify(keys=signer.verifier_keys)
