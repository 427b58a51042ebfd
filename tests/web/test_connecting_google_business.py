"""A place on Google is connected through the operator's application: there, back, and chosen among those that
the person manages. What all networks share is tested in `test_connecting_by_app`."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.accounts.connecting import abilities_of, client_for
from schoolgate.accounts.models import Account
from schoolgate.core.env import env
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import Way
from schoolgate.networks.google import account as google
from schoolgate.networks.google_business import reading
from tests.cast import someone
from tests.networks.google_business_server import google_business_server
from tests.web.everything import everything
from tests.web.test_connecting_by_app import account_on
from tests.web.things import NOW

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server(monkeypatch):
    with google_business_server() as made:
        for module, name in (
            (reading, "API"),
            (reading, "ACCOUNTS"),
            (reading, "PLACES"),
            (google, "TOKENS"),
        ):
            monkeypatch.setattr(module, name, made.origin)
        monkeypatch.setenv("SCHOOLGATE_GOOGLE_APP_ID", made.app_id)
        monkeypatch.setenv("SCHOOLGATE_GOOGLE_APP_SECRET", made.app_secret)
        env.cache_clear()
        yield made
    monkeypatch.undo()
    env.cache_clear()


def test_the_place_of_the_register_is_connected_and_no_other_one(in_world, home, server, sign_in):
    cache.clear()
    ours = in_world(everything, NOW).everything
    place, other = server.join("Oakwood"), server.join("Elmwood")
    other.token = place.token
    with scope(ours.federation.pk):
        keeper = someone("Mari Lewis", "administrator-moderator")
        account = account_on("googlebusiness", ours.school, keeper)
        where = f"https://maps.google.com/maps?cid={place.id}"
        Account.objects.filter(pk=account.pk).update(handle="Oakwood on Google", address=where)
    browser, connecting = sign_in(keeper), reverse("account-connect", args=[account.pk])
    assert "Go to Google<" in browser.get(connecting).content.decode()

    def chosen(one):
        to = browser.post(reverse("account-connect-start", args=[account.pk])).context["to"]
        asked = {name: values[0] for name, values in parse_qs(parts_of(to).query).items()}
        code = server.code(place, back=asked["redirect_uri"])
        browser.get(reverse("account-connected"), {"state": asked["state"], "code": code})
        assert "Elmwood, Bangor" in browser.get(connecting).content.decode()
        return browser.post(connecting, {"choice": one.id}).status_code

    assert (chosen(other), chosen(place)) == (422, 302)

    with scope(ours.federation.pk):
        found = Account.objects.get(pk=account.pk)
        assert (found.handle, found.address) == (place.id, where)
        assert abilities_of(found).way("publish") is Way.PROGRAM
    assert client_for(found).profile().display == "Oakwood"
