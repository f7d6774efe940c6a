"""The taking of another system's referrals: each in its own transaction, by the one writer, however often its file comes.

Killed half-way, a file is taken again from its beginning: what came is what it was. Whatever cannot be taken is told to the front
door at once, since a child may stand in it.
"""

from __future__ import annotations

import hashlib
import logging
import re
import uuid
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from django.conf import settings
from django.db import DatabaseError, DataError, transaction
from django.urls import reverse
from django.utils import timezone

from footprint.feeds.refusing import RefusedError
from footprint.ledger import LedgerError
from footprint.records.text import fold
from footprint.referrals.import_contract import ImportContract, load_contracts
from footprint.referrals.import_trees import Fault, UnreadableError
from footprint.referrals.importing import Imported, import_file
from footprint.referrals.referral import Referral as Said
from footprint.referrals.versions import is_child_gone
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.accounts.queries import held_now, with_right
from footprint.web.design.words import moment
from footprint.web.ledger.store import ledger
from footprint.web.notices.services import notify, remind_once
from footprint.web.referrals.models import Referral, Version
from footprint.web.referrals.queries import latest_of
from footprint.web.referrals.retention import was_ended
from footprint.web.referrals.services import receive_imported, sent_as
from footprint.web.referrals.taking import (
    NO_ROLE,
    FileRefused,
    content_of,
    contract_named,
    entry_of,
    partner_of,
)
from footprint.web.referrals.whoever_told import Teller

log: Final = logging.getLogger(__name__)

#: Bytes of the largest file that is taken: more than a year of a large force's forms.
LARGEST: Final = 16 << 20
#: As the front door is told.
NOTICE: Final = "referral-file"
_TOLD: Final = (
    "Part of a file of referrals from {} could not be read, and a child may be in it; all else is taken. It is {}. "
    "Ring them: ask what they sent, and whether anybody is in danger now."
)
_TOLD_WHOLE: Final = (
    "A file of referrals from {} was refused whole: nothing in it came, and a child may be in it. It is {}. "
    "Ring them: ask what they sent, and whether anybody is in danger now."
)
#: A name of a file that is shown: of these words, the contract's own, and dates and times. Any other may be a family's.
_PLAIN_WORDS: Final = frozenset(
    {"csv", "json", "xml", "txt", "export", "extract", "forms", "referrals", "marf"}
)
_DATED: Final = re.compile(r"20\d\d|\d\d|20\d{6}|20\d{10}")
_LONGEST_NAME: Final = 80
_ACTOR: Final = "referral-import"
_NOBODY: Final = uuid.UUID(int=0)
_UNKEPT: Final = (
    "this holds characters that the database cannot keep. Send it to the front door as a document."
)
_UNFORESEEN: Final = (
    "this could not be taken, and the log says why. Send it to the front door as a document, and tell whoever runs "
    "this service."
)
_FEWER: Final = (
    "this names fewer people than before, or others in their place, or says danger no more, and some of its rows may be among "
    "those that could not be read. It is left as it stood. Send the file again, whole."
)


class Came(StrEnum):
    """What a form of the file is: a new referral, an addition to one that is there, the very same again, or kept its time."""

    NEW = "new"
    ADDED = "added"
    SAME = "same"
    ENDED = "ended"


class Taken(NamedTuple):
    """What a file came to: referrals that are new, added to, as they stood, or were kept their time and are not taken again; how
    many say what was not understood; faults.
    """

    contract: str
    new: int
    added: int
    same: int
    ended: int
    with_unread: int
    faults: tuple[Fault, ...]


class _Source(NamedTuple):
    """Whose file this is: its contract, the partner who sends it, the file's hash, and who it is that acts."""

    contract: ImportContract
    partner: Partner
    sha256: str
    actor: Actor


def take_file(path: Path, contract: str = "") -> Taken:
    """Take another system's referrals. Raises FileRefused and reading.ChoiceError: then nothing was taken.

    Raises LedgerError, too: what was taken before is taken, and taking the file again brings the rest. `contract` is a contract's
    name, and may be left out where there is one alone.
    """
    of = contract_named(contract, load_contracts(settings.DATA))
    partner = partner_of(of)
    try:
        content, sha256 = content_of(path, ("utf-8", "cp1252"), most_bytes=LARGEST)
        source = _Source(of, partner, sha256, _actor(of, partner))
        read = import_file(content, of)
    except (RefusedError, UnreadableError) as error:
        _tell_front_door(of, partner, path, str(error) + _digest_of(path), whole=True)
        raise FileRefused(str(error)) from None
    if read.faults:
        _tell_front_door(of, partner, path, sha256, whole=not read.referrals)
    if not read.referrals:
        first = read.faults[0]
        raise FileRefused(f"No referral of the file can be taken. Line {first.line}: {first.says}")
    came, faults = Counter[Came](), list(read.faults)
    for one in read.referrals:
        try:
            came[_take(source, one, torn=bool(read.faults))] += 1
        except _Fault as fault:
            faults.append(Fault(one.line, str(fault)))
        except (LedgerError, DatabaseError):
            raise
        except Exception:
            # One form that nobody foresaw keeps none of those behind it from coming in.
            log.exception("A form of %s could not be taken.", of.name)
            faults.append(Fault(one.line, _UNFORESEEN))
    taken = Taken(
        of.name,
        came[Came.NEW],
        came[Came.ADDED],
        came[Came.SAME],
        came[Came.ENDED],
        sum(bool(one.referral.imported.unread) for one in read.referrals),
        tuple(sorted(faults)),
    )
    with transaction.atomic():
        if len(faults) > len(read.faults):
            _tell_front_door(of, partner, path, sha256, whole=False)
        if taken.new or taken.added or taken.faults:
            _enter(source, taken)
    return taken


