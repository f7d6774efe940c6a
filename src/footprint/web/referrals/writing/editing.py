"""One page of the form: which part of the referral it is about, its form, and what the referral says once it is filled in.

Knows no request and no draft: from a referral and what was posted to a referral.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from footprint.referrals.fields import STEPS, Step, asked
from footprint.referrals.fields import step as step_named
from footprint.referrals.importing import LONGEST
from footprint.referrals.parts import NoSuchPart, Place, next_key, part_at, put
from footprint.referrals.prompts import Prompt
from footprint.referrals.referral import Adult, Child, Referral, Source, Statement, Voice, encode
from footprint.referrals.taking_down import tellers, who_told
from footprint.web.referrals.writing.forms import ROUTE, TOLD_BY, AdultForm, StepForm, UrgentForm, VoiceForm

_KEYS: Final = re.compile(r"[cas][1-9]\d{0,2}")
_EMPTY: Final[Mapping[str, Any]] = {"child": Child(key=""), "adult": Adult(key="")}


class _List(NamedTuple):
    """A list of people: the referral's field, and what is not known where nobody of it is."""

    name: str
    what: str


_LISTS: Final[Mapping[str, _List]] = {
    "child": _List("children", "which children there are"),
    "adult": _List("adults", "who else lives there or cares for them"),
}
_OF_SEVERAL: Final = frozenset({"child", "voice", "adult", "statement"})
_TOO_LONG: Final = (
    "A referral can have {most:,} letters, and this is {by:,} too many. Nothing of this page is saved yet, and what you wrote "
    "stands below: shorten it, and give the rest to the front door as a document."
)
#: Whoever does not say how they know claims the least.
_NO_STATEMENT: Final = Statement(source=Source.SUSPECTED, text="")


#: Of what is taken down somebody else is asked about than whoever writes.
_TOLD_BY: Final = step_named("referrer")._replace(
    title="Who told you", lead="So that they can be rung back, and hear what became of it, if they want to."
)


class Writer(NamedTuple):
    """Who fills the form in, as far as it changes the questions: sector, local levels, prompts for a child's voice.

    `partners` are those for whose people they may take something down, by name, each with its sector.
    """

    sector: str
    takes_down: bool
    levels: Mapping[str, str]
    prompts: Mapping[str, Prompt]
    partners: Mapping[str, str] = MappingProxyType({})


class Page(NamedTuple):
    """One page: its step, the key of the child, adult or statement ("" for none), its form, and the prompt of a voice."""

    step: Step
    key: str
    form: StepForm
    prompt: Prompt | None = None


def page_of(said: Referral, step: Step, key: str, writer: Writer, data: Any = None, prompt: str = "") -> Page:
    """Return a page of the form; `data` is what was posted. A key that nobody has yet begins somebody new under that key.

    So whatever is posted twice, or comes late from a phone, is still about one. Raises NoSuchPart for what is no key.
    """
    if step.each and not has(said, step.each, key):
        _check_new(said, step, key)
    told_by = writer.partners.get(said.referrer.partner, "") if said.route else ""
    every = asked(step, writer.sector, told_by)
    fields = [one for one in every if one.key != ROUTE or writer.takes_down]
    if said.route and step.name == "referrer":
        step, fields = _TOLD_BY, [one._replace(label=_of_another(one.label)) for one in fields]
    if step.name == "urgent":
        return Page(
            step,
            "",
            UrgentForm(
                data, takes_down=writer.takes_down, partners=writer.partners, parts=_parts(said, step)
            ),
        )
    if step.name == "voice":
        return _voice(said, step, key, writer, data, prompt)
    parts = _parts(said, step, key)
    if step.name == "household":
        form: StepForm = AdultForm(fields, key, said, data, parts=parts)
    else:
        form = StepForm(fields, data, parts=parts, choices=_choices(said, writer))
    if step.each in _LISTS and not keys_of(said, step.each):
        form.ask_whether_nobody_is_known(_LISTS[step.each].what)
        form.initial["nobody_known"] = _LISTS[step.each].name in said.not_known
    return Page(step, key, form)


def title_of(step: Step, said: Referral) -> str:
    """Return the heading of a step as this referral has it."""
    return _TOLD_BY.title if said.route and step.name == _TOLD_BY.name else step.title


def said_with(said: Referral, page: Page) -> tuple[Referral, str]:
    """Return what the referral says with this page's answers, and the key of whom they are about.

    An empty page about somebody new adds nobody.
    """
    answers = page.form.answers()
    key = page.key
    if page.step.each and not has(said, page.step.each, key):
        if answers.is_blank:
            return _nobody_known(said, page), ""
        said = _begun(said, page.step.each, key)
    for part, values in answers.values.items():
        place = Place(part, key) if part in _OF_SEVERAL else Place(part)
        given = dict(values)
        if part == "statement":
            given["source"] = Source(values.get("source") or part_at(said, place).source)
        said = put(said, place, given, answers.not_known.get(part, ()))
    if page.form.takes_down and said.route:
        route, told_by = who_told(said.route, said.referrer.partner)
        said = msgspec.structs.replace(
            said, route=route, referrer=msgspec.structs.replace(said.referrer, partner=told_by)
        )
    if isinstance(page.form, VoiceForm):
        chosen = {"noted": page.form.words(), "prompt": page.prompt.name if page.prompt else "aware"}
        said = put(said, Place("voice", key), chosen)
    if isinstance(page.form, AdultForm):
        others = [one for one in said.responsibilities if one.adult != key]
        said = msgspec.structs.replace(said, responsibilities=(*others, *page.form.responsibilities(key)))
    return said, key


