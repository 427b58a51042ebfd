"""What a page that was got leads to and asks for: its links, and its forms with all their fields.

The one reader of pages' HTML for tests that look at every page. `scriptless_page` sends by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from lxml import html as markup

from schoolgate.web.frame.carrying import is_secret
from tests.web.scriptless_words import SENDS, value_of

Pairs = list[tuple[str, Any]]
CHOSEN = ("checkbox", "radio")
PRESSED = ("submit", "button", "image", "reset")
NOT_TYPED = (*CHOSEN, *PRESSED, "hidden", "file", "select")
TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Field:
    """What may be sent under a name: the kind of field, what is sent as it stands, and what it offers."""

    name: str
    kind: str
    stands: tuple[str, ...]
    offers: tuple[str, ...] = ()
    read_only: bool = False

    @property
    def is_typed(self) -> bool:
        """Whether people type into it, and it's shown again."""
        return self.kind not in NOT_TYPED and not self.read_only and not is_secret(self.name)


@dataclass(frozen=True)
class Form:
    """A form: where it goes, how, its fields, and its buttons (name, value, formaction) in their order."""

    action: str
    posts: bool
    key: str
    in_main: bool
    by_htmx: bool
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str | None, ...]] = field(default_factory=list)

    @property
    def typed(self) -> list[Field]:
        """The fields that people type into."""
        return [each for each in self.fields if each.is_typed]

    @property
    def carried(self) -> Pairs:
        """What it sends that nobody sees."""
        return [(one.name, value) for one in self.fields if one.kind == "hidden" for value in one.stands]

    @property
    def as_it_stands(self) -> Pairs:
        """What is sent where nobody fills anything in, by its first button."""
        sent = [(each.name, value) for each in self.fields for value in each.stands]
        name, value, _to = self.buttons[0] if self.buttons else (None,) * 3
        return [*sent, (name, value or "")] if name else sent

    def shape(self) -> tuple[object, ...]:
        """What two drawings of one form have alike."""
        names = frozenset(each.name for each in self.fields if each.name != TOKEN)
        return re.sub(r"\d+", "1", self.action.split("?")[0]), self.posts, names


class Sheet:
    """What was got at `path`; what is no page has no links and no forms. The tree isn't kept: it's big."""

    def __init__(self, html: str, path: str, *, is_page: bool = True) -> None:
        self.html, self.path, self.is_page = html, path, is_page

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return self._read[0]

    @property
    def forms(self) -> list[Form]:
        """Its forms."""
        return self._read[1]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Its language buttons."""
        return self._read[2]

    @property
    def language(self) -> str:
        """The language that it says it's in."""
        return self._read[3]

    @cached_property
    def _read(self) -> tuple[list[str], list[Form], list[dict[str, str]], str]:
        if not self.is_page or not self.html.strip():
            return [], [], [], ""
        root = markup.document_fromstring(self.html)
        links = [urljoin(self.path, each.get("href")) for each in root.iter("a") if "href" in each.attrib]
        buttons = [dict(each.attrib) for each in root.iter("button")]
        buttons = [each for each in buttons if each.get("name") in ("read-in", "language")]
        return links, [self._form(root, each) for each in root.iter("form")], buttons, root.get("lang") or ""

    def _form(self, root: Any, form: Any) -> Form:
        fields = [_field(each) for each in fields_of(root, form) if each.get("type") not in PRESSED]
        pressed = [each for each in _owned(root, form, ("button", "input")) if each.xpath(SENDS)]
        buttons = [tuple(each.get(one) for one in ("name", "value", "formaction")) for each in pressed]
        return Form(
            action=urljoin(self.path, form.get("action") or self.path).split("#")[0],
            posts=form.get("method", "").lower() == "post",
            key=form.get("id") or "",
            in_main=any(each.tag == "main" for each in form.iterancestors()),
            by_htmx=any(name.startswith("hx-") for name in form.attrib),
            fields=fields,
            buttons=buttons,
        )


def read(page: HttpResponse, path: str) -> Sheet:
    """What came, if it isn't a stream; a page of ours where it says so."""
    is_page = page.get("Content-Type", "").startswith("text/html")
    return Sheet("" if page.streaming else page.content.decode(errors="replace"), path, is_page=is_page)


# --- What a browser sends of a form


def fields_of(root: Any, form: Any) -> Iterator[Any]:
    """The fields of a form that a browser sends."""
    for each in _owned(root, form, ("input", "select", "textarea")):
        closed = each.get("disabled") is not None or each.xpath("ancestor::fieldset[@disabled]")
        if each.get("name") and not closed:
            yield each


def sent_of(field: Any, typed: Callable[[Any, Any], Any] = lambda _field, stands: stands) -> Pairs:
    """What is sent of a field. `typed(field, stands)`: what somebody made of what stood there."""
    name, kind = field.get("name"), field.get("type", "text")
    if field.tag == "select":
        options = field.xpath(".//option")
        marked = [each for each in options if each.get("selected") is not None]
        standing = marked or ([] if field.get("multiple") else options[:1])
        return [(name, each) for each in typed(field, [value_of(one) for one in standing])]
    if field.tag == "textarea":
        return [(name, typed(field, (field.text or "").removeprefix("\n")))]
    if kind in CHOSEN:
        return [(name, field.get("value", "on"))] if typed(field, field.get("checked") is not None) else []
    if kind == "file":
        return [(name, each) for each in typed(field, [])]
    return [] if kind in PRESSED else [(name, typed(field, field.get("value", "")))]


def _owned(root: Any, form: Any, tags: tuple[str, ...]) -> list[Any]:
    """What belongs to a form, in the order of the page."""
    key = form.get("id")
    inside = [each for each in form.iter(*tags) if not each.get("form") or each.get("form") == key]
    beside = [each for each in root.iter(*tags) if key and each.get("form") == key]
    if not beside:
        return inside
    mine = {*inside, *beside}
    return [each for each in root.iter(*tags) if each in mine]


def _field(each: Any) -> Field:
    kind = each.tag if each.tag != "input" else each.get("type", "text")
    options = [value_of(one) for one in each.iter("option")] if each.tag == "select" else []
    offers = [each.get("value", "on")] if kind in CHOSEN else options
    stands = tuple(str(value) for _name, value in sent_of(each))
    return Field(each.get("name"), kind, stands, tuple(offers), "readonly" in each.attrib)
