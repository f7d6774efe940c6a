"""The front door's queue: what comes first, who has it, what is masked, what it costs, and what is found in it."""

import datetime as dt
import re
from importlib import import_module

import msgspec
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Concern, Links, Safety, Said
from footprint.referrals.referral import Referral as Blank
from footprint.web.accounts.models import DeclaredRelative
from footprint.web.ledger.store import decisions
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import queries
from footprint.web.referrals.models import Referral
from footprint.web.referrals.models import Subject as Row
from footprint.web.referrals.queries import within_reach
from tests.web.cases.conftest import said
from tests.web.referrals.queued import called, names, send
from tests.web.referrals.writers import URGENT

keep_homes = import_module("footprint.web.referrals.migrations.0013_home_of_nobody_listed").keep_homes


def test_danger_comes_first_then_the_level_then_what_has_waited_longest(officer, door):
    send(officer, "Ada Low", hours=5, level="2")
    send(officer, "Ben High", hours=1, level="4")
    send(officer, "Cleo Older", hours=3, level="4")
    send(officer, "Dan Danger", urgent=True)
    page = door.get("/referrals/queue/")
    assert names(page) == ["Dan Danger", "Cleo Older", "Ben High", "Ada Low"]
    text = said(page)
    assert "Level 4: statutory" in text
    assert "Nobody has it yet" in text
    assert "things may follow" not in text, "beside danger a count of blanks is noise"
    assert text.index("It does not say whether 999 was called") < text.index("12 Alder Road")
    assert "12 Alder Road" in text
    assert "It does not say whether 999 was called" in text
    assert 'href="tel:01632960001"' in page.content.decode()
    assert "01632 960001" in text, "of whoever is in danger now the number to ring back stands there"
    assert door.site.entries(action="referral-queue")


def test_not_known_is_shown_and_comes_before_no_and_what_is_empty_comes_last(officer, door):
    empty = Blank(referrer=URGENT.referrer.__class__(name="Olga Birch"))
    sending.receive(officer.actor, empty, form="empty", at=timezone.now() - dt.timedelta(hours=9))
    send(officer, "Ben High", hours=5)
    unsure = msgspec.structs.replace(called("Una Sure"), safety=Safety(danger_now=Said.NOT_KNOWN))
    sending.receive(officer.actor, unsure, form="unsure")
    unsaid = msgspec.structs.replace(called("Nan Swered"), safety=Safety())
    sending.receive(officer.actor, unsaid, form="unsaid")
    page = door.get("/referrals/queue/")
    assert names(page) == ["Una Sure", "Nan Swered", "Ben High", "Nobody is named yet"]
    assert "Danger not known: ring whoever sent it" in said(page)
    assert said(page).count("Danger not answered: ring whoever sent it") == 2, "of what is empty too"


def test_the_police_unit_reads_its_own_organisations_queue_and_does_nothing_in_it(officer, door, desk):
    unit, nurse = desk("central-referral-unit", partner=officer.actor.organisation), desk("navigator")
    sent = send(officer, "Dan Danger", urgent=True)
    send(nurse, "Nora Nurse", hours=1)
    page = unit.get("/referrals/queue/")
    assert names(page) == ["Dan Danger"]
    assert "In danger now" in said(page)
    for no in ("/steps/accept/", "/steps/decide/", "/footprint/"):
        assert no not in page.content.decode()
    assert unit.post(f"/referrals/desk/{sent.pk}/footprint/").status_code == 403
    assert "danger now: 1" in said(unit.get("/"))
    assert 'href="/referrals/queue/"' in unit.get(f"/referrals/sent/{sent.pk}/").content.decode()


def test_the_page_is_made_again_by_itself_so_many_times_and_says_when_it_was_made(door):
    first = door.get("/referrals/queue/")
    assert first["Refresh"] == "180; url=?show=waiting&page=1&again=7"
    assert "As of" in said(first)
    last = door.get("/referrals/queue/?again=0")
    assert "Refresh" not in last
    assert "It stands still" in said(last)


