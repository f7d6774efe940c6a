"""Scenario 11, as far as one's own family goes: access is denied to what was declared, and being refused tells nothing.

Own homes now and before, to the flat; relatives by name and birthday; through every way by which somebody is looked up.
"""

import re

import pytest

from footprint.answer import words
from footprint.web.cases.models import Viewing
from tests.web.cases.conftest import family_typed, said
from tests.web.protection.conftest import DAY, people_in, text_of
from tests.web.protection.town import (
    FORMER,
    HOME,
    IRIS,
    LEE,
    MARA,
    NED,
    NEXT_DOOR,
    NOOR,
    OMAR,
    REFUGE,
    UNKNOWN,
    ZOE,
)


def refusals(site):
    return site.entries(kind="refusal", action="declared-connection")


@pytest.mark.parametrize(
    "whom", [LEE, NOOR, OMAR], ids=["child at home", "lodger", "who lives at a former home"]
)
def test_a_line_about_own_household_says_no_more_than_that(dana, whom):
    answer = dana.asks(**whom)
    assert answer.status_code == 200
    assert words.DECLARED in said(answer)
    shown = text_of(answer)
    asked = re.search(r'<p class="[^"]*fp-asked.*?</p>', shown, re.DOTALL).group()
    for word in (whom["given"], whom["family"], whom["born"][:4], "Alder Road", "Birch Close"):
        assert word not in shown.replace(asked, "").replace("Dana Whitlock", ""), word


def test_who_is_close_cannot_be_opened_printed_or_summed_up(dana, site):
    url = dana.url_of(LEE)
    before = len(refusals(site))
    for page in ("", "print/", "pdf/", "summary/"):
        answer = dana.get(url + page)
        assert answer.status_code == 403, page
        assert words.DECLARED in said(answer)
        assert "Lee" not in text_of(answer)
        assert "2012" not in text_of(answer)
    assert len(refusals(site)) == before + 4
    assert site.entries(kind="intent", action="show") == []
    assert Viewing.objects.filter(how="opened").count() == 0


def test_the_refusal_is_entered_with_whom_and_why_and_raises_an_alert(dana, site, town):
    url = dana.url_of(LEE)
    dana.get(url)
    entry = refusals(site)[-1]
    lee = town.person("police/person-id/LEE")
    assert (entry.leaf.actor, entry.leaf.subjects, entry.leaf.policy_rule) == (
        dana.user.username,
        (lee,),
        "declared-connection",
    )
    searching, opening = dana.observations
    for seen in (searching, opening):
        assert seen.is_alert
        assert ["own-home", 10.0] in seen.signs


def test_who_moves_in_after_a_page_was_opened_is_refused_from_then_on(seat):
    worker = seat(name="Dana Whitlock")
    url = worker.url_of(LEE)
    assert worker.get(url).status_code == 200
    worker.declares(HOME)
    assert worker.get(url).status_code == 403


def test_taking_a_declaration_back_does_not_open_the_way(dana, town):
    url = dana.url_of(LEE)
    dana.withdraws_all(town.now)
    assert dana.get(url).status_code == 403
    dana.withdraws_all(town.now - 366 * DAY)
    assert dana.get(url).status_code == 200


@pytest.mark.parametrize(
    "typed", [HOME, "3/12 Alder Rd WS7 1AB", FORMER], ids=["as declared", "otherwise written", "former"]
)
def test_an_own_address_is_not_looked_up(dana, site, typed):
    answer = dana.asks("address", place=typed)
    assert answer.status_code == 403
    assert words.DECLARED in said(answer)
    assert people_in(answer) == []
    assert site.entries(kind="intent", action="search-address") == []
    entry = refusals(site)[-1]
    assert entry.terms["address"] == typed
    assert dana.observations[-1].is_alert


def test_a_house_in_which_one_home_is_own_tells_not_who_lives_in_that(dana):
    answer = dana.asks("address", place="12 Alder Road, WS7 1AB")
    for word in ("Lee", "Noor", "Ashdown"):
        assert word not in text_of(answer)


