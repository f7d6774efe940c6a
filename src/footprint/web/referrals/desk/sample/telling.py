"""An invented referral of given children and adults, well or poorly written: the better, the more of it is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Any, Final, NamedTuple

import msgspec

from footprint.referrals.referral import (
    Child,
    Concern,
    Informing,
    Links,
    Referral,
    Referrer,
    Request,
    Responsibility,
    Safety,
    Said,
    Source,
    Statement,
    Voice,
    Words,
)
from footprint.web.referrals.desk.sample import phrases

_URGENT: Final = 0.12
_LEVELS: Final = ("2", "3", "3", "4", "4")
_MOST_CHILDREN: Final = 4


class Sender(NamedTuple):
    """Who sends it: name, role in words, whether it is an officer, and from which incident it comes, if from one."""

    name: str
    role: str
    is_police: bool
    incident: str = ""


def told(family: Referral, sender: Sender, at: dt.datetime, quality: float, dice: Random) -> Referral:
    """Return the family's referral as this sender writes it at this instant. `quality` lies between 0 and 1."""

    def said(lines: Sequence[str]) -> str:
        return dice.choice(lines) if dice.random() < quality else ""

    urgent = dice.random() < _URGENT
    hours = dice.choice((1, 2, 3, 5, 8, 14, 30, 50)) if quality < 0.7 else dice.choice((1, 2, 3, 5))
    children = tuple(_child(one, quality, dice) for one in family.children[:_MOST_CHILDREN])
    home = next((one.address for one in children if one.address), "")
    return msgspec.structs.replace(
        family,
        children=children,
        who=", ".join(one.name for one in children if one.name),
        place=home,
        noticed=(at - dt.timedelta(hours=hours)).isoformat() if dice.random() < quality + 0.2 else "",
        referrer=Referrer(
            name=sender.name,
            role=sender.role,
            phone="01632 960114",
            spoke_at=at.isoformat() if urgent and dice.random() < 0.8 else "",
        ),
        concern=Concern(
            wrong=dice.choice(phrases.WRONG),
            statements=_statements(quality, dice),
            history=said(phrases.HISTORY),
            strengths=said(phrases.STRENGTHS),
        ),
        safety=Safety(
            danger_now=Said.YES if urgent else Said.NO,
            action_taken=said(phrases.DONE),
            plan=said(phrases.PLANS),
        ),
        informing=_informing(quality, dice),
        request=Request(
            level=dice.choice(_LEVELS) if dice.random() < quality + 0.2 else "",
            argument=said(phrases.ARGUMENTS),
            asked=said(phrases.ASKED),
        ),
        responsibilities=tuple(
            Responsibility(child=one.key, adult=family.adults[0].key, held=Said.YES)
            for one in children
            if family.adults and dice.random() < quality
        ),
        links=_links(sender, quality, dice),
    )


def _child(child: Child, quality: float, dice: Random) -> Child:
    """A child with a voice, or without: the words under several concepts, and the child's own."""
    if dice.random() > quality + 0.15:
        return msgspec.structs.replace(child, voice=None, school="", nhs_number="")
    lines: dict[str, Any] = {
        "words": phrases.WORDS,
        "appearance": phrases.LOOKS,
        "activity": phrases.DOES,
        "environment": phrases.HOME,
        "concern": phrases.WORRIES,
    }
    noted = tuple(
        Words(concept=concept, text=dice.choice(texts), verbatim=concept == "words" and dice.random() < 0.8)
        for concept, texts in lines.items()
        if dice.random() < quality + 0.1
    )
    voice = Voice(
        present=dice.choice(("there", "heard", "asleep")),
        spoken_by="The officer" if dice.random() < quality else "",
        alone=Said.YES if dice.random() < quality else None,
        noted=noted,
    )
    return msgspec.structs.replace(child, voice=voice)


def _statements(quality: float, dice: Random) -> tuple[Statement, ...]:
    if dice.random() > quality + 0.1:
        return ()
    source = dice.choice((Source.SEEN, Source.TOLD))
    return (Statement(source=source, text=dice.choice(phrases.HAPPENED), when="that evening"),)


def _informing(quality: float, dice: Random) -> Informing:
    if dice.random() > quality + 0.1:
        return Informing()
    if dice.random() < 0.7:
        return Informing(parents_told=Said.YES, agreed=Said.YES if dice.random() < 0.8 else Said.NO)
    return Informing(
        parents_told=Said.NO, reason="risk-to-child", explanation="He would know at once who had spoken."
    )


def _links(sender: Sender, quality: float, dice: Random) -> Links:
    if not sender.is_police:
        return Links()
    return Links(
        incident=sender.incident,
        video=f"BWV-{dice.randrange(10**6):06}" if dice.random() < quality else "",
        no_video="" if dice.random() < quality else dice.choice(("forgot", "fault", "")),
        domestic_abuse=Said.YES if dice.random() < 0.5 else Said.NO,
        dash=f"DASH-{dice.randrange(10**5):05}" if dice.random() < quality else "",
    )
