"""A partnership's choices are read strictly: whatever is wrong is told with its line and what to write."""

import datetime as dt
from enum import StrEnum

import msgspec
import pytest

from footprint.referrals.reading import Choice, ChoiceError, Dated, load, read

HEAD = "title: Colours\nsince: 2026-09-01\nsource: invented\nverified: false\n"


class Hue(StrEnum):
    RED = "red"


class Colour(Choice, frozen=True, kw_only=True):
    name: str
    weight: int = 1
    hue: Hue = Hue.RED

    def __post_init__(self):
        if self.weight < 0:
            raise ValueError("a weight is never below zero.")


class Colours(Dated, frozen=True, kw_only=True):
    colours: tuple[Colour, ...] = ()
    by_name: dict[str, Colour] = msgspec.field(default_factory=dict)


def test_a_file_says_what_it_says(tmp_path):
    path = tmp_path / "colours.yaml"
    path.write_text(
        HEAD + "colours:\n  - name: no\n    weight: 2\nby_name:\n  a: {name: 2026-01}\n", encoding="utf-8-sig"
    )
    assert load(path, Colours) == Colours(
        title="Colours",
        since=dt.date(2026, 9, 1),
        source="invented",
        verified=False,
        colours=(Colour(name="no", weight=2),),
        by_name={"a": Colour(name="2026-01")},
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: [", 1, "not YAML"),
        ("- a", 1, "a mapping"),
        ("", 1, "a mapping"),
        (HEAD + "titel: x", 5, "Did you mean 'title'?"),
        (HEAD + "zzz: x", 5, "'zzz' is not a word of this file in this place."),
        (HEAD + "title: x", 5, "'title' stands twice. Keep one."),
        (HEAD.replace("2026-09-01", "1/9/26"), 2, "no date"),
        (HEAD.replace("false", "no"), 4, "neither true nor false"),
        (HEAD.replace("source: invented\n", ""), 1, "'source' is missing here"),
        (HEAD + "colours: red", 5, "a list"),
        (HEAD + "colours:\n  - red", 6, "a mapping"),
        (HEAD + "colours:\n  - name: red\n    weight: heavy", 7, "no number"),
        (HEAD + "colours:\n  - name: [red]", 6, "one word or sentence"),
        (HEAD + "colours:\n  - name: red\n    hue: blue", 7, "'blue' is no word for this"),
        (HEAD + "colours:\n  - name: red\n    weight: -1", 6, "a weight is never below zero"),
        (HEAD + "by_name:\n  a: {weight: 1}", 5, "'name' is missing here"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, said):
    with pytest.raises(ChoiceError) as raised:
        read(text, Colours, "colours.yaml")
    assert str(raised.value).startswith(f"colours.yaml, line {line}: ") or (
        line == 1 and "line" in str(raised.value)
    )
    assert said in str(raised.value)


def test_a_list_that_is_wrong_inside_is_told_at_the_nearest_line():
    """Of an entry of a mapping msgspec names no key, so the line is the mapping's."""
    with pytest.raises(ChoiceError, match=r"colours.yaml, line 5: this is no number"):
        read(HEAD + "by_name:\n  a: {name: red, weight: x}", Colours, "colours.yaml")


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(ChoiceError, match="there is no such file"):
        load(tmp_path / "none.yaml", Colours)
    (tmp_path / "odd.yaml").write_bytes(b"title: \xff")
    with pytest.raises(ChoiceError, match="UTF-8"):
        load(tmp_path / "odd.yaml", Colours)
