"""A live post announces a day: once that is over its owner is asked about it, where the policy says so."""

from datetime import timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.jobs.daily import upkeep as job
from schoolgate.networks.fake import FakeNetwork
from schoolgate.people.models import ExtendedAbsence, Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import live, queries, reactions
from schoolgate.publishing.actions import take_down
from schoolgate.publishing.actions.live import settle_change
from schoolgate.publishing.actions.upkeep import let_stay, list_outlived, read_days
from schoolgate.publishing.live_models import LiveChange
from schoolgate.publishing.models import AnnouncedDays
from tests.cast import someone
from tests.conftest import recorded
from tests.publishing.five_policies import KEYS, enter

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@pytest.fixture
def evening(at):
    """The day of the open evening: five days after the post went out."""
    return at.date() + 5 * DAY


@pytest.fixture
def out(cast, started, advance, evening):
    """A post of Amina's that announces an open evening, live on Bluesky."""
    return advance(started(f"Our open evening is on {evening:%d/%m/%Y}."))


@pytest.fixture
def sweep(at):
    """Run both steps of the daily sweep so many days after the post went out."""

    def run(days):
        read_days(at=at + days * DAY)
        list_outlived(at=at + days * DAY)

    return run


def tasks():
    return list(Duty.objects.filter(kind="post.out_of_date", state__in=STILL_TO_DO))


def test_on_the_day_itself_nothing_is_asked_and_on_the_next_its_owner_is(cast, out, sweep, evening):
    sweep(5)
    row = AnnouncedDays.objects.get()
    assert (row.days, row.last_day, row.asked_at, tasks()) == ([evening.isoformat()], evening, None, [])

    sweep(6)

    (task,) = tasks()
    assert (task.person, task.clauses, task.due_kind) == (
        cast.amina,
        ["wildground-roles-24"],
        "none_promised",
    )
    row = AnnouncedDays.objects.get()
    kept = DecisionRecord.objects.get(situation="post.upkeep")
    assert (row.listed, row.decision_id, kept.pk) == (True, kept.pk, task.decision)
    (event,) = [each for each in recorded() if each.event == "post.out_of_date"]
    assert event.clauses == ["wildground-roles-24"]


def test_each_post_is_asked_about_once_however_often_the_sweep_runs(out, sweep):
    for days in (6, 6, 7, 30):
        sweep(days)
    assert (len(tasks()), DecisionRecord.objects.filter(situation="post.upkeep").count()) == (1, 1)


def test_a_post_in_which_no_day_was_read_is_never_asked_about_nor_called_up_to_date(
    cast, started, advance, sweep
):
    advance(started("Our hens have laid their first eggs."))
    sweep(300)
    row = AnnouncedDays.objects.get()
    assert (row.days, row.last_day, row.asked_at) == ([], None, None)
    assert not DecisionRecord.objects.filter(situation="post.upkeep").exists()


def test_a_post_that_is_not_out_is_not_read(cast, draft, sweep, evening):
    draft(f"Our open evening is on {evening:%d/%m/%Y}.")
    sweep(6)
    assert not AnnouncedDays.objects.exists()


def test_the_owner_says_that_it_may_stay_and_that_is_kept_with_who_and_when(cast, out, sweep, at):
    sweep(6)
    let_stay(by=cast.amina, at=at + 7 * DAY, post=out.post)

    row = AnnouncedDays.objects.get()
    assert (row.stays_by, row.stays_at, tasks()) == (cast.amina, at + 7 * DAY, [])
    (event,) = [each for each in recorded() if each.event == "post.may_stay"]
    assert event.actor == f"people.person:{cast.amina.pk}"
    sweep(60)
    assert tasks() == []
    with pytest.raises(NotNow):
        let_stay(by=cast.amina, at=at + 8 * DAY, post=out.post)


def test_a_post_that_is_not_listed_needs_no_leave_to_stay(cast, out, sweep, at):
    sweep(5)
    with pytest.raises(NotNow):
        let_stay(by=cast.amina, at=at + 5 * DAY, post=out.post)


def test_only_people_who_could_take_it_down_say_that_it_may_stay(cast, out, sweep, at):
    sweep(6)
    stranger = someone("Kit Stranger")
    with pytest.raises(NotAllowed):
        let_stay(by=stranger, at=at + 6 * DAY, post=out.post)
    assert len(tasks()) == 1


def test_taking_it_down_ends_the_task(cast, out, sweep, at):
    sweep(6)
    take_down(by=cast.amina, at=at + 6 * DAY, post=queries.post(out.post_id), reason="other")
    assert tasks() == []
    with pytest.raises(NotNow):
        let_stay(by=cast.amina, at=at + 6 * DAY, post=queries.post(out.post_id))


def test_one_that_was_taken_down_before_is_never_listed(cast, out, sweep, at):
    sweep(1)
    take_down(by=cast.amina, at=at + 2 * DAY, post=queries.post(out.post_id), reason="other")
    sweep(6)
    assert tasks() == []


