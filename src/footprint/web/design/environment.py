"""The Jinja environment of our pages: undefined names fail, everything is escaped, and the components are there."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from footprint.answer import words
from footprint.web.design.components import components
from footprint.web.design.rendering import error_summary, field, hidden_fields
from footprint.web.design.words import moment, number


def environment(**options: Any) -> Environment:
    """Return the environment, as Django asks for it."""
    given = {name: value for name, value in options.items() if name != "autoescape"}
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(autoescape=True, **(given | ours))
    made.globals.update(components())
    made.globals.update(
        static=static,
        url=lambda name, *args: reverse(name, args=args),
        field=field,
        hidden_fields=hidden_fields,
        error_summary=error_summary,
        messages=get_messages,
    )
    made.filters.update(day=words.day, moment=moment, number=number, contact=words.contact)
    return made
