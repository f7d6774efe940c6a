"""A notice is written with its cause or not at all, told once each, and read by nobody else."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from footprint.sharing.roles import Right
from footprint.web.accounts.models import Membership, User
from footprint.web.accounts.queries import acting_in, is_held, with_right
from footprint.web.notices import kinds, queries, services
from footprint.web.notices.models import LONGEST, Mail, Notice


def tell(*users, sentence="Something new in case CASE-1.", link=""):
    memberships = [membership for user in users for membership in user.memberships.all()]
    with transaction.atomic():
        services.notify(memberships, "news", sentence, link)


def test_a_notice_and_its_email_are_written_with_their_cause_or_not_at_all(site):
    user = site.user()
    with pytest.raises(services.NotWithItsCause):
        services.notify(user.memberships.all(), "news", "Something new.")

    with transaction.atomic():
        services.notify(user.memberships.all(), "news", "Something new.")
        transaction.set_rollback(True)  # its cause failed
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)
    tell(user)
    assert Mail.objects.get().reference == Notice.objects.get().reference


def test_who_is_told_twice_in_one_breath_is_told_once(site_on_sqlite):
    user = site_on_sqlite.user()
    tell(user, user)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("sentence", "link"),
    [
        ("", ""),
        (" ", ""),
        ("x" * (LONGEST + 1), ""),
        ("News.", "//elsewhere.test/"),
        ("News.", "https://elsewhere.test/"),
        ("News.", "javascript:alert(1)"),
        ("News.", "/\\elsewhere.test"),
    ],
)
def test_a_notice_is_one_sentence_and_leads_nowhere_but_to_this_site(site_on_sqlite, sentence, link):
    with pytest.raises(ValueError, match="A notice"):
        tell(site_on_sqlite.user(), sentence=sentence, link=link)


def test_the_list_shows_mine_newest_first_and_nobody_elses(site):
    mine, other = site.user(), site.user()
    tell(mine, sentence="The first.")
    tell(mine, sentence="The second.", link="/notices/")
    tell(other, sentence="Not for me.")
    page = site.client(mine).get("/notices/").content.decode()
    assert page.index("The second.") < page.index("The first.")
    assert "Not for me." not in page
    assert "Mark all 2 as read" in page


def test_what_is_overdue_or_urgent_stands_first_under_what_it_is_and_by_when(site_on_sqlite):
    lead, now = site_on_sqlite.user("information-governance"), timezone.now()
    held = list(lead.memberships.all())
    with transaction.atomic():
        services.notify(
            held, "breach-due", "B-1: the time ended.", "/breaches/1/", due=now - dt.timedelta(hours=1)
        )
        services.notify(
            held, "breach", "B-2: a wrong link.", "/breaches/2/", due=now + dt.timedelta(hours=60)
        )
        services.notify(held, "alert", "Alert A-1 waits for a review.", "/alerts/1/")
        services.notify(held, "wrong-number", "Police: the number is wrong.")
    page = site_on_sqlite.client(lead).get("/notices/").content.decode()
    in_order = [
        "Overdue</h2>",
        "Was due by",
        "Breach: the clock for the ICO",
        "Act at once</h2>",
        "Breach of personal data",
        "Look at it today</h2>",
        "Use that must be looked at",
        "When you have time</h2>",
        "A duty number that is said to be wrong",
    ]
    assert [page.index(words) for words in in_order] == sorted(page.index(words) for words in in_order)
    assert "Overdue" in site_on_sqlite.client(lead).get("/").content.decode()


def test_what_is_due_a_minute_before_midnight_says_its_hour(site_on_sqlite):
    officer = site_on_sqlite.user("frontline")
    with transaction.atomic():
        services.notify(
            list(officer.memberships.all()),
            "danger",
            "R-1.",
            due=dt.datetime(2099, 1, 5, 23, 59, tzinfo=dt.UTC),
        )
    assert "5 January 2099 at 23:59" in site_on_sqlite.client(officer).get("/notices/").content.decode()


def test_what_was_told_again_stands_once_with_how_often_and_is_read_together(site_on_sqlite):
    lead = site_on_sqlite.user("information-governance")
    site_on_sqlite.membership(lead, "information-governance", "police")
    for sentence in ("Break-glass G-1 concerns the police.", "Break-glass G-1 concerns the council."):
        with transaction.atomic():
            services.notify(lead.memberships.all(), "break-glass", sentence, "/break-glass/G-1/")
    tell(lead, sentence="Another thing.")
    client = site_on_sqlite.client(lead)
    page = client.get("/notices/").content.decode()
    assert page.count("Break-glass G-1 concerns") == 1
    assert "Told 4 times since" in page
    assert "Mark all 2 as read" in page
    newest = Notice.objects.filter(kind="break-glass").order_by("-created_at", "-pk")[0]
    client.post(f"/notices/{newest.reference}/read/")
    assert set(Notice.objects.filter(read_at=None).values_list("kind", flat=True)) == {"news"}


def test_every_kind_that_is_told_has_its_words():
    sources = (Path(kinds.__file__).parents[1]).rglob("*.py")
    told = set()
    for source in sources:
        tree = ast.parse(source.read_text())
        named = {
            one.targets[0].id if isinstance(one, ast.Assign) else one.target.id: one.value.value
            for one in tree.body
            if isinstance(one, ast.Assign | ast.AnnAssign) and isinstance(one.value, ast.Constant)
        }
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "id", "").startswith("notify")
                and len(call.args) > 2
            ):
                kind = call.args[1]
                told.add(
                    kind.value if isinstance(kind, ast.Constant) else named.get(getattr(kind, "id", ""), "")
                )
    assert len(told) > 5
    assert told - {""} <= set(kinds.KINDS)


def test_reading_one_marks_it_and_anothers_is_not_there(site):
    mine, other = site.user(), site.user()
    tell(mine)
    tell(other)
    my_notice = Notice.objects.get(membership__user=mine)
    their_notice = Notice.objects.get(membership__user=other)
    client = site.client(mine)
    assert client.post(f"/notices/{my_notice.reference}/read/").status_code == 302
    hidden = client.post(f"/notices/{their_notice.reference}/read/")
    missing = client.post("/notices/N-NOTTHERE22/read/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert [Notice.objects.get(pk=one.pk).read_at is None for one in (my_notice, their_notice)] == [
        False,
        True,
    ]
    assert client.get(f"/notices/{my_notice.reference}/read/").status_code == 405


def test_the_first_page_shows_the_newest_unread_ones_until_they_are_read(site_on_sqlite):
    user = site_on_sqlite.user()
    for number in range(7):
        tell(user, sentence=f"News {number}.")
    actor = acting_as(user)
    shown = queries.for_home(actor)
    assert shown.unread == 7
    assert [one.sentence for one in shown.lines] == [f"News {number}." for number in (6, 5, 4, 3, 2)]
    site_on_sqlite.client(user).post("/notices/read/")
    assert queries.for_home(actor) == (0, ())


def test_the_first_page_counts_and_ranks_as_the_whole_list_does_and_reads_five(site):
    user, now = site.user(), timezone.now()
    membership = user.memberships.get()
    told = [
        ("news", "Old news.", "", None),
        ("breach", "B-1: told.", "/breaches/1/", None),
        ("breach", "B-1: told again.", "/breaches/1/", None),
        ("breach", "B-2, and no page.", "", None),
        ("breach", "B-3, and no page.", "", None),
        ("account", "Same.", "/account/", None),
        ("account", "Same.", "/account/", None),
        ("audit", "Due long ago.", "/audit/", now - dt.timedelta(hours=1)),
        ("audit", "Due tomorrow.", "/audit/", now + dt.timedelta(days=1)),
        ("limit", "Stopped.", "", None),
    ]
    for minute, (kind, sentence, link, due) in enumerate(told):
        made = Notice.objects.create(
            membership=membership, kind=kind, sentence=sentence, link=link, due_at=due
        )
        Notice.objects.filter(pk=made.pk).update(created_at=now + dt.timedelta(minutes=minute - 30))
    actor = acting_as(user)
    whole = [line for group in queries.mine(actor) for line in group.lines]
    with CaptureQueriesContext(connection) as asked:
        shown = queries.for_home(actor)
    assert len(asked) == 2
    assert shown == (8, tuple(whole[:5]))
    assert [line.times.partition(" since")[0] for line in shown.lines] == [
        "",
        "Told 2 times",
        "",
        "",
        "Told 2 times",
    ]


def test_a_notice_of_a_role_that_ended_is_read_no_more(site_on_sqlite):
    user = site_on_sqlite.user()
    tell(user)
    actor = acting_as(user)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    user.memberships.update(ends=yesterday)
    site_on_sqlite.membership(user, "frontline")
    assert queries.mine(actor) == ()


def test_who_was_put_out_of_a_role_at_once_is_told_nothing_and_sees_nothing_of_it(site):
    user, lead = site.user(), site.user("information-governance", "childrens-social-care")
    spare = site.user("information-governance", "partnership")
    tell(user)
    actor, notice = acting_as(user), Notice.objects.get()
    for one in (user, lead):
        one.memberships.update(ended_at=timezone.now())
    tell(user, sentence="Told too late.")
    with transaction.atomic():
        services.notify_leads(site.partner("childrens-social-care"), "breach", "A breach.")
    assert (queries.mine(actor), queries.for_home(actor)) == ((), (0, ()))
    assert services.mark_read(actor, notice.reference) is False
    assert [one.membership.user for one in Notice.objects.exclude(pk=notice.pk)] == [spare]
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_who_is_out_of_a_role_is_in_no_query_that_asks_who_holds_it(site_on_sqlite):
    held = [site_on_sqlite.user("information-governance").memberships.get() for _ in range(5)]
    ended, gone, to_come, closed, stays = held
    today = timezone.localdate()
    Membership.objects.filter(pk=ended.pk).update(ended_at=timezone.now())
    Membership.objects.filter(pk=gone.pk).update(ends=today - dt.timedelta(days=1))
    Membership.objects.filter(pk=to_come.pk).update(starts=today + dt.timedelta(days=1))
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    assert list(with_right(Right.GOVERN)) == [stays]
    assert [is_held(one) for one in held] == [False, False, False, False, True]


def test_a_notice_of_another_role_says_so(site_on_sqlite):
    user = site_on_sqlite.user("frontline")
    tell(user)
    actor = acting_as(user)
    site_on_sqlite.membership(user, "school-lead")
    school = Membership.objects.get(user=user, role="school-lead")
    (group,) = queries.mine(actor._replace(membership_id=school.pk, role="school-lead"))
    (line,) = group.lines
    assert line.role == "As Officer or frontline practitioner, Police"


def test_a_partners_leads_are_told_and_its_own_address_is_written_to(site):
    police = site.partner("police", lead_email="lead@police.test")
    lead = site.user("information-governance", "police")
    site.user("information-governance", "acute-trust")
    site.user("frontline", "police")
    with transaction.atomic():
        services.notify_leads(police, "break-glass", "Somebody broke the glass.")
    assert [one.membership.user for one in Notice.objects.all()] == [lead]
    assert Mail.objects.filter(partner=police).count() == 1


def test_a_partner_without_a_lead_is_spoken_for_by_the_partnerships(site):
    lead = site.user("information-governance", "childrens-social-care")
    gone = site.user(
        "information-governance", "acute-trust", ends=timezone.localdate() - dt.timedelta(days=1)
    )
    with transaction.atomic():
        services.notify_leads(site.partner("police"), "break-glass", "Somebody broke the glass.")
    assert [one.membership.user for one in Notice.objects.all()] == [lead] != [gone]
    assert not Mail.objects.filter(notice=None).exists()


def acting_as(user):
    return acting_in(user.memberships.get(), user, session="", strength="password")
