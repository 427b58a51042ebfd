"""A comment shown, hidden or removed: the policy is asked, the intent is written, then the network acts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schoolgate.core import stops
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.subjects import subject_of
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import seeing
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item, Moderation
from schoolgate.inbox.moderating import (
    drop_doubtful_showings,
    finish_removal,
    moderate,
    moderation_done_by_hand,
)
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.sight import ways
from schoolgate.networks.capabilities import Way
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.policy.queries import kept
from tests.cast import someone
from tests.conftest import recorded
from tests.networks.desk import Killed

LATER = timedelta(hours=2)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ask(cast, at):
    """`ask(item, how)`: what Ben asks for, or somebody else."""

    def write(item, how, *, by=None, because="improper", now=None, **more) -> Moderation:
        given = {"version": item.version, **more}
        return moderate(by=by or cast.ben, at=now or at, item=item, how=how, because=because, **given)

    return write


@pytest.fixture
def waiting(comment, server) -> Item:
    """A comment that waits for us before anybody can read it, as on the noticeboard."""
    (key, there), *_none = server.comments.items()
    server.comments[key] = replace(there, released=False)
    Item.objects.filter(pk=comment.pk).update(released=False)
    return seeing.item(comment.pk)


@pytest.fixture
def board(cast, comment):
    """The account behaves as the noticeboard: comments can be shown and removed by the program."""
    cast.bluesky.network = "noticeboard"
    cast.bluesky.save(update_fields=["network"])


def duties(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO)


def hidden(server):
    return [each.hidden for each in server.comments.values()]


# --- Asked, written, done, recorded ------------------------------------------------------------------------


def test_the_decision_and_the_intent_are_there_before_the_network_hears_of_it(comment, ask, bring_on, server):
    row = ask(comment, "hidden")

    assert (row.state, hidden(server), seeing.item(comment.pk).kept_back) == ("written", [False], "")
    decision = kept(row.decision)
    assert (decision.situation, decision.subject) == ("item.remove", subject_of(comment))
    written = next(each for each in recorded() if each.event == "moderation.written")
    assert (written.decision, written.details["how"]) == (row.decision, "hidden")

    row = bring_on(row)
    assert (row.state, hidden(server), seeing.item(comment.pk).kept_back) == ("confirmed", [True], "hidden")
    done = next(each for each in recorded() if each.event == "item.kept_back")
    assert (done.details["because"], done.details["how"], done.decision) == (
        "improper",
        "hidden",
        row.decision,
    )


def test_asking_twice_is_one_intent_and_one_call(comment, ask, bring_on, server):
    first, again = ask(comment, "hidden"), ask(comment, "hidden")
    assert (first.pk, Moderation.objects.count()) == (again.pk, 1)
    bring_on(first)
    bring_on(first)
    assert server.calls.count("hide") == 1
    with pytest.raises(NotNow, match="It’s already hidden"):
        ask(seeing.item(comment.pk), "hidden")


def test_what_is_hidden_as_spam_is_closed_once_no_one_can_read_it_and_open_again_once_it_is_shown(
    comment, board, ask, bring_on
):
    row = ask(comment, "hidden", because="spam")
    assert seeing.item(comment.pk).state == "open", "nobody knows yet whether the network hides it"
    bring_on(row)
    closed = seeing.item(comment.pk)
    assert (closed.kept_back, closed.state, closed.close_reason) == ("hidden", "closed", "spam")
    assert not duties("item.answer").exists()

    bring_on(ask(closed, "released"))
    again = seeing.item(comment.pk)
    assert (again.kept_back, again.state, again.close_reason) == ("", "open", "")
    assert duties("item.answer").exists()

    bring_on(ask(again, "hidden", because="improper"))
    assert seeing.item(comment.pk).state == "open", "of other reasons a person says whether a reply is needed"


def test_what_is_asked_for_last_counts(comment, board, ask, bring_on, server, at):
    Item.objects.filter(pk=comment.pk).update(kept_back="hidden")
    shown = ask(seeing.item(comment.pk), "released")
    removed = ask(seeing.item(comment.pk), "removed")

    shown.refresh_from_db()
    assert (shown.state, shown.because, removed.not_before) == ("cancelled", "overtaken", None)
    assert (bring_on(removed).state, server.comments) == ("confirmed", {})


def test_what_overtakes_a_call_under_way_waits_for_its_end(comment, board, ask, bring_on, server, at):
    Item.objects.filter(pk=comment.pk).update(kept_back="hidden")
    shown = ask(seeing.item(comment.pk), "released")
    with pytest.raises(Killed):
        bring_on(shown, network=KilledBefore(server, "release"))

    removed = ask(seeing.item(comment.pk), "removed", now=at + timedelta(seconds=1))
    assert removed.not_before > at + timedelta(seconds=1)
    assert bring_on(removed).state == "written"
    assert bring_on(removed, now=removed.not_before).state == "confirmed"
    assert bring_on(shown, now=removed.not_before + LATER).state == "failed"
    assert (server.calls.count("release"), server.comments) == (0, {})


# --- Who may, and what the policy says ---------------------------------------------------------------------


def test_without_the_part_nothing_is_written(comment, ask):
    with pytest.raises(NotAllowed):
        ask(comment, "hidden", by=someone("Gwen Governor", "federation-leadership-team"))
    assert not Moderation.objects.exists()


@pytest.mark.parametrize("because", ["", "because"])
def test_without_a_reason_nothing_is_written(comment, ask, because):
    with pytest.raises(BadInput):
        ask(comment, "hidden", because=because)
    assert not Moderation.objects.exists()


def test_what_can_be_done_is_a_closed_list(comment, ask):
    with pytest.raises(BadInput):
        ask(comment, "burned")


def test_who_cannot_read_the_inbox_does_not_learn_that_it_is_there(comment, at):
    with pytest.raises(NotFound):
        item_for(someone("Cara Colleague", "staff"), comment.pk, on=at.date())


def test_what_its_writer_changed_is_not_shown_unread(waiting, board, ask, bring_on, server, at):
    with pytest.raises(NotNow, match="The author has edited this since you opened it"):
        ask(waiting, "released", version="another")

    row = ask(waiting, "released")
    Item.objects.filter(pk=waiting.pk).update(version="another")
    row = bring_on(row)
    assert (row.state, row.because, server.calls.count("release")) == ("failed", "changed", 0)
    assert duties("moderation.failed").get().person == row.by


def test_what_everybody_reads_is_not_shown_again(comment, ask):
    with pytest.raises(NotNow, match="Everyone can already read it"):
        ask(comment, "released")


def test_showing_takes_back_the_hiding(waiting, board, ask, moderated, server):
    assert moderated(waiting, "hidden").kept_back == "hidden"
    (key, there), *_none = server.comments.items()
    server.comments[key] = replace(there, hidden=False)  # the board knows one state: waiting, shown or hidden
    shown = moderated(seeing.item(waiting.pk), "released")
    assert (shown.released, shown.kept_back) == (True, "")


def test_what_we_removed_is_gone_and_nothing_more_can_be_done(comment, board, moderated, at):
    removed = moderated(comment, "removed")
    assert (removed.kept_back, removed.gone_at, ways(removed)) == ("removed", at, {})


def test_a_private_message_is_nobody_elses_to_read(cast, terms, at):
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="Hi", appeared_at=at, private=True)
    assert ways(item) == {}


def test_under_a_stop_nothing_is_shown_and_what_is_improper_is_still_taken_out_of_sight(
    cast, waiting, board, ask, bring_on, at
):
    begun = ask(waiting, "released")
    stops.stop(reason="event", by=cast.sam, at=at)

    assert bring_on(begun).state == "written"
    with pytest.raises(NotNow, match="stopped"):
        ask(waiting, "released")
    assert bring_on(ask(waiting, "hidden")).state == "confirmed"
    now = seeing.item(waiting.pk)
    assert (now.released, now.kept_back) == (False, "hidden")


# --- What the policy wants afterwards ----------------------------------------------------------------------


def test_after_a_removal_its_moderator_owes_readers_the_reason_by_the_policys_clause(
    cast, comment, board, moderated, at
):
    moderated(comment, "removed")
    duty = duties("item.tell_readers").get()
    assert (duty.person, duty.clauses) == (cast.ben, ["wildground-abuse-4", "wildground-abuse-3"])

    with pytest.raises(NotAllowed):
        finish_removal(by=cast.amina, at=at, item=comment)
    finish_removal(by=cast.ben, at=at, item=comment)
    assert not duties("item.tell_readers").exists()
    row = next(each for each in recorded() if each.event == "item.readers_told")
    assert "wildground-abuse-4" in row.clauses
    with pytest.raises(NotNow):
        finish_removal(by=cast.ben, at=at, item=comment)


def test_where_the_policy_says_nothing_of_hiding_nothing_is_owed(comment, moderated):
    moderated(comment, "hidden")
    assert not duties("item.tell_readers").exists()


# --- The network's trouble ---------------------------------------------------------------------------------


def test_what_could_not_be_reached_is_tried_again(comment, ask, bring_on, server, at):
    server.faults = [Fault.UNREACHABLE]
    row = bring_on(ask(comment, "hidden"))
    assert (row.state, row.because, row.not_before) == ("written", "unreachable", at + timedelta(seconds=5))
    assert seeing.item(comment.pk).kept_back == ""

    assert bring_on(row).state == "written"
    assert bring_on(row, now=at + MINUTE).state == "confirmed"


def test_a_press_of_the_button_tries_at_once(comment, ask, bring_on, server, at):
    server.faults = [Fault.UNREACHABLE]
    bring_on(ask(comment, "hidden"))
    assert bring_on(ask(comment, "hidden")).state == "confirmed"


def test_what_the_program_cannot_hide_people_hide_by_hand(cast, comment, ask, bring_on, server, at):
    server.faults = [Fault.SIGN_IN]
    assert bring_on(ask(comment, "hidden")).state == "failed"

    by_hand = seeing.live_moderation(comment)
    assert (by_hand.by_hand, by_hand.how, duties("item.remove_by_hand").exists()) == (True, "hidden", True)
    moderation_done_by_hand(by=cast.sam, at=at, moderation=by_hand)
    assert seeing.item(comment.pk).kept_back == "hidden"
    assert (duties("item.remove_by_hand").exists(), duties("item.confirm_gone").exists()) == (False, True)


def test_once_the_program_can_again_the_button_takes_the_place_of_the_hand(comment, ask, bring_on, server):
    server.faults = [Fault.SIGN_IN]
    bring_on(ask(comment, "hidden"))
    assert bring_on(ask(comment, "hidden")).state == "confirmed"
    assert not duties("item.remove_by_hand").exists()


def test_what_could_not_be_shown_is_its_moderators(cast, waiting, board, ask, bring_on, server):
    server.faults = [Fault.SIGN_IN]
    assert bring_on(ask(waiting, "released")).state == "failed"
    assert duties("moderation.failed").get().person == cast.ben
    assert bring_on(ask(waiting, "released")).state == "confirmed"
    assert not duties("moderation.failed").exists()


@pytest.mark.parametrize("how", ["hidden", "removed"])
def test_what_its_writer_took_away_meanwhile_is_out_of_sight(comment, board, ask, bring_on, server, how):
    row = ask(comment, how)
    server.comments.clear()
    assert bring_on(row).state == "confirmed"


def test_a_poll_takes_over_what_the_network_shows(comment, server, poll, at):
    (key, there), *_none = server.comments.items()
    server.comments[key] = replace(there, hidden=True)
    assert poll(now=at + LATER)[0].kept_back == "hidden"

    server.comments[key] = there
    assert poll(now=at + 2 * LATER)[0].kept_back == ""


# --- Killed at each step -----------------------------------------------------------------------------------


class KilledBefore(FakeNetwork):
    """Ends the worker when it is about to make this call, or right after it."""

    def __init__(self, server, call, *, after=False):
        super().__init__(server, like="noticeboard")
        self.call, self.after = call, after

    def __getattribute__(self, name):
        found = super().__getattribute__(name)
        if name not in ("hide", "remove", "release", "replies") or name != self.call:
            return found

        def killed(*args):
            if self.after:
                found(*args)
            raise Killed

        return killed


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("how", "call"),
    [
        ("hidden", "hide"),
        ("hidden", "replies"),
        ("removed", "remove"),
        ("removed", "replies"),
        ("released", "release"),
        ("released", "replies"),
    ],
)
def test_a_worker_killed_at_any_step_leaves_what_the_sweep_brings_to_its_end(
    waiting, board, ask, bring_on, server, at, how, call, after
):
    row = ask(waiting, how)
    # Killed before the network was asked at all.
    assert [each.pk for each in seeing.moderations_to_advance(at)] == [row.pk]
    with pytest.raises(Killed):
        bring_on(row, network=KilledBefore(server, call, after=after))
    assert seeing.item(waiting.pk).kept_back == ""

    for minutes in (1, 5, 30, 60):
        now = at + minutes * MINUTE
        for each in seeing.moderations_to_advance(now):
            bring_on(seeing.moderation(each.pk), now=now)

    item = seeing.item(waiting.pk)
    assert seeing.moderation(row.pk).state == "confirmed"
    assert (item.released, item.kept_back) == (how == "released", "" if how == "released" else how)
    events = [each.event for each in recorded()]
    assert (events.count("moderation.written"), events.count("moderation.confirmed")) == (1, 1)
    assert events.count("item.released" if how == "released" else "item.kept_back") == 1


def test_a_hiding_that_was_done_is_not_done_again(comment, ask, bring_on, server, at):
    with pytest.raises(Killed):
        bring_on(ask(comment, "hidden"), network=KilledBefore(server, "hide", after=True))
    row = seeing.live_moderation(comment)
    assert bring_on(row, now=at + LATER).state == "confirmed"
    assert server.calls.count("hide") == 1


# --- By hand -----------------------------------------------------------------------------------------------


def test_where_no_program_can_hide_a_person_is_asked_and_says_when_it_is_done(cast, terms, ask, at):
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="Rude", appeared_at=at, private=False)
    assert ways(item) == {"hidden": Way.HAND, "removed": Way.HAND}

    row = ask(item, "removed")
    assert (row.by_hand, seeing.item(item.pk).kept_back) == (True, "")
    assert seeing.moderations_to_advance(at + LATER) == []
    assert duties("item.remove_by_hand").exists()
    with pytest.raises(NotAllowed):
        moderation_done_by_hand(by=cast.amina, at=at, moderation=row)
    moderation_done_by_hand(by=cast.ben, at=at, moderation=row)
    assert (seeing.item(item.pk).kept_back, duties("item.remove_by_hand").exists()) == ("removed", False)


def test_what_the_program_does_nobody_says_by_hand(cast, comment, ask, at):
    with pytest.raises(NotNow, match="Schoolgate does this automatically"):
        moderation_done_by_hand(by=cast.ben, at=at, moderation=ask(comment, "hidden"))


# --- After a restore ---------------------------------------------------------------------------------------


def test_in_a_restored_home_no_old_showing_undoes_a_later_hiding(waiting, board, ask, bring_on, server, at):
    row = ask(waiting, "released")
    assert (drop_doubtful_showings(at=at), drop_doubtful_showings(at=at)) == (1, 0)
    assert (bring_on(row, now=at + LATER).state, server.calls.count("release")) == ("failed", 0)


def test_in_a_restored_home_what_was_to_be_hidden_still_is(comment, ask, bring_on, at):
    row = ask(comment, "hidden")
    assert drop_doubtful_showings(at=at) == 0
    assert bring_on(row, now=at + LATER).state == "confirmed"
