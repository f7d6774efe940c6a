"""What changed of a person since somebody last looked, in finished sentences, the most important first.

It tells only what the footprint of now shows. What was there before and is not now is passed over in silence: it may have
been hidden, erased or sealed since, and a sentence that something is gone would tell that it was there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

from footprint.answer import words
from footprint.answer.people import People
from footprint.answer.seen import Fact, Seen, Sort, facts, worker_digest
from footprint.answer.values import Footprint, Value
from footprint.answer.words import NONE_WRONG, Wrong

ChangeKind = Literal[
    "standing",
    "died",
    "split",
    "opened",
    "worker",
    "event",
    "closed",
    "unreported",
    "joined",
    "stale",
    "fresh",
]
#: Which of several changes is told first.
ORDER: Final[tuple[ChangeKind, ...]] = (
    "standing", "died", "split", "opened", "worker", "event", "closed", "unreported", "joined", "stale", "fresh",
)  # fmt: skip


class Change(Value, frozen=True, kw_only=True):
    """One thing that is new. `partner` is the id of the partner that says so, `day` the ISO day of what happened; or empty."""

    kind: ChangeKind
    sentence: str
    partner: str = ""
    day: str = ""


def changes(
    before: Seen, now: Footprint, people: People | None = None, wrong: Wrong = NONE_WRONG
) -> tuple[Change, ...]:
    """Return what is new in a footprint since `before` was kept.

    With `people` it also tells of records that were shown here and are another person's now, as far as this user may see them.
    `wrong` are the numbers that were reported so.
    """
    if before.standing != now.standing:
        return (Change(kind="standing", sentence=now.sentence or words.SHOWN_IN_FULL),)
    if now.standing != "open":
        return ()
    found = [
        *_died(before, now),
        *_split(before, now, people),
        *_involvements(before, now),
        *_existence(before, now),
        *_workers(before, now, wrong),
        *_unreported(before, now),
        *_joined(before, now),
        *_freshness(before, now),
    ]
    found.sort(key=lambda change: (change.partner, change.sentence))
    found.sort(key=lambda change: change.day, reverse=True)
    return tuple(sorted(found, key=lambda change: ORDER.index(change.kind)))


def _died(before: Seen, now: Footprint) -> Iterator[Change]:
    if now.died and not before.died:
        yield Change(kind="died", sentence=now.death)


def _split(before: Seen, now: Footprint, people: People | None) -> Iterator[Change]:
    """Records that were shown here and now are somebody else's whom this user may see, and who is not protected."""
    gone = set(before.records) - set(_records(now))
    elsewhere = {key for other in now.possible for key in other.records} & gone
    elsewhere |= {key for key in gone if people and _is_anothers(people, key, now.person_id)}
    if people:
        elsewhere = {key for key in elsewhere if _was_parted(people, key, now)}
    names = {partner.partner: partner.name for partner in now.partners}
    # What stands in another part is nobody's yet: somebody doubts, and a steward has to settle it.
    doubted = {key for part in now.apart for key in part.records}
    gone_where = Counter((key.partition("/")[0], key in doubted) for key in elsewhere)
    for (partner, is_doubted), count in gone_where.items():
        who = names.get(partner, partner)
        one, several = (
            ("is held apart while somebody doubts", "are held apart while somebody doubts")
            if is_doubted
            else ("is another person's now", "are another person's now")
        )
        said = (
            f"A record of {who} that was shown here {one}."
            if count == 1
            else f"{count} records of {who} that were shown here {several}."
        )
        yield Change(kind="split", partner=partner, sentence=f"{said} Check what you relied on.")


def _is_anothers(people: People, key: str, person_id: str) -> bool:
    other = people.by_record(key)
    return other is not None and other.standing == "open" and other.id != person_id


def _was_parted(people: People, key: str, now: Footprint) -> bool:
    """Say whether a ruling or a later publishing parted a record from this person, and not what this user may see alone."""
    shown = people.find(now.person_id)
    if shown is None or people.content.number_of_record(key) != shown.number:
        return True
    return any(people.overlay.apart(key, mine) for mine in shown.keys)


def _involvements(before: Seen, now: Footprint) -> Iterator[Change]:
    """Episodes opened and closed, each by itself; events and episodes of the past, the new ones of a line together."""
    known = set(before.facts)
    new: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts(now):
        if not _is_new(fact, before):
            if fact.sort == "closed" and fact.digest not in known:
                yield _told("closed", fact, f"closed on {words.day(fact.end)}")
        elif fact.sort in ("open", "unreported"):
            yield _told("opened", fact, f"open since {words.day(fact.start)}{_to_whom(fact)}{_until(fact)}")
        else:
            new.setdefault((fact.partner.partner, fact.line.code, fact.line.role), []).append(fact)
    yield from map(_new, new.values())


