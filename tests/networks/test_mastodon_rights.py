"""Whose access token it is, what it may do, and where it is never sent."""

import pytest

from schoolgate.core.outside.client import Client, Reach
from schoolgate.networks.mastodon.account import RIGHTS as ALL_RIGHTS
from schoolgate.networks.mastodon.client import Mastodon
from schoolgate.networks.port import Credential
from tests.networks.contract import a_post
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_world import MASTODON, MastodonWorld, refused
from tests.networks.own_server import Instead

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with mastodon_server() as made:
        yield made


@pytest.fixture
def world(server):
    return MastodonWorld(server)


def test_the_account_is_told_with_its_server(world):
    world.member.note = "The school’s own account. ABC-123"

    profile = world.network.profile()

    assert (profile.id, profile.handle, profile.description, profile.address) == (
        world.member.id, f"{world.member.name}@social.test", "The school’s own account. ABC-123",
        f"https://social.test/@{world.member.name}",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["{}", "@{}", "{}@social.test", "@{}@Social.test"])
def test_the_named_account_is_found_in_any_spelling(server, form):
    world = MastodonWorld(server)
    given = Credential(form.format(world.member.name), world.member.token, server.origin)

    assert Mastodon(MASTODON, given).profile().id == world.member.id


@pytest.mark.parametrize("handle", ["south", "{}@elsewhere.test"])
def test_a_token_of_another_account_is_refused(server, handle):
    world = MastodonWorld(server)
    given = Credential(handle.format(world.member.name), world.member.token, server.origin)

    error = refused(Mastodon(MASTODON, given).profile)
    assert (error.code, error.what_next) == ("other_account", "reconnect")


def test_a_session_of_another_account_is_noticed(server):
    one, other = MastodonWorld(server), MastodonWorld(server)
    one.network.profile()

    assert refused(other.again(one.network.session_to_keep()).profile).code == "other_account"


RIGHTS = [
    ("read write", ""),
    (" ".join(ALL_RIGHTS), ""),
    ("read write:statuses write:blocks write:reports", "write:media"),
    ("read", "write:blocks write:media write:reports write:statuses"),
]


@pytest.mark.parametrize(("scopes", "missing"), RIGHTS)
def test_a_token_that_may_do_too_little_is_refused_when_it_is_given(server, scopes, missing):
    world = MastodonWorld(server)
    world.member.scopes = scopes

    if not missing:
        assert world.network.profile().id == world.member.id
        return
    error = refused(world.network.profile)
    assert (error.code, error.what_next, error.detail) == ("too_few_rights", "reconnect", missing)


UNTOLD = [
    ("read:accounts read:statuses write", "read:notifications"),
    ("read", "write:blocks write:media write:reports write:statuses"),
    ("read write:statuses write:media write:reports", "write:blocks"),
]


@pytest.mark.parametrize(("scopes", "missing"), UNTOLD)
def test_on_a_server_that_tells_no_scopes_each_is_tried_and_nothing_is_done(server, scopes, missing):
    server.tells_scopes = False
    world = MastodonWorld(server)
    world.member.scopes = scopes

    assert refused(world.network.profile).detail == missing
    world.member.scopes = " ".join(ALL_RIGHTS)
    assert world.again().profile().id == world.member.id
    assert (server.statuses, server.media, server.reports, world.member.blocked) == ({}, {}, [], set())


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_token_says_connect_again(server, status):
    server.wrong_token = status
    wrong = Credential(secret="nonsense", service=server.origin)

    error = refused(Mastodon(MASTODON, wrong).profile)
    assert (error.code, error.what_next) == ("sign_in", "reconnect")


def test_no_token_asks_no_server(server):
    error = refused(Mastodon(MASTODON, Credential(service=server.origin)).profile)

    assert (error.code, server.seen) == ("sign_in", [])


PLACES = [
    "", "http://social.test", "https://user:pass@social.test", "https://social.test/path", "ftp://social.test",
    "https://localhost", "https://127.0.0.1", "http://127.0.0.1:3000", "https://[::1]",
]  # fmt: skip


@pytest.mark.parametrize("service", PLACES)
def test_a_token_is_never_sent_to_this_machine_or_over_an_open_line(private_hosts, service):
    private_hosts("")
    given = Credential(secret="token", service=service)

    assert refused(lambda: Mastodon(MASTODON, given).profile()).code == "bad_address"


INSIDE = ["10.0.0.5", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"]


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("also", [[], ["93.184.216.34"]])
def test_a_token_is_never_sent_into_the_schools_own_network(inside, also):
    given = Credential(secret="token", service="https://social.test")
    client = Client(Reach(resolve=lambda host, port: [*also, inside]))

    assert refused(Mastodon(MASTODON, given, client=client).profile).code == "bad_address"


def test_a_server_that_repeats_the_token_does_not_put_it_into_the_record(server, world):
    world.network.limits()
    told = {"error": f"no such token: {world.member.token}"}
    server.instead = [Instead("POST /api/v1/statuses", 422, told)]

    error = refused(lambda: world.network.publish(a_post()))

    assert (world.member.token in error.detail, error.detail) == (False, "no such token: [...]")
    assert world.member.token not in repr(world.network.session_to_keep())
