"""What a message says, as bytes: masked as recipients read it today, without names of records that are another partner's.

Only what is made here leaves the house. Equal content is equal bytes, so a second look at it tells whether anything is masked
since; whatever was let go by a guardian goes as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode, encode
from footprint.web.referrals.models import Referral, Version
from footprint.web.referrals.protecting import as_recipients_read, words_as_recipients_read

#: What is said: a version of a referral, a value such as `receiving.Decision`, or names with texts.
Body = Said | msgspec.Struct | Mapping[str, Any]

_VERSION: Final = "referral"


def content(referral: Referral, body: Body, partner: str) -> bytes:
    """Return what a message to this partner says, as JSON."""
    if isinstance(body, Said):
        last = Version.objects.filter(referral=referral).latest("number")
        said: dict[str, Any] = {
            "reference": referral.reference,
            "version": last.number,
            "sent": last.at.isoformat(),
            _VERSION: msgspec.Raw(encode(_for(referral, body, partner))),
        }
        return _written(said)
    return _written(_masked(msgspec.to_builtins(body)))


def masked_today(referral: Referral, written: bytes) -> bytes:
    """Return what a message that was written may say today: the same bytes, where nothing is protected since."""
    said = msgspec.json.decode(written)
    if _VERSION not in said:
        return _written(_masked(said))
    version = decode(msgspec.json.encode(said[_VERSION]))
    return _written(said | {_VERSION: msgspec.Raw(encode(as_recipients_read(referral, version)))})


def _for(referral: Referral, said: Said, partner: str) -> Said:
    """One version as this partner may keep it. Under which number another partner holds somebody is not theirs to learn."""
    masked = as_recipients_read(referral, said)
    own = f"{partner}/"

    def without(one: Any) -> Any:
        return one if one.record.startswith(own) else msgspec.structs.replace(one, record="")

    return msgspec.structs.replace(
        masked,
        children=tuple(without(one) for one in masked.children),
        adults=tuple(without(one) for one in masked.adults),
    )


def _masked(said: Any) -> Any:
    if isinstance(said, str):
        return words_as_recipients_read(said)
    if isinstance(said, Mapping):
        return {name: _masked(one) for name, one in said.items()}
    return [_masked(one) for one in said] if isinstance(said, list) else said


def _written(said: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(said, order="deterministic")
