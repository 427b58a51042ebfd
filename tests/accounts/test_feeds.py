"""The schools' accounts are kept up to date with new posts; each school may choose its own number of days."""

from datetime import timedelta

import pytest

from schoolgate.accounts import before_opening
from schoolgate.accounts.before_opening import note_new_post, watch_feeds
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.jobs.daily import upkeep as job
from schoolgate.policy.choices import choose_feed_days, feed_days
from schoolgate.policy.models import DecisionRecord
from tests.accounts.conftest import OWNER
from tests.accounts.watched import open_account_of
from tests.cast import someone

DAY = timedelta(days=1)


@pytest.fixture
def two(at_federation, at):
    """Llanidloes: the High School and the Primary School, each with an account that Wyn leads."""
    with at_federation("llanidloes") as cast:
        cast.high, cast.primary = (
            cast.school,
            School.objects.create(name="Llanidloes Primary School", slug="primary", country="wales"),
        )
        cast.wyn = someone("Wyn Rees", "staff")
        cast.page = open_account_of(cast.primary, cast.wyn, opened_at=at, name="Primary page")
        cast.other = open_account_of(cast.high, cast.wyn, opened_at=at, name="High School page")
        yield cast


@pytest.fixture
def chosen(two, at):
    """The Primary School lets seven days pass."""
    choose_feed_days(by=two.owner, at=at, school=two.primary, days=7, from_day=at.date())
    return two


def tasks():
    return list(Duty.objects.filter(kind="accounts.new_post", state__in=STILL_TO_DO))


def test_the_seventh_day_is_in_time_and_on_the_eighth_the_team_is_asked(chosen, at):
    watch_feeds(at=at + 7 * DAY)
    assert tasks() == []
    assert not DecisionRecord.objects.filter(situation="feed.upkeep").exists()

    watch_feeds(at=at + 8 * DAY)

    (task,) = tasks()
    assert (task.person, task.subject_account) == (chosen.wyn, chosen.page.pk)
    assert (task.clauses, task.due_day) == (["llanidloes-current-1"], at.date() + 7 * DAY)
    kept = DecisionRecord.objects.get(situation="feed.upkeep")
    assert (kept.outcome, task.decision) == ("breached", kept.pk)


def test_the_day_of_the_last_post_counts_once_there_is_one(chosen, at):
    note_new_post(chosen.page.pk, by=None, at=at + 5 * DAY)
    watch_feeds(at=at + 12 * DAY)
    assert tasks() == []
    watch_feeds(at=at + 13 * DAY)
    assert len(tasks()) == 1


def test_a_school_without_a_choice_has_no_deadline_and_nothing_is_ever_late(two, at):
    watch_feeds(at=at + 300 * DAY)
    assert tasks() == []


def test_running_twice_asks_once_and_a_new_post_ends_it(chosen, at):
    for _again in range(2):
        watch_feeds(at=at + 8 * DAY)
    assert len(tasks()) == 1
    note_new_post(chosen.page.pk, by=chosen.wyn, at=at + 8 * DAY)
    assert tasks() == []
    assert Account.objects.get(pk=chosen.page.pk).last_good_publish_at == at + 8 * DAY


def test_a_longer_time_or_none_ends_it_at_the_next_sweep(chosen, at):
    watch_feeds(at=at + 8 * DAY)
    choose_feed_days(by=chosen.owner, at=at + 8 * DAY, school=chosen.primary, days=None, from_day=at.date())
    watch_feeds(at=at + 9 * DAY)
    assert (tasks(), feed_days(on=at.date() + 9 * DAY)) == ([], {})


def test_a_choice_counts_from_its_day(two, at):
    choose_feed_days(by=two.owner, at=at, school=two.primary, days=7, from_day=at.date() + 10 * DAY)
    watch_feeds(at=at + 9 * DAY)
    assert tasks() == []
    watch_feeds(at=at + 10 * DAY)
    assert len(tasks()) == 1


def test_a_closed_account_and_one_of_no_school_are_left_alone(chosen, at):
    Account.objects.filter(pk=chosen.page.pk).update(state="closed", closed_at=at)
    choose_feed_days(by=chosen.owner, at=at, school=chosen.high, days=7, from_day=at.date())
    Account.objects.filter(pk=chosen.other.pk).update(school=None)
    watch_feeds(at=at + 30 * DAY)
    assert tasks() == []


def test_where_no_one_is_on_the_team_no_task_is_opened_and_it_is_once_there_is_someone(chosen, at):
    chosen.page.team.all().delete()
    watch_feeds(at=at + 8 * DAY)
    assert tasks() == []


@pytest.mark.parametrize("days", [0, 366, -1])
def test_a_number_that_is_none_is_refused(two, at, days):
    with pytest.raises(BadInput):
        choose_feed_days(by=two.owner, at=at, school=two.primary, days=days, from_day=at.date())


@pytest.mark.parametrize("days", [1, 365])
def test_the_least_and_the_most_are_taken(two, at, days):
    choose_feed_days(by=two.owner, at=at, school=two.primary, days=days, from_day=at.date())
    assert feed_days(on=at.date())[two.primary.pk].days == days


def test_only_the_policys_owner_chooses(two, at):
    with pytest.raises(NotAllowed):
        choose_feed_days(by=two.wyn, at=at, school=two.primary, days=7, from_day=at.date())


@pytest.mark.parametrize("key", [key for key in OWNER if key != "llanidloes"])
def test_other_policies_say_nothing_so_nothing_is_asked(at_federation, at, key):
    with at_federation(key) as cast:
        wyn = someone("Wyn Rees")
        open_account_of(cast.school, wyn, opened_at=at, name="Page")
        choose_feed_days(by=cast.owner, at=at, school=cast.school, days=7, from_day=at.date())
        federation = cast.school.federation_id
    job(at + 300 * DAY)
    with scope(federation):
        assert (tasks(), DecisionRecord.objects.filter(situation="feed.upkeep").exists()) == ([], False)


def test_the_sweep_goes_on_where_it_stopped(chosen, at, monkeypatch):
    following = watch_feeds(at=at + 8 * DAY, limit=1)
    assert following is not None
    assert before_opening.watch_feeds(at=at + 8 * DAY, after=following) is None
    assert len(tasks()) == 1
