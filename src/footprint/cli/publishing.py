"""`footprint publish | rollback`, `footprint snapshot list | verify | prune`: which data is answered from."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import say, write_json
from footprint.cli.progress import step
from footprint.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from footprint.publishing.publish import Published

KEPT: Final = "FOOTPRINT_SNAPSHOTS_KEPT"
_KEPT: Final = 7

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

snapshots = typer.Typer(help="The published states of all accepted data.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the front."""
    app.command()(publish)
    app.command()(rollback)
    app.add_typer(snapshots, name="snapshot")


def publish(
    context: typer.Context,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", help="The snapshot's day; the latest day of data unless said.", metavar="YYYY-MM-DD"
        ),
    ] = "",
    model: Annotated[
        Path | None,
        typer.Option(help="Another model of agreement than the packaged one.", exists=True, dir_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Link, index and publish everything that was accepted, as one snapshot that is swapped in whole."""
    try:
        day = dt.date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise CommandError(f"'{as_of}' is no day. Write it as YYYY-MM-DD.", Exit.WRONG_COMMAND) from None
    with step("Linking and publishing") as under_way:
        published = run_publishing(context.obj, day, under_way.at, model)
        under_way.result = f"{published.people:,} people of {published.records:,} records"
    if as_json:
        import msgspec

        write_json(msgspec.to_builtins(published))
    else:
        say(
            f"{published.snapshot} is published: {published.people:,} people of {published.records:,} records."
        )
    _prune(context.obj, _kept())


def run_publishing(
    session: Session, day: dt.date | None, progress: Callable[[str], None], model: Path | None = None
) -> Published:
    """Publish what stands, under the rulings made to this moment. The ledger has it before the swap."""
    from footprint.feeds.freshness import feed_states, partners_of_one_number
    from footprint.linking.model import load
    from footprint.publishing.publish import publish as run
    from footprint.publishing.task import Publishing

    task = Publishing(
        data=session.data,
        model=load(model),
        feeds=feed_states(session.data),
        overlay=session.decisions.overlay(),
        day=day,
        unique_partners=partners_of_one_number(session.data),
    )
    return run(
        task,
        progress=progress,
        before_swap=lambda snapshot: session.changed("publish", {"snapshot": snapshot}),
    )


def rollback(context: typer.Context, as_json: AsJson = False) -> None:
    """Publish the snapshot before the current one again. Nothing protected, split or erased since comes back."""
    from footprint import snapshot
    from footprint.publishing.task import root

    session: Session = context.obj
    folder = root(session.data)
    before = snapshot.current_id(folder)
    if before is None or snapshot.history(folder)[0].id == before:
        raise CommandError("There is no earlier publication to return to.", Exit.NOT_READY)
    session.changed("rollback", {"from": before})
    now = snapshot.rollback(folder)
    if as_json:
        write_json({"snapshot": now, "before": before})
    else:
        say(f"{now} is published again. What was protected, split or erased since stays so.")


@snapshots.command("list")
def list_snapshots(context: typer.Context, as_json: AsJson = False) -> None:
    """List the publications that can be returned to, oldest first."""
    from footprint import snapshot
    from footprint.publishing.task import root

    session: Session = context.obj
    current = snapshot.current_id(root(session.data))
    rows = [
        {
            "snapshot": one.id,
            "published_at": one.at.isoformat(timespec="seconds"),
            "current": one.id == current,
        }
        for one in snapshot.history(root(session.data))
    ]
    if as_json:
        write_json(rows)
        return
    for row in rows:
        say(f"{'*' if row['current'] else ' '} {row['snapshot']}  published {row['published_at']}")
    if not rows:
        say("Nothing is published yet. Run `footprint publish`.")


@snapshots.command()
def prune(
    context: typer.Context,
    keep: Annotated[
        int | None,
        typer.Option(help=f"How many to keep; {_KEPT} unless said here or in {KEPT}.", min=1, metavar="N"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Remove old snapshots, and those from before an erasure; never the current one, the one before it, or one in use.

    `publish` does so at its end, and `serve` every hour.
    """
    removed = _prune(context.obj, keep or _kept())
    if as_json:
        write_json({"removed": removed})
    elif removed:
        say(f"Removed: {', '.join(removed)}.")
    else:
        say("Nothing is to be removed.")


def _prune(session: Session, keep: int) -> list[str]:
    """Remove what is old, or knows of somebody who was erased since. The ledger has it before anything goes."""
    from footprint import snapshot
    from footprint.publishing.publish import erasures
    from footprint.publishing.task import root

    if not snapshot.list_snapshots(root(session.data)):
        return []
    erased = erasures(session.decisions.overlay())

    def enter(ids: list[str]) -> None:
        session.changed("snapshots-removed", {"count": len(ids), "oldest": ids[0], "newest": ids[-1]})

    return snapshot.prune(
        root(session.data),
        keep,
        outdated=lambda manifest: manifest.about.get("erased", 0) < erased,
        before_removing=enter,
    )


def _kept() -> int:
    said = os.environ.get(KEPT, "") or str(_KEPT)
    if not (said.isascii() and said.isdecimal() and int(said)):
        raise CommandError(
            f"{KEPT} is how many snapshots are kept: a whole number, at least 1.", Exit.WRONG_COMMAND
        )
    return int(said)


@snapshots.command()
def verify(
    context: typer.Context,
    snapshot_id: Annotated[
        str, typer.Argument(help="Which one; the current one unless said.", metavar="[SNAPSHOT]")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Read a snapshot whole and compare every file with the manifest."""
    from footprint import snapshot
    from footprint.publishing.task import root

    session: Session = context.obj
    wanted = snapshot_id or snapshot.current_id(root(session.data)) or ""
    if not wanted:
        raise CommandError("Nothing is published yet. Run `footprint publish`.", Exit.NOT_READY)
    if wanted not in snapshot.list_snapshots(root(session.data)):
        raise CommandError(f"There is no snapshot '{wanted}'. `footprint snapshot list` names them.")
    faults = snapshot.verify(root(session.data) / wanted)
    if as_json:
        write_json({"snapshot": wanted, "sound": not faults, "faults": faults})
    else:
        for fault in faults:
            say(fault)
        say(f"{wanted} is {'not what its manifest says' if faults else 'whole'}.")
    raise typer.Exit(Exit.FAULTS if faults else Exit.DONE)
