"""Takes posts down wherever they are live, step by step until each copy is gone: the one way for whatever
must go.

What one copy needs depends on its own state alone, read under its lock. `remove` is safe to call again at
any time; the driver calls it when the outcome of a sending is known, a person's word calls it, and a
sweep each minute calls it for each copy that should be gone and that no one removes. What finds a
withheld picture again is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import leads
from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.media.proving import prove_picture
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.handshake import LIVE, MOVES, Intent
from schoolgate.networks.port import intent_key
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import let_approval_lapse
from schoolgate.publishing.duty_kinds import APPROVE, BY_HAND, FAILED, LOOK, REMOVE
from schoolgate.publishing.live import stop_looking
from schoolgate.publishing.models import (
    POST_MOVES,
    PRINTS_NOW,
    WITHHELD_AFTER,
    Delivery,
    Post,
    PostPerson,
    PostState,
    Purpose,
    TakeDown,
    TakeDownPost,
    WithdrawnCopy,
    WithheldPicture,
)
from schoolgate.publishing.of_pupils import pictures_going_out
from schoolgate.publishing.starting import ask_author, begin_taking_down, defer_drive, lock, settle
from schoolgate.pupils.consents import standings_by_channel
from schoolgate.pupils.models import Pupil, Use, Withdrawal

SHOWN = (Use.PICTURE, Use.FILM)
MOST_PRINTED = 20
"""How many pictures get new prints in an hour, in each federation."""
KEPT_FOR = timedelta(days=7 * 365)
"""House rule: how long a picture that was taken down for safety is found again."""


def withhold(posts: Iterable[Post], *, at: datetime, pupil: Pupil | None = None) -> None:
    """Withhold the pictures of these posts from now on. Safe to call again."""
    federation = current_scope().federation_id
    rows = [
        WithheldPicture(
            federation_id=federation,
            post=post,
            pupil=pupil,
            digest=each.digest,
            prints=list(each.prints),
            at=at,
        )
        for post in posts
        for each in pictures_going_out(post)
        if each.digest
    ]
    WithheldPicture.objects.bulk_create(rows, ignore_conflicts=True)


def withhold_withdrawn(withdrawal: Withdrawal, *, at: datetime) -> None:
    """Withhold the pictures that show a pupil, or may do so, after a withdrawal that is about pictures."""
    if frozenset(withdrawal.uses).isdisjoint(SHOWN):
        return
    shown = PostPerson.objects.filter(pupil=withdrawal.pupil_id).exclude(shown=False)
    withhold(queries.posts_by_id(set(shown.values_list("post", flat=True))), at=at, pupil=withdrawal.pupil)


def printed_before() -> list[int]:
    """Return some withheld pictures whose prints may have been taken in an older way, by which a part of them
    isn't found again."""
    rows = WithheldPicture.objects.filter(taken_as__lt=PRINTS_NOW)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_PRINTED])


def print_anew(federation_id: int, pk: int, *, at: datetime) -> None:
    """Take the prints of a withheld picture once more, from its file, outside any transaction. One whose file
    is gone, or can't be read, keeps the prints it has. Safe to call again."""
    with scope(federation_id):
        row = WithheldPicture.objects.filter(pk=pk, taken_as__lt=PRINTS_NOW).first()
    if row is None:
        return
    try:
        prints = prove_picture(files.read(row.digest, federation_id=federation_id)).prints
    except (NotFound, BadInput):
        prints = ()
    with scope(federation_id):
        _keep_prints(at=at, pk=pk, prints=prints)


@action
def _keep_prints(*, at: datetime, pk: int, prints: Iterable[int]) -> None:
    """Write the prints in place of those there were: a row of what may not be shown is never changed."""
    row = WithheldPicture.objects.select_related("post").filter(pk=pk).first()
    if row is None or not WithheldPicture.objects.filter(pk=pk).delete()[0]:
        return
    kept = {name: getattr(row, name) for name in ("federation_id", "post_id", "pupil_id", "digest", "at")}
    prints = list(dict.fromkeys([*row.prints, *prints]))
    WithheldPicture.objects.create(**kept, prints=prints, taken_as=PRINTS_NOW)
    record("picture.printed_anew", subject=row.post, at=at)


@action
def forget_withheld(*, at: datetime) -> None:
    """Forget the pictures of pupils who may be shown again everywhere, or whose names were destroyed, and
    those taken down for safety long ago. Two queries where none are withheld."""
    on = local_day(at)
    pupils = list(Pupil.objects.filter(pk__in=WithheldPicture.objects.exclude(pupil=None).values("pupil")))
    may = standings_by_channel(
        pupils, uses=SHOWN, channels=list(all_capabilities()), on=on, own_yes_from=own_yes_from(on=on)
    )
    for each in pupils:
        everywhere = (one.may for by_use in may[each.pk].values() for one in by_use.values())
        if each.destroyed_at is not None or all(everywhere):
            _forget(WithheldPicture.objects.filter(pupil=each), about=each, at=at)
    long_ago = WithheldPicture.objects.filter(pupil=None, at__lt=at - KEPT_FOR).select_related("post")
    for post in {row.post for row in long_ago}:
        _forget(long_ago.filter(post=post), about=post, at=at)


