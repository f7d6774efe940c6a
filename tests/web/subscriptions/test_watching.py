"""After each morning's data: whoever asked is told that there is something new, as far as they may know it, and no more."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from footprint.web.accounts.models import DeclaredRelative
from footprint.web.notices.models import Notice
from footprint.web.notices.outbox import deliver
from footprint.web.subscriptions.models import Subscription
from footprint.web.subscriptions.services import MONTHS, after
from footprint.web.subscriptions.watching import Watched, watch
from tests.web.identity.scene import said
from tests.web.subscriptions.conftest import ADULT, COUNCIL

CHILDREN = ("NEWS", "QUIET", "DIED", "LOST", "GROWN", "HELPED", "KNOWN")


def subscribes(desk, child, **typed):
    """Open a child's footprint and ask to be told."""
    assert desk.opens(COUNCIL + child).status_code == 200
    return desk.client.post(desk.url(COUNCIL + child, "tell-me/"), {"months": "3", "called": ""} | typed)


def told(user):
    return [one.sentence for one in Notice.objects.filter(membership__user=user).order_by("pk")]


def subscription(child):
    return Subscription.objects.get(case__reference=f"CASE-{child}")


@pytest.fixture
def asked(town):
    """A worker who asked to be told of every child, each in a case of its own."""
    for child in CHILDREN:
        assert subscribes(town.desk(f"CASE-{child}"), child).status_code == 302
    return town


# ---- what a morning brings

WITH_CARE = (
    "You are told of nothing more in case CASE-{}, because of what a partner has reported. "
    "Open the footprint before you ring, write to or visit the family."
)
GROWN = "In case CASE-{} you are told of nothing new any more: they are 18 now. Ask adult social care from here on."
MORNING = [
    # child, what its subscriber is told, why the subscription then ended
    ("NEWS", ["Something new in case CASE-NEWS."], ""),
    ("QUIET", [], ""),
    ("DIED", [WITH_CARE.format("DIED")], "with-care"),
    ("LOST", [WITH_CARE.format("LOST")], "with-care"),
    ("GROWN", [GROWN.format("GROWN")], "grown"),
    ("HELPED", ["Something new in case CASE-HELPED."], ""),
    ("KNOWN", ["Something new in case CASE-KNOWN."], ""),
]


def test_a_morning_tells_of_each_child_what_there_is_to_tell(asked):
    asked.next_morning()
    assert watch() == Watched(compared=4, news=3, ended=3)
    for child, sentences, ended in MORNING:
        mine = [one for one in told(asked.worker) if f"CASE-{child}" in one]
        assert (child, mine, subscription(child).ended) == (child, sentences, ended)


def test_a_morning_is_told_of_once_however_often_it_is_watched(asked):
    asked.next_morning()
    watch()
    before = told(asked.worker)
    assert watch() == Watched(compared=0, news=0, ended=0)
    assert told(asked.worker) == before


def test_before_anything_new_is_published_there_is_nothing_new(asked):
    assert watch() == Watched(compared=0, news=0, ended=0)
    assert told(asked.worker) == []
    assert asked.site.entries(action="watch") == []


def test_what_tells_somebody_something_is_in_the_ledger_and_the_rest_is_not(asked):
    asked.next_morning()
    watch()
    entered = asked.site.entries(action="watch")
    assert {(one.leaf.kind, one.leaf.case) for one in entered} == {
        ("disclosure", f"CASE-{child}") for child, sentences, _ in MORNING if sentences
    }
    news = next(one for one in entered if one.leaf.case == "CASE-NEWS")
    assert news.leaf.actor == asked.worker.username
    assert news.leaf.subjects == (subscription("NEWS").person_id,)
    assert news.leaf.policy_rule


def test_the_next_morning_is_compared_with_this_one(asked):
    asked.next_morning()
    watch()
    count = Notice.objects.count()
    Subscription.objects.filter(ended_at__isnull=True).update(watched="an earlier one")
    assert watch().news == 0
    assert Notice.objects.count() == count


def test_an_email_says_nothing_but_that_there_is_something(asked, mail):
    asked.site.set(MAIL=mail.url, MAIL_FROM="footprint@council.test", SITE="https://footprint.council.test")
    asked.next_morning()
    watch()
    deliver()
    assert len(mail.taken) == 6
    for recipients, made in mail.taken:
        assert recipients == ("wendy@council.test",)
        for word in ("CASE", "News", "Nadia", "Died", "died", "Lost", "18", "Wendy"):
            assert word not in made.as_string()


# ---- what somebody may not know tells them nothing


def test_what_the_agreement_does_not_share_tells_nothing(town):
    helper = town.site.user("early-help", name="Hal Elm")
    for user, purpose in ((helper, "early-help"), (town.worker, "front-door")):
        assert subscribes(town.desk(f"CASE-{user.name}", user, purpose=purpose), "HELPED").status_code == 302
    town.next_morning()
    watch()
    assert told(helper) == []
    assert told(town.worker) == ["Something new in case CASE-Wendy Alder."]


def test_more_of_what_the_agreement_says_only_exists_tells_nothing(town):
    """Early help knows already that the council is involved, and may know no more than that."""
    helper = town.site.user("early-help", name="Hal Elm")
    for user, purpose in ((helper, "early-help"), (town.worker, "front-door")):
        subscribes(town.desk(f"CASE-{user.name}", user, purpose=purpose), "KNOWN")
    town.next_morning()
    watch()
    assert told(helper) == []
    assert told(town.worker) == ["Something new in case CASE-Wendy Alder."]


