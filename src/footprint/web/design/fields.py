"""Form fields that know their macro: an ordinary Django field, with the component that draws it and the hint beside it.

A field's error text says what to do. `rendering.field` draws one; nothing else in the project draws a field.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms


class Drawn:
    """What a field adds for its macro: the hint, the width in characters, and how the browser may fill it."""

    macro: ClassVar[str] = "govukInput"
    hint: str = ""
    width: int = 0
    autocomplete: str = "off"
    inputmode: str = ""
    label_size: str = "s"

    def drawn(
        self,
        *,
        hint: str = "",
        width: int = 0,
        autocomplete: str = "off",
        inputmode: str = "",
        label_size: str = "s",
    ) -> None:
        self.hint, self.width, self.autocomplete, self.inputmode = hint, width, autocomplete, inputmode
        self.label_size = label_size


_OWN = ("hint", "width", "autocomplete", "inputmode", "label_size")


def _parted(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part what the macro is told from what Django is told."""
    return {name: options.pop(name) for name in _OWN if name in options}, options


class TextField(Drawn, forms.CharField):
    """One line."""

    def __init__(self, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(**rest)
        self.drawn(**own)


class EmailField(Drawn, forms.EmailField):
    """An e-mail address."""

    def __init__(self, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(**rest)
        self.drawn(**own)


class PasswordField(Drawn, forms.CharField):
    """A password, hidden until its owner wants to see it."""

    macro = "govukPasswordInput"

    def __init__(self, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(strip=False, widget=forms.PasswordInput, **rest)
        self.drawn(**own)


class ParagraphField(Drawn, forms.CharField):
    """Several lines. `rows` is how many are seen."""

    macro = "govukTextarea"

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(widget=forms.Textarea, **rest)
        self.rows = rows
        self.drawn(**own)


class ChoiceField(Drawn, forms.ChoiceField):
    """One of a few, all seen at once. `hints` says more of a choice, by its value."""

    macro = "govukRadios"

    def __init__(self, *, hints: dict[str, str] | None = None, inline: bool = False, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(**rest)
        self.hints, self.inline = hints or {}, inline
        self.drawn(**own)


class SelectField(Drawn, forms.ChoiceField):
    """One of many, from a list."""

    macro = "govukSelect"

    def __init__(self, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(**rest)
        self.drawn(**own)


class SeveralField(Drawn, forms.MultipleChoiceField):
    """Any number of a few."""

    macro = "govukCheckboxes"

    def __init__(self, *, hints: dict[str, str] | None = None, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(**rest)
        self.hints = hints or {}
        self.drawn(**own)


class TickField(Drawn, forms.BooleanField):
    """One box to tick."""

    macro = "govukCheckboxes"

    def __init__(self, **options: Any) -> None:
        own, rest = _parted(options)
        super().__init__(**rest)
        self.drawn(**own)
