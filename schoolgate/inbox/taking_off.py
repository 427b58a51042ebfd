"""Names and pictures come down: where consent ended, or where someone asks for it in a message to the
school."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.connecting import abilities_of, client_for, lose_connection
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core import work
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.rows import found_or_made
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import cancel, discharge
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.inbox import seeing
from schoolgate.inbox.duty_kinds import BY_HAND, LOOK, NAME_OFF, REPLY_OFF
from schoolgate.inbox.first_read import leads_of, open_task
from schoolgate.inbox.ingesting import Pasted, ingest
from schoolgate.inbox.judging import ask_moderators
from schoolgate.inbox.models import Answer, Item, ItemKind, ItemState, ReplyRemoval, WithdrawnWords
from schoolgate.inbox.ranking import WISH
from schoolgate.inbox.reaching import follow_sight, note_not_sent, note_replies_gone
from schoolgate.inbox.seeing import locked_item
from schoolgate.inbox.sight import PASTED
from schoolgate.networks import driving
from schoolgate.networks.capabilities import OURS, Way
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.handshake import LIVE, MOVES, STANDING, Intent
from schoolgate.networks.intents import again_soon
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.noticeboard.board import hide_comment, is_full
from schoolgate.networks.noticeboard.models import CommentState, NoticeboardComment
from schoolgate.networks.port import Author, IncomingItem, Network, Ref, intent_key
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing.leaving import last_said
from schoolgate.publishing.looked_for import may_be_named
from schoolgate.publishing.models import Delivery, PostPerson, TakeDown
from schoolgate.publishing.models.states import MEANT, HitReply
from schoolgate.publishing.named_in_public import MOST_READ
from schoolgate.publishing.withdrawn import AT_THAT_MOMENT, Gone, Outcome, outcome_of
from schoolgate.pupils.models import Cause, Pupil, Use, Withdrawal
from schoolgate.pupils.named import (
    has_a_name,
    index_of,
    index_on_the_list,
    is_asked_about,
    named_in,
    names,
    that_may_name,
)
from schoolgate.screening import NameIndex, taken_over
from schoolgate.screening.folding import fold

ITEM = "inbox.item:"


def pupils_named(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are named there."""
    return named_in(pupils, _texts_with)


def replies_naming(pupil: Pupil) -> list[Answer]:
    """Return our replies in public, out or on their way, that have this pupil's full name, or of which a
    person said that they may be named; or any part of it, below a post that shows or names them: there *Da
    iawn Jac* means this pupil. But for those where another is meant."""
    said = _said_of(pupil, Door.REPLY)
    rows = _out().filter(item__private=False)
    may = [item for item, reply in said.items() if reply in MEANT]
    named = that_may_name(rows, pupil, "text").values("pk")
    theirs, index = _posts_of(pupil), index_of(pupil)
    found = rows.filter(Q(pk__in=named) | Q(item__in=may) | Q(item__post__in=theirs))
    return [
        answer
        for answer in found.select_related("item__account").order_by("-pk")
        if said.get(answer.item_id) != HitReply.NOT_PUPIL
        and (
            answer.item_id in may
            or names(pupil, [answer.text])
            or (answer.item.post_id in theirs and has_a_name(answer.text, index))
        )
    ]


def comments_naming(pupil: Pupil) -> list[Item]:
    """Return the comments on our noticeboards of which the words or the writer's name, as shown there, have
    this pupil's full name, or any part of it of which a person said that they may be named so, or that stands
    below a post that shows or names them; but for those where another is meant."""
    said = _said_of(pupil, Door.COMMENT)
    below, index = Item.every.filter(post__in=_posts_of(pupil), account__network=OURS), index_of(pupil)
    keys = set(below.values_list("network_id", flat=True))
    shown = [row.key for row in _shown_with(pupil) if names(pupil, [f"{row.name}: {row.text}"])]
    theirs = _shown().filter(key__in=keys)
    shown += [row.key for row in theirs if has_a_name(f"{row.name}: {row.text}", index)]
    may = [item for item, reply in said.items() if reply in MEANT]
    named = Q(network_id__in=shown) | Q(pk__in=may, network_id__in=_shown().values("key"))
    items = Item.every.filter(named, account__network=OURS)
    return [one for one in items.order_by("-pk") if said.get(one.pk) != HitReply.NOT_PUPIL]


