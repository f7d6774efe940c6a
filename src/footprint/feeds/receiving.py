"""Deliveries received: found, read in confined children, settled one after the other, answered with receipts.

This is the room's front door; `holding` has what a person does afterwards, `freshness` what may be asked.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from footprint.feeds.confining import Reader, readers
from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.durable import scratch
from footprint.feeds.finding import Found, waves
from footprint.feeds.parsed import Parsed
from footprint.feeds.parsing import Job
from footprint.feeds.receipt import Receipt
from footprint.feeds.refusing import RefusedError
from footprint.feeds.settlement import OnChange, Settlement
from footprint.feeds.settling import preview, settle
from footprint.feeds.stored import MERGING, connect

#: What turns a job into a summary: a confined child, or in a test the parser itself.
Parse = Callable[[Job], Parsed]
_CHILDREN: Final = 2


def receive(
    data: Path,
    feed: str,
    paths: list[Path],
    now: dt.datetime,
    *,
    on_change: OnChange | None = None,
    parse: Parse | None = None,
    on_receipt: Callable[[Receipt], None] | None = None,
) -> list[Receipt]:
    """Receive every delivery in `paths` and return its receipt; parked ones that may now follow give theirs, too.

    `feed` may be empty where folders or manifests say it. `now` is an aware time of this country. `on_change` is called
    before a change takes effect and stops it by raising; `on_receipt` as each delivery is settled.
    Raises ContractError for a contract that cannot be read, RefusedError where nothing can be found to receive.
    """
    found = waves(paths, load_contracts(data), feed)
    receipts: list[Receipt] = []
    with (
        scratch(data / "deliveries") as folder,
        _parsing(parse, sum(map(len, found))) as read,
        connect(threads=_CHILDREN, memory=MERGING, spill=folder / "spill") as engine,
    ):
        for wave in found:
            for delivery, work, parsed in _side_by_side(wave, folder, now, read):
                task = Settlement(
                    data=data,
                    contract=delivery.contract,
                    parsed=parsed,
                    folder=work,
                    now=now,
                    engine=engine,
                    on_change=on_change,
                )
                for receipt in settle(task):
                    receipts.append(receipt)
                    if on_receipt:
                        on_receipt(receipt)
                shutil.rmtree(work, ignore_errors=True)
    return receipts


def check(
    data: Path, feed: str, paths: list[Path], now: dt.datetime, *, parse: Parse | None = None
) -> Receipt:
    """Return the receipt that a delivery would get. Touches nothing in DATA, which need not exist.

    Raises ContractError and RefusedError as `receive` does, and where `paths` are more than one delivery.
    """
    found = [delivery for wave in waves(paths, load_contracts(data), feed) for delivery in wave]
    if len(found) != 1:
        raise RefusedError(f"These are {len(found)} deliveries. Check one at a time.")
    with (
        tempfile.TemporaryDirectory(prefix="footprint-check-") as folder,
        _parsing(parse, 1) as read,
        connect() as engine,
    ):
        parsed = read(_job(found[0], Path(folder), now))
        task = Settlement(
            data=data, contract=found[0].contract, parsed=parsed, folder=Path(folder), now=now, engine=engine
        )
        return preview(task)


@contextlib.contextmanager
def _parsing(given: Parse | None, deliveries: int) -> Iterator[Parse]:
    """Give the function that reads a delivery: the one given, or one that hands jobs to confined children."""
    if given:
        yield given
        return
    with readers(min(_CHILDREN, deliveries)) as started:
        idle: SimpleQueue[Reader] = SimpleQueue()
        for reader in started:
            idle.put(reader)

        def read(job: Job) -> Parsed:
            reader = idle.get()
            try:
                return reader.read(job)
            finally:
                idle.put(reader)

        yield read


def _side_by_side(
    wave: list[Found], folder: Path, now: dt.datetime, read: Parse
) -> Iterator[tuple[Found, Path, Parsed]]:
    """Read the deliveries of a wave, two at a time, and give them in their order as they are done."""
    with ThreadPoolExecutor(max_workers=_CHILDREN) as threads:
        waiting = []
        for delivery in wave:
            work = Path(tempfile.mkdtemp(dir=folder))
            waiting.append((delivery, work, threads.submit(read, _job(delivery, work, now))))
        try:
            for delivery, work, done in waiting:
                yield delivery, work, done.result()
        finally:
            threads.shutdown(
                wait=False, cancel_futures=True
            )  # where the caller gave up, nobody waits for the rest


def _job(delivery: Found, folder: Path, now: dt.datetime) -> Job:
    return Job(
        contract=delivery.contract,
        paths=tuple(str(path.absolute()) for path in delivery.paths),
        received=now.date(),
        out=str(folder),
    )
