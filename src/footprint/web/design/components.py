"""GOV.UK's components as functions that a page calls: `govukButton({...})`.

Their templates ask for parameters that nobody gave, which our own pages may never do. So they live in an environment of
their own, with undefined names that are merely empty, and come over as finished mark-up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_PACKAGE: Final = "govuk_frontend_jinja"

COMPONENTS: Final = {
    "govukBackLink": "back-link",
    "govukBreadcrumbs": "breadcrumbs",
    "govukButton": "button",
    "govukCharacterCount": "character-count",
    "govukCheckboxes": "checkboxes",
    "govukDateInput": "date-input",
    "govukDetails": "details",
    "govukErrorMessage": "error-message",
    "govukErrorSummary": "error-summary",
    "govukExitThisPage": "exit-this-page",
    "govukFieldset": "fieldset",
    "govukGenericHeader": "generic-header",
    "govukInput": "input",
    "govukInsetText": "inset-text",
    "govukLabel": "label",
    "govukNotificationBanner": "notification-banner",
    "govukPagination": "pagination",
    "govukPanel": "panel",
    "govukPasswordInput": "password-input",
    "govukPhaseBanner": "phase-banner",
    "govukRadios": "radios",
    "govukSelect": "select",
    "govukServiceNavigation": "service-navigation",
    "govukSkipLink": "skip-link",
    "govukSummaryList": "summary-list",
    "govukTable": "table",
    "govukTabs": "tabs",
    "govukTag": "tag",
    "govukTaskList": "task-list",
    "govukTextarea": "textarea",
    "govukWarningText": "warning-text",
}


@cache
def components() -> dict[str, Callable[[dict[str, Any]], Markup]]:
    """Return every component by its macro's name."""
    loader = PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)})
    environment = Environment(loader=loader, autoescape=True, undefined=ChainableUndefined)
    return {
        macro: getattr(environment.get_template(f"{_PACKAGE}/components/{folder}/macro.html").module, macro)
        for macro, folder in COMPONENTS.items()
    }
