"""Live posts: changes made on the network itself, and announced days that have passed. Each is recorded,
and a person deals with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import asked_for, cared_for, in_care
from schoolgate.accounts.models import Account
from schoolgate.accounts.proposals import actor
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.days import stored_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import read_once
from schoolgate.duties.actions import Opened, Then, cancel, discharge, open_duties, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.checks import whole
from schoolgate.networks.handshake import Intent
from schoolgate.networks.normal import NormalPost, digest_of_captions
from schoolgate.networks.port import Reactions
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.policy.asking import answered, record_decision, record_decisions
from schoolgate.policy.choices import leaves_post_days_open, post_days
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force, policy_or_none
from schoolgate.publishing import rules
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import CHANGED, LOOK_AGAIN, OUT_OF_DATE
from schoolgate.publishing.facts import marks_of
from schoolgate.publishing.models import (
    AnnouncedDays,
    Delivery,
    LiveChange,
    LiveCheck,
    LiveEnd,
    Post,
    PostReactions,
    PostState,
    Purpose,
)
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.posts import PostUpkeep
from schoolgate.rulebook.situations.times import DaysChosen
from schoolgate.screening.dates import days_announced


def content_of(there: NormalPost) -> dict[str, Any]:
    """Return what a network shows, as it is sealed: the words, the description of each picture, and film and
    link card where there is one."""
    return {
        "text": there.text,
        "languages": list(there.languages),
        "links": [target for _kind, target in there.links],
        "pictures": [{"digest": digest, "alt": alt} for digest, alt in there.pictures],
        **({"film": asdict(there.film)} if there.film else {}),
        **({"card": asdict(there.link_card)} if there.link_card else {}),
    }


def words_there(content: Mapping[str, Any]) -> dict[str, str]:
    """Return each text in what a network shows, as `content_of` gave it."""
    found = {"text": content["text"]}
    found |= {f"alt-{number}": each["alt"] for number, each in enumerate(content["pictures"])}
    if film := content.get("film"):
        found["alt-film"] = film["alt"] or ""
    if card := content.get("card"):
        found["card"] = f"{card['title']}\n{card['description']}"
    return found


def can_be_read(delivery: Delivery, content: Mapping[str, Any]) -> bool:
    """Return whether all words of it are here: of captions a network tells a digest alone, and what was
    sealed may not open any more."""
    captions = (content.get("film") or {}).get("captions")
    films = [each["film"] for each in delivery.pictures if "film" in each]
    sent = {digest_of_captions(each.get("captions", "")) for each in films}
    return "text" in content and (not captions or captions in sent)


def words_on_networks() -> dict[int, list[str]]:
    """Return by copy the texts that its network shows in place of those that were sent, whether or not a
    person has accepted them. These are few, and opened once for all pupils and copies."""
    return read_once("publishing.words_on_networks", _words_on_networks)


def _words_on_networks() -> dict[int, list[str]]:
    rows = LiveChange.objects.filter(words_ref__isnull=False).order_by("pk")
    found: dict[int, list[str]] = {}
    for copy, ref in rows.values_list("delivery", "words_ref"):
        content = vault.opened(ref)
        if "text" in content:
            found[copy] = list(words_there(content).values())
    return found


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
        now = vault.opened(accepted.words_ref)
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


SEALED = "live_change"
SOON = (timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
"""After going out a post is read back at these times, then each day, later each week, at last each month."""
EACH_DAY, EACH_WEEK = timedelta(days=14), timedelta(days=365)
"""Until it is so old."""
NO_PROOF = timedelta(minutes=15)
"""A post that a network without proof of absence doesn't show is looked for again after this time."""
UNREAD = timedelta(minutes=15)
POINTS = ("post_owner", "good_name")
"""What of `post.upkeep` counts here: whether a post is up to date is asked once its day has passed."""
STILL = ("", LiveEnd.STAYS, LiveEnd.NOTED)


def begin_looking(delivery: Delivery, *, at: datetime) -> None:
    """Have a published post read back from now on; one posted by hand can't be."""
    if not delivery.by_hand:
        LiveCheck.objects.get_or_create(delivery=delivery, defaults={"next_at": at + SOON[0]})


def next_look(published: datetime, at: datetime) -> datetime:
    """Return when a post that went out at `published` is read next, after `at`."""
    for step in SOON:
        if published + step > at:
            return published + step
    age = at - published
    if age < EACH_DAY:
        return at + timedelta(days=1)
    return at + (timedelta(days=7) if age < EACH_WEEK else timedelta(days=28))