def may_name(pupil: Pupil) -> list[int]:
    """Return the comments that stay, or of which our reply does, although the gate would ask about this pupil
    there now that they are on the do-not-publish list: no one was asked about a first name alone before."""
    index = index_on_the_list(pupil)
    said, shown = _said_of(pupil, Door.REPLY), _said_of(pupil, Door.COMMENT)
    answers = _out().filter(item__private=False).exclude(pk__in=[each.pk for each in replies_naming(pupil)])
    rows = answers.select_related("item").prefetch_related("item__versions").order_by("-pk")[:MOST_READ]
    found = {
        answer.item_id
        for answer in rows
        if said.get(answer.item_id) != HitReply.NOT_PUPIL and _names_or_confirms(answer, index)
    }
    keys = [
        row.key
        for row in _shown().order_by("-pk")[:MOST_READ]
        if is_asked_about(f"{row.name}: {row.text}", index)
    ]
    named = [item.pk for item in comments_naming(pupil)]
    items = Item.every.filter(account__network=OURS, network_id__in=keys).exclude(pk__in=named)
    found |= {pk for pk in items.values_list("pk", flat=True) if shown.get(pk) != HitReply.NOT_PUPIL}
    return sorted(found)


def are_more_than_read() -> bool:
    """Return whether more replies or comments are out than `may_name` reads."""
    replies, comments = _out().filter(item__private=False), _shown()
    return replies[MOST_READ:].exists() or comments[MOST_READ:].exists()


def _names_or_confirms(answer: Answer, index: NameIndex) -> bool:
    asked = max(answer.item.versions.all(), key=lambda each: each.pk, default=None)
    said = taken_over(answer.text, asked.text, index) if asked else []
    return is_asked_about(answer.text, index) or any(hit.of for hit in said)


def _posts_of(pupil: Pupil) -> set[int]:
    """Return the posts of which this pupil is one of the people."""
    return set(PostPerson.objects.filter(pupil=pupil).values_list("post", flat=True))


def _said_of(pupil: Pupil, door: Door) -> dict[int, str]:
    """Return the last answer that a person gave about this pupil's name, by comment (`last_said`)."""
    rows = last_said(pupil, door).items()
    return {number_of(about): reply for about, reply in rows if about.startswith(ITEM)}


def _out() -> QuerySet[Answer]:
    out = Q(receipt__isnull=False) | Q(state__in=sorted(STANDING))
    return Answer.objects.filter(out, gone_at=None)


def _shown() -> QuerySet[NoticeboardComment]:
    return NoticeboardComment.objects.filter(state=CommentState.RELEASED, ours=False)


def _shown_with(pupil: Pupil) -> QuerySet[NoticeboardComment]:
    return that_may_name(_shown(), pupil, "name", "text")


def _texts_with(pupil: Pupil) -> Iterator[str]:
    """Yield each text that may name this pupil and that people can read, or soon can."""
    yield from that_may_name(_out(), pupil, "text").values_list("text", flat=True)
    yield from (f"{row.name}: {row.text}" for row in _shown_with(pupil))


class Words:
    """Names in our replies, and in comments that our noticeboard shows."""

    def mark(self, act: TakeDown, *, at: datetime) -> int:
        """Mark each that isn't marked yet, also what was being written down at that moment; return how
        many."""
        withdrawal = act.withdrawal
        if withdrawal is None or Use.NAME not in withdrawal.uses:
            return 0
        new = 0
        for item, answer in _concerned(withdrawal, at=at):
            _row, made = found_or_made(WithdrawnWords.objects, take_down=act, item=item, answer=answer)
            new += made
        return new

    def outcomes(self, act: TakeDown, *, at: datetime) -> list[Outcome]:
        """Return the outcome for each, newest first."""
        rows = WithdrawnWords.objects.filter(take_down=act).select_related("item__account", "answer")
        return [
            _outcome(row, due_at=act.due_at, at=at)
            for row in rows.prefetch_related("answer__removals").order_by("-pk")
        ]

    def marked(self) -> QuerySet[WithdrawnWords, Any]:
        """Return the ids of the take-downs for which something is marked."""
        return WithdrawnWords.objects.values("take_down")

    def may_name(self, pupil: Pupil) -> list[int]:
        """Return the comments shown on our noticeboards, and those above replies of ours, that stay although
        they may name a pupil who is new on the do-not-publish list."""
        return may_name(pupil)


