"""Twelve months as a picture: every mark of the timeline is drawn, inside the picture, and stands in the table."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.answer import words
from footprint.answer.timeline import timeline
from footprint.answer.values import Span
from footprint.web.cases.person.presenters.picture import picture
from tests.web.cases.person.answers import footprint, line, partner


def drawn(*partners):
    return picture(timeline(footprint(partners=partners)))


def percent(text):
    assert text.endswith("%")
    return float(text[:-1])


def test_where_there_is_nothing_there_is_no_picture():
    assert drawn(partner("police")) is None


def test_a_day_is_a_dot_and_several_on_one_day_are_counted_in_it():
    found = drawn(partner("police", line(count=3, days=("2026-03-01", "2026-03-01", "2026-10-01"))))
    assert [dot.figure for dot in found.dots] == ["2", ""]
    assert [dot.words for dot in found.dots] == ["1 March 2026 (2 times)", "1 October 2026"]
    assert found.bars == ()


@pytest.mark.parametrize(
    ("span", "is_open", "began_before"),
    [
        (Span(start="2026-03-01", end="2026-04-05"), False, False),
        (Span(start="2020-03-01", end="2026-04-05"), False, True),
        (Span(start="2020-03-01", end=""), True, True),
        (Span(start="2026-03-01", end=""), True, False),
    ],
)
def test_what_lasts_is_a_bar_that_says_whether_it_is_open_and_began_before(span, is_open, began_before):
    (bar,) = drawn(partner("police", line("investigation", open=is_open, days=(), spans=(span,)))).bars
    assert (bar.is_open, bar.began_before) == (is_open, began_before)
    if is_open:
        assert percent(bar.end) == pytest.approx(100)
        assert "last confirmed open on 20 November 2026" in bar.words


def test_a_partner_is_named_once_and_long_words_are_broken_for_a_phone():
    name = "Saint Wulfstan and Saint Edburga Church of England Primary School"
    found = drawn(
        partner(
            "school-1", line("a", "A"), line("b", "B", role="involved, role not said, but long"), name=name
        )
    )
    names = [word.text for word in found.words if word.is_partner]
    assert " ".join(names) == name
    assert len(names) == 2
    assert all(len(word.text) <= 40 for word in found.words)


def test_the_part_that_somebody_took_stands_in_picture_and_table():
    found = drawn(partner("police", line(role="suspect")))
    assert found.words[1].text == "Contact to the front door, as suspect"
    assert found.table == (("Police", "Contact to the front door, as suspect", "1 October 2026"),)


def test_every_second_month_makes_room_on_a_phone():
    months = drawn(partner("police", line())).ticks
    assert len(months) == 12
    assert [tick.label for tick in months if not tick.spare] == ["Dec", "Feb", "Apr", "Jun", "Aug", "Oct"]


_DAYS = st.dates(min_value=dt.date(2024, 1, 1), max_value=dt.date(2026, 11, 20))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["police", "fire"]), st.lists(_DAYS, min_size=1, max_size=4), st.booleans()
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_mark_is_inside_the_picture_and_a_row_of_the_table(given_lines):
    by_partner = {}
    for number, (code, days, lasts) in enumerate(given_lines):
        texts = [day.isoformat() for day in sorted(days)]
        one = (
            line(f"kind-{number}", days=(), spans=(Span(start=texts[0], end=texts[-1]),), role=words.SUBJECT)
            if lasts
            else line(f"kind-{number}", days=tuple(texts), count=len(texts))
        )
        by_partner.setdefault(code, []).append(one)
    found = drawn(*(partner(code, *lines) for code, lines in by_partner.items()))
    assert len(found.bars) + len(found.dots) == len(found.table)
    for bar in found.bars:
        assert 0 <= percent(bar.x) <= percent(bar.x) + percent(bar.width) <= 100.01
    tops = [bar.y for bar in found.bars] + [dot.y for dot in found.dots] + [word.y for word in found.words]
    assert all(0 < top <= found.height for top in tops)
    assert all(0 <= percent(dot.x) <= 100 for dot in found.dots)
    assert words.counted(len(found.table), "row") in found.description
