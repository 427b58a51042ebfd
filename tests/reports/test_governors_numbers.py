"""Each number of the governors' report: of two rows in the period and one before it, counted from rows."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import Account, AccountKey
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Appeal, Item, Moderation, Removal, RemovalNotice
from schoolgate.inbox.seeing import subjects_of_all
from schoolgate.people.assignments import give_permission
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import (
    Attestation,
    DecisionRecord,
    ManagerStep,
    PolicyVersion,
    Practice,
    Reading,
    Review,
    Ruling,
    TrainingRecord,
)
from schoolgate.publishing.models import Approval, Delivery, Post, TakeDown, TakeDownPost
from schoolgate.pupils.models import Consent, Pupil, Withdrawal
from schoolgate.reports.governors import LISTED, State, asked_for, report_for, rows_behind
from schoolgate.reports.governors_measures import MEASURES, count, whole
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.records.made_besides import decided
from tests.worlds import enter_federation, tried_alone, world

AT = datetime(2027, 2, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PERIOD = "2027-02-01_2027-02-07"
NOW, LAST_MOMENT = datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 2, 7, 23, 59, 59, tzinfo=UTC)
BEFORE, LONG_BEFORE = NOW - timedelta(seconds=1), datetime(2027, 1, 24, 12, tzinfo=UTC)
AFTER = LAST_MOMENT + timedelta(seconds=1)
ROLES = ("slt", "lead-staff-member", "federation-leadership-team")


@world()
def governed(at):
    """A governor, people who did things, and an account of one of two schools, under Wildground's policy."""
    federation = enter_federation()
    with scope(federation.pk):
        north = School.objects.create(name="North", slug="north")
        School.objects.create(name="South", slug="south")
        by = someone("Sam Slater", "slt")
        adopt(by=by, at=at - 200 * DAY)
        return SimpleNamespace(
            federation=federation, by=by, second=someone("Tom Ellery", "lead-staff-member"), school=north,
            gwen=someone("Gwen Governor", "federation-leadership-team"),
            account=account_on("bluesky", north, at - 300 * DAY), version=PolicyVersion.objects.get(),
        )  # fmt: skip


@pytest.fixture
def who(in_world):
    """That world, in its scope."""
    there = in_world(governed, AT)
    with scope(there.federation.pk):
        yield there


def post(who, at, *, approved_by=None, author=None):
    made = Post.objects.create(
        school=who.school, author=author or who.by, text="Sports day.", state="published", state_at=at,
        created_at=at,
    )  # fmt: skip
    if approved_by is not None:
        Approval.objects.create(post=made, by=approved_by, roles=["slt"], at=at, seen="x", decision=1)
    return made


def published(who, at, **more):
    given = {"purpose": "publish", "state": "confirmed", "written_at": at, "state_at": at} | more
    of = given.pop("post", None) or post(who, at, approved_by=given.pop("approved_by", who.second))
    return Delivery.objects.create(
        post=of, intent_key=f"k{Delivery.objects.count()}", **{"account": who.account, **given}
    )


def alone(who, at):
    """Published once without any approval, and once approved by its author only; each counts."""
    return published(who, at, approved_by=who.by)


def refused(who, at):
    """Two refusals of one post, counted once."""
    made = post(who, at)
    for outcome in ("not_permitted", "not_permitted", "hold"):
        DecisionRecord.objects.create(
            situation="post.publish", subject=f"publishing.post:{made.pk}", at=at, by=who.by, body={},
            outcome=outcome, version=who.version, reading=Reading.objects.get(), facts_digest="d",
        )  # fmt: skip


def taken_down(who, at, *, asked=True):
    act = TakeDown.objects.create(by=who.by, at=at, reason="mistake")
    TakeDownPost.objects.create(take_down=act, post=post(who, at), asked=asked)


def comment(who, at, **more):
    number = Item.every.count()
    return Item.every.create(
        account=who.account, school=who.school, network_id=f"c{number}", ref={}, version="1",
        received_at=at, first_seen_at=at, state_at=at, due_words="none", state="open", **more,
    )  # fmt: skip


def removal(who, at, *, state="confirmed", **more):
    item = comment(who, at, **more)
    done = Moderation.objects.create(
        intent_key=f"m{item.pk}", written_at=at, state=state, state_at=at, item=item, item_version="1",
        how="hidden", by=who.by, decision=1,
    )  # fmt: skip
    return Removal.objects.create(item=item, moderation=done, code=f"CODE{item.pk}", begun_at=at)


def told(who, at):
    RemovalNotice.objects.create(
        removal=removal(who, at), wording="w", decision=1, by=who.by, at=at, told_at=at
    )
    removal(who, at)  # its readers were not told


