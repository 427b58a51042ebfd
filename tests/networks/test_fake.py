"""The fake keeps the contract, and goes wrong exactly when told to."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schoolgate.networks.fake import FakeNetwork, FakeServer, Fault
from schoolgate.networks.port import NetworkError
from tests.networks.contract import NetworkContract, a_post, now


class FakeWorld:
    patience = 0.0

    def __init__(self):
        self.server = FakeServer()
        self.network = FakeNetwork(self.server)

    def comment(self, receipt, text, root=None):
        return self.server.comment(root or receipt.ref, text, at=now(), parent=receipt.ref.id).ref.id

    def elsewhere(self, text):
        return self.server.post_elsewhere(text, at=now()).ref.id

    def edit(self, item, text):
        self.server.edit(item, text)
        return True

    def delete(self, item):
        self.server.delete(item)


class TestFake(NetworkContract):
    @pytest.fixture
    def world(self):
        return FakeWorld()


FAULTS = [
    (Fault.UNREACHABLE, 0, ("unreachable", "try_again", False)),
    (Fault.TIME_OUT_BEFORE, 0, ("timed_out", "try_again", True)),
    (Fault.TIME_OUT_AFTER, 1, ("timed_out", "try_again", True)),
    (Fault.HALF_BODY, 1, ("unreadable_answer", "try_again", True)),
    (Fault.TROUBLE_BEFORE, 0, ("network_trouble", "try_again", True)),
    (Fault.TROUBLE_AFTER, 1, ("network_trouble", "try_again", True)),
    (Fault.TOO_FAST, 0, ("too_fast", "try_again", False)),
    (Fault.SIGN_IN, 0, ("sign_in", "reconnect", False)),
    (Fault.REFUSED, 0, ("refused", "give_up", False)),
]


@pytest.mark.parametrize(("fault", "posts", "error"), FAULTS)
def test_each_fault_says_what_it_says_and_leaves_what_it_leaves(fault, posts, error):
    server = FakeServer(faults=[fault])

    with pytest.raises(NetworkError) as raised:
        FakeNetwork(server).publish(a_post())

    told = raised.value
    assert ((told.code, told.what_next, told.outcome_unknown), len(server.ours)) == (error, posts)


def test_a_fault_while_reading_leaves_no_outcome_open():
    network = FakeNetwork(FakeServer(faults=[Fault.TIME_OUT_AFTER]))

    with pytest.raises(NetworkError) as raised:
        network.look_up("3k")

    assert raised.value.outcome_unknown is False


def test_a_server_that_takes_no_keys_makes_two_posts_of_one():
    server = FakeServer(takes_keys=False)
    out = a_post()

    FakeNetwork(server).publish(out)
    FakeNetwork(server).publish(out)

    assert [held.intent_key for held in server.ours.values()] == [out.intent_key] * 2


def test_a_server_that_answers_twice_gives_each_comment_twice():
    server = FakeServer(answers_twice=True)
    network = FakeNetwork(server)
    receipt = network.publish(a_post())
    item = replace(server.comment(receipt.ref, "Hello", at=datetime(2027, 3, 1, tzinfo=UTC)))

    assert network.replies(receipt.ref) == [item, item]
