"""`footprint agreement check | show | diff`: the sharing agreement before it is in force, and what follows from it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.permitting import agreement_in, today
from footprint.cli.printing import say, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from footprint.sharing import Agreement
    from footprint.sharing.describing import Grant
    from footprint.sharing.differing import Change

app = typer.Typer(
    help="The sharing agreement: who gets what, as it stands and as it would be. It changes nothing.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
On = Annotated[str, typer.Option("--on", help="The day to look at; today unless said.", metavar="YYYY-MM-DD")]
File = Annotated[Path, typer.Argument(help="An agreement.", metavar="FILE")]


@app.command()
def check(file: File, on: On = "", as_json: AsJson = False) -> None:
    """Read an agreement to the word: every mistake with its line, then what is worth knowing before it is signed."""
    from footprint.sharing import load_agreement
    from footprint.sharing.describing import notes

    agreement = load_agreement(file)
    worth_knowing = notes(agreement, _day(on))
    if as_json:
        write_json({"version": agreement.stamp, "rules": len(agreement.rules), "notes": worth_knowing})
        return
    say(f"{file} is sound: {agreement.title}, {len(agreement.rules)} rules, {agreement.stamp}.")
    for sentence in worth_knowing:
        say(f"  {sentence}")


@app.command()
def show(
    context: typer.Context,
    role: Annotated[str, typer.Option("--role", help="This role only.", metavar="ROLE")] = "",
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """Say who gets what, role by role, under the agreement of this data folder. What is not named is not shared."""
    from footprint.sharing import ROLES, compile_policy
    from footprint.sharing.describing import grants, partners_of

    if role and role not in ROLES:
        raise CommandError(f"'{role}' is no role. Use one of: {', '.join(ROLES)}.", Exit.WRONG_COMMAND)
    agreement = agreement_in(context.obj)
    found = grants(compile_policy(agreement, partners_of(agreement)), _day(on))
    listed = [grant for grant in found if role in ("", grant.role)]
    if as_json:
        write_json({"version": agreement.stamp, "grants": msgspec.to_builtins(listed)})
        return
    say(f"{agreement.title} ({agreement.stamp})")
    for line in _who_gets_what(agreement, listed):
        say(line)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The agreement as it is.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="The agreement as it would be.", metavar="NEW")],
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """Say which decisions would change from one agreement to another."""
    from footprint.sharing import load_agreement
    from footprint.sharing.differing import changes, other_changes

    before, after = load_agreement(old), load_agreement(new)
    found, others = changes(before, after, _day(on)), other_changes(before, after)
    if as_json:
        write_json(
            {
                "before": before.stamp,
                "after": after.stamp,
                "changes": msgspec.to_builtins(found),
                "others": others,
            }
        )
        return
    for line in [*_what_changes((before, after), found), *others]:
        say(line)
    if not found and not others:
        say("No decision changes.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else today()
    except ValueError:
        raise CommandError(f"'{text}' is no day. Write --on 2026-09-01.", Exit.WRONG_COMMAND) from None


def _who_gets_what(agreement: Agreement, listed: Iterable[Grant]) -> list[str]:
    from footprint.sharing import ROLES
    from footprint.sharing.describing import partners_of

    sectors = partners_of(agreement)
    lines: list[str] = []
    last = ""
    for grant in listed:
        if grant.role != last:
            lines += ["", f"{ROLES[grant.role].label} ({grant.role})"]
            last = grant.role
        who = " or ".join(grant.recipients)
        whom = ", of own pupils only" if grant.reach == "own-pupils" else ""
        lines.append(f"  at {who}, for {', '.join(grant.purposes)}{whom}:")
        for share in grant.shares:
            parts = [
                f"{level} of {_kinds(kinds, sectors[share.provider.removeprefix('own ')])}"
                for level, kinds in (("content", share.content), ("existence", share.existence))
                if kinds
            ]
            lines.append(f"    {share.provider}: {'; '.join(parts)}")
    return lines


def _what_changes(agreements: tuple[Agreement, Agreement], found: Iterable[Change]) -> list[str]:
    from footprint.sharing.describing import partners_of

    sectors = partners_of(*agreements)
    lines: list[str] = []
    for change in found:
        what = (
            f"{_kinds(change.kinds, sectors[change.provider])} of {change.provider}"
            if change.provider
            else "reach"
        )
        lines.append(
            f"{change.role} at {' or '.join(change.recipients)}, for {', '.join(change.purposes)}: "
            f"{what}: {change.before} -> {change.after}"
        )
    return lines


def _kinds(kinds: tuple[str, ...], sector: str) -> str:
    from footprint.sharing.describing import kinds_of

    return "everything" if set(kinds_of(sector)) <= set(kinds) else ", ".join(kinds)
