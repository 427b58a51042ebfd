"""The author of a comment is blocked for a time, or the comment reported: the policy is asked, the intent is
written, then the network acts."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import blocking, seeing, sight
from schoolgate.inbox.blocking import (
    agree_to_block,
    author_step_by_hand,
    block_author,
    drop_doubtful_reports,
    end_block,
    keep_block,
    report_comment,
    tell_readers,
)
from schoolgate.inbox.models import AuthorStep, Item, Moderation
from schoolgate.inbox.moderating import finish_removal, moderate
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.removals import BEFORE, author_facts
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.policy.queries import kept
from schoolgate.rulebook import decide
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import book_with_alone
from tests.cast import someone
from tests.conftest import recorded
from tests.networks.desk import Killed


@pytest.fixture
def ask(cast, at):
    """`ask(item, days=28)`: the block that Ben asks for, or another moderator."""

    def write(item, *, days=28, by=None, because="improper", now=None) -> AuthorStep:
        moment = now or at
        until = moment.date() + timedelta(days=days) if days is not None else None
        return block_author(by=by or cast.ben, at=moment, item=item, because=because, until=until)

    return write


@pytest.fixture
def bring_on(cast, server, at):
    """Take a step as far as it goes at an instant, and read it again."""

    def take(row, *, now=None, network=None) -> AuthorStep:
        client = network or FakeNetwork(server, like=cast.bluesky.network)
        blocking.advance(cast.federation.pk, row.pk, clock=lambda: now or at, connect=lambda _: client)
        with scope(cast.federation.pk):
            return seeing.author_step(row.pk)

    return take


@pytest.fixture
def another(cast):
    return someone("Nia", "administrator-moderator")


def duties(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO)


# --- A block


def test_the_decision_and_the_intent_are_there_before_the_network_hears_of_it(comment, ask, bring_on, server):
    row = ask(comment)

    assert (row.state, server.blocked) == ("written", set())
    assert kept(row.decision).situation == "item.remove"
    written = next(each for each in recorded() if each.event == "author_step.written")
    assert (written.decision, written.details["how"]) == (row.decision, "block")

    row = bring_on(row)
    assert (row.state, server.blocked) == ("confirmed", {comment.author_id_there})
    assert sight.standing_block(comment) == row


def test_a_block_is_reviewed_on_its_day(comment, ask, bring_on, at):
    row = bring_on(ask(comment, days=7))

    [task, *_more] = duties("author.review_block")
    assert (task.due_day, row.until) == (at.date() + timedelta(days=7),) * 2


@pytest.mark.parametrize("days", [None, 0, -1, 367])
def test_a_block_needs_a_day_in_the_next_year(comment, ask, days):
    with pytest.raises(BadInput) as error:
        ask(comment, days=days)
    assert list(error.value.fields) == ["until"]


def test_a_block_needs_a_reason(comment, ask):
    with pytest.raises(BadInput) as error:
        ask(comment, because="")
    assert list(error.value.fields) == ["because"]


def test_whoever_does_not_moderate_blocks_no_one(comment, ask, cast):
    with pytest.raises(NotAllowed):
        ask(comment, by=cast.amina)
    assert not AuthorStep.objects.exists()


def test_asking_twice_gives_the_same_block(comment, ask, bring_on):
    row = ask(comment)
    assert ask(comment) == row
    assert ask(comment, by=None) == bring_on(row)
    assert AuthorStep.objects.count() == 1


@pytest.mark.parametrize(("days", "waits"), [(31, False), (32, True)])
def test_a_long_block_waits_for_a_second_person(comment, ask, bring_on, server, days, waits):
    row = bring_on(ask(comment, days=days))

    assert (row.waits_for_another, bool(server.blocked)) == (waits, not waits)
    assert duties("author.agree_to_block").exists() == waits


def test_a_second_person_agrees_and_it_is_done(comment, ask, bring_on, server, another, at):
    row = ask(comment, days=90)
    agree_to_block(by=another, at=at, step=row, yes=True)

    row = bring_on(row)
    assert (row.state, row.agreed_by, server.blocked) == ("confirmed", another, {comment.author_id_there})
    assert not duties("author.agree_to_block").exists()


def test_a_second_person_declines_and_nothing_is_done(comment, ask, bring_on, server, another, at):
    row = agree_to_block(by=another, at=at, step=ask(comment, days=90), yes=False)

    assert (bring_on(row).state, server.blocked) == ("cancelled", set())
    with pytest.raises(NotNow):
        agree_to_block(by=another, at=at, step=row, yes=True)


def test_whoever_asked_for_a_long_block_can_not_agree_to_it(comment, ask, cast, at):
    with pytest.raises(NotAllowed):
        agree_to_block(by=cast.ben, at=at, step=ask(comment, days=90), yes=True)


def test_a_block_ends_once_and_the_review_with_it(comment, ask, bring_on, server, cast, at):
    block = bring_on(ask(comment))
    ending = end_block(by=cast.ben, at=at, block=block)
    assert end_block(by=cast.ben, at=at, block=block) == ending

    assert (bring_on(ending).state, server.blocked, sight.standing_block(comment)) == (
        "confirmed",
        set(),
        None,
    )
    assert not duties("author.review_block").exists()
    with pytest.raises(NotNow):
        end_block(by=cast.ben, at=at, block=block)


def test_an_author_is_blocked_again_after_a_block_ended(comment, ask, bring_on, server, cast, at):
    block = bring_on(ask(comment))
    bring_on(end_block(by=cast.ben, at=at, block=block))

    again = bring_on(ask(comment))
    assert (again.pk != block.pk, server.blocked) == (True, {comment.author_id_there})


def test_a_block_is_kept_for_a_month_at_most(comment, ask, bring_on, cast, at):
    block = bring_on(ask(comment, days=7))
    on = at.date()

    kept_on = keep_block(by=cast.ben, at=at, block=block, until=on + timedelta(days=31))
    assert (kept_on.until, duties("author.review_block")[0].due_day) == (on + timedelta(days=31),) * 2

    with pytest.raises(BadInput):
        keep_block(by=cast.ben, at=at, block=block, until=on + timedelta(days=32))


# --- A report


def test_a_report_has_the_networks_number(comment, bring_on, server, cast, at):
    row = bring_on(report_comment(by=cast.ben, at=at, item=comment, because="spam"))

    assert (row.state, row.number, server.reports) == ("confirmed", "1", [(comment.network_id, "spam")])
    assert report_comment(by=cast.ben, at=at, item=comment, because="spam") == row


@pytest.mark.parametrize(
    "fault", [Fault.TIME_OUT_AFTER, Fault.TIME_OUT_BEFORE, Fault.TROUBLE_AFTER, Fault.HALF_BODY]
)
def test_a_report_whose_outcome_is_unknown_is_not_made_twice(comment, bring_on, server, cast, at, fault):
    server.faults = [fault]
    row = bring_on(report_comment(by=cast.ben, at=at, item=comment, because="spam"))
    bring_on(row, now=at + timedelta(hours=3))

    assert (row.state, server.calls.count("report")) == ("failed", 1)
    [task] = duties("author.report_by_hand")
    assert task.person == cast.ben


def test_a_worker_that_dies_over_a_report_makes_no_second_one(comment, bring_on, server, cast, at):
    row = report_comment(by=cast.ben, at=at, item=comment, because="spam")

    class Dies(FakeNetwork):
        def report(self, *args, **kwargs):
            super().report(*args, **kwargs)
            raise Killed

    with pytest.raises(Killed):
        bring_on(row, network=Dies(server, like=cast.bluesky.network))
    row = bring_on(row, now=at + timedelta(hours=2))

    assert (row.state, row.because, len(server.reports)) == ("failed", "no_proof", 1)


@pytest.mark.parametrize("fault", [Fault.TIME_OUT_AFTER, Fault.TOO_FAST, Fault.UNREACHABLE])
def test_a_block_whose_outcome_is_unknown_is_done_again(comment, ask, bring_on, server, at, fault):
    server.faults = [fault]
    row = bring_on(ask(comment))
    row = bring_on(row, now=at + timedelta(hours=1))

    assert (row.state, server.blocked) == ("confirmed", {comment.author_id_there})


def test_a_report_on_record_counts_where_the_policy_wants_one_first(comment, bring_on, cast, at):
    bring_on(report_comment(by=cast.ben, at=at, item=comment, because="spam"))

    [told] = sight.reports_of(comment)
    assert (told.number, told.state) == ("1", "confirmed")


# --- By hand


@pytest.fixture
def pasted(cast, at) -> Item:
    """A comment on Facebook that Ben copied in."""
    return paste_in(
        by=cast.ben, at=at, account=cast.facebook, text="You are useless", appeared_at=at, private=False
    )


def test_what_a_program_can_not_do_is_done_by_hand(pasted, cast, at):
    row = report_comment(by=cast.ben, at=at, item=pasted, because="improper")
    assert (row.by_hand, duties("author.report_by_hand").count()) == (True, 1)

    done = author_step_by_hand(by=cast.ben, at=at, step=row, number=" F-77 ")
    assert (done.state, done.number, duties("author.report_by_hand").count()) == ("confirmed", "F-77", 0)
    with pytest.raises(NotNow):
        author_step_by_hand(by=cast.ben, at=at, step=done)


def test_a_number_that_is_too_long_is_refused(pasted, cast, at):
    row = report_comment(by=cast.ben, at=at, item=pasted, because="improper")
    with pytest.raises(BadInput):
        author_step_by_hand(by=cast.ben, at=at, step=row, number="9" * 101)


def test_no_one_is_signed_in_on_the_noticeboard(comment, ask, cast):
    cast.bluesky.network = "noticeboard"
    cast.bluesky.save(update_fields=["network"])
    Item.objects.filter(pk=comment.pk).update(author_id_there="")

    with pytest.raises(NotNow):
        ask(seeing.item(comment.pk))


# --- After a restore


def test_in_a_restored_installation_a_person_looks_after_a_report(comment, cast, server, bring_on, at):
    row = report_comment(by=cast.ben, at=at, item=comment, because="spam")

    assert (drop_doubtful_reports(at=at), bring_on(row).state, server.reports) == (1, "failed", [])
    assert duties("author.report_by_hand").count() == 1


# --- Readers are told why


def test_after_a_block_its_moderator_tells_readers_why_and_the_policy_is_asked_again(
    comment, ask, bring_on, cast, at
):
    row = bring_on(ask(comment))
    [task] = duties("item.tell_readers")
    assert (task.person, task.clauses) == (cast.ben, ["wildground-abuse-4", "wildground-abuse-3"])
    with pytest.raises(NotAllowed):
        tell_readers(by=cast.amina, at=at, item=comment)
    with pytest.raises(NotNow):
        finish_removal(by=cast.ben, at=at, item=comment)

    assert tell_readers(by=cast.ben, at=at, item=comment) == [row]

    assert (duties("item.tell_readers").count(), sight.owing(comment)) == (0, [])
    told = next(each for each in recorded() if each.event == "item.readers_told")
    assert kept(told.decision).points["readers_told_why"] == "permitted"
    with pytest.raises(NotNow):
        tell_readers(by=cast.ben, at=at, item=comment)


def test_nothing_is_owed_before_the_block_is_done_nor_where_a_colleague_declines(comment, ask, another, at):
    row = ask(comment, days=90)
    assert sight.owing(comment) == []
    agree_to_block(by=another, at=at, step=row, yes=False)
    assert (sight.owing(comment), duties("item.tell_readers").count()) == ([], 0)


def test_what_readers_are_told_of_a_removal_tells_them_of_the_block_too(comment, ask, bring_on, cast, at):
    bring_on(ask(comment))
    row = moderate(by=cast.ben, at=at, item=comment, how="hidden", because="improper")
    Moderation.objects.filter(pk=row.pk).update(state="confirmed", owes={"readers_told_why": []})
    finish_removal(by=cast.ben, at=at, item=comment)
    assert sight.owing(comment) == []


@pytest.mark.parametrize(("warned", "goes"), [(True, True), (None, False)])
def test_a_block_waits_for_the_warning_that_the_policy_asks_for(cast, comment, at, warned, goes):
    ready = ready_rules()["blocking"]
    says = book_with_alone(ready, {**ready.defaults, "who": "head", "after": "warning"})
    with scope(cast.federation.pk):
        facts = author_facts(comment, by=cast.ben, at=at, act="block", reason="improper", warned=warned)
    answers = decide(says, "item.remove", facts).points
    assert {"who_blocks", "warned_first"} <= {*BEFORE}, "the program asks both before it blocks anyone"
    assert (str(answers["warned_first"]) == "permitted") is goes
    assert str(answers["who_blocks"]) == "not_permitted", "Ben isn't the head"
