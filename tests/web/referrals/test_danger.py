"""Danger now is told at once: on the first page of front door and supervisor, and by an e-mail that says nothing of it."""

import datetime as dt

import msgspec
import pytest
from django.core.management import call_command
from django.utils import timezone

from footprint.referrals.deciding import Grounds
from footprint.referrals.referral import Safety, Said, SourceForm
from footprint.referrals.states import Part, Step
from footprint.web.notices.models import Mail, Notice
from footprint.web.referrals import services as sending
from footprint.web.referrals.danger import remind_of_late
from footprint.web.referrals.desk.services import take
from footprint.web.referrals.models import Draft, Referral
from tests.web.cases.conftest import said
from tests.web.referrals.breaking import broken
from tests.web.referrals.writers import ADA, URGENT

IN_DANGER = msgspec.structs.replace(URGENT, children=(ADA,))
CALM = msgspec.structs.replace(IN_DANGER, safety=Safety(danger_now=Said.NO))
TELLING = ("Ada", "Birch", "Alder", "hit", "Olga", "960001")


@pytest.fixture
def door(desk):
    return desk("social-work-decision-maker", email="door@borough.example")


@pytest.fixture
def sergeant(desk):
    return desk("police-supervisor", team="Response A", email="sergeant@police.example")


def told():
    """Whom the unread notices of danger are for."""
    unread = Notice.objects.filter(kind__startswith="danger", read_at__isnull=True)
    return {one.membership.user.username for one in unread.select_related("membership__user")}


def test_front_door_and_supervisor_read_it_at_once_and_nobody_else(desk, officer, door, sergeant):
    other = desk("police-supervisor", team="Response B")
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    for one, words in ((door, "says that somebody is in danger now"), (sergeant, "of your team says")):
        page = said(one.get("/"))
        assert f"Referral {sent.reference}" in page
        assert words in page
        assert "danger now: 1" in page
        assert not any(word in page for word in TELLING)
    for one in (officer, other):
        assert sent.reference not in said(one.get("/"))
    assert told() == {door.user.username, sergeant.user.username}
    assert {one.due_at for one in Notice.objects.all()} == {sent.due_at}, "within the hour"
    assert Mail.objects.count() == 2, "with no mail server it stands there all the same, and is owed"


def test_the_e_mail_says_nothing_of_it(officer, door, sergeant, mail):
    door.site.set(MAIL=mail.url, MAIL_FROM="footprint@borough.example", SITE="https://footprint.example")
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    call_command("deliver", "--once")
    assert {to for (to,), _ in mail.taken} == {"door@borough.example", "sergeant@police.example"}
    for _, message in mail.taken:
        assert not any(word in str(message) for word in (*TELLING, sent.reference, "danger"))


def test_without_danger_nobody_is_roused_and_danger_that_follows_rouses_once(officer, door, sergeant):
    sent = sending.receive(officer.actor, CALM, form="one")
    assert told() == set()
    sending.add(officer.actor, sent, IN_DANGER, form="two")
    sending.add(officer.actor, sent, msgspec.structs.replace(IN_DANGER, who="Two of them"), form="three")
    assert told() == {door.user.username, sergeant.user.username}
    assert Notice.objects.filter(kind="danger").count() == 1


def test_once_it_is_taken_on_or_read_nobody_is_reminded(desk, officer, door, sergeant):
    colleague = desk("social-work-decision-maker")
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    door.post(f"/referrals/desk/{sent.pk}/steps/accept/", {"moves": 1, "seen": 0})
    assert Referral.objects.get().state == "accepted"
    assert told() == {sergeant.user.username}
    assert "danger now:" not in said(colleague.get("/")).partition("Referrals at the front door")[0]
    sergeant.post("/referrals/team/seen/", {"referral": sent.pk})
    assert told() == set()


def test_once_it_is_decided_its_supervisor_reads_of_no_danger_now(desk, officer, door, sergeant):
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    waits = sending.receive(officer.actor, IN_DANGER, form="two")
    step = Step(
        verb="decide", part=Part.FRONT_DOOR, by="Sam", at=timezone.now(), outcome="section-17",
        reason="child-in-need", words="We meet at noon.",
    )  # fmt: skip
    safe = "Her aunt has her at her own home until noon tomorrow."
    take(door.actor, sent, step, grounds=Grounds(spoke_to="Olga Birch, 01922 960001", tonight=safe))
    unread = Notice.objects.filter(kind__startswith="danger", read_at__isnull=True)
    assert {one.link for one in unread} == {f"/referrals/sent/{waits.pk}/"}
    assert told() == {door.user.username, sergeant.user.username}


