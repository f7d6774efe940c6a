"""A good referral as an example for others, with everything taken out that tells whom it was about.

Only what was written in sentences is kept; names, places, dates and numbers that the referral itself gives are replaced wherever
they stand, and so is whatever has the form of one. What a machine cannot know (a nickname, an unusual event) a person must see:
an example is shown to nobody before somebody has read it, beginning with the words that are listed as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.records.address_tables import STREET_TYPES
from footprint.records.text import fold, tidy
from footprint.referrals.parts import places
from footprint.referrals.referral import Referral, Voice

PLACE: Final = "[place]"
DATE: Final = "[date]"
NUMBER: Final = "[number]"
NAME: Final = "[name]"
WORKER: Final = "[worker]"

#: The fields that are kept, by part. What is not here is not in an example.
KEPT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "concern": (
            "wrong", "injuries", "different_now", "history", "earlier_incidents", "strengths", "parents_view", "earlier_help",
        ),
        "statement": ("text",),
        "child": ("impact",),
        "voice": ("absence_said",),
        "safety": ("action_taken", "plan"),
        "informing": ("explanation", "childs_view"),
        "request": ("argument", "asked"),
    }
)  # fmt: skip

_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
#: What has the form of something personal, in the order in which it is looked for.
_FORMS: Final = (
    (re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+", re.IGNORECASE), NUMBER),
    (re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9OI][A-Z]{2}\b", re.IGNORECASE), PLACE),
    (re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b"), DATE),
    (re.compile(r"\b(?=(?:[\w/-]*\d){5})\w+(?:[/-]\w+)+\b"), NUMBER),
    (
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})[a-z]*(?:,?\s+\d{{2,4}})?\b",
            re.IGNORECASE,
        ),
        DATE,
    ),
    (
        re.compile(rf"\b(?:{_MONTHS})[a-z]*\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{2,4}})?\b", re.IGNORECASE),
        DATE,
    ),
    (re.compile(r"\+?\d(?:[\s()-]?\d){4,}"), NUMBER),
    # Ages, counts and times are what a reader learns from; what is longer, or of letters and figures, names something.
    (
        re.compile(
            r"\b(?=\w*\d)(?=\w*[^\W\d]|\w{3})(?!\d{1,2}(?:st|nd|rd|th|am|pm)\b)[\w/-]+\b", re.IGNORECASE
        ),
        NUMBER,
    ),
)
_TOKEN: Final = re.compile(r"\[[a-z]+\]|[^\W_]+(?:['’`´][^\W_]+)*|\s+|.", re.DOTALL)
_HOUSE: Final = re.compile(r"\b\d{1,4}[a-z]?,?\s+$", re.IGNORECASE)
_JOINTS: Final = re.compile(r"[-‐‑'’`´.]")
_MARKED: Final = re.compile(r"\[[a-z]+\]")
_COMMON: Final = frozenset(
    "the of and a an at in on to no not known flat house school primary secondary academy nursery surgery practice medical "
    "centre center health hospital college dr mr mrs miss ms pc sgt".split()
)
_STREETS: Final = frozenset(STREET_TYPES) | frozenset("school primary academy nursery surgery".split())
_SENTENCE_ENDS: Final = '.!?:\n"'
_DOUBTFUL: Final = re.compile(r"(?<![\[\w])[^\W\d_][\w'’-]*")


class Line(NamedTuple):
    """One answer of an example: part and field, whose it is ("Child 1") where it is somebody's, and the text."""

    part: str
    field: str
    whose: str
    text: str


class Exemplar(NamedTuple):
    """An example, and the words in it of which a person should look first whether they tell anything."""

    lines: tuple[Line, ...]
    doubtful: tuple[str, ...]


def exemplar(referral: Referral, earlier: Iterable[Referral] = ()) -> Exemplar:
    """Return what a referral says in sentences, without what tells whom it is about. A person reads it before anybody else.

    Give it the referral as its recipients read it: what is held back from them is in no example, either. `earlier` are its
    versions before this one: whoever was taken out since may still stand in its sentences.
    """
    labels = _labels_of_all(referral, earlier)
    people = {child.key: f"Child {number}" for number, child in enumerate(referral.children, 1)}
    lines = []
    for place, part in places(referral):
        said = [(field, str(getattr(part, field))) for field in KEPT.get(place.part, ())]
        if isinstance(part, Voice):
            said += [(noted.concept, noted.text) for noted in part.noted]
        lines += [
            Line(place.part, field, people.get(place.key, ""), _without(text, labels))
            for field, text in said
            if text.strip()
        ]
    return Exemplar(
        tuple(lines), tuple(dict.fromkeys(word for line in lines for word in doubtful(line.text)))
    )


