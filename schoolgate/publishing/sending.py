"""What the driver of intents needs from posts: when an approved post is handed to the sender, what is sent,
whether it may be sent now, and what follows; reading published posts back; and what may have gone out since a
backup was made, never sent again blindly.

When waiting work may go is one rule for posts, answers and comments. A post without a time waits a minute in
which its approval can be undone; during a stop it is held. Whatever tells people when a post goes out asks
`when_out`, or marks its rows with `note_held`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Q

from schoolgate.accounts.before_opening import note_new_post
from schoolgate.accounts.connecting import client_for, keep_session, lose_connection
from schoolgate.accounts.models import Account, AccountState
from schoolgate.accounts.opening_facts import waits
from schoolgate.core import files, stops
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.events import record
from schoolgate.core.files import StoreTrouble
from schoolgate.core.models import InstallationStop, Stop
from schoolgate.core.moves import move
from schoolgate.core.tenancy import scope
from schoolgate.networks import driving, threads
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.intents import IntentRow, again_soon
from schoolgate.networks.normal import NormalPost, OutgoingCard
from schoolgate.networks.port import (
    Network,
    NetworkError,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    intent_key,
)
from schoolgate.publishing import queries, rules
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.live import begin_looking, note_look, note_unread
from schoolgate.publishing.models import (
    POST_MOVES,
    Approval,
    Delivery,
    LiveCheck,
    Post,
    PostState,
    PostTarget,
    Purpose,
)
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.rules import LATEST, late, stopped
from schoolgate.publishing.starting import (
    ADVANCE,
    PUBLISH,
    ask_by_hand,
    ask_to_look,
    lock,
    named,
    settle,
    tell_of_failure,
    write_intent,
)
from schoolgate.publishing.taking_down import must_go, remove, step_down, take_begun_down, write_take_down

UNDO_MINUTE = timedelta(seconds=60)
"""House rule: no policy shortens it, and no setting switches it off."""


def waits_a_minute(post: Post) -> bool:
    """Return whether the post waits a minute after its last approval; an emergency text doesn't."""
    return post.emergency_text_id is None


def goes_at(post: Post) -> datetime:
    """Return the instant from which an approved post is handed to the sender: its own time, but not before
    the minute after the last approval is over."""
    approved = post.state_at + UNDO_MINUTE if waits_a_minute(post) else post.state_at
    return max(approved, post.planned_at or approved)


@dataclass(frozen=True)
class GoesOut:
    """When an approved post goes out: at its time; or, `held` by stops (the widest first), only if posting is
    allowed again before `last`, however long they were meant to be: anyone who may can lift one earlier.
    `missed`: that instant is past, so it needs a new time."""

    at: datetime
    last: datetime
    held: Sequence[Stop | InstallationStop] = ()
    missed: bool = False


def when_out(post: Post, *, at: datetime) -> GoesOut:
    """Return when an approved post goes out, as things are at `at`."""
    planned, last = goes_at(post), (post.planned_at or post.state_at) + LATEST
    ours = stops.holding(at)(post.school_id, planned)
    return GoesOut(planned, last, tuple(ours), missed=bool(ours) and at > last)


def note_held(posts: Iterable[Post], *, at: datetime) -> None:
    """Mark those of these posts that a stop holds, so that their status says so."""
    posts = list(posts)
    held = held_of(posts, goes_at, at=at)
    for post in posts:
        post.held = post.pk in held


def held_posts(posts: Collection[int], *, at: datetime) -> set[int]:
    """Return the ids of those of these posts that a stop holds: one query where anything is stopped."""
    if not posts or not stops.any_at(at):
        return set()
    rows = Post.objects.filter(pk__in=posts).defer("text", "other_text", "answers")
    return held_of(list(rows), goes_at, at=at)


