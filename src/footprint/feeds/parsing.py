"""A delivery read from beginning to end: files in, parsed tables and a summary out. Runs inside the child process.

Touches only the delivery and the folder it is given for its results. Whatever it meets, it ends with a summary.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec

from footprint.feeds import parsed as names
from footprint.feeds.archives import is_zip, unpack
from footprint.feeds.contract import AS_OF, INSTANCE, Contract
from footprint.feeds.delivery import FoundFile, Manifest, files_of, match, read_manifest
from footprint.feeds.drafts import Book
from footprint.feeds.finishing import finish, records
from footprint.feeds.following import Run, follow_file
from footprint.feeds.parsed import FileRead, Parsed, Statistics
from footprint.feeds.reading_fields import Place
from footprint.feeds.reasons import Reason, Reasons
from footprint.feeds.refusing import RefusedError
from footprint.feeds.saying import with_duty
from footprint.feeds.stored import pack, write_involvements, write_records
from footprint.records.reading_dates import read_date


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be read: the contract, the paths of one delivery, the day of receipt, and where results belong."""

    contract: Contract
    paths: tuple[str, ...]
    received: dt.date
    out: str


def parse(job: Job) -> Parsed:
    """Read a delivery, write its tables and its summary into the job's folder, and return the summary.

    A delivery that cannot be taken is a summary with `refused`; no other error is expected to leave this function.
    """
    out = Path(job.out)
    manifest: Manifest | None = None
    try:
        files = _open(job, out)
        manifest = _manifest(files)
        parsed = _parse(job, out, files, manifest)
    except RefusedError as error:
        said = refused(job.contract.feed, error)
        parsed = msgspec.structs.replace(
            said, manifest=manifest, instance=_claimed_instance(job.contract, manifest)
        )
    (out / names.SUMMARY).write_bytes(msgspec.json.encode(parsed))
    return parsed


def refused(feed: str, error: RefusedError) -> Parsed:
    """Return the summary of a delivery that is refused whole."""
    said = Reason(file=error.file, line=error.line, field="", reason=error.sentence, kind="file")
    return Parsed(
        feed=feed,
        refused=f"{error.file}: {error.sentence}" if error.file else error.sentence,
        reasons=(said,),
    )


def _claimed_instance(contract: Contract, manifest: Manifest | None) -> str:
    """Return whose file it says it is, where the file itself could not be read: its refusal belongs to that sender."""
    before, _, after = contract.partner.id.partition(INSTANCE)
    sender = manifest.sender if manifest else ""
    claimed = sender.removeprefix(before).removesuffix(after)
    return (
        claimed
        if contract.instances and claimed.isalnum() and claimed.isascii() and len(claimed) <= 20
        else ""
    )


def _open(job: Job, out: Path) -> list[Path]:
    paths = [Path(path) for path in job.paths]
    if len(paths) == 1 and is_zip(paths[0]):
        paths = [unpack(paths[0], out / "unpacked", most_bytes=job.contract.limits.file_mb << 20)]
    return files_of(paths)


def _parse(job: Job, out: Path, files: list[Path], manifest: Manifest | None) -> Parsed:
    contract = job.contract
    reasons = Reasons()
    found, strange = match(files, contract)
    for name in strange:
        reasons.add("not taken", name, 0, "", "The file is not in the contract: not taken.")
    as_of = manifest.as_of if manifest else None
    known = {AS_OF: (as_of or job.received).isoformat(), INSTANCE: ""}
    # Keys hold the partner's id, and an instance names its partner in its header: until then it has none.
    book = Book(contract.partner.id)
    run = Run(contract, book, reasons, known, out / names.QUARANTINE)
    try:
        read = [_follow(file, run, reasons, job.received) for file in found]
    finally:
        run.close()
    # A return made in May of what was so in March is as of March, whenever its manifest was written.
    said = read_date(run.header.get("as_of", "")[:10]).value
    day = said.whole if said and said.whole else as_of
    return _finish(job, out, run, read, manifest, day)


def _manifest(files: list[Path]) -> Manifest | None:
    folders = {path.parent for path in files if path.name == "manifest.json"}
    return read_manifest(folders.pop()) if len(folders) == 1 else None


def _follow(file: FoundFile, run: Run, reasons: Reasons, received: dt.date) -> FileRead:
    return follow_file(file, run, Place(file.path.name, reasons, received))


def _finish(
    job: Job, out: Path, run: Run, read: list[FileRead], manifest: Manifest | None, as_of: dt.date | None
) -> Parsed:
    finished = finish(run.book, job.contract, as_of or job.received)
    digest = hashlib.sha256()
    count = write_records(records(run.book, finished.members), out, digest)
    finished.involvements.sort(key=lambda involvement: involvement.id)
    facts = write_involvements((with_duty(one, finished.duty) for one in finished.involvements), out, digest)
    run.book.close()
    finished.involvements.clear()
    pack(out)
    rows = sum(file.rows for file in read)
    reasons = run.reasons
    return Parsed(
        feed=job.contract.feed,
        instance=run.known[INSTANCE] if job.contract.instances else "",
        manifest=manifest,
        as_of=as_of,
        name=run.header.get("name", ""),
        duty=run.book.duty,
        files=tuple(read),
        rows_in=rows,
        kept=rows - run.quarantined - finished.outside_rows,
        quarantined=run.quarantined,
        outside_cohort=finished.outside_rows,
        set_aside=reasons.count("set aside"),
        expired=finished.expired,
        records=count,
        involvements=facts,
        content=digest.hexdigest(),
        statistics=_statistics(run, read),
        reasons=tuple(reasons.examples()),
        totals=tuple(reasons.totals()),
    )


def _statistics(run: Run, read: list[FileRead]) -> Statistics:
    return Statistics(
        rows={table: tally.rows for table, tally in run.tallies.items()}
        | {file.table: file.rows for file in read},
        empty={table: dict(tally.empty) for table, tally in run.tallies.items()},
        codes={
            table: {field: dict(counter) for field, counter in tally.codes.items()}
            for table, tally in run.tallies.items()
        },
        headers={file.table: file.header for file in read if file.header},
    )
