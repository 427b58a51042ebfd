"""What the governors' report counts: rows by the instant that they are counted at, and by school."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce, Substr

from schoolgate.accounts.models import Account, AccountKey
from schoolgate.core.days import NEVER
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import each_task_once
from schoolgate.duties.states import DutyState
from schoolgate.inbox.models import Answer, Appeal, Item, Removal, RemovalNotice
from schoolgate.inbox.states import AppealState, ItemState
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Permission
from schoolgate.policy.models import DecisionRecord, ManagerStep, Practice, Review, Ruling, TrainingRecord
from schoolgate.policy.states import PracticeKind
from schoolgate.publishing.hand_models import TakeDownPost
from schoolgate.publishing.models import Approval, Delivery, Post
from schoolgate.publishing.states import Purpose
from schoolgate.pupils.models import Consent, Withdrawal
from schoolgate.pupils.states import Answer as Consented
from schoolgate.reports.governors.periods import Period
from schoolgate.rulebook.kinds import Outcome

Rows = QuerySet[Any, Any]
OF_POST = f"{Post._meta.label_lower}:"
SAFEGUARDING = ("incidents", "breaches")
"""Rooms of which only some people may know what is in them: neither their tasks nor their rows count."""


@dataclass(frozen=True)
class Measure:
    """Something to count. `at`: the column with the instant, or (`day`) the day, by which it is counted.

    `school`: the path to its school; empty where the rows belong to none, so that people who oversee one
    school are not shown it. `of`: what is counted once. `about`: the path to what the page of its rows names;
    empty where none of them is listed, because they are pupils.
    """

    key: str
    rows: Callable[[Collection[str]], Rows]
    at: str
    school: str = "school_id"
    of: str = "pk"
    about: str = ""
    day: bool = False

    def within(self, period: Period) -> Q:
        """Return the condition that a row is of a period."""
        if self.day:
            return Q(**{f"{self.at}__gte": period.first, f"{self.at}__lte": period.last})
        return within(period, self.at)


@dataclass(frozen=True)
class Counted:
    """How many in the period, and in the one before it."""

    now: int = 0
    then: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.now + other.now, self.then + other.then)


Numbers = Mapping[int | None, Counted]
"""By the id of the school; None is what belongs to no single school."""


def _published(_hidden: Collection[str]) -> Rows:
    return Delivery.objects.filter(purpose=Purpose.PUBLISH, state=Intent.CONFIRMED)


def _published_alone(hidden: Collection[str]) -> Rows:
    second = Approval.objects.filter(post=OuterRef("post")).exclude(by=F("post__author"))
    return _published(hidden).filter(~Exists(second))


def _refused(_hidden: Collection[str]) -> Rows:
    """Decisions that a post may not go out as it was, each post once."""
    school = Post.objects.filter(pk=OuterRef("post")).values("school_id")
    return DecisionRecord.objects.filter(outcome=Outcome.NOT_PERMITTED, subject__startswith=OF_POST).annotate(
        post=Cast(Substr("subject", len(OF_POST) + 1), BigIntegerField()), school_id=Subquery(school)
    )


def open_removals() -> Rows:
    """Return the removals that happened, without those of locked comments."""
    return Removal.objects.filter(moderation__state=Intent.CONFIRMED, item__locked_at=None)


def _appeals(_hidden: Collection[str]) -> Rows:
    return Appeal.objects.filter(removal__item__locked_at=None)


def tasks(hidden: Collection[str]) -> Rows:
    """Return the duties under a clause that the report may speak of: several may be one task."""
    rows = Duty.objects.exclude(clauses=[]).exclude(subject__in=hidden)
    for room in SAFEGUARDING:
        rows = rows.exclude(kind__startswith=f"{room}.").exclude(subject__startswith=f"{room}.")
    return rows


def permissions(hidden: Collection[str]) -> Rows:
    """Return the permissions that the report may speak of."""
    rows = Permission.objects.exclude(subject__in=hidden).order_by()
    for room in SAFEGUARDING:
        rows = rows.exclude(subject__startswith=f"{room}.")
    return rows


def _done(hidden: Collection[str]) -> Rows:
    return each_task_once(tasks(hidden).filter(state=DutyState.DISCHARGED))


def _changes(_hidden: Collection[str]) -> Rows:
    return Practice.objects.filter(kind=PracticeKind.CHANGE).exclude(to_role="")


MEASURES: tuple[Measure, ...] = (
    Measure("accounts_opened", lambda _: Account.objects.all(), "opened_at", about="pk"),
    Measure("accounts_closed", lambda _: Account.objects.all(), "closed_at", about="pk"),
    Measure("posts_published", _published, "state_at", school="post__school_id", of="post", about="post"),
    Measure("posts_alone", _published_alone, "state_at", school="post__school_id", of="post", about="post"),
    Measure("posts_refused", _refused, "at", of="subject", about="subject"),
    Measure(
        "posts_taken_down", lambda _: TakeDownPost.objects.filter(asked=True), "take_down__at",
        school="post__school_id", of="post", about="post",
    ),
    Measure("comments_received", lambda _: Item.objects.all(), "received_at", about="pk"),
    Measure("removals", lambda _: open_removals(), "begun_at", school="item__school_id", about="item"),
    Measure(
        "removals_told",
        lambda _: RemovalNotice.objects.filter(told_at__isnull=False, removal__in=open_removals()),
        "removal__begun_at", school="removal__item__school_id", of="removal", about="removal__item",
    ),
    Measure("appeals", _appeals, "at", school="removal__item__school_id", about="removal__item"),
    Measure(
        "appeals_upheld", lambda _: _appeals(()).filter(state=AppealState.UPHELD), "at",
        school="removal__item__school_id", about="removal__item",
    ),
    Measure(
        "tasks_in_time", lambda hidden: _done(hidden).filter(ended_at__lte=F("due_by")), "ended_at",
        about="subject",
    ),
    Measure(
        "tasks_late", lambda hidden: _done(hidden).filter(ended_at__gt=F("due_by")), "ended_at",
        about="subject",
    ),
    Measure(
        "people_trained", lambda _: TrainingRecord.objects.all(), "on", school="", of="person",
        about="person", day=True,
    ),
    Measure(
        "consents_given", lambda _: Consent.objects.filter(answer=Consented.GIVEN), "at",
        school="pupil__school_id",
    ),
    Measure(
        "consents_refused", lambda _: Consent.objects.filter(answer=Consented.REFUSED), "at",
        school="pupil__school_id",
    ),
    Measure("withdrawals", lambda _: Withdrawal.objects.all(), "at", school="pupil__school_id"),
    Measure(
        "keys_ended", lambda _: AccountKey.objects.all(), "ended_at", school="account__school_id",
        about="account",
    ),
    Measure("reviews", lambda _: Review.objects.all(), "on", school="", about="pk", day=True),
    Measure("practice", lambda _: Practice.objects.all(), "on", school="", about="pk", day=True),
    Measure("manager_steps", lambda _: ManagerStep.objects.all(), "on", school="", day=True),
    Measure("changes_recommended", _changes, "on", school="", about="pk", day=True),
    Measure("rulings", lambda _: Ruling.objects.all(), "at", school="", about="pk"),
)  # fmt: skip
REPLIES = ("replies_in_time", "replies_late", "replies_overdue")


def count(
    measure: Measure, now: Period, then: Period, *, schools: Collection[int] | None, hidden: Collection[str]
) -> Numbers:
    """Return the numbers of a measure by school; `schools`: only of these. One query."""
    rows = of_schools(measure, schools, hidden=hidden)
    if rows is None:
        return {}
    rows = rows.filter(measure.within(now) | measure.within(then)).order_by()
    path = measure.school or None
    counts = {
        "now": Count(measure.of, distinct=measure.of != "pk", filter=measure.within(now)),
        "then": Count(measure.of, distinct=measure.of != "pk", filter=measure.within(then)),
    }
    if path is None:
        return {None: Counted(**rows.aggregate(**counts))}
    found = rows.values_list(path).annotate(number_now=counts["now"], number_then=counts["then"])
    return {school: Counted(now_, then_) for school, now_, then_ in found.values_list(
        path, "number_now", "number_then"
    )}  # fmt: skip


def of_schools(measure: Measure, schools: Collection[int] | None, *, hidden: Collection[str]) -> Rows | None:
    """Return a measure's rows of these schools, of all if None; None where they belong to no school."""
    rows = measure.rows(hidden)
    if schools is None:
        return rows
    return rows.filter(**{f"{measure.school}__in": list(schools)}) if measure.school else None


