"""Why the records of a person are held to be one human being, and who else it might be."""

from __future__ import annotations

from footprint.answer.lives import life
from footprint.answer.people import People, Shown
from footprint.answer.reasons import reasons
from footprint.answer.relatives import stated_kin
from footprint.answer.statements import called
from footprint.answer.values import LinkView, PossibleOther
from footprint.records.published import Tie


def links(people: People, shown: Shown) -> tuple[LinkView, ...]:
    """Return the links that hold the visible records together, the strongest first; none of a protected person."""
    if shown.standing != "open":
        return ()
    inside = [
        tie
        for tie in people.content.ties_of(shown.number)
        if tie.verdict == "joined" and {tie.one, tie.other} <= set(shown.keys)
    ]
    return tuple(
        LinkView(
            one=tie.one,
            other=tie.other,
            weight=round(tie.weight, 1),
            rule=tie.rule,
            why=reasons(tie, shown.sources),
        )
        for tie in sorted(inside, key=lambda tie: (-tie.weight, tie.one, tie.other))
    )


def possible_others(people: People, shown: Shown) -> tuple[PossibleOther, ...]:
    """Return people who may be the same human being, the likeliest first.

    Not among them: what was ruled different, and whom a partner that holds both calls a relative: twins are two.
    """
    if shown.standing != "open":
        return ()
    kin = stated_kin(people, shown)
    found: dict[str, list[Tie]] = {}
    others: dict[str, Shown] = {}
    for tie in people.content.ties_of(shown.number):
        here, there = (tie.one, tie.other) if tie.one in shown.keys else (tie.other, tie.one)
        other = people.by_record(there) if here in shown.keys and there not in shown.keys else None
        if other is not None and other.id not in kin and not ruled_out(people, shown, other):
            others[other.id] = other
            found.setdefault(other.id, []).append(tie)
    views = [_view(people, shown, others[person_id], ties) for person_id, ties in found.items()]
    return tuple(sorted(views, key=lambda view: (-view.weight, view.person_id)))


def ruled_out(people: People, shown: Shown, other: Shown) -> bool:
    """Say whether a ruling keeps two people apart for good: sealed, or two for whoever looked."""
    return any(
        people.overlay.sealed(mine, theirs)
        or (people.overlay.apart(mine, theirs) and not people.overlay.disputed(mine, theirs))
        for mine in shown.keys
        for theirs in other.keys
    )


def _view(people: People, shown: Shown, other: Shown, ties: list[Tie]) -> PossibleOther:
    strongest = max(ties, key=lambda tie: tie.weight)
    lived = life(other.sources, people.content.day)
    return PossibleOther(
        person_id=other.id,
        name=called(other.sources),
        birth=lived.birth,
        age=lived.age,
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        standing=other.standing,
        weight=round(strongest.weight, 1),
        disputed=any(people.overlay.disputed(mine, theirs) for mine in shown.keys for theirs in other.keys),
        records=other.keys if other.standing == "open" else (),
        why=reasons(strongest, (*shown.sources, *other.sources)) if other.standing == "open" else (),
    )
