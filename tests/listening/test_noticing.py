"""Looking for public posts where the policy wants it: who is asked when no one looks, or not often enough."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.models import School
from schoolgate.duties.models import Duty
from schoolgate.listening.finding import search_facts
from schoolgate.listening.models import Source
from schoolgate.listening.watching import Wanted, choose_how_often, end_watch, start_watch, watch_searches
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import DecisionRecord
from tests.accounts.conftest import at_federation  # noqa: F401 - five federations
from tests.listening.conftest import wanted

DAY = timedelta(days=1)


def tasks():
    rows = Duty.objects.filter(kind="listening.search").order_by("pk")
    return [(row.state, row.role_key, row.clauses) for row in rows]


def said(at):
    decision = verdict("listening.search", search_facts(by=None, at=at), on=at.date())
    return [one.message for one in decision.at("searched_for")]


@pytest.fixture
def whole(listeners, at):
    """A watch of the federation as a whole, which is what Wildground's policy wants."""
    return start_watch(by=listeners.sam, at=at, wanted=wanted(listeners, at, school=None))


def read(watch, at):
    Source.objects.filter(watch=watch).update(read_at=at)


def test_where_no_one_looks_the_role_that_looks_after_the_policy_is_asked_until_someone_does(listeners, at):
    watch_searches(at=at)
    watch_searches(at=at)
    assert tasks() == [("open", "slt", ["wildground-listening-1"])]
    assert DecisionRecord.objects.filter(situation="listening.search").count() == 1
    watch = start_watch(by=listeners.sam, at=at, wanted=wanted(listeners, at, school=None))
    assert [state for state, _role, _clauses in tasks()] == ["discharged"]
    end_watch(by=listeners.sam, at=at + DAY, watch=watch)
    watch_searches(at=at + DAY)
    assert [state for state, _role, _clauses in tasks()] == ["discharged", "open"]


def test_a_watch_that_runs_out_is_noticed_the_day_after_its_last(listeners, whole, at):
    watch_searches(at=at + 90 * DAY)
    assert tasks() == []
    watch_searches(at=at + 91 * DAY)
    assert [state for state, _role, _clauses in tasks()] == ["open"]


def test_without_a_chosen_number_no_search_is_ever_overdue(listeners, whole, at):
    assert said(at + 80 * DAY) == ["listening.search_there"]
    watch_searches(at=at + 80 * DAY)
    assert tasks() == []


def test_a_search_past_the_chosen_days_is_a_task_until_it_is_done(listeners, whole, at):
    choose_how_often(by=listeners.sam, at=at, days=7)
    read(whole, at)
    watch_searches(at=at + 7 * DAY)
    assert (said(at + 7 * DAY), tasks()) == (["listening.search_in_time"], [])
    watch_searches(at=at + 8 * DAY)
    assert said(at + 8 * DAY) == ["listening.search_overdue"]
    assert [state for state, _role, _clauses in tasks()] == ["open"]
    read(whole, at + 8 * DAY)
    watch_searches(at=at + 8 * DAY)
    assert [state for state, _role, _clauses in tasks()] == ["discharged"]


def test_only_the_policys_owner_chooses_and_only_a_number_of_days_within_a_year(listeners, at):
    with pytest.raises(NotAllowed):
        choose_how_often(by=listeners.ben, at=at, days=7)
    for days in (0, 367):
        with pytest.raises(BadInput) as error:
            choose_how_often(by=listeners.sam, at=at, days=days)
        assert list(error.value.fields) == ["days"]
    for days in (1, 366):
        assert choose_how_often(by=listeners.sam, at=at, days=days).value == str(days)


def test_boroughbridge_wants_each_school_looked_for(at_federation, at):  # noqa: F811
    with at_federation("boroughbridge") as cast:
        School.objects.get_or_create(slug="king-james", defaults={"name": "King James’s School"})
        watch_searches(at=at)
        assert [clauses for _state, _role, clauses in tasks()] == [["boroughbridge-listening-1"]]
        names = [one.name for one in School.objects.order_by("name")]
        for school in (None, *School.objects.order_by("name")):
            assert [state for state, _role, _clauses in tasks()] == ["open"]
            asked = Wanted(
                name="In public", phrases=[school.name if school else names[0]], purpose="To reply.",
                until=(at + 90 * DAY).date(), school=school, feeds=["https://herald.example/rss"],
            )  # fmt: skip
            start_watch(by=cast.owner, at=at, wanted=asked)
        assert [state for state, _role, _clauses in tasks()] == ["discharged"]


@pytest.mark.parametrize("key", ["learn-to-live", "wootton", "llanidloes"])
def test_a_policy_that_says_nothing_of_it_asks_nobody(at_federation, at, key):  # noqa: F811
    with at_federation(key):
        watch_searches(at=at)
        assert tasks() == []
