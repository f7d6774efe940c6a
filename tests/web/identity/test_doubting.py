""" "This is not them" and "these are the same": one step, one transaction, in force at once, and told to whoever saw it."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils import timezone

from footprint.web.cases.models import ShownRecord, Viewing
from footprint.web.identity.models import Dispute, DisputedRecord, Told
from footprint.web.identity.presenters.doubting import name_of
from footprint.web.identity.queries import viewings_of_link
from footprint.web.ledger.store import decisions, overlay
from footprint.web.notices.models import Mail, Notice
from tests.web.identity.scene import (
    AT_VICTIMS_HOME,
    CHILD_AT_HOME,
    CHILD_AT_HOSPITAL,
    SUSPECT,
    VICTIM,
    Desk,
    not_them,
    said,
)


def sentences(user):
    return [one.sentence for one in Notice.objects.filter(membership__user=user).order_by("pk")]


# ---- "this is not them"


def test_the_page_shows_each_record_with_what_tells_it_from_the_others(town):
    page = town.worker.client.get(town.worker.url(VICTIM, "not-them/"))
    text = said(page)
    assert "This is not them" in text
    for words in (
        "AMANDEEP-V",
        "AMANDEEP-S",
        "AMANDEEP-HOME",
        "12 Mill Lane",
        "8 Elm Road",
        "born 4 May 1991",
    ):
        assert words in text
    assert "domestic" not in text.lower()
    assert "Amandeep" not in page.content.decode().partition("<main")[0]
    assert "Receipt" in page.content.decode()


@pytest.mark.parametrize("page", ["not-them/", "same/"])
def test_of_somebody_protected_there_is_nothing_to_doubt_here(town, page):
    town.worker.opens(VICTIM)
    town.decide("shield", VICTIM)
    assert town.worker.client.get(town.worker.url(VICTIM, page)).status_code == 404


def test_said_once_they_stand_apart_at_once_for_everybody(town):
    before = town.officer.opens(SUSPECT)
    assert "AMANDEEP-V" in before.content.decode()
    sent = town.worker.says_not_them(VICTIM, SUSPECT)
    assert sent.status_code == 302
    assert town.person(VICTIM) != town.person(SUSPECT)
    assert town.between(VICTIM, SUSPECT) == "possible"
    assert town.between(VICTIM, AT_VICTIMS_HOME) == "joined"
    after = town.officer.opens(SUSPECT).content.decode()
    assert "Disputed" in after
    assert "12 Mill Lane" not in said(town.officer.client.get(town.officer.url(SUSPECT, "summary/")))


def test_whoever_finds_or_opens_a_part_is_told_who_doubts_since_when_and_led_to_the_others(town_on_sqlite):
    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)
    reference = Dispute.objects.get().reference
    rest = (
        f"doubted since 20 November 2026 that these are one person ({reference}). A data steward has not settled it yet. "
        "Until then they stand apart, and nothing of one is told of another."
    )
    asked = {"given": "Amandeep", "family": "Kaur", "born": "4 May 1991"}
    page = found(town.officer, **asked)
    text = said(page)
    assert text.startswith("Disputed: one person or several")
    # The officer sees no record of the council's here, and so is not told that somebody there looked.
    assert f"Disputed: waiting Somebody has {rest}" in text
    assert "12 Mill Lane" in text
    assert "8 Elm Road" in text
    assert f"Disputed: waiting You have {rest}" in said(found(town.worker, **asked))
    assert len(set(re.findall(r'href="(/cases/[^"]+/people/[^"]+)"', page.content.decode()))) == 2
    # One part is surely meant: the other, which was not asked for, stands beside it.
    asked["place"] = "8 Elm Road, WS3 4BB"
    beside = said(found(town.officer, **asked))
    assert beside.startswith("One person matches")
    assert "AMANDEEP" not in beside
    assert beside.count("Amandeep") >= 3
    for address in ("", "summary/", "print/"):
        page = town.officer.client.get(town.officer.url(SUSPECT, address))
        told = said(page) if not address else unescape(page.content.decode())
        assert "Disputed: waiting" in told
        assert f"Somebody has {rest}" in told
        assert "AMANDEEP-V" in told
    assert town.officer.url(VICTIM) in town.officer.opens(SUSPECT).content.decode()


def found(desk, **asked):
    """The answer to which a question about a person leads."""
    sent = desk.client.post(f"/cases/{desk.case.pk}/ask/person/", asked)
    return desk.client.get(sent["Location"])


def test_the_ruling_and_its_entry_stand_or_fall_together(town):
    town.worker.says_not_them(VICTIM, SUSPECT, reason="Another woman.")
    (made,) = decisions().all("town")
    dispute = Dispute.objects.get()
    assert (made.kind, made.by, made.reason) == ("disputed", town.worker.user.username, "Another woman.")
    assert {subject.value for subject in made.subjects} == {VICTIM, AT_VICTIMS_HOME}
    assert {subject.value for subject in made.others} == {SUSPECT}
    (entry,) = town.site.entries(kind="decision")
    assert (entry.leaf.action, entry.leaf.case) == ("disputed", "CR-2026-0001")
    assert entry.leaf.facts["dispute"] == dispute.reference
    assert entry.leaf.facts["decision"] == made.id == dispute.steps.get().made


def test_without_a_ledger_nothing_of_it_happened(town, monkeypatch):
    from footprint.ledger import LedgerUnavailable
    from footprint.web.identity import services

    page = town.worker.url(VICTIM, "not-them/")

    def unavailable(event):
        raise LedgerUnavailable("The disk is full.")

    monkeypatch.setattr(services, "entered", unavailable)
    answer = town.worker.client.post(page, not_them(SUSPECT))
    assert answer.status_code == 503
    assert decisions().all("town") == []
    assert (Dispute.objects.count(), Notice.objects.count(), Mail.objects.count()) == (0, 0, 0)
    assert overlay().pairs_apart == frozenset()
    assert town.person(VICTIM) == town.person(SUSPECT)


def test_everybody_who_was_shown_them_as_one_is_told_now_once_for_each_of_their_cases(town):
    town.worker.opens(VICTIM)
    town.officer.opens(SUSPECT)
    town.officer.client.get(town.officer.url(SUSPECT, "print/"))
    second = Desk(town.site, town, town.officer.user, "CRU-78")
    second.opens(VICTIM)
    bystander = Desk(town.site, town, town.site.user(), "OTHER-1")
    bystander.opens(CHILD_AT_HOME)
    town.worker.says_not_them(VICTIM, SUSPECT)
    assert [one.partition(" you ")[0] for one in sentences(town.officer.user)] == [
        "In case CRU-77",
        "In case CRU-78",
    ]
    (mine,) = sentences(town.worker.user)
    assert mine.startswith("You said in case CR-2026-0001")
    assert sentences(bystander.user) == []
    assert Told.objects.count() == 3


def test_a_notice_says_nothing_of_whom_it_is_about_and_nothing_of_others_who_saw_it(town):
    town.officer.opens(SUSPECT)
    town.worker.says_not_them(VICTIM, SUSPECT, reason="She told us: Amandeep.")
    for notice in Notice.objects.all():
        for word in ("Amandeep", "Kaur", "1991", "Mill", "Elm", "Wendy", "Omar", "AMANDEEP"):
            assert word not in notice.sentence
            assert word not in notice.link


def test_who_saw_only_one_of_the_two_is_not_told(town):
    """A nurse whom the agreement lets know the trust's records alone never saw the link."""
    nurse = Desk(town.site, town, town.site.user("navigator", "acute-trust"), "NHS-1")
    viewing = Viewing.objects.create(
        case=nurse.case, membership=nurse.membership, person_id="p", how="opened", snapshot="s", receipt="1-A"
    )
    ShownRecord.objects.create(viewing=viewing, record=AT_VICTIMS_HOME)
    town.worker.says_not_them(VICTIM, SUSPECT)
    assert sentences(nurse.user) == []


