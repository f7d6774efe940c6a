"""The gaps as a table: which blank is one, what is said of it, and in which order, by what filling it helps to.

Adding a gap is adding a row. A row never asks what a child is like; it asks what the form does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from footprint.referrals import prompts
from footprint.referrals.codes import ANONYMOUS, PRIVATE
from footprint.referrals.referral import Child, Referral, Said, Voice

When = Callable[[Referral, Any], bool]


class Row(NamedTuple):
    """A field that may be a gap, what to say then, and when it is one: where it is blank, unless `open` says otherwise.

    `when` narrows that to the referrals in which it would help.
    """

    key: str
    says: str
    when: When = lambda _referral, _part: True
    open: Callable[[Referral, Any, str], bool] = lambda _referral, part, name: part.is_blank(name)


# ---------------------------------------------------------------- when a blank is a gap


def _danger(referral: Referral, _part: Any) -> bool:
    return referral.urgent


def _nobody_named(referral: Referral, _part: Any) -> bool:
    return not any(child.name for child in referral.children)


def _nowhere(referral: Referral, _part: Any) -> bool:
    return not any(child.address or child.whereabouts for child in referral.children)


def _no_place(referral: Referral, child: Child) -> bool:
    return not (referral.place or child.whereabouts)


def _nothing_told(referral: Referral, _part: Any) -> bool:
    return not referral.concern.statements


def _born(_referral: Referral, child: Child) -> bool:
    return not child.expected


def _no_age(_referral: Referral, child: Child) -> bool:
    return not (child.due or child.age)


def _age_alone(_referral: Referral, child: Child) -> bool:
    return bool(child.age) and not child.due


def _of_school_age(referral: Referral, child: Child) -> bool:
    return not _small(referral, child)


def _small(_referral: Referral, child: Child) -> bool:
    return child.expected or bool(child.voice and child.voice.absence == "baby")


def _present(_referral: Referral, voice: Voice) -> bool:
    return voice.present not in ("out", "elsewhere")


def _spoken(_referral: Referral, voice: Voice) -> bool:
    return prompts.has_words(voice)


def _not_told(referral: Referral, _part: Any) -> bool:
    return referral.informing.parents_told is Said.NO


def _agreed(referral: Referral, _part: Any) -> bool:
    return referral.informing.agreed is Said.YES


def _named(referral: Referral, _part: Any) -> bool:
    return referral.route != ANONYMOUS


def _at_work(referral: Referral, _part: Any) -> bool:
    """Say whether somebody writes whose work it is: a neighbour has no threshold document."""
    return referral.route not in PRIVATE


def _abuse(referral: Referral, _part: Any) -> bool:
    return referral.links.domestic_abuse is Said.YES


def _no_recording(referral: Referral, _part: Any) -> bool:
    return not referral.links.no_video


# ---------------------------------------------------------------- what is open, though no field of its own is blank


def _no_words(_referral: Referral, voice: Voice, _name: str) -> bool:
    answered = prompts.has_words(voice) or prompts.absence_explained(voice) or "noted" in voice.not_known
    return not answered


def _few_concepts(_referral: Referral, voice: Voice, _name: str) -> bool:
    return (
        "noted" not in voice.not_known and len(prompts.covered(voice) & set(prompts.WRITTEN)) < prompts.ENOUGH
    )


def _nobody_responsible(referral: Referral, child: Child, _name: str) -> bool:
    answered = {held.child for held in referral.responsibilities}
    return child.key not in answered and "responsibilities" not in referral.not_known


# ---------------------------------------------------------------- the table

#: What filling a gap helps to, in the order of what would help the child most.
HELPS: Final = MappingProxyType(
    {
        "tonight": "So that somebody can go tonight",
        "found": "So that the right child is found",
        "heard": "So that the child is heard",
        "decided": "So that others can decide",
        "visited": "So that the first visit goes well",
        "linked": "So that what belongs together is found again",
        "told": "So that you hear what became of it",
    }
)

TABLE: Final[Mapping[str, tuple[Row, ...]]] = MappingProxyType({
    "tonight": (
        Row("safety.danger_now", "Is anybody in danger right now? It decides how fast somebody goes."),
        Row("referral.place", "Where are they now? Somebody can only knock at a door they can find.", _nowhere),
        Row("referral.who", "Who is it about? Even “three children upstairs” is enough to begin.", _nobody_named),
        Row("concern.wrong", "What is wrong? One sentence lets the front door act tonight.", _nothing_told),
        Row("referrer.phone", "On which number can you be rung back? One call often answers everything.", _named),
        Row("safety.called_999", "Was 999 called, or help over the radio? Then nobody relies on somebody else.", _danger),
        Row("referrer.spoke_to", "Whom did you speak to at the front door? A call is heard at once.", _danger),
        Row("safety.plan", "Who keeps the children safe until somebody comes? It shows whether tonight is covered."),
        Row("safety.risk_at_place", "Is there a dog, a weapon, a risk of violence? It keeps whoever goes there safe."),
    ),
    "found": (
        Row("referral.children", "Which children are in the home? Listed one by one, nobody is overlooked."),
        Row("child.name", "What is {one} called? With the full name nobody takes another child for this one.", _born),
        Row("child.birthday", "When was {one} born, or about how old? It finds the right child of that name.", _no_age),
        Row("child.address", "Where does {one} live? It finds the brothers and sisters, too.", _no_place),
        Row("referral.worker", "Has the family a worker already? They know the children, and can be rung."),
    ),
    "heard": (
        Row(
            "voice.noted", "What did {one} say, in their own words, or why are there none? It is often what moves others to act.",
            _present, _no_words,
        ),
        Row("concern.statements", "What did you see, and what were you told? Facts with their source carry weight."),
        Row("concern.injuries", "Is anybody hurt? Where on the body, and how it was explained, helps the doctor."),
        Row("child.impact", "What does this mean for {one}? It shows a child's life, and not only a quarrel of adults."),
        Row(
            "voice.appearance", "What else did you notice of {one}: looks, play, whom they turn to, where they sleep? "
            "Three such things show how they live.", _present, _few_concepts,
        ),
        Row("voice.alone", "Was {one} seen without an adult of the home? Children say other things then.", _spoken),
        Row("voice.present", "Where was {one} when it happened? A child on the stairs has lived through it, too."),
    ),
    "decided": (
        Row("safety.action_taken", "What was done already? Nobody then does it twice, or thinks that somebody has."),
        Row("referral.adults", "Who else lives there or matters to them? Absent parents and new partners are missed most."),
        Row("informing.parents_told", "Do the parents know of this? It tells the worker how to begin at the door."),
        Row("informing.reason", "Why were the parents not told? It keeps others from telling them by mistake.", _not_told),
        Row("informing.explanation", "What would happen if they were told? One sentence guards against it.", _not_told),
        Row(
            "referral.responsibilities", "Who has parental responsibility for {one}? They must be asked, and may keep them safe.",
            _born, _nobody_responsible,
        ),
        Row("concern.different_now", "What is different now? It shows why today."),
        Row("concern.earlier_incidents", "Were there earlier incidents, and how many? Four small things can be one big one."),
        Row("concern.history", "What was there before? A pattern shows only when it is written down."),
        Row("request.asked", "What should happen next? You were there, and your view counts."),
        Row("request.level", "Which level of need is it? It lets the front door follow your thinking.", _at_work),
        Row("request.argument", "Why this level? What you saw is the best argument.", _at_work),
    ),
    "visited": (
        Row("child.school", "Which school or nursery does {one} go to? They see the child tomorrow morning.", _of_school_age),
        Row("child.looks", "What does {one} look like? Whoever goes there then knows which child is meant.", _born),
        Row("child.interpreter", "Does {one} need an interpreter? Then one is there at the first visit.", _born),
        Row("child.communication", "How does {one} communicate? Then the visit can be prepared.", _born),
        Row("child.needs", "Has {one} a disability or special needs? It changes what keeps them safe.", _born),
        Row("child.health_visitor", "Who is the midwife or health visitor of {one}? They are often let in first.", _small),
        Row("child.gp", "Which GP does {one} see? The surgery may know what nobody else does.", _born),
        Row("adult.relationship", "What is {one} to the children? It decides who may be told what."),
        Row("adult.lives_here", "Does {one} live with the children? It shows who is there at night."),
        Row("adult.name", "What is {one} called? With a name, others find what they know."),
        Row("adult.birthday", "When was {one} born? A year is enough to tell them from a namesake."),
        Row("concern.strengths", "What goes well, and who helps? A plan is built on it."),
        Row("concern.parents_view", "What do the parents say? It shows what can change."),
        Row("concern.earlier_help", "What help was tried? Nobody then offers again what has failed."),
        Row("referral.agencies", "Who else works with the family? Each holds a piece."),
        Row("informing.agreed", "Do the parents agree? It goes either way, and shows how to knock."),
        Row("informing.agreed_by", "Who agreed? The worker then knows whom to speak to first.", _agreed),
        Row("informing.covers", "Whose information does that cover? Nobody then says more than was agreed.", _agreed),
        Row("informing.childs_view", "What do the children think of it? They have a right to be asked."),
    ),
    "linked": (
        Row("links.incident", "Which incident is it? By its reference the rest is found.", _at_work),
        Row("links.video", "Is there body-worn video? Its reference, or why there is none, saves a question.", _no_recording),
        Row("links.domestic_abuse", "Is there domestic abuse? The school hears of it by Operation Encompass, not by this form."),
        Row("links.dash", "Which DASH or DARA belongs to it? It is then not done twice.", _abuse),
        Row(
            "links.encompass",
            "Was the school told? This form does not: send the Operation Encompass notice before the next school day. "
            "Its reference goes here.",
            _abuse,
        ),
        Row("child.birthday", "When was {one} born? Even a year tells two children of one name apart.", _age_alone),
        Row("child.sex", "What sex is {one}? It helps to find the right record.", _born),
        Row("child.first_language", "Which language does {one} speak at home? Words come easiest in it.", _born),
        Row("child.ethnicity", "How does {one} describe their ethnicity? It shows whether every community is reached.", _born),
        Row("child.nhs_number", "Has {one} an NHS number that you know? It removes every doubt.", _born),
        Row("child.upn", "Has {one} a pupil number that you know? It finds the right pupil.", _of_school_age),
    ),
    "told": (
        Row("referrer.name", "What is your name? You are then told what became of it.", _named),
        Row("referrer.role", "What is your role? It tells others what you could see.", _at_work),
        Row("referrer.partner", "For whom do you work? The answer then finds you.", _at_work),
        Row("referrer.team", "Which is your team? Somebody there can answer when you are off duty.", _at_work),
        Row("referrer.supervisor", "Who is your supervisor or safeguarding lead? You are then not alone with it.", _at_work),
        Row("referrer.email", "Which e-mail address reaches you? You are told there when there is news.", _named),
        Row("referrer.safe_to_name", "May the family be told that it was you? Nobody then gives it away by mistake.", _named),
        Row("referral.noticed", "When did you come to know of it? Every time limit that protects the child counts from then."),
    ),
})  # fmt: skip

#: Fields that are asked for and never missed: they add to another, or there is often nothing to say.
OPTIONAL: Final = frozenset(
    "referrer.spoke_at referral.route "
    "child.other_names child.due child.age child.whereabouts child.phone child.religion "
    "voice.whereabouts voice.spoken_by voice.heard_by voice.language voice.absence voice.absence_said "
    "adult.other_names adult.address adult.phone adult.risk_to_staff "
    "statement.source statement.text statement.told_by statement.when links.crime links.no_video".split()
)