def test_what_is_put_back_is_told_to_everybody_at_the_door_again_and_stands_with_nobody(desk, officer, door):
    colleague = desk("social-work-decision-maker")
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    door.post(f"/referrals/desk/{sent.pk}/steps/accept/", {"moves": 1, "seen": 0})
    assert sent.reference in said(door.get("/referrals/queue/?show=mine"))
    words = {"moves": 2, "seen": 0, "words": "My shift ends. Nobody is rung yet."}
    assert "Put it back" in said(colleague.get(f"/referrals/sent/{sent.pk}/"))
    colleague.post(f"/referrals/desk/{sent.pk}/steps/put-back/", words)
    due = sent.due_at
    sent.refresh_from_db()
    assert (sent.state, sent.is_waiting, sent.due_at) == ("received", True, due)
    assert told() == {door.user.username, colleague.user.username}
    assert "was put back: nobody has it" in said(door.get("/"))
    assert sent.reference not in said(door.get("/referrals/queue/?show=mine"))
    assert f"Nobody has it: put back by {colleague.actor.name}" in said(door.get("/referrals/queue/"))
    assert "Nobody is rung yet." in said(door.get(f"/referrals/sent/{sent.pk}/"))
    assert "Nobody at the front door has taken it on yet" in said(officer.get(f"/referrals/sent/{sent.pk}/"))
    colleague.post(f"/referrals/desk/{sent.pk}/steps/accept/", {"moves": 3, "seen": 0})
    assert told() == set()
    assert sent.reference in said(colleague.get("/referrals/queue/?show=mine"))
    assert sent.reference not in said(door.get("/referrals/queue/?show=mine"))


def test_what_was_accepted_and_is_late_is_told_to_everybody_at_the_door_once(desk, officer, door):
    colleague = desk("social-work-decision-maker")
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    calm = sending.receive(officer.actor, CALM, form="two")
    for one in (sent, calm):
        door.post(f"/referrals/desk/{one.pk}/steps/accept/", {"moves": 1, "seen": 0})
    late = sent.due_at + dt.timedelta(minutes=1)
    assert remind_of_late(sent.due_at - dt.timedelta(minutes=1)) == 0
    assert remind_of_late(late) == 1
    assert told() == {door.user.username, colleague.user.username}
    assert "Somebody accepted it, and it is late" in said(colleague.get("/"))
    assert remind_of_late(late + dt.timedelta(days=1)) == 0
    call_command("remind_of_danger")
    assert Notice.objects.filter(kind="danger").count() == 4


def test_danger_that_was_not_understood_is_told_too_where_it_was_accepted_and_is_late(desk, door):
    form = SourceForm(reference="M/1", danger_unread=True)
    came = msgspec.structs.replace(IN_DANGER, imported=form, safety=Safety(danger_now=Said.NOT_KNOWN))
    sent = sending.receive(desk().actor, came, form="one")
    door.post(f"/referrals/desk/{sent.pk}/steps/accept/", {"moves": 1, "seen": 0})
    late = sent.due_at + dt.timedelta(minutes=1)
    assert remind_of_late(late) == 1
    assert told() == {door.user.username}
    assert "was not understood. Somebody accepted it, and it is late" in said(door.get("/"))
    assert remind_of_late(late) == 0


WAYS = {"accepted": ("accept",), "decided": ("decide",), "closed": ("decide", "close")}


def goes_on(door, sent, verbs):
    """The front door takes these steps, and nobody has an unread notice of danger any more."""
    for verb in verbs:
        argued = {"outcome": "section-17", "reason": "child-in-need"} if verb == "decide" else {}
        words = "" if verb == "accept" else "The aunt has them."
        one = Step(
            verb=verb, part=Part.FRONT_DOOR, by=door.actor.name, at=timezone.now(), words=words, **argued
        )
        take(door.actor, sent, one, grounds=Grounds("PC Birch", "The children sleep at their aunt's."))
    Notice.objects.update(read_at=timezone.now())


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize(("first", "word"), [(IN_DANGER, "said again since"), (CALM, "said since")])
def test_danger_that_is_said_since_it_was_taken_up_is_told_like_new_danger(
    officer, door, sergeant, state, first, word
):
    sent = sending.receive(officer.actor, first, form="one")
    goes_on(door, sent, WAYS[state])
    more = msgspec.structs.replace(IN_DANGER, who="He is back in the house")
    sending.add(officer.actor, sent, more, form="two", danger_again=first is IN_DANGER)
    assert told() == {door.user.username, sergeant.user.username}
    held = Referral.objects.get()
    for one in Notice.objects.filter(read_at__isnull=True, kind__startswith="danger"):
        assert one.sentence.endswith(f"Danger was {word} it was {state}.")
        assert one.due_at == held.due_at
    assert (held.is_waiting, held.decided_at, held.due_rule.partition("/")[0]) == (True, None, "urgent")
    assert held.state == ("accepted" if state == "accepted" else "received")
    assert held.due_at - timezone.now() <= dt.timedelta(hours=1)
    assert f"Danger was said since it was {state}" in said(door.get("/referrals/queue/"))
    Referral.objects.update(due_at=timezone.now() - dt.timedelta(minutes=5))
    assert "late: 1" in said(door.get("/"))
    door.post(f"/referrals/desk/{sent.pk}/steps/read/", {"moves": len(WAYS[state]) + 1, "seen": 1})
    assert "late: 1" in said(door.get("/")), "to have read it is no answer"


