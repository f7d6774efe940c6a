"""What goes wrong with a name, a date or a number between a person's mouth and a partner's system.

Each function takes a value and dice and returns the value gone wrong, or the value itself where this slip cannot happen
to it. How often each happens, and to whom, is in `rates.py` alone.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from footprint.sample.dice import Dice

KEYBOARD: Final = {
    "a": "qsz", "b": "vgn", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy", "i": "uok", "j": "hku",
    "k": "jli", "l": "kop", "m": "nk", "n": "bmh", "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "ryg",
    "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xas",
}  # fmt: skip

# Ways in which an English ear writes down what it hears, first match that the name allows, chosen by the dice.
HEARD: Final = (
    ("ph", "f"), ("ck", "k"), ("ee", "i"), ("ea", "ee"), ("oo", "u"), ("ou", "u"), ("ai", "ay"), ("ei", "ie"), ("ie", "y"),
    ("y", "ie"), ("ough", "ow"), ("wr", "r"), ("kn", "n"), ("gh", "g"), ("kh", "k"), ("dh", "d"), ("bh", "b"), ("th", "t"),
    ("sz", "sh"), ("cz", "ch"), ("w", "v"), ("v", "w"), ("c", "k"), ("k", "c"), ("s", "z"), ("z", "s"), ("tt", "t"),
    ("ll", "l"), ("nn", "n"), ("ss", "s"), ("mm", "m"), ("l", "ll"), ("n", "nn"), ("a", "e"), ("e", "a"), ("i", "e"), ("u", "o"),
)  # fmt: skip

SCANNED: Final = (
    ("l", "1"), ("O", "0"), ("o", "0"), ("S", "5"), ("rn", "m"), ("m", "rn"), ("I", "l"), ("B", "8"), ("cl", "d"), ("vv", "w"),
)  # fmt: skip


@cache
def variants() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return short forms by name, and the other spellings of a name by each of its spellings."""
    loaded: dict[str, Any] = yaml.safe_load(
        (resources.files("footprint.sample") / "data" / "variants.yaml").read_text("utf-8")
    )
    short = {name: said.split() for name, said in loaded["short"].items()}
    spellings: dict[str, list[str]] = {}
    for group in loaded["spellings"]:
        for name in group.split():
            spellings.setdefault(name, []).extend(other for other in group.split() if other != name)
    return short, spellings


def typo(text: str, dice: Dice) -> str:
    """Return the text with one letter struck wrongly, left out, struck twice, or changed places with the next."""
    if len(text) < 3:
        return text
    place = 1 + dice.below(len(text) - 1)
    kind = dice.below(4)
    letter = text[place]
    if kind == 0:
        near = KEYBOARD.get(letter.lower(), "")
        return text[:place] + dice.pick(near) + text[place + 1 :] if near else text
    if kind == 1:
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[:place] + letter + text[place:]
    return text[: place - 1] + swapped_pair(text[place - 1], letter) + text[place + 1 :]


def swapped_pair(first: str, second: str) -> str:
    """Return two letters in the other order; a capital stays in front."""
    return second.upper() + first.lower() if first.isupper() and second.islower() else second + first


def heard(text: str, dice: Dice) -> str:
    """Return the name as somebody wrote it who only heard it."""
    lower = text.lower()
    able = [(said, written) for said, written in HEARD if said in lower[1:]]
    if not able:
        return text
    said, written = dice.pick(able)
    place = lower.index(said, 1)
    return text[:place] + written + text[place + len(said) :]


def scanned(text: str, dice: Dice) -> str:
    """Return the name as a scanner read it."""
    able = [(seen, read) for seen, read in SCANNED if seen in text]
    return text.replace(*dice.pick(able), 1) if able else text


def nickname(given: str, dice: Dice) -> str:
    short = variants()[0].get(given)
    return dice.pick(short) if short else given


def other_spelling(name: str, dice: Dice) -> str:
    others = variants()[1].get(name)
    return dice.pick(others) if others else name


def one_part(family: str, dice: Dice) -> str:
    """Return one part of a family name that has two."""
    parts = family.replace("-", " ").split()
    return dice.pick(parts) if len(parts) > 1 and len(parts[0]) > 2 else family


def joined(family: str, _dice: Dice) -> str:
    """Return the family name without its apostrophe, hyphen or space."""
    return (
        family.replace("'", "").replace("-", " ")
        if "'" in family or "-" in family
        else family.replace(" ", "")
    )


def day_and_month(birth: dt.date, _dice: Dice) -> dt.date:
    """Return the date with day and month the other way round, where that is a date."""
    return birth.replace(month=birth.day, day=birth.month) if birth.day <= 12 else birth


def one_digit(birth: dt.date, dice: Dice) -> dt.date:
    """Return the date with one part wrong by a figure: the day by 1, 2 or 10, or the month by 1."""
    day, month = birth.day + dice.pick((-10, -2, -1, 1, 2, 10)), birth.month
    if dice.chance(0.3):
        day, month = birth.day, birth.month + dice.pick((-1, 1))
    return birth.replace(day=day, month=month) if 1 <= day <= 28 and 1 <= month <= 12 else birth


def one_year(birth: dt.date, dice: Dice) -> dt.date:
    return birth.replace(year=birth.year + dice.pick((-1, 1)), day=min(birth.day, 28))


def figures(number: str, dice: Dice) -> str:
    """Return a number with two neighbouring figures changed about, or one wrong where they are the same."""
    if len(number) < 4:
        return number
    place = 1 + dice.below(len(number) - 2)
    first, second = number[place], number[place + 1]
    pair = (
        second + first if first != second else first + str((int(second) + 1) % 10 if second.isdigit() else 0)
    )
    return number[:place] + pair + number[place + 2 :]


def postcode(code: str, dice: Dice) -> str:
    """Return a postcode with one letter of its last two struck wrongly."""
    wrong = dice.pick([letter for letter in "ABDEFGHJLNPQRSTUWXYZ" if letter != code[-1:]])
    return code[:-1] + wrong if dice.chance(0.5) else code[:-2] + wrong + code[-1:]
