"""A running site and a real Chromium, for tests that click through pages as a person does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import PATIENCE, PHONE, serving
from tests.eyes import eyes  # noqa: F401 - a fixture


@pytest.fixture
def live_site(own_database: str) -> Iterator[str]:
    """The address of the program, served by threads of this process on a database of the test's own.

    `localhost` and not a number: browsers give passkeys to names only. The test's own rows are seen at once.
    """
    cache.clear()
    with serving() as port:
        yield f"http://localhost:{port}"


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
