"""One referral, however often it is sent: a key that comes again, with the same words or with more, never makes a second one.

A phone that lost its signal sends again, a gateway repeats itself, an import is run twice. The key says which referral is meant,
the digest which version of it. Whoever stores them keeps each pair of key and digest once, so that two that come at the same
moment are still one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from footprint.referrals.referral import Referral, encode


class Verdict(StrEnum):
    """What a submission is: the first of its key, one that came before, or a further version of the same referral."""

    FIRST = "first"
    AGAIN = "again"
    FURTHER = "further"


class Judged(NamedTuple):
    """The verdict, and which version (the first is 1) this submission is."""

    verdict: Verdict
    version: int


def form_key(author: str, form: str) -> str:
    """Return the key of a form that this author began. It is bound to the author: nobody adds to another's by guessing."""
    return _key("form", author, form)


def import_key(source: str, reference: str) -> str:
    """Return the key of a referral that another system sent under its own reference, however the reference is typed."""
    return _key("import", source, "".join(reference.split()).casefold())


def message_key(source: str, text: bytes) -> str:
    """Return the key of something without a reference, such as a letter that is scanned twice: its very content."""
    return _key("message", source, hashlib.sha256(text).hexdigest())


def digest(referral: Referral) -> str:
    """Return what tells this version from every other: equal referrals have equal digests."""
    return hashlib.sha256(encode(referral)).hexdigest()


def judge(versions: Sequence[str], referral: Referral) -> Judged:
    """Return what a submission is, given the digests of the versions that its key has already, the first version first.

    One that equals an earlier version is that version, come again: a late repeat takes nothing back that was added since.
    """
    sent = digest(referral)
    if sent in versions:
        return Judged(Verdict.AGAIN, versions.index(sent) + 1)
    return Judged(Verdict.FURTHER if versions else Verdict.FIRST, len(versions) + 1)


def _key(*parts: str) -> str:
    # Hashed as one list: no choice of author and form can spell another pair, and a key in a log names nobody.
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
