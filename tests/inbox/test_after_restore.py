"""Answers in a home that was restored: what went out after the backup is recognised, none goes out twice."""

from datetime import timedelta

import pytest

from schoolgate.core.models import InstallationStop
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import after_restore, seeing
from schoolgate.inbox.after_restore import doubt_answers
from schoolgate.inbox.replying import write_answer
from schoolgate.networks.fake import FakeNetwork, Fault
from tests.inbox.test_answering import SAID
from tests.publishing.test_after_restore import time_that_is_lost

HOUR = timedelta(hours=1)


@pytest.fixture
def answer(cast, comment, at):
    """An answer that was written down just before the backup."""
    return write_answer(
        by=cast.ben, at=at, item=comment, text="Their PE kit.", version=comment.version, said=SAID
    )


@pytest.fixture
def restored(answer, at):
    """The home two hours later, made from that backup: stopped, and every answer in doubt."""

    def make() -> None:
        InstallationStop.objects.create(reason="restored", placed_at=at + 2 * HOUR, placed_by="restore")
        assert doubt_answers(at=at + 2 * HOUR) == 1
        assert doubt_answers(at=at + 2 * HOUR) == 0

    return make


@pytest.fixture
def look(cast, server, answer, at):
    def up() -> str:
        after_restore.look(
            cast.federation.pk, answer.pk, clock=lambda: at + 2 * HOUR, connect=lambda _: FakeNetwork(server)
        )
        with scope(cast.federation.pk):
            return seeing.answer(answer.pk).state

    return up


def test_one_that_went_out_is_recognised_and_not_sent_again(answer, drive_answer, restored, look, server):
    with time_that_is_lost():
        assert drive_answer(answer).state == "confirmed"
    restored()
    assert (look(), seeing.item(answer.item_id).state) == ("confirmed", "answered")
    assert server.calls.count("reply") == 1


def test_one_that_never_went_out_is_not_sent_and_the_comment_is_open_again(answer, restored, look, server):
    restored()
    assert (look(), seeing.item(answer.item_id).state) == ("failed", "open")
    assert server.calls.count("reply") == 0


def test_one_that_no_network_can_tell_of_is_somebodys_to_look_at(cast, answer, restored, look, server, at):
    restored()
    server.faults = [Fault.TIME_OUT_BEFORE] * 40
    assert look() == "unknown"
    assert after_restore.give_to_people(cast.federation.pk, at=at + 2 * HOUR) == 1
    assert seeing.answer(answer.pk).state == "asked"
    assert Duty.objects.filter(kind="answer.look", ended_at=None).count() == 1
    server.faults = []
    assert (look(), server.calls.count("reply")) == ("asked", 0)
