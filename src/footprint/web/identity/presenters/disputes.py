"""What a steward sees: what waits and for how long, and the two sides of a dispute field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.answer import words as answer_words
from footprint.answer.side_fields import SideField
from footprint.answer.sides import Side
from footprint.answer.values import LinkView, Statement
from footprint.decisions import Decision
from footprint.web.accounts.models import Membership
from footprint.web.cases.person.presenters.identity import RULES
from footprint.web.cases.scope import StewardScope
from footprint.web.design.words import moment
from footprint.web.identity import words
from footprint.web.identity.models import Dispute, Step, Voice
from footprint.web.identity.reading import Reading
from footprint.web.identity.states import Said, State, next_of

_AGREEMENTS: Final = {"agrees": "Agrees", "differs": "Differs", "one side": "Only one says"}
_COLOURS: Final = {"agrees": "govuk-tag--green", "differs": "govuk-tag--red", "one side": "govuk-tag--grey"}
_RULINGS: Final = {"same": "One person", "different": "Two people, for good", "disputed": "Doubted"}
# What most names and homes are, and so no news.
_USUAL: Final = frozenset({"", "usual", "home"})
#: What a steward may rule, in the order in which it stands, and what follows from it.
CHOICES: Final[dict[Said, tuple[tuple[State, str, str], ...]]] = {
    Said.NOT_THEM: (
        (
            State.DIFFERENT,
            "Two people",
            "They stay apart, for good. If anybody was shown the link, a breach is opened.",
        ),
        (
            State.SAME,
            "One person after all",
            "They stand together again, at the latest with the next morning’s data.",
        ),
        (State.UNCLEAR, "Still unclear", "They stay apart and in this queue."),
    ),
    Said.SAME: (
        (State.SAME, "One person", "They are joined with the next morning’s data."),
        (State.DIFFERENT, "Two people", "They stay apart, for good."),
        (State.UNCLEAR, "Still unclear", "They stay side by side and in this queue."),
    ),
}
OWN: Final = (
    "One of them is close to you, by what you declared about yourself. Another steward must settle this."
)
SAID_IT: Final = "You said so yourself. Another steward must settle this."
NOT_TO_BE_SEEN: Final = (
    "One of the two is not to be seen any more, so they cannot be compared. They can be settled as two."
)


class QueueLine(NamedTuple):
    """A dispute in the queue. `tags` are pairs of words and colour."""

    reference: str
    url: str
    tags: tuple[tuple[str, str], ...]
    says: str
    by: str
    waiting: str
    at: str


class Cell(NamedTuple):
    """One value on one side, and who says so, when."""

    value: str
    who: str


class Row(NamedTuple):
    """One field on both sides."""

    label: str
    agreement: str
    colour: str
    one: tuple[Cell, ...]
    other: tuple[Cell, ...]


class SideView(NamedTuple):
    """One side's heading: how it is called, what is to be known of it first, and its records."""

    name: str
    born: str
    marks: tuple[str, ...]
    records: tuple[str, ...]


class Link(NamedTuple):
    """Why the two were held together, or might be."""

    why: str
    rule: str


class Past(NamedTuple):
    """Something that was said or ruled before: what, by whom, when and why."""

    what: str
    by: str
    at: str
    reason: str


class DisputePage(NamedTuple):
    """One dispute. `one` and `other` are None where they may not be shown; `refusal` says why this steward may not settle it.

    `too` has who else says so, and `taken_back` those who said so and do no longer.
    """

    reference: str
    says: str
    state: str
    by: str
    reason: str
    too: tuple[Past, ...]
    taken_back: tuple[Past, ...]
    waiting: str
    about_a_child: bool
    one: SideView | None
    other: SideView | None
    rows: tuple[Row, ...]
    links: tuple[Link, ...]
    against: tuple[str, ...]
    rulings: tuple[Past, ...]
    steps: tuple[Past, ...]
    choices: tuple[tuple[str, str], ...]
    hints: dict[str, str]
    may_take_back: bool
    refusal: str
    receipt: str


def line_of(newest: Step, now: dt.datetime) -> QueueLine:
    """Return a dispute, by its newest step, as it stands in the queue."""
    dispute, state = newest.dispute, State(newest.state)
    tags = [("Child", "govuk-tag--purple")] if dispute.about_a_child else []
    if state is not State.OPEN:
        tags.append((words.STATES[state], "govuk-tag--grey"))
    return QueueLine(
        reference=dispute.reference,
        url=reverse("identity:dispute", args=[dispute.pk]),
        tags=tuple(tags),
        says=words.SAYS[Said(dispute.said)],
        by=who(dispute.by),
        waiting=waited(now - dispute.opened_at),
        at=moment(dispute.opened_at),
    )


