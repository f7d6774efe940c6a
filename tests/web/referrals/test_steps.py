"""A step with a referral: its row, its copies, its entry, what the author is told and what leaves, or nothing of it."""

import datetime as dt
import uuid
from unittest import mock

import msgspec
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.ledger import LedgerUnavailable
from footprint.referrals import states
from footprint.referrals.referral import Safety, Said
from footprint.web.notices.models import Notice
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import services
from footprint.web.referrals.models import Feedback, Outgoing, Referral, Step
from footprint.web.referrals.standing import copy, stands
from tests.web.cases.conftest import said
from tests.web.referrals.systems import connect, destination
from tests.web.referrals.writers import ADA, URGENT

DANGER = msgspec.structs.replace(URGENT, children=(ADA,))
WITH_ADA = msgspec.structs.replace(DANGER, safety=Safety(danger_now=Said.NO))
SAYS = {
    "outcome": "section-17",
    "reason": "child-in-need",
    "words": "Ada needs help that her school cannot give alone.",
}
SPOKEN = {"spoke_to": "PC Birch, 01632 960001", "tonight": "They sleep at their aunt's until Monday."}


def step(desk, verb, part=states.Part.FRONT_DOOR, **more):
    return states.Step(verb=verb, part=part, by=desk.actor.name, at=timezone.now(), **more)


@pytest.fixture
def officer(desk):
    return desk(team="Response A")


@pytest.fixture
def door(desk):
    return desk("social-work-decision-maker")


@pytest.fixture
def sent(officer):
    return sending.receive(officer.actor, WITH_ADA, form="one")


def test_a_decision_is_a_row_an_entry_an_answer_to_its_author_and_a_notice_that_tells_nothing(
    door, officer, sent
):
    held = services.take(door.actor, sent, step(door, "decide", **SAYS))
    assert (held.state, held.is_waiting, held.outcome) == ("decided", False, "section-17")
    assert held.decided_at is not None
    (entry,) = door.site.entries(action="referral-decide")
    assert entry.leaf.facts["outcome"] == "section-17"
    assert "Ada" not in str(entry.leaf)
    told = Feedback.objects.get(kind="decision")
    assert told.words.startswith("It was decided: Assessment (section 17)")
    assert SAYS["words"] in told.words
    notice = Notice.objects.get(membership=officer.actor.membership_id)
    assert notice.link == f"/referrals/sent/{sent.pk}/"
    assert "Ada" not in notice.sentence
    assert "17" not in notice.sentence


def test_a_call_is_noted_moves_nothing_and_goes_on_as_an_addition_that_its_author_reads(door, officer, sent):
    connect(officer.site.data, destination())
    before, moves = Referral.objects.get(pk=sent.pk), services.moves_so_far(sent)
    words = "14:10, their aunt, 01632 960009: they are with her. CHIS told me that he looks for them."
    at = f"/referrals/desk/{sent.pk}/steps/note/"
    assert "Who told you, and what?" in door.get(at).content.decode()
    assert door.post(at, {"words": words, "moves": moves, "seen": 0}).status_code == 302
    after = Referral.objects.get(pk=sent.pk)
    assert (after.state, after.is_waiting, after.due_at) == (before.state, before.is_waiting, before.due_at)
    (entry,) = door.site.entries(action="referral-note")
    assert "aunt" not in str(entry.leaf)
    left = Outgoing.objects.get(kind="addition")
    said = msgspec.json.decode(bytes(left.body))
    assert (said["reference"], said["by"]) == (sent.reference, door.actor.name)
    assert "they are with her" in said["noted"]
    assert "CHIS" not in said["noted"]
    assert Notice.objects.get(kind="referral").membership_id == officer.actor.membership_id
    page = officer.get(f"/referrals/sent/{sent.pk}/").content.decode()
    assert "The front door added what somebody told it" in page
    assert f"Taken down at the front door, {door.actor.name}" in page
    assert "they are with her" in page
    assert "CHIS" not in page
    assert officer.post(at, {"words": words, "moves": moves, "seen": 0}).status_code == 403


