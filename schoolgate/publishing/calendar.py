"""The calendar of posts: read with a number of queries that does not grow with its rows, given out as
iCal, and posts moved or repeated in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import FloatField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Extract, Left
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Refused
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import can
from schoolgate.policy.asking import answered
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import ask_for_approval, evaluate, let_approval_lapse
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.duty_kinds import APPROVE
from schoolgate.publishing.models import (
    CAN_BE_CHANGED,
    LAST_WEEKDAY,
    POST_MOVES,
    Delivery,
    Post,
    PostState,
    PostTarget,
    Purpose,
    Slot,
    state_in_words,
)
from schoolgate.publishing.owners import chosen_for
from schoolgate.publishing.planning import MOST_REPEATS, SLOTS_AHEAD, Clash, clashes, clock_of, next_free
from schoolgate.publishing.queries import with_stuck
from schoolgate.publishing.questions import is_about_content
from schoolgate.publishing.sending import held_of
from schoolgate.publishing.sights import visible_to
from schoolgate.rota.calendars import OUR_NAME
from schoolgate.rota.models import instant
from schoolgate.rota.turns import FEED_AHEAD, FEED_BACK
from schoolgate.rulebook.kinds import REFUSED

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


# The posts that a person sees as an iCal calendar, behind a secret address: time, accounts and status. No
# words of a post, which may name a child, and no names of people; the link opens the post after signing in.

LASTS = timedelta(minutes=15)
"""How long a post is in a calendar, so that it can be seen there."""


def calendar_of(person: Person, *, at: datetime, link: Callable[[int], str]) -> bytes:
    """Return the posts that a person may see, from four weeks ago to half a year ahead, in their language.

    `link`: the address of a post's page from its id.
    """
    found = planned_between(person, on=local_day(at), first=at - FEED_BACK, last=at + FEED_AHEAD)
    calendar = Calendar()
    calendar.add("prodid", "-//Schoolgate//Posts//EN")
    calendar.add("version", "2.0")
    with override(person.language):
        calendar.add("x-wr-calname", gettext("Posts"))
        for each in held_among(found, at=at):
            if each.counts:
                calendar.add_component(_event(each, at=at, link=link(each.pk)))
    return bytes(calendar.to_ical())


def _event(post: Planned, *, at: datetime, link: str) -> Event:
    accounts = ", ".join(name for _pk, name in post.accounts) or gettext("No account chosen")
    event = Event()
    event.add("uid", f"post-{post.pk}@{OUR_NAME}")
    event.add("dtstamp", at.replace(microsecond=0))
    event.add("dtstart", post.at)
    event.add("dtend", post.at + LASTS if post.at else None)
    event.add("summary", gettext("{status}: {accounts}").format(status=post.status, accounts=accounts))
    event.add("url", link)
    return event


GONE = frozenset({PostState.TAKING_DOWN, PostState.TAKEN_DOWN, PostState.WITHDRAWN})
MOST_SLOTS = 50
"""Good times of one account."""


@action
def move_post(*, by: Person, at: datetime, post: Post, planned_at: datetime) -> Post:
    """Give a post another time, with the content and the answers as they are.

    Its time is part of what approvers approve. So a draft stays a draft; a post that was sent for approval or
    approved needs approval of the new time, and its approvers are asked again; one that was not sent becomes
    a draft.

    Raises NotAllowed (not its author), NotNow (on its way or out; changed meanwhile), BadInput (`day`: a time
    in the past), Refused (the policy does not allow it at that time).
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(_("This post is live or being sent, so you can’t move it."), _("Take it down instead."))
    if planned_at <= at:
        raise BadInput({"day": _("Choose a time in the future.")})
    if planned_at == post.planned_at:
        return post
    changed = Post.objects.filter(pk=post.pk, version=post.version).update(
        version=post.version + 1, planned_at=planned_at
    )
    if not changed:
        raise NotNow(_("This post was changed a moment ago."), _("Open it again, then make your change."))
    was = post.state
    let_approval_lapse(post, at=at)
    if was in (PostState.SUBMITTED, PostState.APPROVED):
        _ask_about_new_time(post, by=by, at=at)
    elif was != PostState.DRAFT:
        post.refresh_from_db(fields=["version", "planned_at"])
        move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at)
    record("post.moved", subject=post, at=at, actor=by)
    return queries.post(post.pk)


