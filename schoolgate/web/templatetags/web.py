"""Template tags and filters of the pages: instants and days in words, words for the scripts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.models import in_terms
from schoolgate.web.frame import doors, shown
from schoolgate.web.frame.carrying import linked_from
from schoolgate.web.frame.twice import Undo, undo_of

register = template.Library()
LONGEST_TITLE, LONGEST_DESCRIPTION = 90, 200
LOCALES = {"en": "en_GB", "cy": "cy_GB"}


@register.filter(name="in_terms")
def in_terms_of_country(value: str) -> str:
    """A sentence of ours in the terms of the schools' country: `{% filter in_terms %}`."""
    return str(in_terms(value))


@register.filter
def at(value: datetime | None) -> str | SafeString:
    """An instant as `<time>`: "Saturday 21 November 2026, 2:05pm", in London; empty for None."""
    if value is None:
        return ""
    return _time(value, shown.instant_in_words(value))


@register.filter
def briefly(value: datetime | None) -> str | SafeString:
    """An instant as `<time>` for tables and lines: "20 Nov 2026, 10:28", in London; empty for None."""
    if value is None:
        return ""
    return _time(value, shown.instant_in_short(value))


@register.filter
def in_list(value: datetime | None, on: date) -> str | SafeString:
    """An instant in a list that is read on a day: "20 Nov, 10:28", with its year where that's another."""
    if value is None:
        return ""
    return _time(value, shown.instant_in_short(value, this_year=on.year))


def _time(value: datetime, said: str) -> SafeString:
    """An instant to the second: HTML knows no microseconds."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), said)


@register.filter
def day(value: date | None) -> str | SafeString:
    """A day, or that of an instant in London, as `<time>`: "Saturday 21 November 2026"; empty for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local_day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown.day_in_words(value))


@register.filter
def period(months: int) -> str:
    """A number of months as "3 years" or "18 months"."""
    return shown.period_in_words(months)


@register.filter
def opens(request: HttpRequest, to: str) -> bool:
    """Return whether this visitor may open the page of that name: `{% if request|opens:"known" %}` before a
    link."""
    return doors.opens(request.visit, to)  # type: ignore[attr-defined]


@register.filter
def undo(message: Message) -> Undo | None:
    """The way to undo what a message tells of, or None."""
    return undo_of(message)


@register.simple_tag
def listed(*values: object) -> list[object]:
    """Return the arguments as one list, for a component: components can't read names inside a list."""
    return list(values)


@register.simple_tag(takes_context=True)
def way_back(context: dict[str, Any], back: str) -> str:
    """Return where a page's *Back* leads: to *Today*, where the person came from there."""
    request: HttpRequest | None = context.get("request")
    today = reverse("today")
    return today if request and linked_from(request).partition("?")[0] == today else back


@register.inclusion_tag("frame/link_preview.html", takes_context=True)
def link_preview(
    context: dict[str, Any], title: str, description: str, image: str = "", image_alt: str = ""
) -> dict[str, Any]:
    """Return what networks show where the address of this public page is shared. It loads nothing and counts
    no one.

    `image`: the path of a picture of the page's own; without one our logo is shown.
    """
    request: HttpRequest = context["request"]
    return {
        "address": request.build_absolute_uri(request.path),
        "title": shortened(title, LONGEST_TITLE),
        "description": shortened(description, LONGEST_DESCRIPTION),
        "kind": "article" if image else "website",
        "site": context["frame"].federation_name,
        "image": request.build_absolute_uri(image or static("web/icon-512.png")),
        "image_alt": image_alt,
        "locale": LOCALES.get(get_language() or "", LOCALES["en"]),
        "card": "summary_large_image" if image else "summary",
    }


def shortened(text: str, most: int) -> str:
    """The text on one line, cut behind a word where it is longer than that."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


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
            "drafts": {
                "found": _("You have unsaved text here."),
                "interrupted": _("You have unsaved text from before."),
                "restore": _("Restore my text"),
                "discard": _("Delete my text"),
                "back": _("Back to my text"),
            },
        },
        "sg-words",
    )
