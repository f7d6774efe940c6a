"""Finding entries again: whose they are, whom they concern, which case, which numbers, which receipt."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.ledger import Ledger, LedgerUnavailable, filters, outcome_of
from footprint.ledger.reading import SEALED


@pytest.fixture
def busy_day(ledger, event):
    """Six entries: two look-ups by two people in two cases, a disclosure, and a publication."""
    first = event(actor="user-1", case="C-1")
    second = event(actor="user-2", case="C-2", partnership="next-borough")
    ledger.record_all(
        [
            first,
            outcome_of(first, 0, subjects=("P1",), shown=("P1", "P2")),
            second,
            outcome_of(second, 2, shown=("P2",), count=5),
            event(kind="disclosure", actor="user-1", case="C-1", subjects=("P1", "P1")),
            event(kind="change", action="publish", actor="operator", case=None),
        ]
    )
    return ledger


@pytest.mark.parametrize(
    ("filters", "sequences"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"actor": "user-1"}, [0, 1, 4]),
        ({"subject": "P1"}, [1, 4]),
        ({"subject": "P2"}, [1, 3]),
        ({"subject": "P2", "actor": "user-2"}, [3]),
        ({"subject": "nobody"}, []),
        ({"case": "C-2"}, [2, 3]),
        ({"partnership": "next-borough"}, [2, 3]),
        ({"kind": "change"}, [5]),
        ({"first": 2, "last": 4}, [2, 3, 4]),
        ({"first": 4, "limit": 1}, [4]),
        ({"case": "C-1' OR '1'='1"}, []),
        ({"action": "publish"}, [5]),
        ({"action": "search"}, [0, 1, 2, 3, 4]),
        ({"actions": ("publish", "rollback")}, [5]),
        ({"kinds": ["outcome", "disclosure"]}, [1, 3, 4]),
        ({"kinds": ["outcome"], "actor": "user-2"}, [3]),
        ({"kinds": []}, []),
        ({"intent": 2}, [3]),
        ({"before": 2}, [0, 1]),
        ({"actor": None, "case": "C-2", "kinds": None}, [2, 3]),
        ({"order": "newest"}, [5, 4, 3, 2, 1, 0]),
        ({"order": "newest", "limit": 2}, [5, 4]),
        ({"order": "newest", "limit": 2, "before": 4}, [3, 2]),
        ({"order": "newest", "subject": "P1", "before": 4}, [1]),
    ],
)
def test_entries_are_found(busy_day, filters, sequences):
    assert [entry.leaf.sequence for entry in busy_day.entries(**filters)] == sequences


def test_counts_are_of_what_was_shown(busy_day):
    assert [entry.leaf.count for entry in busy_day.entries(kind="outcome")] == [2, 5]


def test_an_event_is_found_after_a_failure_that_left_doubt(busy_day):
    event_id = busy_day.entries()[4].leaf.event
    assert [entry.leaf.sequence for entry in busy_day.entries(event=event_id)] == [4]


def test_a_receipt_finds_its_entry_and_no_other(busy_day):
    number = busy_day.entries()[3].receipt_number
    assert busy_day.by_receipt(number).leaf.sequence == 3
    for false in (
        number.replace("3-", "2-"),
        number[:-1],
        number[:-1] + "?",
        "",
        "-",
        "x",
        "9" * 30 + "-AAAAAAAA",
        "99-AAAAAAAA",
        "²-AAAAAAAA",
    ):
        assert busy_day.by_receipt(false) is None


def moments(log):
    return [dt.datetime.fromisoformat(entry.leaf.time) for entry in log.entries()]


def test_a_span_has_its_beginning_and_not_its_end(busy_day):
    times = moments(busy_day)
    in_another_zone = times[2].astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    found = busy_day.entries(since=in_another_zone, until=times[4])
    assert [entry.leaf.sequence for entry in found] == [2, 3]


def test_a_span_finds_what_lies_in_it_though_the_clock_was_set_right_between(ledger, clock, event):
    ledger.record(event(case="C-1"))
    clock.wall += dt.timedelta(days=1)
    ledger.record(event(case="C-2"))
    clock.wall -= dt.timedelta(days=1)
    ledger.correct_clock(event(case="C-3"))
    ledger.record(event(case="C-4"))
    noon = clock.wall + dt.timedelta(hours=5)
    assert [entry.leaf.case for entry in ledger.entries(until=noon)] == ["C-1", "C-3", "C-4"]
    assert [entry.leaf.case for entry in ledger.entries(since=noon)] == ["C-2"]


def test_what_is_no_filter_is_said_to_be_none(busy_day):
    with pytest.raises(LedgerUnavailable, match="TypeError"):
        busy_day.entries(name="Kaur")
    with pytest.raises(LedgerUnavailable, match="TypeError"):
        busy_day.entries(since=dt.datetime(2026, 11, 23))  # noqa: DTZ001 - without a zone, on purpose


def test_sealed_values_stay_sealed_in_what_is_found(ledger, event):
    ledger.record(event(terms={"family_name": "Kaur"}))
    (entry,) = ledger.entries(order="newest")
    assert entry.terms == {"terms": SEALED}


# ---------------------------------------------------------------- as the slow and obvious way finds it

ACTORS, PEOPLE, KINDS = ("u1", "u2", "u3"), ("P1", "P2", "P3", "P4"), ("intent", "disclosure", "refusal")
ACTIONS, AREAS = ("search", "show", "print"), ("borough", "next-borough")


@pytest.fixture
def busy_month(ledger, event):
    """Two hundred entries of every mixture, and the leaves as they stand in the log."""
    events = [
        event(
            kind=KINDS[number % 3],
            action=ACTIONS[number // 3 % 3],
            actor=ACTORS[number * 7 % 3],
            partnership=AREAS[number // 5 % 2],
            case=f"C-{number % 4}",
            shown=PEOPLE[number % 5 : number % 5 + number % 3],
        )
        for number in range(200)
    ]
    ledger.record_all(events)
    return ledger, [entry.leaf for entry in ledger.entries(limit=1_000)]


def maybe(*values):
    return st.none() | st.sampled_from(values)


def after(milliseconds):
    """The moment of about the entry of that number: the test's clock goes on by one with each."""
    return dt.datetime(2026, 11, 23, 7, 15, tzinfo=dt.UTC) + dt.timedelta(milliseconds=milliseconds)