def not_withheld_yet(*, at: datetime) -> list[int]:
    """Return withdrawals about pictures of pupils in posts that have none withheld, though they may not be
    shown everywhere: from before pictures were withheld. Two queries, three where there are any."""
    shown = PostPerson.objects.filter(pupil=OuterRef("pupil"), post__placed__isnull=False).exclude(
        shown=False
    )
    withheld = WithheldPicture.objects.filter(pupil=OuterRef("pupil"))
    rows = Withdrawal.objects.filter(
        Exists(shown.exclude(shown=False)), ~Exists(withheld), pupil__destroyed_at=None
    )
    about = [each for each in rows.select_related("pupil") if not set(SHOWN).isdisjoint(each.uses)]
    on, pupils = local_day(at), {each.pupil_id: each.pupil for each in about}
    may = standings_by_channel(
        pupils.values(),
        uses=SHOWN,
        channels=list(all_capabilities()),
        on=on,
        own_yes_from=own_yes_from(on=on),
    )
    return [
        each.pk
        for each in about
        if not all(one.may for by_use in may[each.pupil_id].values() for one in by_use.values())
    ]


def _forget(rows: QuerySet[WithheldPicture], *, about: Pupil | Post, at: datetime) -> None:
    number, _by_model = rows.delete()
    record("picture.no_longer_withheld", subject=about, at=at, number=number)


GOING = (PostState.TAKING_DOWN, PostState.TAKEN_DOWN)


def must_go(copy: Delivery) -> bool:
    """Return whether a copy may not stay: its post is being taken down, or consent to it was withdrawn."""
    return copy.post.state in GOING or WithdrawnCopy.objects.filter(delivery=copy).exists()


def removal_by_hand(copy: Delivery) -> Delivery | None:
    """Return the take-down of a copy that a person must do now on the network's own pages."""
    waiting = copy.take_downs.filter(by_hand=True, state=Intent.WRITTEN)
    return next((each for each in waiting.order_by("-id") if each.removal_said is None), None)


@action
def remove(*, at: datetime, copy: Delivery, by: Person | None = None) -> None:
    """Take the next step towards a copy that must go being gone; nothing where it needs none.

    A copy before its post, in which order the driver locks them too.
    """
    copy.refresh_from_db(
        fields=["state", "receipt", "because"], from_queryset=Delivery.objects.select_for_update()
    )
    lock(copy.post)
    _go_as_a_whole(copy, at=at)
    if must_go(copy):
        step_down(copy, at=at, by=by)
        settle(copy.post, at=at)


def step_down(copy: Delivery, *, at: datetime, by: Person | None = None) -> None:
    """Do what the state of a locked copy that must go asks for.

    One that is being sent is left to the driver until its outcome is known, unless its address is known
    already. What a person has to look at comes down without waiting for them where its address is known.
    """
    known, due = copy.known(), due_of(copy)
    if copy.state == Intent.WRITTEN and copy.by_hand and due is not None:
        # Who was asked to post it may have done so without pasting its link; only a person can see that.
        move(copy, to=Intent.ASKED, moves=MOVES, at=at, because="taken_down")
        discharge(kind=BY_HAND, subject=copy, by=by, at=at, how="taken_down")
        ask_by(LOOK, copy, due, at=at)
    elif copy.state == Intent.WRITTEN:
        move(copy, to=Intent.CANCELLED, moves=MOVES, at=at, because="taken_down")
        discharge(kind=BY_HAND, subject=copy, by=by, at=at, how="taken_down")
        take_begun_down(copy, at=at)
    elif copy.state in (Intent.SENT, Intent.UNKNOWN) and (known.receipt is None or known.begun is not None):
        return  # it, or another part of a thread, may just be arriving
    elif copy.receipt:
        write_take_down(copy, at=at)
        if copy.state in (Intent.ASKED, Intent.DIFFERENT):
            move(copy, to=Intent.FAILED, moves=MOVES, at=at, because=copy.because)
            discharge(kind=LOOK, subject=copy, by=by, at=at, how="taken_down")
    elif copy.state == Intent.ASKED and copy.removal_said is None:
        ask_by(LOOK, copy, due, at=at)
    if copy.state == Intent.FAILED:
        cancel(kind=FAILED, subject=copy, because="taken_down", at=at)


