"""Letting everybody read a comment, or nobody: the network first, then the note of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schoolgate.core import stops
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.inbox import queries
from schoolgate.inbox.actions import note_hidden, note_released, paste_in
from schoolgate.inbox.letting_through import in_words, prepare, ways
from schoolgate.inbox.models import Item
from schoolgate.networks.capabilities import Way
from schoolgate.networks.fake import FakeNetwork, Fault
from tests.cast import someone
from tests.conftest import recorded

LATER = timedelta(hours=2)


@pytest.fixture
def tell(cast, server, at):
    """`tell(person, item, how, because="")`: what `prepare` says, the network being the one in memory."""

    def ask(person, item, how, because=""):
        return prepare(
            person,
            item.pk,
            how,
            on=at.date(),
            at=at,
            because=because,
            connect=lambda _: FakeNetwork(server),
        )

    return ask


@pytest.fixture
def waiting(comment, server) -> Item:
    """A comment that waits for us before anybody can read it, as on the noticeboard."""
    Item.objects.filter(pk=comment.pk).update(released=False)
    return queries.item(comment.pk)


def test_hiding_tells_the_network_and_then_it_is_noted(cast, comment, tell, server, at):
    assert tell(cast.ben, comment, "hidden", "improper") is None
    assert [each.hidden for each in server.comments.values()] == [True]

    note_hidden(by=cast.ben, at=at, item=comment, how="hidden", because="improper")
    assert queries.item(comment.pk).kept_back == "hidden"
    row = next(row for row in recorded() if row.event == "item.kept_back")
    assert row.details == {"because": "improper", "how": "hidden"}


def test_without_the_part_the_network_is_not_told(cast, comment, tell, server):
    governor = someone("Gwen Governor", "federation-leadership-team")
    with pytest.raises(NotAllowed):
        tell(governor, comment, "hidden", "improper")
    assert [each.hidden for each in server.comments.values()] == [False]


def test_without_a_reason_the_network_is_not_told(cast, comment, tell, server):
    with pytest.raises(BadInput):
        tell(cast.ben, comment, "hidden", "because")
    assert [each.hidden for each in server.comments.values()] == [False]


def test_who_cannot_read_the_inbox_does_not_learn_that_it_is_there(comment, tell):
    with pytest.raises(NotFound):
        tell(someone("Cara Colleague", "staff"), comment, "hidden", "improper")


@pytest.mark.parametrize(
    ("fault", "says", "next_step"),
    [
        (Fault.UNREACHABLE, "could not be reached", "Try again"),
        (Fault.SIGN_IN, "no longer accepts", "Connect the account again"),
    ],
)
def test_the_networks_trouble_is_said_in_words_and_nothing_is_noted(
    cast, comment, tell, server, fault, says, next_step
):
    server.faults = [fault]
    error = tell(cast.ben, comment, "hidden", "improper")

    told = in_words(error)
    assert says in str(told.message)
    assert next_step in str(told.next_step)
    assert queries.item(comment.pk).kept_back == ""


def test_what_everybody_reads_is_not_let_through_again(cast, comment, tell):
    with pytest.raises(NotNow, match="Everybody can read it already"):
        tell(cast.ben, comment, "released")


def test_letting_through_takes_back_the_hiding(cast, waiting, at):
    note_hidden(by=cast.ben, at=at, item=waiting, how="hidden", because="other")

    released = note_released(by=cast.ben, at=at, item=queries.item(waiting.pk))

    assert (released.released, queries.item(waiting.pk).kept_back) == (True, "")


def test_what_we_removed_is_gone_and_nothing_more_can_be_done(cast, comment, at):
    note_hidden(by=cast.ben, at=at, item=comment, how="removed", because="improper")
    removed = queries.item(comment.pk)

    assert (removed.kept_back, removed.gone_at, ways(removed)) == ("removed", at, {})


def test_a_poll_takes_over_what_the_network_shows(comment, server, poll, at):
    (key, there), *_none = server.comments.items()
    server.comments[key] = replace(there, hidden=True)
    assert poll(now=at + LATER)[0].kept_back == "hidden"

    server.comments[key] = there
    assert poll(now=at + 2 * LATER)[0].kept_back == ""


def test_where_no_program_can_hide_a_person_does(cast, terms, tell, at):
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="Rude", appeared_at=at)

    assert ways(item) == {"hidden": Way.HAND, "removed": Way.HAND}
    assert tell(cast.ben, item, "removed", "improper") is None


def test_a_private_message_is_nobody_elses_to_read(cast, terms, at):
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="Hi", appeared_at=at, private=True)

    assert ways(item) == {}


def test_under_a_stop_nothing_is_let_through_and_what_is_improper_is_still_taken_out_of_sight(
    cast, waiting, tell, server, at
):
    stops.stop(reason="event", by=cast.sam, at=at)

    with pytest.raises(NotNow, match="stopped"):
        tell(cast.ben, waiting, "released")
    with pytest.raises(NotNow, match="stopped"):
        note_released(by=cast.ben, at=at, item=waiting)
    assert tell(cast.ben, waiting, "hidden", "improper") is None
    note_hidden(by=cast.ben, at=at, item=waiting, how="hidden", because="improper")

    now = queries.item(waiting.pk)
    assert (now.released, now.kept_back) == (False, "hidden")
