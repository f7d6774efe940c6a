"""`footprint ledger pack | history | verifier`: what leaves for an outsider who checks for themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import say
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.ledger import Ledger

Out = Annotated[Path, typer.Option("--out", help="The file to write.", metavar="FILE", dir_okay=False)]

FAR_BACK: Final = 1_000


def add_to(app: typer.Typer) -> None:
    """Add the commands to those of the ledger."""
    app.command()(pack)
    app.command()(history)
    app.command()(verifier)


def pack(
    context: typer.Context,
    receipt: Annotated[str, typer.Argument(help="The receipt's number, as on the page.", metavar="RECEIPT")],
    out: Out,
) -> None:
    """Write the proof that an entry is in the log, under the newest head that is signed. Personal values stay sealed."""
    from footprint.ledger.packs import write_pack

    session: Session = context.obj
    ledger = session.ledger
    ledger.record(
        session.event("reading", "pack", {"receipt": receipt[:60] if receipt.isprintable() else None})
    )
    entry = ledger.by_receipt(receipt)
    if entry is None:
        raise CommandError(
            "The log holds no entry with this receipt. If it was read rightly, the log is not the one that gave it:"
            " keep the receipt, and run `footprint ledger verify` against a witness's head.",
            Exit.NOTHING_FOUND,
        )
    proof = ledger.pack(entry.leaf.sequence, _note_over(session, ledger, entry.leaf.sequence))
    with _writing(out):
        write_pack(proof, out)
    say(
        f"{out} holds entry {entry.leaf.sequence} and its proof. Hand it over with the verifier, and the keys separately."
    )


def history(context: typer.Context, out: Out) -> None:
    """Write every entry as it was hashed, one a line, for a full replay elsewhere. Personal values stay sealed."""
    session: Session = context.obj
    session.ledger.record(session.event("reading", "history"))
    with _writing(out):
        count = session.ledger.write_history(out)
    say(f"{out} holds {count} entries.")


def verifier(out: Out) -> None:
    """Write the stand-alone verifier: one file that any Python runs, and anybody can read."""
    from footprint.ledger.packs import write_verifier

    with _writing(out):
        write_verifier(out)
    say(f"Run it as: python {out} PACK --key KEY")


def _note_over(session: Session, ledger: Ledger, sequence: int) -> str:
    """Return the newest signed head over an entry, one with witnesses' signatures if there is any; else sign one now."""
    from footprint.ledger.verifier.heads import read_note

    over = [note for note in ledger.newest_notes(FAR_BACK) if read_note(note)[0].size > sequence]
    # The log signs twice; whatever is more came from witnesses.
    own = len(session.signer.verifier_keys)
    witnessed = (note for note in over if len(read_note(note)[1]) > own)
    return next(witnessed, None) or ledger.sign_head(session.signer)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError(f"{out} cannot be written ({error.strerror}). Name another file.") from None
