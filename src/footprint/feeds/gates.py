"""The gates that every delivery passes: one table of questions, each with its sentence and with what must follow.

A gate looks at what the delivery says of itself, at what was read, and at what stands; it changes nothing. What a gate
holds still adds what proves sound, where the gate leaves that open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from statistics import median
from typing import Final, NamedTuple

import msgspec

from footprint.feeds.contract import Contract, Thresholds
from footprint.feeds.generations import Standing
from footprint.feeds.merging import Overlap
from footprint.feeds.parsed import Parsed
from footprint.feeds.receipt import Finding, Verdict

_FEW_PERSONS: Final = 5


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the gates may look at. `taken` is the highest number taken so far, `spoken_for` numbers above it that were
    refused or rolled back: they are no gap, and may come again. `seen` are all that were taken."""

    contract: Contract
    parsed: Parsed
    standing: Standing | None
    overlap: Overlap
    now: dt.datetime
    taken: int | None
    spoken_for: frozenset[int] = frozenset()
    seen: frozenset[int] = frozenset()

    @property
    def number(self) -> int | None:
        return self.parsed.manifest.sequence if self.parsed.manifest else None

    @property
    def late(self) -> bool:
        """Say whether this is from before the delivery with which the feed began, and has not been seen: it adds beneath."""
        opened = self.standing.opened if self.standing else None
        return (
            self.number is not None
            and opened is not None
            and self.number < opened
            and self.number not in self.seen
        )

    @property
    def limits(self) -> Thresholds:
        return self.contract.thresholds

    @property
    def compares(self) -> bool:
        """Say whether sizes and shares can be compared: a whole extract with one before it."""
        return self.standing is not None and self.contract.mode == "full"


class Gate(NamedTuple):
    """A question about a delivery. `look` gives a sentence for everything that is wrong, and nothing when all is well.

    `adds` says whether unseen records and involvements are sound although the gate is not passed.
    """

    name: str
    verdict: Verdict
    look: Callable[[Facts], Iterator[str]]
    adds: bool = False


def judge(facts: Facts) -> list[Finding]:
    """Return what the gates found, the gravest verdict first: refuse, park, hold. An empty list means: accepted."""
    found = [
        Finding(gate=gate.name, verdict=gate.verdict, sentence=sentence)
        for gate in GATES
        for sentence in gate.look(facts)
    ]
    return sorted(found, key=lambda finding: _GRAVITY[finding.verdict])


def additions_are_sound(findings: list[Finding]) -> bool:
    """Say whether a held delivery's unseen records may be taken: only if every gate that holds it leaves that open."""
    return all(_BY_NAME[finding.gate].adds for finding in findings)


def _feed(facts: Facts) -> Iterator[str]:
    manifest = facts.parsed.manifest
    names = {facts.contract.feed, facts.contract.feed_name(facts.parsed.instance)}
    if manifest and manifest.feed and manifest.feed not in names:
        yield f"The manifest says feed '{manifest.feed[:60]}', and this is '{facts.contract.feed}'. Send it to its own feed."


def _sender(facts: Facts) -> Iterator[str]:
    manifest, contract, instance = facts.parsed.manifest, facts.contract, facts.parsed.instance
    own = {contract.partner_id(instance), contract.feed_name(instance), *([instance] if instance else [])}
    if manifest and manifest.sender and manifest.sender not in own:
        yield f"The sender is '{manifest.sender[:60]}', and this feed is {contract.partner_id(instance)}'s."


def _declared_hashes(facts: Facts) -> Iterator[str]:
    read = {file.name: file for file in facts.parsed.files}
    for declared in facts.parsed.manifest.files if facts.parsed.manifest else ():
        file = read.get(declared.name)
        if file and declared.sha256 and declared.sha256.lower() != file.sha256:
            yield f"'{file.name}' is not the file that was sent: its hash differs from the manifest's. Send it again."


def _declared_rows(facts: Facts) -> Iterator[str]:
    read = {file.name: file for file in facts.parsed.files}
    for declared in facts.parsed.manifest.files if facts.parsed.manifest else ():
        file = read.get(declared.name)
        if file is None and _is_ours(declared.name, facts.contract):
            yield f"The manifest names '{declared.name[:60]}', which did not come. Send the whole delivery."
        elif file and declared.rows is not None and declared.rows != file.rows:
            yield f"'{file.name}' has {_rows_said(file.rows)}, and the manifest says {declared.rows:,}. Send it again."