asked = st.fixed_dictionaries(
    {
        "actor": maybe(*ACTORS),
        "case": maybe("C-0", "C-3", "C-9"),
        "partnership": maybe(*AREAS),
        "subject": maybe(*PEOPLE, "nobody"),
        "kinds": st.none() | st.lists(st.sampled_from(KINDS), max_size=2),
        "actions": st.none() | st.lists(st.sampled_from(ACTIONS), max_size=2),
        "before": st.none() | st.integers(0, 210),
        "since": st.none() | st.integers(-5, 205).map(after),
        "until": st.none() | st.integers(-5, 205).map(after),
        "order": st.sampled_from(["oldest", "newest"]),
        "limit": st.integers(1, 250),
    }
)


def fits(leaf, asked):
    return all(
        [
            asked["actor"] in (None, leaf.actor),
            asked["case"] in (None, leaf.case),
            asked["partnership"] in (None, leaf.partnership),
            asked["subject"] is None or asked["subject"] in leaf.concerned,
            asked["kinds"] is None or leaf.kind in asked["kinds"],
            asked["actions"] is None or leaf.action in asked["actions"],
            asked["before"] is None or leaf.sequence < asked["before"],
            asked["since"] is None or dt.datetime.fromisoformat(leaf.time) >= asked["since"],
            asked["until"] is None or dt.datetime.fromisoformat(leaf.time) < asked["until"],
        ]
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=asked)
def test_every_mixture_of_filters_finds_what_reading_all_finds(busy_month, asked):
    ledger, leaves = busy_month
    fitting = [leaf.sequence for leaf in leaves if fits(leaf, asked)]
    ordered = fitting[::-1] if asked["order"] == "newest" else fitting
    found = [entry.leaf.sequence for entry in ledger.entries(**asked)]
    assert found == ordered[: asked["limit"]]
    counted = {name: said for name, said in asked.items() if name not in ("order", "limit")}
    assert ledger.count(**counted) == len(fitting)


