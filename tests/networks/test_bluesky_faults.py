"""Whatever goes wrong on the way to a real Bluesky network, a post is there once or not at all, and we know
which."""

from datetime import timedelta

import pytest

from schoolgate.core.outside.client import Client
from schoolgate.networks import handshake
from schoolgate.networks.bluesky.client import Bluesky
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent, IntentSnapshot
from schoolgate.networks.port import Credential, NetworkError
from tests.network.asking import ask
from tests.network.fault_proxy import Trouble, fault_proxy
from tests.networks.contract import a_picture, a_post, new_key, now
from tests.networks.walking import FOUND, SENT_AGAIN, attempt, prompt, walk

pytestmark = pytest.mark.bluesky

BLUESKY = all_capabilities()["bluesky"]
PACE = BLUESKY.pace
SILENCE = 6.0
"""Seconds that the client waits here for an answer. One that comes takes a twentieth of a second, longer on a
busy machine."""


@pytest.fixture(scope="module")
def account(bluesky_network):
    return bluesky_network.new_account("faults")


@pytest.fixture
def proxy(bluesky_network):
    with fault_proxy(bluesky_network.pds) as made:
        made.hang = SILENCE + 1
        yield made


@pytest.fixture
def network(account, proxy):
    """A client that soon stops waiting for an answer; signed in before anything goes wrong."""
    credential = Credential(account.handle, account.app_password, proxy.origin)
    with Client(silence=SILENCE) as client:
        signed_in = Bluesky(BLUESKY, credential, client=client)
        signed_in.publish(a_post("Before anything went wrong"))
        proxy.seen.clear()
        proxy.where = "applyWrites"
        yield signed_in


def texts(bluesky_network, account):
    """What stands in the account, seen through another door."""
    answer = ask(
        "GET",
        f"{bluesky_network.pds}/xrpc/com.atproto.repo.listRecords",
        params={"repo": account.did, "collection": "app.bsky.feed.post", "limit": 100},
        timeout=60,
    )
    return [row["value"]["text"] for row in answer.json()["records"]]


ENDS = [
    (Trouble.HANG_BEFORE, SENT_AGAIN),
    (Trouble.HANG_AFTER, FOUND),
    (Trouble.CUT_BEFORE, SENT_AGAIN),
    (Trouble.CUT_AFTER, FOUND),
    (Trouble.HALF_A_BODY, FOUND),
    (Trouble.NOT_JSON, FOUND),
    (Trouble.TROUBLE_BEFORE, SENT_AGAIN),
    (Trouble.TROUBLE_AFTER, FOUND),
    (Trouble.TOO_FAST, ["send", "wait", "send", "read_back", "nothing"]),
    (Trouble.TOKEN_ENDED, ["send", "read_back", "nothing"]),
    (Trouble.TWICE, ["send", "read_back", "nothing"]),
]


@pytest.mark.parametrize(("trouble", "steps"), ENDS)
def test_a_post_is_there_once_after_any_trouble(bluesky_network, account, network, proxy, trouble, steps):
    out = a_post(f"Once and only once: {trouble} {new_key()}")
    proxy.troubles = [trouble]

    known, path = walk(network, out, PACE)

    assert (known.state, prompt(path)) == (Intent.CONFIRMED, steps)
    assert texts(bluesky_network, account).count(out.text) == 1


def test_an_account_that_was_signed_out_fails_and_leaves_nothing(bluesky_network, account, network, proxy):
    out = a_post(f"Signed out {new_key()}")
    proxy.troubles = [Trouble.SIGNED_OUT]

    known, path = walk(network, out, PACE)

    assert (known.state, path) == (Intent.FAILED, ["send", "nothing"])
    assert out.text not in texts(bluesky_network, account)


def test_a_worker_that_died_while_sending_is_followed_by_a_look_up(bluesky_network, account, network):
    out = a_post(f"The worker died {new_key()}")
    network.publish(out)
    known = IntentSnapshot(Intent.SENT, attempts=1, sent_at=now())

    early = handshake.next_step(known, at=known.sent_at + timedelta(seconds=89), pace=PACE)
    due = handshake.next_step(known, at=known.sent_at + timedelta(seconds=90), pace=PACE)
    change = handshake.after_look_up(
        known, out.normal(), network.look_up(out.intent_key), at=now(), proves_absence=True
    )

    assert (early.name, due.name, change.to) == ("wait", "look_up", Intent.CONFIRMED)
    assert texts(bluesky_network, account).count(out.text) == 1


def test_trouble_while_looking_up_never_counts_as_absence(network, proxy):
    out = a_post(f"Looked up in trouble {new_key()}")
    network.publish(out)
    proxy.where = "getRecord"

    for trouble in (Trouble.HANG_AFTER, Trouble.NOT_JSON, Trouble.TROUBLE_BEFORE, Trouble.TOO_FAST):
        proxy.troubles = [trouble]
        error = attempt(lambda: network.look_up(out.intent_key))
        assert (type(error), error.what_next, error.outcome_unknown) == (NetworkError, "try_again", False)
    assert network.look_up(out.intent_key) is not None


def test_a_picture_that_is_lost_on_the_way_leaves_nothing_open(bluesky_network, account, network, proxy):
    out = a_post(f"With a picture {new_key()}", pictures=(a_picture(),))
    proxy.where, proxy.troubles = "uploadBlob", [Trouble.HANG_AFTER]

    known, path = walk(network, out, PACE)

    assert (known.state, path) == (Intent.CONFIRMED, ["send", "wait", "send", "read_back", "nothing"])
    assert texts(bluesky_network, account).count(out.text) == 1


def test_a_wait_that_the_network_asks_for_is_kept(network, proxy):
    proxy.troubles = [Trouble.TOO_FAST]

    error = attempt(lambda: network.publish(a_post()))

    assert (error.code, error.retry_after) == ("too_fast", 7.0)


def test_taking_down_again_after_a_lost_answer_is_safe(bluesky_network, account, network, proxy):
    out = a_post(f"To take down {new_key()}")
    receipt = network.publish(out)
    proxy.troubles = [Trouble.CUT_AFTER]

    lost = attempt(lambda: network.take_down(receipt.ref))
    again = attempt(lambda: network.take_down(receipt.ref))

    assert (lost.outcome_unknown, again, network.read_back(receipt.ref)) == (True, None, None)
    assert out.text not in texts(bluesky_network, account)
