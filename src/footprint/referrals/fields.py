"""The form as data: its steps, and each field with its label, its hint and what kind of answer it takes.

The web form, the printed form, the import and the list of gaps all read this. A field's name is that of the value in
`referral`; its part is one of `parts.PARTS`. Nothing here is required, and the first step is all that an urgent referral needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals import codes, prompts

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Kind(StrEnum):
    """What kind of answer a field takes."""

    LINE = "line"
    TEXT = "text"
    NAMES = "names"
    YES_NO = "yes-no"
    CHOICE = "choice"
    DATE = "date"  # an ISO date, of which a part is enough
    MOMENT = "moment"  # an ISO instant with its offset
    PHONE = "phone"
    EMAIL = "email"


class Field(NamedTuple):
    """One question. `choices` are codes with labels; `sectors` are those whose people are asked, all where it is empty.

    `fact`: about the family or the event, so that "not known" is an answer to it. `concept`: of the child's voice.
    """

    part: str
    name: str
    label: str
    hint: str = ""
    kind: Kind = Kind.LINE
    choices: Mapping[str, str] = _NONE
    fact: bool = True
    concept: str = ""
    sectors: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Return part and name: child.birthday."""
        return f"{self.part}.{self.name}"


class Step(NamedTuple):
    """One page of the form. `each`: the part that it is filled in for, one after the other ("child", "adult", "statement")."""

    name: str
    title: str
    lead: str
    fields: tuple[Field, ...]
    each: str = ""


_POLICE: Final = frozenset({"police"})
#: What is asked of whoever rings up, too: by these their own organisation finds the referral again.
_REFERENCES: Final = frozenset({"links.incident", "links.crime"})
#: Who takes down what comes by phone or letter.
_FRONT_DOOR: Final = frozenset({"childrens-social-care"})
SEXES: Final = MappingProxyType({"female": "Female", "male": "Male", "unborn": "Not born yet"})
_SOURCES: Final = MappingProxyType(
    {"seen": "I saw or heard it myself", "told": "Somebody told me", "suspected": "I suspect it"}
)

URGENT: Final = Step(
    "urgent",
    "Five answers send it",
    "This is enough to send. Everything else can follow, and nothing waits for it.",
    (
        Field(
            "referral", "who", "Who is it about?",
            "Names if you have them. If not, what you know: three children upstairs, the youngest about two.",
        ),
        Field("referral", "place", "Where are they now?", "An address to the flat, or how to find it."),
        Field(
            "concern", "wrong", "What is wrong?",
            "What you saw or were told, in a sentence or two.", Kind.TEXT, fact=False,
        ),
        Field(
            "safety", "danger_now", "Is anybody in danger right now?",
            "If yes, ring 999 or call for help first. Then send this.", Kind.YES_NO,
        ),
        Field("referrer", "phone", "Your number", "The one you will answer tonight.", Kind.PHONE, fact=False),
    ),
)  # fmt: skip

