"""The invented referrals of the demonstration: made once, by the real way, various; and many more as rows for measuring."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from footprint.referrals import states
from footprint.referrals.measures import packaged_measuring
from footprint.web.accounts.demo.services import make_demo
from footprint.web.referrals.desk.sample.services import (
    NobodyActs,
    make_audited,
    make_filmed,
    make_many,
    make_sample,
)
from footprint.web.referrals.models import Briefed, FilmedIncident, FootageFile, Marking, Referral
from footprint.web.referrals.standing import copy, stands


def test_they_are_made_once_various_and_entered_and_many_more_as_rows(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    with pytest.raises(NobodyActs):
        make_sample(4)
    make_demo(site_on_sqlite.data)
    made = make_sample(16)
    assert 8 <= made <= 16
    assert make_sample(16) == made
    assert len(site_on_sqlite.entries(action="referral-send")) == made
    assert {one.sector for one in (row.partner for row in Referral.objects.all())} == {"police", "school"}
    assert len(set(Referral.objects.values_list("gaps", flat=True))) > 4
    assert Marking.objects.exists()
    assert Referral.objects.filter(is_waiting=True).exists()
    drawn = make_audited()
    assert drawn
    assert make_audited() == 0  # once
    by_side = Counter(Marking.objects.filter(drawn__isnull=False).values_list("side", flat=True))
    assert 0 < by_side["police"] == by_side["childrens-social-care"] <= drawn
    assert 0 < by_side["moderated"] <= by_side["police"]
    assert Briefed.objects.exists()
    assert make_filmed() > 40
    assert make_filmed() == 0  # once
    kinds = set(FilmedIncident.objects.values_list("kind", flat=True))
    assert kinds == {one.code for one in packaged_measuring().classes}
    assert not FootageFile.objects.get().faults
    assert make_many(40) == 40
    for row in Referral.objects.filter(submission__startswith="bulk"):
        again = Referral(received_at=row.received_at, due_at=row.due_at, due_rule=row.due_rule)
        copy(again, stands(row))
        assert (again.state, again.is_waiting, again.outcome) == (row.state, row.is_waiting, row.outcome)
        assert row.state in (states.State.RECEIVED, states.State.DECIDED)


def test_they_stand_among_no_real_ones(site_on_sqlite):
    with pytest.raises(CommandError, match="FOOTPRINT_DEMO=1"):
        call_command("sample_referrals")
