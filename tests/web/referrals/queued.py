"""Referrals in the front door's queue, in tests: what is sent, and whom a page of the queue names."""

import datetime as dt
import re

import msgspec
from django.utils import timezone

from footprint.referrals.referral import Child, Request, Safety, Said
from footprint.web.referrals import services as sending
from tests.web.referrals.writers import URGENT

CALM = msgspec.structs.replace(URGENT, safety=Safety(danger_now=Said.NO))


def called(name, *, level="", urgent=False, place="12 Alder Road, Walsall WS1 1AA", **more):
    return msgspec.structs.replace(
        URGENT if urgent else CALM,
        place=place,
        children=(Child(key="c1", name=name, **more),),
        request=Request(level=level),
    )


def send(officer, form, *, hours=0, **told):
    return sending.receive(
        officer.actor, called(form, **told), form=form, at=timezone.now() - dt.timedelta(hours=hours)
    )


def names(page):
    return re.findall(r'<h2 class="govuk-heading-s[^>]*><a[^>]*>([^<]*?) <span', page.content.decode())
