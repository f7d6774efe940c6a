"""A second one who doubts what is in dispute: told so, heard in one step, and not silenced by the first who takes it back."""

import pytest

from footprint.web.accounts.models import Membership
from footprint.web.identity.models import Dispute, Voice
from footprint.web.identity.queries import state_of
from footprint.web.identity.states import State
from footprint.web.notices.models import Notice
from tests.web.identity.scene import SUSPECT, VICTIM, Desk, said

WHY = "She sat here an hour ago: another woman."


@pytest.fixture
def disputed(town_on_sqlite):
    """The two women, parted by the first, the social worker."""
    town_on_sqlite.worker.says_not_them(VICTIM, SUSPECT)
    return town_on_sqlite


def doubts_too(town, desk=None, reason=WHY):
    desk = desk or town.officer
    return desk.client.post(desk.url(VICTIM, "doubt-too/"), {"reason": reason})


def takes_back(desk, reason="I looked at the wrong file."):
    return desk.client.post(f"/who-is-who/said/{Dispute.objects.get().pk}/", {"reason": reason})


def test_the_second_is_told_that_it_is_in_dispute_and_says_so_in_one_step(disputed):
    officer, dispute = disputed.officer, Dispute.objects.get()
    for page in ("", "not-them/"):
        answer = officer.client.get(officer.url(SUSPECT, page))
        assert f'href="{officer.url(SUSPECT, "doubt-too/")}"' in answer.content.decode()
        assert f"these are one person ({dispute.reference})" in said(answer)
    assert doubts_too(disputed).status_code == 302
    assert "You doubt it too." in said(officer.opens(VICTIM))
    assert "doubt-too" not in officer.opens(VICTIM).content.decode()
    assert officer.client.get(officer.url(VICTIM, "doubt-too/")).status_code == 404
    assert "Take that back" in said(officer.client.get(officer.url(VICTIM, "not-them/")))


def test_the_steward_reads_both_and_settles_it_once(disputed):
    doubts_too(disputed)
    dispute = Dispute.objects.get()
    notice = Notice.objects.filter(membership__role="data-steward").latest("pk")
    assert notice.sentence == f"{dispute.reference}: somebody else doubts it too. Read what they know."
    page = said(disputed.steward.get(f"/who-is-who/{dispute.pk}/"))
    assert "Wendy Alder" in page
    assert f"Doubts it too : {WHY} Omar Birch" in page
    ruled = {"after": "same", "reason": "Asked both."}
    assert disputed.steward.post(f"/who-is-who/{dispute.pk}/settle/", ruled).status_code == 302
    assert disputed.between(VICTIM, SUSPECT) == "joined"
    for desk in (disputed.worker, disputed.officer):
        told = Notice.objects.filter(membership__user=desk.user).latest("pk").sentence
        assert told.startswith("It is settled: the records")


def test_whoever_takes_theirs_back_does_not_end_the_others(disputed):
    doubts_too(disputed)
    dispute, before = Dispute.objects.get(), Notice.objects.count()
    assert takes_back(disputed.worker).status_code == 302
    assert state_of(dispute) is State.OPEN
    assert disputed.between(VICTIM, SUSPECT) == "possible"
    assert Notice.objects.count() == before, "nothing changed of which anybody should be told"
    own = said(disputed.worker.client.get(f"/who-is-who/said/{dispute.pk}/"))
    assert "Taken back" in own
    assert "Omar" not in own
    assert "Say why" not in own
    assert "You have doubted" not in said(disputed.worker.opens(VICTIM))
    page = said(disputed.steward.get(f"/who-is-who/{dispute.pk}/"))
    assert "Doubts it no longer : I looked at the wrong file. Wendy Alder" in page
    assert takes_back(disputed.worker).status_code == 200, "once is enough"
    assert takes_back(disputed.officer).status_code == 302
    assert state_of(dispute) is State.WITHDRAWN
    assert disputed.between(VICTIM, SUSPECT) == "joined"


def test_it_is_entered_with_its_reason_under_seal(disputed):
    parts = {disputed.person(VICTIM), disputed.person(SUSPECT)}
    doubts_too(disputed)
    takes_back(disputed.worker)
    too, back = disputed.site.entries(kind="decision")[-2:]
    assert (too.leaf.action, too.leaf.actor, too.leaf.case) == (
        "doubt-too",
        disputed.officer.user.username,
        "CRU-77",
    )
    assert set(too.leaf.subjects) == parts
    assert too.personal["reason"] == WHY
    assert (back.leaf.action, back.leaf.facts["took-back"]) == ("withdraw", "")


def test_nobody_who_said_so_settles_it_or_says_so_twice(disputed):
    both = disputed.site.user("central-referral-unit", "police", name="Zed Ash")
    doubts_too(disputed, Desk(disputed.site, disputed, both, "CRU-78"))
    assert doubts_too(disputed, disputed.worker).status_code == 404
    dispute = Dispute.objects.get()
    assert [voice.by.user.name for voice in Voice.objects.all()] == ["Wendy Alder", "Zed Ash"]
    steward = Membership.objects.get(role="data-steward")
    Voice.objects.filter(by__user=both).update(by=steward)
    page = said(disputed.steward.get(f"/who-is-who/{dispute.pk}/"))
    assert "You said so yourself. Another steward must settle this." in page


def test_it_takes_a_reason_and_a_dispute(disputed):
    answer = doubts_too(disputed, reason=" ")
    assert "Say how you know, in a sentence." in said(answer)
    assert "<title>Error: " in answer.content.decode()
    takes_back(disputed.worker)
    assert doubts_too(disputed).status_code == 404
    assert Voice.objects.count() == 0
