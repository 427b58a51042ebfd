"""The help beside each page: what one does there, in at most 150 words of both languages, from help.yaml.

`docs/how-to` begins with the same words (`scripts/help.py`). A label of the pages stands there in braces, and
is shown as the pages have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from schoolgate.core.own_files import said_in

FILE = Path(__file__).with_name("help.yaml")
LABEL = re.compile(r"\{([^{}]*)\}|\*([^*]*)\*")
"""A label of the pages, or words that a page has and no button."""


@dataclass(frozen=True)
class Help:
    """What one does on some pages, in one language. `next`: the next step, on the page `to`."""

    title: str
    says: Sequence[str]
    next: str

    @property
    def plain(self) -> str:
        """All its words."""
        return LABEL.sub(labelled, " ".join((self.title, *self.says, self.next)))

    @property
    def lines(self) -> list[SafeString]:
        """Its sentences, labels set off."""
        return [_shown(each) for each in self.says]

    @property
    def next_line(self) -> SafeString:
        """The next step, labels set off."""
        return _shown(self.next)


@dataclass(frozen=True)
class Topic:
    """What the pages of some addresses are for. `doc`: the page of docs/how-to that says more."""

    key: str
    doc: str
    pages: Sequence[str]
    to: str
    en: Help
    cy: Help

    @property
    def href(self) -> str:
        """Return the address of its page."""
        return f"{reverse('help')}?about={self.key}"

    @property
    def here(self) -> Help:
        """It in the reader's language."""
        return self.cy if (get_language() or "en").startswith("cy") else self.en


def labelled(found: re.Match[str]) -> str:
    """Return a label in the reader's language, as the pages have it."""
    return gettext(found[1]) if found[1] else found[2]


def _shown(sentence: str) -> SafeString:
    """Return the sentence with its labels set off."""
    parts, end = [], 0
    for found in LABEL.finditer(sentence):
        parts += [escape(sentence[end : found.start()]), f"<em>{escape(labelled(found))}</em>"]
        end = found.end()
    return mark_safe("".join((*parts, escape(sentence[end:]))))  # noqa: S308 - each part is escaped


@cache
def topics() -> tuple[Topic, ...]:
    """Return every topic, in the order of the file."""
    return tuple(
        Topic(**{**each, "en": Help(**each["en"]), "cy": Help(**each["cy"])}) for each in said_in(FILE)
    )


@cache
def topic_of(page: str) -> Topic | None:
    """Return the topic of the page with that name: the longest that fits. None for a page without."""
    fitting = [(len(name), each) for each in topics() for name in each.pages if fnmatchcase(page, name)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None


def help_for(request: HttpRequest) -> str:
    """Return the address of the help for the page of this request; nothing for a page without."""
    match = request.resolver_match
    topic = topic_of(match.url_name) if match is not None and match.url_name else None
    return topic.href if topic else ""


def found_with(words: Sequence[str]) -> list[Topic]:
    """Return the topics with all these words in the reader's language, those with them in the title first."""
    wanted = [word.casefold() for word in words]
    fitting = [each for each in topics() if all(word in each.here.plain.casefold() for word in wanted)]
    return sorted(fitting, key=lambda each: not any(word in each.here.title.casefold() for word in wanted))
