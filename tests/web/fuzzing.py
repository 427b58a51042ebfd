"""Nasty input for every form and every query string that a person comes to, the same for the same seed.

A walk reads the pages (`walking`); here each form is found with all its fields, filled in as somebody would,
and then spoilt in a few of them. What it did is taken back.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.days import today
from tests.web.walking import NOT_SENT, Form, Undone, Walk, page_at

NASTY = (
    "", " \t\n\u2003", "\x00", "before\x00after", "half \ud800 a character", "ring\x07\x1b[31m",
    "9" * 400, str(2**63), str(2**63 - 1), str(2**31), "-1", "0", "1", "2", "1e9", "NaN", "Infinity", "1.5",
    "\u0663\u0664", "\u00b2", "999999999", "a" * 100_000, "\u0639" * 5_000, "Z" + "\u0301" * 3000,
    "0000-00-00", "1901-02-03", "2045-12-31",
    "0001-01-01", "9999-12-31", "2926-11-25", "2027-02-31", "31/02/2027", "2026-13-01",
    "9999-12-31T23:59:59+00:00", "2027-01-19T10:30:00+00:00_1", "9999-12-31T23:59:59.999999+14:00_1", "1_2",
    "25:61", "24:00", "no-such-choice", "None", "null", "true", "[]", "{", "*", "me", "all",
    "<script>alert(1)</script>", "{{ 7|add:1 }} %(name)s %s {0}", "../../etc/passwd", "http://[",
    "https://" + "a" * 3000 + ".example/", "javascript:alert(1)", "a@b", "@name@server", "=1+1",
    "\U0001f468\u200d\U0001f469", "\u202eabc", "'\";--",
)  # fmt: skip
TYPED = {
    "email": "somebody@school.example", "url": "https://school.example/", "number": "1", "time": "10:00",
    "date": "", "tel": "01632 960001", "search": "day",
}  # fmt: skip
LEAVES = (
    *NOT_SENT, "account_reset_password_from_key", "account_change_password", "mfa_deactivate_totp", "act-in",
    "end-session", "choose_password",
)  # fmt: skip
"""Forms that end the visit itself."""
OURS = "/schoolgate/"


@dataclass
class Field:
    """What may be sent under one name: the kind of field, what stands in it, and what it offers."""

    kind: str
    value: str
    offers: list[str] = field(default_factory=list)


@dataclass
class Seen:
    """A form: where it goes, how, its fields, and its buttons with a name."""

    action: str
    posts: bool
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def shape(self) -> tuple[object, ...]:
        """What two drawings of one form have alike."""
        return re.sub(r"\d+", "1", self.action.split("?")[0]), self.posts, frozenset(self.fields)


class Reader(HTMLParser):
    """The forms of a page."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[Seen]()
        self._form: Seen | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = given.get("method", "").lower() == "post"
            self._form = Seen(urljoin(self.path, given.get("action") or self.path).split("#")[0], posts)
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "option" and self._select:
            self._form.fields[self._select].offers.append(given.get("value", ""))
        elif given.get("name"):
            self._named(tag, given, self._form)

    def _named(self, tag: str, given: dict[str, str], form: Seen) -> None:
        name, kind = given["name"], given.get("type", "text") if tag == "input" else tag
        if kind in ("button", "submit"):
            form.buttons.append((name, given.get("value", "")))
        elif kind != "file" and name != "csrfmiddlewaretoken":
            known = form.fields.setdefault(name, Field(kind, given.get("value", "")))
            if kind in ("radio", "checkbox"):
                known.offers.append(given.get("value", "on"))
            self._select = name if kind == "select" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def as_filled(form: Seen, dice: Random) -> list[tuple[str, str]]:
    """What somebody would send: the first offers, a word in each text, today for a day."""
    sent = []
    for name, each in form.fields.items():
        offers = [offer for offer in each.offers if offer]
        value = each.value or TYPED.get(each.kind, "x")
        if each.kind == "date" and not each.value:
            value = today().isoformat()
        sent.append((name, dice.choice(offers) if offers else value))
    return sent + ([dice.choice(form.buttons)] if form.buttons else [])


