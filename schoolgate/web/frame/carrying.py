"""What the language button carries of a page: which form it takes along, and the words in it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from django.http import QueryDict

from schoolgate.web.frame.typed import SECRET

SWITCH = '<form class="sg-switch"'
FORM, FORM_ENDS = "<form", "</form>"
OWN_ID = "words-here"
"""The id of a form that has none of its own."""
TYPED = frozenset({"date", "email", "number", "search", "tel", "text", "time", "url"})
CHOSEN = frozenset({"checkbox", "radio"})
_GROUPS = ('<div class="govuk-radios', '<div class="govuk-checkboxes')
"""Where a list of what can be chosen begins: what is wrong with it is said above."""
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_MARK = re.compile(r'\s(?:checked|selected)(?:="[a-z]*")?(?=[\s/>])')
_FIELD = re.compile(r"<(input|textarea|/?select|option)\b[^<>]{0,4000}>")
_BUTTON = re.compile(r"<(?:button|input(?=[^<>]*type=.submit))\b[^<>]{0,4000}>")
_OF_A_PLACE = frozenset(
    {"type", "form", "id", "class", "hidden", "tabindex", "aria-describedby", "aria-hidden"}
)
"""What a button has of the place where it stands."""
_FOLDS = re.compile(r'</?details|class="govuk-error-message"')
_READ_ONLY = re.compile(r"\sreadonly\b")


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
        enter = _pressed_by_enter(page[form.tag_ends : form.ends], form.attribute("id") or OWN_ID)
        return page[:at] + enter + button + page[ends : form.at] + named + page[form.tag_ends :]
    return page[: form.at] + named + page[form.tag_ends : at] + button + page[ends:]


def _pressed_by_enter(inside: str, owner: str) -> str:
    """Return what stands before the language button, out of sight: Enter in a field presses the first button
    of its form, wherever that stands, and that is to be the form's own first one. It is drawn, for Safari
    passes over buttons that aren't."""
    own = next((tag for tag in _BUTTON.findall(inside) if _attribute(tag, "type") in ("", "submit")), "")
    kept = [f'{name}="{value}"' for name, value in _ATTRIBUTE.findall(own) if name not in _OF_A_PLACE]
    kept += [word for word in ("disabled", "formnovalidate") if re.search(rf"\s{word}(?=[\s>])", own)]
    unseen = 'class="govuk-visually-hidden" tabindex="-1" aria-hidden="true"'
    return f'<button type="submit" form="{owner}" {unseen} {" ".join(kept)}></button>'


def with_words(page: str, form: Form, given: QueryDict) -> str:
    """Return the page with what was typed and chosen in its form again. What is secret stays empty."""
    inside = "".join(_filled(page[form.tag_ends : form.ends], _Given(given)))
    return page[: form.tag_ends] + inside + page[form.ends :]


def form_sent_to(page: str, path: str, given: QueryDict, *, own: str) -> Form | None:
    """Return the form of the page that is sent to this path and has the most of what was given. `own`: the
    path of the page, to which a form without an address is sent."""

    def known(form: Form) -> int:
        names = {_attribute(found[0], "name") for found in _FIELD.finditer(page[form.tag_ends : form.ends])}
        return len(names & set(given))

    found = [
        form
        for form in _forms(page)
        if form.attribute("method") == "post"
        and unescape(form.attribute("action") or own).partition("?")[0] == path
    ]
    return max(found, key=known, default=None)


