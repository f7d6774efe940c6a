"""Words by which a sentence tells where intelligence came from. A source's life may depend on nobody reading one of them.

The list finds too much rather than too little: a person looks at what it found, and the rest of the text has gone. That somebody
told the police something is no intelligence: a neighbour who gives no name, or a mother who fears that the father hears of it, is
what the front door must read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from footprint.referrals.sentences import Span, letters, words


class Tells(StrEnum):
    """What a sentence gives away: who or what the source was, or that it is classified above what may be kept here."""

    SOURCE = "source"
    CLASSIFIED = "classified"


_SAYS: Final = (
    "say|says|said|saying|state|states|stated|stating|tell|tells|told|report|reports|reported|advise|advises|advised|"
    "claim|claims|claimed|confirm|confirms|confirmed|describe|describes|described|believe|believes|saw|heard|overheard|"
    "has|have|had|is|are|was|were|who|close|within|inside|lives|works|knows|wants|fears|identified|named|informed|"
    "informs|indicates|indicated|suggests|suggested|provided|gave|gives|alleges|alleged"
)
_SORT: Final = (
    "police|trusted|reliable|unreliable|untested|tested|registered|confidential|anonymous|community|human|intelligence|"
    "intel|covert|sensitive|established|tasked|graded|protected|secret|criminal|close|our|this|that|"
    "his|her|their|my"
)
_CAME: Final = "from|by|via|per|through|received|provided|supplied|given|passed|obtained|came|come|submitted"

#: Patterns over plain words with one space between. Where intelligence is only mentioned ("intelligence suggests that he deals")
#: nobody is given away, and the sentence goes.
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bc ?h ?i ?s\b|\bhum ?int\b",
        r"\bcovert human\b",
        r"\bhuman intelligence\b",
        r"\b(?:in|im|inn)fo?r+m[ae]nts?\b|\bsupergrass\b|\bsnout\b|\bconfidential contacts?\b",
        r"\b(?:police|crime) informers?\b|\binformers? (?:" + _SAYS + r")\b",
        r"\bsources? (?:handler|handling|unit|contact|protection|number|no|ref|reference|id|name|evaluation|grading|grade)s?\b",
        rf"\bsources? (?:{_SAYS})\b",
        rf"\b(?:{_SORT}) sources?\b(?! of (?!info|intel))",
        rf"\b(?:{_CAME}) (?:an? |the |our |one )?(?:\w+ )?sources?\b(?! of (?!info|intel))",
        r"\bsources? of (?:this |the |that )?(?:info|information|intel|intelligence|report)\b",
        r"\b(?:an?|the|one|another|second|two|both|a family) sources?\b(?! (?:of|for)\b)",
        r"\baccording to (?:\w+ ){0,2}sources?\b",
        r"^sources?\b(?! of\b)",
        r"\bsources?$",
        rf"\bintel(?:ligence)? (?:\w+ )?(?:{_CAME})\b",
        r"\bintel(?:ligence)? (?:log|report|submission|item|entry|reference|ref|urn|number|no|grading|grade|graded)s?\b",
        r"\bcrime ?stoppers\b",
        r"\bunder ?cover\b|\btest purchase\b",
        r"\bcovert recording\b|\bcovert(?:ly)? (?:surveillance|officer|deploy|tactic|camera|asset|operation|op|source|contact)",
        r"\bsurveillance (?:team|officer|operation|op|log|unit)s?\b|\b(?:under|directed) surveillance\b",
        r"\b(?:phone|telephone|wire) ?taps?\b|\bwire ?tapp|\blistening device|\bintercepted (?:call|message|communication)",
        r"\btelephone intercept|\bintercept (?:material|product|evidence)",
        # How intelligence is graded: 3x5x2 with its handling code, and the older 5x5x5.
        r"\b[35]x5x[25]\b|\b[35] x 5 x [25]\b",
        r"(?<!\d )(?<!\d[a-z] )\b[1-3] ?[a-e] ?[pc]\b",
        r"\b(?:graded|grading|evaluated|evaluation) (?:as |at |is )?(?:[a-e] ?[1-5](?: ?[1-5])?|[1-3] ?[a-e])\b",
        r"\bgrade [a-e] ?[1-5] ?[1-5]\b",
        r"\b[ab] ?[1-5] ?[1-5]\b(?= (?:intel|handling|source))",
    )
)
#: Found even where a line's end or a slip parts the word: "infor-mant".
_BROKEN: Final = ("informant", "crimestoppers", "undercoverofficer", "covertsource")
_CLASSIFIED: Final = re.compile(
    r"\btop secret\b|\b(?:classified|classification|marked|marking) (?:as )?secret\b"
)
#: Written as a marking: in capitals within a text that is not.
_MARKED: Final = re.compile(r"\bSECRET\b")

_PERSON: Final = re.compile(r"^(?:and )?(?:he|she|they|his|her|their|hes|shes|theyre|who)\b")
_PERSON_OR_THIS: Final = re.compile(rf"{_PERSON.pattern}|^(?:it|this|that|these|(?:the )?same)\b")
_KIN: Final = re.compile(
    r"\b(?:sister|brother|mother|father|mum|dad|parent|neighbour|partner|ex|cousin|aunt|auntie|uncle|friend|son|daughter|nephew|"
    r"niece|girlfriend|boyfriend|wife|husband|colleague|tenant|lodger|customer|dealer|runner|associate|relative|grandmother|"
    r"grandfather|nan|landlord|teacher|lives?|living|works?|working|named|called|known as|name|next door|opposite|source|told|"
    r"informed|information|number|phone|cell ?mate|codename|pseudonym|alias|born|dob)(?:in law)?s?\b"
)


def tells(text: str, parts: Sequence[Span]) -> dict[int, frozenset[Tells]]:
    """Return which of the sentences `parts` of a text give something away, and what, by their place in `parts`.

    A heading gives away what stands under it. Beside a sentence about a source, one that goes on about "her" by kin, home, work
    or name is about the source; and before one that begins with "she", the sentence that says who she is.
    """
    plain = [" ".join(word.plain for word in words(text[start:end])) for start, end in parts]
    found = {place: told for place in range(len(parts)) if (told := _told(text, parts[place], plain[place]))}
    for place, told in list(found.items()):
        after = place + 1
        if after < len(parts) and (
            _is_heading(text, parts[place], plain[place])
            or (_PERSON_OR_THIS.match(plain[after]) and _KIN.search(plain[after]))
        ):
            found[after] = found.get(after, frozenset()) | told
        if place and _PERSON.match(plain[place]):
            found[place - 1] = found.get(place - 1, frozenset()) | told
    return found


def _told(text: str, part: Span, plain: str) -> frozenset[Tells]:
    said = text[part[0] : part[1]]
    marked = _MARKED.search(said) and not said.isupper()
    told = set()
    run_together = letters(said).plain
    if any(pattern.search(plain) for pattern in _PATTERNS) or any(one in run_together for one in _BROKEN):
        told.add(Tells.SOURCE)
    if marked or _CLASSIFIED.search(plain):
        told.add(Tells.CLASSIFIED)
    return frozenset(told)


def _is_heading(text: str, part: Span, plain: str) -> bool:
    said = text[part[0] : part[1]].rstrip()
    return said.endswith((":", "-", "–", "—")) or (
        len(plain.split()) <= 3 and not said.endswith((".", "!", "?"))
    )
