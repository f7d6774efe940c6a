"""What a machine can tell of a referral's form, criterion by criterion, each with its reasons in sentences. It advises.

Where a machine alone can tell, it gives a mark; elsewhere it says how much can be given at most, as what is not there cannot be
good, and a person who reads it gives the mark. Nothing here knows what is held back: of correct handling it says the same of
every referral, or the author would learn from it which address is protected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.clocks import Clock, Timescales, due_if_any, instant_of, is_late
from footprint.referrals.codes import NO_VIDEO, NOT_INFORMED
from footprint.referrals.criteria import CRITERIA, MARKS, Checked
from footprint.referrals.prompts import ENOUGH, WRITTEN, absence_explained, covered, has_words
from footprint.referrals.referral import Adult, Child, Referral, Said, Voice
from footprint.referrals.wording import hints

_MOST: Final = max(MARKS)
_POINTERS: Final = ("nhs_number", "upn", "school", "gp", "looks")
_POLICE: Final = "police"
_BY_PERSON: Final = "Whoever reads it marks this."


class Finding(NamedTuple):
    """What was found of one criterion. `mark` is None where a person marks it; then `at_most` is what the form allows."""

    criterion: str
    mark: int | None
    at_most: int
    says: tuple[str, ...]


class Sent(NamedTuple):
    """How it came: the sector of whoever sent it, when, and when it was telephoned, as instants with an offset."""

    sector: str = ""
    at: dt.datetime | None = None
    called: dt.datetime | None = None
    rules: Timescales | None = None


#: How much, and why no more.
_Told = tuple[int | None, list[str]]
_NOT_SENT: Final = Sent()


def check(referral: Referral, sent: Sent = _NOT_SENT) -> tuple[Finding, ...]:
    """Return a finding for each of the fifteen criteria, in their order. Whoever reads the form grades it; these do not."""
    found = []
    for code, criterion in CRITERIA.items():
        amount, says = _CHECKS[code](referral, sent) if code in _CHECKS else (_MOST, [_BY_PERSON])
        by_machine = criterion.checked is Checked.MACHINE
        at_most = _MOST if amount is None else amount
        found.append(Finding(code, amount if by_machine else None, at_most, tuple(says)))
    return tuple(found)


def _right_child(referral: Referral, _sent: Sent) -> _Told:
    if not referral.children:
        described = "The child is described in one line, and not yet named."
        return (1, [described]) if referral.who else (0, ["No child is named."])
    told = [_one_child(child, referral) for child in referral.children]
    return min(amount for amount, _ in told), [sentence for _, says in told for sentence in says]


def _one_child(child: Child, referral: Referral) -> tuple[int, list[str]]:
    called = child.name or f"Child {child.key.removeprefix('c')}"
    pointers = sum(map(child.gives, _POINTERS)) + bool(child.other_names)
    # A baby who is not born yet is found by the mother.
    named = any(adult.name for adult in referral.adults) if child.expected else bool(child.name)
    missing = {
        f"{called}: the mother is not named." if child.expected else f"{called}: no name.": not named,
        f"{called}: no birthday, and no expected date.": not (child.birthday or child.due),
        f"{called}: no address, and not where they are.": not (
            child.address or child.whereabouts or referral.place
        ),
    }
    says = [sentence for sentence, is_missing in missing.items() if is_missing]
    if says:
        return (1 if len(says) < len(missing) or pointers or child.age else 0), says
    whole = child.expected or len(child.birthday) == len("2017-04-23")
    if not whole:
        says.append(f"{called}: only a part of the birthday.")
    if pointers < 2 and not child.expected:
        says.append(f"{called}: fewer than two things besides that point to this child alone.")
    return (2 if says else _MOST), says


def _household(referral: Referral, _sent: Sent) -> _Told:
    if not referral.adults:
        return 0, ["No adult is named."]
    unnamed = [one for one in referral.adults if one.is_blank("name")]
    unplaced = [one for one in referral.adults if one.is_blank("relationship") or one.is_blank("lives_here")]
    answered = {one.child for one in referral.responsibilities}
    unheld = [child for child in referral.children if child.key not in answered]
    says = [f"{_adult(one)}: no name, and not said to be not known." for one in unnamed]
    says += [f"{_adult(one)}: not said who it is, or whether they live here." for one in unplaced]
    says += [
        f"{child.name or child.key}: nobody is said to have parental responsibility." for child in unheld
    ]
    return (1 if unnamed else 2 if says else _MOST), says


def _informed(referral: Referral, _sent: Sent) -> _Told:
    told = referral.informing
    if told.parents_told is Said.YES:
        agreed = told.agreed is not None
        return (_MOST if agreed else 2), (
            [] if agreed else ["Parents were told; what they said to it is blank."]
        )
    if told.parents_told is Said.NO:
        recognised, explained = told.reason in NOT_INFORMED, bool(told.explanation.strip())
        says = [] if recognised else ["Parents were not told, and no recognised reason is given."]
        says += [] if explained else ["Parents were not told, and it is not explained for this family."]
        return (_MOST, says) if recognised and explained else (int(recognised or explained), says)
    if told.parents_told is Said.NOT_KNOWN:
        return 1, ["Whether parents were told is said to be not known."]
    return 0, ["It is blank whether parents were told."]


def _voice(referral: Referral, _sent: Sent) -> _Told:
    if not referral.children:
        return 0, ["No child is named, so no child has a voice."]
    told = [_one_voice(child) for child in referral.children if not child.expected]
    if not told:
        return _MOST, ["Nobody here is born yet."]
    return min(amount for amount, _ in told), [sentence for _, says in told for sentence in says]


def _one_voice(child: Child) -> tuple[int, list[str]]:
    voice, called = child.voice or Voice(), child.name or child.key
    concepts = covered(voice)
    if not concepts and not absence_explained(voice):
        return 0, [f"{called}: nothing is noted, and no reason is given."]
    if not has_words(voice) and not absence_explained(voice):
        return 1, [f"{called}: no words of the child, and no reason for none."]
    says = []
    if len(concepts & set(WRITTEN)) < ENOUGH:
        says.append(f"{called}: fewer than {ENOUGH} things about this child's day.")
    if has_words(voice) and not any(noted.verbatim for noted in voice.noted):
        says.append(f"{called}: no words as the child said them.")
    if voice.is_blank("alone"):
        says.append(f"{called}: it is blank whether the child was seen alone.")
    return (2 if says else _MOST), says


def _history(referral: Referral, _sent: Sent) -> _Told:
    concern, fields = referral.concern, ("history", "earlier_incidents")
    if any(map(concern.gives, fields)):
        return _MOST, []
    if not all(map(concern.is_blank, fields)):
        return 1, ["What happened before is said to be not known."]
    return 0, ["It is blank what happened before."]


def _level(referral: Referral, _sent: Sent) -> _Told:
    said, argued = bool(referral.request.level), bool(referral.request.argument.strip())
    says = [] if said else ["No level of need is named."]
    says += [] if argued else ["The level of need is not argued."]
    return (_MOST if said and argued else int(said or argued)), says


def _done(referral: Referral, _sent: Sent) -> _Told:
    done, planned = map(referral.safety.gives, ("action_taken", "plan"))
    says = [] if done else ["It is blank what was done."]
    says += [] if planned else ["It is blank how the child is safe until somebody comes."]
    return (_MOST if done and planned else int(done or planned)), says


def _in_time(referral: Referral, sent: Sent) -> _Told:
    if sent.at is None:
        return None, ["It is not sent yet."]
    says = []
    if referral.urgent:
        if sent.called is None:
            return 0, ["Somebody is in danger now, and no phone call is recorded."]
        call = due_if_any(Clock.CALL, sent.at, sent.rules)
        if call and is_late(call.at, now=sent.called, done=sent.called):
            says.append("The phone call came later than it should, with somebody in danger.")
    noticed = instant_of(referral.noticed)
    form = due_if_any(Clock.FORM, noticed, sent.rules) if noticed else None
    if noticed is None:
        says.append("It is not said when it was noticed, so nobody can tell whether it came in time.")
    elif form is None:
        says.append("Nobody can tell whether it came in time: look at the day on which it was noticed.")
    elif is_late(form.at, now=sent.at, done=sent.at):
        says.append("It came later after it was noticed than it should.")
    return (1 if says else _MOST), says


def _linked(referral: Referral, sent: Sent) -> _Told:
    if sent.sector != _POLICE:
        return None, ["Only the police are asked for these references."]
    links = referral.links
    there = {
        "No incident or crime reference.": bool(links.incident or links.crime),
        "No video, and no reason for none.": bool(links.video or links.no_video in NO_VIDEO),
        "It is blank whether this is domestic abuse.": links.domestic_abuse is not None,
    }
    if links.domestic_abuse is Said.YES:
        there |= {
            "Domestic abuse, and no risk assessment (DASH or DARA).": bool(links.dash),
            "Domestic abuse, and no notice to the school (Encompass).": bool(links.encompass),
        }
    says = [sentence for sentence, is_there in there.items() if not is_there]
    if len(says) < 2:
        return _MOST - len(says), says
    return int(any(there.values())), says


def _plain(referral: Referral, _sent: Sent) -> _Told:
    better = {hint.said.lower(): hint.better for hint in hints(referral)}
    return (2 if better else _MOST), [f"'{said}': {instead}." for said, instead in better.items()]


_CHECKS: Final[Mapping[str, Callable[[Referral, Sent], _Told]]] = MappingProxyType(
    {
        "Q1": _right_child,
        "Q2": _household,
        "Q3": _informed,
        "Q5": _voice,
        "Q7": _history,
        "Q8": _level,
        "Q10": _done,
        "Q12": _in_time,
        "Q13": _linked,
        "Q14": _plain,
    }
)


def _adult(adult: Adult) -> str:
    return adult.name or adult.relationship or f"Adult {adult.key.removeprefix('a')}"
