"""What each partner says stands in its place and in its words: what is open, how often and when, and whom to ring."""

import re

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from footprint.answer import words
from footprint.answer.summary import Stamp, summary
from footprint.answer.values import OpenAtHome, Span
from footprint.records import DutyContact
from footprint.web.cases.person.presenters import open_to, partners
from footprint.web.cases.result_presenters import found as found_on_card
from tests.web.cases.person.answers import (
    DUTY,
    ROSA,
    a_person,
    footprint,
    line,
    partner,
    worker,
)


def test_the_latest_episode_stands_first_and_the_others_beside_it():
    (found,) = open_to.open_to(footprint(workers=(worker("Child in need plan", "Allocated worker"),)))
    assert (found.worker, found.partner) == ("Rosa Bright", "Children's social care")
    assert found.what == "Child in need plan, since 1 May 2026"
    assert found.also == "Allocated worker"
    assert found.confirmed == "Last confirmed open on 20 November 2026"
    assert found.unreported == ""


def test_a_team_stands_where_nobody_was_named():
    (found,) = open_to.open_to(footprint(workers=(worker(contact=DUTY),)))
    assert found.worker == "Front door"


def test_what_later_data_no_longer_names_is_no_end():
    (found,) = open_to.open_to(footprint(workers=(worker(not_reported_since="2026-11-01"),)))
    assert found.unreported == "Not reported since 1 November 2026. That is not an end."


def test_partners_with_something_open_come_first_but_school_is_no_case():
    answer = footprint(
        partners=(
            partner("acute-trust", line()),
            partner("childrens-social-care", line(open=True)),
            partner("fire", says=words.EXISTS, existence=True),
            partner("police"),
            partner("school-1", line("on-roll", "On roll", open=True)),
        )
    )
    assert [one.id for one in partners.sharing(answer)] == [
        "childrens-social-care", "acute-trust", "school-1", "fire",
    ]  # fmt: skip
    assert [one.id for group in partners.silent(answer) for one in group.partners] == ["police"]


def test_open_things_that_were_confirmed_come_before_those_that_were_not():
    answer = footprint(
        partners=(
            partner(
                "police",
                line(label="Not named lately", open=True, not_reported_since="2026-10-02"),
                line(label="Named today", open=True),
                line(label="Over"),
            ),
        )
    )
    (found,) = partners.sharing(answer)
    assert [one.label for one in found.lines] == ["Named today", "Not named lately", "Over"]
    assert found.lines[1].unreported == "Not reported since 2 October 2026. That is not an end."
    assert "confirmed" not in found.lines[1].when


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        ({"open": True}, "Since 1 October 2026, last confirmed open on 20 November 2026"),
        ({}, "1 October 2026"),
        ({"count": 4, "last": "2026-10-24"}, "4 times, the last on 24 October 2026"),
        (
            {"days": (), "spans": (Span(start="2026-03-01", end="2026-04-05"),), "last": "2026-04-05"},
            "1 March 2026 to 5 April 2026",
        ),
        (
            {
                "count": 2,
                "days": (),
                "spans": (
                    Span(start="2026-03-01", end="2026-04-05"),
                    Span(start="2026-09-02", end="2026-10-31"),
                ),
            },
            "2 times, the last 2 September 2026 to 31 October 2026",
        ),
    ],
)
def test_how_often_and_when(fields, phrase):
    (found,) = partners.sharing(footprint(partners=(partner("police", line(**fields)),)))
    assert found.lines[0].when == phrase


def test_the_part_that_somebody_took_is_said_but_not_that_it_is_about_them():
    answer = footprint(partners=(partner("police", line(role="suspect"), line(role=words.SUBJECT)),))
    (found,) = partners.sharing(answer)
    assert [one.role for one in found.lines] == ["as suspect", ""]


def test_each_line_names_whom_to_ask_for_only_where_there_are_several():
    alone = footprint(partners=(partner("police", line(contact=ROSA), line(contact=ROSA)),))
    several = footprint(partners=(partner("police", line(contact=ROSA), line(contact=DUTY)),))
    assert {one.ask_for for one in partners.sharing(alone)[0].lines} == {""}
    assert [one.ask_for for one in partners.sharing(several)[0].lines] == [
        "Rosa Bright", "Front door",
    ]  # fmt: skip


