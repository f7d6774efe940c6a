"""What stands at the top of an answer: that somebody died, which facts conflict, who else this may be, that nobody fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from footprint.answer import words
from footprint.answer.found import FoundPerson, SearchAnswer
from footprint.answer.lives import died, lost_before_birth
from footprint.answer.people import Shown
from footprint.answer.values import PossibleOther, Stated

#: Where one of these differs, somebody else was meant: a slip or a nickname is close, and no difference.
_WHO: Final = ("given", "family", "birth")


def death(shown: Shown) -> str:
    """Return the sentence about a death, with who says so; empty for the living. Of a protected person nobody is named.

    A child lost before birth is not spoken of as somebody who died: whoever reads it may be about to ring the mother.
    """
    if not (on := died(shown.sources)):
        return ""
    names = [one.partner_name for one in shown.sources if one.record.death]
    who = f", according to {words.listed(names)}" if shown.standing == "open" else ""
    when = f" on {on}" if on[:1].isdigit() else ""
    if lost_before_birth(shown.sources):
        return f"This pregnancy ended in the loss of the baby{when}{who}. {words.BABY_LOST}"
    return f"Died{when}{who}."


def conflicts(stated: Sequence[Stated]) -> tuple[str, ...]:
    """Return the fields whose values cannot all be right."""
    return tuple(field.field for field in stated if field.conflict)


def may_be_same(possible: Sequence[PossibleOther], parts: Sequence[PossibleOther] = ()) -> str:
    """Return how many others may be the same human being and who is the likeliest, the first of them; empty for none.

    The `parts` of somebody in doubt are not counted: a sentence of their own says more of them.
    """
    told = {one.person_id for one in parts}
    others = [one for one in possible if one.person_id not in told]
    if not others:
        return ""
    born = words.known_by(others[0].name, others[0].birth)
    if len(others) == 1:
        return f"One other person may be the same: {born}. Compare before you rely on it."
    return f"{len(others)} other people may be the same, the likeliest {born}. Compare before you rely on it."


def does_not_fit(person: FoundPerson) -> bool:
    """Say whether a name or birthday that was asked for differs from this person's, and no number says that it is them after all.

    What nobody said and was only tried, such as the family name of the one above, rules nobody out.
    """
    verdicts = person.verdicts
    if "identifier" in verdicts and verdicts["identifier"].agreement == "agrees":
        return False
    asked = (verdicts[field] for field in _WHO if field in verdicts)
    return any(one.agreement == "differs" and not one.assumed for one in asked)


def nobody_fits(answer: SearchAnswer) -> bool:
    """Say whether everybody who is listed is only near to what was asked, and not it."""
    return bool(answer.people) and all(map(does_not_fit, answer.people))