def _concerned(withdrawal: Withdrawal, *, at: datetime) -> list[tuple[Item, Answer | None]]:
    pupil = withdrawal.pupil
    found: list[tuple[Item, Answer | None]] = [
        (answer.item, answer)
        for answer in replies_naming(pupil)
        if answer.written_at <= withdrawal.at
        or (
            answer.written_at <= withdrawal.at + AT_THAT_MOMENT
            and not may_be_named([pupil.pk], [answer.item.account.network], on=local_day(at))
        )
    ]
    found += [(item, None) for item in comments_naming(pupil)]
    if withdrawal.cause == Cause.TODAY:
        day = local_day(withdrawal.at)
        found = [(item, answer) for item, answer in found if _since(item, answer) >= day]
    channel = withdrawal.channel
    return [(item, answer) for item, answer in found if channel in ("", item.account.network)]


def _since(item: Item, answer: Answer | None) -> date:
    return local_day(answer.written_at if answer else item.received_at)


def _outcome(row: WithdrawnWords, *, due_at: datetime | None, at: datetime) -> Outcome:
    account, answer = row.item.account, row.answer
    if answer is None:
        late = due_at is not None and due_at <= at
        gone = Gone.REMOVED if row.hidden_at else Gone.STUCK if late else Gone.GOING
        return Outcome(row, account, gone, row.hidden_at)
    if answer.gone_at is not None:
        return Outcome(row, account, Gone.REMOVED, answer.gone_at)
    gone, when = outcome_of(answer, list(answer.removals.all()), due_at=due_at, at=at)
    return Outcome(row, account, gone, when)


_GONE = (
    r"(?:delet\w{1,4}|eras\w{1,4}|remov\w{1,4}|gone|wiped?|destroy\w{0,3}|get rid of|forgotten?|forget"
    r"|scrub\w{0,4}|off your"
    r"|dile\w{1,4}|ddile\w{1,4}|gwared\w{0,4}|waredu|chwalu|dinistri\w{0,2}|tynn\w{1,4}|dynn\w{1,4}"
    r"|anghofi\w{1,2})"
)
_ALL = (
    r"(?:everything|(?:all|any|every)(?: of)?(?: (?:the|her|his|my|our|their|your|its|personal"
    r"|bit of|\w{1,20}'s))* (?:data|info(?:rmation)?"
    r"|files?|records?|details|trace\w?)|(?:her|his|my|our|their|your) (?:personal )?(?:data|files?"
    r"|records?)"
    r"|(?:all|whatever) (?:that )?you(?:'ve| have)?(?: got)? (?:hold|have|keep|got|on|about)"
    r"|popeth|bopeth|phopeth|(?:yr |'r |ei |fy |ein |eu )?holl (?:\w{1,10} )?(?:ddata|wybodaeth|gofnodion"
    r"|ffeiliau|fanylion)"
    r"|(?:ei|fy|ein|eu) (?:data|ddata|ffeil\w{0,4}|cofnod\w{0,3}|chofnod\w{0,3})|eich ffeiliau)"
)
_WANTS = lazy_pattern(
    rf"\b{_GONE}\b[^.!?\n]{{0,60}}?\b{_ALL}\b|\b{_ALL}\b[^.!?\n]{{0,60}}?\b{_GONE}\b"
    r"|\bright (?:to be forgotten|to erasure|of erasure)|\berasure\b|\bhawl i (?:gael (?:fy|ei|ein|eich) "
    r"|g?h?ael )?"
    r"(?:[fm]?h?anghofio|ddileu|ddilead)\b",
    re.IGNORECASE,
)
_NO_DATA = lazy_pattern(
    r"\b(?:(?:thank\w{0,4}|thanks|diolch\w{0,3}) (?:\w{1,12} )?(?:for|am)|lost property"
    r"|everything (?:from|in|on) the (?:field|hall|stage|table|board)|bins?|litter|rubbish|biniau|sbwriel)\b",
    re.IGNORECASE,
)


