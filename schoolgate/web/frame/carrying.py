"""What the language button carries of a page: which form it takes along, and the words in it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.http import QueryDict

from schoolgate.web.frame.typed import SECRET

SWITCH = '<form class="sg-switch"'
FORM, FORM_ENDS = "<form", "</form>"
OWN_ID = "words-here"
"""The id of a form that has none of its own."""
TYPED = frozenset({"date", "email", "number", "search", "tel", "text", "time", "url"})
CHOSEN = frozenset({"checkbox", "radio"})
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_MARK = re.compile(r'\s(?:checked|selected)(?:="[a-z]*")?(?=[\s/>])')
_FIELD = re.compile(r"<(input|textarea)\b([^<>]{0,4000})>")


@dataclass(frozen=True)
class Form:
    """A form of a page: where its tag begins and ends, where it ends itself, and the tag."""

    at: int
    tag_ends: int
    ends: int
    tag: str

    def attribute(self, name: str) -> str:
        """Return an attribute of its tag, empty where it has none."""
        return _attribute(self.tag, name)


def is_secret(name: str) -> bool:
    """Return whether a field is never shown again. The address of the person who signs in is shown."""
    return name != "login" and SECRET.search(name) is not None


def form_to_carry(page: str) -> Form | None:
    """Return the form of the page that people type into. None where there is none, or several: a button takes
    one form along, and the browser keeps a draft of each (`static/web/forms.mjs`). None where htmx
    sends it, which would take the answer for a part of the page."""
    found = [form for form in _forms(page) if _is_typed_into(page[form.tag_ends : form.ends])]
    return found[0] if len(found) == 1 and " hx-" not in found[0].tag else None


def with_button(page: str, form: Form, button: str) -> str:
    """Return the page whose language button sends this form: `button` is in the place of the other one."""
    at = page.index(SWITCH)
    ends = page.index(FORM_ENDS, at) + len(FORM_ENDS)
    named = form.tag if form.attribute("id") else f'{form.tag[:-1]} id="{OWN_ID}">'
    if at < form.at:
        return page[:at] + button + page[ends : form.at] + named + page[form.tag_ends :]
    return page[: form.at] + named + page[form.tag_ends : at] + button + page[ends:]


def with_words(page: str, form: Form, given: QueryDict) -> str:
    """Return the page with what was typed and chosen in its form again. What is secret stays empty."""
    filling = _Filling(given)
    filling.feed(page[form.tag_ends : form.ends])
    filling.close()
    return page[: form.tag_ends] + filling.filled() + page[form.ends :]


def _forms(page: str) -> Iterator[Form]:
    at = page.find("<main")
    while at >= 0 and (at := page.find(FORM, at)) >= 0:
        tag_ends, ends = page.find(">", at) + 1, page.find(FORM_ENDS, at)
        if not tag_ends or ends < 0:
            return
        yield Form(at, tag_ends, ends, page[at:tag_ends])
        at = ends


def _is_typed_into(inside: str) -> bool:
    return any(
        (kind == "textarea" or _attribute(tag, "type") in TYPED | {""})
        and not re.search(r"\sreadonly\b", tag)
        and not is_secret(_attribute(tag, "name") or "token")
        for kind, tag in _FIELD.findall(inside)
    )


def _attribute(tag: str, name: str) -> str:
    return next((value for each, value in _ATTRIBUTE.findall(tag) if each == name), "")


class _Filling(HTMLParser):
    """Reads what is in a form, and notes what has to be written otherwise."""

    def __init__(self, given: QueryDict) -> None:
        super().__init__(convert_charrefs=False)
        self._given = given
        self._edits: list[tuple[int, int, str]] = []
        self._starts, self._text, self._select = [0], "", ""
        self._area: tuple[str, int] | None = None
        self._seen: dict[str, int] = {}

    def feed(self, data: str) -> None:
        """Read it; once."""
        self._text = data
        self._starts += [found.end() for found in re.finditer("\n", data)]
        super().feed(data)

    def filled(self) -> str:
        """Return it with the words."""
        parts, after = [], 0
        for at, ends, text in self._edits:
            parts += [self._text[after:at], text]
            after = ends
        return "".join([*parts, self._text[after:]])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        raw, name = self.get_starttag_text() or "", self._select if tag == "option" else has.get("name") or ""
        if tag == "select":
            self._select = name
        if not name or is_secret(name):
            return
        at = self._at()
        if tag == "textarea":
            self._area = (name, at + len(raw))
        elif tag == "option":
            self._edit(at, raw, _marked(raw, "selected", has.get("value") in self._given.getlist(name)))
        elif tag == "input" and has.get("type") in CHOSEN:
            self._edit(at, raw, _marked(raw, "checked", has.get("value", "on") in self._given.getlist(name)))
        elif tag == "input" and has.get("type", "text") in TYPED and name in self._given:
            self._edit(at, raw, _valued(raw, self._next(name)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._area is not None:
            name, begins = self._area
            if name in self._given:
                self._edits.append((begins, self._at(), f"\n{escape(self._next(name))}"))
            self._area = None

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _edit(self, at: int, raw: str, text: str) -> None:
        self._edits.append((at, at + len(raw), text))

    def _next(self, name: str) -> str:
        """The next value of this name: fields of one name are sent in their order."""
        values, number = self._given.getlist(name), self._seen.get(name, 0)
        self._seen[name] = number + 1
        return values[number] if number < len(values) else ""


def _marked(raw: str, mark: str, on: bool) -> str:
    bare = _MARK.sub("", raw)
    return f"{_unclosed(bare)} {mark}>" if on else bare


def _valued(raw: str, value: str) -> str:
    bare = _ATTRIBUTE.sub(lambda found: "" if found[1] == "value" else found[0], raw)
    return f'{_unclosed(bare)} value="{escape(value)}">'


def _unclosed(tag: str) -> str:
    return tag.rstrip(">").rstrip("/").rstrip()
