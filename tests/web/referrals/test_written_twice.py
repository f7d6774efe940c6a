"""Two windows on one form, and one that is older than what was written since: nothing that was said is lost, whoever is first."""

import re
from pathlib import Path

import pytest

from footprint.referrals.referral import decode
from footprint.web.referrals.models import Draft, Referral, Version
from footprint.web.referrals.writing import spool, views
from tests.web.cases.conftest import said
from tests.web.referrals.test_writing import FIVE, START, begun, said_in, step

FIRST_AGAIN = FIVE | {"submission": "abc", "referrer-phone": "", "concern-wrong": "He has a knife."}


@pytest.fixture
def officer(desk):
    return desk(team="Response A", name="Olga Birch")


def send(window, draft):
    return window.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})


def in_between(monkeypatch, act):
    """Let something happen after a page has read its draft, and before it saves it."""
    real, left = views._kept, [act]

    def kept(actor, held):
        if left:
            left.pop()()
        return real(actor, held)

    monkeypatch.setattr(views, "_kept", kept)


@pytest.mark.parametrize("then", ["more", "send"])
def test_the_first_page_sent_again_takes_nothing_out_of_the_draft_that_was_begun_from_it(officer, then):
    draft = begun(officer)
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch"})
    officer.post(START, FIRST_AGAIN | {"then": then})
    found = said_in(draft) if then == "more" else decode(Version.objects.get().content)
    assert [child.name for child in found.children] == ["Ada Birch"]
    assert (found.concern.wrong, found.referrer.phone) == ("He has a knife.", FIVE["referrer-phone"])
    assert found.referrer.name == "Olga Birch"


def test_the_first_page_sent_again_takes_nothing_out_of_what_was_added_since(officer):
    officer.post(START, FIVE | {"then": "send"})
    sent = Referral.objects.get()
    officer.post(f"/referrals/sent/{sent.pk}/add/")
    added = Draft.objects.get()
    officer.post(step(added, "child", "c1"), {"child-name": "Ada Birch"})
    send(officer, added)
    officer.post(START, FIVE | {"then": "send"})
    assert Version.objects.count() == 2, "the same words are what they were"
    officer.post(START, FIVE | {"then": "send", "concern-wrong": "He has a knife."})
    last = decode(Version.objects.get(number=3).content)
    assert ([child.name for child in last.children], last.concern.wrong) == (["Ada Birch"], "He has a knife.")


def test_two_pages_of_one_form_saved_in_one_moment_are_both_saved(officer, monkeypatch):
    draft = begun(officer)
    in_between(monkeypatch, lambda: officer.post(step(draft, "safety"), {"safety-plan": "Her aunt has her."}))
    officer.post(step(draft, "child", "c1"), {"child-name": "Ada"})
    assert said_in(draft).safety.plan == "Her aunt has her."
    assert said_in(draft).children


def test_what_is_saved_while_the_form_is_sent_stays_a_draft(officer, monkeypatch):
    draft = begun(officer)
    real = views.services.send

    def send_later(actor, held, **named):
        officer.post(step(draft, "child", "c1"), {"child-name": "Ada Birch"})
        return real(actor, held, **named)

    monkeypatch.setattr(views.services, "send", send_later)
    send(officer, draft)
    assert decode(Version.objects.get().content).children == ()
    assert [child.name for child in said_in(draft).children] == ["Ada Birch"]
    monkeypatch.setattr(views.services, "send", real)
    send(officer, draft)
    assert (Referral.objects.count(), Version.objects.count(), Draft.objects.count()) == (1, 2, 0)


@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_typed_into_a_form_that_was_sent_is_shown_to_copy(officer, monkeypatch, at_once):
    draft = begun(officer)
    if at_once:
        in_between(monkeypatch, lambda: send(officer, draft))
    else:
        send(officer, draft)
    answer = officer.post(
        step(draft, "child", "c1"), {"child-name": "Ada <Birch>", "child-school": "", "made_from": "x=1"}
    )
    assert answer.status_code == 410
    page = said(answer)
    assert "was not saved" in page
    assert "Full name Ada <Birch>" in page
    assert "x=1" not in page
    assert officer.get(step(draft, "child", "c1")).status_code == 404


def test_a_form_of_somebody_else_is_as_one_that_is_gone(desk, officer):
    draft = begun(officer)
    other = desk()
    there, nowhere = (
        said(other.post(step(one, "child", "c1"), {"child-name": "Ada"})) for one in (draft, Draft(pk="none"))
    )
    assert there == nowhere
    assert not said_in(draft).children


def test_a_form_that_another_process_enters_meanwhile_holds_nothing_up(officer, monkeypatch):
    folder = officer.site.data / "spool" / "referrals"
    folder.mkdir(parents=True)
    for name in ("first", "second"):
        (folder / name).write_bytes(b"sealed")
    listed = [folder / "first", folder / "second"]
    (folder / "first").unlink()
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    assert list(spool.waiting(officer.site.data)) == [folder / "second"]
    monkeypatch.setattr(spool, "waiting", lambda _: iter(listed))
    assert spool.find(officer.site.data, officer.actor, "first") is None


def made_from(officer, url):
    return re.search(r'name="made_from" value="([^"]+)"', officer.get(url).content.decode())[1]


def test_what_is_written_of_one_thing_that_happened_is_never_said_of_the_next(officer):
    draft = begun(officer)
    for number, text in enumerate(("First", "Second", "Third"), 1):
        officer.post(step(draft, "statement", f"s{number}"), {"statement-text": text})
    second = {"statement-text": "Second", "statement-source": "told", "statement-told_by": "Gran"}
    second["made_from"] = made_from(officer, step(draft, "statement", "s2"))
    officer.post(step(draft, "statement", "s1") + "remove/")
    for _ in range(2):
        officer.post(step(draft, "statement", "s2"), second)
        found = [(one.text, one.told_by) for one in said_in(draft).concern.statements]
        assert found == [("Second", "Gran"), ("Third", "")]
    officer.post(step(draft, "statement", "s1") + "remove/")
    officer.post(step(draft, "statement", "s2"), second | {"statement-told_by": "Her aunt"})
    found = [(one.text, one.told_by) for one in said_in(draft).concern.statements]
    assert found == [("Third", ""), ("Second", "Her aunt")], (
        "what was taken out stands again as it is written"
    )


def test_a_new_thing_that_happened_is_one_however_often_it_comes_and_two_from_two_windows(officer):
    draft = begun(officer)
    url = step(draft, "statement", "s1")
    mark = made_from(officer, url)
    for text in ("He hit her", "He hit her", "The dog bit Ada"):
        officer.post(url, {"statement-text": text, "made_from": mark})
    assert [one.text for one in said_in(draft).concern.statements] == ["He hit her", "The dog bit Ada"]


def test_who_was_taken_out_in_another_window_stands_again_as_written_here_and_no_word_of_theirs_is_lost(
    officer,
):
    draft = begun(officer)
    child, voice = step(draft, "child", "c1"), step(draft, "voice", "c1")
    officer.post(child, {"child-name": "Ada", "child-school": "Alder Lane"})
    mark = made_from(officer, child)
    officer.post(child + "remove/")
    answer = officer.post(voice, {"noted-words": "I hid under the bed."})
    assert answer.status_code == 410
    assert "I hid under the bed." in said(answer)
    more = {"child-name": "Ada", "child-school": "Alder Lane", "child-looks": "Thin", "made_from": mark}
    officer.post(child, more)
    assert [(one.name, one.school, one.looks) for one in said_in(draft).children] == [
        ("Ada", "Alder Lane", "Thin")
    ]
