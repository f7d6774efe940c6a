"""Every rule about misuse, as data: its code, its points, and the words in which a reviewer reads it.

A sign is a reason to look, never a finding about anybody. Points add up; what explains a look-up takes some away.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

#: look-up: seen of one look-up; day: of all that one user did on a day; user: of what they did over weeks.
Span = Literal["look-up", "day", "user"]


class Rule(NamedTuple):
    """One rule. `sentence` names nobody and tells nothing of a case: whoever reads it may know neither.

    `always`: it is an alert whatever explains the look-up.
    """

    code: str
    points: float
    span: Span
    sentence: str
    always: bool = False


def _rule(code: str, points: float, span: Span, sentence: str, *, always: bool = False) -> tuple[str, Rule]:
    return code, Rule(code, points, span, sentence, always)


RULES: Final[dict[str, Rule]] = dict(
    (
        _rule(
            "own-home",
            10,
            "look-up",
            "Somebody of the home that the user declared as their own.",
            always=True,
        ),
        _rule("relative", 10, "look-up", "Somebody whom the user declared as close to them.", always=True),
        _rule("own-name", 6, "look-up", "Somebody of the user's own name."),
        _rule(
            "colleague",
            6,
            "look-up",
            "Somebody of the declared home of a colleague at the same organisation.",
        ),
        _rule(
            "staff", 3, "look-up", "Somebody of the declared home of a member of staff of another partner."
        ),
        _rule(
            "listed",
            6,
            "look-up",
            "Somebody who is watched over, for an incident or for their profile.",
            always=True,
        ),
        _rule("protected", 6, "look-up", "Somebody who is protected."),
        _rule("protected-place", 6, "look-up", "A search for an address that is shielded."),
        _rule(
            "behind-a-shield",
            10,
            "look-up",
            "A shield was looked behind, after two guardians approved.",
            always=True,
        ),
        _rule(
            "relative-by-name",
            4,
            "look-up",
            "Somebody of a declared relative's name, whose birthday nobody said.",
        ),
        _rule("own-street", 4, "look-up", "Somebody of the user's own street or postcode."),
        _rule(
            "same-surname",
            5,
            "look-up",
            "Somebody of the user's own surname: the rarer it is, the more it weighs.",
        ),
        _rule("out-of-hours", 1, "look-up", "Outside the hours of the user's role."),
        _rule("no-reference", 1, "look-up", "In a case that has no reference yet."),
        _rule("team-holds", -2.5, "look-up", "The user's own team works with this person now."),
        _rule("one-street", 4, "day", "Many people of one street in one day."),
        _rule("many-without-reference", 3, "day", "Many look-ups without a reference in one day."),
        _rule("volume", 2.5, "day", "Many more people in one day than this user looks up otherwise."),
        _rule("near-misses", 6, "user", "Look-ups that each came near an alert, again and again."),
    )
)
