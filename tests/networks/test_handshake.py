"""The handshake: nothing is ever sent twice blindly, and nothing waits for ever without a person being
asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.moves import check_moves
from schoolgate.networks import handshake
from schoolgate.networks.capabilities import Pace
from schoolgate.networks.handshake import Change, Intent, IntentSnapshot, Step
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import NetworkError, PublishedPost, Receipt, Ref

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
PACE = Pace(time_out_seconds=30, settles_in_seconds=60, source="OWN", read=date(2026, 11, 1))
REF = Ref("fake", "1")
WANTED = NormalPost.of("Open day", ("en",))
SAME = PublishedPost(REF, WANTED)
OTHER = PublishedPost(REF, NormalPost.of("Open dya", ("en",)))
SENT = IntentSnapshot(Intent.SENT, attempts=1, sent_at=AT)
ERRORS = [
    NetworkError(code, what_next=what_next, outcome_unknown=unknown, retry_after=retry_after)
    for code, what_next, unknown, retry_after in [
        ("unreachable", "try_again", False, None),
        ("timed_out", "try_again", True, None),
        ("too_fast", "try_again", False, 600),
        ("sign_in", "reconnect", False, None),
        ("refused", "give_up", False, None),
    ]
]


def seconds(number):
    return AT + timedelta(seconds=number)


STEPS = [
    (IntentSnapshot(Intent.WRITTEN), 0, Step("send")),
    (IntentSnapshot(Intent.WRITTEN, 1, not_before=seconds(60)), 59, Step("wait", seconds(60))),
    (IntentSnapshot(Intent.WRITTEN, 1, not_before=seconds(60)), 60, Step("send")),
    (SENT, 89, Step("wait", seconds(90))),
    (SENT, 90, Step("look_up")),
    (IntentSnapshot(Intent.SENT, 1, AT, not_before=seconds(400)), 399, Step("wait", seconds(400))),
    (IntentSnapshot(Intent.SENT, 1, AT, not_before=seconds(400)), 400, Step("look_up")),
    (IntentSnapshot(Intent.SENT, 1, AT, not_before=seconds(10)), 89, Step("wait", seconds(90))),
    (IntentSnapshot(Intent.SENT, 1, AT, receipt=REF), 0, Step("read_back")),
    (IntentSnapshot(Intent.UNKNOWN, 1, AT, not_before=seconds(90)), 89, Step("wait", seconds(90))),
    (IntentSnapshot(Intent.UNKNOWN, 1, AT, not_before=seconds(90)), 90, Step("look_up")),
    (IntentSnapshot(Intent.ASKED, 1, AT), 900, Step("ask_person")),
    (IntentSnapshot(Intent.DIFFERENT, 1, AT), 900, Step("ask_person")),
    (IntentSnapshot(Intent.CONFIRMED, 1, AT), 900, Step("nothing")),
    (IntentSnapshot(Intent.FAILED, 1, AT), 900, Step("nothing")),
    (IntentSnapshot(Intent.CANCELLED), 900, Step("nothing")),
]


@pytest.mark.parametrize(("known", "after", "step"), STEPS)
def test_the_next_step_follows_from_what_is_known(known, after, step):
    assert handshake.next_step(known, at=seconds(after), pace=PACE) == step


def test_an_answer_is_kept_and_read_back():
    assert handshake.after_send(SENT, Receipt(REF, "k"), at=seconds(1), pace=PACE) == REF


AFTER_SEND = [
    Change(Intent.WRITTEN, "unreachable", not_before=seconds(61), what_next="try_again"),
    Change(Intent.UNKNOWN, "timed_out", not_before=seconds(91), what_next="try_again"),
    Change(Intent.WRITTEN, "too_fast", not_before=seconds(601), what_next="try_again"),
    Change(Intent.FAILED, "sign_in", what_next="reconnect"),
    Change(Intent.FAILED, "refused", what_next="give_up"),
]


@pytest.mark.parametrize(("error", "change"), list(zip(ERRORS, AFTER_SEND, strict=True)))
def test_each_error_of_a_send_says_what_comes_next(error, change):
    assert handshake.after_send(SENT, error, at=seconds(1), pace=PACE) == change


ATTEMPTS = [(1, Intent.WRITTEN), (4, Intent.WRITTEN), (5, Intent.FAILED)]


@pytest.mark.parametrize(("attempts", "to"), ATTEMPTS)
def test_trying_again_ends_after_the_fifth_time(attempts, to):
    change = handshake.after_send(IntentSnapshot(Intent.SENT, attempts, AT), ERRORS[0], at=AT, pace=PACE)

    assert change.to == to


READ_BACK = [
    (SAME, 1, Change(Intent.CONFIRMED, "same", ref=REF)),
    (OTHER, 1, Change(Intent.DIFFERENT, "different", ref=REF, differences=("text",))),
    (None, 89, Step("wait", seconds(90))),
    (None, 90, Change(Intent.UNKNOWN, "not_shown", not_before=seconds(90))),
    (ERRORS[0], 1, Step("wait", seconds(61))),
    (ERRORS[2], 1, Step("wait", seconds(601))),
]


@pytest.mark.parametrize(("found", "after", "expected"), READ_BACK)
def test_what_was_published_is_read_back_and_compared(found, after, expected):
    known = IntentSnapshot(Intent.SENT, 1, AT, receipt=REF)

    assert handshake.after_read_back(known, WANTED, found, at=seconds(after), pace=PACE) == expected


LOOKED_UP = [
    (SAME, True, Change(Intent.CONFIRMED, "same", ref=REF)),
    (OTHER, False, Change(Intent.DIFFERENT, "different", ref=REF, differences=("text",))),
    (None, True, Change(Intent.WRITTEN, "absent", not_before=seconds(160), what_next="try_again")),
    (None, False, Change(Intent.ASKED, "no_proof")),
    (NetworkError("not_offered", what_next="give_up"), True, Change(Intent.ASKED, "no_proof")),
    (ERRORS[0], True, Step("wait", seconds(400))),
]


@pytest.mark.parametrize(("found", "proves_absence", "expected"), LOOKED_UP)
def test_only_proven_absence_lets_something_be_sent_again(found, proves_absence, expected):
    known = IntentSnapshot(Intent.UNKNOWN, 1, AT)

    changed = handshake.after_look_up(known, WANTED, found, at=seconds(100), proves_absence=proves_absence)

    assert changed == expected


@pytest.mark.parametrize(("attempts", "to"), ATTEMPTS)
def test_what_a_dead_worker_never_sent_is_sent_at_once_and_not_for_ever(attempts, to):
    left = IntentSnapshot(Intent.SENT, attempts, AT)

    changed = handshake.after_look_up(left, WANTED, None, at=seconds(100), proves_absence=True)

    assert (changed.to, changed.not_before) == (to, None)


REMOVED = [
    (False, Change(Intent.CONFIRMED, "gone")),
    (True, Change(Intent.WRITTEN, "still_there", not_before=seconds(5), what_next="try_again")),
    (ERRORS[1], Change(Intent.WRITTEN, "timed_out", not_before=seconds(5), what_next="try_again")),
    (ERRORS[2], Change(Intent.WRITTEN, "too_fast", not_before=seconds(600), what_next="try_again")),
    (ERRORS[3], Change(Intent.FAILED, "sign_in", what_next="reconnect")),
]


@pytest.mark.parametrize(("still_there", "expected"), REMOVED)
def test_a_removal_is_done_when_nothing_is_left_to_see(still_there, expected):
    assert handshake.after_removal(SENT, still_there, at=AT) == expected


@pytest.mark.parametrize(("attempts", "to"), ATTEMPTS)
def test_a_removal_that_the_network_puts_off_ends_after_the_fifth_time(attempts, to):
    assert handshake.after_removal(IntentSnapshot(Intent.SENT, attempts, AT), ERRORS[0], at=AT).to == to


@pytest.mark.parametrize(("after", "may"), [(0, True), (30, True), (31, False)])
def test_a_claim_is_worth_a_send_for_as_long_as_one_call_may_take(after, may):
    assert handshake.may_still_send(SENT, at=seconds(after), pace=PACE) is may


HOURS = handshake.PATIENCE.total_seconds()


@pytest.mark.parametrize(("after", "asked"), [(HOURS - 1, False), (HOURS, True)])
def test_what_cannot_be_looked_at_for_hours_is_put_to_a_person(after, asked):
    at, error = seconds(after), ERRORS[0]
    changes = [
        handshake.after_read_back(SENT, WANTED, error, at=at, pace=PACE),
        handshake.after_look_up(SENT, WANTED, error, at=at, proves_absence=True),
        handshake.after_mistake(SENT, at=at),
    ]

    assert [isinstance(each, Change) and each.to == Intent.ASKED for each in changes] == [asked] * 3


@pytest.mark.parametrize("state", [Intent.WRITTEN, Intent.CONFIRMED, Intent.FAILED, Intent.ASKED])
def test_a_mistake_over_what_was_not_sent_asks_nobody(state):
    assert handshake.after_mistake(IntentSnapshot(state, 1, AT), at=AT + 2 * handshake.PATIENCE) is None


def test_the_table_of_moves_is_whole():
    check_moves(Intent, handshake.MOVES)


def test_what_is_live_is_what_can_still_move():
    moving = {state for state, following in handshake.MOVES.items() if following}
    # What failed may be left as it is; what was cancelled a person had done by hand all the same.
    assert moving - handshake.LIVE == {Intent.FAILED, Intent.CANCELLED}
    assert moving >= handshake.LIVE


found_things = st.sampled_from([SAME, OTHER, None, *ERRORS])
later = st.integers(min_value=0, max_value=10_000)


@given(st.integers(min_value=1, max_value=7), found_things, later, st.booleans())
def test_every_change_is_a_move_of_the_table(attempts, found, after, proves_absence):
    at = seconds(after)
    sent = IntentSnapshot(Intent.SENT, attempts, AT, receipt=REF)
    unknown = IntentSnapshot(Intent.UNKNOWN, attempts, AT)
    changes = [
        (sent.state, handshake.after_read_back(sent, WANTED, found, at=at, pace=PACE)),
        (
            unknown.state,
            handshake.after_look_up(unknown, WANTED, found, at=at, proves_absence=proves_absence),
        ),
    ]
    if isinstance(found, NetworkError):
        changes.append((sent.state, handshake.after_send(sent, found, at=at, pace=PACE)))

    for state, change in changes:
        if isinstance(change, Change):
            assert change.to in handshake.MOVES[state]
        else:
            assert (change.name, change.not_before > at) == ("wait", True)


@given(found_things, later)
def test_without_proof_nothing_goes_back_to_be_sent(found, after):
    unknown = IntentSnapshot(Intent.UNKNOWN, 1, AT)

    changed = handshake.after_look_up(unknown, WANTED, found, at=seconds(after), proves_absence=False)

    assert not (isinstance(changed, Change) and changed.to == Intent.WRITTEN)