def test_where_only_existence_is_shared_the_partner_itself_is_to_ring():
    answer = footprint(
        partners=(partner("police", line(contact=ROSA), says=words.MORE_EXISTS, existence=True),)
    )
    (found,) = partners.sharing(answer)
    assert found.says == words.MORE_EXISTS
    assert [one.phone for one in found.rings] == [ROSA.phone, DUTY.phone]


def schools(count, state="fresh", says=words.NOTHING_SHARED):
    return tuple(partner(f"school-{number}", says=says, state=state) for number in range(count))


@pytest.mark.parametrize(
    ("silent", "alone", "titles"),
    [
        (schools(3), 3, []),
        (schools(4), 0, ["4 schools"]),
        ((partner("police"), *schools(17)), 1, ["17 schools"]),
    ],
)
def test_many_silent_partners_of_a_sector_are_one_line(silent, alone, titles):
    (group,) = partners.silent(footprint(partners=silent))
    assert group.says == words.NOTHING_SHARED
    assert len(group.partners) == alone
    assert [fold.title for fold in group.folded] == titles


def test_on_paper_many_are_one_sentence_with_the_number_for_each():
    many = [*schools(4), partner("school-4", says=words.NOTHING_SHARED, duty=ROSA)]
    (fold,) = partners.silent(footprint(partners=tuple(many)))[0].folded
    assert fold.names == "School 0, School 1, School 2, School 3 and School 4."
    assert fold.numbers == (
        f"School 0, School 1, School 2 and School 3: {DUTY.phone}; School 4: {ROSA.phone}."
    )
    assert fold.freshness == "As of 20 November 2026."


def test_where_one_of_the_sector_shares_the_rest_are_others():
    answer = footprint(partners=(partner("school-x", line()), *schools(16)))
    assert partners.silent(answer)[0].folded[0].title == "16 other schools"


def test_late_and_unconnected_partners_are_never_hidden_among_fresh_ones():
    answer = footprint(
        partners=(
            *schools(5),
            partner("school-late", state="late"),
            partner("school-none", state="unconnected", says=words.NOT_CONNECTED, as_of=""),
        )
    )
    shared, unconnected = partners.silent(answer)
    assert [one.condition.text for one in shared.partners] == ["Late"]
    assert unconnected.says == words.NOT_CONNECTED
    assert [one.condition.text for one in unconnected.partners] == ["Not connected"]
    alone, folded = partners.freshness(answer)
    assert [one.id for one in alone] == ["school-late", "school-none"]
    assert [fold.title for fold in folded] == ["5 schools"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["police", "school", "acute-trust"]),
            st.sampled_from(["fresh", "late", "stale"]),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_every_partner_stands_on_the_page_exactly_once(drawn):
    answer = footprint(
        partners=tuple(
            partner(f"{sector}-{number}", *([line()] if shares else []), sector=sector, state=state)
            for number, (sector, state, shares) in enumerate(drawn)
        )
    )
    everybody = [one.partner for one in answer.partners]
    groups = partners.silent(answer)
    told = [one.id for one in partners.sharing(answer)]
    told += [one.id for group in groups for one in group.partners]
    told += [one.id for group in groups for fold in group.folded for one in fold.partners]
    assert sorted(told) == sorted(everybody)
    alone, folded = partners.freshness(answer)
    fresh = [one.id for one in alone] + [one.id for fold in folded for one in fold.partners]
    assert sorted(fresh) == sorted(everybody)


def test_a_contact_without_anything_is_no_number():
    (found,) = partners.sharing(footprint(partners=(partner("police", line(contact=DutyContact())),)))
    assert found.rings == ()


def test_a_number_that_was_reported_wrong_is_marked_wherever_that_partner_is_to_be_rung():
    wrong = {("childrens-social-care", DUTY.phone): "Reported wrong on 19 November 2026"}
    (found,) = partners.sharing(footprint(partners=(partner("childrens-social-care", line()),)), wrong)
    assert [one.wrong for one in found.rings] == ["Reported wrong on 19 November 2026"]
    (found,) = partners.sharing(footprint(partners=(partner("police", line()),)), wrong)
    assert [one.wrong for one in found.rings] == [""]
    (open_one,) = open_to.open_to(footprint(workers=(worker(contact=DUTY),)), wrong)
    assert open_one.ring.wrong == "Reported wrong on 19 November 2026"
    card = found_on_card(a_person(), {}, footprint(workers=(worker(contact=DUTY),)), wrong=wrong)
    assert card.open_to == (open_one,)