@action
def note_look(
    *,
    at: datetime,
    check: LiveCheck,
    wanted: NormalPost | None,
    there: NormalPost | None,
    proves_absence: bool,
    reactions: Sequence[Reactions | None] = (),
) -> LiveChange | None:
    """Record what a network showed of a post. `wanted`: what was approved, None where its pictures are lost,
    so that only absence counts. `reactions`: to each of its posts in order, a thread has several; None for
    one that wasn't counted. Returns the change that is new, None if there is none.

    A post that is being taken down, or was, is not looked at again. Safe to call twice: the second time finds
    the check already moved on.
    """
    fresh = LiveCheck.objects.select_for_update().filter(pk=check.pk, next_at=check.next_at).first()
    delivery = check.delivery
    if fresh is None or fresh.next_at is None:
        return None
    if _is_ours_to_remove(delivery):
        stop_looking(delivery, at=at)
        return None
    fresh.looked_at, fresh.unread_since = at, None
    fresh.next_at = next_look(delivery.state_at, at)
    doubted = there is None and not proves_absence and fresh.missing_since is None
    fresh.missing_since = None if there is not None else (fresh.missing_since or at)
    if doubted:
        fresh.next_at = at + NO_PROOF
    fresh.save(update_fields=["next_at", "looked_at", "unread_since", "missing_since"])
    if any(reactions):
        _keep(delivery, reactions, at=at)
    return None if doubted else _compare(delivery, wanted, there, at=at)


def note_unread(*, at: datetime, checks: list[LiveCheck]) -> None:
    """Record that a network couldn't be read: that says nothing about the posts, which are read later."""
    for check in checks:
        row = LiveCheck.objects.select_for_update().get(pk=check.pk)
        if row.next_at is not None and row.next_at == check.next_at:
            row.unread_since, row.next_at = row.unread_since or at, at + UNREAD
            row.save(update_fields=["unread_since", "next_at"])


def stop_looking(delivery: Delivery, *, at: datetime) -> None:
    """End the checks of a post that was taken down here, and forget what had been changed in it."""
    LiveCheck.objects.filter(delivery=delivery).update(next_at=None, missing_since=None)
    for change in delivery.live_changes.all():
        if change.ended_at is None:
            _end(change, LiveEnd.TAKEN_DOWN, at=at)
            cancel(kind=CHANGED, subject=delivery, because="taken_down", at=at)
        _forget(change)


@action
def settle_change(*, by: Person, at: datetime, change: LiveChange) -> LiveChange:
    """Accept what a network shows now, or note that the post is gone there.

    Accepting other words is an approval: it takes an approver who isn't the author. Raises NotAllowed, NotNow
    (dealt with already; captions that can't be read), WordsHeld.
    """
    post = change.delivery.post
    check = rules.check_may_take_down if change.gone else rules.check_may_approve
    check(by, post, on=local_day(at))
    locked = LiveChange.objects.select_for_update().filter(pk=change.pk, ended_at=None).first()
    if locked is None:
        raise done_before(
            change,
            _("Someone has already dealt with this change."),
            _("Open the post again."),
            otherwise=NotNow(_("This change was undone or has been dealt with."), _("Open the post again.")),
            how=LiveEnd.NOTED if change.gone else LiveEnd.STAYS,
        )
    if not locked.gone and locked.words_ref is not None:
        content = vault.opened(locked.words_ref)
        if not can_be_read(change.delivery, content):
            raise NotNow(
                _("Schoolgate can’t read the words that are there now, such as captions."),
                _("Put back what was approved, or take the post down."),
            )
        check_leaving(
            Door.CHANGE, words_there(content), about=change.delivery, by=by,
            at=at, network=change.delivery.account.network, school=post.school,
        )  # fmt: skip
    _end(locked, LiveEnd.NOTED if locked.gone else LiveEnd.STAYS, at=at, by=by)
    if locked.gone:
        _forget(locked)
    read_again(post, by=by, at=at)
    discharge(kind=CHANGED, subject=change.delivery, by=by, at=at, how=locked.how)
    record(
        "delivery.change_settled", subject=change.delivery, at=at, actor=by, post=post.pk, how=str(locked.how)
    )
    return locked


def _is_ours_to_remove(delivery: Delivery) -> bool:
    removals = Delivery.objects.filter(of=delivery, purpose=Purpose.TAKE_DOWN)
    return removals.exclude(state=Intent.CANCELLED).exists()