def _is_new(fact: Fact, before: Seen) -> bool:
    return not any(fact.was(sort) in before.facts for sort in _SAME_THING[fact.sort])


# As what a thing may have been shown before. An episode that is open again after it closed is news.
_SAME_THING: Final[dict[Sort, tuple[Sort, ...]]] = {
    "event": ("event",),
    "open": ("open", "unreported"),
    "unreported": ("open", "unreported"),
    "closed": ("open", "unreported", "closed"),
}


def _told(kind: ChangeKind, fact: Fact, what: str) -> Change:
    role = "" if fact.line.role == words.SUBJECT else f", as {fact.line.role}"
    return Change(
        kind=kind,
        partner=fact.partner.partner,
        day=fact.end or fact.start,
        sentence=f"{fact.partner.name}: {words.inside(fact.line.label)}{role}, {what}.",
    )


def _to_whom(fact: Fact) -> str:
    said = ", ".join(part for part in (fact.line.contact.worker, fact.line.contact.team) if part)
    return f" ({said})" if said else ""


def _until(fact: Fact) -> str:
    since = fact.line.not_reported_since
    return f", not reported since {words.day(since)}" if since else ""


def _new(added: list[Fact]) -> Change:
    last = max(added, key=lambda fact: fact.end)
    when = words.span(last.start, last.end)
    total = f"; now {last.line.count} in all" if last.line.count > len(added) else ""
    if len(added) == 1:
        return _told("event", last, f"{when}{total}")
    return _told("event", last, f"{len(added)} more, the last {when}{total}")


def _workers(before: Seen, now: Footprint, wrong: Wrong) -> Iterator[Change]:
    """Workers who are new by name, but for those whom the sentence about an episode that opened names.

    A team alone is no news: it comes to the fore where a named worker is hidden.
    """
    named = {
        (fact.partner.partner, fact.line.contact.worker, fact.line.contact.team)
        for fact in facts(now)
        if fact.sort in ("open", "unreported") and _is_new(fact, before)
    }
    for worker in now.workers:
        who = (worker.partner, worker.contact.worker, worker.contact.team)
        if worker.contact.worker and worker_digest(worker) not in before.workers and who not in named:
            yield Change(
                kind="worker",
                partner=worker.partner,
                day=worker.since,
                sentence=f"{worker.name}: open to {words.contact(worker.contact, worker.partner, wrong)}.",
            )


def _existence(before: Seen, now: Footprint) -> Iterator[Change]:
    for partner in now.partners:
        if partner.existence and partner.partner not in before.existing:
            said = f"{partner.name}: {words.inside(partner.says)}"
            yield Change(kind="event", partner=partner.partner, sentence=said)


def _unreported(before: Seen, now: Footprint) -> Iterator[Change]:
    """What a partner's later data no longer names: the person, or only an episode that was open.

    It must have been named still in the data of the last look, or another, hidden record had been the fresher one.
    """
    for partner in now.partners:
        since = partner.not_reported_since
        if (
            since
            and partner.partner not in before.unreported
            and since >= before.as_of.get(partner.partner, "")
        ):
            said = f"{partner.name}: not reported since {words.day(since)}. That is not an end."
            yield Change(kind="unreported", partner=partner.partner, day=since, sentence=said)
    for fact in facts(now):
        if (
            fact.sort == "unreported"
            and fact.was("open") in before.facts
            and not fact.partner.not_reported_since
        ):
            since = fact.line.not_reported_since
            yield _told("unreported", fact, f"not reported since {words.day(since)}")


def _joined(before: Seen, now: Footprint) -> Iterator[Change]:
    names = {partner.partner: partner.name for partner in now.partners}
    added = Counter(key.partition("/")[0] for key in set(_records(now)) - set(before.records))
    for partner, count in added.items():
        what = "A record was" if count == 1 else f"{count} records were"
        said = f"{names[partner]}: {words.inside(what)} found to be this person's."
        yield Change(kind="joined", partner=partner, sentence=said)


def _freshness(before: Seen, now: Footprint) -> Iterator[Change]:
    for partner in now.partners:
        was, is_stale = partner.partner in before.stale, partner.state == "stale"
        said = f"{partner.name}: {words.freshness(partner.state, partner.as_of)}."
        if is_stale and not was:
            yield Change(kind="stale", partner=partner.partner, day=partner.as_of, sentence=said)
        elif was and not is_stale and partner.state != "unconnected":
            yield Change(kind="fresh", partner=partner.partner, day=partner.as_of, sentence=said)


def _records(now: Footprint) -> list[str]:
    return [key for partner in now.partners for key in partner.records]