def test_a_call_about_a_closed_one_is_kept_with_it_and_the_page_says_how_a_new_concern_comes_in(
    door, officer, sent
):
    services.take(door.actor, sent, step(door, "decide", **SAYS))
    services.take(door.actor, sent, step(door, "close", words="Family help since April."))
    note = f"/referrals/desk/{sent.pk}/steps/note/"
    page = door.get(f"/referrals/sent/{sent.pk}/").content.decode()
    assert "A new concern is a new referral" in page
    assert note in page
    asked = door.get(note).content.decode()
    assert "This referral is closed, and stays closed." in asked
    assert 'href="/referrals/new/"' in asked
    assert f"/referrals/desk/{sent.pk}/steps/reopen/" in asked
    words = "14:10, their aunt, 01632 960009: he is back in the house."
    typed = {"words": words, "moves": services.moves_so_far(sent), "seen": 0}
    assert door.post(note, typed).status_code == 302
    after = Referral.objects.get(pk=sent.pk)
    assert (after.state, after.is_waiting, after.outcome) == ("closed", False, "section-17")
    assert "he is back in the house" in officer.get(f"/referrals/sent/{sent.pk}/").content.decode()


def test_nothing_of_a_step_remains_where_the_ledger_is_away(door, sent):
    with (
        mock.patch("footprint.web.referrals.desk.services.ledger", side_effect=LedgerUnavailable("away")),
        pytest.raises(LedgerUnavailable),
    ):
        services.take(door.actor, sent, step(door, "decide", **SAYS))
    sent.refresh_from_db()
    assert sent.state == "received"
    assert list(Step.objects.values_list("verb", flat=True)) == ["receive"]


@pytest.mark.parametrize(
    ("role", "part", "verb"),
    [
        ("frontline", states.Part.FRONT_DOOR, "decide"),
        ("police-supervisor", states.Part.FRONT_DOOR, "accept"),
        ("police-supervisor", states.Part.SUPERVISOR, "decide"),
        ("social-work-decision-maker", states.Part.SUPERVISOR, "send-back"),
    ],
)
def test_nobody_acts_in_a_part_that_is_not_theirs(desk, sent, role, part, verb):
    other = desk(role, team="Response A")
    with pytest.raises(states.NotTheirs):
        services.take(other.actor, sent, step(other, verb, part, **SAYS))


def test_what_cannot_follow_raises_and_so_does_what_somebody_did_meanwhile(door, desk, sent):
    second = desk("social-work-decision-maker")
    moves = services.moves_so_far(sent)
    with pytest.raises(states.IllegalMove):
        services.take(door.actor, sent, step(door, "close", words="All well."))
    services.take(door.actor, sent, step(door, "decide", **SAYS), moves=moves)
    with pytest.raises(states.IllegalMove):
        services.take(second.actor, sent, step(second, "decide", **SAYS), moves=moves)
    assert Step.objects.filter(verb="decide").count() == 1


def test_an_addition_meanwhile_holds_no_decision_up(door, officer, sent):
    moves = services.moves_so_far(sent)
    sending.add(officer.actor, sent, msgspec.structs.replace(WITH_ADA, worker="Sam Dale"), form="two")
    held = services.take(door.actor, sent, step(door, "decide", **SAYS), moves=moves)
    assert held.state == "decided"
    assert held.is_waiting, "what was added is unread, so it stays in the queue"


def test_what_a_record_system_did_comes_in_without_a_user(door, sent):
    came = states.Step(
        verb="decide", part=states.Part.RECORD_SYSTEM, by="Sam Dale", at=timezone.now(), **SAYS
    )
    held = services.take(None, sent, came)
    assert held.state == "decided"
    (entry,) = door.site.entries(action="referral-decide")
    assert entry.leaf.actor == "record-system"
    assert Feedback.objects.get(kind="decision").by_name == "Sam Dale"