def wants_all_deleted(text: str) -> bool:
    """Return whether a text wants so."""
    folded = fold(text).text
    return bool(_WANTS.search(folded)) and not _NO_DATA.search(folded)


# Takes a pupil's name off where consent ended: our own replies come down, comments on our page are hidden.
# As for posts (`publishing.actions.removing`), what one reply needs depends on its own state alone, read
# under the lock of its comment, and each is done by itself: by the event, by the driver once the outcome of
# a sending is known, and by a sweep each minute.

ADVANCE = "reply_removals.advance"
BECAUSE = "consent_gone"
OVER = (Intent.FAILED, Intent.CANCELLED)


@action
def take_off(*, at: datetime, words: WithdrawnWords) -> None:
    """Take the next step towards a name being gone; nothing where it needs none. Safe to call again."""
    item = locked_item(words.item_id)
    if words.answer_id is None:
        _hide(words, item, at=at)
        return
    answer = Answer.objects.select_for_update().select_related("by").get(pk=words.answer_id)
    answer.item = item
    step_off(answer, at=at)


def must_go(answer: Answer) -> bool:
    """Return whether consent to a reply was withdrawn."""
    return WithdrawnWords.objects.filter(answer=answer).exists()


def words_left() -> list[int]:
    """Return what has to go and no one removes: comments still shown; replies neither gone nor being sent,
    and without a living take-down."""
    rows = WithdrawnWords.objects.filter(item__destroyed_at=None)
    comments = rows.filter(answer=None, hidden_at=None)
    done = ReplyRemoval.objects.filter(state__in=[Intent.CONFIRMED, *sorted(LIVE)])
    replies = rows.filter(answer__gone_at=None).exclude(answer__in=done.values("answer"))
    never = replies.filter(answer__state__in=OVER, answer__receipt__isnull=True)
    sending = replies.filter(answer__state__in=[Intent.SENT, Intent.UNKNOWN], answer__receipt__isnull=True)
    left = replies.filter(answer__isnull=False).exclude(pk__in=never).exclude(pk__in=sending)
    return sorted({*comments.values_list("pk", flat=True), *left.values_list("pk", flat=True)})


def step_off(answer: Answer, *, at: datetime) -> None:
    """Do what the state of a reply that must go asks for, its comment locked. One that is being sent is left
    to the driver until its outcome is known, unless its address is known already."""
    if answer.state == Intent.WRITTEN and answer.by_hand:
        # Who was asked to post it may have done so without saying it; only a person can see that.
        move(answer, to=Intent.ASKED, moves=MOVES, at=at, because=BECAUSE)
        discharge(kind=BY_HAND, subject=answer, by=None, at=at, how=BECAUSE)
        _ask_to_look(answer, at=at)
    elif answer.state == Intent.WRITTEN:
        move(answer, to=Intent.FAILED, moves=MOVES, at=at, because=BECAUSE)
        record("answer.failed", subject=answer, at=at, because=BECAUSE, item=answer.item_id)
        note_not_sent(answer, at=at)
    elif answer.receipt is None and answer.state == Intent.ASKED:
        _ask_to_look(answer, at=at)
    elif answer.receipt is not None or answer.state == Intent.CONFIRMED:
        if answer.gone_at is None:
            write_removal(answer, at=at)
        if answer.state in (Intent.ASKED, Intent.DIFFERENT):
            move(answer, to=Intent.FAILED, moves=MOVES, at=at, because=answer.because)
            discharge(kind=LOOK, subject=answer, by=None, at=at, how=BECAUSE)
            note_not_sent(answer, at=at)