def test_who_saw_the_link_through_a_record_that_the_doubter_never_saw_is_told(town):
    """The record at the victim's home stands on her side, whoever could see it: with the suspect's it is the same link."""
    nurse = Desk(town.site, town, town.site.user("navigator", "acute-trust"), "NHS-1")
    viewing = Viewing.objects.create(
        case=nurse.case, membership=nurse.membership, person_id="p", how="listed", snapshot="s", receipt="1-A"
    )
    for record in (AT_VICTIMS_HOME, SUSPECT):
        ShownRecord.objects.create(viewing=viewing, record=record)
    from footprint.web.identity.services import keep_sides

    town.worker.says_not_them(VICTIM, SUSPECT)
    dispute = Dispute.objects.get()
    DisputedRecord.objects.filter(record=AT_VICTIMS_HOME).delete()
    assert viewing not in viewings_of_link(dispute)
    keep_sides(dispute, [VICTIM], [SUSPECT])
    assert viewing in viewings_of_link(dispute)


def test_for_somebody_who_left_the_lead_of_their_partner_is_told(town):
    lead = town.site.user("information-governance", "police")
    town.officer.opens(SUSPECT)
    town.officer.user.memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
    town.worker.says_not_them(VICTIM, SUSPECT)
    assert sentences(town.officer.user) == []
    (told,) = sentences(lead)
    assert told.startswith("In case CRU-77 somebody who has since left")


