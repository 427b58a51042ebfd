"""A running site and a real Chromium, for tests that click through pages as a person does."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache as once
from typing import Any

import pytest
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import PATIENCE, PHONE


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """The program keeps its own log of requests."""


class Remembering:
    """The program, which is asked for each of its styles, scripts and pictures once: every browser is new,
    and asks for all of them again."""

    def __init__(self, program: Callable[..., Iterable[bytes]]) -> None:
        self._program = program
        self._known: dict[str, tuple[str, list[tuple[str, str]], bytes]] = {}

    def __call__(self, asked: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        """Answer a request."""
        if not asked["PATH_INFO"].startswith("/static/"):
            return self._program(asked, start)
        what = f"{asked['PATH_INFO']} {asked.get('HTTP_ACCEPT_ENCODING')}"
        if what not in self._known:
            head: list[Any] = []
            body = self._program(asked, lambda *said: head.extend(said))
            self._known[what] = head[0], head[1], b"".join(body)
            getattr(body, "close", lambda: None)()
        status, headers, content = self._known[what]
        start(status, headers)
        return [content]


@once
def _program() -> Remembering:
    from schoolgate.config.wsgi import application

    return Remembering(application)


@pytest.fixture
def live_site(own_database: str) -> Iterator[str]:
    """The address of the program, served by threads of this process on a database of the test's own.

    `localhost` and not a number: browsers give passkeys to names only. The test's own rows are seen at once.
    """
    cache.clear()
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, connections_override=None)
    server.set_app(_program())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def new_browser(chromium: Browser, live_site: str) -> Iterator[Callable[..., BrowserContext]]:
    """`new_browser(**options)`: somebody's own browser on a phone, without cookies.

    Errors of scripts and refusals of the content policy are gathered in `context.troubles` and fail the test.
    """
    opened: list[BrowserContext] = []

    def open_one(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=live_site, viewport=PHONE, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        troubles: list[str] = []
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on(
            "console",
            lambda line: troubles.append(line.text) if "Content Security Policy" in line.text else None,
        )
        context.troubles = troubles
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        troubles = context.troubles
        context.close()
        assert troubles == []


@contextmanager
def virtual_authenticator(page: Page) -> Iterator[str]:
    """The page's device has a passkey store whose owner is there and willing; yields its id for CDP."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield made["authenticatorId"]
    devtools.send("WebAuthn.disable")