def held_of(posts: Collection[Any], time: Callable[[Any], datetime], *, at: datetime) -> set[int]:
    """Return the ids of those of these posts (rows, or their lines in the calendar) that a stop holds:
    approved ones at their time, and those being sent that still have to leave for a network and aren't on
    their way to one. One query for stops; one more where posts of a stopped school are being sent."""
    holds = stops.holding(at)
    approved = {
        each.pk for each in posts if each.state == PostState.APPROVED and holds(each.school_id, time(each))
    }
    begun = [each.pk for each in posts if each.state == PostState.SENDING and holds(each.school_id, at)]
    return approved | _waiting(begun) if begun else approved


def _waiting(posts: Collection[int]) -> set[int]:
    """Return those of these posts that still have to leave for a network, and aren't on their way to one."""
    rows = Delivery.objects.filter(post__in=posts, purpose=Purpose.PUBLISH)
    waits, leaves = set(), set()
    for post, state in rows.values_list("post_id", "state"):
        if state == Intent.WRITTEN:
            waits.add(post)
        elif state in (Intent.SENT, Intent.UNKNOWN):
            leaves.add(post)
    return waits - leaves


def due_posts(at: datetime) -> list[int]:
    """Return the ids of all approved posts whose time has come, the oldest plan first; those of a stopped
    school too, but they don't hold up the others."""
    due = Q(planned_at=None) | Q(planned_at__lte=at)
    rows = Post.objects.filter(due, state=PostState.APPROVED).order_by("planned_at", "id")
    return [post.pk for post in rows.defer("text", "answers") if goes_at(post) <= at]


def still_due(pk: int, *, at: datetime) -> bool:
    """Return whether the post is still due, and keep others from changing it until this transaction ends.

    Between the list and this row its approval may have been withdrawn, and given again.
    """
    post = Post.objects.select_for_update().filter(pk=pk, state=PostState.APPROVED).first()
    return post is not None and goes_at(post) <= at


R = TypeVar("R", bound=IntentRow)


def may_begin(
    row: R,
    *,
    account_id: int,
    school_id: int | None,
    at: datetime,
    event: str,
    follow: Callable[[R, datetime], None],
    outdated: str = "",
    **ids: Any,
) -> bool:
    """Return whether waiting work may be sent at `at`.

    It waits unchanged during a stop, and on an account that existed before Schoolgate and whose permission to
    continue has ended. What should have started long ago (`rules.LATEST`), or is `outdated` (a short code
    why), is given up: `follow` tells its author, who decides again. So the end of a stop, lifted or not,
    sends nothing in a burst. `event` is the first half of the record's events, `ids` what its row carries.
    """
    if stopped(school_id, at=at) or waits([account_id], on=local_day(at)):
        return False
    because = "too_slow" if late(row, at=at) else outdated
    if not because:
        return True
    move(row, to=Intent.FAILED, moves=MOVES, at=at, because=because)
    record(f"{event}.failed", subject=row, at=at, because=because, **ids)
    follow(row, at)
    return False


NOT_THERE, RESTORED, ANEW = "absent", "restored", "restored_anew"
"""Codes: proven absent; written before the backup; written again after it, so that its key is not known."""
MINUTE = timedelta(minutes=1)


@action
def doubt_posts(*, at: datetime, since: datetime) -> int:
    """Put into doubt every post that may have gone out between the backup (`since`) and now; returns how
    many.

    What was written down to be sent counts as sent without an answer. An approved post whose time came gets
    its intents, as it did in the time that was lost; they are looked up by the keys that they must have had.
    """
    doubted = 0
    written = Delivery.objects.filter(state=Intent.WRITTEN, purpose=Purpose.PUBLISH, by_hand=False)
    for delivery in written.select_related("account").order_by("pk"):
        _doubt(delivery, at=at, because=RESTORED)
        doubted += 1
    for pk in _may_have_started(since=since, at=at):
        post = queries.post(pk)
        approval = queries.standing_approval(post)
        if approval is None:
            continue
        move(post, to=PostState.SENDING, moves=POST_MOVES, at=at)
        record("post.started", subject=post, at=at, seen=approval.seen)
        for target in post.targets.all():
            _write_doubted(post, target, approval, at=at)
            doubted += 1
    return doubted