def test_until_somebody_accepts_it_its_author_reads_that_nobody_has_it_and_whom_to_ring(officer, door):
    sent = send(officer, "Dan Danger", urgent=True)
    at = f"/referrals/sent/{sent.pk}/"
    for page in (officer.get(at), officer.get(f"{at}receipt/")):
        assert "Nobody at the front door has taken it on yet. Ring" in said(page)
    assert 'href="tel:999"' in officer.get(at).content.decode()
    assert "nobody there has said yet that they have read it" in said(officer.get(f"{at}receipt/"))
    door.post(f"/referrals/desk/{sent.pk}/steps/accept/", {"moves": 1, "seen": 0})
    assert "they have read it" not in said(officer.get(f"{at}receipt/"))
    assert f"{door.actor.name} at the front door is reading it." in said(officer.get(at))
    decide = {
        "moves": 2, "seen": 0, "outcome": "strategy-discussion", "reason": "significant-harm", "words": "Nine.",
        "spoke_to": "PC Birch", "tonight": "Their aunt has them until we meet at nine.",
    }  # fmt: skip
    door.post(f"/referrals/desk/{sent.pk}/steps/decide/", decide)
    sending.add(officer.actor, sent, called("Dan Danger", looks="A red coat"), form="more")
    receipt = said(officer.get(f"{at}receipt/"))
    assert "Decided by" in receipt
    assert "A decision is due" not in receipt
    assert "If you disagree with what was decided" in said(officer.get(at))
    paper = said(officer.get(f"{at}print/"))
    assert "Significant harm is suspected or likely" in paper
    assert f"OFFICIAL-SENSITIVE . Printed by {officer.actor.name}, {officer.actor.role_label}" in paper
    (entry,) = officer.site.entries(action="referral-print")
    assert f"Referral {sent.reference}. Receipt {entry.receipt_number}." in paper


def test_one_accepts_from_the_queue_and_everybody_sees_who_has_it(officer, door, desk):
    sent = send(officer, "Ada Birch")
    page = door.get("/referrals/queue/").content.decode()
    form = re.search(rf'action="(/referrals/desk/{sent.pk}/steps/accept/)".*?</form>', page, re.DOTALL)
    hidden = dict(re.findall(r'name="(moves|seen)" value="(\d+)"', form.group()))
    assert door.post(form.group(1), hidden).status_code == 302
    other = desk("social-work-decision-maker")
    assert f"With {door.actor.name}" in said(other.get("/referrals/queue/"))
    assert names(other.get("/referrals/queue/?show=unclaimed")) == []
    assert names(door.get("/referrals/queue/?show=mine")) == ["Ada Birch"]
    assert names(other.get("/referrals/queue/?show=mine")) == []


def test_the_same_child_and_the_same_home_are_seen(officer, door):
    born = "2017-04-01"
    first = send(officer, "Ada Birch", birthday=born, hours=48)
    again = send(officer, "Ada Birch ", birthday=born)
    brother = send(officer, "Ben Birch", birthday="2019-05-05")
    text = said(door.get("/referrals/queue/"))
    assert f"1 earlier in twelve months : {first.reference}" in text.replace("months:", "months :")
    line = text[text.index("Ben Birch") :]
    assert first.reference in line
    assert again.reference in line
    assert f"Same home: {brother.reference}" in text
    sending.add(officer.actor, first, called("Ada Birch", birthday=born, looks="A red coat"), form="more")
    first.refresh_from_db()
    assert (first.repeats, said(door.get("/referrals/queue/")).count("earlier in twelve months")) == (0, 1)