def test_a_relative_is_refused_by_name_and_birthday_also_where_they_are_protected(dana):
    answer = dana.asks(**MARA)
    assert words.DECLARED in said(answer)
    assert words.PROTECTED not in said(answer)
    assert dana.get(people_in(answer)[0]).status_code == 403


def test_a_family_is_answered_without_those_who_are_close(dana):
    people = [("Lee", "Whitlock", "2012-03-04"), ("Zoe", "Finch", "2016-03-03")]
    answer = dana.asks("family", **family_typed(people))
    assert words.DECLARED in said(answer)
    assert "Zoe Finch Born 3 March 2016" in said(answer)
    assert "Lee Whitlock Born" not in said(answer)
    assert len(people_in(answer)) == 2


def test_beside_somebody_else_there_is_one_line_that_says_no_more(dana, seat):
    dana.declares(relatives=[("Iris Whitlock", "1988")])
    url = dana.url_of(ZOE)
    answer = dana.get(url)
    assert "Zoe Finch" in said(answer)
    assert words.DECLARED in said(answer)
    assert "Iris" not in text_of(answer)
    another = seat(name="Otto Reed")
    assert "Iris" in text_of(another.get(another.url_of(ZOE)))


def test_others_are_answered_about_them_as_ever(seat):
    worker = seat(name="Otto Reed").declares("1 Faraway Street, WS9 9ZZ", relatives=[("Kim Reed", "1999")])
    answer = worker.get(worker.url_of(LEE))
    assert (answer.status_code, "Lee Whitlock" in said(answer)) == (200, True)
    assert worker.asks("address", place=HOME).status_code == 200
    assert [seen.is_alert for seen in worker.observations] == [False, False, False]


def test_a_neighbour_a_namesake_and_a_relative_without_a_birthday_are_not_refused(dana):
    dana.declares(relatives=[("Ned Crane", "")])
    for whom in (NED, IRIS):
        assert dana.get(dana.url_of(whom)).status_code == 200
    assert dana.asks("address", place=NEXT_DOOR).status_code == 200


# ---- being refused tells nothing new


def plain(answer, *typed):
    """A page without what is different each time: receipts, handles, tokens, times; and without the words that were typed."""
    text = text_of(answer)
    for word in typed:
        text = text.replace(word, "TYPED")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r"Receipt \S+", "Receipt", text)
    text = re.sub(r"/(cases|people|look-ups)/[\w-]{20,}", r"/\1/ID", text)
    text = re.sub(r"again=[\w-]+", "again=ID", text)
    return re.sub(r"\d\d:\d\d", "TIME", text)


def test_declaring_a_refuge_as_ones_own_tells_nothing_of_who_is_there(seat, site):
    """Whoever declares an address learns from being refused whether it was theirs to declare, and nothing else."""
    told = []
    for home in (REFUGE, UNKNOWN):
        spy = seat(name="Rex Pryor").declares(home)
        spy.opens(concerns="The same")
        answers = [
            spy.asks(**whom) for whom in (MARA, {"given": "June", "family": "Quist", "born": "2017-07-17"})
        ]
        answers += [spy.get(url) for answer in answers for url in people_in(answer)]
        answers += [
            spy.asks("address", place=place) for place in (home, "17 Zephyrquill Lane, WS7 9QJ", "WS7 9QJ")
        ]
        told.append([(answer.status_code, plain(answer, home)) for answer in answers])
    assert len(told[0]) == 7
    assert told[0] == told[1]
    assert words.PROTECTED in told[0][0][1]


def test_nor_does_the_ledger_tell_the_two_apart(seat, site):
    rows = []
    for home in (REFUGE, UNKNOWN):
        spy = seat(name="Rex Pryor").declares(home)
        spy.asks(**MARA)
        entries = site.entries(actor=spy.user.username)
        rows.append([(one.leaf.kind, one.leaf.action, one.leaf.shown, one.leaf.count) for one in entries])
    assert rows[0] == rows[1]
