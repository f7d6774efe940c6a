"""Which examples there are, and whether a form may become one."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import QuerySet

from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode, encode
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.auditing.sample.blindness import blind_to
from footprint.web.referrals.desk.grading_queries import marking_of
from footprint.web.referrals.models import Example, HeldSentence, Referral, Version
from footprint.web.referrals.protecting import as_recipients_read, words_read_by
from footprint.web.referrals.queries import NotFound, is_author, referral_of

#: One sentence for all reasons for which a part is held back: none of them is told.
HELD_BACK: Final = "Part of this form is held back, or was. Such a form becomes no example: choose another."


#: Bytes of a form. What is longer teaches nobody how to write, and is no form that a person reads line by line.
LONGEST: Final = 20_000
TOO_LONG: Final = (
    "This form is too long for an example: nobody reads so much before they write. Choose another."
)


class Offerable(NamedTuple):
    """What a form says, and what it said before: names that were taken out since are taken out of the example, too."""

    said: Said
    earlier: tuple[Said, ...]


class NoExample(ValueError):
    """This form may not become an example. The message says so to whoever grades it."""


def graded_form(actor: Actor, referral_id: str) -> Referral:
    """Return a referral within reach, not the actor's own, whose form is graded. Raises as `referral_of` does."""
    held = referral_of(actor, referral_id)
    if is_author(actor, held) or marking_of(held) is None or held.pk in blind_to(actor):
        raise NotFound
    return held


def offerable(referral: Referral) -> Offerable:
    """Return what a form says, as its recipients read it. Raises NoExample where anything of any version is or was held back."""
    if HeldSentence.objects.filter(version__referral=referral).exists():
        raise NoExample(HELD_BACK)
    *earlier, said = (
        decode(row.content) for row in Version.objects.filter(referral=referral).order_by("number")
    )
    if any(as_recipients_read(referral, one) != one for one in (*earlier, said)):
        raise NoExample(HELD_BACK)
    if len(encode(said)) > LONGEST:
        raise NoExample(TOO_LONG)
    return Offerable(said, tuple(earlier))


class Shown(NamedTuple):
    """An example as somebody may read it: its name here, its criterion, and labels with texts."""

    pk: int
    criterion: str
    lines: tuple[tuple[str, str], ...]


def examples(actor: Actor) -> list[Shown]:
    """Return the examples of the actor's partnership that stand, those of others masked: much was typed anew."""
    return [
        Shown(
            row.pk,
            row.criterion,
            tuple((label, words_read_by(actor.user_id, row.offered_by, text)) for label, text in row.lines),
        )
        for row in _standing(actor).select_related("offered_by")
    ]


def example_of(actor: Actor, example_id: int) -> Example:
    """Return an example that stands. Raises NotFound."""
    found = _standing(actor).filter(pk=example_id).first()
    if found is None:
        raise NotFound
    return found


def _standing(actor: Actor) -> QuerySet[Example]:
    return Example.objects.filter(partnership=actor.partnership, withdrawn_on__isnull=True)
