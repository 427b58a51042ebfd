"""A reply counts when people can read it: not below a comment that is waiting, hidden, gone, or blocked."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.api.inbox import get_item
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import blocking, seeing
from schoolgate.inbox.blocking import block_author, end_block
from schoolgate.inbox.figures import figures_for
from schoolgate.inbox.ingesting import note_gone
from schoolgate.inbox.models import Answer, Item, Moderation, RemovalNotice
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.reaching import why_unseen
from schoolgate.inbox.removal_notices import send_notice
from schoolgate.inbox.replying import (
    answer_done_by_hand,
    close_item,
    say_how_the_answer_stands,
    show_and_answer,
    write_answer,
)
from schoolgate.inbox.sight import standing_block
from schoolgate.networks.fake import FakeNetwork
from schoolgate.publishing.models import Delivery, Purpose
from schoolgate.web.inbox.wording import answer_shown
from tests.cast import someone
from tests.conftest import hear, recorded

SAID = {"in_doubt": False, "commits": False, "from_press": False}
LATER = timedelta(hours=2)


@pytest.fixture
def write(cast, comment, at):
    def make(**changes):
        given = {"by": cast.ben, "at": at, "text": "Their PE kit.", "said": SAID} | changes
        item = seeing.item(comment.pk)
        return write_answer(item=item, version=item.version, **given)

    return make


@pytest.fixture
def board(cast, comment, server):
    """The account is a noticeboard, on which the comment waits until it is shown."""
    cast.bluesky.network = "noticeboard"
    cast.bluesky.save(update_fields=["network"])
    set_there(server, released=False)
    Item.objects.filter(pk=comment.pk).update(released=False)
    return seeing.item(comment.pk)


def set_there(server, **changes):
    (key, there), *_none = server.comments.items()
    server.comments[key] = replace(there, **changes)


def stands(comment):
    """The state of the item, of its task, and why people can't read its last reply."""
    answer = Answer.objects.select_related("item").get(item=comment.pk)
    item = seeing.item(comment.pk)
    return item.state, Duty.objects.get(kind="item.answer").state, why_unseen(answer) or ""


def told(event):
    return [row.details["because"] for row in recorded() if row.event == event]


def test_a_reply_below_a_comment_that_waits_ends_no_task_until_both_can_be_read(
    board, write, drive_answer, moderated, at
):
    answer = drive_answer(write())
    assert (answer.state, *stands(board)) == ("confirmed", "open", "open", "waiting")
    assert told("answer.out_of_sight") == ["waiting"]

    moderated(seeing.item(board.pk), "released")
    assert stands(board) == ("answered", "discharged", "")
    assert told("answer.in_sight") == ["waiting"]
    assert Duty.objects.get(kind="item.answer").discharged_by == answer.by


def test_a_reply_below_a_hidden_comment_ends_no_task_until_its_network_shows_it(
    comment, write, drive_answer, moderated, server, poll, at
):
    moderated(comment, "hidden")
    drive_answer(write())
    assert stands(comment) == ("open", "open", "hidden")

    set_there(server, hidden=False)
    poll(now=at + LATER)
    assert stands(comment) == ("answered", "discharged", "")


def test_hiding_the_comment_after_the_reply_is_told_and_showing_it_too(
    comment, write, drive_answer, server, poll, at
):
    drive_answer(write())
    set_there(server, hidden=True)
    poll(now=at + LATER)
    assert stands(comment) == ("answered", "discharged", "hidden")
    assert told("answer.out_of_sight") == ["hidden"]

    set_there(server, hidden=False)
    poll(now=at + 2 * LATER)
    assert stands(comment) == ("answered", "discharged", "")
    assert told("answer.in_sight") == ["hidden"]


def test_a_comment_that_its_author_deleted_takes_the_reply_out_of_sight(comment, write, drive_answer, at):
    drive_answer(write())
    note_gone(at=at + LATER, items=[comment])
    assert stands(comment) == ("answered", "discharged", "gone")
    assert told("answer.out_of_sight") == ["gone"]


def in_each_quarter(at):
    return [at + LATER + number * timedelta(minutes=15) for number in range(4)]


