"""What somebody was shown of a person, to be kept until they look again: enough to say what is new, too little to be read.

It holds no name and no address: digests of what stood there, the keys of records, and how fresh each partner was.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from footprint.answer.values import Footprint, InvolvementLine, PartnerAnswer, Standing, Value, Worker

Sort = Literal["event", "open", "unreported", "closed"]


class Seen(Value, frozen=True, kw_only=True):
    """One footprint as it was shown. `facts` and `workers` are digests; `as_of` is the day of each partner's data.

    `records` are keys. `stale` names the partners whose data was too old to rely on, `unreported` those that no longer
    reported the person, `existing` those that told no more than that there is something.
    """

    person_id: str
    snapshot: str
    day: str
    standing: Standing
    died: bool
    facts: tuple[str, ...]
    workers: tuple[str, ...]
    records: tuple[str, ...]
    as_of: dict[str, str]
    stale: tuple[str, ...]
    unreported: tuple[str, ...]
    existing: tuple[str, ...] = ()


msgspec.json.Decoder(Seen)  # met by one thread, while this is imported


class Fact(NamedTuple):
    """One event or episode of a line as it stands; `digest` is the same whenever the same is said again.

    An episode is recognised by its start: that it closed, or that its end was corrected, makes it no other.
    """

    sort: Sort
    partner: PartnerAnswer
    line: InvolvementLine
    start: str
    end: str
    digest: str

    def was(self, sort: Sort) -> str:
        """Return the digest that the same thing had, or will have, as another sort."""
        return self.digest.replace(self.sort, sort, 1)


def seen(footprint: Footprint) -> Seen:
    """Return what to keep of a footprint that is shown."""
    return Seen(
        person_id=footprint.person_id,
        snapshot=footprint.snapshot,
        day=footprint.day,
        standing=footprint.standing,
        died=bool(footprint.died),
        facts=tuple(sorted(fact.digest for fact in facts(footprint))),
        workers=tuple(sorted(map(worker_digest, footprint.workers))),
        records=tuple(sorted(key for partner in footprint.partners for key in partner.records)),
        as_of={partner.partner: partner.as_of for partner in footprint.partners},
        stale=tuple(partner.partner for partner in footprint.partners if partner.state == "stale"),
        unreported=tuple(partner.partner for partner in footprint.partners if partner.not_reported_since),
        existing=tuple(partner.partner for partner in footprint.partners if partner.existence),
    )


def facts(footprint: Footprint) -> Iterator[Fact]:
    """Yield every event and episode of a footprint. Things that cannot be told apart are numbered."""
    again: Counter[str] = Counter()
    for partner in footprint.partners:
        for line in partner.involvements:
            for sort, start, end in _times(line):
                bare = _digest(partner.partner, line.code, line.role, start)
                again[sort + bare] += 1
                yield Fact(sort, partner, line, start, end, f"{sort}:{bare}:{again[sort + bare]}")


def worker_digest(worker: Worker) -> str:
    """Return the digest by which a worker, or a team, is known again."""
    return _digest(worker.partner, worker.contact.worker, worker.contact.team)


def _times(line: InvolvementLine) -> Iterator[tuple[Sort, str, str]]:
    for day in line.days:
        yield "event", day, day
    for span in line.spans:
        if span.end:
            yield "closed", span.start, span.end
        else:
            yield ("unreported" if line.not_reported_since else "open"), span.start, ""


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=9, person=b"footprint-seen").hexdigest()
