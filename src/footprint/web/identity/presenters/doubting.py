"""What a user sees who doubts a link or misses one: the records as each partner holds them, and who else it might be."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.answer import words
from footprint.answer.values import Footprint
from footprint.web.cases.person.destinations import destinations
from footprint.web.cases.person.presenters.identity import called
from footprint.web.cases.person.presenters.stamp import receipt_line
from footprint.web.cases.person.services import Shown
from footprint.web.cases.scope import Scope
from footprint.web.design.words import moment
from footprint.web.identity import words as identity_words
from footprint.web.identity.models import Dispute, Step, Voice
from footprint.web.identity.presenters.apart import in_doubt_between
from footprint.web.identity.states import Said, State, may_withdraw

#: What a link says of things that two people seldom share, and how it is said here.
_SELDOM_SHARED: Final = {
    "same number, checked": "the same number, such as an NHS number",
    "same mobile number or e-mail address": "the same mobile number or e-mail address",
}
#: Fields in which one person seldom differs, the most telling first.
_TELLING: Final = ("birth", "sex", "home")


class Choice(NamedTuple):
    """One thing to choose: its value in the form, its label, and what tells it from the others."""

    value: str
    label: str
    hint: str


class Own(NamedTuple):
    """Something that the user said before and may take back: when, under which name, and where."""

    at: str
    reference: str
    href: str


class Report(NamedTuple):
    """What somebody said, and where it stands. It names nobody: neither whom it is about, nor which steward settled it."""

    reference: str
    at: str
    case: str
    back: str
    reason: str
    state: str
    steps: tuple[tuple[str, str], ...]
    may_withdraw: bool


class DoubtPage(NamedTuple):
    """A page on which something is said of a person: who it is, what there is to choose, and where the way back leads.

    `agree` is what speaks against two people, each a sentence. Of somebody in dispute already `sentence` says where that stands,
    and `too` leads to where one says that one doubts it too.
    """

    who: str
    back: str
    receipt: str
    choices: tuple[Choice, ...]
    suggested: tuple[str, ...]
    sentence: str = ""
    too: str = ""
    mine: tuple[Own, ...] = ()
    agree: tuple[str, ...] = ()


def report(dispute: Dispute, steps: Sequence[Step], voice: Voice | None = None) -> Report:
    """Return what somebody said, as its own page shows it to them; `voice` is theirs where several say so."""
    states = [State(one.state) for one in steps]
    said = voice or dispute
    case, at = said.case, voice.at if voice else dispute.opened_at
    happened = [(identity_words.STATES[State(one.state)], moment(one.at)) for one in reversed(steps)]
    back = voice.taken_back_at if voice else None
    if back and states[-1] is State.OPEN:
        happened.insert(0, (identity_words.STATES[State.WITHDRAWN], moment(back)))
    return Report(
        reference=dispute.reference,
        at=moment(at),
        case=identity_words.of_case(case.entry_reference) if case else "",
        back=reverse("cases:case", args=[case.pk]) if case else reverse("home"),
        reason=said.reason,
        state=happened[0][0],
        steps=tuple(happened),
        may_withdraw=may_withdraw(Said(dispute.said), states) and not back,
    )


def not_them(
    scope: Scope, shown: Shown, handle: str, mine: Sequence[Dispute] = (), joins: Dispute | None = None
) -> DoubtPage:
    """Return the page on which records are said to be another's; `joins` is the dispute in which this user may say so too."""
    answer = shown.footprint
    names = {partner.partner: partner.name for partner in answer.partners}
    facts = _facts(answer)
    keys = [key for partner in answer.partners for key in partner.records]
    choices = [Choice(name_of(key), called(key, names), _sentence(facts[key])) for key in keys]
    page = _page(scope, shown, handle, choices, tuple(name_of(key) for key in suggested(answer)))
    own = (Own(moment(one.opened_at), one.reference, reverse("identity:said", args=[one.pk])) for one in mine)
    page = page._replace(mine=tuple(own), agree=tuple(agreeing(answer, names)))
    if joins is None:
        return page
    return page._replace(sentence=_in_dispute(scope, answer), too=destinations(scope.case, handle).doubt_too)


