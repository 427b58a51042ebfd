"""A LinkedIn Page is connected through the operator's application: there, back, and chosen among those that
the person runs. What all networks share is tested in `test_connecting_by_app`."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse

from schoolgate.accounts.connecting import abilities_of, client_for, look_after
from schoolgate.accounts.models import Account
from schoolgate.core.env import env
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import Way
from schoolgate.networks.linkedin import reading, signing_in
from schoolgate.web.posts.written import previews
from tests.cast import someone
from tests.networks.linkedin_server import linkedin_server
from tests.web.everything import everything
from tests.web.test_connecting_by_app import account_on
from tests.web.things import NOW

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server(monkeypatch):
    with linkedin_server() as made:
        monkeypatch.setattr(reading, "API", made.origin)
        monkeypatch.setattr(signing_in, "DIALOG", made.origin)
        monkeypatch.setenv("SCHOOLGATE_LINKEDIN_APP_ID", made.app_id)
        monkeypatch.setenv("SCHOOLGATE_LINKEDIN_APP_SECRET", made.app_secret)
        env.cache_clear()
        yield made
    monkeypatch.undo()
    env.cache_clear()


def card_said(account):
    (preview,) = previews([(account, "See https://example.org/week")], [])
    return render_to_string("posts_cards/_preview.html", {"each": preview})


def test_the_page_of_the_register_is_connected_renewed_and_no_other_one(in_world, home, server, sign_in):
    cache.clear()
    ours = in_world(everything, NOW).everything
    page, other = server.join("Oakwood"), server.join("Elmwood")
    person = server.person(page, other)
    where = f"https://www.linkedin.com/company/{page.id}/"
    with scope(ours.federation.pk):
        keeper = someone("Mari Lewis", "administrator-moderator")
        account = account_on("linkedin", ours.school, keeper)
        Account.objects.filter(pk=account.pk).update(handle="Oakwood on LinkedIn", address=where)
        assert "LinkedIn Page makes the card itself." in card_said(account)
    browser, connecting = sign_in(keeper), reverse("account-connect", args=[account.pk])
    assert "Go to LinkedIn<" in browser.get(connecting).content.decode()

    def chosen(one):
        to = browser.post(reverse("account-connect-start", args=[account.pk])).context["to"]
        asked = {name: values[0] for name, values in parse_qs(parts_of(to).query).items()}
        code = server.code(person, back=asked["redirect_uri"])
        browser.get(reverse("account-connected"), {"state": asked["state"], "code": code})
        assert "Elmwood" in browser.get(connecting).content.decode()
        return browser.post(connecting, {"choice": one.id}).status_code

    assert (chosen(other), chosen(page)) == (422, 302)

    with scope(ours.federation.pk):
        found = Account.objects.get(pk=account.pk)
        assert found.handle == page.vanity
        assert abilities_of(found).way("publish") is Way.PROGRAM
        assert "LinkedIn Page shows no card for the link." in card_said(found)
        ends = found.keys_run_out_at
    assert client_for(found).profile().display == "Oakwood"

    before = person.access
    look_after(ours.federation.pk, account.pk, at=ends - timedelta(days=29))

    with scope(ours.federation.pk):
        renewed = Account.objects.get(pk=account.pk)
        assert abs(renewed.keys_run_out_at - ends - timedelta(days=31)) < timedelta(seconds=5)
    assert person.access != before
    assert client_for(renewed).profile().display == "Oakwood"
