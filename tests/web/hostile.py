"""Nasty input for forms and query strings, the same for the same seed, and what breaks over it."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.test import Client

from tests.days import today
from tests.pace import sized
from tests.web.sheet import TOKEN, Form, Pairs
from tests.web.walking import lost, sent, with_words

MARKUP = "<script>alert('sg')</script><img src=x onerror=alert(1)>\"'"
UNESCAPED = ("<script>alert(", "<img src=x")
TEMPLATE = "{{ 7|add:1 }} {% load x %} %(name)s %s {0}"
KEPT = f" {MARKUP} {TEMPLATE} \U0001f468\u200d\U0001f469 \u202eabc\u202c \u05d1\u05d9\u05ea Z\u0301\u0301"
"""What may stay as it is."""
ODD = " ring\x07 back\x08 escape\x1b[31m before\ud800after \U000e0067\U000e007f"
"""What no keyboard types."""
NUMBER = "9" * 400
NO_WORDS = ("", " \t\n\u00a0\u2003 ", "a" * 100_000)
NASTY = (
    "", " \t\n\u2003", "\x00", "before\x00after", "half \ud800 a character", "ring\x07\x1b[31m",
    "9" * 400, str(2**63), str(2**63 - 1), str(2**31), "-1", "0", "1", "2", "1e9", "NaN", "Infinity", "1.5",
    "\u0663\u0664", "\u00b2", "999999999", "a" * 100_000, "\u0639" * 5_000, "Z" + "\u0301" * 3000,
    "0000-00-00", "1901-02-03", "2045-12-31",
    "0001-01-01", "9999-12-31", "2926-11-25", "2027-02-31", "31/02/2027", "2026-13-01",
    "9999-12-31T23:59:59+00:00", "2027-01-19T10:30:00+00:00_1", "9999-12-31T23:59:59.999999+14:00_1", "1_2",
    "25:61", "24:00", "no-such-choice", "None", "null", "true", "[]", "{", "*", "me", "all",
    MARKUP, TEMPLATE, "../../etc/passwd", "http://[",
    "https://" + "a" * 3000 + ".example/", "javascript:alert(1)", "a@b", "@name@server", "=1+1",
    "\U0001f468\u200d\U0001f469", "\u202eabc", "'\";--",
)  # fmt: skip
TYPED = {
    "email": "somebody@school.example", "url": "https://school.example/", "number": "1", "time": "10:00",
    "tel": "01632 960001", "search": "day",
}  # fmt: skip
OURS = "/schoolgate/"


def as_filled(form: Form, dice: Random) -> Pairs:
    """What somebody would send: one of its offers, a word in each text, today for a day."""
    filled: dict[str, str] = {}
    offers: dict[str, list[str]] = {}
    for each in form.fields:
        offers.setdefault(each.name, []).extend(offer for offer in each.offers if offer)
        day = today().isoformat() if each.kind == "date" else "x"
        filled.setdefault(each.name, "".join(each.stands[:1]) or TYPED.get(each.kind, day))
    kinds = {each.name: each.kind for each in form.fields}
    sends = [
        (name, dice.choice(offers[name]) if offers[name] else value)
        for name, value in filled.items()
        if name != TOKEN and kinds[name] != "file"
    ]
    named = [(name, value or "") for name, value, _to in form.buttons if name]
    return sends + ([dice.choice(named)] if named else [])


def spoilt(sends: Pairs, dice: Random, least: int = 1) -> Pairs:
    """The same with one to three fields (or at least so many) gone, doubled or nasty; sometimes all."""
    found = list(sends)
    number = max(least, dice.choice((1, 1, 1, 2, 3, len(found))))
    for place in dice.sample(range(len(found)), min(len(found), number)):
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

    def __call__(self, request: HttpRequest, **_more: object) -> None:
        """Note what breaks, and where in the code."""
        error = sys.exc_info()[1]
        frames = [each for each in traceback.extract_tb(error.__traceback__) if OURS in each.filename]
        where = " < ".join(f"{each.filename.split(OURS)[-1]}:{each.lineno}" for each in frames[:-4:-1])
        self.last = f"{type(error).__name__}: {str(error)[:120]} at {where}"
        self.found[self.last] = f"{request.method} {request.get_full_path()[:600]}"

    def look(self, status: int, asked: str) -> None:
        """Note an answer that no visitor should get."""
        if status >= 500:
            self.found[self.last or f"{status}"] = asked[:600]
        self.last = ""


@contextmanager
def listening() -> Iterator[Broken]:
    """Note what breaks within it."""
    broken = Broken()
    got_request_exception.connect(broken)
    try:
        yield broken
    finally:
        got_request_exception.disconnect(broken)


@dataclass
class Hostile:
    """Sends nasty things as one person, and takes back what they did.

    `lost`: each field whose words are gone from the page that refuses its form. `raw`: what was answered with
    markup in it that somebody typed.
    """

    client: Client
    broken: Broken
    dice: Random
    lost: set[tuple[str, int, str]] = field(default_factory=set)
    raw: set[str] = field(default_factory=set)
    requests: int = 0
    forms: int = 0

    def each_once(self, form: Form) -> None:
        """Send a form with all its fields nasty: what may be kept, and then what nobody types, what fits
        nowhere and what ends a text. In `make test` these take turns; in a storm each form gets all.
        """
        kept, *others = _nasty(form, self.dice)
        self.forms += 1
        turn = self.forms % len(others)
        for sends, words in (kept, *(others[turn:] + others[:turn])[: sized(1, len(others))]):
            answer = self.send(form, sends)
            self.lost |= {(form.shape()[0], *one) for one in lost(answer, words)}

    def spoil(self, form: Form) -> None:
        """Send a form with a few fields spoilt; sometimes to a thing that isn't there."""
        to = form.action
        if self.dice.random() < 0.1:
            to = re.sub(r"(?<=/)\d+", self.dice.choice(("0", "999999999", "9" * 40)), to)
        self.send(form, spoilt(as_filled(form, self.dice), self.dice), to)

    def ask(self, path: str, keys: list[str]) -> None:
        """Open a page with a spoilt query string."""
        some = self.dice.sample(keys, self.dice.randint(1, len(keys)))
        asks = [(key, self.dice.choice(NASTY)) for key in some]
        self._sent(path, asks, posts=False)

    def send(self, form: Form, sends: Pairs, to: str = "") -> HttpResponse:
        """Send a form."""
        return self._sent(to or form.action, sends, posts=form.posts)

    def _sent(self, to: str, sends: Pairs, *, posts: bool) -> HttpResponse:
        self.requests += 1
        answer = sent(self.client, to, sends, posts=posts)
        asked = f"{'post' if posts else 'get'} {to} {[(name, value[:60]) for name, value in sends]}"
        if not answer.streaming and any(one.encode() in answer.content for one in UNESCAPED):
            self.raw.add(asked[:600])
        self.broken.look(answer.status_code, asked)
        return answer


def _nasty(form: Form, dice: Random) -> Iterator[tuple[Pairs, dict[str, str]]]:
    stands, words = with_words(form, form.as_it_stands, KEPT)
    yield stands, words
    if words:
        yield with_words(form, form.carried, ODD)
    free = {each.name for each in form.fields if each.kind == "hidden" or each.is_typed}
    turn = dice.randint(0, 1)
    sends = [
        (name, value if name not in free else dice.choice(NO_WORDS) if (place + turn) % 2 else NUMBER)
        for place, (name, value) in enumerate(as_filled(form, dice))
    ]
    if dice.random() * sized(3, 1) < 1:  # of every third form by chance, of each in a storm
        yield spoilt(sends, dice), {}
    yield [(name, "before\x00after" if name in free else value) for name, value in sends], {}