def with_errors(
    page: str, form: Form, sentences: Mapping[str, str], summary: Callable[[dict[str, str]], str]
) -> str:
    """Return the page with each sentence before the field of its name, and before the form the summary, which
    is told the id of each of those fields."""
    inside, places = page[form.tag_ends : form.ends], {}
    for name, sentence in sentences.items():
        field = next((one for one in _FIELD.finditer(inside) if _attribute(one[0], "name") == name), None)
        if field is None or _attribute(field[0], "type") == "hidden":
            continue
        places[name] = _attribute(field[0], "id")
        chosen = _attribute(field[0], "type") in CHOSEN
        at = max(inside.rfind(mark, 0, field.start()) for mark in _GROUPS) if chosen else field.start()
        said = f'<p class="govuk-error-message">{escape(sentence)}</p>'
        inside = inside[: max(at, 0)] + said + inside[max(at, 0) :]
    told = summary({name: place for name, place in places.items() if place})
    before = page[: form.at] + told + page[form.at : form.tag_ends]
    return _unfolded(before + inside) + page[form.ends :]


def _unfolded(text: str) -> str:
    """Return the text with what is folded around each sentence of `with_errors` open."""
    open_ones: list[int] = []
    around: set[int] = set()
    for found in _FOLDS.finditer(text):
        if found[0] == "<details":
            open_ones.append(found.end())
        elif found[0] == "</details":
            open_ones = open_ones[:-1]
        else:
            around.update(open_ones)
    for at in sorted(around, reverse=True):
        tag = text[at : text.index(">", at)]
        if not tag.rstrip().endswith(" open"):
            text = f"{text[:at]}{tag} open{text[at + len(tag) :]}"
    return text


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
        (found[1] == "textarea" or (found[1] == "input" and _attribute(found[0], "type") in TYPED | {""}))
        and not _READ_ONLY.search(found[0])
        and not is_secret(_attribute(found[0], "name") or "token")
        for found in _FIELD.finditer(inside)
    )


def _attribute(tag: str, name: str) -> str:
    return next((value for each, value in _ATTRIBUTE.findall(tag) if each == name), "")


class _Given:
    """What was sent of the form: fields of one name get their values in their order."""

    def __init__(self, given: QueryDict) -> None:
        self._given = given
        self._seen: Counter[str] = Counter()

    def has(self, name: str) -> bool:
        """Return whether a field was sent that may be shown again."""
        return bool(name) and not is_secret(name) and name in self._given

    def chosen(self, name: str, value: str) -> bool:
        """Return whether this was chosen."""
        return value in self._given.getlist(name)

    def next(self, name: str) -> str:
        """Return the next value of this name."""
        values, number = self._given.getlist(name), self._seen[name]
        self._seen[name] += 1
        return values[number] if number < len(values) else ""


def _filled(form: str, given: _Given) -> Iterator[str]:
    """Yield the pieces of what is in a form, each field as it was sent."""
    after, select = 0, ""
    for found in _FIELD.finditer(form):
        if found.start() < after:
            continue
        tag, kind = found[0], found[1]
        has = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        name, ends, text = has.get("name", ""), found.end(), tag
        if kind in ("select", "/select"):
            select = name
        elif kind == "option":
            text = (
                _marked(tag, "selected", given.chosen(select, has.get("value", "")))
                if given.has(select)
                else tag
            )
        elif not name or is_secret(name):
            continue
        elif kind == "textarea" and given.has(name):
            ends = form.index("</textarea", ends)
            text = f"{tag}\n{escape(given.next(name))}"
        elif has.get("type") in CHOSEN:
            text = _marked(tag, "checked", given.chosen(name, has.get("value", "on")))
        elif kind == "input" and has.get("type", "text") in TYPED and given.has(name):
            text = _valued(tag, given.next(name))
        yield form[after : found.start()] + text
        after = ends
    yield form[after:]


def _marked(raw: str, mark: str, on: bool) -> str:
    bare = _MARK.sub("", raw)
    return f"{_unclosed(bare)} {mark}>" if on else bare


def _valued(raw: str, value: str) -> str:
    bare = _ATTRIBUTE.sub(lambda found: "" if found[1] == "value" else found[0], raw)
    return f'{_unclosed(bare)} value="{escape(value)}">'


def _unclosed(tag: str) -> str:
    return tag.rstrip(">").rstrip("/").rstrip()
