"""A steward settles: children first, both sides field by field, two people where it must be two, and it can be taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.db.utils import OperationalError

from footprint.web.accounts.models import DeclaredAddress, DeclaredRelative
from footprint.web.identity.models import Dispute, Step
from footprint.web.identity.queries import state_of
from footprint.web.identity.states import State
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from tests.web.identity.scene import (
    AT_VICTIMS_HOME,
    CHILD_AT_HOME,
    CHILD_AT_HOSPITAL,
    SUSPECT,
    VICTIM,
    said,
)


def settle(town, after, reason="Both partners checked their files.", client=None):
    dispute = Dispute.objects.latest("opened_at")
    return (client or town.steward).post(
        f"/who-is-who/{dispute.pk}/settle/", {"after": after, "reason": reason}
    )


def take_back(town, reason="A file was mistaken.", client=None):
    dispute = Dispute.objects.latest("opened_at")
    return (client or town.steward).post(f"/who-is-who/{dispute.pk}/take-back/", {"reason": reason})


def standing():
    return [made.kind for made in decisions().all("town") if made.stands]


def last_sentence(user):
    return Notice.objects.filter(membership__user=user).latest("pk").sentence


# ---- the queue


def test_children_come_first_and_then_what_has_waited_longest(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    town.worker.says_same(CHILD_AT_HOME, CHILD_AT_HOSPITAL)
    grown, child = Dispute.objects.order_by("about_a_child")
    for dispute, days in ((grown, 3), (child, 1)):
        dispute.opened_at -= dt.timedelta(days=days)
        dispute.save()
    page = town.steward.get("/who-is-who/")
    text = said(page)
    assert text.index(child.reference) < text.index(grown.reference)
    assert "Waiting 1 day" in text
    assert "Waiting 3 days" in text
    assert "Wendy Alder, Children’s social care" in text
    for word in ("Amandeep", "Khan", "Mill Lane", "1991"):
        assert word not in page.content.decode()


def test_the_queue_of_another_partnership_is_not_there(town):
    from footprint.web.accounts.models import Partner, Partnership

    town.worker.says_not_them(VICTIM, SUSPECT)
    elsewhere = Partnership.objects.create(id="elsewhere", name="Elsewhere")
    office = Partner.objects.create(partnership=elsewhere, code="office", name="Office", sector="partnership")
    stranger = town.site.user("data-steward")
    stranger.memberships.update(partner=office)
    client = town.site.client(stranger)
    dispute = Dispute.objects.get()
    assert dispute.reference not in said(client.get("/who-is-who/"))
    for path in ("", "settle/", "take-back/"):
        url = f"/who-is-who/{dispute.pk}/{path}"
        sent = client.post(url, {"after": "different", "reason": "x"}) if path else client.get(url)
        assert sent.status_code == 404
    assert state_of(dispute) is State.OPEN


# ---- the two sides


def test_both_sides_stand_beside_each_other_field_by_field_with_who_says_so(town):
    town.worker.says_not_them(VICTIM, SUSPECT, reason="Another woman, at another address.")
    text = said(town.steward.get(f"/who-is-who/{Dispute.objects.get().pk}/"))
    assert "Somebody says: this is not them" in text
    assert "Wendy Alder, Children’s social care" in text
    assert "Another woman, at another address." in text
    assert "A: Amandeep Kaur" in text
    assert "Name Agrees" in text
    assert (
        "Birthday Agrees 4 May 1991 Acute hospital trust, 20 November 2026; Police, 20 November 2026 4 May 1991"
        in text
    )
    assert "Home Differs" in text
    assert "12 Mill Lane" in text
    assert "8 Elm Road" in text
    assert "Police holds a record on each side." in text
    for word in ("domestic", "violence", "victim", "suspect", "incident", "attendance"):
        assert word not in text.lower()


def test_a_stewards_look_is_in_the_ledger_before_it_is_shown(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    dispute = Dispute.objects.get()
    page = town.steward.get(f"/who-is-who/{dispute.pk}/")
    intent, outcome = town.site.entries(case=dispute.reference)
    assert [(one.leaf.kind, one.leaf.action, one.leaf.purpose) for one in (intent, outcome)] == [
        ("intent", "compare", "steward"),
        ("outcome", "compare", "steward"),
    ]
    assert set(outcome.leaf.shown) == {town.person(VICTIM), town.person(SUSPECT)}
    assert f"Receipt {outcome.leaf.sequence}-" in page.content.decode()


def test_without_a_ledger_a_steward_sees_nothing(town_on_sqlite, monkeypatch):
    from footprint.ledger import LedgerUnavailable
    from footprint.ledger.ledger import Ledger

    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)

    def unavailable(*_, **__):
        raise LedgerUnavailable("The disk is full.")

    monkeypatch.setattr(Ledger, "record", unavailable)
    page = town.steward.get(f"/who-is-who/{Dispute.objects.get().pk}/")
    assert page.status_code == 503
    assert "Kaur" not in page.content.decode()


# ---- settling


def test_two_people_are_two_for_good(town):
    town.worker.opens(VICTIM)
    town.worker.says_not_them(VICTIM, SUSPECT)
    assert settle(town, "different").status_code == 302
    assert standing() == ["disputed", "different"]
    assert town.between(VICTIM, SUSPECT) == "apart"
    assert town.between(VICTIM, AT_VICTIMS_HOME) == "joined"
    assert last_sentence(town.worker.user).startswith(
        "It is settled: the one person whom you were shown in case"
    )


def test_one_person_after_all_stands_together_again_at_once(town):
    town.officer.opens(SUSPECT)
    town.worker.says_not_them(VICTIM, AT_VICTIMS_HOME)
    assert town.between(VICTIM, AT_VICTIMS_HOME) == "possible"
    assert settle(town, "same").status_code == 302
    assert town.between(VICTIM, AT_VICTIMS_HOME) == "joined"
    assert standing() == []
    for desk in (town.worker, town.officer):
        assert "one person’s after all" in last_sentence(desk.user)


def test_what_is_still_unclear_stays_in_the_queue_and_apart(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    settle(town, "unclear")
    assert town.between(VICTIM, SUSPECT) == "possible"
    assert "Still unclear" in said(town.steward.get("/who-is-who/"))
    settle(town, "different")
    assert state_of(Dispute.objects.get()) is State.DIFFERENT


@pytest.mark.parametrize("after", ["different", "same"])
def test_what_was_settled_can_be_taken_back_and_is_open_again(town, after):
    town.worker.says_not_them(VICTIM, SUSPECT)
    settle(town, after)
    assert take_back(town).status_code == 302
    assert standing() == ["disputed"]
    assert town.between(VICTIM, SUSPECT) == "possible"
    assert state_of(Dispute.objects.get()) is State.OPEN
    assert "was taken back" in last_sentence(town.worker.user)
    settle(town, after)
    assert [step.state for step in Step.objects.order_by("pk")] == ["open", after, "open", after]


def test_a_proposal_is_joined_at_the_next_publishing_and_not_before(town):
    town.worker.says_same(CHILD_AT_HOME, CHILD_AT_HOSPITAL)
    settle(town, "same")
    assert standing() == ["same"]
    assert town.between(CHILD_AT_HOME, CHILD_AT_HOSPITAL) == "possible"
    town.publish()
    assert town.between(CHILD_AT_HOME, CHILD_AT_HOSPITAL) == "joined"


def test_a_join_that_is_taken_back_is_taken_apart_at_once_and_told(town):
    town.worker.says_same(CHILD_AT_HOME, CHILD_AT_HOSPITAL)
    settle(town, "same")
    town.publish()
    town.officer.opens(CHILD_AT_HOME)
    take_back(town)
    assert standing() == ["disputed"]
    assert town.between(CHILD_AT_HOME, CHILD_AT_HOSPITAL) == "possible"
    told = [one.sentence for one in Notice.objects.filter(membership__user=town.officer.user).order_by("pk")]
    assert told[0].startswith("In case CRU-77 you were shown one person who may be two people.")


def test_a_wish_to_join_does_not_undo_a_ruling_that_keeps_apart(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    settle(town, "different")
    town.decide("disputed", "--one", CHILD_AT_HOME, "--other", CHILD_AT_HOSPITAL)
    town.worker.says_same(CHILD_AT_HOME, CHILD_AT_HOSPITAL)
    answer = settle(town, "same")
    assert "Another ruling keeps these two apart." in said(answer)
    assert "same" not in standing()
    assert state_of(Dispute.objects.latest("opened_at")) is State.OPEN


# ---- who may not


def test_whoever_said_so_cannot_settle_it_and_neither_can_somebody_of_the_household(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    both = town.worker.user
    held = town.site.membership(both, "data-steward", "childrens-social-care")
    as_steward = town.site.client(both, membership=held)
    neighbour = town.site.user("data-steward", name="Nora Fern")
    DeclaredAddress.objects.create(user=neighbour, text="8 Elm Road", postcode="WS3 4BB")
    cousin = town.site.user("data-steward", name="Carl Grove")
    DeclaredRelative.objects.create(user=cousin, name="Amandeep Kaur", born="4 May 1991", relation="cousin")
    refusals = {
        as_steward: "You said so yourself.",
        town.site.client(neighbour): "close to you",
        town.site.client(cousin): "close to you",
    }
    url = f"/who-is-who/{Dispute.objects.get().pk}/"
    for client, sentence in refusals.items():
        page = said(client.get(url))
        assert sentence in page
        assert "Settle it" not in page
        answer = settle(town, "different", client=client)
        assert sentence in said(answer)
        assert sentence in said(take_back(town, client=client))
    for client in list(refusals)[1:]:
        assert "Elm Road" not in client.get(url).content.decode()
    assert state_of(Dispute.objects.get()) is State.OPEN
    assert standing() == ["disputed"]


def test_of_what_is_hidden_since_nothing_is_shown_and_it_can_only_be_two(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    town.decide("erase", SUSPECT)
    url = f"/who-is-who/{Dispute.objects.get().pk}/"
    page = town.steward.get(url)
    assert "not to be seen any more" in said(page)
    assert "Kaur" not in page.content.decode()
    assert "can be settled as two people, and not as one" in said(settle(town, "same"))
    assert settle(town, "different").status_code == 302


def test_two_stewards_at_once_settle_it_once(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    settle(town, "different")
    answer = settle(town, "same")
    assert "somebody else was quicker" in said(answer)
    assert standing() == ["disputed", "different"]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"after": "", "reason": "Checked."}, "Choose what you rule."),
        ({"after": "open", "reason": "Checked."}, "somebody else was quicker"),
        ({"after": "different", "reason": ""}, "Say how you know"),
    ],
)
def test_what_is_missing_is_said(town_on_sqlite, typed, complaint):
    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)
    answer = town.steward.post(f"/who-is-who/{Dispute.objects.get().pk}/settle/", typed)
    assert complaint in said(answer)
    assert "<title>Error: " in answer.content.decode()


def test_a_failing_database_settles_nothing(town_on_sqlite, monkeypatch):
    from footprint.web.identity import deciding

    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)

    def broken(*_):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(deciding, "tell_outcome", broken)
    with pytest.raises(OperationalError):
        settle(town, "different")
    assert standing() == ["disputed"]
    assert state_of(Dispute.objects.get()) is State.OPEN
    assert not connection.in_atomic_block
