"""A Facebook Page or an Instagram account is connected through the operator's application: there, back,
chosen from the list. What comes back is used once, within ten minutes, by the person who began it, and no key
is written down anywhere."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.accounts import connecting
from schoolgate.accounts.connecting import abilities_of, credential_of
from schoolgate.accounts.duty_kinds import NOT_CONNECTED, RENEW, RENEW_NOW
from schoolgate.accounts.models import Account
from schoolgate.core.env import env
from schoolgate.core.models import LedgerRow
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.networks.capabilities import Way
from schoolgate.web.accounts import account as by_app
from schoolgate.web.accounts.account import WAITING
from tests.cast import someone
from tests.networks.facebook_server import facebook_server
from tests.stories import rolled_back
from tests.web.everything import Everything, everything
from tests.web.things import NOW

pytestmark = pytest.mark.usefixtures("own_server")
BEFORE = datetime.now(UTC) - timedelta(minutes=5)


def account_on(network, school, opener) -> Account:
    """An open account that the register knows by its name only."""
    return Account.objects.create(
        school=school, name="Our page", network=network, kind="school", visibility="open",
        pupils_in_audience=True, state="open", made_at=BEFORE, opened_at=BEFORE, opened_by=opener,
    )  # fmt: skip


@pytest.fixture
def server(monkeypatch):
    with facebook_server() as made:
        monkeypatch.setattr("schoolgate.networks.meta.account.GRAPH", made.origin)
        monkeypatch.setenv("SCHOOLGATE_META_APP_ID", made.app_id)
        monkeypatch.setenv("SCHOOLGATE_META_APP_SECRET", made.app_secret)
        env.cache_clear()
        yield made
    monkeypatch.undo()
    env.cache_clear()


@pytest.fixture
def ours(in_world, home) -> Everything:
    cache.clear()
    return in_world(everything, NOW).everything


class Cast:
    def __init__(self, ours, server, sign_in, network="facebook") -> None:
        self.ours, self.server, self.sign_in = ours, server, sign_in
        self.page, self.other = server.join("north"), server.join("south")
        with scope(ours.federation.pk):
            self.keeper = someone("Mari Lewis", "administrator-moderator")
            self.second = someone("Nia Lewis", "administrator-moderator")
            self.account = account_on(network, ours.school, self.keeper)
        self.browser = sign_in(self.keeper)
        self.where = reverse("account-connect", args=[self.account.pk])

    def go(self) -> dict[str, str]:
        """Press the button; gives what Meta's dialog is asked."""
        answer = self.browser.post(reverse("account-connect-start", args=[self.account.pk]))
        assert answer.status_code == 200
        address = answer.context["to"]
        assert address.startswith("https://www.facebook.com/v24.0/dialog/oauth?")
        return {name: values[0] for name, values in parse_qs(parts_of(address).query).items()}

    def back(self, asked, browser=None, **more):
        given = {"state": asked["state"], "code": self.server.code(back=asked["redirect_uri"])} | more
        return (browser or self.browser).get(reverse("account-connected"), given)

    def connect(self):
        assert self.back(self.go()).status_code == 302
        return self.browser.post(self.where, {"choice": self.page.id})

    def now(self) -> Account:
        with scope(self.ours.federation.pk):
            return Account.objects.get(pk=self.account.pk)

    def tasks(self) -> list[str]:
        with scope(self.ours.federation.pk):
            return sorted(set(Duty.objects.filter(state="open").values_list("kind", flat=True))
                          & {RENEW, RENEW_NOW, NOT_CONNECTED})  # fmt: skip

    def look_after(self, at: datetime) -> None:
        connecting.look_after(self.ours.federation.pk, self.account.pk, at=at)

    def ends(self, at: datetime) -> None:
        with scope(self.ours.federation.pk):
            Account.objects.filter(pk=self.account.pk).update(keys_run_out_at=at)


@pytest.fixture
def cast(ours, server, sign_in) -> Cast:
    return Cast(ours, server, sign_in)