def test_what_was_erased_since_tells_nothing(town):
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    town.decide("erase", COUNCIL + "NEWS")
    town.next_morning()
    watch()
    assert told(town.worker) == []


def test_whoever_declared_a_connection_since_is_told_nothing(town):
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    DeclaredRelative.objects.create(
        user=town.worker, name="Nadia News", born="2 March 2015", relation="niece"
    )
    town.next_morning()
    watch()
    assert told(town.worker) == []
    assert town.site.entries(action="watch") == []


def test_an_agreement_that_lets_nobody_ask_tells_nobody(town):
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    town.next_morning()
    agreement = town.site.data / "agreement.yaml"
    agreement.write_text(agreement.read_text().replace("roles: [social-work-decision-maker, ", "roles: ["))
    watch()
    assert told(town.worker) == []
    assert subscription("NEWS").ended_at is None


def test_a_child_who_is_protected_now_is_news_and_no_more_is_said(town):
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    town.decide("shield", COUNCIL + "NEWS")
    town.next_morning()
    watch()
    assert told(town.worker) == ["Something new in case CASE-NEWS."]


@pytest.mark.parametrize(
    ("what", "ended"),
    [
        (lambda town: town.worker.memberships.update(ends=timezone.localdate()), "not-in-role"),
        (lambda town: town.worker.memberships.update(role="overseer"), "not-in-role"),
        (
            lambda town: type(town.worker).objects.filter(pk=town.worker.pk).update(is_active=False),
            "not-in-role",
        ),
        (
            lambda town: subscription("NEWS").case.__class__.objects.update(closed_at=timezone.now()),
            "case-closed",
        ),
    ],
    ids=["left", "another role", "blocked", "case closed"],
)
def test_who_lost_the_role_and_whose_case_was_closed_gets_nothing(town_on_sqlite, what, ended):
    town = town_on_sqlite
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    what(town)
    town.next_morning()
    assert watch() == Watched(0, 0, 1)
    assert told(town.worker) == []
    assert subscription("NEWS").ended == ended


# ---- time


def test_a_week_before_its_end_somebody_is_asked_once_and_then_it_ends(town):
    subscribes(town.desk("CASE-QUIET"), "QUIET", months="1")
    assert subscription("QUIET").expires == dt.date(2026, 12, 20)
    town.later(dt.timedelta(days=22))
    watch()
    assert told(town.worker) == []
    town.later(dt.timedelta(days=1))
    for _ in range(2):
        watch()
    (reminder,) = told(town.worker)
    assert reminder.startswith("In case CASE-QUIET you are told of anything new until 20 December 2026.")
    town.later(dt.timedelta(days=7))  # its last day
    assert watch().ended == 0
    town.later(dt.timedelta(days=1))
    assert watch().ended == 1
    assert told(town.worker)[1].startswith("In case CASE-QUIET you are told of nothing new any more")
    assert subscription("QUIET").ended == "expired"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 11, 20), 3, (2027, 2, 20)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
        ((2026, 12, 31), 6, (2027, 6, 30)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 11, 20), 12, (2027, 11, 20)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 11, 20), 1, (2026, 12, 20)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
    ],
)
def test_months_are_counted_as_people_count_them(day, months, later):
    assert after(dt.date(*day), months) == dt.date(*later)


def test_a_year_is_the_longest():
    assert max(MONTHS) == 12
    with pytest.raises(ValueError, match="A subscription lasts"):
        after(dt.date(2026, 1, 1), 13)


# ---- the command


def test_the_command_says_what_it_did(asked):
    asked.next_morning()
    out = StringIO()
    call_command("watch", "--once", stdout=out)
    assert out.getvalue() == "Compared 4, something new for 3, ended 3.\n"


def test_without_a_snapshot_the_command_says_so(site_on_sqlite):
    out = StringIO()
    call_command("watch", stdout=out)
    assert out.getvalue() == "Nothing is published yet.\n"


def test_without_a_ledger_nobody_is_told_and_the_next_round_tells_them(town_on_sqlite, monkeypatch):
    from footprint.ledger import LedgerUnavailable
    from footprint.ledger.ledger import Ledger

    town = town_on_sqlite
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    town.next_morning()
    with monkeypatch.context() as broken:

        def unavailable(*_, **__):
            raise LedgerUnavailable("The disk is full.")

        broken.setattr(Ledger, "record", unavailable)
        with pytest.raises(CommandError, match="Nobody was told"):
            call_command("watch", stdout=StringIO())
    assert told(town.worker) == []
    call_command("watch", stdout=StringIO())
    assert told(town.worker) == ["Something new in case CASE-NEWS."]


def test_two_watchers_at_once_tell_once(town_on_sqlite, monkeypatch):
    """The second reads the subscription before the first has settled it."""
    from footprint.web.subscriptions import watching

    town = town_on_sqlite
    subscribes(town.desk("CASE-NEWS"), "NEWS")
    town.next_morning()
    settle = watching._settle
    first = []

    def settled_meanwhile(*given):
        if not first:
            first.append(True)
            watch()
        return settle(*given)

    monkeypatch.setattr(watching, "_settle", settled_meanwhile)
    watch()
    assert told(town.worker) == ["Something new in case CASE-NEWS."]


def test_an_adult_is_nobody_to_be_told_of(town_on_sqlite):
    town = town_on_sqlite
    desk = town.desk("CASE-SANA")
    desk.opens(ADULT)
    answer = desk.client.post(desk.url(ADULT, "tell-me/"), {"months": "3"})
    assert "of a child only" in said(answer)
    assert Subscription.objects.count() == 0
