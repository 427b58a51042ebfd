"""A public comment, every text that the API takes and every picture, given what nobody means to type or send:
it is kept as it is or refused. Forms of pages: `test_all_pages`."""

from __future__ import annotations

import json
from itertools import cycle
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer
from schoolgate.media.models import Picture
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.people.sessions import make_token
from schoolgate.publishing.models import PostTarget
from tests.stories import rolled_back
from tests.web.everything import Everything, one_of_everything
from tests.web.hostile import KEPT, NUMBER, UNESCAPED
from tests.web.things import BEFORE, NOW

TEXTS = {
    "empty": "",
    "white": " \t\n\u00a0\u2003 ",
    "long": "a" * 100_000,
    "emoji, right to left, markup, template": KEPT,
    "control": "ring\x07 back\x08 escape\x1b[31m",
    "nul": "before\x00after",
    "half a character": "before\ud800after",
    "combining": "Z" + "\u0301" * 3000,
    "number": NUMBER,
}


def posted(client: Client, path: str, values: dict[str, str]) -> int:
    """Send a form as bytes, so that what no browser sends arrives too; gives the answer's status."""
    body = urlencode(values, errors="surrogatepass")
    answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
    assert UNESCAPED[0] not in answer.content.decode(errors="replace"), path
    return answer.status_code


@pytest.fixture
def there(in_world, home, uncounted) -> SimpleNamespace:
    return in_world(one_of_everything, NOW)


@pytest.fixture
def ours(there) -> Everything:
    return there.here


def test_a_comment_is_kept_as_it_is_or_refused(ours, client):
    client.raise_request_exception = False
    key = ours.delivery.intent_key
    path = f"/{ours.federation.slug}/noticeboard/{ours.school.slug}/{key}/comment"

    for name, text in TEXTS.items():
        with rolled_back():
            status = posted(client, path, {"name": "", "text": text})
            with scope(ours.federation.pk):
                rows = NoticeboardComment.objects.exclude(text="What should they wear?")
                kept = list(rows.values_list("text", flat=True))
            assert (status, kept) in [(302, [tidy_text(arrived(text))]), (422, [])], name


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


BROKEN = {"control", "nul", "half a character"}
"""These go everywhere; of the others each goes to every second place."""


def test_the_api_keeps_a_text_as_it_is_or_refuses_it(ours, there):
    with scope(ours.federation.pk):
        key = make_token(
            by=there.people[0], at=BEFORE, name="x", days=9, may_write=True, with_factor=True
        ).text
    client = Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)
    post, item = ours.value("post"), ours.value("item")
    for turn, (name, text) in enumerate(TEXTS.items()):
        with rolled_back():
            for method, path, body in API if name in BROKEN else API[turn % 2 :: 2]:
                to = "/api/v1" + path.format(post=post, item=item)
                sent = json.dumps(body(ours, text))
                answer = getattr(client, method)(to, sent, content_type="application/json")
                assert answer.status_code < 500, (method, path, name)
            with scope(ours.federation.pk):
                texts = set(PostTarget.objects.values_list("text", flat=True)) - {"Sports day is on Friday."}
                texts |= set(Answer.objects.values_list("text", flat=True)) - {"Anything green.", "x"}
            assert texts <= {text, tidy_text(text)}, name


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


def test_what_is_no_picture_is_refused_at_the_page(ours, there, sign_in):
    browser = sign_in(there.people[0])
    for what, named in zip(FILES, cycle(NAMES), strict=False):
        sent = SimpleUploadedFile(named, FILES[what], content_type="image/png")
        answer = browser.post(f"/schools/{ours.school.pk}/pictures", {"pictures": sent})

        assert answer.status_code in (400, 409, 422), (what, named)
        with scope(ours.federation.pk):
            assert Picture.objects.count() == 1, (what, named)
