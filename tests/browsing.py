"""A real Chromium on the program itself: served in a thread of the test, on the test's own database.

For the suites marked `browser`. Take `own_database` (through `served`): what the server commits is real.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache as once
from http.cookies import SimpleCookie
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from schoolgate.core.surroundings import parts_of
from tests.web.plain import forbidden_in, raw_in, shown_by

AXE = Path(__file__).parents[1] / "scripts/styles/node_modules/axe-core/axe.min.js"
AXE_AT = "/axe-for-tests.js"
"""Where `served` has it: a browser keeps what it loaded, and reads half a megabyte once."""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE = 30_000
"""Milliseconds after which a test stops waiting: far more than it needs, for others share the machine."""
# The shell without windows is the same engine at about half the work.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def shutdown_request(self, request: Any) -> None:
        connections.close_all()
        super().shutdown_request(request)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing: the program keeps its own log."""


@pytest.fixture
def served(own_database: str) -> Iterator[str]:
    """The address of the program, served on this test's own database."""
    with serving() as port:
        yield f"http://127.0.0.1:{port}"
        close_contexts()


@contextmanager
def serving() -> Iterator[int]:
    """Serve the program by threads of this process; yields the port."""
    server = make_server("127.0.0.1", 0, _program(), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class _Remembering:
    """The program, with axe beside it. It's asked for each of its styles, scripts and pictures once: every
    browser is new, and asks for all of them again. So is it for a page that a test has got already."""

    def __init__(self, program: Callable[..., Iterable[bytes]]) -> None:
        self._program = program
        kept = [("Content-Type", "text/javascript"), ("Cache-Control", "max-age=3600, immutable")]
        self._axe = "200 OK", kept, AXE.read_bytes() if AXE.exists() else b""
        self._known: dict[str, tuple[str, list[tuple[str, str]], bytes]] = {}
        self._got: dict[str, tuple[str, list[tuple[str, str]], bytes]] = {}

    def hand_over(self, path: str, answer: HttpResponse) -> None:
        """Give this answer to the next who asks for the path."""
        status = f"{answer.status_code} {answer.reason_phrase}"
        self._got[path] = status, list(answer.items()), answer.content

    def __call__(self, asked: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        """Answer a request."""
        if asked["PATH_INFO"] == AXE_AT:
            status, headers, content = self._axe
        elif asked["PATH_INFO"].startswith("/static/"):
            status, headers, content = self._once(asked)
        elif got := self._got.pop("?".join(filter(None, (asked["PATH_INFO"], asked["QUERY_STRING"]))), None):
            status, headers, content = got
        else:
            return self._program(asked, start)
        start(status, headers)
        return [content]

    def _once(self, asked: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        what = f"{asked['PATH_INFO']} {asked.get('HTTP_ACCEPT_ENCODING')}"
        if what not in self._known:
            head: list[Any] = []
            whole = {name: value for name, value in asked.items() if not name.startswith("HTTP_IF_")}
            body = self._program(whole, lambda *said: head.extend(said))
            self._known[what] = head[0], head[1], b"".join(body)
            getattr(body, "close", lambda: None)()
        return self._known[what]


@once
def _program() -> _Remembering:
    from schoolgate.config.wsgi import application

    return _Remembering(application)


def hand_over(path: str, answer: HttpResponse) -> None:
    """Have the server give a browser this answer, which the test has got already."""
    _program().hand_over(path, answer)


def chromium_path() -> str:
    """Where the system's Chromium is. Raises FileNotFoundError, naming the package, where there is none."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("Chromium is not installed (Debian: apt-get install chromium-headless-shell)")


def started_as(program: str, *words: str) -> dict[str, Any]:
    """How Chromium is started, with these words of its command line."""
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {"executable_path": program, "args": [*root, *words]}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; fails and names the package where there is none."""
    try:
        program = chromium_path()
    except FileNotFoundError as missing:
        pytest.fail(str(missing), pytrace=False)
    with sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread, which Django takes for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(**started_as(program))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def comes(page: Page, what: Callable[[], Any]) -> Any:
    """Wait until there is something, while the page goes on; the test's own time limit ends it."""
    while not (found := what()):
        page.wait_for_timeout(20)
    return found


GIVEN_UP = ("htmx:sendAbort", "htmx:afterRequest")
"""What a page writes of a request that a newer one, or another page, has overtaken: no fault."""


def words_of_console(page: Page) -> list[str]:
    """Return the list to which later words of a page's console are added, and faults of its scripts."""
    said: list[str] = []

    def hear(word: str) -> None:
        if not word.startswith(GIVEN_UP):
            said.append(word)

    page.on("console", lambda message: hear(message.text))
    page.on("pageerror", lambda error: hear(str(error)))
    return said


_opened: list[BrowserContext] = []


def close_contexts() -> None:
    """Close what a test opened: a page that is left open goes on asking a server that is gone."""
    while _opened:
        _opened.pop().close()


def open_context(browser: Browser, size: dict[str, int] = DESK, **more: Any) -> BrowserContext:
    """A browser of its own for one person, in which every word of the console counts."""
    context = browser.new_context(viewport=size, **{"locale": "en-GB", "bypass_csp": True, **more})
    context.set_default_timeout(PATIENCE)
    _opened.append(context)
    return context


def open_unserved(browser: Browser, size: dict[str, int]) -> Page:
    """The page of signing in with its styles in it and no server behind it: nothing is asked for, so nothing
    can be waited for. For what is drawn and never pressed. Its context is closed with the browser."""
    context = browser.new_context(viewport=size, locale="en-GB", bypass_csp=True, service_workers="block")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.set_content(STYLES.sub(_written_in, Client().get("/sign-in").content.decode()))
    return page


STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)"([^>]*)>')


def _written_in(link: re.Match[str]) -> str:
    return f"<style{link[2]}>{Client().get(link[1]).getvalue().decode()}</style>"


def bring_session(context: BrowserContext, client: Client, address: str) -> None:
    """Let a browser go on with the session of a test client that is signed in."""
    cookie: SimpleCookie = client.cookies
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": cookie[name].value, "url": address}])


def complaints_of_axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: rule and place, one line each."""
    if not AXE.exists():
        pytest.fail("axe-core is not installed: run `npm ci` in scripts/styles", pytrace=False)
    if not page.evaluate("'axe' in window"):
        try:
            page.add_script_tag(url=AXE_AT)
        except PlaywrightError:  # another server's page
            page.add_script_tag(path=str(AXE))
    return axe_says(page)


TEXTS = """() => {
  const valued = ['class', 'style', 'type', 'aria-current', 'aria-pressed', 'aria-expanded', 'aria-selected'],
    hash = (text) => {
      let a = 0xdeadbeef, b = 0x41c6ce57
      for (let at = 0; at < text.length; at++) {
        a = Math.imul(a ^ text.charCodeAt(at), 2654435761)
        b = Math.imul(b ^ text.charCodeAt(at), 1597334677)
      }
      return (b >>> 0) * 2097152 + (a >>> 11)
    },
    paths = new Map([[null, hash([innerWidth, matchMedia('(prefers-color-scheme: dark)').matches].join())]]),
    said = (each) => valued.includes(each.name) ? each.name + each.value : each.name
  window.textsForAxe = []
  const found = []
  for (const one of document.querySelectorAll('*')) {
    const words = [...one.childNodes].some((each) => each.nodeType === 3 && each.data.trim()),
      path = hash(paths.get(one.parentElement) + one.tagName + [...one.attributes].map(said).sort())
    paths.set(one, path)
    if (words && one.checkVisibility()) {
      window.textsForAxe.push(one)
      found.push(path)
    }
  }
  return found
}"""
"""Elements that show words: a number for how each is built and what it stands in, in these colours."""
RUN_AXE = """async ([fresh, preload]) => {
  const texts = fresh.map((at) => window.textsForAxe[at])
  texts.forEach((one) => one.setAttribute('data-fresh', ''))
  axe.configure({rules: [{id: 'color-contrast',
    selector: '[data-fresh], [data-fresh] :is(input, select, textarea)'}]})
  const types = ['violations', 'incomplete']
  const found = await axe.run(document, {resultTypes: types, preload, elementRef: true})
  texts.forEach((one) => one.removeAttribute('data-fresh'))
  const undecided = new Set(found.incomplete.filter((rule) => rule.id === 'color-contrast').flatMap(
    (rule) => rule.nodes.map((node) => node.element)))
  return [
    found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.html.slice(0, 160))),
    fresh.filter((_at, place) => undecided.has(texts[place])),
  ]
}"""
_contrasts: set[int] = set()
"""How texts are built whose contrast axe has measured in this run: that of one built alike is the same."""


def axe_says(page: Page) -> list[str]:
    """The same, of a page that has axe in it. Contrasts take most of its time: it measures those of texts
    that are built as none before, and of the fields in these. It looks at a page once: to read its tree takes
    as long as most rules. And of all style sheets it has to read one once."""
    first = {each: place for place, each in reversed(list(enumerate(page.evaluate(TEXTS))))}
    fresh = {place: each for each, place in first.items() if each not in _contrasts}
    wrong, undecided = page.evaluate(RUN_AXE, [list(fresh), not _contrasts])
    _contrasts.update(each for place, each in fresh.items() if place not in undecided)
    return list(wrong)


def width_of(page: Page) -> int:
    """How wide the page is, in CSS pixels: more than the window means that one has to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def keep_pictures(page: Page, name: str) -> None:
    """Keep pictures of the page as it is, and of its address opened again in English and in Welsh, on a phone
    and at a desk, where SCHOOLGATE_TEST_SHOTS names a folder."""
    folder = os.environ.get("SCHOOLGATE_TEST_SHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.screenshot(path=f"{folder}/{name}-now-{size['width']}.png", full_page=True)
    page.set_viewport_size(before)
    kept = page.context.cookies()
    for language in ("en", "cy"):
        chosen = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "path": "/"}
        page.context.add_cookies([{**chosen, "domain": parts_of(page.url).hostname}])
        other = page.context.new_page()
        other.goto(page.url)
        for size in (PHONE, DESK):
            other.set_viewport_size(size)
            other.screenshot(path=f"{folder}/{name}-{language}-{size['width']}.png", full_page=True)
        other.close()
    page.context.clear_cookies()
    page.context.add_cookies(kept)


