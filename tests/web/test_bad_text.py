"""Every form of every page, and every text that the API takes, given what nobody means to type: it is kept as
it is or refused with a sentence, and pages show it as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import product
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer
from schoolgate.media.models import Picture
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.people.actions import make_token
from schoolgate.publishing.models import PostTarget
from schoolgate.rulebook import book
from tests.cast import someone
from tests.web.addresses import ALL
from tests.web.everything import Everything, everything
from tests.web.signing import with_app
from tests.web.things import BEFORE, NOW

MARKUP = "<script>alert('sg')</script><img src=x onerror=alert(1)>\"'"
TEXTS = {
    "empty": "",
    "white": " \t\n\u00a0\u2003 ",
    "long": "a" * 100_000,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f " * 40,
    "right to left": "\u0645\u062f\u0631\u0633\u0629 \u202eabc\u202c \u05d1\u05d9\u05ea",
    "control": "ring\x07 back\x08 escape\x1b[31m",
    "nul": "before\x00after",
    "half a character": "before\ud800after",
    "markup": MARKUP,
    "template": "{{ 7|add:1 }} {% load x %} %(name)s %s {0}",
    "combining": "Z" + "\u0301" * 3000,
    "number": "9" * 400,
}
KEPT = ("emoji", "right to left", "markup", "template", "combining")
"""What may stay as it is: into a form's fields it goes in one, for a form is slow."""
IN_FORMS = {
    **{name: text for name, text in TEXTS.items() if name not in KEPT},
    "to be kept": " ".join(TEXTS[name][:60] for name in KEPT),
}
TYPED = {"", "text", "search", "email", "url", "tel", "number", "hidden", "password"}
NOT_FILLED = {"csrfmiddlewaretoken"}
LEAVES = {
    "account_reset_password_from_key",
    "account_logout",
    "account_change_password",
    "mfa_deactivate_totp",
    "act-in",
}
"""Pages whose forms end the visit of the test itself, and the one that a sealed word of a mail opens."""


class Forms(HTMLParser):
    """The forms that a page sends by POST: address, name -> value of each field, and which may be typed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], set[str]]] = []
        self._select = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.found.append((given.get("action", ""), {}, set()))
        elif self._inside and given.get("name"):
            self._field(tag, given)
        elif self._inside and tag == "option" and self._select and given.get("value"):
            self.found[-1][1].setdefault(self._select, given["value"])

    def _field(self, tag: str, given: dict[str, str]) -> None:
        _, values, typed = self.found[-1]
        kind = given.get("type", "")
        if tag == "select":
            self._select = given["name"]
        elif tag == "textarea" or (tag == "input" and kind in TYPED):
            values[given["name"]] = given.get("value", "")
            typed.add(given["name"])
        elif tag == "input" and kind in ("radio", "checkbox"):
            values.setdefault(given["name"], given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def posted(client: Client, path: str, values: dict[str, str]) -> int:
    """Send a form as bytes, so that what no browser sends arrives too; gives the answer's status."""
    body = urlencode(values, errors="surrogatepass")
    answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
    assert "<script>alert(" not in answer.content.decode(errors="replace"), path
    return answer.status_code