def write_removal(answer: Answer, *, at: datetime, by_hand: bool | None = None) -> ReplyRemoval:
    """Write the intent to take one reply down, once; by hand where the network leaves no other way."""
    item = answer.item
    standing = answer.removals.exclude(state__in=OVER).first()
    if standing is not None:
        return standing
    if by_hand is None:
        able = abilities_of(item.account).way("take_down") is Way.PROGRAM
        by_hand = answer.by_hand or answer.receipt is None or not able
    tries = answer.removals.count()
    removal = ReplyRemoval.objects.create(
        answer=answer,
        by_hand=by_hand,
        intent_key=intent_key(at=at, about=f"{item.federation_id}:reply_off:{answer.pk}:{tries}"),
        receipt=answer.receipt,
        written_at=at,
        state_at=at,
    )
    record("reply_removal.written", subject=removal, at=at, answer=answer.pk, by_hand=by_hand)
    if by_hand:
        _ask(REPLY_OFF, answer, at=at)
    else:
        lock, once = work.of_account("sending", item.account_id), work.of_row(ADVANCE, removal.pk)
        job = app.configure_task(ADVANCE, lock=lock, queueing_lock=once, priority=1)
        job.defer(federation_id=item.federation_id, removal_id=removal.pk)
    return removal


def follow_removal(removal: ReplyRemoval, *, at: datetime) -> None:
    """Apply a new state of a take-down to the reply; what the program couldn't take down, a person does."""
    answer = removal.answer
    again_soon(removal, task=ADVANCE, name="removal_id", account_id=answer.item.account_id)
    if removal.state == Intent.CONFIRMED:
        note_replies_gone(at=at, answers=[answer])
    elif removal.state in (Intent.ASKED, Intent.FAILED):
        if removal.state == Intent.ASKED:  # the program went wrong over it for hours
            move(removal, to=Intent.FAILED, moves=MOVES, at=at, because=removal.because)
        if removal.because == "sign_in":
            lose_connection(account=answer.item.account, at=at)
        write_removal(answer, at=at, by_hand=True)


@action
def reply_removed_by_hand(*, by: Person, at: datetime, answer: Answer) -> Answer:
    """Record that a person deleted a reply on the network's own pages. Raises NotAllowed; NotNow where no one
    was asked to."""
    answer.item = locked_item(answer.item_id)
    if not can(seeing.check_may_answer, by, answer.item, on=local_day(at)):
        seeing.check_may_hide(by, answer.item, on=local_day(at))
    if not answer.removals.filter(by_hand=True, state=Intent.WRITTEN).exists():
        raise NotNow(_("No one needs to delete this reply now."), _("Open it again to see its status."))
    note_replies_gone(at=at, answers=[answer], by=by)
    return answer


def _hide(words: WithdrawnWords, item: Item, *, at: datetime) -> None:
    """Hide a comment on our noticeboard, so that it waits to be checked once more; ask the moderators."""
    if words.hidden_at is not None:
        return
    hide_comment(key=item.network_id, at=at)
    WithdrawnWords.objects.filter(pk=words.pk).update(hidden_at=at)
    Item.every.filter(pk=item.pk).update(released=False)
    item.refresh_from_db(fields=["released"])
    follow_sight(item, at=at)
    record("item.name_hidden", subject=item, at=at)
    act = TakeDown.objects.select_related("withdrawal").get(pk=words.take_down_id)
    ask_moderators(NAME_OFF, item, at=at, due=_due(act))
    if act.withdrawal is not None and act.withdrawal.cause == Cause.KEPT_OFF:  # a lead alone lets it out
        for lead in leads_of(item, at=at) if item.locked_at is None else ():
            open_task(item, kind=NAME_OFF, at=at, person=lead, due=_due(act))


def _ask_to_look(answer: Answer, *, at: datetime) -> None:
    """Ask for it by a time, which what was asked before without one gets as well."""
    standing = Duty.objects.filter(kind=LOOK, subject=subject_of(answer), state__in=STILL_TO_DO)
    if standing.filter(due_at=None).exists():
        cancel(kind=LOOK, subject=answer, because=BECAUSE, at=at)
    _ask(LOOK, answer, at=at)