def test_a_reply_that_is_deleted_on_its_network_is_out_of_sight(
    comment, write, drive_answer, server, poll, at
):
    server.remove(drive_answer(write()).ref)
    for now in in_each_quarter(at):
        poll(now=now)
    assert stands(comment) == ("answered", "discharged", "deleted")
    assert told("answer.out_of_sight") == ["deleted"]


def test_a_reply_that_is_there_and_not_shown_is_asked_for_once_an_hour(
    comment, write, drive_answer, server, poll, monkeypatch, at
):
    drive_answer(write())
    replies, read_back, asked = FakeNetwork.replies, FakeNetwork.read_back, []

    def without_ours(network, ref, since=None):
        return [each for each in replies(network, ref, since) if not each.ours]

    def counted(network, ref):
        asked.append(ref)
        return read_back(network, ref)

    monkeypatch.setattr(FakeNetwork, "replies", without_ours)
    monkeypatch.setattr(FakeNetwork, "read_back", counted)
    for now in in_each_quarter(at):
        poll(now=now)
    assert (len(asked), *stands(comment)) == (1, "answered", "discharged", "")


def test_a_reply_to_a_comment_that_is_gone_answers_no_one(comment, write, drive_answer, at):
    note_gone(at=at, items=[comment])
    drive_answer(write())
    assert stands(comment) == ("open", "open", "gone")


def test_a_post_that_was_taken_down_takes_the_replies_below_it_along(
    cast, comment, published, write, drive_answer, at
):
    drive_answer(write())
    copy = Delivery.objects.get(pk=published.pk)
    Delivery.objects.create(
        post=copy.post, account=copy.account, purpose=Purpose.TAKE_DOWN, of=copy, state="confirmed",
        intent_key="3taken-down", written_at=at, state_at=at,
    )  # fmt: skip
    hear("post.taken_down", subject_id=copy.post_id, at=at + LATER)
    assert stands(comment) == ("answered", "discharged", "post_gone")
    assert told("answer.out_of_sight") == ["post_gone"]


def test_a_notice_of_a_removal_below_a_post_that_is_gone_told_no_one(
    cast, comment, published, moderated, drive_answer, at
):
    removed = moderated(comment, "hidden")
    answer = send_notice(
        by=cast.ben, at=at, item=removed, wording="own", text="Hidden: it named a pupil.",
        version=removed.version, said=SAID,
    )  # fmt: skip
    Delivery.objects.create(
        post=published.post, account=published.account, purpose=Purpose.TAKE_DOWN, of=published,
        state="confirmed", intent_key="3taken-down", written_at=at, state_at=at,
    )  # fmt: skip
    assert drive_answer(answer).state == "confirmed"
    assert RemovalNotice.objects.get().told_at is None
    assert told("answer.out_of_sight") == ["post_gone"]


def test_a_blocked_author_reads_no_reply_until_the_block_ends(cast, comment, write, drive_answer, server, at):
    def block(row):
        blocking.advance(cast.federation.pk, row.pk, clock=lambda: at, connect=lambda _: FakeNetwork(server))

    until = at.date() + timedelta(days=28)
    block(block_author(by=cast.ben, at=at, item=comment, because="improper", until=until))
    drive_answer(write())
    assert stands(comment) == ("open", "open", "blocked")
    block(end_block(by=cast.ben, at=at, block=standing_block(seeing.item(comment.pk))))
    assert stands(comment) == ("answered", "discharged", "")


def test_a_reply_by_hand_below_a_hidden_comment_ends_no_task_either(cast, comment, write, moderated, at):
    cast.bluesky.network = "facebook"
    cast.bluesky.save(update_fields=["network"])
    Item.objects.filter(pk=comment.pk).update(kept_back="hidden")
    answer = write()
    assert answer.by_hand
    answer_done_by_hand(by=cast.ben, at=at, answer=seeing.answer(answer.pk))
    assert stands(comment) == ("open", "open", "hidden")


def test_nor_does_one_that_a_person_saw_when_nothing_could_prove_it(cast, comment, write, at):
    Item.objects.filter(pk=comment.pk).update(kept_back="hidden")
    answer = write()
    Answer.objects.filter(pk=answer.pk).update(state="asked")
    say_how_the_answer_stands(by=cast.ben, at=at, answer=seeing.answer(answer.pk), there=True)
    assert stands(comment) == ("open", "open", "hidden")