@pytest.mark.parametrize("state", ["accepted", "decided"])
def test_danger_that_an_addition_only_carries_along_is_an_addition_like_any(officer, door, sergeant, state):
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    goes_on(door, sent, WAYS[state])
    sent.refresh_from_db()
    more = msgspec.structs.replace(IN_DANGER, children=(msgspec.structs.replace(ADA, school="Alder Lane"),))
    sending.add(officer.actor, sent, more, form="two")
    assert told() == set()
    held = Referral.objects.get()
    assert (held.state, held.is_waiting, held.is_urgent) == (state, True, True)
    assert (held.due_at, held.decided_at) == (sent.due_at, sent.decided_at)
    queue = said(door.get("/referrals/queue/"))
    assert "Something was added" in queue
    assert "Danger was said since" not in queue
    page = said(door.get(f"/referrals/sent/{sent.pk}/"))
    assert "Added to" in page
    assert "Added to: danger now" not in page


def test_what_was_closed_comes_back_with_its_danger_and_is_told_for_nobody_has_it(officer, door, sergeant):
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    goes_on(door, sent, WAYS["closed"])
    sending.add(officer.actor, sent, msgspec.structs.replace(IN_DANGER, who="Two of them"), form="two")
    assert told() == {door.user.username, sergeant.user.username}
    held = Referral.objects.get()
    assert (held.state, held.is_waiting, held.due_rule.partition("/")[0]) == ("received", True, "urgent")
    unread = Notice.objects.filter(read_at__isnull=True, kind__startswith="danger")
    assert all(one.sentence.endswith("back in the queue: something was added to it.") for one in unread)
    assert "Danger was said since" not in said(door.get("/referrals/queue/"))


def test_whoever_adds_to_danger_that_was_taken_up_is_asked_whether_it_is_now(officer, door):
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    asks = "Somebody is in danger now, again or still"
    for state, is_asked in ((), False), (("decide",), True):
        goes_on(door, sent, state)
        officer.post(f"/referrals/sent/{sent.pk}/add/")
        draft = Draft.objects.get()
        for page in ("", "check/"):
            assert (asks in said(officer.get(f"/referrals/drafts/{draft.pk}/{page}"))) is is_asked
    url = f"/referrals/drafts/{draft.pk}/send/"
    officer.post(url, {"submission": draft.submission, "danger_again": "on"})
    assert Referral.objects.get().state == "received"
    assert told() == {door.user.username}
    assert "Added to: danger now" in said(officer.get(f"/referrals/sent/{sent.pk}/"))


def test_that_it_is_now_again_outlasts_a_ledger_that_is_down(officer, door):
    sent = sending.receive(officer.actor, IN_DANGER, form="one")
    goes_on(door, sent, ("decide",))
    officer.post(f"/referrals/sent/{sent.pk}/add/")
    draft = Draft.objects.get()
    with broken():
        officer.post(
            f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission, "danger_again": "on"}
        )
    assert told() == set()
    call_command("enter_spooled")
    assert told() == {door.user.username}


def test_an_addition_gives_nobody_more_time_where_danger_waits_already(officer, door):
    sent = sending.receive(officer.actor, IN_DANGER, form="one", at=timezone.now() - dt.timedelta(minutes=50))
    goes_on(door, sent, ("accept",))
    sending.add(officer.actor, sent, msgspec.structs.replace(IN_DANGER, who="Two of them"), form="two")
    assert Referral.objects.get().due_at == sent.due_at


def test_what_is_added_without_danger_rouses_nobody(officer, door):
    sent = sending.receive(officer.actor, CALM, form="one")
    goes_on(door, sent, ("decide",))
    sending.add(officer.actor, sent, msgspec.structs.replace(CALM, who="Two of them"), form="two")
    assert told() == set()
    assert Referral.objects.get().state == "decided"
