"""A form that a team sent and the unit graded."""

import datetime as dt

import msgspec

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.grades import packaged_scales
from footprint.web.referrals.desk import marking_services
from tests.web.referrals.writers import ADA, URGENT

WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
GOOD = dict.fromkeys(CRITERIA, 3)


def graded(by, sent, marks=GOOD, grade="good", points=()):
    given = marking_services.Given(
        marks=marks, grade=grade, points=points, scale=packaged_scales().scale(), version=1
    )
    return marking_services.grade(by.actor, sent, given)
