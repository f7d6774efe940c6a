"""The form without a script: five answers send it, everything else can follow, and nothing that was said is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.referrals.referral import Said, decode
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from footprint.web.referrals import services as sending
from footprint.web.referrals.models import Draft, Referral, Version
from tests.web.cases.conftest import said
from tests.web.referrals.writers import URGENT

FIVE = {
    "submission": "abc",
    "referral-who": "Three children upstairs",
    "referral-place": "12 Alder Road, WS1 1AA",
    "concern-wrong": "Their mother was hit.",
    "safety-danger_now": "yes",
    "referrer-phone": "01632 960001",
}
START = "/referrals/new/"


@pytest.fixture
def officer(desk):
    return desk(team="Response A", name="Olga Birch", email="olga@police.test")


def begun(officer, **more):
    officer.post(START, FIVE | {"then": "more"} | more)
    return Draft.objects.get()


def said_in(draft):
    draft.refresh_from_db()
    return decode(draft.content)


def step(draft, name, key=""):
    return f"/referrals/drafts/{draft.pk}/steps/{name}/" + (f"{key}/" if key else "")


def test_the_first_page_says_999_and_five_answers_send_it(officer):
    page = officer.get(START).content.decode()
    assert "tel:999" in page
    assert page.count("<fieldset") == 1
    answer = officer.post(START, FIVE | {"then": "send"}, follow=True)
    sent = Referral.objects.get()
    assert answer.redirect_chain[-1][0] == f"/referrals/sent/{sent.pk}/receipt/"
    shown = answer.content.decode()
    assert sent.reference in shown
    assert ">999</a> now" in shown
    assert "Three children" not in shown, "a receipt needs no entry, so it says nothing"
    assert not Draft.objects.exists()
    said = decode(Version.objects.get().content)
    assert (said.referrer.name, said.referrer.team, said.referrer.phone) == (
        "Olga Birch",
        "Response A",
        "01632 960001",
    )


def test_an_empty_form_is_sent_too(officer):
    asked = officer.post(START, {"submission": "abc", "then": "send"}, follow=True).content.decode()
    assert "Send it empty?" in asked
    assert "at least a number to ring back" in asked
    assert not Referral.objects.exists()
    officer.post(START, {"submission": "abc", "then": "empty"})
    assert Referral.objects.get().gaps > 10


def test_an_empty_draft_is_asked_about_once_and_sent(officer):
    officer.post(START, {"submission": "abc", "then": "more"})
    at = f"/referrals/drafts/{Draft.objects.get().pk}/send/"
    asked = officer.post(at, {"submission": "abc"}, follow=True).content.decode()
    assert "Send it empty?" in asked
    assert not Referral.objects.exists()
    officer.post(at, {"submission": "abc", "then": "empty"})
    assert Referral.objects.exists()


def test_the_same_form_sent_twice_is_one_and_with_more_words_a_further_version(officer):
    for _ in range(2):
        officer.post(START, FIVE | {"then": "send"})
    assert Version.objects.count() == 1
    officer.post(START, FIVE | {"then": "send", "concern-wrong": "And he has a knife."})
    assert (Referral.objects.count(), Version.objects.count()) == (1, 2)
    assert not Draft.objects.exists()


def test_each_step_is_saved_and_leads_to_the_next(officer):
    draft = begun(officer)
    answer = officer.post(
        step(draft, "safety"), {"safety-plan": "Their grandmother is there.", "then": "next"}
    )
    assert answer["Location"] == step(draft, "child", "c1")
    answer = officer.post(
        step(draft, "child", "c1"), {"child-name": "Ada Birch", "child-birthday": "1/4/2017", "then": "next"}
    )
    assert answer["Location"] == step(draft, "voice", "c1")
    officer.post(
        step(draft, "voice", "c1"),
        {"noted-words": "I hid under the bed.", "words_are_theirs": "on", "voice-present": "heard"},
    )
    said = said_in(draft)
    assert said.safety.plan == "Their grandmother is there."
    assert said.concern.wrong == FIVE["concern-wrong"], "what an earlier step said stays"
    (ada,) = said.children
    assert (ada.birthday, ada.voice.noted[0].verbatim, ada.voice.present) == ("2017-04-01", True, "heard")


@pytest.mark.parametrize("typed", [{"child-school": "not known"}, {"not_known": ["child-school"]}])
def test_not_known_is_an_answer_and_no_gap(officer, typed):
    draft = begun(officer)
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch"} | typed)
    assert said_in(draft).children[0].not_known == {"school"}
    page = officer.get(step(draft, "child", "c1")).content.decode()
    assert 'value="child-school" checked' in " ".join(page.split())


def test_of_two_windows_on_one_step_neither_takes_what_the_other_saved(officer):
    draft = begun(officer)
    url = step(draft, "child", "c1")
    made_from = re.search(r'name="made_from" value="([^"]+)"', officer.get(url).content.decode())[1]
    officer.post(url, {"child-name": "Ada", "child-school": "Alder Lane", "made_from": made_from})
    # The later one was made from an empty page: it keeps the school, and both names are shown.
    page = said(officer.post(url, {"child-name": "Ben", "child-looks": "Thin", "made_from": made_from}))
    (child,) = said_in(draft).children
    assert (child.name, child.school, child.looks) == ("Ada", "Alder Lane", "Thin")
    assert "Saved meanwhile from another window: “Ada”" in page
    page = officer.get(url).content.decode()
    made_from = re.search(r'name="made_from" value="([^"]+)"', page)[1]
    officer.post(url, {"child-name": "Ada or Ben", "child-school": "Alder Lane", "made_from": made_from})
    (child,) = said_in(draft).children
    assert (child.name, child.looks) == ("Ada or Ben", ""), "what is cleared on a fresh page is cleared"


def test_a_date_that_nobody_understands_holds_back_nothing_else(officer):
    draft = begun(officer)
    answer = officer.post(
        step(draft, "child", "c1"), {"child-name": "Ada Birch", "child-birthday": "when he was little"}
    )
    assert answer.status_code == 200
    assert "Write the date as" in answer.content.decode()
    assert said_in(draft).children[0].name == "Ada Birch"
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch", "child-birthday": "2017"})
    assert [child.birthday for child in said_in(draft).children] == ["2017"]


def test_an_empty_page_about_somebody_new_adds_nobody(officer):
    draft = begun(officer)
    officer.post(step(draft, "child", "c1"), {"then": "next"})
    officer.post(step(draft, "household", "a1"), {"then": "next"})
    assert (said_in(draft).children, said_in(draft).adults) == ((), ())


def test_adults_answer_for_children_and_are_taken_out_with_it(officer):
    draft = begun(officer)
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch"})
    officer.post(step(draft, "household", "a1"), {"adult-name": "Mary Birch", "adult-relationship": "Mother"})
    officer.post(step(draft, "household", "a1"), {"adult-name": "Mary Birch", "responsible-c1": "yes"})
    assert said_in(draft).responsibilities[0].held is Said.YES
    officer.post(f"{step(draft, 'household', 'a1')}remove/")
    assert (said_in(draft).adults, said_in(draft).responsibilities) == ((), ())


def test_what_happened_is_said_one_at_a_time_and_claims_no_more_than_was_chosen(officer):
    draft = begun(officer)
    officer.post(
        step(draft, "statement", "s1"), {"statement-text": "She had a bruise.", "statement-source": "seen"}
    )
    officer.post(step(draft, "statement", "s2"), {"statement-text": "He drinks."})
    assert [one.source for one in said_in(draft).concern.statements] == ["seen", "suspected"]
    officer.post(f"{step(draft, 'statement', 's1')}remove/")
    assert [one.text for one in said_in(draft).concern.statements] == ["He drinks."]


def test_another_prompt_asks_in_its_own_words_and_keeps_what_was_noted(officer):
    draft = begun(officer)
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch"})
    officer.post(step(draft, "voice", "c1"), {"noted-environment": "Sleeps on the sofa."})
    page = officer.get(f"{step(draft, 'voice', 'c1')}?prompt=arthur").content.decode()
    assert "How do they appear?" in page
    officer.post(step(draft, "voice", "c1"), {"prompt": "arthur", "noted-wishes": "To see Nan."})
    voice = said_in(draft).children[0].voice
    assert voice.prompt == "arthur"
    assert {one.concept for one in voice.noted} == {"environment", "wishes"}


def test_the_draft_shows_what_would_help_most_and_holds_nothing_up(officer):
    draft = begun(officer)
    page = officer.get(f"/referrals/drafts/{draft.pk}/").content.decode()
    assert "So that somebody can go tonight" in page
    assert "Which children are in the home?" in page
    assert page.index("go tonight") < page.index("Which children are in the home?")
    assert (
        officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission}).status_code
        == 302
    )
    again = officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    assert again["Location"] == reverse("referrals:receipt", args=[Referral.objects.get().pk])
    assert Version.objects.count() == 1


def test_words_that_blame_are_named_before_it_is_sent_whether_a_place_is_protected_or_not(officer):
    draft = begun(officer, **{"concern-wrong": "She is promiscuous. They live at 12 Alder Road, WS1 1AA."})
    check = f"/referrals/drafts/{draft.pk}/check/"
    before = said(officer.get(check))
    assert "Other words might read better" in before
    assert "“promiscuous”:" in before
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS11AA||12"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip
    assert said(officer.get(check)) == before
    officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    assert "promiscuous" in Version.objects.get().content, "it holds nothing up"


def test_every_page_of_the_form_can_be_opened(officer):
    from footprint.referrals.fields import STEPS

    draft = begun(officer)
    for one in STEPS:
        if one.name != "voice":
            assert (
                officer.get(step(draft, one.name, f"{one.each[0]}1" if one.each else "")).status_code == 200
            ), one.name
    for path in ("check/", "discard/"):
        assert officer.get(f"/referrals/drafts/{draft.pk}/{path}").status_code == 200
    assert officer.get(step(draft, "child")).status_code == 404
    assert officer.get(step(draft, "nothing")).status_code == 404
    for name, key in (("child", "a1"), ("child", "new"), ("statement", "s9"), ("voice", "c1")):
        assert officer.get(step(draft, name, key)).status_code == 404
    assert "Three children upstairs" in officer.get("/referrals/").content.decode()


def test_a_draft_is_its_author_s_alone(officer, desk):
    draft = begun(officer)
    for role in ("police-supervisor", "social-work-decision-maker", "frontline"):
        other = desk(role, team="Response A")
        assert other.get(f"/referrals/drafts/{draft.pk}/").status_code == 404
        assert other.post(f"/referrals/drafts/{draft.pk}/send/").status_code == 404
    assert not Referral.objects.exists()


def test_the_teacher_is_not_asked_for_body_worn_video(desk):
    lead = desk("school-lead")
    draft = begun(lead)
    assert "Body-worn video" not in lead.get(step(draft, "links")).content.decode()


def test_the_front_door_takes_down_a_call_under_its_route(desk, officer):
    assert "How did it come?" not in officer.get(START).content.decode()
    worker = desk("social-work-decision-maker")
    assert "How did it come?" in worker.get(START).content.decode()
    worker.post(START, FIVE | {"referral-route": "public", "then": "send"})
    sent = Referral.objects.get()
    assert (sent.by, sent.route, sent.partner) == (None, "public", None)
    assert decode(Version.objects.get().content).referrer.name == ""
    assert "A member of the public" in worker.get(f"/referrals/sent/{sent.pk}/").content.decode()


def test_the_front_door_chooses_who_tells_it_and_is_asked_for_their_references(desk, officer):
    worker = desk("social-work-decision-maker")
    police = officer.actor.organisation_name
    worker.post(START, FIVE | {"referrer-partner": police, "then": "more"})
    draft = Draft.objects.get()
    assert (said_in(draft).route, said_in(draft).referrer.partner) == ("phone", police)
    links = worker.get(step(draft, "links")).content.decode()
    assert "Incident or occurrence" in links
    assert "Body-worn video" not in links
    page = worker.get(step(draft, "referrer")).content.decode()
    assert f'<option value="{police}" selected>' in page
    worker.post(step(draft, "referrer"), {"referral-route": "phone", "referrer-partner": "public"})
    assert (said_in(draft).route, said_in(draft).referrer.partner) == ("public", "")
    answer = worker.post(step(draft, "referrer"), {"referral-route": "public", "referrer-partner": police})
    assert "Change one of the two" in answer.content.decode()
    assert said_in(draft).route == "public"


def test_answers_that_cannot_be_read_lose_no_call(desk):
    worker = desk("social-work-decision-maker")
    odd = FIVE | {"referrer-phone": "01632\0", "referrer-partner": "Gone since", "then": "send"}
    assert worker.post(START, odd).status_code == 302
    assert Referral.objects.count() == 1


def test_what_is_longer_than_any_referral_is_refused_and_stays_in_its_form(officer):
    long = "She hid. " * 25_000
    for then in ("send", "more"):
        page = officer.post(START, FIVE | {"concern-wrong": long, "then": then}).content.decode()
        assert "too many. Nothing of this page is saved yet" in page
        assert long.strip() in page
        assert 'value="abc"' in page
    assert not Draft.objects.exists()
    draft = begun(officer)
    page = said(officer.post(step(draft, "safety"), {"safety-plan": long}))
    assert "too many. Nothing of this page is saved yet" in page
    assert long.strip() in page
    assert said_in(draft).safety.plan == ""


def test_the_front_door_writes_for_itself_where_nobody_tells_it(desk):
    worker = desk("social-work-decision-maker")
    draft = begun(worker)
    worker.post(step(draft, "urgent"), FIVE)
    said = said_in(draft)
    assert (said.route, said.referrer.partner) == ("", worker.actor.organisation_name)


def test_a_draft_is_thrown_away_only_when_it_is_asked_for_twice(officer):
    draft = begun(officer)
    officer.get(f"/referrals/drafts/{draft.pk}/discard/")
    assert Draft.objects.exists()
    officer.post(f"/referrals/drafts/{draft.pk}/discard/")
    assert not Draft.objects.exists()


def test_of_what_is_taken_down_somebody_else_is_asked_about(desk):
    worker = desk("social-work-decision-maker")
    draft = begun(worker, **{"referral-route": "phone"})
    page = worker.get(step(draft, "referrer")).content.decode()
    assert "Who told you" in page
    assert "Their name" in page
    assert "Your name" not in page
    assert "Who told you" in worker.get(f"/referrals/drafts/{draft.pk}/").content.decode()


def test_in_danger_the_receipt_asks_for_the_call_and_leads_to_where_it_is_noted(officer):
    answer = officer.post(START, FIVE | {"then": "send"}, follow=True)
    assert "I have rung: note whom I spoke to" in answer.content.decode()
    sent = Referral.objects.get()
    answer = officer.post(f"/referrals/sent/{sent.pk}/add/", {"call": "1"})
    draft = Draft.objects.get()
    assert answer["Location"] == step(draft, "safety")
    officer.post(step(draft, "safety"), {"referrer-spoke_to": "Sam at the hub", "referrer-spoke_at": "02:15"})
    assert said_in(draft).referrer.spoke_at.endswith("+00:00")
    officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    page = officer.get(f"/referrals/sent/{sent.pk}/receipt/").content.decode()
    assert "I have rung" not in page


def test_which_children_there_are_can_be_said_not_to_be_known(officer):
    draft = begun(officer)
    page = f"/referrals/drafts/{draft.pk}/"
    assert "Which children are in the home?" in officer.get(page).content.decode()
    officer.post(step(draft, "child", "c1"), {"nobody_known": "on"})
    assert said_in(draft).not_known == {"children"}
    assert "Which children are in the home?" not in officer.get(page).content.decode()
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch"})
    assert "Not known: which children" not in officer.get(step(draft, "child", "c2")).content.decode()


def test_a_wrong_number_of_the_front_door_is_told_from_beside_a_referral(officer, desk):
    steward = desk("data-steward")
    (officer.site.data / "partnership.yaml").write_text(
        "{hub: {team: Safeguarding hub, phone: 01632 960500}}"
    )
    page = officer.get("/referrals/new/").content.decode()
    assert 'href="/referrals/front-door/wrong-number/" target="_blank"' in page
    sent = sending.receive(officer.actor, URGENT, form="one")
    for where in ("", "receipt/"):
        read = officer.get(f"/referrals/sent/{sent.pk}/{where}").content.decode()
        assert "This number is wrong" in read
        assert "Reported wrong" not in read
    assert read.count("01632 960500") == 1, "on the receipt the number stands once, to be tapped"
    assert "Ring Safeguarding hub and say what is in here" in read
    told = officer.post("/referrals/front-door/wrong-number/", {"right": "01632 960501"}, follow=True)
    assert "They were told that the number is wrong" in told.content.decode()
    assert "Reported wrong on" in officer.get("/referrals/new/").content.decode()
    (entry,) = officer.site.entries(action="wrong-number")
    assert entry.leaf.facts["partner"] == "hub"
    notice = Notice.objects.get(kind="wrong-number")
    assert notice.membership_id == steward.actor.membership_id
    assert "Right is: 01632 960501" in notice.sentence
