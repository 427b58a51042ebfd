"""An account on Mastodon is connected on its page: server and access token, tried there and then, and the
token is written down nowhere."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.accounts.connecting import credential_of
from schoolgate.accounts.models import Account
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.networks.mastodon.account import RIGHTS
from tests.cast import someone
from tests.networks.mastodon_calls import mastodon_server
from tests.publishing.conftest import account_on
from tests.stories import rolled_back
from tests.web.everything import Everything, everything
from tests.web.things import NOW

pytestmark = pytest.mark.usefixtures("own_server")
BEFORE = datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture
def server():
    with mastodon_server() as made:
        yield made


@pytest.fixture
def ours(in_world, home) -> Everything:
    cache.clear()
    return in_world(everything, NOW).everything


class Cast:
    def __init__(self, ours: Everything, server, sign_in) -> None:
        self.ours, self.server = ours, server
        self.member = server.join("north")
        with scope(ours.federation.pk):
            self.account = account_on("mastodon", ours.school, BEFORE)
            keeper = someone("Mari Lewis", "administrator-moderator")
        self.browser = sign_in(keeper)
        self.register(handle="", address="")
        self.where = reverse("account-connect", args=[self.account.pk])

    def register(self, **fields) -> None:
        with scope(self.ours.federation.pk):
            Account.objects.filter(pk=self.account.pk).update(**fields)

    def connect(self, **given):
        typed = {
            "network": "mastodon", "handle": f"@{self.member.name}@social.test", "secret": self.member.token,
            "service": self.server.origin,
        }  # fmt: skip
        return self.browser.post(self.where, typed | given)

    def now(self) -> Account:
        with scope(self.ours.federation.pk):
            return Account.objects.get(pk=self.account.pk)


@pytest.fixture
def cast(ours, server, sign_in) -> Cast:
    return Cast(ours, server, sign_in)


def test_the_page_asks_for_server_and_token_and_says_how_the_connection_was_tested(cast):
    cast.register(handle="@north@social.test")

    page = cast.browser.get(cast.where).content.decode()

    assert "Key of the application" in page
    assert "App password" not in page
    assert 'value="https://social.test"' in page
    assert all(right in page for right in RIGHTS)
    assert "not against Mastodon itself" in page

    cast.browser.cookies["django_language"] = "cy"
    assert "Allwedd y rhaglen" in cast.browser.get(cast.where).content.decode()


def test_a_token_that_works_is_sealed_and_the_account_is_as_its_server_tells(cast, caplog):
    caplog.set_level(logging.DEBUG)

    answer = cast.connect()

    found = cast.now()
    assert answer.status_code == 302
    assert (found.handle, found.address) == (
        f"{cast.member.name}@social.test", f"https://social.test/@{cast.member.name}",
    )  # fmt: skip
    with scope(cast.ours.federation.pk):
        assert credential_of(found).secret == cast.member.token
        record = "".join(bytes(row.stored).decode() for row in LedgerRow.objects.all())
    assert cast.member.token not in caplog.text + record + answer.content.decode()


REFUSED = [
    ({"secret": "wrong"}, "no longer accepts this account’s access key."),
    ({"handle": "@south@social.test"}, "This key belongs to another account."),
    ({"service": "https://127.0.0.2"}, "This is not the address of a server you can connect to."),
    ({"service": "http://social.test"}, "This is not the address of a server you can connect to."),
    ({"service": "https://10.0.0.1"}, "This is not the address of a server you can connect to."),
    ({"service": ""}, ""),
]


def test_what_is_not_this_account_on_a_public_server_is_refused(cast):
    for given, words in REFUSED:
        answer = cast.connect(**given)

        assert answer.status_code == 422, given
        assert words in answer.content.decode(), given
        assert cast.member.token not in answer.content.decode(), given

    cast.member.scopes = "read"
    page = cast.connect().content.decode()
    assert "doesn’t have all the permissions" in page
    assert "write:statuses" in page
    assert cast.now().vault_ref is None


REGISTERED = [
    ({"handle": "{name}", "address": "https://elsewhere.test/@{name}"}, 422),
    ({"handle": "@{name}@elsewhere.test"}, 422),
    ({"handle": "south"}, 422),
    ({"handle": "{name}"}, 302),
    ({"handle": "@{name}@social.test"}, 302),
    ({"handle": "{name}", "address": "https://social.test/@{name}"}, 302),
]


def test_the_token_must_be_of_the_account_on_the_register(cast):
    for fields, status in REGISTERED:
        with rolled_back():
            told = {"address": "", **fields}
            cast.register(**{key: value.format(name=cast.member.name) for key, value in told.items()})

            assert cast.connect().status_code == status, fields
            assert (cast.now().vault_ref is not None) is (status == 302), fields