def replies(now: Period, then: Period, *, schools: Collection[int] | None, until: Any) -> dict[str, Numbers]:
    """Return which replies with a deadline in the policy were sent in time, late, or not by `until`, by when
    their comment came. One query."""
    of = {"now": within(now, "received_at"), "then": within(then, "received_at")}
    rows = _with_replies(schools).filter(of["now"] | of["then"])
    counts = {
        f"{key}_{when}": Count("pk", filter=kind & within)
        for key, kind in _replied(until).items()
        for when, within in of.items()
    }
    found: dict[str, dict[int | None, Counted]] = {key: {} for key in REPLIES}
    columns = [f"{key}_{when}" for key in REPLIES for when in ("now", "then")]
    rows_counted: Rows = rows.values("school_id").annotate(**counts)
    for school, *numbers in rows_counted.values_list("school_id", *columns):
        for number, key in enumerate(REPLIES):
            found[key][school] = Counted(numbers[2 * number], numbers[2 * number + 1])
    return dict(found)


def replied(key: str, period: Period, *, schools: Collection[int] | None, until: Any) -> Rows:
    """Return the comments of a period whose reply is one of `REPLIES`, as `replies` counts them."""
    return _with_replies(schools).filter(within(period, "received_at"), _replied(until)[key])


def _with_replies(schools: Collection[int] | None) -> Rows:
    """Return the comments with a deadline and the instant of their last reply. A reply from before an edit
    doesn't meet the new deadline."""
    sent = (
        Answer.objects.filter(item=OuterRef("pk"), state=Intent.CONFIRMED, stops_the_clock=True)
        .order_by()
        .values("item")
        .annotate(last=Max(Coalesce("seen_at", "sent_at", "state_at")))
    )
    rows = Item.objects.filter(answer_by__lt=NEVER).exclude(state=ItemState.CLOSED).order_by()
    if schools is not None:
        rows = rows.filter(school_id__in=list(schools))
    return rows.annotate(last=Subquery(sent.values("last")))


def _replied(until: Any) -> dict[str, Q]:
    answered = Q(state=ItemState.ANSWERED, last__isnull=False)
    return {
        "replies_in_time": answered & Q(last__lte=F("answer_by")),
        "replies_late": answered & Q(last__gt=F("answer_by")),
        "replies_overdue": ~answered & Q(answer_by__lt=until),
    }


def within(period: Period, at: str) -> Q:
    """Return the condition that the instant in this column is of a period."""
    return Q(**{f"{at}__gte": period.since, f"{at}__lt": period.until})


def whole(numbers: Numbers) -> Counted:
    """Return the sum of all schools."""
    return sum(numbers.values(), Counted())
