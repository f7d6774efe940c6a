"""Asking to be told: from a footprint that was looked at, for a time, in a case; a list that is one's own and nobody else's."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from footprint.web.cases.models import KnownPerson
from footprint.web.subscriptions import queries
from footprint.web.subscriptions.models import Subscription
from tests.web.identity.scene import said
from tests.web.notices.test_telling import acting_as
from tests.web.subscriptions.conftest import ADULT, COUNCIL
from tests.web.subscriptions.test_watching import subscribes


def test_it_lasts_three_months_unless_somebody_says_otherwise(town):
    desk = town.desk("CASE-NEWS")
    desk.opens(COUNCIL + "NEWS")
    page = desk.client.get(desk.url(COUNCIL + "NEWS", "tell-me/")).content.decode()
    assert 'value="3" checked' in page
    assert "Nadia" not in page
    subscribes(desk, "NEWS", called="the elder girl")
    made = Subscription.objects.get()
    assert (made.expires, made.called) == (dt.date(2027, 2, 20), "the elder girl")
    (entry,) = town.site.entries(action="subscribe")
    assert (entry.leaf.kind, entry.leaf.case, entry.leaf.subjects) == (
        "change",
        "CASE-NEWS",
        (made.person_id,),
    )


@pytest.mark.parametrize("months", ["", "0", "13", "24", "nonsense"])
def test_no_other_time_can_be_chosen(town_on_sqlite, months):
    answer = subscribes(town_on_sqlite.desk("CASE-NEWS"), "NEWS", months=months)
    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    assert Subscription.objects.count() == 0


def test_who_has_not_looked_is_asked_to_look_first(town_on_sqlite):
    desk = town_on_sqlite.desk("CASE-NEWS")
    answer = desk.client.post(desk.url(COUNCIL + "NEWS", "tell-me/"), {"months": "3"})
    assert "Open the footprint first" in said(answer)
    assert Subscription.objects.count() == 0


def test_of_a_child_who_died_there_is_nothing_to_be_told(town_on_sqlite):
    town = town_on_sqlite
    town.next_morning()
    desk = town.desk("CASE-DIED")
    answer = subscribes(desk, "DIED")
    assert "There is nothing more to be told of here." in said(answer)
    assert Subscription.objects.count() == 0


def test_of_somebody_protected_nobody_is_told_here(town_on_sqlite):
    town = town_on_sqlite
    desk = town.desk("CASE-NEWS")
    desk.opens(COUNCIL + "NEWS")
    town.decide("shield", COUNCIL + "NEWS")
    answer = desk.client.post(desk.url(COUNCIL + "NEWS", "tell-me/"), {"months": "3"})
    assert "Ask the safeguarding hub" in said(answer)
    assert Subscription.objects.count() == 0
    assert "Nothing new since you last looked" not in desk.opens(COUNCIL + "NEWS").content.decode()


def test_asking_twice_renews(town):
    desk = town.desk("CASE-NEWS")
    subscribes(desk, "NEWS")
    subscribes(desk, "NEWS", months="12")
    assert Subscription.objects.get().expires == dt.date(2027, 11, 20)
    assert [one.leaf.action for one in town.site.entries(kind="change")] == [
        "subscribe",
        "renew-subscription",
    ]


def test_the_list_shows_mine_and_lets_me_renew_and_end(town):
    desk = town.desk("CASE-NEWS")
    subscribes(desk, "NEWS", months="1", called="the elder girl")
    made = Subscription.objects.get()
    text = said(desk.client.get("/subscriptions/"))
    assert "the elder girl , case CASE-NEWS Until 20 December 2026." in text
    assert "Nadia" not in text
    desk.client.post(f"/subscriptions/{made.pk}/renew/")
    assert "Until 20 February 2027." in said(desk.client.get("/subscriptions/"))
    desk.client.post(f"/subscriptions/{made.pk}/end/")
    assert "Ended. You ended it." in said(desk.client.get("/subscriptions/"))
    assert [one.leaf.action for one in town.site.entries(kind="change")][-1] == "end-subscription"
    assert desk.client.post(f"/subscriptions/{made.pk}/end/").status_code == 404


def test_nobody_else_sees_who_is_told_of_whom(town):
    desk = town.desk("CASE-NEWS")
    subscribes(desk, "NEWS", called="the elder girl")
    made = Subscription.objects.get()
    for role in ("social-work-decision-maker", "police-supervisor"):
        other = town.site.client(town.site.user(role))
        assert "the elder girl" not in other.get("/subscriptions/").content.decode()
        assert other.post(f"/subscriptions/{made.pk}/end/").status_code == 404
        assert other.post(f"/subscriptions/{made.pk}/renew/").status_code == 404
        assert other.post(desk.url(COUNCIL + "NEWS", "tell-me/"), {"months": "3"}).status_code == 404
    for role in ("information-governance", "administrator", "data-steward"):
        assert town.site.client(town.site.user(role)).get("/subscriptions/").status_code == 403
    assert Subscription.objects.get().ended_at is None


def test_closing_a_case_says_which_subscriptions_end_and_they_have_ended_at_once(town):
    desk = town.desk("CASE-NEWS")
    subscribes(desk, "NEWS", called="the elder girl")
    subscribes(town.desk("CASE-QUIET"), "QUIET", called="the boy next door")
    close = f"/cases/{desk.case.pk}/close/"
    page = said(desk.client.get(close))
    assert (
        "You are then told of nothing new about: the elder girl, until now told of until 20 February 2027"
        in page
    )
    assert "the boy next door" not in page
    assert desk.client.post(close).status_code == 302
    assert "the elder girl" not in said(desk.client.get("/"))
    text = said(desk.client.get("/subscriptions/"))
    assert "the elder girl , case CASE-NEWS Ended. The case was closed." in text
    assert "the boy next door , case CASE-QUIET Until" in text
    assert [one.leaf.action for one in town.site.entries(kind="change")][-2:] == [
        "case-close",
        "end-subscription",
    ]


@pytest.mark.parametrize(
    ("mail", "email"),
    [("", "wendy@council.test"), ("smtp://mail.test", ""), ("smtp://mail.test", "w@council.test")],
)
def test_an_email_is_promised_only_where_one_will_come(town_on_sqlite, mail, email):
    town = town_on_sqlite
    town.site.set(MAIL=mail)
    type(town.worker).objects.filter(pk=town.worker.pk).update(email=email)
    desk = town.desk("CASE-NEWS")
    desk.opens(COUNCIL + "NEWS")
    page = said(desk.client.get(desk.url(COUNCIL + "NEWS", "tell-me/")))
    assert ("by an e-mail" in page) is bool(mail and email)


def test_the_way_to_it_stands_where_it_leads_somewhere_and_nowhere_else(town_on_sqlite):
    town = town_on_sqlite
    link = "Tell me if anything new happens to this child"
    for record, is_child in ((COUNCIL + "NEWS", True), (COUNCIL + "LOST", True), (ADULT, False)):
        desk = town.desk(f"CASE-{record[-4:]}")
        assert (link in said(desk.opens(record))) is is_child
        page = said(desk.client.get(desk.url(record, "tell-me/")))
        assert ("of a child only" not in page) is is_child


def test_the_first_page_shows_those_that_stand_without_a_query_for_each(town_on_sqlite):
    town = town_on_sqlite
    for child in ("NEWS", "QUIET"):
        subscribes(town.desk(f"CASE-{child}"), child)
    client = town.site.client(town.worker)
    client.post(f"/subscriptions/{Subscription.objects.get(case__reference='CASE-QUIET').pk}/end/")
    acting = acting_as(town.worker)
    (line,) = queries.for_home(acting)
    known = KnownPerson.objects.get(case__reference="CASE-NEWS")
    with CaptureQueriesContext(connection) as asked:
        queries.for_home(acting)
    assert len(asked) == 2
    assert line.case == "case CASE-NEWS"
    assert line.url.endswith(f"/people/{known.handle}/")
