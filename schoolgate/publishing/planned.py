"""Reads for the calendar of posts, each with a number of queries that does not grow with its rows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import FloatField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Extract, Left

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import can
from schoolgate.publishing import rules
from schoolgate.publishing.going_out import held_of
from schoolgate.publishing.models import Delivery, Post, PostTarget, Slot
from schoolgate.publishing.planning import SLOTS_AHEAD, Clash, clashes, next_free
from schoolgate.publishing.refused import with_stuck
from schoolgate.publishing.sights import visible_to
from schoolgate.publishing.states import CAN_BE_CHANGED, PostState, Purpose, state_in_words

LETTERS = 120
"""Of a post's text, as many as its line in the calendar needs."""
MOST_TO_MOVE = 200
"""Posts offered to be moved on one page; each post's own link reaches the others."""
GOING_OUT = frozenset(
    {PostState.DRAFT, PostState.SUBMITTED, PostState.APPROVED, PostState.SENDING, PostState.PUBLISHED}
)
"""States in which a post fills its day: what was withdrawn, taken down or not sent leaves a gap."""


class Planned(NamedTuple):
    """A post in the calendar. `at`: when it began to be sent, or else when it is planned; None without a
    time. `day`: the same as a day in London. `accounts`: id and name of each."""

    pk: int
    school_id: int
    author_id: int
    author: str
    state: PostState
    at: datetime | None
    day: date | None
    text: str
    accounts: Sequence[tuple[int, str]]
    stuck: bool = False
    """Whether a person has to act on a network's answer."""
    held: bool = False
    """Whether a stop holds it."""
    by_hand: bool = False
    """Whether all that is left is for a person to post."""

    @property
    def status(self) -> str:
        """Return its status in words."""
        return state_in_words(
            self.state, stuck=self.stuck, held=self.held, by_hand=self.by_hand, timed=self.at is not None
        )

    @property
    def counts(self) -> bool:
        """Whether it fills its day, and can clash."""
        return self.state in GOING_OUT


def held_among(posts: Iterable[Planned], *, at: datetime) -> list[Planned]:
    """Return these posts, those that a stop holds marked so."""
    posts = list(posts)
    held = held_of(posts, lambda each: max(at, each.at or at), at=at)
    return [each._replace(held=each.pk in held) for each in posts]


def planned_between(person: Person, *, on: date, first: datetime, last: datetime) -> list[Planned]:
    """Return the posts that this person may see from one instant until before another, the earliest first:
    each at the time it began to be sent, or else at its planned one.

    Two queries, two more where posts began to be sent in between at another time than planned, and those of
    a person's roles: what is planned in between, then what only began to be sent then, so that an index
    serves each.
    """
    in_between = Q(planned_at__gte=first, planned_at__lt=last)
    begun = Delivery.objects.filter(purpose=Purpose.PUBLISH, written_at__gte=first, written_at__lt=last)
    seen = Post.objects.filter(visible_to(person, on))
    rows = _rows(seen.filter(in_between)) + _rows(
        seen.filter(Q(planned_at=None) | ~in_between, pk__in=begun.values("post_id"))
    )
    return sorted(
        (each for each in rows if each.at is not None and first <= each.at < last),
        key=lambda each: (each.at, each.pk),
    )


def without_time(person: Person, *, limit: int = 50) -> list[Planned]:
    """Return a person's own drafts without a time, newest first. Three queries."""
    own = Post.objects.filter(author=person, state=PostState.DRAFT, planned_at=None).order_by("-pk")
    ids = list(own.values_list("pk", flat=True)[:limit])
    return sorted(_rows(Post.objects.filter(pk__in=ids)), key=lambda each: -each.pk)


def _rows(posts: QuerySet[Post]) -> list[Planned]:
    """Return these posts. Moments are read as seconds: thousands of instants take several times as long."""
    sent = Delivery.objects.filter(purpose=Purpose.PUBLISH, post=OuterRef("pk")).order_by()
    began = Subquery(sent.values("post").values(at=Min("written_at")))
    moment = Cast(Extract(Coalesce(began, "planned_at"), "epoch"), FloatField())
    words = Left("text", LETTERS)
    rows = list(
        with_stuck(posts)
        .order_by()
        .values_list(
            "pk", "school_id", "author_id", "author__name", "state", moment, words, "is_stuck", "is_by_hand"
        )
    )
    accounts: dict[int, list[tuple[int, str]]] = {}
    texts: dict[int, str] = {}
    if rows:
        targets = PostTarget.objects.filter(post__in=posts.values("pk")).order_by("post_id", "account_id")
        on_accounts = targets.values_list("post_id", "account_id", "account__name", words)
        for post, account, name, text in on_accounts:
            accounts.setdefault(post, []).append((account, name))
            if text.strip():
                texts.setdefault(post, text)
    found = []
    for pk, school, author, name, state, seconds, text, stuck, by_hand in rows:
        at = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
        day = None if at is None else local_day(at)
        said = texts.get(pk, text)
        where = accounts.get(pk, ())
        found.append(
            Planned(pk, school, author, name, PostState(state), at, day, said, where, stuck, by_hand=by_hand)
        )
    return found


def clashes_of(posts: Iterable[Planned]) -> list[Clash]:
    """Return which of these posts come too close together on one account."""
    return list(
        clashes(
            (account, each.at, each.pk)
            for each in posts
            if each.counts and each.at is not None
            for account, _name in each.accounts
        )
    )


def may_move(person: Person, post: Planned) -> bool:
    """Whether a post is offered to be moved: its author's, with nothing sent. The action checks the rest."""
    return post.author_id == person.pk and post.state in CAN_BE_CHANGED


def slots_to_set(person: Person, *, on: date) -> list[Account]:
    """Return the open accounts whose good times this person may set, by name."""
    if "write_post" not in capacities(person, on=on, anywhere=True):
        return []
    return [each for each in open_accounts() if can(rules.check_may_set_slots, person, each, on=on)]


def slots_of(accounts: Collection[int]) -> list[Slot]:
    """Return the good times of these accounts, by account and time of the week."""
    return list(Slot.objects.filter(account__in=accounts).select_related("account__school"))


def slot(pk: int) -> Slot:
    """Return one good time. Raises NotFound."""
    found = Slot.objects.select_related("account__school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def next_free_slot(accounts: Collection[int], *, after: datetime, but: int | None = None) -> datetime | None:
    """Return the first good time of one of these accounts at which none of them has a post near; None where
    no good time is set or none is free. `but`: the post that is being planned. Two queries."""
    until = after + SLOTS_AHEAD
    busy = Post.objects.filter(
        Q(state__in=GOING_OUT), planned_at__gt=after, planned_at__lte=until, targets__account__in=accounts
    )
    times = Slot.objects.filter(account__in=accounts).values_list("weekday", "clock")
    planned = [at for pk, at in busy.values_list("pk", "planned_at") if at is not None and pk != but]
    return next_free(times, planned, after=after)
