"""How many earlier referrals there were of a child: on each referral what its links say, whatever came, changed or went since."""

import datetime as dt
import re
from importlib import import_module

import msgspec
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from footprint.web.referrals import services as sending
from footprint.web.referrals.models import Referral, Subject
from footprint.web.referrals.own_family import not_theirs
from footprint.web.referrals.recognising import since
from footprint.web.referrals.repeating import counted
from footprint.web.referrals.retention import end_referrals
from tests.web.cases.conftest import said
from tests.web.referrals.test_retention import DAY, NOON, SET, put_at
from tests.web.referrals.writers import ADA, URGENT

recount_everywhere = import_module("footprint.web.referrals.migrations.0029_recounted").recount_everywhere
BEN = msgspec.structs.replace(ADA, key="c2", name="Ben Birch", nhs_number="")
OF_ADA, OF_BEN = (msgspec.structs.replace(URGENT, children=(one,)) for one in (ADA, BEN))


def counts():
    return dict(Referral.objects.values_list("submission", "repeats"))


def told(door, one):
    return said(door.get(f"/referrals/sent/{one.pk}/"))


def test_what_comes_late_or_names_a_child_later_counts_on_those_that_were_sent_after_it(desk):
    officer, door = desk(), desk("social-work-decision-maker")
    late = sending.receive(officer.actor, OF_ADA, form="late", at=NOON)
    now = sending.receive(officer.actor, OF_ADA, form="now")
    before = sending.receive(officer.actor, OF_ADA, form="before", at=late.sent_at + 100 * DAY)
    assert {one.repeats for one in Referral.objects.filter(pk__in=[late.pk])} == {0}
    now.refresh_from_db()
    assert now.repeats == 1, "the first is longer ago than twelve months"
    other = sending.receive(officer.actor, OF_BEN, form="other", at=NOON + 200 * DAY)
    sending.add(officer.actor, other, msgspec.structs.replace(OF_BEN, children=(BEN, ADA)), form="more")
    now.refresh_from_db()
    assert now.repeats == 2
    page = door.get(f"/referrals/sent/{now.pk}/").content.decode()
    listed = page.partition("2 of one of these children within twelve months: ")[2].partition("</dd>")[0]
    assert re.findall(r">(R-\w+)</a>", listed) == [other.reference, before.reference]
    sending.add(officer.actor, other, OF_BEN, form="less")
    now.refresh_from_db()
    assert now.repeats == 1


def test_what_is_kept_no_more_is_counted_no_more(desk):
    officer, door = desk(), desk("social-work-decision-maker")
    gone = sending.receive(officer.actor, OF_ADA, form="gone", at=NOON)
    later = sending.receive(officer.actor, OF_ADA, form="later", at=NOON + 100 * DAY)
    assert later.repeats == 1
    put_at(gone, NOON)
    officer.site.set(REFERRAL_DAYS=SET)
    assert end_referrals() == 1
    later.refresh_from_db()
    assert later.repeats == 0
    assert "Earlier referrals" not in told(door, later)


def test_one_of_their_own_family_is_neither_named_nor_counted(desk, monkeypatch):
    officer, door = desk(), desk("social-work-decision-maker")
    theirs = sending.receive(officer.actor, OF_ADA, form="theirs")
    shown = sending.receive(officer.actor, OF_ADA, form="shown")
    one = sending.receive(officer.actor, OF_ADA, form="one")
    monkeypatch.setattr(
        "footprint.web.referrals.queries.not_theirs", lambda actor: not_theirs(actor) | {theirs.pk}
    )
    page = told(door, one)
    assert f"1 of one of these children within twelve months: {shown.reference}" in page
    assert theirs.reference not in page


def test_old_rows_are_counted_anew(desk):
    officer = desk()
    for number in range(3):
        sending.receive(officer.actor, OF_ADA, form=str(number))
    right = sorted(counts().values())
    assert right == [0, 1, 2]
    Referral.objects.update(repeats=7)
    for _ in range(2):
        recount_everywhere(apps)
        assert sorted(counts().values()) == right
    Subject.objects.all().delete()
    recount_everywhere(apps)
    assert set(counts().values()) == {0}


@given(
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from("abc"), st.sampled_from(["", "n"])), max_size=8)
)
def test_counting_all_is_counting_each(rows):
    start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    subjects = [
        (str(number), start + dt.timedelta(days=days), (record, "", named))
        for number, (days, record, named) in enumerate(rows)
    ]
    each = {
        one: sum(
            other != one
            and since(at) <= then <= at
            and any(value and value == theirs for value, theirs in zip(values, those, strict=True))
            for other, then, those in subjects
        )
        for one, at, values in subjects
    }
    assert counted(iter(subjects)) == each