def wrong_with(page: Page, language: str = "en", *, picture: str = "") -> list[str]:
    """What is wrong with the page as it stands, at the widths of a phone and of a desk, one line each.

    axe looks at the English page on a phone only: each kind of page is looked at in both languages and widths
    by the walk (`tests/web/test_every_page.py`). `picture`: a name under which pictures are kept where
    SCHOOLGATE_TEST_SHOTS names a folder.
    """
    page.wait_for_load_state()  # a click returns as soon as the next page has begun
    where = page.url.split("/", 3)[-1]
    wrong = wrong_words(page, language)
    before = page.viewport_size
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        wrong += too_wide(page, size)
        if picture and (folder := os.environ.get("SCHOOLGATE_TEST_SHOTS")):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{picture}-{language}-{size['width']}.png", full_page=True)
    if language == "en":
        wrong += complaints_of_axe(page)
    page.set_viewport_size(before)
    return [f"{where}: {each}" for each in wrong]


def wrong_words(page: Page, language: str) -> list[str]:
    """Another language than this one, components that were not drawn, and forbidden words."""
    root = "document.documentElement"
    spoken, html = page.evaluate(f"[{root}.lang, {root}.outerHTML]")
    return wrong_in(spoken, html, language)


def wrong_in(spoken: str, html: str, language: str) -> list[str]:
    """The same of a page that was read already: the language that it says it's in, and the page."""
    wrong = [] if spoken == language else [f"in the language {spoken}"]
    wrong += [f"not drawn: {tag}" for tag in raw_in(html)]
    return wrong + [f"the word {word}" for word in forbidden_in(shown_by(html), language)]


def too_wide(page: Page, size: dict[str, int]) -> list[str]:
    """Whether one has to scroll sideways: the page, or a part of it that doesn't show that there is more."""
    wide, hiding = page.evaluate(SIDEWAYS, SCROLLS)
    return [f"{wide} px wide"] * (wide > size["width"]) + [
        f"hides what is on its right: {one}" for one in hiding
    ]


SCROLLS = (
    ".sg-table-wrap, .sg-tabs ul, ul.sg-tabs, .sg-missing ul, .sg-side, .sg-code, textarea, input, select"
)
"""Tables, rows of tabs and of cards, code and fields: people know these as things that go on sideways."""
SIDEWAYS = """(known) => [document.documentElement.scrollWidth,
  [...document.querySelectorAll('main *')].filter((one) => {
    if (one.scrollWidth <= one.clientWidth + 1 || one.clientWidth <= 1 || one.matches(known)) return false
    const drawn = getComputedStyle(one)
    return !['visible', 'clip'].includes(drawn.overflowX) && drawn.textOverflow !== 'ellipsis'
  }).map((one) => `${one.localName}.${one.className} ${one.scrollWidth} of ${one.clientWidth} px`)]"""
