"""Walks through the pages as one person: follows a link to each page, and sends each form, once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve

from schoolgate.web.frame.doors import ANYBODY
from schoolgate.web.frame.typed import SECRET

BEGINS = ("/today", "/menu", "/me")
NOT_SENT = ("account_logout", "language", "end-session", "end-sessions")
"""Forms that end the walk itself, or change its language."""
DEAD = (403, 404)


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, what it sends where nobody fills anything in, what it carries unseen,
    and its fields for words."""

    action: str
    sends: tuple[tuple[str, str], ...]
    carries: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass
class Found:
    """What a page leads to."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found = path, Found()
        self.form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.found.links.append(urljoin(self.path, given["href"]))
        elif tag == "form":
            posts = given.get("method", "").lower() == "post"
            self.form = Form(urljoin(self.path, given.get("action") or self.path), ()) if posts else None
        elif tag in ("input", "button", "textarea") and self.form is not None and given.get("name"):
            self._field(self.form, given, given.get("type", tag))

    def _field(self, form: Form, given: dict[str, str], kind: str) -> None:
        sent = ((given["name"], given.get("value", "")),)
        if kind in ("hidden", "text", "email", "date", "submit") or "checked" in given:
            self.form = form = replace(form, sends=form.sends + sent)
        if kind == "hidden":
            self.form = replace(form, carries=form.carries + sent)
        elif kind in ("text", "textarea") and not SECRET.search(given["name"]):
            self.form = replace(form, words=(*form.words, given["name"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            self.found.forms.append(self.form)
            self.form = None


def read(page: HttpResponse, path: str) -> Found:
    """The links and forms of a page of ours; nothing where it is a file."""
    if page.streaming or not page.get("Content-Type", "").startswith("text/html"):
        return Found()
    reader = _Reader(path)
    reader.feed(page.content.decode())
    return reader.found


@cache
def page_at(path: str) -> ResolverMatch | None:
    """The page of ours at this path, if there is one."""
    try:
        return resolve(path)
    except Resolver404:
        return None


class Undone(Exception):
    """Takes back what a form did."""


@dataclass
class Walk:
    """One person's walk. `dead`: each link and form that was answered 403 or 404: from which page, to which.
    `lost`: each field whose words are gone from the page that refuses its form.

    A page that anybody may read is the same for all, so it is read once for all who share `read_by_all`.
    """

    client: Client
    read_by_all: set[str] = field(default_factory=set)
    begins: Iterable[str] = BEGINS
    dead: set[tuple[str, str, str, int]] = field(default_factory=set)
    lost: set[tuple[str, str, int, str]] = field(default_factory=set)
    followed: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)

    def go(self) -> Walk:
        """Follow everything that can be come to."""
        waiting = deque(("", path) for path in self.begins)
        while waiting:
            came_from, address = waiting.popleft()
            waiting.extend(self._look(came_from, address))
        return self

    def _look(self, came_from: str, address: str) -> Iterator[tuple[str, str]]:
        """Read a page, and hand on where its links lead."""
        parts = urlsplit(address)
        there = page_at(parts.path) if not parts.scheme and not parts.netloc else None
        if there is None or self._knows(there):
            return
        page = self.client.get(address.partition("#")[0])
        if page.status_code in DEAD:
            self.dead.add(("follow", came_from, there.route, page.status_code))
        elif page.status_code in (301, 302):
            yield came_from, urljoin(address, page["Location"])
        else:
            found = read(page, address)
            for form in found.forms:
                self._send(there.route, form)
            for link in found.links:
                yield there.route, link

    def _knows(self, there: ResolverMatch) -> bool:
        """Whether this page was read; from now on it is."""
        wanted = getattr(there.func, "open_to", ANYBODY)
        known = self.read_by_all if wanted == ANYBODY else self.followed
        new = there.route not in known
        known.add(there.route)
        return not new

    def _send(self, here: str, form: Form) -> None:
        """Send a form as it stands, and take back whatever it did."""
        there = page_at(urlsplit(form.action).path)
        if there is None or there.url_name in NOT_SENT or there.route in self.sent:
            return
        self.sent.add(there.route)
        answer = self._post(form.action, _as_sent(form.sends))
        if answer.status_code in DEAD:
            self.dead.add(("send", here, there.route, answer.status_code))
        words = [(name, f"What I typed into {name}.") for name in form.words]
        if words:
            for sends in (form.sends, form.carries):
                self._refused(
                    here, there.route, self._post(form.action, _as_sent(sends) | _as_sent(words)), words
                )

    def _refused(self, here: str, route: str, answer: HttpResponse, words: list[tuple[str, str]]) -> None:
        """Note what a page that refuses a form has lost of its words."""
        if answer.status_code >= 400:
            page = unescape(answer.content.decode())
            self.lost |= {(here, route, answer.status_code, name) for name, said in words if said not in page}

    def _post(self, path: str, sends: dict[str, list[str]]) -> HttpResponse:
        """Send a form, and take back whatever it did."""
        cookies = self.client.cookies.copy()
        try:
            with transaction.atomic():
                answer = self.client.post(path, sends)
                raise Undone
        except Undone:
            self.client.cookies = cookies
        return answer


def _as_sent(sends: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in sends:
        sent.setdefault(name, []).append(value)
    return sent