def _keep(delivery: Delivery, told: Sequence[Reactions | None], *, at: datetime) -> None:
    """Keep the counts of the day if they are others than before: of a thread all parts together, and each."""
    together = sum((each for each in told if each is not None), Reactions())
    now: dict[str, Any] = {name: whole(number) for name, number in asdict(together).items()} | {
        "parts": [asdict(each) if each else None for each in told] if len(told) > 1 else []
    }
    day = local_day(at)
    before = PostReactions.objects.filter(delivery=delivery, day__lte=day).order_by("-day").first()
    if before is None or {name: getattr(before, name) for name in now} != now:
        PostReactions.objects.update_or_create(delivery=delivery, day=day, defaults=now)


def _compare(
    delivery: Delivery, wanted: NormalPost | None, there: NormalPost | None, *, at: datetime
) -> LiveChange | None:
    newest = delivery.live_changes.order_by("-id").first()
    waits = newest if newest is not None and newest.ended_at is None else None
    parts = [] if wanted is None or there is None else list(wanted.differences(there))
    if there is not None and not parts:
        if waits is not None and wanted is not None:
            _back(waits, delivery, at=at)
        return None
    seen = {} if there is None else content_of(there)
    if newest is not None and newest.how in STILL and _is_same(newest, seen):
        return None
    if newest is None and there is not None and delivery.done_by is not None and delivery.differences:
        # A person saw this difference when the post went out, and let it stay.
        return _accepted_at_first(delivery, parts, seen, at=at)
    if waits is not None:
        _end(waits, LiveEnd.CHANGED, at=at)
        _forget(waits)
    return _open(delivery, parts, seen, at=at)


def _open(delivery: Delivery, parts: list[str], seen: Mapping[str, Any], *, at: datetime) -> LiveChange:
    kept = _asked(delivery, gone=not seen, at=at)
    change = LiveChange.objects.create(
        delivery=delivery,
        at=at,
        gone=not seen,
        parts=parts,
        words_ref=vault.seal_words(SEALED, seen, about=delivery) if seen else None,
        decision=kept,
    )
    found = answered(kept).findings if kept is not None else ()
    clauses = tuple(dict.fromkeys(one for each in found if each.point in POINTS for one in each.clauses))
    people = asked_for(cared_for(delivery.account_id, on=local_day(at)), CHANGED)
    open_duty(
        kind=CHANGED,
        subject=delivery,
        at=at,
        due=Due.none_promised(),
        person=people[0] if people else delivery.post.author,
        then=people[1] if people else None,
        school=delivery.post.school,
        account=delivery.account_id,
        clauses=clauses,
        decision=kept,
    )
    record(
        "delivery.changed" if seen else "delivery.gone", subject=delivery, at=at, post=delivery.post_id,
        change=change.pk, clauses=clauses, decision=kept.pk if kept else None,
    )  # fmt: skip
    return change


def _accepted_at_first(
    delivery: Delivery, parts: list[str], seen: Mapping[str, Any], *, at: datetime
) -> LiveChange | None:
    LiveChange.objects.create(
        delivery=delivery, at=at, gone=False, parts=parts, how=LiveEnd.STAYS, ended_at=at,
        ended_by=delivery.done_by, words_ref=vault.seal_words(SEALED, seen, about=delivery),
    )  # fmt: skip
    return None


def _asked(delivery: Delivery, *, gone: bool, at: datetime) -> DecisionRecord | None:
    """Ask the policy about the post as a live one, where it says who looks after it. None where it is
    silent."""
    policy, post = in_force(local_day(at)), delivery.post
    if not policy.book.at("post.upkeep", *POINTS):
        return None
    facts = PostUpkeep(
        now=at,
        owner=actor(post.author, policy.book, on=local_day(at), school=post.school),
        taken_down=gone,
        marks=marks_of(post, seen=content_digest(post)),
    )
    return record_decision("post.upkeep", facts, at=at, by=None, subject=post)


def _back(change: LiveChange, delivery: Delivery, *, at: datetime) -> None:
    _end(change, LiveEnd.AS_APPROVED, at=at)
    _forget(change)
    discharge(kind=CHANGED, subject=delivery, by=None, at=at, how="as_approved")
    record("delivery.as_approved_again", subject=delivery, at=at, post=delivery.post_id)


def _end(change: LiveChange, how: LiveEnd, *, at: datetime, by: Person | None = None) -> None:
    change.how, change.ended_at, change.ended_by = how, at, by
    change.save(update_fields=["how", "ended_at", "ended_by"])


def _forget(change: LiveChange) -> None:
    if change.words_ref is not None:
        vault.wipe(change.words_ref)
        change.words_ref = None
        change.save(update_fields=["words_ref"])


def _is_same(change: LiveChange, seen: Mapping[str, Any]) -> bool:
    return change.gone == (not seen) and (change.gone or vault.opened(change.words_ref) == dict(seen))