def _rows_said(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _declared_files(facts: Facts) -> Iterator[str]:
    declared = {file.name for file in facts.parsed.manifest.files} if facts.parsed.manifest else set()
    for file in facts.parsed.files:
        if declared and file.name not in declared:
            yield f"'{file.name[:60]}' came, and the manifest does not name it. Send a manifest that names every file."


def _is_ours(name: str, contract: Contract) -> bool:
    return any(fnmatch(name.lower(), file.name.lower()) for file in contract.files)


def _mode(facts: Facts) -> Iterator[str]:
    manifest = facts.parsed.manifest
    if manifest and manifest.mode and manifest.mode != facts.contract.mode:
        yield f"The manifest says '{manifest.mode[:20]}', and the contract agreed '{facts.contract.mode}'."


def _holds_somebody(facts: Facts) -> Iterator[str]:
    if facts.standing is None and not facts.parsed.records:
        yield "The delivery holds nobody of the cohort, and nothing came before it. Is this the right extract?"


def _not_future(facts: Facts) -> Iterator[str]:
    as_of = facts.parsed.as_of
    if as_of and as_of > (facts.now + dt.timedelta(hours=1)).date():
        yield f"The data is said to be as of {as_of}, which is still to come. Correct the date and send it again."


def _not_older(facts: Facts) -> Iterator[str]:
    as_of = facts.parsed.as_of
    if as_of and facts.standing and as_of < facts.standing.as_of and not facts.late:
        yield f"The data is as of {as_of}, older than what stands ({facts.standing.as_of}). Send the newest extract."


def _sequence_new(facts: Facts) -> Iterator[str]:
    number, taken = facts.number, facts.taken
    if number is not None and taken is not None and number <= taken and not facts.late:
        yield f"Number {number} came before, or a later one did (the last is {taken}). Give it the next number."


def _sequence_next(facts: Facts) -> Iterator[str]:
    number, taken = facts.number, facts.taken
    if number is None or taken is None:
        return  # whatever number a feed begins with, nothing is missing before it
    missing = [gap for gap in range(taken + 1, min(number, taken + 1000)) if gap not in facts.spoken_for]
    if missing:
        which = f"{missing[0]}" if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
        yield f"Number {number} came early: {which} has not come. It follows by itself when that has, or somebody releases it."


def _rows(facts: Facts) -> Iterator[str]:
    if not (facts.compares and facts.standing):
        return
    needed = {file.name for file in facts.contract.files if file.required}
    for table, recent in facts.standing.recent.items():
        usual = median(recent) if recent else 0
        rows = facts.parsed.statistics.rows.get(table, 0)
        # Few exclusions are fewer tomorrow; few persons are not, and nothing at all is never usual.
        judged = usual >= (_FEW_PERSONS if table in needed or not rows else facts.limits.few)
        if judged and rows < facts.limits.rows_least * usual:
            yield f"'{table}' has {_rows_said(rows)}, and usually about {usual:,.0f}: what is missing stays as it was."


def _more_rows(facts: Facts) -> Iterator[str]:
    if not (facts.compares and facts.standing):
        return
    for table, recent in facts.standing.recent.items():
        usual = median(recent) if recent else 0
        rows = facts.parsed.statistics.rows.get(table, 0)
        if rows > facts.limits.rows_most * max(usual, facts.limits.few):
            yield f"'{table}' has {_rows_said(rows)}, and usually about {usual:,.0f}: somebody must say that this is right."


def _empty_fields(facts: Facts) -> Iterator[str]:
    if not (facts.compares and facts.standing):
        return
    before, now = facts.standing.statistics, facts.parsed.statistics
    for table, fields in now.empty.items():
        rows_now, rows_before = now.rows.get(table, 0), before.rows.get(table, 0)
        if min(rows_now, rows_before) < facts.limits.few:
            continue
        for field in sorted({*fields, *before.empty.get(table, {})}):
            share = 100 * fields.get(field, 0) / rows_now
            usual = 100 * before.empty.get(table, {}).get(field, 0) / rows_before
            if abs(share - usual) > facts.limits.empty_points:
                yield f"'{field}' in '{table}' is empty in {share:.0f} of 100 rows, and in {usual:.0f} before."


def _unreadable(facts: Facts) -> Iterator[str]:
    tables = {file.name: (file.table, file.rows) for file in facts.parsed.files}
    lost: dict[tuple[str, str], int] = {}
    for total in facts.parsed.totals:
        if total.kind == "set aside" and total.field:
            lost[total.file, total.field] = lost.get((total.file, total.field), 0) + total.count
    for (name, field), count in sorted(lost.items()):
        table, rows = tables.get(name, (name, 0))
        share = 100 * count / max(rows, 1)
        if rows >= facts.limits.few and share > facts.limits.unreadable_points:
            yield f"'{field}' in '{table}' fails its check in {share:.0f} of 100 rows. Has the way it is written changed?"


def _code_shares(facts: Facts) -> Iterator[str]:
    if not (facts.compares and facts.standing):
        return
    before, now = facts.standing.statistics, facts.parsed.statistics
    for table, fields in before.codes.items():
        for field, codes in fields.items():
            here = now.codes.get(table, {}).get(field, {})
            yield from _shares_of_one(field, table, codes, here, facts.limits)


def _shares_of_one(
    field: str, table: str, before: dict[str, int], now: dict[str, int], limits: Thresholds
) -> Iterator[str]:
    all_before, all_now = sum(before.values()), sum(now.values())
    if min(all_before, all_now) < limits.few:
        return
    for code in sorted({*before, *now}):
        expected = before.get(code, 0) * all_now / all_before
        count = now.get(code, 0)
        if max(expected, count) < limits.few:
            continue
        if not limits.code_least * expected <= count <= limits.code_most * expected:
            said = f"'{code or 'no'}' stands in '{field}' of '{table}'"
            yield f"{said} {count:,} times, where about {expected:,.0f} were to be expected."


def _returning(facts: Facts) -> Iterator[str]:
    seen = facts.overlap
    if facts.compares and seen.last_reported >= facts.limits.few:
        share = seen.returning / seen.last_reported
        if share < facts.limits.returning_least:
            yield f"Only {100 * share:.0f} of 100 persons of the last delivery are in this one: the others stay as they were."


def _known(facts: Facts) -> Iterator[str]:
    seen = facts.overlap
    if facts.compares and min(seen.here, seen.last_reported) >= facts.limits.few:
        share = seen.known / seen.here
        if share < facts.limits.known_least:
            yield f"Only {100 * share:.0f} of 100 persons here are known from before. Have the ids changed?"


def _columns(facts: Facts) -> Iterator[str]:
    if not (facts.compares and facts.standing):
        return
    for table, header in facts.parsed.statistics.headers.items():
        before = facts.standing.statistics.headers.get(table)
        if before and before != header:
            yield f"The columns of '{table}' are not those of the last delivery. Tell us before an extract changes."


def _files(facts: Facts) -> Iterator[str]:
    if not (facts.compares and facts.standing):
        return
    for table, recent in facts.standing.recent.items():
        if recent and recent[-1] and table not in facts.parsed.statistics.rows:
            yield f"The file '{table}' did not come, and usually does: what it said before stays."


#: Every gate, in the order in which a partner should hear of them.
GATES: Final = (
    Gate("feed", "refuse", _feed),
    Gate("sender", "refuse", _sender),
    Gate("declared hash", "refuse", _declared_hashes),
    Gate("declared rows", "refuse", _declared_rows),
    Gate("declared files", "refuse", _declared_files),
    Gate("mode", "refuse", _mode),
    Gate("somebody", "refuse", _holds_somebody),
    Gate("day not to come", "refuse", _not_future),
    Gate("sequence new", "refuse", _sequence_new),
    Gate("sequence next", "park", _sequence_next),
    Gate("day not older", "refuse", _not_older),
    Gate("files", "hold", _files, adds=True),
    Gate("rows", "hold", _rows, adds=True),
    Gate("more rows", "hold", _more_rows),
    Gate("empty fields", "hold", _empty_fields, adds=True),
    Gate("unreadable fields", "hold", _unreadable),
    Gate("code shares", "hold", _code_shares, adds=True),
    Gate("persons returning", "hold", _returning, adds=True),
    Gate("persons known", "hold", _known),
    Gate("columns", "hold", _columns),
)
_BY_NAME: Final = {gate.name: gate for gate in GATES}
_GRAVITY: Final[dict[Verdict, int]] = {"refuse": 0, "park": 1, "hold": 2}
