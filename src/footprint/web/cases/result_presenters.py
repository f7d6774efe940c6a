"""What the page of a search by person shows: people, the certain one above the possible ones, and why. Finished texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from footprint.answer import words
from footprint.answer.found import FieldVerdict, FoundPerson, SearchAnswer
from footprint.answer.heading import does_not_fit, nobody_fits
from footprint.answer.values import Footprint, PossibleOther, Standing
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.web.cases.freshness import Fresh, freshness
from footprint.web.cases.person.presenters.homes import Door, door
from footprint.web.cases.person.presenters.open_to import OpenTo, open_to
from footprint.web.cases.person.presenters.ring import Ring
from footprint.web.cases.person.presenters.who import Mark, Tone, born, marks

_AGREEMENTS: Final[dict[str, tuple[str, Tone]]] = {
    "agrees": ("Agrees", "plain"),
    "close": ("Close", "care"),
    "differs": ("Differs", "loud"),
    "unknown": ("Not known", "plain"),
}
_COMPARE: Final = "Compare before you rely on it."
#: All there is to say of somebody who is not shown in full.
NOTES: Final[dict[Standing, str]] = {
    "protected": words.PROTECTED,
    "restricted": words.RESTRICTED,
    "declared": words.DECLARED,
}
#: Of whom only the hub may say more.
BY_HUB: Final[frozenset[Standing]] = frozenset({"protected", "restricted"})
#: Which field tells tied people apart, by what the search says to ask for.
ASK_NEXT: Final = {
    "date of birth": "born",
    "given name": "given",
    "postcode or address": "place",
    "middle name": "middle",
    "sex": "sex",
    "NHS number": "nhs",
    "unique pupil number": "upn",
    "mobile number": "phone",
    "e-mail address": "email",
}


class InDoubt(Protocol):
    """Where a doubt stands in a word or two, and everything else that is said of it."""

    @property
    def state(self) -> str: ...
    @property
    def sentence(self) -> str: ...


#: What is said of the parts of somebody in doubt.
Doubts = Callable[[Sequence[PossibleOther]], InDoubt]


class Verdict(NamedTuple):
    """How one field that was asked agrees: its name, the mark, and the words."""

    field: str
    mark: Mark
    words: str


class Found(NamedTuple):
    """One person. `in_short` says in a line what `verdicts` say field by field.

    `note` is all there is to say of somebody who is not shown in full; `open_to` is of a certain match alone. `old_homes`
    are those that another partner says were left. `apart` has the other parts of somebody in doubt. `ring` is whom to ring about
    somebody whom only the hub may speak of.
    """

    name: str
    url: str
    born: str
    sex: str
    marks: tuple[Mark, ...]
    homes: tuple[str, ...]
    partners: str
    verdicts: tuple[Verdict, ...]
    in_short: str
    note: str
    open_to: tuple[OpenTo, ...]
    old_homes: tuple[Door, ...] = ()
    apart: Apart | None = None
    ring: Ring | None = None


class Apart(NamedTuple):
    """The other parts of somebody of whom it is doubted that they are one person: where that stands, and a sentence."""

    state: str
    sentence: str
    others: tuple[Found, ...]


class ResultPage(NamedTuple):
    """A search by person as its page shows it. `first` is who is meant, or fits best alone; `others` fit less well, or equally.

    `tell_apart` is the field that would tell tied people apart, or empty. `more` leads to those who are not listed, or is empty.
    `ring` is whom to ring where nobody was found, or nobody fits.
    """

    title: str
    outcome: str
    sentence: str
    first: tuple[Found, ...]
    others: tuple[Found, ...]
    tied: int
    tell_apart: str
    more: str
    ring: Ring | None
    fresh: tuple[Fresh, ...]
    day: str


def result_page(
    answer: SearchAnswer,
    footprint: Footprint | None,
    urls: Mapping[str, str],
    in_doubt: Doubts,
    hub: Ring | None = None,
    wrong: Wrong = NONE_WRONG,
) -> ResultPage:
    """Return the page of an answer; `urls` leads to people by their id, `hub` is rung where partners say nothing.

    `wrong` are the numbers that were reported so.
    """
    certain, possible = cards(answer, urls, in_doubt, footprint, hub, wrong)
    first = certain or (possible[:1] if answer.outcome == "possible" else ())
    is_nobody = nobody_fits(answer)
    return ResultPage(
        title=title(answer),
        outcome=answer.outcome,
        sentence=sentence(answer),
        first=first,
        others=possible if certain else possible[len(first) :],
        tied=answer.tied,
        tell_apart="" if is_nobody else ASK_NEXT.get(answer.ask_next, ""),
        more=_more(answer),
        ring=hub if is_nobody or answer.outcome == "none" else None,
        fresh=freshness(answer.partners),
        day=words.day(answer.day),
    )


def title(answer: SearchAnswer) -> str:
    """Return what was found in a few words, and no more than the answer claims.

    The more agrees, the stronger it reads: who stands alone at the head fits best, however many fit less well.
    """
    if _is_one_in_doubt(answer):
        return "Disputed: one person or several"
    if nobody_fits(answer):
        return "Nobody fits. The nearest, and what differs"
    if answer.outcome == "possible":
        return (
            "One person fits, and is not certain"
            if len(answer.people) == 1
            else "One person fits best, and is not certain"
        )
    if answer.outcome == "several":
        return f"{answer.tied} people fit equally well" if answer.tied else "More than one person fits"
    return {"match": "One person matches", "none": "Nobody was found"}.get(answer.outcome, "Say more")


def sentence(answer: SearchAnswer) -> str:
    """Return what the answer means; where nobody fits, that this is no more of a clearance than finding nobody."""
    return words.NOBODY_FITS if nobody_fits(answer) else answer.sentence


def caution(answer: SearchAnswer, person_id: str) -> str:
    """Return what an answer says of somebody whom it names and who is not certain, for a text that is pasted without it."""
    if answer.outcome == "match":
        return f"Not certain. Somebody else matches, and this one fits less well. {_COMPARE}"
    if nobody_fits(answer):
        return f"Not certain. {sentence(answer)}"
    several = len(answer.people) if answer.outcome == "several" else 1
    leads = [one.person_id for one in answer.people[: answer.tied or several]]
    if person_id in leads or _is_one_in_doubt(answer):
        return f"Not certain. {title(answer)}. {sentence(answer)}"
    return f"Not certain. Somebody else fits better. {_COMPARE}"


def _is_one_in_doubt(answer: SearchAnswer) -> bool:
    """Whether all who are listed are parts of one, and which of them fits best is no news."""
    listed = {one.person_id for one in answer.people}
    return len(listed) > 1 and any(listed <= {one.person_id for one in group.parts} for group in answer.apart)


def cards(
    answer: SearchAnswer,
    urls: Mapping[str, str],
    in_doubt: Doubts,
    footprint: Footprint | None = None,
    hub: Ring | None = None,
    wrong: Wrong = NONE_WRONG,
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Return who surely is meant and who may be. All parts of somebody in doubt stand in the place of the first of them."""
    shown = {
        one.person_id: found(one, urls, footprint if one.certain else None, hub, wrong)
        for one in answer.people
    }
    is_certain = {one.person_id for one in answer.people if one.certain}
    for group in answer.apart:
        # Of a part to whose person the reader declared a connection nothing is left but its line among the others.
        parts = {one.person_id: one for one in group.parts if one.standing == "open"}
        first = next((person_id for person_id in shown if person_id in parts), "")
        if len(parts) < 2 or not first:
            continue
        said = in_doubt(list(parts.values()))
        rest = [one for one in parts.values() if one.person_id != first]
        others = tuple(
            shown.pop(one.person_id) if one.person_id in shown else _part(one, urls) for one in rest
        )
        shown[first] = shown[first]._replace(apart=Apart(said.state, said.sentence, others))
    certain = tuple(one for person_id, one in shown.items() if person_id in is_certain)
    return certain, tuple(one for person_id, one in shown.items() if person_id not in is_certain)