@action
def end_doubt(*, at: datetime, delivery: Delivery, there: bool | None) -> Delivery:
    """Record the result of the look-up for one post in doubt: it is proven absent, or unknown (None), so its
    author is asked to check. A post that was found has been confirmed by the look-up itself."""
    delivery.refresh_from_db()
    if delivery.state not in (Intent.UNKNOWN, Intent.SENT, Intent.WRITTEN) or there:
        return delivery
    if there is None and delivery.state != Intent.WRITTEN:
        move(delivery, to=Intent.ASKED, moves=MOVES, at=at, because="no_proof")
        record("delivery.asked", subject=delivery, at=at, because=RESTORED)
        ask_to_look(delivery, at=at)
    else:
        move(delivery, to=Intent.FAILED, moves=MOVES, at=at, because=NOT_THERE, receipt=None)
        record("delivery.failed", subject=delivery, at=at, because=NOT_THERE)
        tell_of_failure(delivery, at=at)
    settle(delivery.post, at=at)
    return delivery


@action
def take_key(*, at: datetime, delivery: Delivery, key: str) -> Delivery:
    """Give an intent the key under which the network was found to have it."""
    Delivery.objects.filter(pk=delivery.pk).update(intent_key=key, not_before=None)
    delivery.intent_key = key
    return delivery


def keys_it_may_have(delivery: Delivery) -> list[str]:
    """The keys that an approved post's intent can have been given in the time that is lost: posts start in
    the sweep of a full minute, and no later than `rules.LATEST` after their time."""
    post = delivery.post
    approval = queries.standing_approval(post)
    begins = max(post.planned_at or post.created_at, approval.at if approval else post.created_at)
    first = begins.replace(second=0, microsecond=0)
    about = named(post, delivery.account_id, PUBLISH, tries=0)
    minutes = int(rules.LATEST / MINUTE) + 2
    return [intent_key(at=first + number * MINUTE, about=about) for number in range(minutes)]


