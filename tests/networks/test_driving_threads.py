"""A thread taken to its end, whatever goes wrong at any of its parts: each part is there once, in order."""

from datetime import timedelta

import pytest

from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.networks.threads import refs_of
from tests.networks.desk import Desk, Killed

LATER = timedelta(minutes=10)
PARTS = ["Camp, day one.\n\n1/3", "Day two.\n\n2/3", "And home.\n\n3/3"]


@pytest.fixture
def desk(own_database, make_federation, at) -> Desk:
    """A federation with an account on Mastodon, in a database where commits are real."""
    desk = Desk.set_up(make_federation(), at)
    desk.use("mastodon")
    return desk


def there(desk: Desk) -> list[tuple[str, str]]:
    """Each post with the one it hangs on, in the order in which they came."""
    ids = {held.ref.id: held.text for held in desk.server.ours.values()}
    return [(held.text, ids.get(held.parent, "")) for held in desk.server.ours.values()]


WHOLE = [(PARTS[0], ""), (PARTS[1], PARTS[0]), (PARTS[2], PARTS[1])]


def test_the_parts_go_out_in_order_and_are_read_back_together(desk):
    row = desk.advance(desk.intent(parts=PARTS))

    assert (row.state, there(desk)) == ("confirmed", WHOLE)
    assert [each.id for each in refs_of(row.ref)] == list(desk.server.ours)
    assert row.ref.whole


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize(
    "fault",
    [
        Fault.UNREACHABLE, Fault.TOO_FAST, Fault.TIME_OUT_BEFORE, Fault.TIME_OUT_AFTER, Fault.HALF_BODY,
        Fault.TROUBLE_BEFORE, Fault.TROUBLE_AFTER,
    ],
)  # fmt: skip
def test_what_goes_wrong_at_a_part_is_gone_on_with_and_none_goes_out_twice(desk, part, fault):
    desk.server.takes_keys = False
    desk.server.faults = [*[None] * part, fault]
    row = desk.advance(desk.intent(parts=PARTS))
    assert row.state in ("written", "unknown")

    for _ in range(3):
        desk.at += LATER
        row = desk.advance(row)

    assert (row.state, there(desk), len(row.ref.rest)) == ("confirmed", WHOLE, 2)


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_is_killed_at_a_part_leaves_a_thread_that_another_one_ends(desk, part, when):
    desk.server.takes_keys = False

    class Dying(FakeNetwork):
        def _part(self, out, text, key, before):
            if len(before) == part and when == "before":
                raise Killed
            sent = super()._part(out, text, key, before)
            if len(before) == part:
                raise Killed
            return sent

    row = desk.intent(parts=PARTS)
    with pytest.raises(Killed):
        desk.advance(row, desk.spec(connect=lambda _row: Dying(desk.server, like="mastodon")))
    assert len(there(desk)) == part + (when == "after")
    assert desk.advance(row).state == "sent"  # while the call could still be under way nothing is done

    for _ in range(2):
        desk.at += LATER
        row = desk.advance(row)

    assert (row.state, there(desk)) == ("confirmed", WHOLE)


def test_killed_again_and_again_each_time_one_part_further(desk):
    class Dying(FakeNetwork):
        def _part(self, out, text, key, before):
            super()._part(out, text, key, before)
            raise Killed

    row = desk.intent(parts=PARTS)
    for _ in PARTS:
        with pytest.raises(Killed):
            desk.advance(row, desk.spec(connect=lambda _row: Dying(desk.server, like="mastodon")))
        desk.at += LATER

    assert (desk.advance(row).state, there(desk)) == ("confirmed", WHOLE)


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.SIGN_IN])
@pytest.mark.parametrize("part", [1, 2])
def test_a_refusal_after_the_first_part_goes_to_a_person_with_what_is_there(desk, fault, part):
    desk.server.faults = [*[None] * part, fault]
    row = desk.advance(desk.intent(parts=PARTS))

    assert (row.state, row.because, row.differences) == ("different", str(fault), ["parts"])
    assert ([each.id for each in refs_of(row.ref)], row.ref.whole) == (list(desk.server.ours), False)
    assert desk.followed == ["different"]

    desk.at += LATER
    assert desk.advance(row).state == "different"
    assert len(there(desk)) == part


def test_a_refusal_of_the_first_part_is_a_refusal(desk):
    desk.server.faults = [Fault.REFUSED]

    row = desk.advance(desk.intent(parts=PARTS))

    assert (row.state, row.receipt, there(desk)) == ("failed", None, [])


def test_a_thread_that_never_gets_further_goes_to_a_person_and_the_rest_can_be_sent(desk):
    row = desk.intent(parts=PARTS)
    desk.server.faults = [None, *[Fault.UNREACHABLE] * 5]
    for _ in range(8):
        row = desk.advance(row)
        desk.at += timedelta(hours=2)
    assert (row.state, row.because, len(there(desk))) == ("different", "unreachable", 1)

    desk.change(row, state="written")

    assert (desk.advance(row).state, there(desk)) == ("confirmed", WHOLE)


def test_a_part_that_was_known_and_then_is_not_there_is_never_sent_again(desk):
    desk.server.faults = [None, None, Fault.TIME_OUT_BEFORE]
    row = desk.advance(desk.intent(parts=PARTS))
    assert (row.state, len(row.ref.rest)) == ("unknown", 1)
    desk.server.remove(row.ref.rest[0])

    desk.at += LATER
    row = desk.advance(row)

    assert (row.state, row.because, len(there(desk))) == ("asked", "no_proof", 1)


def test_every_part_is_taken_down_the_last_one_first(desk):
    row = desk.advance(desk.intent(parts=PARTS))
    gone = []
    desk.server.remove = lambda ref: (gone.append(desk.server.ours.pop(ref.id).text), None)[1]

    taken = desk.advance(desk.removal(row), desk.spec(removes=True))

    assert (taken.state, taken.because, gone) == ("confirmed", "gone", PARTS[::-1])


def test_a_thread_that_is_half_gone_is_still_there(desk):
    row = desk.advance(desk.intent(parts=PARTS))
    desk.server.remove(row.ref)
    desk.server.faults = [Fault.UNREACHABLE]

    taken = desk.advance(desk.removal(row), desk.spec(removes=True))
    assert (taken.state, len(there(desk))) == ("written", 2)

    desk.at += LATER
    assert (desk.advance(taken, desk.spec(removes=True)).state, there(desk)) == ("confirmed", [])