def page_of(
    scope: StewardScope,
    dispute: Dispute,
    state: State,
    steps: Sequence[Step],
    reading: Reading,
    refusal: str,
    voices: Sequence[Voice] = (),
) -> DisputePage:
    """Return a dispute as its page shows it; `voices` are of everybody who says so, where several do."""
    said, sides = Said(dispute.said), reading.sides
    choices = choices_of(said, state) if not refusal else ()
    return DisputePage(
        reference=dispute.reference,
        says=words.SAYS[said],
        state=words.STATES[state],
        by=who(dispute.by),
        reason=dispute.reason,
        too=tuple(_too(one) for one in voices if one.by_id != dispute.by_id),
        taken_back=tuple(_voice_taken_back(one) for one in voices if one.taken_back_at),
        waiting=waited(scope.now - dispute.opened_at),
        about_a_child=dispute.about_a_child,
        one=_side(sides.one) if sides else None,
        other=_side(sides.other) if sides else None,
        rows=tuple(_row(field) for field in sides.fields) if sides else (),
        links=tuple(_link(link) for link in sides.links) if sides else (),
        against=sides.against if sides else (),
        rulings=tuple(_ruling(made) for made in reading.rulings),
        steps=tuple(_step(one) for one in reversed(steps)),
        choices=tuple((after.value, label) for after, label, _ in choices),
        hints={after.value: hint for after, _, hint in choices},
        may_take_back=not refusal and State.OPEN in next_of(said, state),
        refusal=refusal or (NOT_TO_BE_SEEN if sides is None else ""),
        receipt=(
            f"Receipt {reading.receipt.number}. Shown to {scope.actor.name} on {moment(scope.now)} for "
            f"{scope.purpose.label}, {dispute.reference}. Not a clearance."
        ),
    )


def refusal_of(dispute: Dispute, voices: Sequence[Voice], user_id: object, *, is_own: bool) -> str:
    """Return why somebody may not settle a dispute, or nothing: it takes two people."""
    if user_id in (dispute.by.user_id, *(one.by.user_id for one in voices)):
        return SAID_IT
    return OWN if is_own else ""


def choices_of(said: Said, state: State) -> tuple[tuple[State, str, str], ...]:
    """Return what a steward may rule now, with its words."""
    return tuple(one for one in CHOICES[said] if one[0] in next_of(said, state))


def who(membership: Membership) -> str:
    """Return somebody by name and organisation."""
    return f"{membership.user.name}, {membership.partner.name}"


def waited(time: dt.timedelta) -> str:
    """Return how long something waits: "3 days", "5 hours", "20 minutes"."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(time.total_seconds()) // size
        if count >= 1:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def _side(side: Side) -> SideView:
    marks = (
        "Child" if side.is_child else "",
        "Expected" if side.unborn else "",
        f"Died: {side.died}" if side.died else "",
        "Protected: no home, school or number is shown" if side.standing == "protected" else "",
    )
    return SideView(
        name=side.name,
        born=side.birth,
        marks=tuple(mark for mark in marks if mark),
        records=tuple(f"{said.name} {said.record.rpartition('/')[2]}" for said in side.records),
    )


def _row(field: SideField) -> Row:
    return Row(
        label=field.label,
        agreement=_AGREEMENTS[field.agreement],
        colour=_COLOURS[field.agreement],
        one=tuple(_cells(field.one)),
        other=tuple(_cells(field.other)),
    )


def _cells(statements: Iterable[Statement]) -> Iterable[Cell]:
    for one in statements:
        value = one.value if one.use in _USUAL else f"{one.value} ({one.use})"
        yield Cell(value, "; ".join(f"{said.name}, {answer_words.day(said.on)}" for said in one.said_by))


def _link(link: LinkView) -> Link:
    rule = f"{link.rule}: {RULES[link.rule]}" if link.rule in RULES else "Only possible: no rule joined them"
    return Link("; ".join(link.why), rule)


def _ruling(made: Decision) -> Past:
    ended = f", taken back by {made.undone_by}" if made.undone_by else ""
    return Past(f"{_RULINGS[made.kind]}{ended}", made.by, moment(made.at), made.reason)


def _too(voice: Voice) -> Past:
    return Past("Doubts it too", who(voice.by), moment(voice.at), voice.reason)


def _voice_taken_back(voice: Voice) -> Past:
    said = moment(voice.taken_back_at) if voice.taken_back_at else ""
    return Past("Doubts it no longer", who(voice.by), said, voice.taken_back_because)


def _step(step: Step) -> Past:
    return Past(words.STATES[State(step.state)], who(step.by), moment(step.at), step.reason)