def test_what_was_closed_meanwhile_stays_closed(cast, board, write, drive_answer, moderated, at):
    drive_answer(write())
    close_item(by=cast.ben, at=at, item=seeing.item(board.pk), reason="answered_elsewhere")
    moderated(seeing.item(board.pk), "released")
    assert stands(board)[::2] == ("closed", "")


def test_a_reply_to_an_earlier_text_does_not_answer_what_is_shown(board, write, drive_answer, moderated, at):
    drive_answer(write())
    Item.objects.filter(pk=board.pk).update(version="another")
    moderated(seeing.item(board.pk), "released")
    assert stands(board) == ("open", "open", "")


def test_a_private_message_is_answered_where_only_its_author_reads(comment, write, drive_answer):
    Item.objects.filter(pk=comment.pk).update(private=True, released=False)
    with pytest.raises(BadInput):  # who wrote is said first
        write()
    drive_answer(write(said={**SAID, "to_relation": "parent"}))
    assert stands(comment) == ("answered", "discharged", "")


def test_a_pupil_who_writes_in_private_is_answered_by_a_safeguarding_lead(cast, comment, write, at):
    Item.objects.filter(pk=comment.pk).update(private=True, released=False)
    said = {**SAID, "to_relation": "pupil"}
    with pytest.raises(NotNow) as refused:
        write(said=said)
    assert "one pupil alone" in str(refused.value)
    Safeguarder.objects.create(place="lead", person_id=cast.ben.pk, since=at)
    assert write(said=said).text == "Their PE kit."


def test_so_is_one_whose_words_are_a_childs_whoever_they_are_said_to_be(cast, comment, write, at):
    Item.objects.filter(pk=comment.pk).update(private=True, released=False)
    comment.versions.create(number=2, version="2", text="its happening again", seen_at=at)
    with pytest.raises(NotNow, match="may be a child"):
        write(said={**SAID, "to_relation": "parent"})
    Safeguarder.objects.create(place="lead", person_id=cast.ben.pk, since=at)
    assert write(said={**SAID, "to_relation": "parent"}).text == "Their PE kit."


def test_showing_and_replying_are_one_step(cast, board, drive_answer, bring_on, at):
    given = {"by": cast.ben, "at": at, "item": board, "version": board.version, "said": SAID}
    answer = show_and_answer(text="Their PE kit.", **given)
    drive_answer(answer)
    assert stands(board) == ("open", "open", "waiting")
    bring_on(Moderation.objects.get(item=board))
    assert stands(board) == ("answered", "discharged", "")


def test_a_reply_that_is_refused_shows_nothing(cast, board, at):
    given = {"at": at, "item": board, "version": board.version}
    said = {**SAID, "from_press": True, "asks_for_comment": True}
    with pytest.raises(Refused):
        show_and_answer(by=cast.ben, text="Their PE kit.", said=said, **given)
    with pytest.raises(NotAllowed):
        show_and_answer(by=someone("Cara Colleague", "staff"), text="Their PE kit.", said=SAID, **given)
    assert not Moderation.objects.exists()
    assert not Answer.objects.exists()


def test_figures_count_a_reply_from_when_people_could_read_it(cast, board, write, drive_answer, bring_on, at):
    drive_answer(write())
    late = at + timedelta(days=3)
    item = seeing.item(board.pk)
    bring_on(moderate(by=cast.ben, at=late, item=item, how="released", version=item.version), now=late)
    with scope(cast.federation.pk):
        assert Answer.objects.get().seen_at == late
        found = figures_for(cast.ben, at=late + LATER, since=at.date() - timedelta(days=7))
    assert found.whole.took == [late - board.received_at]


def test_the_page_and_the_api_say_that_it_can_not_be_seen_until_it_can(
    cast, board, write, drive_answer, moderated, at
):
    drive_answer(write())
    call = SimpleNamespace(person=cast.ben, on=local_day(at))

    def said() -> tuple[str, str]:
        answer = Answer.objects.select_related("item__account").get(item=board.pk)
        return str(answer_shown(answer).status), get_item.__wrapped__(call, board.pk).answers[0].unseen

    assert said() == ("Not visible", "waiting")
    moderated(seeing.item(board.pk), "released")
    assert said() == ("Done and confirmed on the network", "")