def _part(part: PossibleOther, urls: Mapping[str, str]) -> Found:
    """A part that the question did not find: who it is, and nothing of how it agrees."""
    return Found(
        name=part.name,
        url=urls.get(part.person_id, ""),
        born=born(part.birth, part.age),
        sex="",
        marks=marks(part.standing, is_child=part.is_child, unborn=part.unborn, died=part.died),
        homes=(),
        partners="",
        verdicts=(),
        in_short="",
        note="",
        open_to=(),
    )


def _more(answer: SearchAnswer) -> str:
    """Return what leads to those who are not listed; of a true tie it is not said that the rest fit less well."""
    if not answer.further or answer.tied > len(answer.people):
        return f"Show {answer.further} more" if answer.further else ""
    return f"Show {answer.further} more that {'fits' if answer.further == 1 else 'fit'} less well"


def found(
    person: FoundPerson,
    urls: Mapping[str, str],
    footprint: Footprint | None = None,
    hub: Ring | None = None,
    wrong: Wrong = NONE_WRONG,
) -> Found:
    """Return one person as a page shows them; of somebody who does not fit without a home: it is not the door that was meant."""
    no_home = does_not_fit(person)
    return Found(
        name=person.name,
        url=urls.get(person.person_id, ""),
        born=born(person.birth, person.age),
        sex=person.sex,
        marks=marks(person.standing, is_child=person.is_child, unborn=person.unborn, died=person.died),
        homes=() if no_home else person.homes,
        partners=words.listed(person.partners) if person.partners else "",
        verdicts=tuple(_verdict(field, one) for field, one in person.verdicts.items()),
        in_short=_in_short(person),
        note=NOTES.get(person.standing, ""),
        open_to=open_to(footprint, wrong) if footprint else (),
        old_homes=() if no_home else tuple(map(door, person.old_homes)),
        ring=hub if person.standing in BY_HUB else None,
    )


def _in_short(person: FoundPerson) -> str:
    """Return what agrees, is close and differs in a sentence each, without the words for every field."""
    parts = []
    for agreement, (label, _) in _AGREEMENTS.items():
        said = {field: one for field, one in person.verdicts.items() if one.agreement == agreement}
        if fields := [words.FIELDS[field].lower() for field, one in said.items() if not one.assumed]:
            parts.append(f"{label}: {words.listed(fields)}.")
        parts += [f"{_tried(field)}: {label.lower()}." for field, one in said.items() if one.assumed]
    return " ".join(parts)


def _verdict(field: str, verdict: FieldVerdict) -> Verdict:
    label, tone = _AGREEMENTS[verdict.agreement]
    said = "" if verdict.agreement == "unknown" else verdict.words
    return Verdict(_tried(field) if verdict.assumed else words.FIELDS[field], Mark(label, tone), said)


def _tried(field: str) -> str:
    return f"{words.FIELDS[field]}, not said but taken from the person above"