def _ask_about_new_time(post: Post, *, by: Person, at: datetime) -> None:
    cancel(kind=APPROVE, subject=post, because="changed", at=at, by=by)
    post.refresh_from_db(fields=["version", "planned_at"])
    if post.state == PostState.APPROVED:
        move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at)
    again = queries.post(post.pk)
    kept = evaluate(again, at=at, by=by)
    for each in kept:
        if each.outcome in REFUSED or queries.author_still_owes(answered(each)):
            raise Refused(
                each,
                _("The policy doesn’t allow this post at that time."),
                _("Choose another time, or change the post and send it for approval again."),
            )
    ask_for_approval(again, at=at, kept=kept)


@action
def repeat_post(*, by: Person, at: datetime, post: Post, days: Sequence[date]) -> list[Post]:
    """Make a draft with the same content on each of these days, at the same time of London's clocks.

    Each is a post of its own: nothing of it is approved, and no statement about people's consent is copied,
    because that may change; people are listed, and the questions about them are open. Days that have a
    repetition already are left out.

    Raises NotAllowed (not its author), NotNow (withdrawn or taken down), BadInput (`days`).
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state in GONE:
        raise NotNow(_("This post was withdrawn or taken down."), _("Write a new post instead."))
    if post.planned_at is None:
        raise BadInput({"days": _("First give this post a day and time.")})
    wanted = sorted(set(days) - repeated_on(post))
    if not wanted or len(wanted) > MOST_REPEATS:
        raise BadInput({"days": _("Choose between 1 and 60 days.")})
    clock = clock_of(post.planned_at)
    made = [
        draft_post(by=by, at=at, school=post.school, planned_at=instant(day, clock), **_content(post))
        for day in wanted
    ]
    Post.objects.filter(pk__in=[each.pk for each in made]).update(repeat_of=post)
    record("post.repeated", subject=post, at=at, actor=by, drafts=len(made))
    return made


def repeated_on(post: Post) -> set[date]:
    """Return the days on which a repetition of this post is planned, withdrawn ones apart."""
    times = post.repeats.exclude(state__in=GONE).values_list("planned_at", flat=True)
    return {local_day(each) for each in times if each is not None}


def _content(post: Post) -> dict[str, Any]:
    """Return what a repetition takes over, as `draft_post` takes it: texts, pictures, who is in it, and the
    author's answers about exactly this content."""
    seen = content_digest(post)
    return {
        "text": post.text,
        "language": post.language,
        "other_text": post.other_text,
        "targets": [
            TargetText(each.account, each.text, each.language, each.as_thread) for each in post.targets.all()
        ],
        "pictures": post.pictures,
        "owners": chosen_for(post),
        "people": [
            {name: getattr(each, name) for name in ("pupil", "number", "relation", "shown", "named")}
            for each in post.people.all()
        ],
        "answers": {
            name: given["answer"]
            for name, given in post.answers.items()
            if given["seen"] == seen and is_about_content(name, given["answer"])
        },
    }


@action
def add_slots(
    *, by: Person, at: datetime, account: Account, weekdays: Collection[int], clock: time
) -> list[Slot]:
    """Add a good time on these days of the week (Monday is 0); those that exist stay as they are.

    Raises NotAllowed, BadInput (`weekdays`).
    """
    rules.check_may_set_slots(by, account, on=local_day(at))
    if not weekdays or not all(0 <= day <= LAST_WEEKDAY for day in weekdays):
        raise BadInput({"weekdays": _("Choose at least one day.")})
    known = Slot.objects.filter(account=account)
    if known.count() + len(weekdays) > MOST_SLOTS:
        raise BadInput({"weekdays": _("An account can have up to 50 good times.")})
    there = set(known.filter(clock=clock).values_list("weekday", flat=True))
    made = [
        Slot.objects.create(account=account, weekday=day, clock=clock)
        for day in sorted(set(weekdays) - there)
    ]
    for each in made:
        record("slot.added", subject=each, at=at, actor=by, account=account.pk)
    return made


@action
def remove_slot(*, by: Person, at: datetime, slot: Slot) -> None:
    """Remove a good time. Posts planned at it stay."""
    rules.check_may_set_slots(by, slot.account, on=local_day(at))
    record("slot.removed", subject=slot, at=at, actor=by, account=slot.account_id)
    slot.delete()