def is_too_long(said: Referral, form: StepForm) -> bool:
    """Say whether a referral is longer than any may be, and say it at the form's longest answer. Then nothing is to be saved."""
    by = len(encode(said)) - LONGEST
    if by <= 0:
        return False
    longest = max(form.fields, key=lambda name: len(str(form[name].data or "")))
    form.add_error(longest, _TOO_LONG.format(most=LONGEST, by=by))
    return True


def without(said: Referral, step: Step, key: str) -> Referral:
    """Return the referral without a child, an adult or a statement, and without what is said of their responsibilities."""
    part_at(said, Place(step.each, key))
    if step.each == "statement":
        kept = tuple(one for n, one in enumerate(said.concern.statements, 1) if f"s{n}" != key)
        return put(said, Place("concern"), {"statements": kept})
    name = _LISTS[step.each].name
    return msgspec.structs.replace(
        said,
        **{name: tuple(one for one in getattr(said, name) if one.key != key)},
        responsibilities=tuple(one for one in said.responsibilities if key not in (one.child, one.adult)),
    )


def next_after(said: Referral, page: Page, key: str) -> tuple[str, str]:
    """Return the step, and the key in it, that comes after this page; ("", "") at the end of the form.

    After a child comes what that child says, then the next child of whom nothing is noted, and then the next step.
    """
    if page.step.name == "child" and key:
        child = part_at(said, Place("child", key))
        if not child.expected:
            return "voice", key
    if page.step.each == "child":
        unheard = (one.key for one in said.children if one.voice is None and not one.expected)
        if silent := next(unheard, ""):
            return "voice", silent
    names = [one.name for one in STEPS]
    following = names.index("voice" if page.step.name == "child" else page.step.name) + 1
    if following == len(names):
        return "", ""
    then = STEPS[following]
    return then.name, _first(said, then)


def fresh_key(said: Referral, each: str) -> str:
    """Return the key under which the next child, adult or statement begins."""
    return f"s{len(said.concern.statements) + 1}" if each == "statement" else next_key(said, each)


def has(said: Referral, each: str, key: str) -> bool:
    """Say whether the referral has a child, an adult or a statement under this key."""
    return key in keys_of(said, each)


def keys_of(said: Referral, each: str) -> list[str]:
    """Return the keys of the children, adults or statements that there are."""
    if each == "statement":
        return [f"s{number}" for number, _ in enumerate(said.concern.statements, 1)]
    return [one.key for one in (said.children if each == "child" else said.adults)]


def _first(said: Referral, step: Step) -> str:
    """The key with which a step of several begins: the first one there is, or a new one."""
    if not step.each:
        return ""
    return next(iter(keys_of(said, step.each)), fresh_key(said, step.each))


def _check_new(said: Referral, step: Step, key: str) -> None:
    is_next = step.each != "statement" or key == fresh_key(said, step.each)
    if step.name == "voice" or not _KEYS.fullmatch(key) or key[0] != step.each[0] or not is_next:
        raise NoSuchPart(NoSuchPart.__doc__)


def _parts(said: Referral, step: Step, key: str = "") -> dict[str, Any]:
    if not step.each:
        return {part: part_at(said, Place(part)) for part in {one.part for one in step.fields}}
    if not has(said, step.each, key):
        return {step.each: _EMPTY[step.each]} if step.each in _EMPTY else {}
    return {step.each: part_at(said, Place(step.each, key))}


def _voice(said: Referral, step: Step, key: str, writer: Writer, data: Any, prompt: str) -> Page:
    child: Child = part_at(said, Place("child", key))
    voice = child.voice or Voice()
    chosen = (
        writer.prompts.get(prompt) or writer.prompts.get(voice.prompt) or next(iter(writer.prompts.values()))
    )
    baby = voice.absence == "baby" or child.age.startswith(("baby", "0"))
    form = VoiceForm(asked(step, writer.sector), chosen.lines, voice, data, baby=baby)
    return Page(step, key, form, chosen)


def _choices(said: Referral, writer: Writer) -> dict[str, Mapping[str, str]]:
    """The lists that are the partnership's own: its levels and, of what is taken down, who may tell it."""
    levels = {"request.level": writer.levels}
    if not (said.route and writer.takes_down):
        return levels
    return levels | {TOLD_BY: tellers(writer.partners, said.referrer.partner)}


def _of_another(label: str) -> str:
    return (
        label.replace("Your ", "Their ")
        .replace("it was you?", "it was them?")
        .replace("you come", "they come")
    )


def _nobody_known(said: Referral, page: Page) -> Referral:
    """The referral with what was said of a whole list: that it is not known, or no longer so."""
    if page.form.nobody_known is None:
        return said
    name = _LISTS[page.step.each].name
    return put(
        said, Place("referral"), {name: ()}, [name] if page.form.cleaned_data.get("nobody_known") else []
    )


def _begun(said: Referral, each: str, key: str) -> Referral:
    if each == "statement":
        return put(said, Place("concern"), {"statements": (*said.concern.statements, _NO_STATEMENT)})
    if each == "child":
        return msgspec.structs.replace(said, children=(*said.children, Child(key=key)))
    return msgspec.structs.replace(said, adults=(*said.adults, Adult(key=key)))
