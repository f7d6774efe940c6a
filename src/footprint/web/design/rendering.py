"""From a bound form field to its component, and from a form's errors to the summary at the top of the page.

The summary's links lead to the first thing that can be typed in or ticked, whose id is the field's own.
"""

from __future__ import annotations

from typing import Any, Final

from django.forms import BaseForm, BoundField, CheckboxInput, PasswordInput
from markupsafe import Markup

from footprint.web.design.components import components
from footprint.web.design.fields import (
    ChoiceField,
    Drawn,
    ParagraphField,
    PasswordField,
    SeveralField,
    TextField,
    TickField,
)

#: More choices than this do not stand in one line unless they are small.
_LARGE: Final = 3


def field(bound: BoundField, *, heading: bool = False) -> Markup:
    """Draw a field with its label, hint, error and value. With `heading` its label is the page's heading."""
    drawn = bound.field if isinstance(bound.field, Drawn) else _foreign(bound)
    return components()[drawn.macro](_parameters(bound, drawn, heading=heading))


def _foreign(bound: BoundField) -> Drawn:
    """What draws a field of a library's own form (sign-in): by its widget."""
    widget = bound.field.widget
    options = {"hint": str(bound.help_text), "autocomplete": str(widget.attrs.get("autocomplete", "off"))}
    if isinstance(widget, PasswordInput):
        return PasswordField(**options)
    return TickField(**options) if isinstance(widget, CheckboxInput) else TextField(**options)


def hidden_fields(form: BaseForm) -> Markup:
    """Draw the fields that nobody sees."""
    return Markup("").join(bound.as_hidden() for bound in form.hidden_fields())


def error_summary(*forms: BaseForm) -> Markup:
    """Draw what is to be put right, each a link to its field; nothing where all is well."""
    items = [
        {"text": str(message), "href": f"#{form[name].auto_id}"}
        if name != "__all__"
        else {"text": str(message)}
        for form in forms
        for name, messages in form.errors.items()
        for message in messages
    ]
    if not items:
        return Markup("")
    return components()["govukErrorSummary"]({"titleText": "There is a problem", "errorList": items})


def _parameters(bound: BoundField, drawn: Drawn, *, heading: bool) -> dict[str, Any]:
    parameters: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name}
    if drawn.hint:
        parameters["hint"] = {"text": drawn.hint}
    if bound.errors:
        parameters["errorMessage"] = {"text": str(bound.errors[0])}
    size = "l" if heading else drawn.label_size
    if isinstance(drawn, ChoiceField | SeveralField):
        return parameters | _several(bound, drawn, size, heading=heading)
    if isinstance(drawn, TickField):
        item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
        parameters.pop("id")
        return parameters | {"idPrefix": bound.auto_id, "items": [item]}
    parameters["label"] = {
        "text": str(bound.label),
        "classes": f"govuk-label--{size}",
        "isPageHeading": heading,
    }
    if drawn.macro == "govukSelect":
        value = str(bound.value() or "")
        choices = getattr(drawn, "choices", ())
        return parameters | {
            "items": [{"value": key, "text": text, "selected": str(key) == value} for key, text in choices]
        }
    return parameters | _typed(bound, drawn)


def _several(
    bound: BoundField, drawn: ChoiceField | SeveralField, size: str, *, heading: bool
) -> dict[str, Any]:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None}
    items = []
    choices: Any = drawn.choices
    for number, (key, text) in enumerate(choices):
        item: dict[str, Any] = {"value": str(key), "text": str(text), "checked": str(key) in chosen}
        # The first is named like the field, so that the error summary's link finds it.
        item["id"] = bound.auto_id if number == 0 else f"{bound.auto_id}-{number + 1}"
        if hint := drawn.hints.get(str(key)):
            item["hint"] = {"text": hint}
        items.append(item)
    inline = getattr(drawn, "inline", False)
    small = not inline or len(items) > _LARGE
    kind = "govuk-radios" if isinstance(drawn, ChoiceField) else "govuk-checkboxes"
    return {
        "idPrefix": bound.auto_id,
        "fieldset": {
            "legend": {
                "text": str(bound.label),
                "classes": f"govuk-fieldset__legend--{size}",
                "isPageHeading": heading,
            }
        },
        "items": items,
        "classes": " ".join(
            f"{kind}--{name}" for name, is_so in (("inline", inline), ("small", small)) if is_so
        ),
    }


def _typed(bound: BoundField, drawn: Drawn) -> dict[str, Any]:
    value = bound.value()
    is_secret = drawn.macro == "govukPasswordInput"
    parameters: dict[str, Any] = {
        "value": "" if value is None or is_secret else str(value),
        "autocomplete": drawn.autocomplete,
        "spellcheck": False,
    }
    if isinstance(drawn, ParagraphField):
        return parameters | {"rows": str(drawn.rows), "spellcheck": True}
    if drawn.width:
        parameters["classes"] = f"govuk-input--width-{drawn.width}"
    if drawn.inputmode:
        parameters["inputmode"] = drawn.inputmode
    return parameters