class _Fault(ValueError):
    """A referral that cannot be taken, with what to do."""


def _take(source: _Source, one: Imported, *, torn: bool) -> Came:
    """Take one referral. Of a file that is torn nothing takes a child out of a referral that is there."""
    before = sent_as(one.key)
    if before is None and was_ended(one.key):
        return Came.ENDED
    said = _spelled(before, _named(source, one.referral))
    if torn and before is not None and _fewer(latest_of(before), said):
        raise _Fault(_FEWER)
    versions = _versions(before)
    try:
        teller = Teller(source.partner, _team(source, said))
        after = receive_imported(source.actor, teller, said, key=one.key)
    except DataError:
        raise _Fault(_UNKEPT) from None
    if before is None:
        return Came.NEW
    return Came.ADDED if _versions(after) > versions else Came.SAME


def _versions(referral: Referral | None) -> int:
    return Version.objects.filter(referral=referral).count() if referral else 0


def _fewer(before: Said, said: Said) -> bool:
    """Say whether somebody is missing who was named before, be another in their place, or the danger that was said."""
    now = {one.name for one in said.adults}
    return (
        len(said.children) < len(before.children)
        or len(said.adults) < len(before.adults)
        or is_child_gone(before, said)
        or any(one.name not in now for one in before.adults)
        or (before.rouses and not said.rouses)
    )


def _spelled(before: Referral | None, said: Said) -> Said:
    """The referral under its reference as it was first typed: typed otherwise, it is the same form, and adds nothing."""
    if before is None:
        return said
    form = msgspec.structs.replace(said.imported, reference=latest_of(before).imported.reference)
    return msgspec.structs.replace(said, imported=form)


def _named(source: _Source, said: Said) -> Said:
    """The referral with the partner's name, where the form gives none: its code is no word for a reader."""
    if said.referrer.partner != source.contract.partner:
        return said
    referrer = msgspec.structs.replace(said.referrer, partner=source.partner.name)
    return msgspec.structs.replace(said, referrer=referrer)


def _team(source: _Source, said: Said) -> str:
    """The team as accounts call it, whose supervisor then reads it; what no account knows stands on the form alone."""
    name = said.referrer.team
    there = (
        held_now().filter(partner=source.partner).order_by("team").values_list("team", flat=True).distinct()
    )
    return next((one for one in there if one and fold(one) == fold(name)), "")


def _digest_of(path: Path) -> str:
    """What tells one refused file from another, so that a file that is tried every minute is told of once."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _actor(contract: ImportContract, partner: Partner) -> Actor:
    """Who sends a file: an organisation's system, which is no user and may do nothing else."""
    name = f"{partner.name}: {contract.title}"[:200]
    return Actor(
        user_id=_NOBODY,
        username=_ACTOR,
        name=name,
        membership_id=0,
        role=NO_ROLE,
        role_label="",
        rights=frozenset(),
        partnership=partner.partnership_id,
        organisation=partner.code,
        organisation_name=partner.name,
        sector=partner.sector,
        team="",
        session="",
        strength="",
    )


def _tell_front_door(
    contract: ImportContract, partner: Partner, path: Path, what: str, *, whole: bool
) -> None:
    """Tell everybody at the front door, once for each file: which it is, and whether anything of it came."""
    key = hashlib.sha256(f"{NOTICE}\0{partner.pk}\0{what}".encode()).hexdigest()
    told, now = _TOLD_WHOLE if whole else _TOLD, timezone.now()
    with transaction.atomic():
        if remind_once(f"{NOTICE}:{key}", now):
            door = with_right(Right.DECIDE_REFERRALS).filter(partner__partnership=partner.partnership_id)
            sentence = told.format(partner.name, _which(contract, path, moment(now)))
            notify(door, NOTICE, sentence, reverse("referrals:queue"))


def _which(contract: ImportContract, path: Path, at: str) -> str:
    """How people call the file: by its name where that can be nobody's, and by its contract and when it was tried."""
    own = _words_in(f"{contract.name} {contract.partner}")
    is_plain = len(path.name) <= _LONGEST_NAME and all(
        word in _PLAIN_WORDS | own or _DATED.fullmatch(word) for word in _words_in(path.name)
    )
    named = f"{path.name}, " if is_plain else ""
    return f"{named}by the contract {contract.name[:_LONGEST_NAME]}, tried {at}"


def _words_in(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.casefold()))


def _enter(source: _Source, taken: Taken) -> None:
    facts: dict[str, str | int | bool | None] = {
        "contract": taken.contract,
        "sha256": source.sha256,
        "new": taken.new,
        "added": taken.added,
        "same": taken.same,
        "faults": len(taken.faults),
    }
    ledger().record(entry_of("referral-file", _ACTOR, source.partner, facts), join=True)
