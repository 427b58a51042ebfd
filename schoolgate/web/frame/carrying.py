"""What a person wrote, carried to the page that comes next, so that no word is lost: not without scripts,
nor on a public page, nor where a draft in the browser would be seen by others. The page whose form was
refused, once more, with each error beside its field; the same page in the other language; a file that
came with a form, in the store already, of which the form carries a signed note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from html import escape, unescape
from typing import Final

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override

from schoolgate.core import files
from schoolgate.core.errors import BadInput
from schoolgate.core.surroundings import parts_of

READS = ("GET", "HEAD")


def reopens_at(request: HttpRequest) -> str:
    """Return the address of the page, with its query. Of a form that was refused at an address that only
    takes forms: the page that it was sent from. Empty where that isn't known."""
    view = request.resolver_match.func if request.resolver_match else None
    if request.method in READS or "GET" in getattr(view, "methods", READS):
        return request.get_full_path()
    return came_from(request)


def came_from(request: HttpRequest) -> str:
    """Return the page of ours whose form led here; empty where it isn't known. A form that is refused twice
    was sent from its own address the second time: then the page above it."""
    if request.method != "POST":
        return ""
    address = linked_from(request)
    path = _page_at(address.partition("?")[0])
    return address if address.partition("?")[0] == path else path