def struck(
    referral: Referral, texts: Iterable[str], let: Collection[str] = (), earlier: Iterable[Referral] = ()
) -> tuple[str, ...]:
    """Return lines of an example as its reader left them, with what they typed back in taken out again.

    A doubtful word stays only where the reader lets it (`let`): whoever reads in a hurry leaves no name standing.
    """
    labels = _labels_of_all(referral, earlier)
    return tuple(
        _DOUBTFUL.sub(
            lambda found: NAME if _is_doubtful(found) and found[0] not in let else found[0],
            _cleared(tidy(text), labels),
        )
        for text in texts
    )


def doubtful(text: str) -> tuple[str, ...]:
    """Return the words of a text of which a person should look first whether they tell anything."""
    return tuple(dict.fromkeys(found[0] for found in _DOUBTFUL.finditer(text) if _is_doubtful(found)))


def _labels_of_all(referral: Referral, earlier: Iterable[Referral]) -> dict[str, str]:
    """The same of all versions. Whoever stands in an earlier one alone has no number in this one."""
    before = {word: label for one in earlier for word, label in _labels(one).items()}
    return {word: PLACE if label == PLACE else NAME for word, label in before.items()} | _labels(referral)


def _labels(referral: Referral) -> dict[str, str]:
    """Every word that names somebody or some place, folded, with what stands for it. A word of several people's is a name."""
    found: dict[str, str] = {}

    def put(texts: Iterable[str], label: str) -> None:
        for word in (word for text in texts for word in _words(text)):
            if len(word) < 2 or word in _COMMON or word.isdigit():
                continue
            # People come before places: a street that bears a child's name is replaced, too.
            other = found.setdefault(word, label)
            if PLACE != label != other:
                found[word] = NAME

    for number, child in enumerate(referral.children, 1):
        put((child.name, *child.other_names), f"Child {number}")
    for number, adult in enumerate(referral.adults, 1):
        put((adult.name, *adult.other_names), f"Adult {number}")
    sender = referral.referrer
    put((sender.name, sender.supervisor, sender.spoke_to, referral.worker), WORKER)
    put((*(one.told_by for one in referral.concern.statements), referral.who), NAME)
    somewhere = [referral.place, sender.team]
    for child in referral.children:
        somewhere += [child.address, child.whereabouts, child.school, child.gp]
    put((*somewhere, *(adult.address for adult in referral.adults)), PLACE)
    return {word: label for word, label in found.items() if label != PLACE or word not in _STREETS}


def _words(text: str) -> Iterable[str]:
    """The words of a name or a place, folded; and of one that is joined by a sign its parts, and how it is written without."""
    yield from fold(text).split()
    for word in text.split():
        if len(parts := [part for part in _JOINTS.split(word) if part]) > 1:
            yield fold("".join(parts))
            yield from (folded for part in parts for folded in fold(part).split())


def _without(text: str, labels: Mapping[str, str]) -> str:
    return _cleared(tidy(text).replace("[", "(").replace("]", ")"), labels)


def _cleared(text: str, labels: Mapping[str, str]) -> str:
    for form, label in _FORMS:
        text = form.sub(label, text)
    tokens = [_replaced(token, labels) for token in _TOKEN.findall(text)]
    return _joined(tokens)


def _replaced(token: str, labels: Mapping[str, str]) -> str:
    """The token, or what stands for it: also of a name with an s behind it, and of one that was written as two."""
    if _MARKED.fullmatch(token):
        return token
    folded = fold(token)
    bare = re.split(r"['’`´]", token)[0]
    for word in (folded, fold(bare), folded.removesuffix("s")):
        if word in labels:
            return f"[{labels[word].strip('[]')}]"
    if any(word in labels for word in folded.split()):
        return NAME
    return token


def _joined(tokens: list[str]) -> str:
    """In one text, without repetition: a name of two words is one label, and a place takes its number and its street's type."""
    text, last = "", ""
    for token in tokens:
        if token.isspace():
            text += token
        elif token == last or (last == PLACE and token.lower() in _STREETS):
            text = text.rstrip()
        else:
            if token == PLACE:
                text = _HOUSE.sub("", text)
            text, last = text + token, token if token.startswith("[") else ""
    return text


def _is_doubtful(found: re.Match[str]) -> bool:
    """Whether it is a word with a capital where no sentence begins."""
    word, before = found[0], found.string[: found.start()].rstrip()
    return word[0].isupper() and word != "I" and bool(before) and before[-1] not in _SENTENCE_ENDS