def spoilt(sent: list[tuple[str, str]], dice: Random) -> list[tuple[str, str]]:
    """The same with one to three fields gone, doubled or nasty; sometimes all of them."""
    found = list(sent)
    for place in dice.sample(range(len(found)), min(len(found), dice.choice((1, 1, 1, 2, 3, len(found))))):
        name, value = found[place]
        how = dice.random()
        if how < 0.08:
            found[place] = ("", "")
        elif how < 0.14:
            found.append((name, dice.choice(NASTY)))
        else:
            found[place] = (name, dice.choice(NASTY) if how < 0.92 else value + dice.choice(NASTY))
    return [pair for pair in found if pair[0]]


@dataclass
class Broken:
    """What was answered 500 or more: each fault of the code once, with an example."""

    found: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def listen(self) -> Callable[[], None]:
        """Note what breaks from now on, until the function that is returned is called."""

        def note(**_more: object) -> None:
            error = sys.exc_info()[1]
            frames = [each for each in traceback.extract_tb(error.__traceback__) if OURS in each.filename]
            where = " < ".join(f"{each.filename.split(OURS)[-1]}:{each.lineno}" for each in frames[:-4:-1])
            self.last = f"{type(error).__name__}: {str(error)[:120]} at {where}"

        got_request_exception.connect(note, weak=False)
        return lambda: got_request_exception.disconnect(note) and None

    def look(self, answer: HttpResponse, asked: str) -> None:
        """Note an answer that no visitor should get."""
        if answer.status_code >= 500:
            self.found.setdefault(self.last or f"{answer.status_code}", asked[:600])
        self.last = ""


class Fuzz(Walk):
    """A walk that finds the forms and the query strings of one person's pages, and then spoils them."""

    def __init__(self, client: Client, read_by_all: set[str], known: set[object], broken: Broken) -> None:
        super().__init__(client, read_by_all)
        client.raise_request_exception = False
        self.forms: list[Seen] = []
        self.asked: dict[str, set[str]] = {}
        self.known, self.broken = known, broken

    def _look(self, came_from: str, address: str) -> Iterator[tuple[str, str]]:
        parts = urlsplit(address)
        if page_at(parts.path) is not None and not parts.netloc:
            self.asked.setdefault(parts.path, set()).update(key for key, _ in parse_qsl(parts.query))
        yield from super()._look(came_from, address)

    def _send(self, here: str, form: Form) -> None:
        """Forms are sent when the walk is over."""

    def read(self, page: HttpResponse, address: str) -> None:
        """Remember the forms of a page that nobody has sent yet."""
        for form in Reader(page.content.decode(), address).forms:
            there = page_at(urlsplit(form.action).path)
            if there is None or there.url_name in LEAVES or form.shape() in self.known:
                continue
            self.known.add(form.shape())
            self.forms.append(form)

    def send(self, form: Seen, dice: Random) -> None:
        """Send a form once, spoilt, and take back what it did."""
        sent = spoilt(as_filled(form, dice), dice)
        to = form.action
        if dice.random() < 0.1:
            to = re.sub(r"(?<=/)\d+", dice.choice(("0", "999999999", "9" * 40)), to)
        self._ask(to, sent, posts=form.posts)

    def ask(self, path: str, keys: list[str], dice: Random) -> None:
        """Open a page with a spoilt query string."""
        sent = [(key, dice.choice(NASTY)) for key in dice.sample(keys, dice.randint(1, len(keys)))]
        self._ask(path, sent, posts=False)

    def _ask(self, to: str, sent: list[tuple[str, str]], *, posts: bool) -> None:
        body = urlencode(sent, errors="surrogatepass")
        cookies = self.client.cookies.copy()
        try:
            with transaction.atomic():
                if posts:
                    kind = "application/x-www-form-urlencoded"
                    answer = self.client.post(to, body, content_type=kind)
                else:
                    answer = self.client.get(f"{to.split('?', maxsplit=1)[0]}?{body[:4000]}")
                self.broken.look(
                    answer, f"{'post' if posts else 'get'} {to} {[(k, v[:60]) for k, v in sent]}"
                )
                raise Undone
        except Undone:
            self.client.cookies = cookies