def test_without_the_operators_keys_the_account_stays_with_people(ours, sign_in, db):
    with scope(ours.federation.pk):
        keeper = someone("Mari Lewis", "administrator-moderator")
        account = account_on("facebook", ours.school, keeper)
        browser = sign_in(keeper)

    assert browser.get(reverse("account-connect", args=[account.pk])).status_code == 404
    assert browser.post(reverse("account-connect-start", args=[account.pk])).status_code == 404
    assert abilities_of(account).way("publish") is Way.HAND


def test_the_page_says_how_the_connection_was_tested_in_both_languages(cast):
    page = cast.browser.get(cast.where).content.decode()
    assert "Go to Facebook<" in page
    assert "not against the real network" in page

    cast.browser.cookies["django_language"] = "cy"
    assert "Mynd i Facebook<" in cast.browser.get(cast.where).content.decode()


def test_meta_is_asked_for_no_more_than_is_used_and_told_where_to_come_back(cast):
    with scope(cast.ours.federation.pk):
        reader = someone("Tom Reader", "staff")
    start = reverse("account-connect-start", args=[cast.account.pk])
    assert cast.sign_in(reader).post(start).status_code == 403, "who may not hold keys"

    asked = cast.go()

    assert asked["scope"].split(",") == [
        "pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_read_user_content",
    ]  # fmt: skip
    assert asked["redirect_uri"].endswith(reverse("account-connected"))
    assert (asked["response_type"], len(asked["state"]) >= 40) == ("code", True)


def test_a_chosen_page_is_connected_and_its_key_is_written_down_nowhere(cast, caplog):
    caplog.set_level(logging.DEBUG)

    page = cast.back(cast.go())
    listed = cast.browser.get(cast.where).content.decode()
    answer = cast.browser.post(cast.where, {"choice": cast.page.id})

    found = cast.now()
    assert (page.status_code, answer.status_code) == (302, 302)
    assert all(name in listed for name in (cast.page.name, cast.other.name))
    assert found.handle == cast.page.name
    assert timedelta(days=59) < found.keys_run_out_at - datetime.now(UTC) <= timedelta(days=60)
    assert abilities_of(found).way("publish") is Way.PROGRAM
    with scope(cast.ours.federation.pk):
        kept = credential_of(found)
        record = "".join(bytes(row.stored).decode() for row in LedgerRow.objects.all())
    assert kept.secret == cast.page.token
    written = caplog.text + record + listed + answer.content.decode() + str(dict(cast.browser.session))
    secrets = [cast.page.token, cast.other.token, cast.server.app_secret, *cast.server.people]
    assert [one for one in secrets if one in written] == []


def test_what_came_back_is_used_once_after_a_wrong_code_is_told_without_it(cast):
    answer = cast.back(cast.go(), code="AQforged")
    assert (answer.status_code, "AQforged" in answer.content.decode()) == (409, False)
    assert cast.now().vault_ref is None

    asked = cast.go()

    assert cast.back(asked).status_code == 302
    again = cast.back(asked)

    assert (again.status_code, "has already been used" in again.content.decode()) == (409, True)


AGES = [(timedelta(minutes=10), 302), (timedelta(minutes=10, seconds=1), 409)]


def test_it_lasts_ten_minutes(cast, monkeypatch):
    for age, status in AGES:
        asked = cast.go()
        began = datetime.fromisoformat(cast.browser.session[WAITING][asked["state"]]["at"])
        with monkeypatch.context() as then:
            then.setattr(by_app, "now", lambda at=began + age: at)
            assert cast.back(asked).status_code == status, age


