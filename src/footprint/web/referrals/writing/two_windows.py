"""One step in two windows: each form brings a mark of what it was made from, so that the later one takes nothing of the other's.

What this window left alone stays as the other saved it. What both changed is saved as the other had it, and shown beside
what was typed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from django.forms import BaseForm
from django.http import QueryDict

#: The name of the field that brings the mark.
MADE_FROM: Final = "made_from"
_BOTH: Final = (
    "Saved meanwhile from another window: “{saved}”. What you wrote here stands below and is not saved yet: "
    "make one text of the two, and save again."
)
_BOTH_CHOSEN: Final = (
    "Another answer was saved meanwhile from another window. Choose which is to stand, and save again."
)


def mark_of(form: BaseForm) -> str:
    """Return what a form is made from: each field with a digest of its answer, as `name=1f2e3d4c name=...`."""
    return " ".join(f"{name}={_digest(form, name, form.initial.get(name))}" for name in form.fields)


def with_the_others(before: BaseForm, posted: BaseForm, sent: QueryDict) -> tuple[QueryDict, dict[str, str]]:
    """Return what is to be saved, and what to say at each field that both windows changed.

    `before` is the form of what is saved now, `posted` the same form with what was `sent`. What brings no mark is saved as it is.
    """
    data = sent.copy()
    made_from = _marks(sent)
    crossed: dict[str, str] = {}
    for name in before.fields:
        saved = before.initial.get(name)
        now, typed = _digest(before, name, saved), _digest(before, name, posted[name].data)
        was = made_from.get(name, now)
        if now in (was, typed):
            continue
        if typed == was:
            data.setlist(name, _as_posted(saved))
        else:
            chosen = hasattr(before.fields[name], "choices") or isinstance(saved, bool)
            crossed[name] = _BOTH_CHOSEN if chosen else _BOTH.format(saved=saved)
    return data, crossed


def key_now(forms: Mapping[str, BaseForm], key: str, sent: QueryDict, name: str) -> str:
    """Return under which key stands now what a page was made from, where what is counted moves when one before it is taken out.

    `forms` are those of what is saved now, by key, and `name` the field that tells one from another. Where it stands nowhere any
    more, "": what was sent is then saved beside the others, for it may be of none of them. What brings no mark is of `key`.
    """
    was = _marks(sent).get(name)
    if was is None:
        return key
    stands = {one: _digest(form, name, form.initial.get(name)) for one, form in forms.items()}
    typed = next((_digest(form, name, sent.get(name)) for form in forms.values()), "")
    if stands.get(key) in (was, typed):
        return key
    return next((one for one, digest in stands.items() if digest == was), "")


def with_what_stands(before: BaseForm, sent: QueryDict) -> QueryDict:
    """Return what was sent, with what is saved wherever it says nothing: the page may be older than what was written since."""
    data = sent.copy()
    for name, field in before.fields.items():
        # A choice that was made is an answer, though it stands for nothing.
        if not (hasattr(field, "choices") and name in data) and not any(map(str.strip, data.getlist(name))):
            data.setlist(name, _as_posted(before.initial.get(name)))
    return data


def _marks(sent: QueryDict) -> dict[str, str]:
    return dict(one.partition("=")[::2] for one in sent.get(MADE_FROM, "").split())


def _digest(form: BaseForm, name: str, value: Any) -> str:
    """A digest of an answer, equal for what is shown and for what comes back of it untouched."""
    said = [" ".join(one.split()) for one in _as_posted(value)]
    if choices := getattr(form.fields[name], "choices", ()):
        can_be = {str(code) for code, _ in choices}
        said = sorted(one for one in said if one in can_be)
    return hashlib.sha256("\n".join(filter(None, said)).encode()).hexdigest()[:8]


def _as_posted(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(getattr(value, "value", value))] if value else []
