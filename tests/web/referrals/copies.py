"""Copies of referrals in tests: what is sent to other systems, and what the record system took."""

import datetime as dt

import msgspec

from footprint.web.referrals import services
from tests.web.referrals.writers import ADA, URGENT

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))


def send(officer, said=URGENT, form="one"):
    return services.receive(officer.actor, said, form=form)


def taken(server):
    return [(one.record, one.number, one.kind) for one in server.system.effects()]
