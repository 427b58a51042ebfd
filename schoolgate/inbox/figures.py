"""Figures of the inbox for people, and the comments on an account in figures and for its archive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from statistics import median_low
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from schoolgate.accounts.closing import Part
from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.days import NEVER
from schoolgate.inbox.listing import reach_of
from schoolgate.inbox.models import (
    Answer,
    Appeal,
    AuthorStep,
    AuthorStepKind,
    Item,
    ItemKind,
    ItemState,
    ItemVersion,
    Removal,
    ReplyRemoval,
)
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person

# Figures of the inbox: how many comments, how soon they were answered, which deadlines were met, what was
# removed and why, by school. Only of the items that a person may read.

MOST = 20_000
"""Items that are counted, the newest first: a page of figures takes no longer in a busier federation."""


@dataclass
class Sums:
    """The outcomes of items. `took`: how long each reply took; `kept` and `late`: replies with a deadline in
    the policy; `overdue`: deadline over and no reply yet."""

    received: int = 0
    closed: int = 0
    kept: int = 0
    late: int = 0
    overdue: int = 0
    removed: int = 0
    took: list[timedelta] = field(default_factory=list)

    def add(self, part: Sums) -> None:
        """Count what another counted, of other items."""
        self.received += part.received
        self.closed += part.closed
        self.kept += part.kept
        self.late += part.late
        self.overdue += part.overdue
        self.removed += part.removed
        self.took += part.took

    @property
    def answered(self) -> int:
        """Return how many were answered."""
        return len(self.took)

    @property
    def typical(self) -> timedelta | None:
        """Return the median time to a reply; None where there was none."""
        return median_low(self.took) if self.took else None

    @property
    def slowest(self) -> timedelta | None:
        """Return the longest time to a reply; None where there was none."""
        return max(self.took, default=None)

    @property
    def promised(self) -> int:
        """Return how many deadlines were met or missed by now."""
        return self.kept + self.late + self.overdue

    @property
    def met(self) -> int | None:
        """Return the percentage of deadlines met, rounded down; None where there was no deadline."""
        return self.kept * 100 // self.promised if self.promised else None


@dataclass
class Figures:
    """The figures of a period, from the day `since`. `cut`: more came in than are counted, so the period
    starts later than was asked for."""

    since: date
    cut: bool = False
    whole: Sums = field(default_factory=Sums)
    spans: dict[date, Sums] = field(default_factory=dict)
    schools: dict[int | None, Sums] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    closed_because: Counter[str] = field(default_factory=Counter)
    removed_because: Counter[str] = field(default_factory=Counter)
    told: int = 0
    """Removals whose readers or author were told why."""
    shown_again: int = 0
    appeals: Counter[str] = field(default_factory=Counter)
    blocked: int = 0
    reported: int = 0


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def figures_for(
    person: Person,
    *,
    at: datetime,
    since: date,
    span_of: Callable[[date], date] = week_of,
    school: int | None = None,
) -> Figures:
    """Return the figures from the day `since` until `at`, of what the person may read. Seven queries.

    Args:
        span_of: the first day of the week or month to which a day belongs; `since` is one.
        school: only of this school.
    """
    rows = reach_of(person, on=local_day(at)).rows()
    if school is not None:
        rows = rows.filter(school_id=school)
    found = list(_rows(rows, begins(since), at))
    result = Figures(since=since)
    if len(found) > MOST:
        found = found[:MOST]
        result.cut, result.since = True, local_day(found[-1][0])
    _add_spans(result, span_of, until=local_day(at))
    result.kinds.update(row[2] for row in found)
    result.closed_because.update(row[4] for row in found if row[3] == ItemState.CLOSED)
    # All items of an hour are of one day in London: the hour is asked for its day once.
    span_at = cache(lambda hour: span_of(local_day(hour)))
    parts: dict[tuple[date, int | None], Sums] = defaultdict(Sums)
    replies = _replies([row[6] for row in found if row[3] == ItemState.ANSWERED])
    for received_at, where, _kind, state, _reason, answer_by, pk in found:
        part = parts[span_at(received_at.replace(minute=0, second=0, microsecond=0)), where]
        part.received += 1
        first, last = replies.get(pk) or (None, None)
        _count(part, state, answer_by, took=None if first is None else first - received_at, last=last, at=at)
    for (span, where), part in parts.items():
        for sums in (result.whole, result.spans[span], result.schools.setdefault(where, Sums())):
            sums.add(part)
    _add_moderation(result, rows, span_of, since=begins(result.since), until=at)
    return result


def _rows(rows: QuerySet[Item], since: datetime, until: datetime) -> Any:
    """Each item of the period, the newest first."""
    rows = rows.filter(received_at__gte=since, received_at__lte=until).order_by("-received_at")
    columns = ("received_at", "school_id", "kind", "state", "close_reason", "answer_by", "pk")
    return rows.values_list(*columns)[: MOST + 1]


def _replies(answered: Sequence[int]) -> dict[int, tuple[datetime, datetime]]:
    """Return for each of these items when its first and its last reply that counted was sent."""
    sent = (
        Answer.objects.filter(item_id__in=answered, state=Intent.CONFIRMED, stops_the_clock=True)
        .annotate(sent=Coalesce("seen_at", "sent_at", "state_at"))
        .order_by()
    )
    found = sent.values("item").annotate(first=Min("sent"), last=Max("sent"))
    return {item: (first, last) for item, first, last in found.values_list("item", "first", "last")}


def _count(
    sums: Sums,
    state: str,
    answer_by: datetime,
    *,
    took: timedelta | None,
    last: datetime | None,
    at: datetime,
) -> None:
    """Count the outcome of an item. A reply from before an edit doesn't meet the new deadline."""
    if state == ItemState.CLOSED:
        sums.closed += 1
    elif state == ItemState.ANSWERED and took is not None and last is not None:
        sums.took.append(max(took, timedelta()))
        if answer_by < NEVER:
            sums.kept += last <= answer_by
            sums.late += last > answer_by
    elif answer_by < at:
        sums.overdue += 1


