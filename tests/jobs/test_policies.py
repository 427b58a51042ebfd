"""What the timetable does for policies: versions whose day has come, reviews, trials that lost their job."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from schoolgate.core.tenancy import scope
from schoolgate.jobs import tasks
from schoolgate.jobs.hourly import policies
from schoolgate.jobs.minutely import trials
from schoolgate.policy import adopting, queries, readings
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import PolicyVersion, ReadingDraft
from schoolgate.policy.readings import TRY
from tests.cast import someone
from tests.policy.test_versions import STEPS, other_text
from tests.worlds import enter_federation, world

DAY = timedelta(days=1)
WORKING = "wildground-listening-2@reply_due/clock.timed"


class There:
    """A federation with a version in force, and its owner."""

    def __init__(self, federation, at) -> None:
        self.pk = federation.pk
        with scope(self.pk):
            self.owner = someone("Sam Slater", "slt")
            adopting.adopt(by=self.owner, at=at)

    def adopted_for(self, day, at):
        """The next version, for a day to come."""
        with scope(self.pk):
            made = adopting.start_version(
                by=self.owner, at=at, text=other_text(), material_changes="Each day."
            )
            adopting.adopt_version(
                by=self.owner,
                at=at,
                version=made,
                adopted_on=at.date(),
                in_force_on=day,
                stated={"steps": STEPS},
            )

    def states(self):
        with scope(self.pk):
            return list(PolicyVersion.objects.order_by("number").values_list("state", flat=True))

    def trial(self, at, decisions=5):
        """A draft whose trial has done its first piece of two decisions."""
        with scope(self.pk):
            facts = {
                "now": at, "received_at": at, "kind": "comment", "account_is_official": True,
                "from_relation": "parent",
            }  # fmt: skip
            for number in range(decisions):
                record_decision("item.received", facts, at=at, by=None, subject=f"inbox.item:{number + 1}")
            draft = readings.start_draft(by=self.owner, at=at)
            changes = {"settings": {WORKING: {"response_hours": 48}}}
            draft = readings.save_draft(
                by=self.owner, at=at, draft=draft, edition=1, changes=changes, because="Two days."
            )
            return readings.try_draft(by=self.owner, at=at, draft=draft, edition=draft.edition)

    def tried(self):
        with scope(self.pk):
            return ReadingDraft.objects.get().tried


@world()
def two_federations(at):
    """Two federations under one policy."""
    both = [There(enter_federation(slug, "wildground"), at) for slug in ("first", "second")]
    return SimpleNamespace(both=both)


@pytest.fixture
def two(own_database, in_world, at, home):
    """Those, whose commits are real."""
    return in_world(two_federations, at).both


def jobs(status="todo"):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s AND status = %s ORDER BY id",
            [TRY, status],
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def work_off(job):
    """What a worker does with a job: run it, then mark it as done."""
    tasks.try_on(**job)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = "
            "(SELECT min(id) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo')",
            [TRY],
        )


def thrown_away():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [TRY])


def test_a_version_comes_into_force_on_its_day_in_every_federation_and_not_the_day_before(two, at):
    for there in two:
        there.adopted_for(at.date() + 10 * DAY, at)

    policies(at + 9 * DAY)
    assert [there.states() for there in two] == [["in_force", "adopted"]] * 2

    policies(at + 10 * DAY)
    policies(at + 10 * DAY)
    assert [there.states() for there in two] == [["superseded", "in_force"]] * 2


def test_a_trial_goes_on_job_by_job_until_it_is_finished(two, at, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 2)
    two[0].trial(at)
    assert (two[0].tried()["past"]["asked"], len(jobs())) == (2, 1)
    while jobs():
        work_off(jobs()[0])
    assert (two[0].tried()["finished"], two[0].tried()["past"]["asked"]) == (True, 5)


def test_a_job_that_ran_twice_counts_nothing_twice(two, at, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 2)
    two[0].trial(at)
    job = jobs()[0]
    for _ in range(4):
        tasks.try_on(**job)
    assert (two[0].tried()["finished"], two[0].tried()["past"]["asked"]) == (True, 5)


def test_a_trial_whose_job_was_lost_goes_on_at_the_next_sweep(two, at, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 2)
    for there in two:
        there.trial(at)
    thrown_away()

    trials(at)
    trials(at)

    assert [job["federation_id"] for job in jobs()] == [there.pk for there in two]
    while jobs():
        work_off(jobs()[0])
    assert [there.tried()["finished"] for there in two] == [True, True]


@pytest.mark.parametrize(("status", "again"), [("todo", 0), ("doing", 0), ("failed", 1), ("succeeded", 1)])
def test_a_job_that_waits_or_is_in_hand_is_not_deferred_again(two, at, monkeypatch, status, again):
    monkeypatch.setattr(readings, "PIECE", 2)
    two[0].trial(at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE task_name = %s", [status, TRY])
    before = len(jobs())
    trials(at)
    assert len(jobs()) - before == again


def test_nothing_is_deferred_for_a_trial_that_is_finished_or_was_stopped(two, at, monkeypatch):
    two[0].trial(at)
    assert two[0].tried()["finished"] is True
    monkeypatch.setattr(readings, "PIECE", 2)
    draft = two[1].trial(at)
    with scope(two[1].pk):
        readings.stop_trying(by=two[1].owner, at=at, draft=draft, edition=draft.edition)
    thrown_away()
    trials(at)
    assert jobs() == []


def test_a_job_for_a_draft_that_was_signed_or_changed_meanwhile_does_nothing(two, at, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 2)
    draft = two[0].trial(at)
    job = jobs()[0]
    with scope(two[0].pk):
        readings.drop_draft(by=two[0].owner, at=at, draft=draft)
    tasks.try_on(**job)
    with scope(two[0].pk):
        assert queries.in_force(at.date()).reading.number == 1
        assert ReadingDraft.objects.count() == 0