def written_in_doubt() -> list[int]:
    """Return the ids of the intents that look-ups have still to settle."""
    rows = Delivery.objects.filter(
        state__in=[Intent.SENT, Intent.UNKNOWN], purpose=Purpose.PUBLISH, by_hand=False
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _may_have_started(*, since: datetime, at: datetime) -> list[int]:
    """Approved posts whose time came after the backup, or so shortly before it that they had not started."""
    came = Q(planned_at=None) | Q(planned_at__gt=since - rules.LATEST, planned_at__lte=at)
    rows = Post.objects.filter(came, state=PostState.APPROVED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _write_doubted(post: Post, target: PostTarget, approval: Approval, *, at: datetime) -> Delivery:
    delivery = write_intent(post, target, approval, at=at, written_at=approval.at, what=RESTORED)
    if delivery.by_hand:
        ask_by_hand(delivery, at=at)
    else:
        _doubt(delivery, at=at, because=ANEW)
    return delivery


def _doubt(delivery: Delivery, *, at: datetime, because: str) -> None:
    """Move from written to unknown: only the look-up continues from there."""
    move(delivery, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=delivery.attempts + 1)
    move(delivery, to=Intent.UNKNOWN, moves=MOVES, at=at, because=because, not_before=None)
    record("delivery.unknown", subject=delivery, at=at, because=because)


Connect = Callable[[Account], Network]


def advance(federation_id: int, delivery_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one intent of a post as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, delivery_id, clock=clock)


def outgoing(delivery: Delivery) -> OutgoingPost:
    """Return what the network will receive, from the frozen row and the store. Reads files: no transaction
    around it."""
    pictures = tuple(_picture(each, delivery) for each in delivery.pictures)
    film = next((_film(each, delivery) for each in delivery.pictures if "film" in each), None)
    return OutgoingPost(
        intent_key=delivery.intent_key,
        text=delivery.text,
        created_at=delivery.written_at,
        languages=tuple(delivery.language.split(",")),
        pictures=() if film else pictures,
        film=film,
        parts=tuple(delivery.parts),
        there=delivery.known().begun,
        link_card=_card(delivery) if delivery.card else None,
    )


def approved_post(delivery: Delivery) -> NormalPost | None:
    """Return what was approved, in normal form; None where a picture's file is lost, as after a restore."""
    try:
        return outgoing(delivery).normal()
    except NotFound:
        return None


def _picture(frozen: Mapping[str, Any], delivery: Delivery) -> OutgoingPicture:
    return OutgoingPicture(
        data=files.read(frozen["digest"], federation_id=delivery.federation_id),
        media_type=frozen["media_type"],
        alt=frozen["alt"],
        width=frozen["width"],
        height=frozen["height"],
    )


def _card(delivery: Delivery) -> OutgoingCard:
    card = delivery.card
    picture = card.get("digest", "")
    return OutgoingCard(
        address=card["address"],
        title=card["title"],
        description=card["description"],
        data=files.read(picture, federation_id=delivery.federation_id) if picture else b"",
        media_type=card.get("media_type", ""),
        width=card.get("width", 0),
        height=card.get("height", 0),
    )


def _film(frozen: Mapping[str, Any], delivery: Delivery) -> OutgoingFilm:
    film = frozen["film"]
    return OutgoingFilm(
        data=files.read(film["digest"], federation_id=delivery.federation_id),
        alt=frozen["alt"],
        captions=film["captions"],
        language=delivery.language.split(",")[0],
        width=film["width"],
        height=film["height"],
        milliseconds=film["milliseconds"],
        cover=_picture(frozen, delivery),
    )


def _spec(connect: Connect) -> DeliverySpec[Delivery]:
    return DeliverySpec(
        load=queries.delivery,
        may_start=_may_start,
        network_of=lambda delivery: delivery.account.network,
        event="delivery",
        connect=lambda delivery: connect(delivery.account),
        send=_send,
        wanted=lambda delivery: outgoing(delivery).normal(),
        removes=lambda delivery: delivery.purpose == Purpose.TAKE_DOWN,
        follow=_follow,
        has_film=lambda delivery: delivery.purpose == Purpose.PUBLISH and delivery.has_film,
        parts_of=lambda delivery: max(1, len(delivery.parts)),
    )


def _may_start(delivery: Delivery, at: datetime) -> bool:
    """Allow every take-down: what prevents posts from going out never prevents removing one."""
    return delivery.purpose == Purpose.TAKE_DOWN or may_begin(
        delivery,
        account_id=delivery.account_id,
        school_id=delivery.post.school_id,
        at=at,
        event="delivery",
        follow=_follow,
        outdated=_outdated(delivery, at),
    )


def _outdated(delivery: Delivery, at: datetime) -> str:
    """Return the code for a post that waits to be sent while a pupil in it may no longer appear there, or a
    name in it is to be answered: a pupil came to the list meanwhile, or to the do-not-publish list."""
    post, on = queries.post(delivery.post_id), local_day(at)
    if any(each.network == delivery.account.network for each in noes_in(post, on=on)):
        return "consent_gone"
    return "words_held" if hits_of(post, on=on).holds else ""


def _send(delivery: Delivery, network: Network) -> Receipt | None:
    if delivery.purpose == Purpose.PUBLISH:
        try:
            out = outgoing(delivery)
        except NotFound:  # the file store was lost, or a file of it is damaged
            raise NetworkError("picture_lost", what_next="give_up") from None
        except StoreTrouble:  # nothing is known of the files: the same again later
            raise NetworkError("files_away", what_next="try_again") from None
        return network.publish(out)
    if delivery.ref is not None:
        network.take_down(delivery.ref)
    return None


def _follow(delivery: Delivery, at: datetime) -> None:
    """Apply a new state of an intent to the post, and tell the people concerned."""
    if delivery.of_id is not None:  # what it takes down, before the post: the order of `taking_down.remove`
        Delivery.objects.select_for_update().get(pk=delivery.of_id)
    lock(delivery.post)
    if delivery.purpose == Purpose.TAKE_DOWN:
        _follow_removal(delivery, at=at)
    else:
        _follow_publishing(delivery, at=at)
    settle(delivery.post, at=at)


def _follow_publishing(delivery: Delivery, *, at: datetime) -> None:
    going = must_go(delivery)
    if delivery.state == Intent.CONFIRMED:
        note_new_post(delivery.account_id, by=None, at=at)
        begin_looking(delivery, at=at)
    elif delivery.state in (Intent.ASKED, Intent.DIFFERENT):
        _connection_lost(delivery, at=at)
        if not going:
            ask_to_look(delivery, at=at)
    elif delivery.state == Intent.FAILED:
        _connection_lost(delivery, at=at)
        take_begun_down(delivery, at=at)
        if not going:
            tell_of_failure(delivery, at=at)
    if going:
        step_down(delivery, at=at)


def _follow_removal(delivery: Delivery, *, at: datetime) -> None:
    """What the program couldn't take down, a person does."""
    again_soon(delivery, task=ADVANCE, name="delivery_id", account_id=delivery.account_id)
    if delivery.state == Intent.ASKED:  # the program went wrong over it for hours
        move(delivery, to=Intent.FAILED, moves=MOVES, at=at, because=delivery.because)
    if delivery.state == Intent.FAILED and delivery.of is not None:
        _connection_lost(delivery, at=at)
        write_take_down(delivery.of, at=at, by_hand=True)
    elif delivery.state == Intent.CONFIRMED and delivery.of is not None:
        remove(at=at, copy=delivery.of)  # no one has to look any more where it couldn't be compared


def _connection_lost(delivery: Delivery, *, at: datetime) -> None:
    if delivery.because == "sign_in":
        lose_connection(account=delivery.account, at=at)


# Look up, on the networks, the posts that may have gone out since a backup was made. Outside any scope.


def look_up(federation_id: int, delivery_id: int, *, clock: Clock, connect: Connect = client_for) -> bool:
    """Look one post up; return whether that settled it. A network that cannot be asked now leaves it as it
    is.

    Found: confirmed, as after any look-up. Proven not to be there: its author is told, and nothing is sent.
    No proof either way: its author is asked to look."""
    with scope(federation_id):
        try:
            delivery = queries.delivery(delivery_id)
        except NotFound:
            return True
        keys = keys_it_may_have(delivery) if delivery.because == ANEW else []
    if keys:
        found = _under_one_of(delivery, keys, connect=connect)
        if found is None:
            return False
        if found:
            with scope(federation_id):
                take_key(at=clock(), delivery=delivery, key=found)
    advance(federation_id, delivery_id, clock=clock, connect=connect)
    return _settled(federation_id, delivery_id, clock=clock)


def give_to_people(federation_id: int, *, at: datetime) -> int:
    """Ask people to check the posts that no look-up has settled; returns how many there are."""
    with scope(federation_id):
        left = written_in_doubt()
        for pk in left:
            end_doubt(at=at, delivery=queries.delivery(pk), there=None)
    return len(left)


def _under_one_of(delivery: Delivery, keys: list[str], *, connect: Connect) -> str | None:
    """Return the key under which the network has it; "" where it has none, None where it cannot be asked."""
    try:
        network, wanted = connect(delivery.account), approved_post(delivery)
        for key in keys:
            if network.look_up(key, wanted) is not None:
                return key
    except NetworkError as error:
        return "" if error.code == "not_offered" else None
    return ""


def _settled(federation_id: int, delivery_id: int, *, clock: Clock) -> bool:
    """Return to its author what was proven absent, so that no sweep sends it."""
    with scope(federation_id):
        delivery = queries.delivery(delivery_id)
        if delivery.state == Intent.WRITTEN and delivery.known().begun is None:
            end_doubt(at=clock(), delivery=delivery, there=False)
            return True
        return delivery.state not in (Intent.SENT, Intent.UNKNOWN)


AT_ONCE = 50
LONGEST = timedelta(seconds=45)
"""How many posts one job reads, and how long it may take before the rest waits for the next."""


def accounts_to_look_at(at: datetime) -> list[tuple[int, bool]]:
    """Return the open accounts with a post that is to be read by now, and whether its network couldn't be
    read before. One query."""
    due = LiveCheck.objects.filter(next_at__lte=at, delivery__account__state=AccountState.OPEN)
    found: dict[int, bool] = {}
    for account, unread in (
        due.order_by("delivery__account").values_list("delivery__account", "unread_since").distinct()
    ):
        found[account] = found.get(account, False) or unread is not None
    return list(found.items())


def read_back(
    federation_id: int,
    account_id: int,
    *,
    clock: Callable[[], datetime],
    connect: Connect = client_for,
    limit: timedelta = LONGEST,
) -> None:
    """Read the posts of one account that are due. May run twice, side by side, or be killed at any point:
    what was not recorded is read again.

    A network that can't be read leaves every post as it is; the rest is read later.
    """
    began = clock()
    with scope(federation_id):
        due = _due(account_id, at=began)
    if not due:
        return
    account = due[0].delivery.account
    seen: list[tuple[LiveCheck, PublishedPost | None]] = []
    unread: list[LiveCheck] = []
    counted: dict[str, Reactions] = {}
    whole = True
    try:
        network = connect(account)
        for each in due:
            if clock() - began > limit:
                break
            try:
                seen.append((each, network.read_back(_ref(each))))
            except NetworkError as error:
                if error.what_next != "give_up":
                    raise
                unread.append(each)
        counted = _counted(network, [_ref(each) for each, there in seen if there is not None])
        keep_session(account, network)
    except NetworkError:
        whole = False
    done = {each.pk for each, _there in seen}
    rest = [each for each in due if each.pk not in done]
    at, proves = clock(), all_capabilities()[account.network].proves_absence
    for each, there in seen:
        wanted = approved_post(each.delivery) if there is not None else None
        with scope(federation_id):
            note_look(
                at=at, check=each, wanted=wanted, there=there.normal if there else None,
                proves_absence=proves, reactions=threads.reactions_of(_ref(each), counted),
            )  # fmt: skip
    with scope(federation_id):
        note_unread(at=at, checks=unread if whole else rest)


def _due(account_id: int, *, at: datetime) -> list[LiveCheck]:
    rows = LiveCheck.objects.filter(
        next_at__lte=at, delivery__account=account_id, delivery__account__state=AccountState.OPEN,
        delivery__receipt__isnull=False,
    )  # fmt: skip
    related = ("delivery__account__federation", "delivery__post__school", "delivery__post__author")
    return list(rows.select_related(*related, "delivery__done_by").order_by("next_at", "pk")[:AT_ONCE])


def _ref(check: LiveCheck) -> Ref:
    ref = check.delivery.ref
    if ref is None:
        raise NetworkError("not_found", what_next="give_up")
    return ref


def _counted(network: Network, refs: Sequence[Ref]) -> dict[str, Reactions]:
    """Return what the network counts, of a thread for each part; nothing where it tells none, or not now:
    the posts were read all the same."""
    if not refs or not network.capabilities.tells_reactions:
        return {}
    try:
        return network.reactions([part for ref in refs for part in threads.refs_of(ref)])
    except NetworkError:
        return {}
