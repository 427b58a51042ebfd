"""A YouTube channel is connected through the operator's application at Google: there, back, chosen, and said
whether its films are made for children. What all networks share is tested in `test_connecting_by_app`."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.accounts import connecting
from schoolgate.accounts.connecting import abilities_of, client_for, credential_of, keep_session
from schoolgate.accounts.duty_kinds import NOT_CONNECTED, RENEW, RENEW_NOW
from schoolgate.accounts.models import Account
from schoolgate.core.env import env
from schoolgate.core.models import LedgerRow
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.networks.capabilities import Way
from schoolgate.networks.google import account
from schoolgate.networks.known import Known
from schoolgate.networks.youtube import reading
from tests.cast import someone
from tests.networks.youtube_calls import youtube_server
from tests.networks.youtube_server import SCOPE
from tests.stories import rolled_back
from tests.web.everything import Everything, everything
from tests.web.test_connecting_by_app import account_on
from tests.web.things import NOW

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server(monkeypatch):
    with youtube_server() as made:
        monkeypatch.setattr(reading, "API", made.origin)
        monkeypatch.setattr(account, "TOKENS", made.origin)
        monkeypatch.setenv("SCHOOLGATE_GOOGLE_APP_ID", made.app_id)
        monkeypatch.setenv("SCHOOLGATE_GOOGLE_APP_SECRET", made.app_secret)
        env.cache_clear()
        yield made
    monkeypatch.undo()
    env.cache_clear()


@pytest.fixture
def ours(in_world, home) -> Everything:
    cache.clear()
    return in_world(everything, NOW).everything


class Cast:
    def __init__(self, ours, server, sign_in) -> None:
        self.ours, self.server = ours, server
        self.channel, self.other = server.join("north"), server.join("south")
        with scope(ours.federation.pk):
            self.keeper = someone("Mari Lewis", "administrator-moderator")
            self.account = account_on("youtube", ours.school, self.keeper)
        self.browser = sign_in(self.keeper)
        self.where = reverse("account-connect", args=[self.account.pk])

    def go(self) -> dict[str, str]:
        """Press the button; gives what Google's page is asked."""
        answer = self.browser.post(reverse("account-connect-start", args=[self.account.pk]))
        address = answer.context["to"]
        assert address.startswith("https://accounts.google.com/o/oauth2/v2/auth?")
        return {name: values[0] for name, values in parse_qs(parts_of(address).query).items()}

    def back(self, channel=None):
        asked = self.go()
        code = self.server.code(channel or self.channel, back=asked["redirect_uri"])
        return self.browser.get(reverse("account-connected"), {"state": asked["state"], "code": code})

    def choose(self, channel=None, **said):
        return self.browser.post(self.where, {"choice": (channel or self.channel).id, **said})

    def connect(self, said="no"):
        assert self.back().status_code == 302
        return self.choose(for_children=said)

    def now(self) -> Account:
        with scope(self.ours.federation.pk):
            return Account.objects.get(pk=self.account.pk)

    def known(self) -> Known:
        with scope(self.ours.federation.pk):
            return Known.read(credential_of(self.now()).session)

    def tasks(self) -> list[str]:
        with scope(self.ours.federation.pk):
            return sorted(set(Duty.objects.filter(state="open").values_list("kind", flat=True))
                          & {RENEW, RENEW_NOW, NOT_CONNECTED})  # fmt: skip

    def look_after(self, at: datetime) -> None:
        connecting.look_after(self.ours.federation.pk, self.account.pk, at=at)


@pytest.fixture
def cast(ours, server, sign_in) -> Cast:
    return Cast(ours, server, sign_in)


def test_without_the_operators_keys_the_channel_stays_with_people(ours, sign_in, db):
    with scope(ours.federation.pk):
        keeper = someone("Mari Lewis", "administrator-moderator")
        account = account_on("youtube", ours.school, keeper)
        browser = sign_in(keeper)

    assert browser.get(reverse("account-connect", args=[account.pk])).status_code == 404
    assert abilities_of(account).way("publish") is Way.HAND


def test_google_is_asked_for_a_key_that_lasts_and_no_more_than_is_used(cast):
    page = cast.browser.get(cast.where).content.decode()
    assert "Go to Google<" in page
    assert "not against the real network" in page, "never tried on the real one"

    asked = cast.go()
    assert (asked["scope"], asked["access_type"], asked["prompt"]) == (SCOPE, "offline", "consent")
    assert asked["redirect_uri"].endswith(reverse("account-connected"))