def _go_as_a_whole(copy: Delivery, *, at: datetime) -> None:
    """Mark the whole post where consent was withdrawn for all accounts: nothing more of it may go out."""
    post = copy.post
    if PostState.TAKING_DOWN not in POST_MOVES[PostState(post.state)]:
        return
    if WithdrawnCopy.objects.filter(delivery=copy, take_down__withdrawal__channel="").exists():
        begin_taking_down(post, by=None, at=at, reason="consent")


def copies_left() -> list[int]:
    """Return the copies that must go and that no one removes: neither gone nor being sent, and without a
    living take-down. One query."""
    marked = Q(pk__in=WithdrawnCopy.objects.values("delivery")) | Q(post__state=PostState.TAKING_DOWN)
    here = Q(receipt__isnull=False, state__in=[Intent.CONFIRMED, Intent.FAILED, Intent.CANCELLED])
    open_ = Q(state__in=[Intent.WRITTEN, Intent.ASKED, Intent.DIFFERENT])
    rows = Delivery.objects.filter(marked, here | open_, purpose=Purpose.PUBLISH)
    removals = Delivery.objects.filter(purpose=Purpose.TAKE_DOWN, state__in=[Intent.CONFIRMED, *sorted(LIVE)])
    return list(rows.exclude(pk__in=removals.values("of")).order_by("id").values_list("pk", flat=True))


def write_take_down(copy: Delivery, *, at: datetime, by_hand: bool | None = None) -> Delivery:
    """Write the intent to take one copy down, once; by hand where the network leaves no other way."""
    standing = copy.take_downs.exclude(state__in=[Intent.FAILED, Intent.CANCELLED]).first()
    if standing is not None:
        if standing.by_hand and standing.state == Intent.WRITTEN and standing.removal_said is None:
            ask_to_remove(standing, at=at)  # by its time, where it had none before
        return standing
    if by_hand is None:
        by_hand = copy.by_hand or abilities_of(copy.account).way("take_down") is not Way.PROGRAM
    tries = copy.take_downs.count()
    delivery = Delivery.objects.create(
        post=copy.post,
        account=copy.account,
        purpose=Purpose.TAKE_DOWN,
        of=copy,
        by_hand=by_hand,
        intent_key=intent_key(at=at, about=f"{copy.federation_id}:{copy.pk}:take_down:{tries}"),
        receipt=copy.receipt,
        written_at=at,
        state_at=at,
    )
    record(
        "delivery.written",
        subject=delivery,
        at=at,
        post=copy.post_id,
        account=copy.account_id,
        by_hand=by_hand,
    )
    stop_looking(copy, at=at)
    if by_hand:
        ask_to_remove(delivery, at=at)
    else:
        defer_drive(delivery)
    return delivery


def take_begun_down(delivery: Delivery, *, at: datetime) -> None:
    """Take down the first parts of a thread whose others will not be sent any more."""
    if delivery.purpose == Purpose.PUBLISH and delivery.known().begun is not None:
        write_take_down(delivery, at=at)


def ask_to_remove(delivery: Delivery, *, at: datetime) -> None:
    """Ask the author, and everyone who approves posts here, to take a copy down on the network's own pages.

    The first to do it completes the task for all: a removal must not wait for one person.
    """
    ask_by(REMOVE, delivery, due_of(delivery), at=at)


def due_of(delivery: Delivery) -> Due | None:
    """Return by when a copy must be down because consent was withdrawn; None: it wasn't."""
    acts = TakeDown.objects.filter(copies__delivery=delivery.of_id or delivery.pk).order_by("due_at")
    first = acts.values_list("due_at", flat=True).first()
    return Due.at(first) if first is not None else None


def ask_by(kind: str, delivery: Delivery, due: Due | None, *, at: datetime) -> None:
    """Ask the author and everyone who approves posts here; the account's leads too where there is a time,
    which what was asked before without one gets as well."""
    if due is not None:
        standing = Duty.objects.filter(kind=kind, subject=subject_of(delivery), state__in=STILL_TO_DO)
        if standing.filter(due_at=None).exists():
            cancel(kind=kind, subject=delivery, because="consent", at=at)
    ask_author(kind, delivery, at=at, due=due)
    ask_the_others(kind, delivery, at=at, due=due)
    if due is not None:
        for lead in leads(delivery.account):
            open_duty(
                kind=kind, subject=delivery, at=at, due=due, person=lead, school=delivery.post.school,
                account=delivery.account_id,
            )  # fmt: skip


def ask_the_others(kind: str, delivery: Delivery, *, at: datetime, due: Due | None = None) -> None:
    """Open a duty of the policy's roles that approve posts, for this post's school."""
    post = delivery.post
    for role in book_for(post.author).pack.roles_with("approve_post"):
        open_duty(
            kind=kind,
            subject=delivery,
            at=at,
            due=due or Due.none_promised(),
            role=role.key,
            school=post.school,
            account=delivery.account_id,
        )