def linked_from(request: HttpRequest) -> str:
    """Return the page of ours whose link or form led here; empty where it isn't known."""
    address: str = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = parts_of(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _page_at(path: str) -> str:
    """Return this path, or, where it only takes forms, the page above it."""
    while path:
        with suppress(Resolver404):
            if "GET" in getattr(resolve(path).func, "methods", READS):
                return path
        path = path.rpartition("/")[0]
    return ""


SECRET: Final = re.compile(r"csrf|password|secret|seed|token|code|login", re.IGNORECASE)
"""Names of fields that are never shown again; a test holds every field for a password to it."""
_CHOSEN: Final = re.compile(r"[\w.:,+/=-]*", re.ASCII)
"""Keys, numbers, days and digests: what is chosen from a list or carried by the page."""
CARRIED: ContextVar[QueryDict | None] = ContextVar("carried", default=None)
"""The fields that the language button carried from the page to the same page; None otherwise."""


def carried() -> QueryDict:
    """Return the fields that came along from the page in the other language, empty where none did."""
    return CARRIED.get() or QueryDict()


def form_sent(request: HttpRequest) -> QueryDict:
    """Return the form that was sent; nothing where none was, or it can't be read."""
    try:
        return request.POST if request.method == "POST" else QueryDict()
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return QueryDict()


def words_typed_in(request: HttpRequest) -> list[str]:
    """Return the words typed into the form that was sent, in the order of its fields; none where it can't be
    read."""
    sent = form_sent(request)
    found = (
        value.strip()
        for name, values in sent.lists()
        if not SECRET.search(name)
        for value in values
        if _is_typed(value.strip())
    )
    return list(dict.fromkeys(found))


def words_typed_here(request: HttpRequest) -> list[str]:
    """Return the same for a form of our own site, and nothing for one from elsewhere: no other site puts
    words on a page of ours."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return words_typed_in(request) if url_has_allowed_host_and_scheme(came_from, {request.get_host()}) else []


def _is_typed(value: str) -> bool:
    """Return whether these are a person's own words or address rather than a choice."""
    carried = value.startswith(("{", "["))  # what a script carries from one page to the next
    return not carried and ("://" in value or not _CHOSEN.fullmatch(value))


PREFIX = "carried-"
"""How the field of such a note begins, before the name of the file's own field."""
SALT, FOR = "schoolgate.web.carried", timedelta(days=1)


def carry(request: HttpRequest, name: str, kept: files.StoredFile, *, federation_id: int) -> None:
    """Have a page that answers this request carry a file that was put into the store."""
    note = signing.dumps([federation_id, kept.digest, kept.media_type, kept.size], salt=SALT)
    request.carried = files_carried(request) | {f"{PREFIX}{name}": note}  # type: ignore[attr-defined]


def files_carried(request: HttpRequest) -> dict[str, str]:
    """Return the notes of the files to carry, by the name of their field."""
    return dict(getattr(request, "carried", {}))


def carried_here(request: HttpRequest, name: str, *, federation_id: int) -> files.StoredFile | None:
    """Return the file that a form carries; None where it carries none of this federation's that is there."""
    try:
        whose, digest, media_type, size = signing.loads(
            request.POST.get(f"{PREFIX}{name}", ""), salt=SALT, max_age=FOR
        )
    except signing.BadSignature:
        return None
    if whose != federation_id or not files.is_there(digest, federation_id=federation_id):
        return None
    return files.StoredFile(digest, media_type, size)


SWITCH = '<form class="sg-switch"'
FORM, FORM_ENDS = "<form", "</form>"
OWN_ID = "words-here"
"""The id of a form that has none of its own."""
TYPED = frozenset({"date", "email", "number", "search", "tel", "text", "time", "url"})
CHOSEN = frozenset({"checkbox", "radio"})
_GROUPS = tuple(f'<div class="govuk-{kind}{ends}' for kind in ("radios", "checkboxes") for ends in '" ')
"""Where a list of what can be chosen begins, and none of its items: what is wrong with it is said above."""
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


def form_to_carry(page: str, sent: QueryDict | None = None) -> Form | None:
    """Return the form of the page that people type into; of several the one that has the most of what was
    `sent`. None where there is none, or several and nothing was sent: a button takes one form along, and the
    browser keeps a draft of each (`static/web/forms.mjs`). None where htmx sends it, which would take the
    answer for a part of the page; one that htmx only looks at while it's typed into is carried once it was
    sent."""
    found = [form for form in _forms(page) if _is_typed_into(page[form.tag_ends : form.ends])]
    if len(found) > 1 and sent:
        found = [most] if (most := _with_most(page, found, sent)) is not None else []
    return found[0] if len(found) == 1 and not _is_of_htmx(found[0], was_sent=bool(sent)) else None


def _is_of_htmx(form: Form, *, was_sent: bool) -> bool:
    if " hx-" not in form.tag:
        return False
    return not was_sent or "submit" in (form.attribute("hx-trigger") or "submit")


def _with_most(page: str, forms: Iterable[Form], given: QueryDict) -> Form | None:
    """Return the form that has the most of what was given, the first of several."""

    def known(form: Form) -> int:
        names = {_attribute(found[0], "name") for found in _FIELD.finditer(page[form.tag_ends : form.ends])}
        return len(names & set(given))

    return max(forms, key=known, default=None)


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
    found = [
        form
        for form in _forms(page)
        if form.attribute("method") == "post"
        and unescape(form.attribute("action") or own).partition("?")[0] == path
    ]
    return _with_most(page, found, given)


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


OF_A_VISIT = ("frame", "visit", "_files", "_read_started")
"""What a request carries of the door that it went through."""


def form_again(request: HttpRequest, error: BadInput, *, from_the_public: bool) -> HttpResponse | None:
    """Return the page that the form was sent from (422). None where it isn't known, can't be opened any more,
    or has no such form; a script that asked for a part of a page shows that part itself.

    `from_the_public`: it says who helps now, too.
    """
    address = reopens_at(request)
    if request.method != "POST" or not address or request.headers.get("HX-Request"):
        return None
    page = _opened(request, address)
    if page is None:
        return None
    text = page.content.decode()
    form = form_sent_to(text, request.path, request.POST, own=address.partition("?")[0])
    if form is None:
        return None
    text = with_words(text, form, request.POST)
    form = form_sent_to(text, request.path, request.POST, own=address.partition("?")[0]) or form
    sentences = {name: str(sentence) for name, sentence in error.fields.items()}

    def summary(places: dict[str, str]) -> str:
        context = {
            "message": "" if sentences else error.message,
            "rows": [(places.get(name, ""), sentence) for name, sentence in sentences.items()],
            "from_the_public": from_the_public,
        }
        return render_to_string("errors/summary.html", context, request)

    page.content = with_errors(text, form, sentences, summary).encode()
    page.status_code = 422
    return page


def _opened(request: HttpRequest, address: str) -> HttpResponse | None:
    """Return the page as its reader opens it; None where they are led elsewhere or refused."""
    path, _sign, query = address.partition("?")
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if "GET" not in getattr(match.func, "methods", READS):
        return None
    looks = copy(request)
    for name in OF_A_VISIT:
        looks.__dict__.pop(name, None)
    looks.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    looks.method, looks.path, looks.path_info, looks.resolver_match = "GET", path, path, match
    looks.GET, looks.POST = QueryDict(query), QueryDict()
    looks._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 - Django has no setter
    try:
        with override(get_language()):
            page = match.func(looks, *match.args, **match.kwargs)
    except Http404:
        return None
    is_page = isinstance(page, HttpResponse) and page.status_code == 200
    return page if is_page and page.get("Content-Type", "").startswith("text/html") else None
