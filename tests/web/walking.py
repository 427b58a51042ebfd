"""Walks through the pages as one person: each link on each kind of page, and each form, once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

BEGINS = ("/today", "/menu", "/me")
NOT_PRESSED = ("account_logout", "language", "end-session", "end-sessions")
"""Forms that end the walk itself, or change its language."""


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, and what it sends where nobody fills anything in."""

    action: str
    sends: tuple[tuple[str, str], ...]


@dataclass
class Found:
    """What a page leads to."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found = path, Found()
        self.form: tuple[str, list[tuple[str, str]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given and "download" not in given:
            self.found.links.append(urljoin(self.path, given["href"]))
        elif tag == "form":
            posts = given.get("method", "").lower() == "post"
            self.form = (urljoin(self.path, given.get("action") or self.path), []) if posts else None
        elif tag in ("input", "button") and self.form is not None and given.get("name"):
            kept = given.get("type") in ("hidden", "text", "email", "date", "submit") or "checked" in given
            if kept:
                self.form[1].append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            self.found.forms.append(Form(self.form[0], tuple(self.form[1])))
            self.form = None


def read(page: HttpResponse, path: str) -> Found:
    """The links and forms of a page of ours; nothing where it is a file."""
    if page.streaming or not page.get("Content-Type", "").startswith("text/html"):
        return Found()
    reader = _Reader(path)
    reader.feed(page.content.decode())
    return reader.found


def kind_of(address: str) -> str:
    """What kind of page an address names: its route, and which questions it carries. Empty: none of ours."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return ""
    asked = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{route}?{'&'.join(asked)}" if asked else route


class Undone(Exception):
    """Takes back what a form did."""


@dataclass
class Walk:
    """One person's walk. `refused`: each link or form that was answered 403, as where from, where to."""

    client: Client
    refused: set[tuple[str, str, str]] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)
    tried: set[tuple[str, str, str]] = field(default_factory=set)

    def go(self, *begins: str) -> Walk:
        """Follow everything that can be come to from these pages."""
        waiting = deque(("", path) for path in begins or BEGINS)
        while waiting:
            came_from, path = waiting.popleft()
            for link in self._look(came_from, path):
                waiting.append((kind_of(path), link))
        return self

    def _look(self, came_from: str, path: str) -> Iterator[str]:
        kind = kind_of(path)
        if path in self.seen:
            if self.seen[path] == 403:
                self.refused.add(("get", came_from, kind))
            return
        page = self.client.get(path)
        self.seen[path] = page.status_code
        if page.status_code == 403:
            self.refused.add(("get", came_from, kind))
            return
        if page.status_code in (301, 302):
            to = urljoin(path, page["Location"])
            if kind_of(to):
                yield to
            return
        found = read(page, path)
        for link in found.links:
            link = link.partition("#")[0]
            if link and (to := kind_of(link)) and self._is_new("get", kind, to):
                yield link
        for form in found.forms:
            if (to := kind_of(form.action)) and self._is_new("post", kind, to):
                self._press(kind, to, form)

    def _is_new(self, method: str, here: str, to: str) -> bool:
        key = (method, here, to)
        new = key not in self.tried
        self.tried.add(key)
        return new

    def _press(self, here: str, to: str, form: Form) -> None:
        """Send a form as it stands, and take back whatever it did."""
        if resolve(urlsplit(form.action).path).url_name in NOT_PRESSED:
            return
        cookies = self.client.cookies.copy()
        try:
            with transaction.atomic():
                answer = self.client.post(form.action, _as_sent(form))
                if answer.status_code == 403:
                    self.refused.add(("post", here, to))
                raise Undone
        except Undone:
            self.client.cookies = cookies


def _as_sent(form: Form) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in form.sends:
        sent.setdefault(name, []).append(value)
    return sent
