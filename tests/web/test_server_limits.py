"""The page of an account says what its own server takes, since when, and that it no longer answers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import scope
from tests.web.plain import check_page
from tests.web.posts_cast import NOW

TOLD = {"text_max": 5000, "pictures": 6, "film_bytes": 40_000_000}


@pytest.fixture
def page(stage):
    """`page(told, at)`: the page of an account whose server told this then."""

    def open_(told, at):
        pk = stage.accounts["facebook"].pk
        with scope(stage.federation.pk):
            Account.objects.filter(pk=pk).update(network="mastodon", told_limits=told, limits_told_at=at)
        shown = stage.browser("ben").get(reverse("account", args=[pk])).content.decode()
        check_page(shown, "en")
        return shown

    return open_


def test_the_limits_of_the_server_are_shown_with_their_time(page):
    shown = page(TOLD, NOW - timedelta(hours=1))

    assert "5000 characters, 6 pictures, a film of 40 MB" in shown
    assert "No response since then" not in shown


def test_a_server_that_no_longer_answers_is_named_with_the_time_it_last_did(page):
    shown = page(TOLD, NOW - timedelta(days=3))

    assert "5000 characters" in shown
    assert "No response since then" in shown


def test_an_account_whose_server_told_nothing_has_no_such_row(page):
    assert "The server allows" not in page({}, None)