def test_pages_newest_first_show_every_entry_once(busy_month):
    ledger, leaves = busy_month
    seen, before = [], None
    while page := ledger.entries(order="newest", before=before, actor="u2", limit=7):
        seen += [entry.leaf.sequence for entry in page]
        before = seen[-1]
    assert seen == [leaf.sequence for leaf in leaves if leaf.actor == "u2"][::-1]


FILTERS = {
    "actor": "u1",
    "case": "C-1",
    "kind": "refusal",
    "kinds": ("refusal", "disclosure"),
    "action": "print",
    "actions": ("print", "show"),
    "event": "0" * 32,
    "intent": 3,
    "subject": "P1",
    "first": 150,
    "last": 20,
    "before": 20,
    "since": dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
    "until": dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC),
}


def plan(place, sql, values):
    """How the database would answer. (On so few rows PostgreSQL would rather read all; it is told not to.)"""
    connection = place.connect()
    if place.kind == "sqlite":
        return "; ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values))
    connection.execute("SET enable_seqscan = off")
    return "; ".join(row[0] for row in connection.execute(f"EXPLAIN {sql.replace('?', '%s')}", values))


def scanned(place, plan):
    """Whether a whole table or index is read."""
    return "SCAN" in plan if place.kind == "sqlite" else "Seq Scan" in plan or "Index Cond" not in plan


@pytest.mark.parametrize("name", FILTERS)
def test_no_filter_reads_the_whole_log(busy_month, place, name):
    assert {*FILTERS, "partnership"} == set(filters.FILTERS)
    condition, values = filters.conditions({name: FILTERS[name], "partnership": "borough"})
    sql = f"SELECT body FROM ledger_entry WHERE {condition} ORDER BY sequence DESC LIMIT 50"
    found = plan(place, sql, values)
    assert not scanned(place, found)
    if name in ("since", "until"):
        assert found.count("ledger_entry_time") == 2, (
            "the bounds of a span come from the index of times alone"
        )


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (("actor", "action", "kinds", "since"), "ledger_entry_actor"),
        (("case", "kinds"), "ledger_entry_case"),
        (("action", "since"), "ledger_entry_action (action=? AND sequence>?"),
        (("kinds", "since", "until"), "ledger_entry_kind (kind=? AND sequence>?"),
        (("subject", "actor"), "INTEGER PRIMARY KEY"),
    ],
)
def test_of_several_filters_the_narrowest_picks_the_index(busy_month, place, asked, index):
    condition, values = filters.conditions(
        {"partnership": "borough"} | {name: FILTERS[name] for name in asked}
    )
    assert f"USING INDEX {index}" in plan(
        place, f"SELECT body FROM ledger_entry WHERE {condition}", values
    ).replace("USING INTEGER", "USING INDEX INTEGER")


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_pairs_of_a_span_are_found_by_the_span(busy_month, place):
    statements = []
    connection = place.connect()
    over = Ledger.over(connection, None)
    connection.set_trace_callback(statements.append)
    asked = {"partnership": "borough", "since": FILTERS["since"], "actions": ("print",)}
    over.traced(**asked)
    over.traced(**asked, subject="P1")
    over.traced(**asked, actor="u1")
    connection.set_trace_callback(None)
    plans = [plan(place, sql, ()) for sql in statements if sql.startswith("SELECT COALESCE")]
    assert [found.partition(";")[0].partition(" USING ")[2].split(" (")[0] for found in plans] == [
        "INDEX ledger_entry_time",
        "COVERING INDEX sqlite_autoindex_ledger_subject_1",
        "INDEX ledger_entry_actor",
    ]
    assert not any("SCAN" in found for found in plans)