def appeal(who, at, **more):
    return Appeal.objects.create(
        removal=removal(who, at), words="Why?", at=at, moderator=who.by, state_at=at, **more
    )


def upheld(who, at):
    appeal(who, at)
    appeal(who, at, state="upheld", decided_by=who.second, reasons="It was fair.")


def task(who, at, *, late=False):
    due = at - DAY if late else at
    return Duty.objects.create(
        kind="item.answer", what="item.answer", subject=f"inbox.item:{Duty.objects.count() + 1}",
        person=who.by, school=who.school, due_kind="instant", due_at=due, due_by=due,
        opened_at=at - 9 * DAY, clauses=["wildground-monitoring-4"], state="discharged", ended_at=at,
        discharged_by=who.by, how="answered",
    )  # fmt: skip


def trained(who, at):
    person = someone(f"Person {TrainingRecord.objects.count()}", "staff")
    for _twice in range(2):
        said = Attestation.objects.create(
            kind="trained", subject="people.person:1", about_person=person, by=who.by, at=at, answer=True,
            version=who.version,
        )  # fmt: skip
        TrainingRecord.objects.create(attestation=said, person=person, on=at.date())


def account(who, at, **more):
    number = Account.objects.count()
    return Account.objects.create(**{
        "school": who.school, "name": f"Account {number}", "network": "mastodon", "handle": f"{number}.test",
        "kind": "school", "visibility": "open", "pupils_in_audience": True, "state": "open", "made_at": at,
        "opened_at": at, "opened_by": who.by, **more,
    })  # fmt: skip


def pupil(who):
    number = Pupil.objects.count()
    return Pupil.objects.create(school=who.school, key=f"{number}", first_name="A", last_name=f"B{number}")


def consent(who, at, answer):
    Consent.objects.create(
        pupil=pupil(who), use="picture", answer=answer, giver="parent", who="A parent", form="paper",
        from_day=at.date(), at=at, by=who.by,
    )  # fmt: skip


def key(who, at):
    AccountKey.objects.create(
        account=who.account, kind="password", kept_by=who.by, kept_at=at - DAY, decision=decided(who, at),
        ended="replaced", ended_at=at,
    )  # fmt: skip


def practice(who, at, **more):
    given = {"kind": "watched", "words": "Seen."} | more
    Practice.objects.create(version=who.version, on=at.date(), by=who.by, at=AT, **given)


MADE = {
    "accounts_opened": account,
    "accounts_closed": lambda who, at: account(who, AT - 300 * DAY, state="closed", closed_at=at),
    "posts_published": published,
    "posts_alone": alone,
    "posts_refused": refused,
    "posts_taken_down": taken_down,
    "comments_received": comment,
    "removals": removal,
    "removals_told": told,
    "appeals": appeal,
    "appeals_upheld": upheld,
    "tasks_in_time": task,
    "tasks_late": lambda who, at: task(who, at, late=True),
    "people_trained": trained,
    "consents_given": lambda who, at: consent(who, at, "given"),
    "consents_refused": lambda who, at: consent(who, at, "refused"),
    "withdrawals": lambda who, at: Withdrawal.objects.create(
        pupil=pupil(who), cause="answer", uses=["picture"], who="A parent", at=at
    ),
    "keys_ended": key,
    "reviews": lambda who, at: Review.objects.create(
        version=who.version, on=at.date(), by=who.by, at=AT, role="slt", outcome="keep"
    ),
    "practice": practice,
    "changes_recommended": lambda who, at: practice(who, at, kind="change", to_role="slt"),
    "manager_steps": lambda who, at: ManagerStep.objects.create(
        version=who.version, person=who.second, did="talked", on=at.date(), by=who.by, at=AT
    ),
    "rulings": lambda who, at: Ruling.objects.create(
        version=who.version, tension="t", role="slt", by=who.by, at=at, from_day=at.date(), answer="a",
        words="So.",
    ),
}  # fmt: skip
"""By measure, what makes a row that counts at an instant, and beside it rows that don't."""


def report(who):
    return report_for(who.gwen, PERIOD, at=AT)


def rows(who, key):
    return rows_behind(asked_for(who.gwen, PERIOD, at=AT), key)


def test_every_measure_is_counted_here():
    assert set(MADE) == {each.key for each in MEASURES}


def test_a_number_counts_what_happened_from_the_first_moment_to_the_last(who):
    asked = asked_for(who.gwen, PERIOD, at=AT)
    now, then = asked.period.so_far(AT.date()), asked.before
    for measure in MEASURES:
        with tried_alone():
            for at in (NOW, LAST_MOMENT, BEFORE, AFTER, LONG_BEFORE):
                MADE[measure.key](who, at)
            hidden = subjects_of_all()
            counted = whole(count(measure, now, then, schools=asked.schools, hidden=hidden))
            assert (counted.now, counted.then) == (2, 1), measure.key
            if measure.key in LISTED:
                found, number = rows_behind(asked, measure.key)
                assert len(found) == number == 2, measure.key