@pytest.fixture
def ours(in_world, home, settings) -> Everything:
    """Nobody is counted from one request to the next."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return in_world(everything, NOW).everything


@pytest.fixture
def everybody(ours):
    """Somebody with every role of the policy."""
    with scope(ours.federation.pk):
        return someone("Vera Visitor", *(role.key for role in book("wildground").roles))


@pytest.fixture
def browser(everybody, sign_in) -> Client:
    client = sign_in(with_app(everybody))
    client.raise_request_exception = False
    return client


def pages(ours: Everything) -> list[str]:
    """Every address inside and of the public pages, with our own things in it."""
    found = []
    for address in ALL:
        if address.name and not address.route.startswith("api/") and address.name not in LEAVES:
            things = {key: ours.value(thing) for key, thing in address.things.items() if thing != "session"}
            if set(address.things) <= set(things):
                found.append(address.path(**things))
    return list(dict.fromkeys(found))


@pytest.mark.timeout(600)
def test_no_form_of_any_page_breaks_over_what_is_typed(ours, browser):
    broken, tried, forms = [], 0, set()
    for path in pages(ours):
        page = browser.get(path)
        if page.status_code >= 500:
            broken.append(f"get {path}: {page.status_code}")
        if page.status_code != 200 or "html" not in page.get("Content-Type", "") or page.streaming:
            continue
        for action, values, typed in Forms(page.content.decode()).found:
            to = action.split("#")[0] or path
            if not to.startswith("/") or "sign-out" in to or "/end" in to or not typed - NOT_FILLED:
                continue
            form = re.sub(r"\d+", "1", to), frozenset(typed)
            if form in forms:  # the same form stands on several pages, and once for each of several things
                continue
            forms.add(form)
            for name, text in IN_FORMS.items():
                filled = {key: text if key in typed - NOT_FILLED else value for key, value in values.items()}
                tried += 1
                status = posted(browser, to, filled)
                if status >= 500:
                    broken.append(f"post {to} {name}: {status}")
    assert broken == []
    assert tried > 100


def test_a_comment_is_kept_as_it_is_or_refused(ours, client):
    client.raise_request_exception = False
    key = ours.delivery.intent_key
    path = f"/{ours.federation.slug}/noticeboard/{ours.school.slug}/{key}/comment"

    for name, text in TEXTS.items():
        with taken_back():
            status = posted(client, path, {"name": "", "text": text})
            with scope(ours.federation.pk):
                rows = NoticeboardComment.objects.exclude(text="What should they wear?")
                kept = list(rows.values_list("text", flat=True))
            assert (status, kept) in [(302, [tidy_text(arrived(text))]), (422, [])], name


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done within it is undone afterwards: each text finds the same things."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def arrived(text: str) -> str:
    """A text as a form brings it: halves of characters become marks before anybody reads them."""
    return text.encode(errors="surrogatepass").decode(errors="replace")


def a_post(ours: Everything, text: str) -> dict[str, object]:
    return {"school": ours.school.pk, "targets": [{"account": ours.board.pk, "text": text}]}


def pasted(ours: Everything, text: str, **more: str) -> dict[str, object]:
    return {"account": ours.board.pk, "text": text, "appeared_at": BEFORE.isoformat(), **more}


API = [
    ("post", "/posts", a_post),
    ("post", "/posts/preview", a_post),
    ("put", "/posts/{post}", lambda o, t: {"version": 1, "targets": [{"account": o.board.pk, "text": t}]}),
    ("post", "/posts/{post}/approve", lambda o, t: {"seen": t}),
    ("post", "/posts/{post}?act=send-back", lambda o, t: {"reason": t}),
    ("post", "/posts/{post}?act=take-down", lambda o, t: {"reason": t}),
    ("post", "/inbox/{item}/answers", lambda o, t: {"text": t, "version": o.item.version}),
    ("post", "/inbox/{item}/answers", lambda o, t: {"text": "x", "version": t}),
    ("post", "/inbox/{item}/close", lambda o, t: {"reason": t}),
    ("post", "/inbox", pasted),
    ("post", "/inbox", lambda o, t: pasted(o, "x", author=t, address=t)),
]


def test_the_api_keeps_a_text_as_it_is_or_refuses_it(ours, everybody):
    with scope(ours.federation.pk):
        key = make_token(by=everybody, at=BEFORE, name="x", days=9, may_write=True, with_factor=True).text
    client = Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)
    post, item = ours.value("post"), ours.value("item")
    for name, text in TEXTS.items():
        with taken_back():
            for method, path, body in API:
                to = "/api/v1" + path.format(post=post, item=item)
                sent = json.dumps(body(ours, text))
                answer = getattr(client, method)(to, sent, content_type="application/json")
                assert answer.status_code < 500, (method, path, name)
            with scope(ours.federation.pk):
                texts = set(PostTarget.objects.values_list("text", flat=True)) - {"Sports day is on Friday."}
                texts |= set(Answer.objects.values_list("text", flat=True)) - {"Anything green.", "x"}
            assert texts <= {text, tidy_text(text)}, name


def test_what_was_typed_is_shown_as_text(ours, browser):
    with scope(ours.federation.pk):
        PostTarget.objects.update(text=MARKUP)
        School.objects.update(name=MARKUP[:60])
        NoticeboardComment.objects.update(text=MARKUP, name=MARKUP[:60], state="released", ours=False)
    for path in pages(ours):
        page = browser.get(path)
        assert page.status_code < 500, path
        if not page.streaming and "html" in page.get("Content-Type", ""):
            shown = page.content.decode()
            assert "<script>alert(" not in shown, path
            assert "<img src=x" not in shown, path


FILES = {
    "empty": b"",
    "This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture.": b"MZ"
    + b"\x00" * 500,
    "a page": b"<html><script>alert(1)</script></html>",
    "drawn in markup": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "half a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    "another beginning": b"\xff\xd8\xff\xe0" + b"\x00" * 200,
}


NAMES = ("a.png", "a.jpg", "../../a.png", "a.png.exe", "\u202egnp.exe")


def test_what_is_no_picture_is_refused_at_the_page(ours, browser):
    for what, named in product(FILES, NAMES):
        sent = SimpleUploadedFile(named, FILES[what], content_type="image/png")
        answer = browser.post(f"/schools/{ours.school.pk}/pictures", {"pictures": sent})

        assert answer.status_code in (400, 409, 422), (what, named)
        with scope(ours.federation.pk):
            assert Picture.objects.count() == 1, (what, named)