def _add_spans(result: Figures, span_of: Callable[[date], date], *, until: date) -> None:
    """Add every week or month of the period, so that one without a comment is shown as none."""
    day = result.since
    while day <= until:
        result.spans.setdefault(span_of(day), Sums())
        day += timedelta(days=1)


def _add_moderation(
    result: Figures,
    rows: QuerySet[Item],
    span_of: Callable[[date], date],
    *,
    since: datetime,
    until: datetime,
) -> None:
    """Add removals, appeals, blocks and reports to the network by the day on which they were made."""
    read = rows.values("pk")
    removals = Removal.objects.filter(
        item__in=read, begun_at__gte=since, begun_at__lte=until, moderation__state=Intent.CONFIRMED
    ).annotate(told=Count("notices", filter=Q(notices__told_at__isnull=False)))
    found = removals.values_list("begun_at", "item__school_id", "moderation__reason", "ended_at", "told")
    for begun_at, school, reason, ended_at, told in found[:MOST]:
        for sums in (
            result.whole,
            result.spans[span_of(local_day(begun_at))],
            result.schools.setdefault(school, Sums()),
        ):
            sums.removed += 1
        result.removed_because[reason] += 1
        result.told += bool(told)
        result.shown_again += ended_at is not None
    appeals = Appeal.objects.filter(removal__item__in=read, at__gte=since, at__lte=until).order_by()
    result.appeals.update(dict(appeals.values_list("state").annotate(Count("pk"))))
    steps = AuthorStep.objects.filter(
        item__in=read, state=Intent.CONFIRMED, state_at__gte=since, state_at__lte=until
    ).order_by()
    done = dict(steps.values_list("how").annotate(Count("pk")))
    result.blocked, result.reported = done.get(AuthorStepKind.BLOCK, 0), done.get(AuthorStepKind.REPORT, 0)


class Comments:
    """This app's figures, for `accounts.figures`."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Return how many await a reply. One query."""
        rows = Item.objects.filter(account__in=accounts, state=ItemState.OPEN).values("account")
        return {row["account"]: row["number"] for row in rows.annotate(number=Count("id")).order_by()}

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """How many comments came in, and how many answers arrived, in each month. Two queries."""
        came = Item.objects.filter(account=account, received_at__gte=begins(since))
        went = Answer.objects.filter(
            item__account=account, state=Intent.CONFIRMED, state_at__gte=begins(since)
        )
        return {"comments": _months(came, "received_at"), "answers": _months(went, "state_at")}

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """Comments are no posts."""
        return {}

    def count(self, account: Account) -> int:
        """How many comments there are for the archive."""
        return _kept(account).count()

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """The next comments, oldest first, each with its texts and answers but those that were taken off.
        Three queries."""
        rows = _kept(account).filter(pk__gt=after).order_by("pk")
        found = rows.prefetch_related(
            Prefetch("versions", ItemVersion.objects.order_by("number")),
            Prefetch("answers", _answers().order_by("id")),
        )
        return [(one.pk, _part(one)) for one in found[:limit]]

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether a comment was locked to the leads since then, and is, or a reply was taken
        off."""
        later = Q(locked_at__gte=since) | Q(destroyed_at__gte=since)
        off = _taken_off().filter(answer__item__account=account, written_at__gte=since)
        return Item.every.filter(later, account=account).exists() or off.exists()


def _taken_off() -> QuerySet[ReplyRemoval]:
    return ReplyRemoval.objects.exclude(state=Intent.CANCELLED)


def _answers() -> QuerySet[Answer]:
    return Answer.objects.filter(state=Intent.CONFIRMED).exclude(pk__in=_taken_off().values("answer"))


def _kept(account: Account) -> QuerySet[Item]:
    """Return the account's items without private messages, which stay where their own rules keep them, and
    without those that tell something bad of a colleague, who may be the reader."""
    return Item.objects.filter(account=account, private=False, meant=[]).exclude(kind=ItemKind.MESSAGE)


def _months(rows: QuerySet[Item] | QuerySet[Answer], column: str) -> dict[date, int]:
    counted = rows.annotate(month=TruncMonth(column, tzinfo=LONDON)).values("month")
    return {row["month"].date(): row["number"] for row in counted.annotate(number=Count("id")).order_by()}


def _part(item: Item) -> Part:
    return Part(
        kind="comments",
        data={
            "number": item.pk,
            "below_post": item.post_id,
            "received": item.received_at.isoformat(),
            "by": item.author_name or item.author_handle,
            "handle": item.author_handle,
            "texts": [version.text for version in item.versions.all()],
            "kept_back": item.kept_back,
            "state": item.state,
            "answers": [
                {"at": answer.state_at.isoformat(), "text": answer.text} for answer in item.answers.all()
            ],
        },
    )