def test_it_is_marked_in_a_text_wherever_its_partner_is_to_be_rung():
    wrong = {("childrens-social-care", DUTY.phone): "Reported wrong on 19 November 2026"}
    council, police = partner("childrens-social-care", line()), partner("police", line())
    silent = partner("childrens-social-care")
    one = partner("childrens-social-care", existence=True, says=words.EXISTS)
    told = {
        title: summary(footprint(**fields), Stamp(), asked="Layla", wrong=wrong).splitlines()
        for title, fields in {
            "worker": {"workers": (worker(contact=DUTY),)},
            "sharing": {"partners": (council, police)},
            "silent": {"partners": (silent,)},
            "existing": {"partners": (one,)},
        }.items()
    }
    mark = f"{DUTY.phone} ({DUTY.hours}; reported wrong on 19 November 2026)"
    for title, lines in told.items():
        assert len([one for one in lines if mark in one]) == 1, title
    assert [one for one in told["sharing"] if one.startswith("Police") and "wrong" in one] == []
    hub = footprint(standing="protected", sentence=words.PROTECTED, ring=DUTY)
    said_there = summary(
        hub, Stamp(), asked="X", wrong={("hub", DUTY.phone): "Reported wrong on 19 May 2026"}
    )
    assert "reported wrong on 19 May 2026" in said_there


def test_what_only_a_census_says_is_said_as_of_its_day():
    only = {"only_by": "the Children in Need census return (once a year), as of 31 March 2026"}
    (found,) = partners.sharing(footprint(partners=(partner("police", line(**only)),)))
    assert found.lines[0].only_by == f"Told only by {only['only_by']}"
    (open_one,) = open_to.open_to(footprint(workers=(worker(**only),)))
    assert open_one.unreported == f"Told only by {only['only_by']}. It may have ended."


def test_in_what_role_a_person_is_open_to_a_worker_is_said():
    (found,) = open_to.open_to(footprint(workers=(worker(role="witness"),)))
    assert found.what == "Child in need plan, as witness, since 1 May 2026"


INVESTIGATED = worker(
    "Open investigation", code="investigation", partner="police", name="Police", role="suspect"
)
AT_HOME = '{% from "cases/parts.html" import open_at_home %}{{ open_at_home(people) }}'
TO_RING = "Somebody in this home is open to a worker: ring here first"


def test_on_their_own_card_too_a_police_investigation_of_anybody_but_a_child_is_no_help():
    env = engines["jinja2"].env
    card = env.from_string('{% from "cases/parts.html" import open_to_worker %}{{ open_to_worker(some, 4) }}')
    here = "Already open to a worker: ring here first"
    police = "Police have an open investigation concerning this person. Ring before anybody contacts them."
    for is_child, said in ((True, [here]), (False, [police, here])):
        of = footprint(workers=(worker(), INVESTIGATED), is_child=is_child)
        page = card.render(some=open_to.open_to(of))
        assert re.findall(r"<h4[^>]*>(.*?)</h4>", page) == said
        assert page.count("<div") == page.count("</div>")
        assert page.count("Open investigation, as suspect") == 1
        told = summary(of, Stamp(), asked="Dean")
        assert ("The police investigate a matter concerning this person" in told) is not is_child
    alone = card.render(some=open_to.open_to(footprint(workers=(INVESTIGATED,), is_child=False)))
    assert here not in alone


@pytest.mark.parametrize(
    ("age", "headings"),
    [
        ({"is_child": True}, [TO_RING]),
        (
            {"is_adult": True},
            [
                "Police have an open investigation concerning an adult here. Ring before anybody contacts the home.",
                TO_RING,
            ],
        ),
        (
            {},
            [
                "Police have an open investigation concerning somebody here. Ring before anybody contacts the home.",
                TO_RING,
            ],
        ),
    ],
)
def test_a_police_investigation_of_an_adult_at_home_is_no_help_that_a_child_has(age, headings):
    people = [
        OpenAtHome(person_id="1", name="Ada Birch", workers=(worker(),), is_child=True),
        OpenAtHome(person_id="2", name="Dean Birch", workers=(worker(), INVESTIGATED), **age),
    ]
    env = engines["jinja2"].env
    page = env.from_string(AT_HOME).render(people=open_to.of_the_home(people, {}))
    assert [" ".join(one.split()) for one in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)] == headings
    assert page.count("Open investigation, as suspect") == 1
    assert page.index("Open investigation") > page.index("Ada Birch") or len(headings) > 1
    assert "2026.<span" not in page, "what is said and when it was confirmed stand apart"
