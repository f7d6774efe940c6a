"""What stands in a case as its reader may read it now: what is protected changes after words are written.

What somebody typed goes back to them as they typed it, for a mask would tell them what is protected. What came into a case from
elsewhere, as from a referral (`told`), nobody here typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import Case, LookUp
from footprint.web.referrals.protecting import words_as_recipients_read


def as_read_by(actor: Actor, case: Case) -> Case:
    """Return a case, read with whoever opened it, in which whom it concerns is masked for all who did not type it."""
    if case.told or case.opened_by.user_id != actor.user_id:
        case.concerns = words_as_recipients_read(case.concerns)
    return case


def terms_of(look_up: LookUp) -> dict[str, Any]:
    """Return what is asked in a look-up, for whoever asked it. Of what was told, what is protected is left out."""
    return _open(look_up.terms) if look_up.told else dict(look_up.terms)


def _open(terms: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in terms.items():
        if isinstance(value, list):
            found[field] = [one for one in map(_open, value) if any(one.values())]
        else:
            found[field] = value if words_as_recipients_read(str(value), field) == str(value) else ""
    return found
