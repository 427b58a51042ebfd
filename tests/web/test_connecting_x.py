"""An account on X is connected through the operator's application. Its keys end within hours and are renewed
by others that count only once: two that need them at once renew them once, and both can go on. What all
networks share is tested in `test_connecting_by_app`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.accounts import connecting
from schoolgate.accounts.connecting import abilities_of, client_for, credential_of, look_after, put_keys
from schoolgate.accounts.models import Account
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.models import School
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import Way
from schoolgate.networks.known import Known
from schoolgate.networks.port import NetworkError
from schoolgate.networks.x import reading
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.networks.contract import a_post
from tests.networks.desk import side_by_side
from tests.networks.own_server import Instead
from tests.networks.x_server import x_server
from tests.networks.x_world import XWorld
from tests.web.everything import everything
from tests.web.test_connecting_by_app import account_on
from tests.web.things import NOW

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server(monkeypatch):
    with x_server() as made:
        monkeypatch.setattr(reading, "API", made.origin)
        monkeypatch.setenv("SCHOOLGATE_X_APP_ID", made.app_id)
        monkeypatch.setenv("SCHOOLGATE_X_APP_SECRET", made.app_secret)
        env.cache_clear()
        yield made
    monkeypatch.undo()
    env.cache_clear()


def test_the_account_of_the_register_is_connected_and_no_other_one(in_world, home, server, sign_in):
    cache.clear()
    ours = in_world(everything, NOW).everything
    user, other = server.join("Oakwood"), server.join("Elmwood")
    with scope(ours.federation.pk):
        keeper = someone("Mari Lewis", "administrator-moderator")
        account = account_on("x", ours.school, keeper)
        Account.objects.filter(pk=account.pk).update(handle=user.handle)
    browser, connecting_page = sign_in(keeper), reverse("account-connect", args=[account.pk])
    assert "Go to X<" in browser.get(connecting_page).content.decode()

    def chosen(one):
        to = browser.post(reverse("account-connect-start", args=[account.pk])).context["to"]
        asked = {name: values[0] for name, values in parse_qs(parts_of(to).query).items()}
        code = server.code(one, back=asked["redirect_uri"], challenge=asked["code_challenge"])
        browser.get(reverse("account-connected"), {"state": asked["state"], "code": code})
        return browser.post(connecting_page, {"choice": one.id}).status_code

    assert (chosen(other), chosen(user)) == (422, 302)

    with scope(ours.federation.pk):
        found = Account.objects.get(pk=account.pk)
        assert (found.handle, found.address, found.keys_run_out_at) == (
            user.handle, f"https://x.com/{user.handle}", None,
        )  # fmt: skip
        assert abilities_of(found).way("publish") is Way.PROGRAM
        assert abilities_of(found).way("read_replies") is Way.HAND
    assert client_for(found).profile().display == "Oakwood"


@pytest.fixture
def connected(own_database, make_federation, home, server):
    """An account on X whose keys end within minutes, and the world at X."""
    federation, world = make_federation(), XWorld(server)
    with scope(federation.pk):
        school = School.objects.create(name="Oakwood", slug="oakwood")
        adopt(by=someone("Sam Slater", "slt"), at=now() - timedelta(days=1))
        account = account_on("x", school, someone("Mari Lewis", "administrator-moderator"))
        put_keys(account, ending(world))
        account.connected_at = now()
        account.save()
    return account, world


def ending(world):
    """The present keys, said to end in a minute."""
    known = Known.read(world.credential.session)
    soon = int((now() + timedelta(minutes=1)).timestamp())
    return replace(world.credential, session=replace(known, access_until=soon).to_text())


def kept(account):
    with scope(account.federation_id):
        return credential_of(Account.objects.get(pk=account.pk))


def test_two_who_need_new_keys_at_once_renew_them_once_and_both_can_post(connected, server, monkeypatch):
    account, world = connected
    both, asked, told = Barrier(2), [], connecting.ends_soon

    def at_once(*given, **more):
        found = told(*given, **more)
        asked.append(found)
        if len(asked) <= 2:  # neither goes on before both have seen that the keys end
            both.wait(10)
        return found

    monkeypatch.setattr(connecting, "ends_soon", at_once)

    def post():
        with scope(account.federation_id):
            mine = Account.objects.get(pk=account.pk)
        return client_for(mine).publish(a_post("From both"))

    side_by_side(post, times=2)

    assert asked[:2] == [True, True]
    assert (server.renewals, server.of(world.user)) == (1, ["From both"] * 2)
    assert (kept(account).secret, Known.read(kept(account).session).renews) == (
        world.user.access, world.user.refresh,
    )  # fmt: skip
    post()
    assert server.renewals == 1


def test_keys_that_are_connected_anew_meanwhile_stay(connected, server, monkeypatch):
    account, world = connected
    fresh = replace(world.credential, secret="given-meanwhile")

    def renewed(network, credential, *, at):
        with scope(account.federation_id):
            row = Account.objects.get(pk=account.pk)
            put_keys(row, fresh)
            row.save()
        return world.credential

    monkeypatch.setattr(connecting, "renewed", renewed)

    client_for(account)

    assert kept(account).secret == "given-meanwhile"


def test_keys_that_can_not_be_renewed_now_stay_and_ones_that_count_no_longer_end_the_connection(
    connected, server
):
    account, world = connected
    before = kept(account)
    server.instead = [Instead("POST /2/oauth2/token", 503, b"<html>")]

    with pytest.raises(NetworkError, match="network_trouble"):
        client_for(account)
    assert kept(account) == before

    world.user.revoked = True
    look_after(account.federation_id, account.pk, at=now())

    with scope(account.federation_id):
        assert Account.objects.get(pk=account.pk).vault_ref is None
