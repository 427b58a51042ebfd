"""Template tags and filters of the pages: instants and days in words, words for the scripts."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schoolgate.web.frame import doors, times
from schoolgate.web.frame.undo import Undo, undo_of

register = template.Library()


@register.filter
def at(value: datetime | None) -> str | SafeString:
    """An instant as `<time>`: "14:05 on Saturday 21 November 2026", in London; empty for None."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), times.instant_in_words(value))


@register.filter
def briefly(value: datetime | None) -> str | SafeString:
    """An instant as `<time>` for tables and lines: "20 Nov 2026, 10:28", in London; empty for None."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), times.instant_in_short(value))


@register.filter
def day(value: date | None) -> str | SafeString:
    """A day as `<time>`: "Saturday 21 November 2026"; empty for None."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), times.day_in_words(value))


@register.filter
def opens(request: HttpRequest, to: str) -> bool:
    """Whether this visitor may open the page of that name: `{% if request|opens:"known" %}` before a link."""
    return doors.opens(request.visit, to)  # type: ignore[attr-defined]


@register.filter
def undo(message: Message) -> Undo | None:
    """The way to undo what a message tells of, or None."""
    return undo_of(message)


@register.simple_tag
def listed(*values: object) -> list[object]:
    """Its arguments as one list, for a component: none can read names that stand inside a list."""
    return list(values)


@register.simple_tag
def script_words() -> SafeString:
    """The sentences that the page's scripts show, as data: the strict policy allows no inline script."""
    return json_script(
        {
            "character-count": {
                "charactersUnderLimit": {
                    "zero": _("You have %{count} characters left"),
                    "one": _("You have %{count} character left"),
                    "two": _("You have %{count} characters left"),
                    "few": _("You have %{count} characters left"),
                    "many": _("You have %{count} characters left"),
                    "other": _("You have %{count} characters left"),
                },
                "charactersAtLimit": _("You have no characters left"),
                "charactersOverLimit": {
                    "zero": _("You are %{count} characters over"),
                    "one": _("You are %{count} character over"),
                    "two": _("You are %{count} characters over"),
                    "few": _("You are %{count} characters over"),
                    "many": _("You are %{count} characters over"),
                    "other": _("You are %{count} characters over"),
                },
            },
            "password-input": {
                "showPassword": _("Show"),
                "hidePassword": _("Hide"),
                "showPasswordAriaLabel": _("Show password"),
                "hidePasswordAriaLabel": _("Hide password"),
                "passwordShownAnnouncement": _("Your password is visible"),
                "passwordHiddenAnnouncement": _("Your password is hidden"),
            },
        },
        "sg-words",
    )
