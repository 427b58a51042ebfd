"""Live posts whose announced days have passed, or that no one has checked for as many days as the federation
chose: found each morning, put to the policy once, and given to their owner, who takes them down or says that
they may stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import asked_for, in_care
from schoolgate.accounts.models import Account
from schoolgate.accounts.proposals import actor
from schoolgate.core import sealed_words
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.days import stored_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import Opened, Then, cancel, discharge, open_duties
from schoolgate.duties.due import Due
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.policy.asking import answered, record_decisions
from schoolgate.policy.choices import leaves_post_days_open, post_days
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, policy_or_none
from schoolgate.publishing import rules
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import LOOK_AGAIN, OUT_OF_DATE
from schoolgate.publishing.facts import marks_of
from schoolgate.publishing.models import AnnouncedDays, Delivery, LiveChange, Post
from schoolgate.publishing.states import LiveEnd, PostState, Purpose
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.chosen_time import DaysChosen
from schoolgate.rulebook.situations.upkeep import PostUpkeep
from schoolgate.screening.dates import days_announced

POINT = "up_to_date"
GONE = ("", LiveEnd.NOTED)
"""A copy that was removed on its network is gone while that waits for a person, and once it was noted."""
LOOK = "look_at_post"
LOOKS_A_MORNING = 20
"""Posts asked about on one morning, those not checked for longest first: a new choice of days doesn't bring a
federation hundreds of tasks at once."""
AT_ONCE = 100
"""Posts in one transaction, so that its locks are short."""


@dataclass(frozen=True)
class Outlived:
    """A live post that is to be brought up to date or checked, and who is asked: a person, and who is next
    once that is overdue; None where no one looks after it."""

    row: AnnouncedDays
    post: Post
    copies: Sequence[Delivery]
    owner: Person | None
    then: Then | None = None


@action
def read_days(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Read the days that live posts announce, once each, in the order of their numbers from `after` on.

    Returns where to continue, None at the end or where the policy asks for nothing. Nothing read is kept as
    such: such a post is never called up to date. Safe to run twice.
    """
    if _asking(at) is None:
        return None
    posts = _with_copies(Post.objects.filter(state=PostState.PUBLISHED, announced=None, pk__gt=after), limit)
    found = [(post, _days_of(_copies(post))) for post in posts]
    AnnouncedDays.objects.bulk_create(
        [
            AnnouncedDays(
                federation_id=post.federation_id, post=post, days=[day.isoformat() for day in days],
                last_day=days[-1] if days else None, read_at=at,
            )
            for post, days in found
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return posts[-1].pk if len(posts) == limit else None


@action
def list_outlived(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Put the live posts to the policy whose last announced day has passed, and open a duty of their owner
    where it has them brought up to date. Each is asked about once.

    Returns where to continue, None at the end or where the policy asks for nothing. A post that is no longer
    on any network is left alone. Safe to run twice or side by side.
    """
    policy, on = _asking(at), local_day(at)
    if policy is None:
        return None
    rows = AnnouncedDays.objects.filter(
        asked_at=None, last_day__lt=on, post__state=PostState.PUBLISHED, pk__gt=after
    )
    held = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:limit])
    posts = {post.pk: post for post in _with_copies(Post.objects.filter(announced__in=held), limit)}
    live = [(row, posts[row.post_id], _copies(posts[row.post_id])) for row in held]
    outlived = _owned([each for each in live if each[2]], on=on)
    chosen = post_days(on=on)
    asked = [(_facts(each, policy, at=at, chosen=chosen), each.post) for each in outlived]
    kept = record_decisions("post.upkeep", asked, at=at, by=None)
    wanted: list[Opened] = []
    for each, decision in zip(outlived, kept, strict=True):
        wanted += _listed(each, decision, policy, at=at)
    open_duties(at=at, wanted=wanted)
    return held[-1].pk if len(held) == limit else None


@action
def ask_to_look(*, at: datetime, limit: int = LOOKS_A_MORNING) -> None:
    """Put the live posts to the policy that no one has checked for as many days as the federation chose, and
    open a duty of their owner where it has them checked again. Each is asked about once until it is.

    Where the policy says nothing or no number is chosen, nothing is asked, and what was asked is ended. Posts
    whose announced day has passed are asked about by that alone. Safe to run twice or side by side.
    """
    policy, on = _asking(at), local_day(at)
    chosen = post_days(on=on)
    if policy is None or chosen is None or not leaves_post_days_open(policy.book):
        _ask_no_more(at)
        return
    held = _not_looked_at(on - timedelta(days=chosen.days), on=on, limit=limit)
    posts = {post.pk: post for post in _with_copies(Post.objects.filter(announced__in=held), limit)}
    live = [(row, posts[row.post_id], _copies(posts[row.post_id])) for row in held]
    due = _owned([each for each in live if each[2]], on=on)
    asked = [(_facts(each, policy, at=at, chosen=chosen), each.post) for each in due]
    wanted: list[Opened] = []
    for each, kept in zip(due, record_decisions("post.upkeep", asked, at=at, by=None), strict=True):
        duties = [duty for duty in answered(kept).duties if duty.what == LOOK]
        # A post that was out long before the choice was made isn't late on the day it is asked about.
        days = [max(duty.due.day, on) for duty in duties if duty.due.day is not None]
        if days:
            clauses = tuple(dict.fromkeys(clause for duty in duties for clause in duty.clauses))
            wanted += _tasks(LOOK_AGAIN, each, kept, policy, clauses=clauses, due=Due.day(min(days)))
            each.row.look_asked_at = at
            each.row.save(update_fields=["look_asked_at"])
    open_duties(at=at, wanted=wanted)


@action
def note_looked(*, by: Person, at: datetime, post: Post) -> AnnouncedDays:
    """Note that a live post was checked again and is still right.

    Raises NotAllowed for people who couldn't take it down, NotNow where no check of it is due.
    """
    rules.check_may_take_down(by, post, on=local_day(at))
    row = (
        AnnouncedDays.objects.select_for_update(of=("self",))
        .filter(post=post, look_asked_at__isnull=False, post__state=PostState.PUBLISHED)
        .first()
    )
    if row is None:
        raise NotNow(_("No check of this post is due."), _("Open it again to see its status."))
    _looked(row, by=by, at=at, how="still_right")
    row.save()
    record("post.looked_at", subject=post, at=at, actor=by)
    return row


@action
def let_stay(*, by: Person, at: datetime, post: Post) -> AnnouncedDays:
    """Say that a post may stay although the day it announces has passed.

    Raises NotAllowed for people who couldn't take it down, NotNow where it isn't listed as out of date.
    """
    rules.check_may_take_down(by, post, on=local_day(at))
    row = (
        AnnouncedDays.objects.select_for_update(of=("self",))
        .filter(post=post, listed=True, stays_at=None, post__state=PostState.PUBLISHED)
        .first()
    )
    if row is None:
        raise NotNow(_("This post isn’t listed as out of date."), _("Open it again to see its status."))
    row.stays_at, row.stays_by = at, by
    _looked(row, by=by, at=at, how="may_stay")
    row.save()
    discharge(kind=OUT_OF_DATE, subject=post, by=by, at=at, how="may_stay")
    record("post.may_stay", subject=post, at=at, actor=by)
    return row


def read_again(post: Post, *, by: Person | None, at: datetime) -> None:
    """Read the days of a post again that was changed or removed on its network: what announces a later day
    there, or none, is up to date again, and the person who accepted the change
    has checked it. Called by actions."""
    row = AnnouncedDays.objects.select_for_update().filter(post=post).first()
    if row is None:
        return
    days = _days_of(_copies(_with_copies(Post.objects.filter(pk=post.pk), 1)[0]))
    row.days, row.last_day, row.read_at = [day.isoformat() for day in days], max(days, default=None), at
    if row.last_day is None or row.last_day >= local_day(at):
        row.asked_at = row.decision = row.stays_at = row.stays_by = None
        row.listed = False
        discharge(kind=OUT_OF_DATE, subject=post, by=by, at=at, how="updated")
    if by is not None:
        _looked(row, by=by, at=at, how="updated")
    row.save()


def _looked(row: AnnouncedDays, *, by: Person, at: datetime, how: str) -> None:
    """Set when and by which person a post was last checked, unsaved, and end the task that asked for it."""
    row.looked_at, row.looked_by, row.look_asked_at = at, by, None
    discharge(kind=LOOK_AGAIN, subject=row.post, by=by, at=at, how=how)


def _ask_no_more(at: datetime) -> None:
    """End the tasks to check posts again: no number of days is chosen any more, or the policy is silent."""
    for row in AnnouncedDays.objects.filter(look_asked_at__isnull=False).select_related("post"):
        cancel(kind=LOOK_AGAIN, subject=row.post, because="not_chosen", at=at)
        row.look_asked_at = None
        row.save(update_fields=["look_asked_at"])


def _not_looked_at(last: date, *, on: date, limit: int) -> list[AnnouncedDays]:
    """Return the live posts that were last checked, or went out, on this day or before and wait for no one,
    the longest first; none whose announced day has passed."""
    gone = LiveChange.objects.filter(delivery=OuterRef("pk"), gone=True, how__in=GONE)
    down = Delivery.objects.filter(of=OuterRef("pk"), state=Intent.CONFIRMED)
    out = Delivery.objects.filter(
        ~Exists(gone), ~Exists(down), post=OuterRef("post"), purpose=Purpose.PUBLISH, state=Intent.CONFIRMED
    )
    went_out = Subquery(out.order_by("state_at").values("state_at")[:1])
    rows = AnnouncedDays.objects.filter(
        Q(last_day=None) | Q(last_day__gte=on), look_asked_at=None, post__state=PostState.PUBLISHED
    ).alias(went_out=went_out, since=Coalesce("looked_at", went_out))
    waiting = rows.filter(went_out__isnull=False, since__lt=begins(last + timedelta(days=1))).order_by(
        "since", "pk"
    )
    return list(waiting.select_for_update(of=("self",), skip_locked=True)[:limit])


def _asking(at: datetime) -> PolicyInForce | None:
    """Return the policy in force where it says anything about posts that go out of date."""
    policy = policy_or_none(local_day(at))
    return policy if policy is not None and policy.book.at("post.upkeep", POINT) else None


def _with_copies(posts: QuerySet[Post], limit: int) -> list[Post]:
    """Return posts in the order of their numbers with their copies and all that is asked of them."""
    copies = (
        Delivery.objects.filter(purpose=Purpose.PUBLISH, state=Intent.CONFIRMED)
        .exclude(take_downs__state=Intent.CONFIRMED)
        .prefetch_related(Prefetch("live_changes", LiveChange.objects.order_by("-id"), to_attr="changes"))
    )
    rows = posts.select_related("author", "school").prefetch_related(
        Prefetch("deliveries", copies.order_by("id"), to_attr="copies")
    )
    return list(rows.order_by("pk")[:limit])


def _copies(post: Post) -> list[Delivery]:
    """Return where a post is live; not where it was removed on the network itself."""
    copies: list[Delivery] = getattr(post, "copies", [])
    return [each for each in copies if not any(one.gone and one.how in GONE for one in _changes(each)[:1])]


def _changes(copy: Delivery) -> list[LiveChange]:
    return list(getattr(copy, "changes", ()))


def _days_of(copies: Iterable[Delivery]) -> tuple[date, ...]:
    """Return the days that a post announces on any of its networks, in order."""
    found = {
        day
        for copy in copies
        for text, out_on in _words_of(copy)
        for day in days_announced(text, out_on=out_on)
    }
    return tuple(sorted(found))


def _words_of(copy: Delivery) -> list[tuple[str, date]]:
    """Return the words of a copy with the day from which they count: as approved, or as they were changed on
    the network and accepted. Descriptions of its pictures are words too: a poster is described there."""
    accepted = next((one for one in _changes(copy) if one.how == LiveEnd.STAYS and one.words_ref), None)
    if accepted is not None and accepted.ended_at is not None:
        now = sealed_words.opened(accepted.words_ref)
        if "text" in now:
            said = [now["text"], *(one["alt"] for one in now["pictures"])]
            return [(text, local_day(accepted.ended_at)) for text in said]
    said = [*(copy.parts or [copy.text]), *(one["alt"] for one in copy.pictures)]
    return [(text, local_day(copy.state_at)) for text in said]


def _owned(found: Sequence[tuple[AnnouncedDays, Post, Sequence[Delivery]]], *, on: date) -> list[Outlived]:
    """Return the posts with who is asked: the author, or where they left or are away the account's team."""
    authors = Person.objects.filter(here_on(on), pk__in={post.author_id for _row, post, _copies in found})
    here = set(authors.exclude(away_on(on, person="pk")).values_list("pk", flat=True))
    accounts = Account.objects.filter(pk__in={copies[0].account_id for _row, _post, copies in found})
    cared = {account.pk: account for account in in_care(accounts, on=on)}
    outlived = []
    for row, post, copies in found:
        team = asked_for(cared[copies[0].account_id], OUT_OF_DATE) or (None, None)
        who = (post.author, None) if post.author_id in here else team
        outlived.append(Outlived(row, post, copies, *who))
    return outlived


def _facts(each: Outlived, policy: PolicyInForce, *, at: datetime, chosen: DaysChosen | None) -> PostUpkeep:
    owner, post = each.owner, each.post
    return PostUpkeep(
        now=at,
        owner=actor(owner, policy.book, on=local_day(at), school=post.school) if owner else None,
        announced_days=tuple(stored_day(day) for day in each.row.days),
        looked_at_on=local_day(each.row.looked_at or min(copy.state_at for copy in each.copies)),
        taken_down=False,
        chosen=chosen,
        marks=marks_of(post, seen=content_digest(post)),
    )


def _listed(each: Outlived, kept: DecisionRecord, policy: PolicyInForce, *, at: datetime) -> list[Opened]:
    """Save that the policy was asked about a post; return the duties to open where it has it updated."""
    found = [one for one in answered(kept).at(POINT) if one.stands and one.kind is Kind.OBLIGES]
    clauses = tuple(dict.fromkeys(clause for one in found for clause in one.clauses))
    row, post = each.row, each.post
    row.asked_at, row.decision, row.listed = at, kept, bool(found)
    row.save(update_fields=["asked_at", "decision", "listed"])
    if not found:
        return []
    record("post.out_of_date", subject=post, at=at, clauses=clauses, decision=kept.pk)
    return _tasks(OUT_OF_DATE, each, kept, policy, clauses=clauses, due=Due.none_promised())


def _tasks(
    kind: str,
    each: Outlived,
    kept: DecisionRecord,
    policy: PolicyInForce,
    *,
    clauses: tuple[str, ...],
    due: Due,
) -> list[Opened]:
    """Return the duties to open for the owner of a post, or for those who approve posts where it has none."""

    def opened(person: Person | None, role: str | None) -> Opened:
        return Opened(
            kind=kind, subject=each.post, due=due, person=person, role=role,
            school=each.post.school, account=each.copies[0].account_id, clauses=clauses, decision=kept,
            then=each.then if person else None,
        )  # fmt: skip

    if each.owner is not None:
        return [opened(each.owner, None)]
    return [opened(None, role.key) for role in policy.book.pack.roles_with("approve_post")]