# ---------------------------------------------------------------- the three questions


def test_who_opened_this_person(busy_day):
    (newest, other) = busy_day.who_opened("P2")
    assert (newest.actor, newest.subject, newest.count, newest.sequence) == ("user-2", "P2", 1, 3)
    assert (other.actor, other.sequence) == ("user-1", 1)
    assert [row.actor for row in busy_day.who_opened("P2", partnership="borough")] == ["user-1"]
    assert busy_day.who_opened("nobody") == []


def test_what_this_user_opened(busy_day):
    rows = busy_day.opened_by("user-1")
    assert [(row.subject, row.count, row.sequence) for row in rows] == [("P1", 2, 4), ("P2", 1, 1)]
    times = [moment.isoformat()[:19] for moment in moments(busy_day)]
    assert (rows[0].first[:19], rows[0].last[:19]) == (times[1], times[4])
    assert busy_day.opened_by("operator") == []


def test_who_traced_whom(busy_day):
    pairs = [(row.actor, row.subject, row.count) for row in busy_day.traced()]
    assert pairs == [("user-1", "P1", 2), ("user-2", "P2", 1), ("user-1", "P2", 1)]
    assert [row.count for row in busy_day.traced(least=2)] == [2]
    assert [row.sequence for row in busy_day.traced(limit=1, offset=1)] == [3]
    assert [row.subject for row in busy_day.traced(kinds=("disclosure",))] == ["P1"]
    assert busy_day.traced(actions=("print",)) == []
    assert busy_day.traced(until=moments(busy_day)[1]) == []


def test_an_attempt_alone_opened_nobody_and_can_be_asked_for(ledger, event):
    ledger.record_all([event(subjects=("P1",)), event(kind="refusal", action="show", subjects=("P1",))])
    assert ledger.who_opened("P1") == []
    assert [row.count for row in ledger.who_opened("P1", kinds=("refusal",))] == [1]


spans = st.fixed_dictionaries(
    {
        "partnership": maybe(*AREAS),
        "kinds": st.sampled_from([KINDS, ("disclosure",), ("intent", "refusal")]),
        "actions": st.none() | st.just(("print",)),
        "least": st.integers(1, 30),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(span=spans, actor=maybe(*ACTORS), subject=maybe(*PEOPLE))
def test_pairs_are_those_that_counting_by_hand_finds(busy_month, span, actor, subject):
    ledger, leaves = busy_month
    counted = Counter(
        (leaf.actor, person)
        for leaf in leaves
        for person in leaf.concerned
        if span["partnership"] in (None, leaf.partnership)
        and leaf.kind in span["kinds"]
        and (span["actions"] is None or leaf.action in span["actions"])
    )
    expected = {
        pair: count
        for pair, count in counted.items()
        if count >= span["least"] and actor in (None, pair[0]) and subject in (None, pair[1])
    }
    found = ledger.traced(actor=actor, subject=subject, **span)
    assert {(row.actor, row.subject): row.count for row in found} == expected
    assert [row.count for row in found] == sorted(expected.values(), reverse=True)


def test_no_question_opens_a_sealed_value(ledger, place, clock, event):
    """They are answered without the master key."""
    ledger.record(
        event(kind="disclosure", shown=("P1",), terms={"family_name": "Kaur"}, personal={"name": "Jo"})
    )
    without_key = Ledger.over(place.connect(), None, clock)
    assert [row.actor for row in without_key.who_opened("P1")] == ["user-17"]
    assert [row.subject for row in without_key.opened_by("user-17")] == ["P1"]
    assert [row.count for row in without_key.traced()] == [1]
    assert without_key.count(subject="P1") == 1
