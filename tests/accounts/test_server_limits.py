"""Limits of an account's own server: read again each day, with the time, and kept where it can't be asked."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts import connecting
from schoolgate.accounts import connecting as server_limits
from schoolgate.accounts.connecting import connect_account, credential_of, sign_in
from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.daily import connections
from schoolgate.networks import port
from schoolgate.networks.mastodon import account as mastodon
from schoolgate.networks.port import Credential
from tests.cast import someone
from tests.networks.mastodon_calls import mastodon_server

DAY = timedelta(days=1)


@pytest.fixture
def stage(own_server, federation, home, at):
    """An open Mastodon account, connected to a server of ours."""
    with mastodon_server() as server:
        member = server.join("north")
        given = Credential(handle=member.name, secret=member.token, service=server.origin)
        signed_in = sign_in("mastodon", given)
        with scope(federation.pk):
            school = School.objects.create(name="North", slug="north")
            keeper = someone("Mari Lewis", "administrator-moderator")
            account = Account.objects.create(
                school=school, name="North", network="mastodon", kind="school", made_at=at, state="open",
                opened_at=at, opened_by=keeper,
            )  # fmt: skip
            Account.objects.create(school=school, name="Y4", network="bluesky", kind="school", made_at=at)
            connect_account(account=account, by=keeper, at=at, signed_in=signed_in)
        yield SimpleNamespace(federation=federation, server=server, pk=account.pk, keeper=keeper)


def row(stage):
    with scope(stage.federation.pk):
        return Account.objects.get(pk=stage.pk)


def a_day_later(monkeypatch, days=1):
    later = time.time() + days * DAY.total_seconds()
    monkeypatch.setattr(mastodon.time, "time", lambda: later)
    return datetime.fromtimestamp(later, UTC)


def test_what_the_server_told_is_on_the_account_with_the_time(stage):
    found = row(stage)

    assert found.told_limits["text_max"] == 500
    assert found.told_limits["film_bytes"] == 103_809_024
    assert abs(found.limits_told_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_daily_sweep_takes_what_the_server_allows_today(stage, monkeypatch, at):
    stage.server.most_characters, stage.server.most_pictures = 1_000, 6
    stage.server.film_bytes = 40_000_000
    later = a_day_later(monkeypatch)

    connections(later)

    found = row(stage)
    assert (
        found.told_limits | {"text_max": 1_000, "pictures": 6, "film_bytes": 40_000_000} == found.told_limits
    )
    assert found.limits_told_at == later
    with scope(stage.federation.pk):
        assert credential_of(found).secret.startswith("token-")


def test_limits_of_the_last_hours_are_not_asked_again(stage, at):
    stage.server.seen.clear()

    connecting.ask(stage.federation.pk, stage.pk)

    assert not any("instance" in each for each in stage.server.seen)


@pytest.mark.parametrize("days", [1, 5])
def test_a_server_that_cant_be_asked_keeps_the_last_known_and_their_time(stage, monkeypatch, days):
    before = row(stage)
    later = a_day_later(monkeypatch, days)
    monkeypatch.setattr(server_limits, "client_for", lambda account: pytest.fail("not asked"))
    stage.server.most_characters = 1_000

    connecting.ask(stage.federation.pk, stage.pk, connect=_silent)

    after = row(stage)
    assert (after.told_limits, after.limits_told_at) == (before.told_limits, before.limits_told_at)
    assert connecting.are_old(after, at=later) is (days == 5)


def _silent(account):
    def limits():
        raise port.NetworkError("unreachable", what_next="try_again")

    return SimpleNamespace(limits=limits, session_to_keep=lambda: None)


@pytest.mark.parametrize(("hours", "old"), [(47, False), (48, False), (49, True)])
def test_limits_are_old_after_two_days(at, hours, old):
    known = Account(network="mastodon", told_limits={"text_max": 500}, limits_told_at=at)
    assert connecting.are_old(known, at=at + timedelta(hours=hours)) is old


def test_only_open_accounts_with_keys_whose_servers_differ_are_asked(stage):
    with scope(stage.federation.pk):
        assert connecting.with_own() == [stage.pk]
        Account.objects.filter(pk=stage.pk).update(state="closed", closed_at=datetime.now(UTC))
        assert connecting.with_own() == []


def test_another_federations_accounts_are_not_seen(stage, make_federation):
    with scope(make_federation("other", "wildground").pk):
        assert connecting.with_own() == []