REASONS = ("mistake", "consent", "safety", "request", "policy", "other")
"""Short codes, because the reason stays in the record for good."""
GONE = (*GOING, PostState.WITHDRAWN)
LONGEST_WORDS = 1000
MOST_AT_ONCE = 100
"""Posts in one act, so that its locks are short; what is left over is taken down by the next one."""


@action
def take_down(*, by: Person, at: datetime, post: Post, reason: str, words: str = "") -> Post:
    """Take a post down from every account on which it is live; cancel what has not been sent yet.

    `reason` is one of REASONS, `words` the person's own. A stop does not prevent a take-down. Where someone
    else was quicker, this reason is recorded too (`queries.began`: who it was). Raises NotAllowed, BadInput
    (`reason`, `words`), AlreadyDone (this person has said the very same before).
    """
    rules.check_may_take_down(by, post, on=local_day(at))
    _check_said(reason, words)
    said = {"by": by, "reason": reason, "words": words.strip()}
    asked = take_whole_down(post, by=by, at=at, reason=reason)
    if not asked and (before := TakeDown.objects.filter(posts__post=post, **said).first()):
        raise done_before(post, made=before)
    act = TakeDown.objects.create(at=at, **said)
    TakeDownPost.objects.create(take_down=act, post=post, asked=asked)
    _withhold([post], reason=reason, at=at)
    return queries.post(post.pk)


@action
def take_down_all(
    *,
    by: Person,
    at: datetime,
    posts: Sequence[Post],
    reason: str,
    words: str = "",
    account: Account | None = None,
    day: date | None = None,
) -> TakeDown:
    """Take several posts down in one act, each with its own outcome; `account` and `day` say which they were.

    A post that is already being taken down is recorded as such and delays none of the others. Raises
    NotAllowed (this person may not take one of them down: then nothing is done), BadInput (`reason`, `words`,
    `posts`).
    """
    _check_said(reason, words)
    if not posts or len(posts) > MOST_AT_ONCE:
        raise BadInput({"posts": _("Choose at least one post, and no more than 100.")})
    for post in posts:
        rules.check_may_take_down(by, post, on=local_day(at))
    act = TakeDown.objects.create(by=by, at=at, reason=reason, words=words.strip(), account=account, day=day)
    for post in posts:
        TakeDownPost.objects.create(
            take_down=act, post=post, asked=_in_turn(post, by=by, at=at, reason=reason)
        )
    _withhold(posts, reason=reason, at=at)
    record("post.taken_down_together", subject=act, at=at, actor=by, reason=reason, posts=len(posts))
    return act


def _withhold(posts: Sequence[Post], *, reason: str, at: datetime) -> None:
    if reason in WITHHELD_AFTER:
        withhold(posts, at=at)


def _in_turn(post: Post, *, by: Person, at: datetime, reason: str) -> bool:
    try:
        return _take_one(by=by, at=at, post=post, reason=reason)
    except NotNow:
        return False


@action
def _take_one(*, by: Person, at: datetime, post: Post, reason: str) -> bool:
    """One of several, in a savepoint of its own."""
    return take_whole_down(post, by=by, at=at, reason=reason)


def _check_said(reason: str, words: str) -> None:
    if reason not in REASONS:
        raise BadInput({"reason": _("Choose why you’re taking the post down.")})
    if len(words) > LONGEST_WORDS:
        raise BadInput({"words": _("Use up to 1,000 characters.")})


def take_whole_down(post: Post, *, by: Person | None, at: datetime, reason: str) -> bool:
    """Take down what is out, and withdraw what only waits for its time; return False where that was done or
    begun before. A copy that can't be taken down at this instant delays none of the others: the sweep of each
    minute takes it up."""
    # Copies before their post: the driver locks them in this order too.
    copies = list(
        post.deliveries.filter(purpose=Purpose.PUBLISH).select_for_update(of=("self",)).order_by("id")
    )
    if lock(post).state in GONE:
        return False
    if post.state == PostState.APPROVED:
        move(post, to=PostState.WITHDRAWN, moves=POST_MOVES, at=at)
        let_approval_lapse(post, at=at)
        cancel(kind=APPROVE, subject=post, because="withdrawn", at=at, by=by)
        record("post.withdrawn", subject=post, at=at, actor=by, reason=reason)
        return True
    begin_taking_down(post, by=by, at=at, reason=reason)
    each_by_itself(
        copies,
        lambda copy: remove(at=at, copy=copy, by=by),
        at=at,
        failed="a copy is taken down later",
    )
    settle(post, at=at)
    return True