def test_a_state_of_another_browser_or_person_or_without_access_is_refused_and_its_code_not_used(cast):
    asked = cast.go()

    for browser in (cast.sign_in(cast.second), cast.sign_in(cast.keeper)):
        assert cast.back(asked, browser).status_code == 409
    assert cast.back(asked, state="made-up").status_code == 409

    asked = cast.go()
    refused = cast.browser.get(
        reverse("account-connected"), {"state": asked["state"], "error": "access_denied"}
    )
    assert (refused.status_code, "didn’t give access" in refused.content.decode()) == (409, True)

    asked = cast.go()
    session = cast.browser.session
    waiting = session[WAITING]
    waiting[asked["state"]]["person"] = cast.second.pk
    session[WAITING] = waiting
    session.save()

    assert cast.back(asked).status_code == 409
    assert "POST oauth/access_token" not in cast.server.seen


def test_a_page_on_which_the_person_may_not_publish_is_not_offered(cast):
    cast.other.tasks = ("ANALYZE",)
    cast.back(cast.go())
    with scope(cast.ours.federation.pk):
        another = account_on("facebook", cast.ours.school, cast.keeper)
    elsewhere = cast.browser.get(reverse("account-connect", args=[another.pk])).content.decode()
    assert cast.page.name not in elsewhere, "the choice holds for the account for which it was begun"

    page = cast.browser.get(cast.where).content.decode()
    chosen = cast.browser.post(cast.where, {"choice": cast.other.id})

    assert (cast.page.name in page, cast.other.name in page, chosen.status_code) == (True, False, 422)
    assert cast.now().vault_ref is None


def test_the_page_must_be_that_of_the_register(cast):
    with scope(cast.ours.federation.pk):
        Account.objects.filter(pk=cast.account.pk).update(
            handle="Elsewhere", address="https://www.facebook.com/elsewhere"
        )

    assert cast.connect().status_code == 422
    assert cast.now().vault_ref is None


def test_a_connection_is_renewed_a_month_before_it_ends(cast):
    cast.connect()
    at = datetime.now(UTC)
    cast.ends(at + timedelta(days=31))
    cast.look_after(at)
    early = cast.now().keys_run_out_at
    cast.ends(at + timedelta(days=30))

    cast.look_after(at)

    assert early == at + timedelta(days=31)
    assert cast.now().keys_run_out_at > at + timedelta(days=59)
    assert cast.tasks() == []


WARNED = [(15, []), (14, [RENEW]), (4, [RENEW]), (3, [RENEW, RENEW_NOW])]


def test_a_connection_that_cannot_be_renewed_is_warned_of_until_it_is_connected_again(cast):
    cast.connect()
    cast.server.long_lived = 3600  # Meta gives no longer one
    at = datetime.now(UTC)
    for days, tasks in WARNED:
        cast.ends(at + timedelta(days=days))
        with rolled_back():
            cast.look_after(at)
            cast.look_after(at)
            assert cast.tasks() == sorted(tasks), days

    cast.look_after(at)
    assert cast.tasks() == [RENEW, RENEW_NOW]
    cast.server.long_lived = 60 * 24 * 3600
    cast.connect()
    assert cast.tasks() == []


@pytest.mark.parametrize("how", ["revoked", "ended"])
def test_an_account_whose_connection_ended_is_not_connected_and_its_posts_go_by_hand(cast, how):
    cast.connect()
    at = datetime.now(UTC)
    cast.page.revoked = how == "revoked"
    cast.ends(at if how == "ended" else at + timedelta(days=2))

    cast.look_after(at)

    found = cast.now()
    assert (found.vault_ref, found.connected_at, found.keys_run_out_at) == (None, None, None)
    assert abilities_of(found).way("publish") is Way.HAND
    assert cast.tasks() == [NOT_CONNECTED]
    assert "Not connected" in cast.browser.get(reverse("account", args=[found.pk])).content.decode()


def test_a_network_that_cannot_be_reached_takes_nothing_away(cast, monkeypatch):
    cast.connect()
    monkeypatch.setattr("schoolgate.networks.meta.account.GRAPH", "http://127.0.0.1:9")
    at = datetime.now(UTC)
    cast.server.instead = []
    cast.ends(at + timedelta(days=2))

    cast.look_after(at)

    assert cast.now().vault_ref is not None
    assert cast.tasks() == [RENEW, RENEW_NOW]
