"""How somebody was asked for, in a phrase: what stands beside an answer, so that its reader sees what the question was.

It repeats names, birthday and age as they were typed, and of a number, an address or a telephone only that one was given.
"""

from __future__ import annotations

import datetime as dt

from footprint.answer import words
from footprint.answer.lives import GROWN, may_be_under
from footprint.records.codes import IDENTIFIER_SCHEMES
from footprint.search import Age, Question
from footprint.search.question import place_asked


def asked_for(question: Question) -> str:
    """Return the phrase: "Layla Hussain, born 27 March 2015, at an address", "somebody by an NHS number"."""
    birth = words.birth(question.birth)
    assumed = " (family name of the person above)" if question.is_family_assumed else ""
    said = [f"{name_asked(question) or 'somebody'}{assumed}"]
    if birth:
        said.append(f"born {birth}")
    elif question.age:
        said.append(f"aged {_aged(question.age)}")
    if by := _by(question):
        said.append(f"by {words.listed(by)}")
    if place_asked(question):
        said.append("at an address")
    return ", ".join(said)


def name_asked(question: Question) -> str:
    """Return the name that was typed, in one line; empty where none was."""
    parts = (question.given, question.middle, question.family)
    return (question.full_name or " ".join(filter(None, parts))).strip()


def child_asked(question: Question, day: str) -> bool:
    """Say whether the birthday or age that was typed is a child's on an ISO day."""
    if question.birth:
        return may_be_under(GROWN, question.birth, dt.date.fromisoformat(day))
    return question.age is not None and question.age.years < GROWN


def baby_asked(question: Question, day: str) -> bool:
    """Say whether the birthday or age that was typed is that of a child in its first year on an ISO day, or not born yet."""
    if question.birth:
        return may_be_under(1, question.birth, dt.date.fromisoformat(day))
    return question.age is not None and question.age.years < 1


def _aged(age: Age) -> str:
    if not age.tolerance:
        return str(age.years)
    return f"{max(0, age.years - age.tolerance)} to {age.years + age.tolerance}"


def _by(question: Question) -> list[str]:
    numbers = [IDENTIFIER_SCHEMES.get(one.scheme, "number") for one in question.identifiers]
    given = {"telephone": question.phone, "e-mail address": question.email, "reference": question.reference}
    return [*numbers, *(kind for kind, text in given.items() if text)]