def test_five_answers_that_list_no_child_are_found_again_by_the_home(officer, door):
    first = sending.receive(officer.actor, URGENT, form="first")
    again = sending.receive(officer.actor, URGENT, form="again")
    nowhere = sending.receive(officer.actor, msgspec.structs.replace(URGENT, place="the park"), form="park")
    text = said(door.get("/referrals/queue/"))
    assert (text.count("Same home:"), nowhere.repeats) == (2, 0)
    assert f"Same home: {first.reference}" in text
    assert f"Same home: {again.reference}" in text
    rows = set(Row.objects.values_list("referral", "key", "record", "nhs_number", "named"))
    assert rows == {(one.pk, "", "", "", "") for one in (first, again)}
    Row.objects.all().delete()
    for _ in range(2):
        keep_homes(apps)
        assert set(Row.objects.values_list("referral", "key", "record", "nhs_number", "named")) == rows


def test_a_protected_home_joins_nobody_and_is_read_nowhere(officer, door):
    place = "4 Quiet Close, Walsall WS4 2ZZ"
    one, two = send(officer, "Ada Birch", place=place), send(officer, "Ben Vale", place=place)
    assert f"Same home: {one.reference}" in said(door.get("/referrals/queue/"))
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS42ZZ||4"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip
    page = said(door.get("/referrals/queue/"))
    assert "Same home" not in page
    assert two.reference in page


def test_of_a_long_text_whole_words_are_shown_and_where_the_rest_is_read(officer, door):
    long = msgspec.structs.replace(
        called("Ada Birch", place="x" * 5_000), concern=Concern(wrong="Nobody opens. " * 400)
    )
    sent = sending.receive(officer.actor, long, form="one")
    html = door.get("/referrals/queue/").content.decode()
    assert "Nobody opens. Nobody…</p>" in html or "Nobody opens.…</p>" in html
    assert html.count("Nobody opens.") == 21
    assert f"{'x' * 299}…" in html
    assert f'href="/referrals/sent/{sent.pk}/">Read all of it' in html


def test_what_tells_a_source_is_masked_in_the_queue(officer, door):
    told = msgspec.structs.replace(
        called("Ada Birch"), concern=Concern(wrong="Drugs in the cot. A CHIS told us so.")
    )
    sending.receive(officer.actor, told, form="one")
    text = said(door.get("/referrals/queue/"))
    assert "CHIS" not in text
    assert MASK in text
    assert "Drugs in the cot." in text


def test_a_page_costs_as_many_questions_for_two_referrals_as_for_sixty(officer, door):
    def asked():
        with CaptureQueriesContext(connection) as made:
            assert door.get("/referrals/queue/").status_code == 200
        sql = [one["sql"] for one in made]
        return len(sql), sum("referrals_" in one for one in sql)

    for number in range(2):
        send(officer, f"Ada Number{number}", birthday="2017-04-01", hours=number)
    # What is protected is read once by each process, and not again by the second page.
    few = [asked(), asked()][1]
    for number in range(2, 56):
        send(
            officer,
            f"Ada Number{number}",
            birthday="2017-04-01",
            hours=number,
            place=f"{number} Elm Row, WS5 1AA",
        )
    many = asked()
    assert many == few
    assert few[1] <= 7
    first, second = door.get("/referrals/queue/"), door.get("/referrals/queue/?page=2")
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', first.content.decode())
    assert len(tokens) > queries.PAGE
    assert len(set(tokens)) == 1, "a page makes one token for all of its forms"
    assert (len(names(first)), len(names(second))) == (queries.PAGE, 6)
    assert "Page 2 of 2" in said(second)
    assert names(door.get("/referrals/queue/?page=nine")) == names(first)


def test_the_queue_is_read_from_its_index(officer, door):
    found = queries.SHOWS["waiting"](Referral.objects.filter(partnership=door.actor.partnership), door.actor)
    assert "the_front_door_queue" in found.explain()


def test_an_incident_is_found_from_its_index(door, desk):
    for who in (door, desk("central-referral-unit")):
        named = within_reach(who.actor).filter(incident_key="20123456a26").order_by("-sent_at", "pk")
        assert "an_incidents_referrals" in named.explain()


