"""One headline fact that a partner had to do with a person. No narrative, ever: there is no field that could hold one."""

from __future__ import annotations

import msgspec


class DutyContact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Whom to ring: the worker where there is one, the team, its duty number and hours, and the fallback outside them."""

    worker: str = ""
    team: str = ""
    phone: str = ""
    hours: str = ""
    fallback: str = ""


class Involvement(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """That a partner had to do with a person: an event (a date) or an episode (a start, perhaps an end).

    `id` is stable for the partner: reference, kind and record key. `record` is the record's key as text.
    `code` is a key of `codes.INVOLVEMENTS`; `start` and `end` are ISO dates, `end` empty for an event or an open episode.
    `role` is a key of `codes.ROLES`: as what the person took part. `reference` is the partner's own, to quote on the phone.
    """

    id: str
    record: str
    code: str
    start: str
    end: str = ""
    role: str = "subject"
    reference: str = ""
    site: str = ""
    contact: DutyContact = DutyContact()