STEPS: Final = (
    URGENT,
    Step(
        "safety",
        "Safe now",
        "What was done, and who knows of it.",
        (
            Field("safety", "called_999", "Was 999 called?", "Or help, over the radio.", Kind.YES_NO, fact=False),
            Field(
                "referrer", "spoke_to", "Whom at the front door did you speak to?",
                "If somebody is in danger, ring: a form can lie unread for an hour.", fact=False,
            ),
            Field("referrer", "spoke_at", "When did you speak to them?", "", Kind.MOMENT, fact=False),
            Field(
                "safety", "action_taken", "What was done already?",
                "Arrest, police protection, a doctor, children taken to their grandmother.", Kind.TEXT,
            ),
            Field(
                "safety", "plan", "How are the children safe until somebody comes?",
                "Who is with them, and until when.", Kind.TEXT,
            ),
            Field(
                "safety", "risk_at_place", "What should whoever goes there know?",
                "Dogs, violence, weapons, a locked gate.", Kind.TEXT,
            ),
            Field(
                "referral", "worker", "Does the family have a social worker or family worker?",
                "Name, team and number, or “No”. Ring them yourself if you can; the front door is asked to tell them, too.",
            ),
            Field(
                "referral", "agencies", "Who else works with the family?",
                "School, health visitor, youth worker: names and numbers.", Kind.TEXT,
            ),
        ),
    ),
    Step(
        "child",
        "Each child",
        "Every child of the home, and a baby who is expected. What you do not know can be left, or said not to be known.",
        (
            Field(
                "child", "name", "Full name",
                "First names and family name. For an expected baby: Baby, and the mother's name.",
            ),
            Field("child", "other_names", "Other names", "Nicknames, and names used before.", Kind.NAMES),
            Field("child", "birthday", "Date of birth", "A year, or a month and a year, helps too.", Kind.DATE),
            Field("child", "due", "Or when the baby is due", "Only for a baby who is not born yet.", Kind.DATE),
            Field("child", "age", "Or about how old", "About seven."),
            Field("child", "sex", "Sex", "", Kind.CHOICE, SEXES),
            Field(
                "child", "looks", "What does the child look like?",
                "So that whoever goes there knows which child is meant.", Kind.TEXT,
            ),
            Field("child", "address", "Where does the child live?", "If it is not where they are now."),
            Field("child", "whereabouts", "Where is the child now?", "If not at home."),
            Field("child", "phone", "A number that reaches the child", "If it is safe to ring or text it.", Kind.PHONE),
            Field("child", "school", "School, nursery or college", "Or educated at home, or not in school."),
            Field("child", "gp", "GP"),
            Field("child", "health_visitor", "Health visitor or midwife"),
            Field("child", "ethnicity", "Ethnicity", "As the child or the family says it."),
            Field("child", "religion", "Religion", "As the child or the family says it."),
            Field("child", "first_language", "First language"),
            Field(
                "child", "interpreter", "Is an interpreter needed?",
                "Never a relative, and never another child.", Kind.YES_NO,
            ),
            Field("child", "communication", "How does the child communicate?", "Speech, signs, a device, pictures."),
            Field("child", "needs", "Disability or special needs", "", Kind.TEXT),
            Field("child", "nhs_number", "NHS number", "Ten figures."),
            Field("child", "upn", "Unique pupil number", "The school has it."),
            Field(
                "child", "impact", "What does this mean for this child?",
                "Day and night: sleep, food, school, fear, who looks after whom.", Kind.TEXT,
            ),
        ),
        each="child",
    ),
    Step(
        "voice",
        "What each child says",
        "In the child's own words, with what you asked. Listen. Ask open questions only: tell me, explain, describe. Ask no "
        "more than you need to make the child safe. A baby says it without words.",
        (
            Field("voice", "present", "Where was the child?", "", Kind.CHOICE, prompts.PRESENCE, concept="presence"),
            Field(
                "voice", "whereabouts", "Where in the home?",
                "Behind the bedroom door, on the stairs.", concept="presence",
            ),
            Field("voice", "spoken_by", "Who spoke with the child?", "", concept="seen"),
            Field("voice", "alone", "Was the child seen without an adult of the home?", "", Kind.YES_NO, concept="seen"),
            Field("voice", "heard_by", "Who could hear?", "", concept="words"),
            Field("voice", "language", "In which language, and who interpreted?", "", concept="words"),
            Field("voice", "absence", "If there are no words, why not?", "", Kind.CHOICE, prompts.ABSENCES, concept="words"),
            Field("voice", "absence_said", "Say more, if it helps", "", Kind.TEXT, concept="words"),
        ),
        each="child",
    ),
    Step(
        "household",
        "Adults and others",
        "Everybody in the home or in the children's lives: parents who live elsewhere, new partners, grandparents, lodgers.",
        (
            Field("adult", "name", "Full name"),
            Field("adult", "other_names", "Other names", "Before marriage, nicknames, other spellings.", Kind.NAMES),
            Field("adult", "birthday", "Date of birth", "A year helps too.", Kind.DATE),
            Field("adult", "relationship", "Who are they to the children?", "Mother, his new partner, lodger."),
            Field("adult", "lives_here", "Do they live with the children?", "", Kind.YES_NO),
            Field("adult", "address", "Address", "If they live elsewhere."),
            Field(
                "adult", "phone", "Phone",
                "Is it safe to ring them? When, and who else might answer? Say it under “Is it safe to visit or ring them?”.",
                Kind.PHONE,
            ),
            Field(
                "adult", "risk_to_staff", "Is it safe to visit or ring them?",
                "Violence, weapons, dogs, threats. Whether to ring, when, and who might answer.", Kind.TEXT,
            ),
        ),
        each="adult",
    ),
    Step(
        "statement",
        "What happened",
        "One thing at a time, and how you know it. What was seen weighs differently from what is feared; both count.",
        (
            Field("statement", "source", "How do you know?", "", Kind.CHOICE, _SOURCES, fact=False),
            Field(
                "statement", "text", "What happened?",
                "Who, what, where. What you saw, not what it made you think.",
                Kind.TEXT, fact=False,
            ),
            Field(
                "statement", "told_by", "Who told you?",
                "What they are to the child is enough. Leave it out if it would put them at risk.",
            ),
            Field("statement", "when", "When was it?", "Tuesday after school; most nights since March."),
        ),
        each="statement",
    ),
    Step(
        "history",
        "Before today",
        "A pattern is seen only when somebody writes it down.",
        (
            Field(
                "concern", "injuries", "Injuries",
                "Where on the body, what size and colour, and how it was explained.", Kind.TEXT,
            ),
            Field("concern", "different_now", "What is different now?", "Why today, and not last month.", Kind.TEXT),
            Field("concern", "history", "What was there before?", "", Kind.TEXT),
            Field(
                "concern", "earlier_incidents", "Earlier incidents",
                "How many, and when: four calls since June.", Kind.TEXT,
            ),
            Field(
                "concern", "strengths", "What goes well, and who helps",
                "A grandmother next door, school every day.", Kind.TEXT,
            ),
            Field("concern", "parents_view", "What do the parents say?", "", Kind.TEXT),
            Field("concern", "earlier_help", "What help was tried, and did it help?", "", Kind.TEXT),
        ),
    ),
    Step(
        "informing",
        "Telling the family",
        "It is right to tell them, unless that would put somebody at risk. Sharing to protect a child does not wait for consent.",
        (
            Field("informing", "parents_told", "Do the parents know of this referral?", "", Kind.YES_NO),
            Field("informing", "reason", "If not, why not?", "", Kind.CHOICE, codes.NOT_INFORMED, fact=False),
            Field("informing", "explanation", "Say more", "What would happen if they were told.", Kind.TEXT, fact=False),
            Field(
                "informing", "agreed", "Do they agree to it?",
                "It is sent either way. It tells the worker how to knock.", Kind.YES_NO,
            ),
            Field("informing", "agreed_by", "Who agreed?"),
            Field(
                "informing", "covers", "Whose information does that cover?",
                "The children, both parents, the mother alone.",
            ),
            Field("informing", "childs_view", "What does the child think of it?", "", Kind.TEXT),
        ),
    ),
    Step(
        "request",
        "What is asked for",
        "In your own words, as you would say it on the phone.",
        (
            Field("request", "level", "Level of need", "As the local threshold document has it.", Kind.CHOICE, fact=False),
            Field(
                "request", "argument", "Why this level?",
                "What you saw that makes it this and not the one below.", Kind.TEXT, fact=False,
            ),
            Field("request", "asked", "What should happen next?", "", Kind.TEXT, fact=False),
        ),
    ),
    Step(
        "links",
        "References",
        "So that what belongs together is found again. References only: no footage, and no story.",
        (
            Field("links", "incident", "Incident or occurrence", "", fact=False, sectors=_POLICE),
            Field("links", "crime", "Crime reference", "If there is one.", sectors=_POLICE),
            Field("links", "video", "Body-worn video", "The reference of the recording.", fact=False, sectors=_POLICE),
            Field(
                "links", "no_video", "If there is none, why not?",
                "", Kind.CHOICE, codes.NO_VIDEO, fact=False, sectors=_POLICE,
            ),
            Field("links", "domestic_abuse", "Is there domestic abuse?", "", Kind.YES_NO),
            Field("links", "dash", "DASH or DARA", "The reference of the risk assessment.", sectors=_POLICE),
            Field(
                "links", "encompass", "Operation Encompass",
                "The reference of the notice to the school. This form does not tell the school.", sectors=_POLICE,
            ),
        ),
    ),
    Step(
        "referrer",
        "You",
        "So that you can be rung back, and hear what became of it.",
        (
            Field("referrer", "name", "Your name", fact=False),
            Field("referrer", "role", "Your role", "Constable, health visitor, deputy head.", fact=False),
            Field("referrer", "partner", "Your organisation", fact=False),
            Field("referrer", "team", "Your team", fact=False),
            Field("referrer", "email", "Your e-mail", "", Kind.EMAIL, fact=False),
            Field("referrer", "supervisor", "Your supervisor or safeguarding lead", fact=False),
            Field("referrer", "safe_to_name", "May the family be told that it was you?", "", Kind.YES_NO, fact=False),
            Field("referral", "noticed", "When did you come to know of it?", "", Kind.MOMENT, fact=False),
            Field(
                "referral", "route", "How did it come?", "", Kind.CHOICE, codes.ROUTES, fact=False, sectors=_FRONT_DOOR,
            ),
        ),
    ),
)  # fmt: skip

FIELDS: Final[Mapping[str, Field]] = MappingProxyType(
    {field.key: field for step in STEPS for field in step.fields}
)
_STEP_OF: Final = {field.key: step.name for step in STEPS for field in step.fields}


def step_of(field: Field) -> str:
    """Return the name of the step in which a field is asked."""
    return _STEP_OF[field.key]


def step(name: str) -> Step:
    """Return a step by its name. Raises LookupError for a name that no step has."""
    for one in STEPS:
        if one.name == name:
            return one
    raise LookupError(f"The form has no step '{name}'.")


def asked(one: Step, sector: str, told_by: str = "") -> tuple[Field, ...]:
    """Return the fields of a step that somebody of this sector is asked: a teacher has no body-worn video.

    `told_by` is the sector of whoever tells it, where somebody else takes it down: of theirs the references are asked for.
    """
    theirs = _REFERENCES if told_by else frozenset()
    return tuple(
        field
        for field in one.fields
        if not field.sectors or sector in field.sectors or (field.key in theirs and told_by in field.sectors)
    )