def test_words_that_lead_to_a_source_are_read_masked_by_the_author(door, sent):
    services.take(
        door.actor, sent, step(door, "send-back", words="Who lives there? A CHIS told us of a second man.")
    )
    assert "CHIS" not in Feedback.objects.get(kind="more").words


@given(st.lists(st.sampled_from([*states.Verb]), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_copies_on_the_row_are_always_what_follows_from_the_steps(door, officer, verbs):
    from django.db import transaction

    with transaction.atomic():
        referral = sending.receive(officer.actor, WITH_ADA, form=str(uuid.uuid4()))
        for verb in verbs:
            move = next((one for one in states.FRONT_DOOR.values() if one.verb == verb), None)
            said = {name: SAYS[name] for name in (move.needs if move else ())}
            try:
                services.take(door.actor, referral, step(door, verb, **said))
            except (states.IllegalMove, states.NotTheirs):
                continue
        row = Referral.objects.get(pk=referral.pk)
        made = Referral(
            is_urgent=row.is_urgent, received_at=row.received_at, due_at=row.due_at, due_rule=row.due_rule
        )
        copy(made, stands(row))
        for name in ("state", "is_waiting", "asked_for_more", "outcome", "due_at"):
            assert getattr(made, name) == getattr(row, name), name
        transaction.set_rollback(True)


# ---------------------------------------------------------------- the page of a step


def test_the_form_asks_for_what_the_step_needs_and_says_what_is_missing(door, sent):
    page = door.get(f"/referrals/desk/{sent.pk}/steps/decide/").content.decode()
    assert "What do you decide?" in page
    assert 'name="moves"' in page
    wrong = door.post(f"/referrals/desk/{sent.pk}/steps/decide/", {"moves": 1, "seen": 0, "words": "No."})
    assert "<title>Error: " in wrong.content.decode()
    assert "Choose what was decided." in wrong.content.decode()
    right = door.post(f"/referrals/desk/{sent.pk}/steps/decide/", {"moves": 1, "seen": 0, **SAYS})
    assert right.headers["Location"] == "/referrals/queue/"
    assert Referral.objects.get().state == "decided"


def test_danger_is_not_put_away_without_somebody_spoken_to_and_the_sergeant_hears_of_it(door, desk, officer):
    sergeant = desk("police-supervisor", team="Response A")
    other = desk("police-supervisor", team="Response B")
    sent = sending.receive(officer.actor, DANGER, form="danger")
    at = f"/referrals/desk/{sent.pk}/steps/decide/"
    assert "Whom did you speak to?" in door.get(at).content.decode()
    nfa = {"moves": 1, "seen": 0, "outcome": "information", "reason": "below-threshold", "words": "nfa"}
    assert "contradict each other" in door.post(at, nfa | {"reason": "significant-harm"}).content.decode()
    assert "say to whom you spoke" in door.post(at, nfa).content.decode()
    assert "who is with the child now, until when" in said(door.post(at, nfa | {"spoke_to": "PC Birch"}))
    assert Referral.objects.get().state == "received"
    assert not Notice.objects.filter(kind="referral").exists()
    assert door.post(at, nfa | SPOKEN).status_code == 302
    assert "Spoke to: PC Birch" in Feedback.objects.get(kind="decision").words
    told = Notice.objects.filter(sentence__contains="no strategy discussion")
    assert [one.membership_id for one in told] == [sergeant.actor.membership_id]
    assert other.actor.membership_id not in {one.membership_id for one in told}


def test_a_strategy_discussion_too_asks_who_is_with_the_child_and_no_sergeant_need_ring(door, desk, officer):
    desk("police-supervisor", team="Response A")
    sent = sending.receive(officer.actor, DANGER, form="danger")
    at = f"/referrals/desk/{sent.pk}/steps/decide/"
    typed = {"outcome": "strategy-discussion", "reason": "significant-harm", "words": "All meet at nine."}
    typed |= {"moves": 1, "seen": 0}
    assert "say to whom you spoke" in said(door.post(at, typed))
    assert door.post(at, typed | SPOKEN).status_code == 302
    assert "With the child now: They sleep at their aunt's" in Feedback.objects.get(kind="decision").words
    assert not Notice.objects.filter(sentence__contains="no strategy").exists()


def test_passed_to_a_worker_needs_the_worker_who_took_it_and_else_the_page_leads_to_passing_it_on(door, sent):
    at = f"/referrals/desk/{sent.pk}/steps/decide/"
    typed = {"moves": 1, "seen": 0, "outcome": "routed", "reason": "already-known", "words": "They have him."}
    page = door.post(at, typed)
    assert "Say which worker has accepted it." in said(page)
    assert f'href="/referrals/desk/{sent.pk}/steps/route/"' in page.content.decode()
    assert Referral.objects.get().is_waiting
    worker = {"worker": "Sam Field", "worker_number": "01632 960222", "accepted": "today, 14:10"}
    assert door.post(at, typed | worker).status_code == 302
    assert "Accepted by the worker: Sam Field, 01632 960222" in Feedback.objects.get(kind="decision").words


def test_too_little_is_put_away_once_a_call_to_whoever_sent_it_is_noted(door, sent):
    at = f"/referrals/desk/{sent.pk}/steps/"
    typed = {"seen": 0, "outcome": "information", "reason": "insufficient-information", "words": "No names."}
    assert "Ring whoever sent it" in said(door.post(f"{at}decide/", typed | {"moves": 1}))
    assert Referral.objects.get().is_waiting
    services.take(door.actor, sent, step(door, "note", words="14:10, PC Birch: nothing more is known."))
    assert door.post(f"{at}decide/", typed | {"moves": 2}).status_code == 302
    assert not Referral.objects.get().is_waiting


def test_what_came_back_or_was_opened_again_is_decided_no_more_and_late_like_any_other(door, officer, sent):
    day = dt.timedelta(days=1)
    for verb, more in (("decide", SAYS), ("close", {"words": "We met."}), ("reopen", {"words": "We met."})):
        held = services.take(door.actor, sent, step(door, verb, **more))
    assert (held.decided_at, held.state) == (None, "accepted")
    assert held.received_at > sent.received_at, "its clock begins anew"
    Referral.objects.update(due_at=timezone.now() - day)
    assert "late: 1" in said(door.get("/"))
    for verb, more in (("decide", SAYS), ("close", {"words": "We met."})):
        services.take(door.actor, sent, step(door, verb, **more))
    sending.add(officer.actor, sent, msgspec.structs.replace(WITH_ADA, who="Two of them"), form="two")
    held.refresh_from_db()
    assert (held.decided_at, held.state) == (None, "received")


def test_whoever_comes_second_reads_that_somebody_was_quicker(door, desk, sent):
    second = desk("social-work-decision-maker")
    accept = f"/referrals/desk/{sent.pk}/steps/accept/"
    assert door.post(accept, {"moves": 1, "seen": 0}).status_code == 302
    answer = second.post(accept, {"moves": 1, "seen": 0, "words": "I rang the <school>.", "outcome": "x"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody was quicker" in page
    assert "I rang the &lt;school&gt;." in page, "what was typed can be copied"
    assert Step.objects.filter(verb="accept").count() == 1


@pytest.mark.parametrize("verb", ["receive", "add", "nothing-here", "decide", "accept"])
def test_a_supervisor_asks_for_more_and_nothing_else(desk, sent, verb):
    sergeant = desk("police-supervisor", team="Response A")
    assert (
        sergeant.post(f"/referrals/desk/{sent.pk}/steps/{verb}/", {"moves": 1, "seen": 0}).status_code == 404
    )
    asked = sergeant.post(
        f"/referrals/desk/{sent.pk}/steps/send-back/", {"moves": 1, "seen": 0, "words": "Who is the father?"}
    )
    assert asked.status_code == 302
    sent.refresh_from_db()
    assert sent.asked_for_more
    assert sent.is_waiting
    assert sent.state == "received"
