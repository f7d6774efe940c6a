"""Words that blame a child or a victim, or hide what somebody did, as data: each with a better word and the reason.

Drawn from what charities and forces publish on language about exploited children and abused parents, in words of our own. A
partnership has yet to confirm the list; adding a phrase is adding a row.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Phrase(NamedTuple):
    """Words to look for, as a pattern over plain words with one space between; what to write; and why."""

    pattern: str
    better: str
    why: str


_NO_CHOICE: Final = "A child cannot choose to be exploited; the words must name who did it."
_NOT_WILLING: Final = "It asks why a child let it happen, where it should say what an adult did."
_TRAUMA: Final = "It judges what a child does in distress, and hides what it tells."
_NOT_MUTUAL: Final = "It makes abuse sound like a quarrel that two people share."
_WHO_STAYS_AWAY: Final = "It blames the family for a service that did not reach them."

PHRASES: Final = (
    Phrase(r"child prostitut\w*", "child who is sexually exploited", _NO_CHOICE),
    Phrase(r"(?:under ?age|teenage|young) prostitut\w*", "child who is sexually exploited", _NO_CHOICE),
    Phrase(
        r"prostitut(?:ing|ed|es) (?:herself|himself|themsel\w+)",
        "is being sexually exploited by ...",
        _NO_CHOICE,
    ),
    Phrase(
        r"(?:selling|sells|sold) (?:herself|himself|themsel\w+|(?:her|his|their) body)",
        "is being sexually exploited by ...",
        _NO_CHOICE,
    ),
    Phrase(
        r"(?:sex|sexual favou?rs?|sexual acts?) (?:in exchange |in return )?for (?:drugs|money|gifts|alcohol|cash|food)",
        "was made or groomed to ... by ..., who gave ...",
        _NO_CHOICE,
    ),
    Phrase(r"life ?style choices?", "say what happens to the child, and who profits", _NO_CHOICE),
    Phrase(
        r"(?:making|makes|made) (?:bad|poor|unsafe|risky|wrong) choices",
        "say what the child was drawn into, and by whom",
        _NO_CHOICE,
    ),
    Phrase(
        r"(?:placing|places|placed|putting|puts|put) (?:herself|himself|themsel\w+) at risk",
        "is put at risk by ...",
        _NOT_WILLING,
    ),
    Phrase(r"promiscu\w*", "say what is known, with ages and who is older", _NOT_WILLING),
    Phrase(
        r"sexually active(?= with (?:a|an|older|adult|men|the)\b)", "is being abused by ...", _NOT_WILLING
    ),
    Phrase(
        r"(?:consensual|willing) (?:sex|sexual\w*|relationship)(?= with (?:an?|older|adult|men)\b)",
        "is being abused by ...",
        _NOT_WILLING,
    ),
    Phrase(
        r"(?:in a )?relationships? with (?:an? )?(?:older|adult|grown) (?:man|men|males?|woman|female)",
        "is being groomed or exploited by ...",
        _NOT_WILLING,
    ),
    Phrase(
        r"(?:older|adult|much older) boyfriends?", "adult who is abusing or grooming the child", _NOT_WILLING
    ),
    Phrase(
        r"(?:offer|offers|offered|offering) (?:him|her|them|drugs|money|gifts) (?:sex|for sex)",
        "say who made the child do what",
        _NOT_WILLING,
    ),
    Phrase(
        r"involved in (?:cse|cce|county lines|(?:sexual|criminal) exploitation)|drug runners?",
        "is being exploited by ...",
        _NO_CHOICE,
    ),
    Phrase(
        r"(?:refuses|refused|refusing) to (?:disclose|say anything)|non disclos\w*|wont disclose",
        "has not been able to say yet",
        _NOT_WILLING,
    ),
    Phrase(
        r"street ?wise",
        "say what the child does to stay safe",
        "It makes a child sound safe who has had to learn to fend for themselves.",
    ),
    Phrase(
        r"mature for (?:her|his|their) age|acts? older than|looks? older than (?:she|he|they)",
        "is 13 years old (say the age)",
        "A child who seems older is a child, and is often seen as needing less protection.",
    ),
    Phrase(r"attention seeking|seeking attention|attention seeker", "is asking for help by ...", _TRAUMA),
    Phrase(r"(?:kicking|kicked|kicks) off", "say what the child did, and what came before", _TRAUMA),
    Phrase(r"manipulative|manipulating staff", "say what the child did, and what for", _TRAUMA),
    Phrase(
        r"(?:challenging|naughty|bad|out of control|beyond control) (?:behaviour|child|kid)|beyond parental control",
        "say what the child did, and what it may tell",
        _TRAUMA,
    ),
    Phrase(
        r"abscond\w*",
        "went missing",
        "The word is for prisoners; a missing child may be running from or to harm.",
    ),
    Phrase(
        r"(?:hard to reach|hard to engage)",
        "say what was offered, and why it was not taken up",
        _WHO_STAYS_AWAY,
    ),
    Phrase(
        r"(?:fail|refus)(?:es?|s|ed|ing)? to engage|not engaging|(?:wont|does not|did not) engage|disengaged",
        "say what was offered when, and what got in the way",
        _WHO_STAYS_AWAY,
    ),
    Phrase(
        r"(?:did not attend|dnad?|failed to attend)(?= (?:the |his |her |their )?(?:appointment|clinic|hospital|gp|dentist))",
        "was not brought",
        "A child does not miss an appointment; somebody did not bring the child.",
    ),
    Phrase(
        r"fail(?:s|ed|ing|ure)? to protect",
        "say what was done to them too, and what stopped them",
        "It blames the parent who was abused for what the abuser did.",
    ),
    Phrase(
        r"(?:toxic|volatile|tempestuous|turbulent|abusive|violent|stormy) relationships?",
        "... is violent to ...",
        _NOT_MUTUAL,
    ),
    Phrase(
        r"(?:just |only |minor |verbal )?domestics?(?! (?:abuse|violence|assault|homicide|staff|animal|cleaner|noise|waste))",
        "domestic abuse by ... of ...",
        _NOT_MUTUAL,
    ),
    Phrase(
        r"(?:six of one|both as bad as each other|tit for tat|as bad as each other)",
        "say who did what to whom",
        _NOT_MUTUAL,
    ),
    Phrase(
        r"(?:allows|allowed|allowing|lets|let) (?:him|the perpetrator|the partner|her partner|the father) back",
        "say what makes leaving unsafe",
        "It blames who was abused, when leaving is the most dangerous time.",
    ),
    Phrase(
        r"(?:chooses|chose|choosing) to (?:stay|remain|go back|return)(?: with| to)?",
        "say what makes leaving unsafe",
        "It blames who was abused, when leaving is the most dangerous time.",
    ),
    Phrase(
        r"(?:alleges|alleged|claims|claimed)(?= (?:that )?(?:she|he|they|to|his|her)\b)",
        "says, said",
        "It tells the reader not to believe the child before anybody has looked.",
    ),
    Phrase(
        r"(?:child|kiddy|kiddie) porn\w*",
        "images of child sexual abuse",
        "It is a record of a crime against a child, and no entertainment.",
    ),
    Phrase(
        r"illegals?(?= (?:immigrant|migrant|alien|family|mother)s?\b)|illegal immigrants?",
        "say what is known of their right to stay, if it matters here",
        "It calls a person a crime, and tells nothing about the child.",
    ),
    Phrase(
        r"(?:junkie|druggie|crackhead|smackhead|alkie|piss ?head|chav|scrote|scum|slag|slut)s?",
        "say what was seen",
        "It insults, and the family has a right to read it.",
    ),
)
