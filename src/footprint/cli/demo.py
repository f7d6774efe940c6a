"""`footprint demo`: the whole way, from an invented borough's files to the pages and five searches. Every step is the real one.

A demonstration lives in a data folder of its own, DATA/demo-RESIDENTS-SEED, so that nothing invented meets anything real.
"""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from footprint.cli.inquiring import Inquiry, search
from footprint.cli.printing import complain, print_page, say
from footprint.cli.progress import step
from footprint.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from footprint.feeds.receipt import Receipt
    from footprint.feeds.settlement import Change

BOROUGH: Final = "borough"
STAMP: Final = "demo.json"
CASE: Final = "DEMO-1"
PURPOSE: Final = "front-door"
PARTNERSHIP: Final = """\
id: aldermarch
name: Aldermarch Safeguarding Partnership (invented)
hub: {team: Multi-agency safeguarding hub, phone: 01632 960001, hours: at any time}
"""


class Story(msgspec.Struct, frozen=True):
    """One search worth making: why somebody makes it, as it is typed, and what to look at in the answer."""

    title: str
    why: str
    arguments: tuple[str, ...]
    expect: str


_STORIES: Final = msgspec.json.Decoder(list[Story])


def add_to(app: typer.Typer) -> None:
    """Add the command to the front."""
    app.command()(demo)


def demo(
    context: typer.Context,
    residents: Annotated[int, typer.Option(help="How many people live in the borough.", min=500)] = 30_000,
    seed: Annotated[int, typer.Option(help="Another seed, another borough.")] = 1,
    site: Annotated[
        bool, typer.Option("--site/--no-site", help="Serve the pages, or answer five searches here instead.")
    ] = True,
) -> None:
    """Invent a borough, receive its partners' files, link, publish, and serve the pages. A second run reuses it."""
    asked: Session = context.obj
    session = Session(asked.data / f"demo-{residents}-{seed}")
    stamp = session.data / STAMP
    if stamp.exists():
        complain(
            f"The borough of {residents:,} people in {session.data} is as it was left. Remove the folder to begin anew."
        )
    else:
        complain(f"An invented borough of {residents:,} people, in {session.data}:")
        _make(session, residents, seed)
        stamp.write_text(f'{{"residents": {residents}, "seed": {seed}}}\n', encoding="utf-8")
    if site:
        _serve(session)
        return
    complain("")
    for number, story in enumerate(_stories(session.data), start=1):
        _tell(session, number, story)
    _next(session)


def _serve(session: Session) -> None:
    """Start the pages over the borough and say where they are, as whom to sign in, and what is worth asking."""
    from footprint.cli.serving import free_address, manage, prepare, start_in_background, stop_site

    with step("The pages") as under_way:
        stop_site(session.data)
        address = free_address()
        environment = prepare(session.data, address, demo=True)
        accounts = manage(environment, "demo_accounts")
        start_in_background(session.data, address, environment)
        under_way.result = environment["FOOTPRINT_SITE"]
    with step("Referrals, sent, decided, graded and audited") as under_way:
        under_way.result = manage(environment, "sample_referrals").strip()
    say("Five searches worth trying, in a case that you open first:")
    for number, story in enumerate(_stories(session.data), start=1):
        asked = ", ".join(
            f"{name.removeprefix('--')} {value}"
            for name, value in zip(story.arguments[::2], story.arguments[1::2], strict=True)
        )
        say(f"\n  {number}. {story.title}\n     {asked}\n     {story.why}")
    say(f"\n{accounts.rstrip()}")
    say(f"\nThe site is at {environment['FOOTPRINT_SITE']}")
    say("It goes on in the background. Stop it with: make stop")


def _make(session: Session, residents: int, seed: int) -> None:
    from footprint.calendars import LONDON
    from footprint.cli.publishing import run_publishing
    from footprint.feeds.receiving import receive
    from footprint.sample import write_borough

    borough = session.data / BOROUGH
    session.data.mkdir(parents=True, exist_ok=True)
    (session.data / "partnership.yaml").write_text(PARTNERSHIP, encoding="utf-8")
    with step("People, homes, and what partners hold") as under_way:
        written = write_borough(
            borough,
            residents=residents,
            seed=seed,
            progress=lambda _, done, of: under_way.at(f"{done:,} of {of:,} people"),
        )
        under_way.result = f"{written.records:,} records, {written.schools} schools"
    with step("Partners' files received") as under_way:
        receipts: list[Receipt] = []

        def received(receipt: Receipt) -> None:
            receipts.append(receipt)
            under_way.at(f"{receipt.feed}: {receipt.outcome}, {receipt.rows_in:,} rows")

        receive(
            session.data,
            "",
            [borough / "deliveries" / written.last_day],
            dt.datetime.now(tz=LONDON),
            on_change=_in_the_ledger(session),
            on_receipt=received,
        )
        rows, aside = sum(one.rows_in for one in receipts), sum(one.quarantined for one in receipts)
        under_way.result = f"{len(receipts)} deliveries, {rows:,} rows, {aside:,} of them quarantined"
    with step("Linked and published") as under_way:
        published = run_publishing(session, None, under_way.at)
        joined, possible = published.linking.joined, published.linking.possible
        under_way.result = f"{published.people:,} people; {joined:,} links joined, {possible:,} only possible"


def _in_the_ledger(session: Session) -> Callable[[Change], None]:
    def enter(change: Change) -> None:
        session.changed(
            change.kind, {"feed": change.feed, "generation": change.generation, "records": change.records}
        )

    return enter


def _stories(data: Path) -> list[Story]:
    return _STORIES.decode((data / BOROUGH / "searches.json").read_bytes())


def _tell(session: Session, number: int, story: Story) -> None:
    from footprint.cli.pages.search_page import page_of

    say(f"{number}. {story.title}")
    say(f"   {story.why}")
    say(f"   $ footprint search --case {CASE} --purpose {PURPOSE} {shlex.join(story.arguments)}")
    say("")
    names = (one.removeprefix("--") for one in story.arguments[::2])
    terms = dict(zip(names, story.arguments[1::2], strict=True))
    print_page(page_of(search(session, Inquiry(case=CASE, purpose=PURPOSE, terms=terms)), fresh=False))
    say(f"   To see here: {story.expect}")
    say(f"\n{'-' * 72}\n")


def _next(session: Session) -> None:
    say("Where to go from here:")
    for line in (
        f"export FOOTPRINT_DATA={session.data}",
        f"footprint show PERSON --case {CASE} --purpose {PURPOSE}      the whole footprint of somebody found above",
        "footprint feeds status                                       how fresh every partner is",
        "footprint decide shield PERSON --reason '...'                protect somebody, then search again",
        "footprint rollback                                           nothing protected comes back",
        "footprint ledger verify                                      every look-up above is in the log",
    ):
        say(f"  {line}")
