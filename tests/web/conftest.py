"""People with a browser: signed in through the program's own sign-in signal, without a password to type."""

from collections.abc import Callable
from datetime import timedelta
from time import time
from unittest.mock import patch

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils.crypto import get_random_string

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.web.frame import sessions
from tests.browsing import served  # noqa: F401 - fixture
from tests.cast import someone
from tests.eyes import eyes  # noqa: F401 - fixture
from tests.web.in_force import in_force  # noqa: F401 - a fixture
from tests.web.own_policy_cast import st_annes, st_annes_as  # noqa: F401 - fixtures
from tests.web.posts_cast import stage  # noqa: F401 - a fixture
from tests.web.school_cast import directory, provider, tom  # noqa: F401 - fixtures


def begun_a_moment_ago(new: SessionStore) -> None:
    """Store a session as it is after its first page."""
    new._session_key = get_random_string(32)
    new["signed_in"] = {**new["signed_in"], "key": new.session_key}
    new.save(must_create=True)


def browser_of(person: Person) -> Client:
    """That person's browser; with a second step, so that none is asked for. Midnight, at which sessions end,
    may come while the test runs. Their session was noted a moment ago: no first page writes it down once
    more, nor the device."""
    browser = Client()
    if not Authenticator.objects.filter(user=person.user_id).exists():
        Authenticator.objects.create(user=person.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with (
        patch.object(sessions, "session_ends_at", lambda at: at + timedelta(days=1)),
        patch.object(Client, "session", None),  # nothing was visited before: no session needs another key
        patch.object(SessionStore, "cycle_key", lambda _new: None),
        patch.object(SessionStore, "create", begun_a_moment_ago),
    ):
        browser.force_login(person.user)
    return browser


@pytest.fixture
def sign_in(rf) -> Callable[[Person], Client]:
    """`sign_in(person)` gives that person's browser."""
    return browser_of


@pytest.fixture
def uncounted(settings) -> None:
    """Nobody is counted from one request to the next, nor when they came last: for tests with thousands."""
    settings.CACHES = {"default": {"BACKEND": "tests.web.forgetful.ForgetfulCache"}}
    settings.USERSESSIONS_TRACK_ACTIVITY = False


@pytest.fixture
def sent_before(monkeypatch) -> Callable[[int], None]:
    """`sent_before(299)`: as often, each sender has sent each form a moment ago. What they send afterwards
    counts as always."""
    counted = ratelimit.apply_rate

    def sent(times: int) -> None:
        moment = time()

        def count(history: list[float], now: float, rate: ratelimit.Rate, **more: bool):
            missing = times - history.count(moment)
            return counted([*history, *[moment] * missing], now, rate, **more)

        monkeypatch.setattr(ratelimit, "apply_rate", count)

    return sent


@pytest.fixture
def federation(request) -> Federation:
    """Wildground: the one in whose world the test is, if it is in one."""
    for world in ("stage", "in_force"):
        if world in request.fixturenames:
            return request.getfixturevalue(world).federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def cast(federation):
    """`cast(name, *roles)` enters somebody of Wildground, and leaves the scope again as a request begins."""

    def enter(name: str, *roles: str, **more: str) -> Person:
        with scope(federation.pk):
            return someone(name, *roles, **more)

    return enter


@pytest.fixture
def browser(cast, sign_in) -> Client:
    """Cara's, a teacher's."""
    return sign_in(cast("Cara", "staff"))
