"""What a search found, as people with verdicts and records, under the mask and under every ruling made since publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from footprint.answer import words
from footprint.answer.apart import apart
from footprint.answer.found import FieldVerdict, FoundPerson, SearchAnswer
from footprint.answer.freshness import partner_states
from footprint.answer.homes import homes
from footprint.answer.lives import life
from footprint.answer.masking import search_mask
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People, Shown
from footprint.answer.reasons import of_home
from footprint.answer.statements import called
from footprint.answer.telling_apart import questions
from footprint.answer.values import Home
from footprint.records.mask import Mask
from footprint.records.window import Window
from footprint.search import Answer, Candidate, Question, ask
from footprint.search.distinguishing import telling_apart
from footprint.search.outcome import Claim, Contest, judged, tied_by

MOST_HOMES = 3
#: So many who may be meant are shown unless the rest is asked for: few enough to be compared.
FEW = 5


def search_people(
    people: People,
    content: OpenedSnapshot,
    question: Question,
    now: dt.datetime,
    *,
    limit: int = 20,
    everyone: bool = False,
) -> SearchAnswer:
    """Return who may be meant by the question at `now` (with an offset): a match alone, or the few who fit best.

    With `everyone` the rest is listed after them, at most `limit` people in all; more than that, and nobody is.
    """
    answer = _told(people, content, _asked(people, content, question, limit), limit)
    most = limit if everyone else 1 if answer.outcome == "match" else FEW
    listed = answer.people[:most]
    shown = [_shown(people, content, one) for one in listed]
    further = answer.further + len(answer.people) - len(listed)
    to_ask = () if answer.outcome == "match" else questions(shown[: max(2, answer.tied)])
    return SearchAnswer(
        outcome=answer.outcome,
        sentence=_sentence(answer, to_ask, len(listed), further),
        people=tuple(
            _found(people, content, question, one, certain=answer.outcome == "match" and one is listed[0])
            for one in listed
        ),
        partners=partner_states(content.feeds, now),
        snapshot=content.snapshot,
        day=content.day,
        tied=answer.tied,
        ask_next=answer.ask_next,
        further=further,
        add=answer.add,
        apart=apart(people, shown),
    )


def _sentence(answer: Answer, to_ask: Sequence[str], listed: int, further: int) -> str:
    if answer.outcome == "none":
        return words.NOBODY_FOUND
    said = [answer.reason]
    if to_ask:
        said.append(f"To tell them apart, ask: {' '.join(to_ask)}")
    elif answer.ask_next:
        said.append(f"What would tell them apart: {answer.ask_next}.")
    if answer.tied > listed:
        said.append(f"Of {answer.tied} who do, {listed} are shown.")
    elif further:
        said.append("One more fits less well." if further == 1 else f"{further} more fit less well.")
    return " ".join(said)


def _asked(people: People, content: OpenedSnapshot, question: Question, limit: int) -> Answer:
    """Ask the index: once, and where somebody of this snapshot is to be seen in parts, once for each of them.

    Rulings made since split people, and so does a mask that hides what held them together. The first are known before;
    of the second those who come up, and then it is asked again.
    """
    mask = search_mask(people)
    divided = _divided(people)
    answers = _of_each_part(content, question, mask, divided, limit)
    came_up = {one.person for answer in answers for one in answer.people} - divided.keys()
    if parts := _in_parts(people, came_up):
        divided |= parts
        answers = _of_each_part(content, question, mask, divided, limit)
    if len(answers) == 1:
        return answers[0]
    first, *others = answers
    numbers = set(divided)
    candidates = [
        *first.people,
        *(one for answer in others for one in answer.people if one.person in numbers),
    ]
    candidates.sort(key=lambda one: (-one.weight, one.person, one.records))
    crowded = any(answer.outcome == "refine" for answer in answers)
    ruled = _ruled(first, candidates, limit, crowded=crowded)
    index = content.index
    again = telling_apart(
        index, [one.records for one in ruled.people[: max(2, ruled.tied)]], index.flags(mask)
    )
    return msgspec.structs.replace(ruled, ask_next=again)


def _of_each_part(
    content: OpenedSnapshot, question: Question, mask: Mask, divided: dict[int, list[list[str]]], limit: int
) -> list[Answer]:
    return [
        ask(content.index, question, variant, limit, beside_match=True)
        for variant in _variants(mask, divided)
    ]


def _ruled(answer: Answer, candidates: list[Candidate], limit: int, *, crowded: bool = False) -> Answer:
    """Return the answer with other candidates, and what may be claimed of those."""
    contest = Contest([Claim(one.weight, one.verdicts) for one in candidates], limit, crowded)
    rule = judged(contest)
    is_listed = rule.outcome not in ("refine", "none")
    return msgspec.structs.replace(
        answer,
        outcome=rule.outcome,
        reason=rule.reason,
        people=tuple(candidates) if is_listed else (),
        tied=tied_by(rule, contest) if is_listed else 0,
        ask_next="",
    )


def _told(people: People, content: OpenedSnapshot, answer: Answer, limit: int) -> Answer:
    """Leave of protected people only those whom the caller can already name, each once.

    A wrong family name must not hand over the right one, nor two lines tell that two partners know her.
    """
    kept: list[Candidate] = []
    told: set[tuple[str, str]] = set()
    for candidate in answer.people:
        shown = _shown(people, content, candidate)
        if shown.standing != "open":
            whom = (neutral(called(shown.sources)), life(shown.sources, content.day).birth)
            if whom in told or not _already_named(candidate):
                continue
            told.add(whom)
        kept.append(candidate)
    if len(kept) == len(answer.people):
        return answer
    return _ruled(answer, kept, limit)


def _already_named(candidate: Candidate) -> bool:
    """Whether the caller said the names, nearly, and the birthday or the number of the person found."""
    verdicts = candidate.verdicts
    names = all(field in verdicts and verdicts[field].agreement != "differs" for field in ("given", "family"))
    known = any(
        field in verdicts and verdicts[field].agreement == "agrees" for field in ("birth", "identifier")
    )
    number = "identifier" in verdicts and verdicts["identifier"].agreement == "agrees"
    return number or (names and known)


def _divided(people: People) -> dict[int, list[list[str]]]:
    """The people of this snapshot whom rulings split since: by number, the keys of each part."""
    content = people.content
    touched = {content.number_of_record(key) for pair in people.overlay.pairs_apart for key in pair}
    return _in_parts(people, {number for number in touched if number is not None})


def _in_parts(people: People, numbers: Iterable[int]) -> dict[int, list[list[str]]]:
    """Those of these people who are to be seen in more than one part: by number, the keys of each part."""
    parts = {number: [list(one.keys) for one in people.of(number)] for number in numbers}
    return {number: listed for number, listed in parts.items() if len(listed) > 1}


def _variants(mask: Mask, divided: dict[int, list[list[str]]]) -> Iterator[Mask]:
    """One mask for each part: of a divided person it shows one part only."""
    most = max(map(len, divided.values()), default=1)
    for place in range(most):
        hidden = frozenset(
            key
            for parts in divided.values()
            for other, part in enumerate(parts)
            for key in part
            if other != place
        )
        yield msgspec.structs.replace(mask, hidden_records=mask.hidden_records | hidden)


def _found(
    people: People, content: OpenedSnapshot, question: Question, candidate: Candidate, *, certain: bool
) -> FoundPerson:
    shown = _shown(people, content, candidate)
    is_open = shown.standing == "open"
    name = called(shown.sources)
    lived = life(shown.sources, content.day)
    lives_at = _homes(shown, content.day) if is_open else ()
    return FoundPerson(
        person_id=shown.id,
        standing=shown.standing,
        weight=candidate.weight,
        name=name if is_open else neutral(name),
        birth=lived.birth,
        age=lived.age,
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        sex=_sex(shown),
        homes=tuple(one.address for one in lives_at if one.state == "lives")[:MOST_HOMES],
        old_homes=tuple(one for one in lives_at if one.state == "held")[:MOST_HOMES],
        partners=tuple(dict.fromkeys(one.partner_name for one in shown.sources)) if is_open else (),
        verdicts={
            field: FieldVerdict(
                agreement=verdict.agreement,
                words=of_home(verdict.words, question, shown.sources),
                assumed=field == "family" and question.is_family_assumed,
            )
            for field, verdict in candidate.verdicts.items()
        },
        records=shown.keys if is_open else (),
        certain=certain,
    )


def _shown(people: People, content: OpenedSnapshot, candidate: Candidate) -> Shown:
    key = content.key_of(candidate.records[0])
    return next(one for one in people.of(candidate.person) if key in one.keys)


def neutral(name: str) -> str:
    """Return a name as no partner in particular writes it: only the police use capitals."""
    return " ".join(part.capitalize() if part.isupper() else part for part in name.split())


def _sex(shown: Shown) -> str:
    said = {one.record.sex for one in shown.sources} - {""}
    return {"M": "male", "F": "female"}.get(said.pop(), "") if len(said) == 1 else ""


def _homes(shown: Shown, day: str) -> tuple[Home, ...]:
    """The homes as the footprint has them, in its order: one place is one home, however partners spell it."""
    return homes(shown.sources, day, Window.on(dt.date.fromisoformat(day)).shown_from)
