"""A person answers what came in."""

from datetime import timedelta

import pytest

from schoolgate.accounts.models import ImportedAccount
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.models import Safeguarder
from schoolgate.core.stops import lift, stop
from schoolgate.duties.models import Duty
from schoolgate.inbox import seeing
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Answer
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.replying import answer_done_by_hand, close_item, say_how_the_answer_stands, write_answer
from schoolgate.networks.fake import Fault
from tests.accounts.there import line, taken_in
from tests.cast import someone

SAID = {"in_doubt": False, "commits": False, "from_press": False}
LATER = timedelta(minutes=10)


@pytest.fixture
def write(cast, comment, at):
    def make(**changes):
        given = {
            "by": cast.ben, "at": at, "item": comment, "text": "Their PE kit.", "version": comment.version,
            "said": SAID,
        }  # fmt: skip
        return write_answer(**{**given, **changes})

    return make


def duty(kind="item.answer"):
    return Duty.objects.get(kind=kind)


def test_an_answer_is_sent_below_the_comment_and_ends_the_duty(comment, write, drive_answer, server):
    answer = drive_answer(write())

    assert (answer.state, seeing.item(comment.pk).state, duty().state) == (
        "confirmed",
        "answered",
        "discharged",
    )
    assert [held.text for held in server.ours.values() if held.parent == comment.network_id] == [
        "Their PE kit."
    ]


def test_a_confirmation_of_receipt_is_enough_at_wildground(comment, write, drive_answer):
    answer = drive_answer(write(text="We have seen this.", acknowledges_only=True))

    assert (answer.stops_the_clock, duty().state) == (True, "discharged")


def test_somebody_without_the_part_cannot_answer(write):
    with pytest.raises(NotAllowed):
        write(by=someone("Cara Colleague", "staff"))

    assert not Answer.objects.exists()


def test_a_comment_that_changed_meanwhile_is_not_answered(write):
    with pytest.raises(NotNow, match="The author has edited this since you opened it"):
        write(version="another")


def test_two_people_cannot_answer_at_once(cast, write):
    write()

    with pytest.raises(NotNow):
        write(by=cast.sam, item=seeing.item(Answer.objects.get().item_id))


def test_an_answer_waits_while_everything_is_stopped(cast, write, at):
    stop(reason="Report a concern", by=cast.sam, at=at)

    with pytest.raises(NotNow, match="stopped"):
        write()


def test_an_answer_that_a_long_stop_kept_back_is_not_sent_when_it_is_lifted(
    cast, comment, write, drive_answer, server, at
):
    written = write()
    half_an_hour = timedelta(minutes=30)
    pressed = stop(reason="Report a concern", by=cast.sam, at=at)
    assert drive_answer(written).state == "written"
    lift(stop=pressed, by=cast.sam, at=at + half_an_hour)

    late = drive_answer(written, now=at + half_an_hour + timedelta(microseconds=1))

    assert (late.state, late.because, server.calls.count("reply")) == ("failed", "too_slow", 0)
    assert (seeing.item(comment.pk).state, duty("answer.failed").person) == ("open", cast.ben)


def test_an_answer_of_which_half_an_hour_has_just_gone_by_is_still_sent(write, drive_answer, at):
    assert drive_answer(write(), now=at + timedelta(minutes=30)).state == "confirmed"


def test_an_answer_is_not_sent_to_words_that_its_writer_has_changed_since(
    comment, write, drive_answer, server, poll, at
):
    written = write()
    server.edit(next(iter(server.comments.values())), "Never mind the kit: when does it start?")
    poll(now=at + LATER)

    answer = drive_answer(written, now=at + LATER)

    assert (answer.state, answer.because, server.calls.count("reply")) == ("failed", "changed", 0)
    assert (seeing.item(comment.pk).state, duty().state) == ("open", "open")
    assert duty("answer.failed").state == "open"


@pytest.fixture
def dee(cast, at):
    """The designated safeguarding lead."""
    person = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


def test_an_answer_from_before_the_lock_is_not_sent_and_the_lead_is_told(
    cast, dee, comment, write, drive_answer, server, at
):
    written = write()
    lock_item(by=cast.ben, at=at + LATER / 2, item=seeing.item(comment.pk))

    answer = drive_answer(written, now=at + LATER)

    assert (answer.state, answer.because, server.calls.count("reply")) == ("failed", "locked", 0)
    assert [task.person for task in Duty.objects.filter(kind="answer.failed")] == [dee]
    assert seeing.item(comment.pk).state == "open"


def test_an_answer_that_a_lead_with_that_role_wrote_after_the_lock_is_sent(
    cast, comment, write, drive_answer, at
):
    Safeguarder.objects.create(place="lead", person_id=cast.ben.pk, since=at)
    lock_item(by=cast.ben, at=at, item=seeing.item(comment.pk))
    written = write(at=at + LATER, item=seeing.item(comment.pk), text="Please ring 0800 1111.")

    assert drive_answer(written, now=at + LATER).state == "confirmed"