def test_one_that_was_removed_on_the_network_itself_is_not_listed(cast, out, sweep, server, at):
    sweep(1)
    del server.ours[out.ref.id]
    look(cast, server, at + 2 * DAY)
    sweep(6)
    assert tasks() == []


def look(cast, server, at):
    live.look(cast.federation.pk, cast.bluesky.pk, clock=lambda: at, connect=lambda _: FakeNetwork(server))


def test_new_words_on_the_network_that_an_approver_accepts_bring_it_up_to_date(cast, out, sweep, server, at):
    sweep(6)
    server.change_ours(out.ref, f"The next open evening is on {at.date() + 40 * DAY:%d/%m/%Y}.")
    look(cast, server, at + 7 * DAY)
    assert len(tasks()) == 1  # nobody accepted it yet

    settle_change(by=cast.ben, at=at + 7 * DAY, change=LiveChange.objects.get())

    assert (tasks(), reactions.out_of_date(queries.post(out.post_id))) == ([], None)
    assert AnnouncedDays.objects.get().last_day == at.date() + 40 * DAY
    sweep(41)
    assert len(tasks()) == 1


def test_words_that_are_still_out_of_date_leave_the_task(cast, out, sweep, server, at, evening):
    sweep(6)
    server.change_ours(out.ref, f"Our open evening was lovely. It was on {evening:%d/%m/%Y}, see us in May.")
    look(cast, server, at + 7 * DAY)
    settle_change(by=cast.ben, at=at + 7 * DAY, change=LiveChange.objects.get())
    # What is told after the day announces nothing any more.
    assert (tasks(), AnnouncedDays.objects.get().last_day) == ([], None)


def test_where_its_author_has_left_the_accounts_lead_is_asked(cast, out, sweep, at):
    TeamMember.objects.create(account=cast.bluesky, person=cast.sam, part="lead", from_day=at.date())
    Person.objects.filter(pk=cast.amina.pk).update(left_on=at.date() + 3 * DAY)
    sweep(6)
    assert [task.person for task in tasks()] == [cast.sam]


def test_where_its_author_is_on_long_leave_the_accounts_lead_is_asked(cast, out, sweep, at):
    TeamMember.objects.create(account=cast.bluesky, person=cast.sam, part="lead", from_day=at.date())
    ExtendedAbsence.objects.create(
        person=cast.amina, kind="parental", from_day=at.date(), noted_by=cast.sam, noted_at=at
    )
    sweep(6)
    assert [task.person for task in tasks()] == [cast.sam]


def test_where_no_one_looks_after_it_those_who_approve_posts_are_asked_and_the_policy_wants_an_owner(
    cast, out, sweep, at
):
    Person.objects.filter(pk=cast.amina.pk).update(left_on=at.date() + 3 * DAY)
    sweep(6)
    assert {task.role_key for task in tasks()} >= {"lead-staff-member"}
    kept = DecisionRecord.objects.get(situation="post.upkeep")
    assert kept.points["post_owner"] == "hold"
    let_stay(by=cast.ben, at=at + 6 * DAY, post=out.post)
    assert tasks() == []


@pytest.mark.parametrize("key", KEYS)
def test_only_the_policies_that_speak_of_it_have_anyone_asked(key, make_federation, at):
    with scope(make_federation(key, key).pk):
        work = enter(key, at)
        work.send(work.approve(work.handed_in()))  # "Sports day is on Friday."
    job.run(at + 8 * DAY)
    with scope(work.federation.pk):
        asked = [task.clauses for task in tasks()]
        rows = AnnouncedDays.objects.count()
    speaks = {"wildground": "wildground-roles-24", "boroughbridge": "boroughbridge-roles-24"}
    if key in speaks:
        assert (asked, rows) == ([[speaks[key]]], 1)
    else:
        assert (asked, rows) == ([], 0)


def test_the_days_of_all_its_networks_count_and_the_last_one_decides(cast, started, advance, sweep, at):
    first, last = at.date() + 3 * DAY, at.date() + 5 * DAY
    advance(started(f"Plays on {first:%d/%m/%Y} and {last:%d/%m/%Y}."))
    sweep(4)
    assert (tasks(), AnnouncedDays.objects.get().days) == ([], [first.isoformat(), last.isoformat()])
    sweep(6)
    assert len(tasks()) == 1


def test_a_day_gone_by_when_it_went_out_is_no_announcement(cast, started, advance, sweep, at):
    advance(started(f"On {at.date() - DAY:%d/%m/%Y} we won the county final."))
    sweep(6)
    assert (AnnouncedDays.objects.get().last_day, tasks()) == (None, [])


def test_the_rows_are_read_in_steps(cast, started, advance, at):
    for _number in range(3):
        advance(started("Our hens have laid eggs."))
    first = read_days(at=at, limit=2)
    assert (AnnouncedDays.objects.count(), first is not None) == (2, True)
    assert read_days(at=at, after=first, limit=2) is None
    assert AnnouncedDays.objects.count() == 3