def test_a_chosen_channel_is_connected_and_its_keys_are_written_down_nowhere(cast, caplog):
    caplog.set_level(logging.DEBUG)

    page = cast.back()
    listed = cast.browser.get(cast.where).content.decode()
    answer = cast.choose(for_children="no")

    found = cast.now()
    assert (page.status_code, answer.status_code) == (302, 302)
    assert (cast.channel.name in listed, cast.other.name in listed) == (True, False)
    assert "Are the films on this channel made for children?" in listed
    assert (found.handle, found.keys_run_out_at) == (cast.channel.handle[1:], None)
    able = abilities_of(found)
    assert {able.way(one) for one in ("publish", "reply", "read_replies", "hide", "remove", "take_down")} == {
        Way.PROGRAM
    }
    assert (able.films, able.way("block"), able.way("edit")) == (1, Way.HAND, Way.HAND)
    with scope(cast.ours.federation.pk):
        kept = credential_of(found)
        record = "".join(bytes(row.stored).decode() for row in LedgerRow.objects.all())
    assert kept.secret == cast.channel.token
    written = caplog.text + record + listed + answer.content.decode() + str(dict(cast.browser.session))
    secrets = [cast.channel.token, cast.server.app_secret, *cast.server.access]
    assert [one for one in secrets if one in written] == []


def test_the_question_about_children_is_there_in_welsh_and_answered_by_nobody_on_the_schools_behalf(cast):
    cast.back()
    cast.browser.cookies["django_language"] = "cy"
    page = cast.browser.get(cast.where).content.decode()
    assert "A yw’r ffilmiau ar y sianel hon wedi’u gwneud ar gyfer plant?" in page

    for said in ({}, {"for_children": ""}, {"for_children": "perhaps"}):
        assert cast.choose(**said).status_code == 422, said
    assert cast.choose(for_children="yes").status_code == 302
    assert cast.known().for_children is True


def test_who_allows_less_than_was_asked_for_is_told(cast):
    cast.server.scope = "openid"

    answer = cast.back()

    assert (answer.status_code, cast.now().vault_ref) == (409, None)
    assert "doesn’t have all the permissions" in answer.content.decode()


ADDRESSES = [("https://www.youtube.com/@elsewhere", 422), ("https://www.youtube.com/channel/{id}", 302),
             ("https://www.youtube.com/{handle}", 302)]  # fmt: skip


def test_the_channel_must_be_that_of_the_register(cast):
    for address, status in ADDRESSES:
        told = address.format(id=cast.channel.id, handle=cast.channel.handle)
        with scope(cast.ours.federation.pk):
            Account.objects.filter(pk=cast.account.pk).update(address=told, handle="Our films")

        assert cast.connect().status_code == status, address


WARNED = [(15, []), (14, [RENEW]), (4, [RENEW]), (3, [RENEW, RENEW_NOW])]


def test_a_connection_that_google_ends_is_warned_of(cast):
    cast.server.lasts = 15 * 24 * 3600
    cast.connect()
    cast.server.lasts = 0  # only the person can give a later end
    at = datetime.now(UTC)
    for days, tasks in WARNED:
        with rolled_back():
            with scope(cast.ours.federation.pk):
                ends = cast.now().keys_run_out_at
                assert timedelta(days=15) - timedelta(hours=1) < ends - at <= timedelta(days=15)
            now = at + timedelta(days=15 - days)
            cast.look_after(now)
            cast.look_after(now)

            assert cast.now().keys_run_out_at == ends, "nobody put it off"
            assert cast.tasks() == sorted(tasks), days


def test_a_connection_without_an_end_is_never_warned_of(cast):
    cast.connect()

    cast.look_after(datetime.now(UTC) + timedelta(days=400))

    assert (cast.tasks(), cast.now().vault_ref is not None) == ([], True)


def test_a_channel_whose_owner_took_access_away_is_posted_to_by_hand_until_it_is_connected_again(cast):
    cast.connect()
    cast.server.revoke(cast.channel)

    cast.look_after(datetime.now(UTC))

    lost = cast.now()
    assert (lost.vault_ref, abilities_of(lost).way("publish"), cast.tasks()) == (
        None, Way.HAND, [NOT_CONNECTED],
    )  # fmt: skip
    cast.channel.revoked = False
    assert cast.connect().status_code == 302
    assert cast.tasks() == []


def test_what_is_not_the_channels_fault_takes_nothing_away(cast, monkeypatch):
    """The network can't be reached, or the keys of the application are wrong."""
    cast.connect()
    cast.server.access.clear()
    with monkeypatch.context() as unreachable:
        unreachable.setattr(account, "TOKENS", "http://127.0.0.1:9")
        cast.look_after(datetime.now(UTC))
        assert cast.now().vault_ref is not None

    cast.server.app_secret = "another"
    cast.look_after(datetime.now(UTC))
    assert cast.now().vault_ref is not None


def test_a_fresh_key_for_an_hour_is_stored_with_the_others_and_never_over_what_was_said_since(cast):
    cast.connect("no")
    before = cast.now()
    cast.server.access.clear()
    network = client_for(before)
    network.profile()

    keep_session(before, network)
    assert (cast.known().access in cast.server.access, cast.known().for_children) == (True, False)

    before = cast.now()
    network = client_for(before)
    cast.server.access.clear()
    network.profile()  # another fresh key, to be stored by the older connection
    cast.connect("yes")
    keep_session(before, network)
    assert cast.known().for_children is True
