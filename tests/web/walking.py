"""Walks through the pages as one person: follows a link to each page, keeps what it got, and sends forms."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve

from schoolgate.core.surroundings import parts_of
from schoolgate.web.frame.doors import Visit, lets_in
from schoolgate.web.frame.errors import ANYBODY
from tests.stories import rolled_back
from tests.web.sheet import Form, Pairs, Sheet, read

BEGINS = ("/today", "/menu", "/me")
DEAD = (403, 404)
NOT_SENT = {
    "account_logout", "language", "end-session", "end-sessions", "account_reset_password_from_key",
    "account_change_password", "mfa_deactivate_totp", "act-in", "choose_password",
}  # fmt: skip
"""Pages whose forms end the visit itself, change its language, or go by a word of a mail."""


@cache
def page_at(path: str) -> ResolverMatch | None:
    """The page of ours at this path, if there is one."""
    try:
        return resolve(path)
    except Resolver404:
        return None


@dataclass(frozen=True)
class Kept:
    """What somebody got: of which route, how it was answered, and with what."""

    route: str
    status: int
    sheet: Sheet


@dataclass
class Walk:
    """One person's walk. `dead`: each link and form that was answered 403 or 404: from where to where."""

    client: Client
    read_by_all: set[str] = field(default_factory=set)
    """A page that anybody may read is the same for all, so it is read once for all who share this."""
    dead: set[tuple[str, str, str, int]] = field(default_factory=set)
    followed: set[str] = field(default_factory=set)
    pages: list[Kept] = field(default_factory=list)
    arrived: set[str] = field(default_factory=set)

    def go(self) -> Walk:
        """Follow everything that can be come to. Nothing is sent."""
        waiting = deque(("", path) for path in BEGINS)
        while waiting:
            came_from, address = waiting.popleft()
            waiting.extend(self._look(came_from, address))
        return self

    def _look(self, came_from: str, address: str) -> Iterator[tuple[str, str]]:
        """Read a page, and hand on where its links lead."""
        parts = parts_of(address)
        there = page_at(parts.path) if not parts.scheme and not parts.netloc else None
        if there is None or self._knows(there):
            return
        answer = self.client.get(address.partition("#")[0])
        kept = Kept(there.route, answer.status_code, read(answer, address))
        self.pages.append(kept)
        if kept.status in DEAD:
            self.dead.add(("follow", came_from, there.route, kept.status))
        elif kept.status in (301, 302):
            yield came_from, urljoin(address, answer["Location"])
        else:
            yield from ((there.route, link) for link in kept.sheet.links)

    def _knows(self, there: ResolverMatch) -> bool:
        """Whether this page was read; from now on it is."""
        wanted = getattr(there.func, "open_to", ANYBODY)
        known = self.read_by_all if wanted == ANYBODY else self.followed
        new = there.route not in known
        known.add(there.route)
        return not new

    def forms(self) -> dict[str, tuple[str, Form]]:
        """Where each form leads that is sent by POST, with the page that it stands on and the form."""
        found: dict[str, tuple[str, Form]] = {}
        for kept in self.pages:
            for form in kept.sheet.forms if kept.status not in DEAD else []:
                there = page_at(parts_of(form.action).path)
                if form.posts and there is not None and there.url_name not in NOT_SENT:
                    found.setdefault(there.route, (kept.route, form))
        return found

    def send(self, *, but: Container[str] = ()) -> Walk:
        """Send each form as it stands, but those of which it's known that they arrive."""
        for route, (here, form) in self.forms().items():
            if route in but:
                continue
            status = sent(self.client, form.action, form.as_it_stands).status_code
            if status in DEAD:
                self.dead.add(("send", here, route, status))
            else:
                self.arrived.add(route)
        return self

    def ask_doors(self, visit: Visit, routes: Container[str]) -> None:
        """Ask the doors of forms that weren't sent whether they open."""
        for route, (here, form) in self.forms().items():
            there = page_at(parts_of(form.action).path)
            if route in routes and not lets_in(visit, there.func):
                self.dead.add(("send", here, route, 403))


def forms_of(sheets: Iterable[Sheet]) -> list[Form]:
    """Every form of these pages that may be sent, once for each shape."""
    found: dict[object, Form] = {}
    for form in (form for sheet in sheets for form in sheet.forms):
        there = page_at(parts_of(form.action).path)
        if there is not None and there.url_name not in NOT_SENT:
            found.setdefault(form.shape(), form)
    return list(found.values())


def one_of_a_kind(forms: Iterable[Form]) -> list[Form]:
    """Of these forms those that are sent to another door, or with other fields: a page has the same form for
    each topic or step, whose key stands in the address and before the names of the fields."""
    found: dict[object, Form] = {}
    for form in forms:
        there = page_at(parts_of(form.action).path)
        if there is None:
            continue
        names = {each.name for each in form.fields}
        for key in there.kwargs.values():
            names = {name.removeprefix(f"{key}-") for name in names}
        found.setdefault((there.route, form.posts, frozenset(names)), form)
    return list(found.values())


def asked_by(sheets: Iterable[Sheet]) -> dict[str, set[str]]:
    """The names in the query strings of links, by path."""
    found: dict[str, set[str]] = {}
    for link in (parts_of(link) for sheet in sheets for link in sheet.links):
        if link.query and not link.netloc and page_at(link.path):
            found.setdefault(link.path, set()).update(key for key, _value in parse_qsl(link.query))
    return {path: keys for path, keys in found.items() if keys}


def sent(client: Client, to: str, pairs: Pairs, *, posts: bool = True) -> HttpResponse:
    """Send a form as bytes, so that what no browser sends arrives too, and take back whatever it did."""
    body, cookies = urlencode(pairs, errors="surrogatepass"), client.cookies.copy()
    with rolled_back():
        if posts:
            answer = client.post(to, body, content_type="application/x-www-form-urlencoded")
        else:
            answer = client.get(f"{to.split('?', maxsplit=1)[0]}?{body[:4000]}")
    client.cookies = cookies
    return answer


def with_words(form: Form, sends: Pairs, more: str = "") -> tuple[Pairs, dict[str, str]]:
    """What is sent where somebody typed into each field for words, and what they typed, by field."""
    words = {each.name: f"What I typed into {each.name}." for each in form.typed if each.kind in WORDS}
    others = [(name, value) for name, value in sends if name not in words]
    return others + [(name, said + more) for name, said in words.items()], words


WORDS = ("text", "textarea")


def lost(answer: HttpResponse, words: dict[str, Any]) -> set[tuple[int, str]]:
    """What a page that refuses a form has lost of the words in it."""
    if answer.status_code < 400:
        return set()
    page = unescape(answer.content.decode())
    return {(answer.status_code, name) for name, said in words.items() if said not in page}
