"""Telling those who can mend it that a message hangs: once a day for each destination, with nothing about anybody."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from footprint.referrals.delivering import Standing
from footprint.referrals.destinations import Destination
from footprint.sharing.roles import Right
from footprint.web.accounts.queries import with_right
from footprint.web.notices.services import notify, remind_once
from footprint.web.referrals.models import Referral

KIND = "outbox"
_SENTENCES = {
    Standing.STUCK: "Copies of referrals for {} do not get through.",
    Standing.REFUSED: "{} refused a copy of a referral.",
}


def tell_of_hanging(
    destination: Destination, referral: Referral, standing: Standing, at: dt.datetime
) -> None:
    """Tell the stewards of the partnership, in the caller's transaction."""
    if not remind_once(f"outbox/{destination.id}/{standing}/{timezone.localdate(at)}", at):
        return
    stewards = with_right(Right.RELEASE).filter(partner__partnership=referral.partnership_id)
    notify(stewards, KIND, _SENTENCES[standing].format(destination.label), reverse("referrals:outbox"))