def test_one_is_found_by_its_reference_or_its_incidents_within_reach_alone(officer, door, desk):
    told = msgspec.structs.replace(
        called("Ada Birch", birthday="2017-04-01"), links=Links(incident="20/123456-A/26")
    )
    sent = sending.receive(officer.actor, told, form="one")
    nurses = send(desk("navigator"), "Nora Nurse")
    unit = desk("central-referral-unit", partner=officer.actor.organisation)
    find = "/referrals/find/?reference="
    assert find.partition("?")[0] in door.get("/referrals/queue/").content.decode()
    for typed in (sent.reference, f"{sent.reference.lower()}-3", "R " + sent.reference[2:], "20 123456a 26"):
        for who in (door, unit):
            assert who.get(find + typed)["Location"] == f"/referrals/sent/{sent.pk}/", typed
    assert len(door.site.entries(action="referral-find")) == 8

    def nothing(who, typed):
        page = said(who.get(find + typed))
        assert "None that you may read bears that reference" in page
        return page.replace(typed, "")

    assert nothing(unit, nurses.reference) == nothing(unit, "R-2222222"), "not theirs is as not there"
    assert nothing(desk("police-supervisor", team="Other"), sent.reference)
    assert nothing(door, sent.reference[:5])
    second = sending.receive(officer.actor, told, form="two")
    both = said(door.get(find + "20/123456a/26"))
    assert sent.reference in both
    assert second.reference in both
    assert "Ada" not in both
    DeclaredRelative.objects.create(user=door.user, name="Ada Birch", born="1 April 2017", relation="niece")
    assert nothing(door, sent.reference) == nothing(door, "R-2222222")
    assert "Error" in said(door.get(find))
    assert officer.get(find + sent.reference).status_code == 403


def test_an_addition_brings_a_decided_one_back_until_somebody_read_it(officer, door):
    sent = send(officer, "Ada Birch")
    decide = {
        "moves": 1, "seen": 0, "outcome": "information", "reason": "below-threshold", "words": "All is well.",
    }  # fmt: skip
    door.post(f"/referrals/desk/{sent.pk}/steps/decide/", decide)
    assert names(door.get("/referrals/queue/")) == []
    assert names(door.get("/referrals/queue/?show=settled")) == ["Ada Birch"]
    sending.add(officer.actor, sent, called("Ada Birch", looks="A red coat"), form="more")
    page = said(door.get("/referrals/queue/"))
    assert "Something was added" in page
    assert "no longer named" not in page
    sending.add(officer.actor, sent, msgspec.structs.replace(called(""), children=()), form="corrected")
    assert "A child is no longer named Something was added" in said(door.get("/referrals/queue/"))
    door.post(f"/referrals/desk/{sent.pk}/steps/read/", {"moves": 2, "seen": 2})
    assert names(door.get("/referrals/queue/")) == []


def test_what_is_decided_and_not_closed_is_counted_and_shown_the_oldest_first(officer, door, desk):
    decide = {
        "moves": 1, "seen": 0, "outcome": "information", "reason": "below-threshold", "words": "All is well.",
    }  # fmt: skip
    for name in ("Ada Birch", "Bea Birch", "Cal Birch"):
        sent = send(officer, name)
        door.post(f"/referrals/desk/{sent.pk}/steps/decide/", decide)
    assert "3 whose senders have not heard what happened next" in said(door.get("/"))
    page = door.get("/referrals/queue/?show=to-close")
    assert names(page) == ["Ada Birch", "Bea Birch", "Cal Birch"]
    close = f"/referrals/desk/{Referral.objects.order_by('sent_at')[1].pk}/steps/close/"
    assert close in page.content.decode()
    door.post(close, {"moves": 2, "seen": 0, "words": "Family help since April."})
    assert names(door.get("/referrals/queue/?show=to-close")) == ["Ada Birch", "Cal Birch"]
    assert len(names(door.get("/referrals/queue/?show=settled"))) == 3
    assert "2 whose senders" in said(door.get("/"))
    assert "whose senders" not in said(desk("police-supervisor", team="Response A").get("/"))