def doubt_too(scope: Scope, shown: Shown, handle: str) -> DoubtPage:
    """Return the page on which somebody says that they doubt it too."""
    page = _page(scope, shown, handle, [], ())
    return page._replace(sentence=_in_dispute(scope, shown.footprint))


def parts_of(answer: Footprint) -> list[Sequence[str]]:
    """Return the records of this part of somebody in doubt, and of every other part that the reader sees."""
    return [
        [key for partner in answer.partners for key in partner.records],
        *(one.records for one in answer.apart),
    ]


def _in_dispute(scope: Scope, answer: Footprint) -> str:
    return in_doubt_between(scope, parts_of(answer)).sentence


def agreeing(answer: Footprint, names: Mapping[str, str]) -> Iterator[str]:
    """What two people seldom share and these records do: said before anybody takes them apart, and no reason not to."""
    for says, what in _SELDOM_SHARED.items():
        records = dict.fromkeys(
            key for link in answer.links if says in link.why for key in (link.one, link.other)
        )
        if records:
            yield f"{words.listed(called(key, names) for key in records)} carry {what}."


def same(scope: Scope, shown: Shown, handle: str, said: Mapping[str, str], chosen: str) -> DoubtPage:
    """Return the page on which somebody else is said to be the same person. `said` has those of whom it was said already."""
    choices = []
    for other in shown.footprint.possible:
        if other.records:
            waits = (
                ("somebody says so already, and a data steward will decide",)
                if other.person_id in said
                else ()
            )
            hint = "; ".join((*other.why, *waits))
            value = shown.handles.get(other.person_id, "")
            choices.append(Choice(value, words.known_by(other.name, other.birth), _sentence([hint])))
    values = [one.value for one in choices]
    only = tuple(values) if len(values) == 1 else ()
    return _page(scope, shown, handle, choices, (chosen,) if chosen in values else only)


def name_of(key: str) -> str:
    """Return a record's name in a form: it tells nothing, and is the same from page to page."""
    return hashlib.blake2b(key.encode(), digest_size=8, person=b"footprint-doubt").hexdigest()


def suggested(answer: Footprint) -> tuple[str, ...]:
    """Return the records that stand against the others, where that is plain: one step then does it.

    Of two records either will do, for what is said is that they are two people's. Of more it is those that alone say another
    birthday, sex or home. Where nothing is plain nothing is chosen before.
    """
    keys = [key for partner in answer.partners for key in partner.records]
    if len(keys) == 2:
        return (keys[1],)
    for field in _TELLING:
        stated = next((one for one in answer.stated if one.field == field), None)
        if stated and len(stated.statements) == 2:
            sides = [{said.record for said in one.said_by} for one in stated.statements]
            few = min(sides, key=len)
            if 2 * len(few) < len(sides[0] | sides[1]) and sides[0].isdisjoint(sides[1]):
                return tuple(key for key in keys if key in few)
    return ()


def _page(
    scope: Scope, shown: Shown, handle: str, choices: list[Choice], suggested: tuple[str, ...]
) -> DoubtPage:
    answer = shown.footprint
    return DoubtPage(
        who=words.known_by(answer.name, answer.birth),
        back=destinations(scope.case, handle).person,
        receipt=receipt_line(scope, shown.receipt),
        choices=tuple(choices),
        suggested=suggested,
    )


def _facts(answer: Footprint) -> Mapping[str, list[str]]:
    """What each record says of who this is, in the order in which fields stand on the footprint."""
    found: dict[str, list[str]] = defaultdict(list)
    for stated in answer.stated:
        before = {"birth": "born ", "death": "died "}.get(stated.field, "")
        for statement in stated.statements:
            for said in statement.said_by:
                found[said.record].append(f"{before}{statement.value}")
    for partner in answer.partners:
        for key in partner.records:
            found[key].append(partner.freshness)
    return found


def _sentence(parts: list[str]) -> str:
    return "; ".join(_texts(parts))


def _texts(parts: list[str]) -> Iterator[str]:
    yield from (part for part in dict.fromkeys(parts) if part)