def test_the_data_stewards_learn_that_it_waits_and_not_whom_it_is_about(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    steward = Notice.objects.get(membership__role="data-steward")
    dispute = Dispute.objects.get()
    assert steward.sentence == f"{dispute.reference} waits for a data steward."
    assert steward.link == f"/who-is-who/{dispute.pk}/"


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"records": [], "reason": "Another woman."}, "Choose the records that are not theirs."),
        ({"records": ["nonsense"], "reason": "Another woman."}, "Choose from the records that are here now"),
        (
            {
                "records": [name_of(one) for one in (VICTIM, SUSPECT, AT_VICTIMS_HOME)],
                "reason": "Another woman.",
            },
            "Leave at least one record that is theirs.",
        ),
        ({"records": [name_of(SUSPECT)], "reason": " "}, "Say how you know"),
        ({"records": [name_of(SUSPECT)], "reason": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(town_on_sqlite, typed, complaint):
    town = town_on_sqlite
    answer = town.worker.client.post(town.worker.url(VICTIM, "not-them/"), typed)
    assert complaint in said(answer)
    assert "<title>Error: " in answer.content.decode()
    assert decisions().all("town") == []


def test_one_record_cannot_be_taken_apart(town_on_sqlite):
    town = town_on_sqlite
    answer = town.worker.client.get(town.worker.url(CHILD_AT_HOME, "not-them/"))
    assert "nothing to take apart" in said(answer)
    refused = town.worker.says_not_them(CHILD_AT_HOME, CHILD_AT_HOME)
    assert refused.status_code == 200
    assert decisions().all("town") == []


def test_where_one_record_stands_against_the_others_it_is_chosen_before(town_on_sqlite):
    town = town_on_sqlite
    page = town.worker.client.get(town.worker.url(VICTIM, "not-them/")).content.decode()
    assert f'value="{name_of(SUSPECT)}" checked' in page
    assert page.count(" checked") == 1


def test_another_case_and_another_user_are_as_if_not_there(town):
    mine = town.worker.url(VICTIM, "not-them/")
    theirs = mine.replace(town.worker.case.pk, town.officer.case.pk)
    for url in (mine, theirs, mine.replace("not-them", "same")):
        assert town.officer.client.get(url).status_code == 404
        assert town.officer.client.post(url, not_them(SUSPECT)).status_code == 404
    assert decisions().all("town") == []


# ---- "these are the same"


def test_saying_that_two_are_the_same_joins_nothing_and_waits_for_a_steward(town):
    town.worker.says_not_them(VICTIM, SUSPECT)
    assert town.between(CHILD_AT_HOME, CHILD_AT_HOSPITAL) == "possible"
    sent = town.worker.says_same(CHILD_AT_HOME, CHILD_AT_HOSPITAL)
    assert sent.status_code == 302
    proposal = Dispute.objects.get(said="same")
    assert proposal.about_a_child
    assert [made.kind for made in decisions().all("town")] == ["disputed"]
    assert town.between(CHILD_AT_HOME, CHILD_AT_HOSPITAL) == "possible"
    entry = town.site.entries(kind="decision")[-1]
    assert (entry.leaf.action, entry.leaf.facts["dispute"]) == ("say-same", proposal.reference)


def test_the_second_who_says_the_same_is_told_what_becomes_of_it(town):
    town.worker.says_same(CHILD_AT_HOME, CHILD_AT_HOSPITAL)
    assert "Somebody says these are the same" in said(town.officer.opens(CHILD_AT_HOME))
    page = town.officer.client.get(town.officer.url(CHILD_AT_HOSPITAL, "same/"))
    assert "somebody says so already, and a data steward will decide" in said(page)
    town.officer.says_same(CHILD_AT_HOSPITAL, CHILD_AT_HOME)
    assert Dispute.objects.count() == 1
    assert {one.membership.user for one in Told.objects.all()} == {town.worker.user, town.officer.user}


def test_what_a_steward_is_settling_already_need_not_be_said_again(town_on_sqlite):
    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)
    answer = town.officer.says_same(VICTIM, SUSPECT)
    assert "A data steward is settling already" in said(answer)
    assert Dispute.objects.count() == 1


def test_nobody_but_a_possible_other_can_be_said_to_be_the_same(town_on_sqlite):
    town = town_on_sqlite
    answer = town.worker.says_same(CHILD_AT_HOME, VICTIM)
    assert "Choose from those who are here now" in said(answer)
    assert Dispute.objects.count() == 0
