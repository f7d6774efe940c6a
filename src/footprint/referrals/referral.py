"""What a referral says, as values: whom it is about, what happened, what each child said, what is asked for.

A referral (MARF, multi-agency referral form) is never edited: whoever sent it may add to it, and each addition is a further
version that stands beside the earlier ones. Nothing in it is required (a poor referral about a child in danger must get
through); a field is given, said not to be known, or blank, and only what is blank is a gap. Sections and fields follow the
forms that English partnerships publish; concepts of the child's voice are in `prompts`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec


class Said(StrEnum):
    """An answer to a question that can be answered by yes or no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Source(StrEnum):
    """How whoever writes knows: seen with own eyes, told by somebody, or suspected."""

    SEEN = "seen"
    TOLD = "told"
    SUSPECTED = "suspected"


class _Part(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    # `not_known` holds the names of this part's fields that were asked for and answered with "not known".
    not_known: frozenset[str] = frozenset()

    def gives(self, field: str) -> bool:
        """Say whether this field has an answer."""
        return bool(getattr(self, field))

    def is_blank(self, field: str) -> bool:
        """Say whether this field has neither an answer nor "not known"."""
        return not self.gives(field) and field not in self.not_known


class Words(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What was noted under one concept of a prompt: `verbatim` marks the child's own words, never a summary."""

    concept: str
    text: str
    verbatim: bool = False


class Voice(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """One child's voice: which prompt was used, who spoke with the child, and what was noted.

    `present` is one of `prompts.PRESENCE`, and `whereabouts` where in the home the child was; `alone` says whether the child
    was seen without an adult of the household; `absence` is one of `prompts.ABSENCES` where there are no words, with
    `absence_said` in the writer's words.
    """

    prompt: str = "aware"
    present: str = ""
    whereabouts: str = ""
    spoken_by: str = ""
    alone: Said | None = None
    language: str = ""
    heard_by: str = ""
    noted: tuple[Words, ...] = ()
    absence: str = ""
    absence_said: str = ""


class Child(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """One child, or an expected baby (`due`: expected date of delivery). `key` names it within this referral: c1, c2.

    `birthday` and `due` are ISO dates, in part where only a part is known (2017, 2017-04). `age` is what was guessed where no
    date is known. `looks` describes the child so that the right one is found. `record` is the key of the partner's record
    that it was filled from (PARTNER/SCHEME/ID), where the writer chose one.
    """

    key: str
    name: str = ""
    other_names: tuple[str, ...] = ()
    birthday: str = ""
    due: str = ""
    age: str = ""
    sex: str = ""
    ethnicity: str = ""
    religion: str = ""
    first_language: str = ""
    interpreter: Said | None = None
    communication: str = ""
    needs: str = ""
    nhs_number: str = ""
    upn: str = ""
    address: str = ""
    whereabouts: str = ""
    phone: str = ""
    school: str = ""
    gp: str = ""
    health_visitor: str = ""
    looks: str = ""
    impact: str = ""
    voice: Voice | None = None
    record: str = ""

    @property
    def expected(self) -> bool:
        """Say whether this is a baby that is not yet born."""
        return bool(self.due) and not self.birthday


class Adult(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """A grown-up, or another member of the household who is not referred. `key`: a1, a2.

    `lives_here` says whether it is the child's household; `relationship` is in the writer's words ("mother", "his new partner").
    `risk_to_staff`: dogs, violence, weapons.
    """

    key: str
    name: str = ""
    other_names: tuple[str, ...] = ()
    birthday: str = ""
    relationship: str = ""
    lives_here: Said | None = None
    address: str = ""
    phone: str = ""
    risk_to_staff: str = ""
    record: str = ""


class Responsibility(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an adult has parental responsibility for a child (Children Act 1989, sections 2 to 4A)."""

    child: str
    adult: str
    held: Said


class Statement(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that happened or is feared: how the writer knows, from whom, and when it was. `when` in the writer's words."""

    source: Source
    text: str
    told_by: str = ""
    when: str = ""


class Concern(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """What is wrong. `wrong` is the one sentence of an urgent referral; `statements` part what was seen from what is feared."""

    wrong: str = ""
    statements: tuple[Statement, ...] = ()
    injuries: str = ""
    different_now: str = ""
    history: str = ""
    earlier_incidents: str = ""
    strengths: str = ""
    parents_view: str = ""
    earlier_help: str = ""


class Safety(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """Whether anybody is in danger now, what was done, how the child is safe meanwhile, and what awaits whoever goes there.

    `risk_at_place`: dogs, violence, weapons, where nobody could say whose they are.
    """

    danger_now: Said | None = None
    called_999: Said | None = None
    action_taken: str = ""
    plan: str = ""
    risk_at_place: str = ""


class Informing(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """Whether the family was told and agrees, and where not, why not.

    `reason` is one of `codes.NOT_INFORMED` with `explanation` in the writer's words; `covers` says whose information the
    agreement covers. Agreement is engagement: it is not what makes sharing lawful.
    """

    parents_told: Said | None = None
    agreed: Said | None = None
    agreed_by: str = ""
    covers: str = ""
    reason: str = ""
    explanation: str = ""
    childs_view: str = ""


class Request(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """The level of need as the local threshold document has it, argued, and what is asked for.

    `level` is a code of the partnership's own continuum of need; levels are compared by their order alone.
    """

    level: str = ""
    argument: str = ""
    asked: str = ""


class Links(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """References in other systems, by which what belongs together is found again. No footage and no narrative.

    `video` is the asset's reference; where there is none, `no_video` is one of `codes.NO_VIDEO`. `dash` is the reference of
    the domestic abuse risk assessment (DASH or DARA) and `encompass` that of the notice to the school.
    """

    incident: str = ""
    crime: str = ""
    video: str = ""
    no_video: str = ""
    dash: str = ""
    encompass: str = ""
    domestic_abuse: Said | None = None


class Referrer(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """Who refers. `phone` is the number to ring back now. `safe_to_name`: whether the family may be told who it was."""

    name: str = ""
    role: str = ""
    partner: str = ""
    team: str = ""
    phone: str = ""
    email: str = ""
    supervisor: str = ""
    spoke_to: str = ""
    spoke_at: str = ""
    safe_to_name: Said | None = None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Something that another system's form said and that has no place here: where it stood, and the text as it was."""

    where: str
    text: str


class SourceForm(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The form of another system that this was read from: the reference that it has there, and what was not understood.

    `danger_unread` says that its answer on danger is among that: whether somebody is in danger now is not known.
    """

    reference: str = ""
    unread: tuple[Unread, ...] = ()
    danger_unread: bool = False


class Referral(_Part, frozen=True, omit_defaults=True, kw_only=True):
    """All that a referral says, in one version. `noticed` is when the writer came to know, as an ISO instant.

    `who` and `place` are the first two of the five fields of an urgent referral, in one line each; `children` and their
    addresses say the same in full, and may follow. `worker` is the worker whom the family already has, if anybody knows, and
    `agencies` are the others who know it. `route` is one of `codes.ROUTES`: how it came, where not by this form, and `imported`
    is the form of another system of which it is a reading.
    """

    route: str = ""
    referrer: Referrer = Referrer()
    who: str = ""
    place: str = ""
    noticed: str = ""
    worker: str = ""
    agencies: str = ""
    concern: Concern = Concern()
    safety: Safety = Safety()
    children: tuple[Child, ...] = ()
    adults: tuple[Adult, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    informing: Informing = Informing()
    request: Request = Request()
    links: Links = Links()
    imported: SourceForm = SourceForm()

    @property
    def rouses(self) -> bool:
        """Say whether somebody must look now: it says danger, or what another system's form says of danger was not understood."""
        return self.urgent or self.imported.danger_unread

    @property
    def urgent(self) -> bool:
        """Say whether somebody is in danger now, as far as the writer says; this is an answer of the form, no score."""
        return self.safety.danger_now is Said.YES


_REFERRAL: Final = msgspec.json.Decoder(Referral)


def encode(referral: Referral) -> bytes:
    """Return the referral as JSON, in one spelling: equal referrals are equal bytes."""
    return msgspec.json.encode(referral, order="deterministic")


def decode(text: bytes | str) -> Referral:
    """Return the referral that was written as JSON. Raises msgspec.ValidationError, which says where it does not fit."""
    return _REFERRAL.decode(text)
