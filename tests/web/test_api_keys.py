"""Keys for programs on one's own page."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people import sessions
from schoolgate.people.models import ApiToken
from schoolgate.people.sessions import make_token
from tests.cast import someone
from tests.web.signing import sign_in, with_app, with_password

ASKED = {"name": "Newsletter", "may": "write", "days": "90"}


@pytest.fixture(autouse=True)
def empty_cache(db):
    """Nobody is counted from another test."""
    cache.clear()


@pytest.fixture
def teacher(federation):
    with scope(federation.pk):
        return with_password(someone("Tom Teacher", "staff"))


@pytest.fixture
def client(teacher):
    return sign_in(teacher)


def keys_of(federation):
    with scope(federation.pk):
        return list(ApiToken.objects.order_by("pk"))


def text_in(page):
    return page.content.decode().split('id="key" value="')[1].split('"')[0]


def test_a_key_is_shown_once_works_and_is_ended_on_the_page(client, federation, teacher):
    unnamed = client.post(reverse("add-my-key"), ASKED | {"name": ""})
    assert (unnamed.status_code, keys_of(federation)) == (422, [])

    page = client.post(reverse("add-my-key"), ASKED)
    text = text_in(page)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert sessions.find(text, at=datetime.now(UTC)).person == teacher
    html = client.get(reverse("me")).content.decode()
    assert text not in html
    assert "Newsletter" in html
    [key] = keys_of(federation)
    assert key.with_factor is False, "it was made with a password alone"

    assert client.post(reverse("end-my-key", args=[key.pk])).status_code == 302
    assert sessions.find(text, at=datetime.now(UTC)) is None


def test_nobody_ends_a_colleagues_key(client, federation):
    at = datetime.now(UTC)
    with scope(federation.pk):
        other = make_token(
            by=someone("Una", "staff"), at=at, name="x", days=1, may_write=False, with_factor=False
        )
    assert client.post(reverse("end-my-key", args=[other.token.pk])).status_code == 404
    assert sessions.find(other.text, at=at) is not None


def test_a_key_made_after_a_second_step_says_so(federation):
    with scope(federation.pk):
        head = with_app(with_password(someone("Hanna Head", "slt")))
    sign_in(head).post(reverse("add-my-key"), ASKED)
    assert [key.with_factor for key in keys_of(federation)] == [True]