def test_a_report_has_every_number(who):
    for measure in MEASURES:
        MADE[measure.key](who, NOW)
    found = report(who)
    assert {each.key for each in MEASURES} <= set(found.numbers)
    assert all(found.of(each.key).now for each in MEASURES)


def test_what_was_not_done_to_its_end_does_not_count(who):
    published(who, NOW, state="failed")
    published(who, NOW, purpose="take_down", of=published(who, BEFORE))
    taken_down(who, NOW, asked=False)
    removal(who, NOW, state="failed")
    removal(who, NOW, locked_at=NOW)
    found = report(who)
    assert [found.of(key).now for key in ("posts_published", "posts_taken_down", "removals")] == [0, 0, 0]


def test_a_post_on_two_accounts_is_one_post_and_a_second_persons_approval_is_no_risk(who):
    made = post(who, NOW, approved_by=who.second)
    for account in (who.account, account_on("mastodon", who.school, NOW)):
        published(who, NOW, post=made, account=account)
    found = report(who)
    assert (found.of("posts_published").now, found.of("posts_alone").now) == (1, 0)


def test_tasks_about_concerns_and_without_a_clause_are_in_no_number(who):
    for change in ({"kind": "incidents.take"}, {"subject": "breaches.breach:1"}, {"clauses": []}):
        made = task(who, NOW, late=True)
        Duty.objects.filter(pk=made.pk).update(**change)
    assert report(who).of("tasks_late").now == 0


def for_roles(who, ended, *, due=None, roles=ROLES, **more):
    """One task as three roles are asked it: a row for each."""
    due = due or AFTER
    opened = more.pop("opened_at", LONG_BEFORE)
    number = more.pop("number", 417)
    return [
        Duty.objects.create(**{
            "kind": "post.approve", "what": "post.approve", "subject": f"publishing.post:{number}",
            "role_key": role, "school": who.school, "due_kind": "instant", "due_at": due, "due_by": due,
            "opened_at": opened, "clauses": ["wildground-monitoring-4"],
            "state": "discharged" if ended else "open", "ended_at": ended,
            "how": "approved" if ended else "", **more,
        })
        for role in roles
    ]  # fmt: skip


def tasks_counted(who):
    found = report(who)
    numbers = [found.of(key).now for key in ("tasks_in_time", "tasks_late")]
    for key, number in zip(("tasks_in_time", "tasks_late"), numbers, strict=True):
        behind, in_all = rows(who, key)
        assert len(behind) == in_all == number
    section = next(each for each in found.sections if each.name == "Monitoring")
    assert (section.done, section.late) == (sum(numbers), numbers[1])
    return numbers


def test_a_task_asked_of_three_roles_counts_and_shows_once(who):
    for_roles(who, NOW)
    assert tasks_counted(who) == [1, 0]
    assert [(each.subject, each.at) for each in rows(who, "tasks_in_time")[0]] == [
        ("publishing.post:417", NOW)
    ]


def test_roles_are_asked_one_task_from_the_first_moment_to_the_last(who):
    for number, ended in enumerate((NOW, LAST_MOMENT, BEFORE, AFTER, LONG_BEFORE)):
        for_roles(who, ended, number=number)
    counted = report(who).of("tasks_in_time")
    assert (counted.now, counted.then) == (2, 1)


@pytest.mark.parametrize(("due", "numbers"), [(NOW, [1, 0]), (NOW - timedelta(seconds=1), [0, 1])])
def test_a_task_of_roles_is_late_right_after_its_deadline(who, due, numbers):
    for_roles(who, NOW, due=due)
    assert tasks_counted(who) == numbers


def test_a_task_is_late_by_the_first_of_its_deadlines_and_never_in_time_as_well(who):
    for_roles(who, NOW, due=NOW - DAY, roles=ROLES[:1])
    for_roles(who, NOW, roles=ROLES[1:])
    assert tasks_counted(who) == [0, 1]


def test_the_same_task_asked_again_later_counts_again(who):
    for_roles(who, NOW)
    for_roles(who, LAST_MOMENT, opened_at=NOW)
    assert tasks_counted(who) == [2, 0]


def test_a_role_that_got_a_task_later_than_the_others_got_the_same_task(who):
    for_roles(who, NOW, roles=ROLES[:2])
    for_roles(who, NOW, roles=ROLES[2:], opened_at=BEFORE)
    assert tasks_counted(who) == [1, 0]


