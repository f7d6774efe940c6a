"""The only writer of footage: a file is taken in one transaction with its entry, however often it comes; and what was found."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from footprint.feeds.refusing import RefusedError
from footprint.referrals import filmed
from footprint.referrals.footage_contract import FootageContract, load_footage_contracts
from footprint.referrals.measures import Measuring
from footprint.referrals.reading_footage import (
    Fault,
    FootageRead,
    FootageRow,
    FootageUnreadable,
    read_footage,
)
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.auditing.measuring.choices import choices
from footprint.web.referrals.ending import is_footage_over
from footprint.web.referrals.models import Dip, FilmedIncident, FootageFile
from footprint.web.referrals.services import PURPOSE
from footprint.web.referrals.taking import FileRefused, content_of, contract_named, entry_of, partner_of

#: Bytes of the largest file that is taken: a large force's month of incidents is a tenth of it.
LARGEST: Final = 64 << 20
_ACTOR: Final = "footage"
_CHUNK: Final = 2_000
#: So many faults are kept beside a file; all are told when it is taken.
_MOST_FAULTS: Final = 1_000
_MOST_CODES: Final = 10
#: What stands among the classes that are not kept for incidents that had their time.
_TOO_LONG_AGO: Final = "too long ago"


class Taken(NamedTuple):
    """What a file came to: incidents that are new, corrected, as they stood; faults; and rows of no class that is measured."""

    system: str
    made: dt.datetime
    lines: int
    new: int
    corrected: int
    same: int
    outside: int
    outside_codes: tuple[str, ...]
    faults: tuple[Fault, ...]


class Found(NamedTuple):
    """What came of looking into a recording: codes of `dipping`."""

    outcome: str
    child_heard: str = ""
    prompt_used: str = ""


def take_file(path: Path, contract: str = "") -> Taken:
    """Take a force's file, and enter that. Raises FileRefused, reading.ChoiceError, LedgerError: then nothing was taken.

    `contract` is a contract's name, and may be left out where there is one alone.
    """
    of, now = contract_named(contract, load_footage_contracts(settings.DATA)), timezone.now()
    try:
        content, digest = content_of(path, ("utf-8",), most_bytes=LARGEST)
        read = read_footage(content.decode("utf-8-sig"), of, now)
    except (RefusedError, FootageUnreadable) as error:
        raise FileRefused(str(error)) from None
    if not read.rows:
        first = f" Line {read.faults[0].line}: {read.faults[0].says}" if read.faults else ""
        raise FileRefused(
            f"No row of the file can be taken, and nothing changes.{first} Send the extract again."
        )
    measured = choices()
    with transaction.atomic():
        # One file after another: two at once would each write over what the other said.
        partner = partner_of(of, locked=True)
        done = _applied(partner, read, measured)
        taken = Taken(of.system, dt.datetime.fromisoformat(read.made), read.lines, *done, read.faults)
        known = FootageFile.objects.filter(partner=partner, sha256=digest).exists()
        if not known or taken.new or taken.corrected:
            _keep(partner, of, digest, taken)
    return taken


def look(actor: Actor, row: FilmedIncident, asset: str, found: Found) -> Dip:
    """Keep that a supervisor looked into a recording that they may look into. Raises LedgerError."""
    with transaction.atomic():
        dip = Dip.objects.create(filmed=row, asset=asset, by_id=actor.membership_id, **found._asdict())
        reference = filmed.decode(row.content).reference
        facts: dict[str, str | int | bool | None] = {"asset": asset, **found._asdict()}
        ledger().record(
            event(actor, "change", "footage-look", facts, case=reference, purpose=PURPOSE), join=True
        )
    return dip


def _applied(
    partner: Partner, read: FootageRead, measured: Measuring
) -> tuple[int, int, int, int, tuple[str, ...]]:
    """Write what the rows say; return how many incidents are new, corrected and the same, and which rows are not kept."""
    by_key: dict[str, list[FootageRow]] = {}
    for row in read.rows:
        by_key.setdefault(row.key, []).append(row)
    there = _there(partner, by_key)
    fresh: list[FilmedIncident] = []
    named: list[FilmedIncident] = []
    corrected, outside, now = 0, Counter[str](), timezone.now()
    for key, rows in by_key.items():
        old = there.get(key)
        before = filmed.decode(old.content) if old else None
        after = filmed.with_rows(before, rows)
        if after is None or after == before:
            continue
        if old is None or before is None:
            if measured.class_of(after.value("class")) is None:
                outside[after.value("class")] += len(rows)
            elif is_footage_over(dt.datetime.fromisoformat(after.value("at")), now):
                outside[_TOO_LONG_AGO] += len(rows)
            else:
                fresh.append(_filled(FilmedIncident(partner=partner, key=key), after))
            continue
        # A later extract that tells the same is kept as later all the same: one in between must not count.
        differs = not after.tells_as(before)
        corrected += differs
        old.revision += differs
        named.append(_filled(old, after))
    FilmedIncident.objects.bulk_create(fresh, batch_size=_CHUNK)
    FilmedIncident.objects.bulk_update(
        named, ["kind", "team", "at", "made", "content", "revision"], batch_size=500
    )
    codes = tuple(code for code, _ in outside.most_common(_MOST_CODES))
    return len(fresh), corrected, len(there) - corrected, outside.total(), codes


def _there(partner: Partner, keys: Iterable[str]) -> Mapping[str, FilmedIncident]:
    listed = list(keys)
    found: dict[str, FilmedIncident] = {}
    for start in range(0, len(listed), _CHUNK):
        rows = FilmedIncident.objects.filter(partner=partner, key__in=listed[start : start + _CHUNK])
        found |= {row.key: row for row in rows.order_by("pk")}
    return found


def _filled(row: FilmedIncident, said: filmed.Filmed) -> FilmedIncident:
    row.kind, row.team = said.value("class"), said.value("team")
    row.at = dt.datetime.fromisoformat(said.value("at"))
    row.made = dt.datetime.fromisoformat(said.made)
    row.content = filmed.encode(said)
    return row


def _keep(partner: Partner, contract: FootageContract, digest: str, taken: Taken) -> None:
    FootageFile.objects.create(
        partner=partner,
        contract=contract.name,
        system=contract.system[:200],
        sha256=digest,
        made=taken.made,
        late_at=taken.made + dt.timedelta(hours=contract.late_after),
        lines=taken.lines,
        new=taken.new,
        corrected=taken.corrected,
        outside=taken.outside,
        faults=[list(one) for one in taken.faults[:_MOST_FAULTS]],
    )
    facts: dict[str, str | int | bool | None] = {
        "contract": contract.name,
        "sha256": digest,
        "rows": taken.lines,
        "new": taken.new,
        "corrected": taken.corrected,
        "outside": taken.outside,
        "faults": len(taken.faults),
    }
    ledger().record(entry_of("footage-file", _ACTOR, partner, facts), join=True)
