"""What the sharing agreement lets this session know, for a purpose: the ruling under which a look-up is made.

The command line asks as a role at a partner: FOOTPRINT_ROLE and FOOTPRINT_PARTNER, unless said a social work decision maker of
children's social care.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Final, NamedTuple

from footprint.cli.exits import CommandError, Exit
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.answer.opened import OpenedSnapshot
    from footprint.answer.people import People
    from footprint.sharing import Agreement, Ask, Purpose, Ruling

ROLE: Final = "FOOTPRINT_ROLE"
PARTNER: Final = "FOOTPRINT_PARTNER"
_USUAL_ROLE: Final = "social-work-decision-maker"
_USUAL_PARTNER: Final = "childrens-social-care"


class Permit(NamedTuple):
    """What may be asked and known: the ruling, the people as it shows them, and for the ledger who asks as what and why.

    `results` is how many people a search lists at most.
    """

    people: People
    content: OpenedSnapshot
    ruling: Ruling
    ask: Ask
    purpose: Purpose
    results: int


def permitted(session: Session, code: str) -> Permit:
    """Return what this session may know for a purpose. Raises CommandError for one that is none, or a role that is none."""
    from footprint.answer.people import People
    from footprint.answer.pupils import own_pupils
    from footprint.cli.opening import open_people
    from footprint.sharing import Ask, compile_policy

    agreement = agreement_in(session)
    purpose = agreement.purposes.get(code)
    if purpose is None:
        raise CommandError(
            f"'{code}' is no purpose. Use one of: {', '.join(agreement.purposes)}.", Exit.WRONG_COMMAND
        )
    everybody, content = open_people(session)
    providers = {feed.partner: feed.sector for feed in content.feeds}
    partner, sector = _partner(providers)
    ask = Ask(role=_role(), partner=partner, sector=sector, purpose=code, day=today())
    ruling = compile_policy(agreement, providers).decide(ask)
    among = own_pupils(content, partner) if ruling.reach == "own-pupils" else None
    people = People(content, ruling.mask(among), everybody.overlay)
    return Permit(people, content, ruling, ask, purpose, agreement.limits.results)


def agreement_in(session: Session) -> Agreement:
    """Return the sharing agreement of the session's partnership. Raises AgreementError where there is none to go by."""
    from footprint.sharing import agreement_of

    return agreement_of(session.data, session.partnership.id)


def today() -> dt.date:
    """Return the day on which rules are looked at: today in England."""
    from footprint.calendars import LONDON

    return dt.datetime.now(tz=LONDON).date()


def _role() -> str:
    from footprint.sharing import ROLES

    role = os.environ.get(ROLE) or _USUAL_ROLE
    if role not in ROLES:
        raise CommandError(
            f"{ROLE}: '{role}' is no role. Use one of: {', '.join(ROLES)}.", Exit.WRONG_COMMAND
        )
    return role


def _partner(providers: dict[str, str]) -> tuple[str, str]:
    """Who asks, and of which sector: a partner that delivers, or one that is alone in its sector and delivers nothing."""
    from footprint.records.codes import SECTORS

    partner = os.environ.get(PARTNER) or _USUAL_PARTNER
    sector = providers.get(partner) or (partner if partner in SECTORS else "")
    if not sector:
        raise CommandError(
            f"{PARTNER}: '{partner}' is no partner. Use one of: {', '.join(sorted(providers))}.",
            Exit.WRONG_COMMAND,
        )
    return partner, sector