def test_two_people_who_are_asked_have_two_tasks_beside_that_of_the_roles(who):
    for_roles(who, NOW)
    for person in (who.by, who.second):
        for_roles(who, NOW, roles=[""], person=person)
    assert tasks_counted(who) == [3, 0]


@pytest.mark.parametrize("change", [{"kind": "post.look"}, {"subject": "publishing.post:418"}])
def test_roles_have_two_tasks_where_the_kind_or_the_subject_differs(who, change):
    for_roles(who, NOW)
    for_roles(who, NOW, **change)
    assert tasks_counted(who) == [2, 0]


def test_a_school_has_its_own_task_and_each_school_counts_one(who):
    for_roles(who, NOW)
    for_roles(who, NOW, school=School.objects.get(slug="south"), roles=ROLES[:2])
    assert {school: each.now for school, each in report(who).numbers["tasks_in_time"].items()} == {
        school.pk: 1 for school in School.objects.all()
    }
    assert tasks_counted(who) == [2, 0]


@pytest.mark.parametrize(("due", "number"), [(AT - timedelta(seconds=1), 1), (AT, 0)])
def test_a_task_that_three_roles_have_not_done_is_overdue_once(who, due, number):
    for_roles(who, None, due=due)
    assert report(who).today["tasks_overdue"] == number
    assert len(rows(who, "tasks_overdue")[0]) == number


def test_a_section_counts_a_task_that_was_overdue_when_the_period_ended_once(who):
    first, *_others = for_roles(who, None, due=NOW)
    passed_on = {"state": "cancelled", "cancelled_because": "role_removed", "ended_at": AFTER}
    Duty.objects.filter(pk=first.pk).update(**passed_on)
    (section,) = (each for each in report(who).sections if each.overdue)
    assert (section.name, section.overdue) == ("Monitoring", 1)


def test_a_section_counts_a_task_by_the_clause_of_any_of_its_roles(who):
    for_roles(who, NOW, roles=ROLES[:1], clauses=["wildground-accounts-10"])
    for_roles(who, NOW, roles=ROLES[1:])
    assert [each.done for each in report(who).sections if each.done] == [1, 1]
    assert report(who).of("tasks_in_time").now == 1


def test_the_numbers_between_schools_are_each_schools_own(who):
    other = SimpleNamespace(**{**vars(who), "school": School.objects.get(slug="south")})
    for owner, number in ((who, 1), (other, 2)):
        for _each in range(number):
            published(owner, NOW)
    found = report(who)
    assert {found.names[pk]: each.now for pk, each in found.numbers["posts_published"].items()} == {
        "North": 1, "South": 2,
    }  # fmt: skip


# --- Permissions


def permission(who, at, role="slt", subject="publishing.post:7"):
    return give_permission(
        by=who.by, at=at, role_key=role, written=True, covers="wildground-posts-1", subject=subject,
        from_day=at.date(),
    )  # fmt: skip


def test_permissions_are_counted_by_role_and_open_what_they_were_for_and_who_gave_them(who):
    permission(who, BEFORE)
    permission(who, NOW)
    permission(who, LAST_MOMENT, subject="accounts.account:3")
    permission(who, AFTER)
    assert [(role, each.now, each.then) for role, each in report(who).leave] == [("slt", 2, 1)]
    found, number = rows(who, "leave-slt")
    assert number == 2
    assert [(each.subject, each.beside) for each in found] == [
        ("accounts.account:3", "Sam Slater"), ("publishing.post:7", "Sam Slater"),
    ]  # fmt: skip


def test_a_permission_about_a_concern_is_neither_counted_nor_opened(who):
    permission(who, NOW, subject="incidents.report:1")
    assert not report(who).leave
    assert rows(who, "leave-slt") == ([], 0)


# --- Tasks and sections


def test_a_task_is_listed_with_what_it_was(who):
    task(who, NOW)
    [found], _number = rows(who, "tasks_in_time")
    assert found.beside == "item.answer"


def sections(who):
    return {each.state for each in report(who).sections if each.name == "Monitoring"}


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, State.KEPT),
        ({"due_at": NOW - DAY, "due_by": NOW - DAY}, State.WATCHED),
        ({"due_at": NOW, "due_by": NOW, "ended_at": AFTER}, State.BROKEN),
        ({"due_at": AFTER, "due_by": AFTER, "ended_at": AFTER}, State.SILENT),
    ],
)
def test_a_section_is_kept_watched_or_broken_by_its_tasks_as_they_were_when_the_period_ended(
    who, change, state
):
    made = task(who, NOW)
    Duty.objects.filter(pk=made.pk).update(**change)
    assert sections(who) == {state}