def _ask(kind: str, answer: Answer, *, at: datetime) -> None:
    """Ask the writer and the moderators there, within the federation's time."""
    due = _due(TakeDown.objects.filter(words_off__answer=answer).order_by("due_at").first())
    open_task(answer.item, subject=answer, kind=kind, at=at, person=answer.by, due=due)
    ask_moderators(kind, answer.item, at=at, due=due, subject=answer)


def _due(act: TakeDown | None) -> Due | None:
    return None if act is None or act.due_at is None else Due.at(act.due_at)


Connect = Callable[[Account], Network]


def advance(federation_id: int, removal_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance the take-down of one reply as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, removal_id, clock=clock)


def _spec(connect: Connect) -> DeliverySpec[ReplyRemoval]:
    return DeliverySpec(
        load=_load,
        may_start=lambda _row, _at: True,
        network_of=lambda row: row.answer.item.account.network,
        event="reply_removal",
        connect=lambda row: connect(row.answer.item.account),
        send=_send,
        wanted=lambda _row: NormalPost.of("", ()),
        removes=lambda _row: True,
        follow=lambda row, at: follow_removal(row, at=at),
    )


def _load(removal_id: int) -> ReplyRemoval:
    """Return the row, its comment locked first, as every action on a reply does."""
    row = seeing.reply_removal(removal_id)
    row.answer.item = seeing.locked_item(row.answer.item_id)
    return row


def _send(row: ReplyRemoval, network: Network) -> None:
    if row.ref is not None:
        network.take_down(row.ref)


LONGEST_WORDS, LONGEST_REACH = 3000, 200


def asked_of() -> dict[School, Account]:
    """Return by school the account to which parents’ requests belong: its noticeboard, or its first one."""
    rows = Account.objects.filter(state=AccountState.OPEN).exclude(school=None).order_by("-pk")
    ordered = sorted(rows.select_related("school", "federation"), key=lambda row: row.network == OURS)
    return {row.school: row for row in ordered if row.school is not None}


@action
def wish_down(
    *,
    at: datetime,
    account: Account,
    key: str,
    words: str,
    reach: str,
    cries_out: Callable[[], bool] = lambda: False,
) -> None:
    """Save what a stranger wants taken down, in their own words where they wrote any. `key`: of the post on
    the noticeboard, or empty.

    Raises BadInput (`words`, `reach`), NotNow where too many wait.
    """
    words, reach = words.strip(), reach.strip()
    deliveries = Delivery.objects.select_related("post", "account__school")
    sent = deliveries.filter(intent_key=key).first() if key else None
    post, account = (sent.post, sent.account) if sent else (None, account)
    wrong = {}
    if not words and post is None:
        wrong["words"] = _("Say which picture or name it is, or paste the post’s link.")
    elif len(words) > LONGEST_WORDS:
        wrong["words"] = _("Shorten it to 3,000 characters.")
    if len(reach) > LONGEST_REACH:
        wrong["reach"] = _("Shorten it to 200 characters.")
    if wrong:
        raise BadInput(wrong)
    waiting = Item.every.filter(
        account=account, state=ItemState.OPEN, private=True, pasted_by=None, network_id__startswith=PASTED
    ).count()
    if is_full(waiting, cries_out):
        raise NotNow(_("Many requests are already waiting here."), _("Ring or write to the school instead."))
    lines = [words or gettext("Please take this picture down.")]
    if reach:
        lines.append(gettext("How to reach me: {reach}").format(reach=reach))
    key_here = uuid.uuid4().hex
    given = IncomingItem(
        network=account.network, ref=Ref(account.network, f"{PASTED}{key_here}"),
        author=Author(f"{WISH}{key_here}", ""), text="\n\n".join(lines), created_at=at,
        attachments=(), visibility="private",
    )  # fmt: skip
    ingest(at=at, account=account, items=[given], post=post, pasted=Pasted(None, ItemKind.MESSAGE))
