"""How an answer is ordered, folded and worded for its page: tables of cases a duty worker would name."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.answer import words
from footprint.answer.changes import Change
from footprint.answer.summary import Stamp, summary
from footprint.answer.values import Home, LinkView, PerhapsBaby, Span
from footprint.linking.evidence import RULES as EVIDENCE
from footprint.records import DutyContact
from footprint.web.cases.household_presenters import living
from footprint.web.cases.person.presenters import family, identity, open_to, partners, statements
from footprint.web.cases.person.presenters.changed import MOST, changed
from footprint.web.cases.person.presenters.homes import homes
from footprint.web.cases.person.presenters.who import born, who
from footprint.web.cases.result_presenters import found as found_on_card
from footprint.web.identity.presenters import doubting
from tests.web.cases.person.answers import (
    DUTY,
    ROSA,
    a_person,
    a_resident,
    footprint,
    line,
    link,
    other,
    partner,
    relative,
    said,
    stated,
    worker,
)

# ---------------------------------------------------------------- who it is


@pytest.mark.parametrize(
    ("birth", "age", "phrase"),
    [
        ("27 March 2015", "11", "Born 27 March 2015, aged 11"),
        ("3 March 2026", "8 months", "Born 3 March 2026, 8 months old"),
        ("20 November 2026", "5 days", "Born 20 November 2026, 5 days old"),
        ("1 January 1990 (estimated)", "about 36", "Born 1 January 1990 (estimated), aged about 36"),
        ("expected 25 January 2027", "", "Expected 25 January 2027"),
        ("27 March 2015", "", "Born 27 March 2015"),
        ("", "11", "Aged 11"),
        ("", "", ""),
    ],
)
def test_a_birthday_is_said_with_the_age(birth, age, phrase):
    assert born(birth, age) == phrase


@pytest.mark.parametrize(
    ("fields", "marks"),
    [
        ({}, ["Child"]),
        ({"is_child": False}, []),
        ({"unborn": True}, ["Unborn child"]),
        ({"standing": "protected"}, ["Protected", "Child"]),
        ({"standing": "restricted", "is_child": False}, ["Closed"]),
        # The sentence about a death stands below: of a child lost before birth it is another.
        ({"died": "3 May 2026", "death": "Died on 3 May 2026."}, ["Child"]),
    ],
)
def test_what_to_know_before_anything_else_stands_beside_the_name(fields, marks):
    assert [mark.text for mark in who(footprint(**fields)).marks] == marks


# ---------------------------------------------------------------- to whom they are open


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


# ---------------------------------------------------------------- partners


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


# ---------------------------------------------------------------- who says what


def test_who_says_so_is_named_once_with_the_day_only_where_it_is_another():
    by = (said("School"), said("Police"), said("School", "2026-03-01"), said("Trust", "2026-03-03"))
    assert statements.said(by, "2026-11-20") == "School and Police; Trust (3 March 2026)"


def test_values_that_cannot_all_be_right_are_marked_and_named_at_the_top():
    answer = footprint(
        conflicts=("birth", "sex"),
        stated=(
            stated("birth", "27 March 2015", "27 March 2016", conflict=True),
            stated("name", ("Layla", "usual", said()), ("Lala", "nickname", said())),
        ),
    )
    birth, name = statements.fields(answer)
    assert birth.conflict == "Partners disagree: 2 different values"
    assert [value.use for value in name.values] == ["", "nickname"]
    assert statements.conflicts(answer) == "Partners disagree about the birthday and sex."
    assert statements.conflicts(footprint()) == ""


# ---------------------------------------------------------------- family


def test_children_come_first_and_many_are_folded():
    grown = [relative(f"Adult{number}", "household", is_child=False) for number in range(family.MOST_KIN)]
    child = relative("Zara", is_child=True)
    found = family.family(footprint(relatives=(*grown, child)), {"zara": "/zara"})
    assert found.kin[0].name == "Zara"
    assert found.kin[0].url == "/zara"
    assert len(found.kin) == family.MOST_KIN
    assert [one.name for one in found.more] == [f"Adult{family.MOST_KIN - 1}"]


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        ("household", "At the same home"),
        ("other-relative", "Other relative"),
        ("half-sibling", "Half-sibling"),
        ("mother, guardian", "Mother, guardian"),
    ],
)
def test_what_somebody_is_to_this_person_is_said_in_words(kind, phrase):
    assert family.family(footprint(relatives=(relative("A", kind),)), {}).kin[0].relation == phrase


def test_each_relative_stands_for_themselves():
    hidden = relative("Ellie", standing="protected", birth="", age="", said_by=(), is_child=True)
    declared = relative("", kind="", standing="declared", person_id="d", birth="", age="", said_by=())
    found = family.family(footprint(relatives=(hidden, declared)), {"ellie": "/e", "d": "/d"}).kin
    assert [mark.text for mark in found[0].marks] == ["Protected", "Child"]
    assert (found[1].note, found[1].name, found[1].marks) == (words.DECLARED, "", ())


def test_who_may_be_that_baby_can_be_opened():
    baby = PerhapsBaby(person_id="b", name="Baby Khan", birth="", sentence="This may be ...")
    assert family.babies(footprint(perhaps_baby=(baby,)), {"b": "/b"}) == (
        ("This may be ...", "Baby Khan", "/b"),
    )


# ---------------------------------------------------------------- why one person


def test_the_words_of_every_rule_are_its_authors():
    assert {rule.name: rule.sentence for rule in EVIDENCE}.items() <= identity.RULES.items()


def test_the_strongest_links_that_hold_everything_together_come_first():
    links = (link("a/i/1", "b/i/1", 9.0), link("b/i/1", "c/i/1", 30.0), link("a/i/1", "c/i/1", 20.0))
    needed, further = identity.spanning(links)
    assert [one.weight for one in needed] == [30.0, 20.0]
    assert [one.weight for one in further] == [9.0]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 9)), max_size=20))
def test_the_links_that_are_shown_hold_together_whatever_all_links_hold_together(drawn):
    links = [link(f"p/i/{a}", f"p/i/{b}", w) for a, b, w in drawn if a != b]
    needed, further = identity.spanning(links)
    assert sorted(needed + further, key=repr) == sorted(links, key=repr)
    assert closure(needed) == closure(links)
    records = {key for one in links for key in (one.one, one.other)}
    assert len(needed) == len(records) - len({frozenset(group) for group in closure(links).values()})


def closure(links):
    groups = {}
    for one in links:
        whole = groups.get(one.one, {one.one}) | groups.get(one.other, {one.other})
        for key in whole:
            groups[key] = whole
    return groups


def test_a_record_is_called_as_on_the_telephone():
    names = {"police": "Police"}
    assert identity.called("police/person-id/P99", names) == "Police P99"
    assert identity.called("fire/id/7", names) == "fire 7"


def test_others_stand_beside_with_their_records_and_a_wall_of_them_is_folded():
    possible = tuple(other(f"Other {number}") for number in range(identity.MOST_OTHERS + 2))
    answer = footprint(possible=possible, partners=(partner("police"), partner("acute-trust")))
    found = identity.identity(answer, {"other 0": "/0"}, {"other 0": "/same"})
    assert len(found.others) == identity.MOST_OTHERS
    assert len(found.many) == 2
    first = found.others[0]
    assert (first.url, first.same, first.records) == ("/0", "/same", "Police 2, Acute trust 3")
    assert first.why == "same given name; same birthday"


@pytest.mark.parametrize("standing", ["protected", "restricted", "declared"])
def test_of_somebody_protected_nobody_can_say_that_they_are_the_same(standing):
    hidden = other("X", standing=standing, records=(), why=())
    found = identity.identity(footprint(possible=(hidden,)), {"x": "/x"}, {"x": "/same"}).others[0]
    assert (found.same, found.records, found.why) == ("", "", "")


def test_whose_record_stands_in_another_part_is_said_to_be_held_apart_where_that_part_may_be_seen():
    silent = {"involvements": (), "says": words.NOTHING_SHARED, "existence": False}
    here, there = partner("police", **silent), partner("acute-trust", **silent, records=())
    part = other("Layla Husain", records=("acute-trust/id/3",), disputed=True)

    def said(**fields):
        found = partners.silent(footprint(partners=(here, there), **fields))
        return {one.id: group.says for group in found for one in group.partners}

    assert said() == {"police": words.NOTHING_SHARED, "acute-trust": words.NOTHING_SHARED}
    assert said(apart=(part,)) == {"police": words.NOTHING_SHARED, "acute-trust": words.HELD_APART}


def test_before_records_are_taken_apart_stands_what_two_people_seldom_share():
    shared = LinkView(
        one="police/id/1", other="acute-trust/id/2", weight=9.0, rule="E1", why=("same number, checked",)
    )
    names = {"police": "Police", "acute-trust": "Acute trust"}
    assert list(doubting.agreeing(footprint(links=(shared, link("police/id/1", "x/i/3"))), names)) == [
        "Police 1 and Acute trust 2 carry the same number, such as an NHS number."
    ]


# ---------------------------------------------------------------- what changed


def test_news_are_dated_once_loud_ones_loud_and_many_folded():
    looked = dt.datetime(2026, 11, 18, 9, 10, tzinfo=dt.UTC)
    news = [
        Change(kind="split", sentence="A record of Police is another person's now.", day=""),
        Change(kind="event", sentence="Police: incident attended, 3 May 2026.", day="2026-05-03"),
        Change(kind="worker", sentence="Open to Rosa.", day="2026-05-01"),
        *[Change(kind="fresh", sentence=f"{number}") for number in range(MOST)],
    ]
    found = changed(looked, news)
    assert found.looked == "18 November 2026 at 09:10"
    assert [(one.is_loud, one.day) for one in found.news[:3]] == [
        (True, ""), (False, ""), (False, "1 May 2026"),
    ]  # fmt: skip
    assert (len(found.news), len(found.more)) == (MOST, 3)


def test_a_contact_without_anything_is_no_number():
    (found,) = partners.sharing(footprint(partners=(partner("police", line(contact=DutyContact())),)))
    assert found.rings == ()


# ---------------------------------------------------------------- homes


def home(address, state="lives", said_by=()):
    return Home(address=address, use="", state=state, says="Since 2 May 2026, says Police.", said_by=said_by)


def test_a_home_that_one_still_holds_stands_marked_after_the_current_one_and_one_left_is_folded():
    found = homes(footprint(homes=(home("New"), home("Old", "held"), home("Older", "left"))))
    assert [(one.address, one.mark and one.mark.text) for one in found.doors] == [
        ("New", None),
        ("Old", "May be an old home"),
    ]
    assert [one.address for one in found.left] == ["Older"]
    assert found.differ == "Partners hold 2 homes as current: look before anybody goes."


def test_one_home_needs_no_warning():
    assert homes(footprint(homes=(home("New"), home("Older", "left")))).differ == ""
    assert homes(footprint(homes=(home("New"), home("Other")))).differ == ""
    assert homes(footprint(homes=(home("New"), home("Other")), conflicts=("home",))).differ


@pytest.mark.parametrize(
    ("lone", "conflicts", "differ"),
    [
        (home("Old", "held", (said(),)), (), "One partner holds a home that another says was left"),
        (
            home("Old", "held", (said(), said("School"))),
            (),
            "2 partners hold a home that another says was left",
        ),
        (home("New"), ("home",), "Partners do not agree on the home"),
    ],
)
def test_of_one_home_in_doubt_it_is_said_why_to_look(lone, conflicts, differ):
    found = homes(footprint(homes=(lone, home("Older", "left")), conflicts=conflicts))
    assert found.differ == f"{differ}: look before anybody goes."


def test_an_old_home_is_marked_on_the_card_and_at_the_address():
    old = home("Old", "held")
    card = found_on_card(a_person(homes=("New",), old_homes=(old,)), {})
    assert card.homes == ("New",)
    assert [(one.address, one.mark.text, one.says) for one in card.old_homes] == [
        ("Old", "May be an old home", old.says)
    ]
    living_there = living(a_resident(old_home=old.says), {})
    assert [one.text for one in living_there.marks] == ["May be an old home", "Child"]
    assert (living_there.old_home, living_there.said_by) == (old.says, "")
    assert living(a_resident(), {}).said_by == "Police"


# ---------------------------------------------------------------- numbers reported wrong, and what only a census says


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


def test_who_lives_at_an_old_home_is_no_household_and_stands_last():
    found = family.family(
        footprint(
            relatives=(
                relative("Tibor", "household", is_child=True, is_of_old_home=True),
                relative("Sana", "mother", is_child=False),
            )
        ),
        {},
    )
    assert [(one.name, one.relation) for one in found.kin] == [
        ("Sana", "Mother"),
        ("Tibor", "At what may be an old home"),
    ]


def test_in_what_role_a_person_is_open_to_a_worker_is_said():
    (found,) = open_to.open_to(footprint(workers=(worker(role="witness"),)))
    assert found.what == "Child in need plan, as witness, since 1 May 2026"


def test_a_relative_who_may_be_the_same_child_is_marked():
    found = family.family(
        footprint(relatives=(relative("Leo", remark="May be this same child (disputed)"),)), {}
    )
    assert found.kin[0].remark == "May be this same child (disputed)"