def test_words_changed_while_the_answer_was_on_its_way_are_read_again(
    comment, write, drive_answer, server, poll, at
):
    server.faults = [Fault.TIME_OUT_AFTER]
    on_its_way = drive_answer(write())
    server.edit(next(iter(server.comments.values())), "Never mind the kit: when does it start?")
    poll(now=at + LATER)

    answer = drive_answer(on_its_way, now=at + LATER)

    assert (answer.state, seeing.item(comment.pk).state) == ("confirmed", "open")
    assert (duty().state, duty("item.read_again").state) == ("discharged", "open")


@pytest.mark.parametrize("text", ["", "  ", "x" * 301, "a\x07"])
def test_an_answer_that_the_network_could_not_take_is_refused(write, text):
    with pytest.raises(BadInput):
        write(text=text)


def test_a_journalist_is_not_answered_before_the_media_policy_was_followed(write):
    with pytest.raises(Refused) as refused:
        write(said={**SAID, "from_press": True, "about_posts": True})

    assert "wildground-behaviour-15" in refused.value.kept.cited


def test_an_answer_that_got_lost_is_looked_up_and_not_sent_again(comment, write, drive_answer, server, at):
    server.faults = [Fault.TIME_OUT_AFTER]
    answer = drive_answer(write())
    assert answer.state == "unknown"

    assert drive_answer(answer, now=at + LATER).state == "confirmed"
    assert len([held for held in server.ours.values() if held.parent]) == 1


def test_an_answer_that_the_network_refuses_opens_the_comment_again(
    cast, comment, write, drive_answer, server
):
    server.faults = [Fault.REFUSED]

    drive_answer(write())

    assert seeing.item(comment.pk).state == "open"
    assert (duty().state, duty("answer.failed").person) == ("open", cast.ben)


def test_a_comment_is_closed_with_a_reason_and_not_without(cast, comment, at):
    with pytest.raises(BadInput):
        close_item(by=cast.ben, at=at, item=comment, reason="because")

    closed = close_item(by=cast.ben, at=at, item=comment, reason="no_answer_needed")
    assert (closed.state, duty().state) == ("closed", "discharged")


def test_an_edit_opens_a_closed_comment_again(cast, comment, server, poll, at):
    close_item(by=cast.ben, at=at, item=comment, reason="no_answer_needed")
    server.edit(next(iter(server.comments.values())), "And what else?")

    item = poll(now=at + timedelta(hours=3))[0]

    assert (item.state, duty("item.read_again").person) == ("open", cast.ben)


def test_a_comment_from_a_network_that_no_program_reads_is_pasted_in_once(cast, terms, at):
    given = {
        "by": cast.ben, "at": at, "account": cast.facebook, "text": "Well done!", "author": "A parent",
        "appeared_at": at - timedelta(hours=2), "private": False,
    }  # fmt: skip
    first, again = paste_in(**given), paste_in(**given)

    assert first.pk == again.pk
    assert (first.received_at, first.due_at) == (at - timedelta(hours=2), at + timedelta(hours=22))


def test_a_comment_cannot_be_pasted_in_from_the_future(cast, terms, at):
    with pytest.raises(BadInput) as refused:
        paste_in(
            by=cast.ben,
            at=at,
            account=cast.facebook,
            text="Hi",
            appeared_at=at + timedelta(seconds=1),
            private=False,
        )

    assert set(refused.value.fields) == {"appeared_at"}


def test_an_answer_by_hand_ends_the_duty_too(cast, terms, at):
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="When?", appeared_at=at, private=False)
    answer = write_answer(by=cast.ben, at=at, item=item, text="On Friday.", version=item.version, said=SAID)
    assert answer.by_hand

    answer_done_by_hand(by=cast.ben, at=at, answer=answer)
    assert seeing.item(item.pk).state == "answered"


def test_where_nothing_can_prove_an_answer_a_person_says(cast, comment, write, at):
    answer = write()
    Answer.objects.filter(pk=answer.pk).update(state="asked")

    say_how_the_answer_stands(by=cast.ben, at=at, answer=seeing.answer(answer.pk), there=True)

    assert seeing.item(comment.pk).state == "answered"


def test_on_an_account_whose_leave_to_go_on_has_ended_an_answer_waits(
    home, cast, write, drive_answer, server, at
):
    answer = write()
    taken_in(
        cast.sam, at,
        line("https://www.facebook.com/first", "Amina Khan",
             school=cast.school.name, pupils="no", kind="school"),
    )  # fmt: skip
    ImportedAccount.objects.update(account=cast.bluesky)
    assert drive_answer(answer).state == "written"
    assert "reply" not in server.calls

    ImportedAccount.objects.update(regular_at=at, regular_by=cast.sam)
    assert drive_answer(answer).state == "confirmed"
