"""Replies: asked about while written, sent or an item closed without one, their outcome settled."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts import addresses
from schoolgate.accounts.connecting import abilities_of, client_for
from schoolgate.accounts.models import Account
from schoolgate.accounts.opening_facts import check_speaks
from schoolgate.core import work
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words
from schoolgate.core.moves import check_may_still_undo, done_before, move
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import discharge, reopen
from schoolgate.inbox import beside, first_read, seeing
from schoolgate.inbox.duty_kinds import (
    ANSWER,
    BY_HAND,
    FAILED,
    GIVEN,
    LOOK,
    NAME_OFF,
    NO_PICTURE,
    READ,
    READ_AGAIN,
    TAKE_DOWN,
)
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.judged import asks_first, relation_of
from schoolgate.inbox.messaging import ALONE
from schoolgate.inbox.models import (
    GRAVE,
    ITEM_MOVES,
    Answer,
    CloseReason,
    DueWords,
    Item,
    ItemState,
    Moderation,
    Relation,
    Sight,
    WhyKeptBack,
)
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.reaching import note_arrived, note_not_sent
from schoolgate.inbox.removals import BEFORE, removal_facts
from schoolgate.inbox.reply_facts import QUESTIONS, REMOVAL_QUESTIONS, answer_facts, leaving, reply_is_held
from schoolgate.inbox.seeing import locked_item
from schoolgate.inbox.sight import way_to_reply
from schoolgate.inbox.taking_off import must_go, step_off
from schoolgate.inbox.telling import note_read
from schoolgate.networks import driving
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.handshake import MOVES, STANDING, Intent
from schoolgate.networks.port import Network, OutgoingReply, Receipt, Ref, intent_key
from schoolgate.people.models import Person
from schoolgate.people.reading_words import may_be_a_childs
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.asking import answered, record_decision, require, verdict
from schoolgate.policy.permitting import end_requests
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.ready import blanks_in
from schoolgate.publishing.rules import check_text
from schoolgate.publishing.sending import may_begin
from schoolgate.rulebook import Decision
from schoolgate.triage import URGENT

OWED = frozenset({DueWords.INSTANT, DueWords.DAY, DueWords.NONE_PROMISED})


def judged_answer(
    item: Item,
    *,
    by: Person,
    at: datetime,
    said: Mapping[str, Any],
    acknowledges_only: bool = False,
    text: str = "",
) -> Decision:
    """Return what the policy in force says about the current reply. Advice: it is not saved.

    `said`: by the names of `reply_facts.QUESTIONS`; a name that is missing is not said.
    """
    facts = answer_facts(item, by=by, at=at, acknowledges_only=acknowledges_only, said=said, text=text)
    return verdict("item.answer", facts, on=local_day(at))


def still_asked(decision: Decision) -> list[str]:
    """Return the names of the questions that the decision waits for, in the order of QUESTIONS."""
    needs = {
        need.what for finding in decision.findings if not finding.overridden_by for need in finding.needs
    }
    return [name for name in QUESTIONS if name in needs]


def asked_of(
    item: Item,
    *,
    by: Person,
    at: datetime,
    said: Mapping[str, Any],
    acknowledges_only: bool = False,
    text: str = "",
) -> tuple[Decision, list[str]]:
    """Return the policy's decision on the reply, and the questions to show: those it waits for and, so that
    an answer can be changed, those already answered."""
    shown: set[str] = set()
    told: dict[str, Any] = {}
    while True:
        decision = judged_answer(
            item, by=by, at=at, said=told, acknowledges_only=acknowledges_only, text=text
        )
        asked = still_asked(decision)
        shown |= set(asked)
        more = {name: said[name] for name in asked if said.get(name) not in (None, "")}
        if not more.keys() - told.keys():
            return decision, [name for name in QUESTIONS if name in shown]
        told |= more


def receipt_counts(item: Item, *, by: Person, at: datetime) -> bool | None:
    """Return whether confirming receipt is an answer by this policy; None where no answer is required."""
    decision = judged_answer(item, by=by, at=at, said={}, acknowledges_only=True)
    if decision.points["what_counts"] == "permitted":
        return True
    return False if item.due_words in OWED else None


def still_asked_of_removal(
    item: Item, *, by: Person, at: datetime, how: str, reason: str, said: Mapping[str, Any]
) -> list[str]:
    """Return the names of the questions that the policy waits for before a comment is hidden or removed; none
    where no answer would allow it."""
    facts = removal_facts(item, by=by, at=at, how=how, reason=reason, said=said)
    decision = verdict("item.remove", facts, on=local_day(at))
    if any(decision.points[point] == "not_permitted" for point in BEFORE):
        return []
    needs = {need.what for finding in decision.findings if finding.stands for need in finding.needs}
    needs |= _asked_of_author(item, by=by, at=at, how=how, reason=reason, said=said)
    return [name for name in REMOVAL_QUESTIONS if name in needs]


def _asked_of_author(
    item: Item, *, by: Person, at: datetime, how: str, reason: str, said: Mapping[str, Any]
) -> set[str]:
    """Return what to ask where the policy has a parent asked first: who wrote it, and whether it goes
    nevertheless."""
    if how != Sight.REMOVED or reason in GRAVE or not book_in_scope().bound("parent.approach"):
        return set()
    relation = said.get("relation") or relation_of(item)
    if not relation:
        return {"relation"}
    first = asks_first(item, how=how, reason=reason, relation=relation, by=person_key(by.pk), at=at)
    open_here = first is not None and first.points["asked_to_take_down"] == "refer"
    return {"without_asking"} if open_here and "without_asking" not in said else set()


ADVANCE, SHOW = "answering.advance", "moderating.advance"


@action
def write_answer(
    *,
    by: Person,
    at: datetime,
    item: Item,
    text: str,
    version: str,
    said: Mapping[str, Any] | None = None,
    acknowledges_only: bool = False,
    language: str = "en",
    below_post: bool = False,
    after: int | None = None,
) -> Answer:
    """Answer an item; the policy is asked whether this answer may go out, and the network gets it by the
    handshake.

    `version`: of the item, as it was shown. `said`: by the names of `reply_facts.QUESTIONS`.
    `below_post`: a notice to all readers, sent below the post. `after`: the last reply that its writer saw, 0
    for none; None where that isn't known. Raises NotAllowed, BadInput on `text`, NotNow (its author edited
    it, a colleague is answering or has answered, this was sent already, posting is stopped), Refused,
    WordsHeld.
    """
    seeing.check_may_answer(by, item, on=local_day(at))
    _check_may_go(item, at=at)
    if version != item.version:
        raise NotNow(
            _("The author has edited this since you opened it."), _("Read it again before you reply.")
        )
    found = abilities_of(item.account)
    if found.way("reply") is Way.NO:
        raise NotNow(
            _("Replies aren’t possible on this network."), _("Reply another way, then close it here.")
        )
    check_text(text, field="text", capabilities=found)
    _check_filled(text)
    check_words(leaving(item, text), by=by, at=at)
    facts = answer_facts(item, by=by, at=at, acknowledges_only=acknowledges_only, said=said or {}, text=text)
    kept = record_decision("item.answer", facts, at=at, by=by, subject=item)
    require(kept)
    _check_not_alone(item, by=by, at=at, relation=(said or {}).get("to_relation"))
    move(item, to=ItemState.ANSWERING, moves=ITEM_MOVES, at=at)
    _check_not_replied(item, text, after=after)
    end_requests(at=at, about=item, by=by)
    _settle_failed(item, by=by, at=at, how="written_again")
    by_hand = way_to_reply(item) is Way.HAND
    tries = item.answers.count()
    answer = Answer.objects.create(
        item=item,
        item_version=version,
        by=by,
        text=text,
        language=language,
        acknowledges_only=acknowledges_only,
        stops_the_clock=counts(answered(kept), acknowledges_only=acknowledges_only),
        below_post=below_post,
        decision=kept.pk,
        intent_key=intent_key(at=at, about=f"{item.federation_id}:inbox:{item.pk}:{tries}"),
        by_hand=by_hand,
        written_at=at,
        state_at=at,
    )
    record(
        "answer.written",
        subject=answer,
        at=at,
        actor=by,
        clauses=kept.clauses,
        decision=kept.pk,
        item=item.pk,
    )
    beside.replied(answer, by=by, at=at)
    if by_hand:
        open_task(item, subject=answer, kind=BY_HAND, at=at, person=by)
    else:
        _defer(ADVANCE, item, answer.pk, answer_id=answer.pk)
    return answer


def _check_may_go(item: Item, *, at: datetime) -> None:
    """Raise NotNow where nothing may be sent about this item now."""
    first_read.check_no_danger(item)
    seeing.check_not_stopped(item, at=at)
    check_speaks(item.account, on=local_day(at))


def _check_not_alone(item: Item, *, by: Person, at: datetime, relation: str | None) -> None:
    """House rule, whatever a policy leaves open: a pupil who writes in private, or who may be one by their
    words, is answered by a safeguarding lead, and who wrote is said first. Raises NotNow, BadInput."""
    if not item.private or leads_at(by, item.school_id, on=local_day(at)):
        return
    if not relation:
        raise BadInput({"said-to_relation": _("Say who wrote to you.")})
    if relation == Relation.PUPIL:
        raise NotNow(ALONE, _("Write to the pupil’s parents, or ask a safeguarding lead to reply."))
    texts = item.versions.values_list("text", flat=True)
    if any(may_be_a_childs(text, of_danger=item.lane in URGENT) for text in texts):
        raise NotNow(
            _("These words may be a child’s. {rule}").format(rule=ALONE),
            _("Ask a safeguarding lead to reply, whatever was entered about the writer."),
        )


def _check_not_replied(item: Item, text: str, *, after: int | None) -> None:
    """Raise NotNow where this very reply stands already, or one that its writer hasn't seen: then the page on
    which it was written is an old one."""
    standing = list(item.answers.filter(state__in=sorted(STANDING)).order_by("-pk"))
    for each in standing:
        if each.text.strip() == text.strip():
            raise done_before(item, _("This reply has already been sent."), made=each)
    if standing and after is not None and standing[0].pk != after:
        raise NotNow(
            _("Someone replied while you were writing."),
            _("Read their reply, then decide whether to add yours."),
        )


@action
def show_and_answer(*, by: Person, at: datetime, item: Item, version: str, **reply: Any) -> Answer:
    """Show a comment that people can't read and reply to it (`reply` as `write_answer` takes it): both, or
    neither. Raises as `moderate` and `write_answer` do."""
    shown = moderate(by=by, at=at, item=item, how=Sight.SHOWN, version=version)
    _defer(SHOW, item, shown.pk, moderation_id=shown.pk)
    return write_answer(by=by, at=at, item=item, version=version, **reply)


def _defer(task: str, item: Item, pk: int, **ids: int) -> None:
    """Have the worker take it up now, after what is being sent from this account already."""
    lock, once = work.of_account("sending", item.account_id), work.of_row(task, pk)
    app.configure_task(task, lock=lock, queueing_lock=once).defer(federation_id=item.federation_id, **ids)


def _check_filled(text: str) -> None:
    """Raise BadInput where a blank of a text for replies isn't filled in."""
    left = blanks_in(text)
    if left:
        named = ", ".join(f"{{{name}}}" for name in left)
        raise BadInput({"text": format_lazy(_("Fill in the blanks first: {blanks}"), blanks=named)})


def counts(decision: Decision, *, acknowledges_only: bool) -> bool:
    """Return whether this answer ends the obligation: a full one does; one that only confirms receipt where
    the policy says so."""
    if not acknowledges_only:
        return True
    return decision.points["what_counts"] == "permitted"


@action
def answer_done_by_hand(*, by: Person, at: datetime, answer: Answer, address: str = "") -> Answer:
    """Record that a person replied on the network's own pages."""
    answer.item = locked_item(answer.item_id)
    seeing.check_may_answer(by, answer.item, on=local_day(at))
    if not answer.by_hand:
        raise NotNow(_("Schoolgate does this automatically."), _("Open it again to see its status."))
    tidy = address.strip()
    if tidy and (not tidy.startswith("https://") or len(tidy) > 500):
        raise BadInput({"address": _("Paste the whole link, starting with https://")})
    _check_its_link(answer, tidy)
    receipt = Ref(network=answer.item.account.network, id=tidy, address=tidy).to_json() if tidy else None
    move(answer, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=answer.attempts + 1)
    move(answer, to=Intent.CONFIRMED, moves=MOVES, at=at, receipt=receipt, because="by_hand")
    discharge(kind=BY_HAND, subject=answer, by=by, at=at, how="by_hand")
    record("answer.confirmed", subject=answer, at=at, actor=by, because="by_hand", item=answer.item_id)
    follow_answer(answer, at=at)
    return answer


def _check_its_link(answer: Answer, address: str) -> None:
    """Raise BadInput where a pasted link is on another network, the comment's own, or another reply's."""
    network, shown = answer.item.account.network, addresses.read(address) if address else None
    if shown is not None and network in addresses.HOSTS and shown.network != network:
        name = all_capabilities()[network].name
        raise BadInput(
            {"address": format_lazy(_("Paste the link to your reply on {network}."), network=name)}
        )
    if address and address == answer.item.where.address:
        raise BadInput({"address": _("This is the link to the comment. Paste your reply’s own link.")})
    if address and Answer.objects.filter(receipt__address=address).exclude(pk=answer.pk).exists():
        raise BadInput(
            {"address": _("This link is already saved for another reply. Paste this reply’s own link.")}
        )


@action
def close_item(*, by: Person, at: datetime, item: Item, reason: str) -> Item:
    """Close an item without a reply, with one of `CloseReason`. Raises NotAllowed, BadInput, NotNow."""
    seeing.check_may_answer(by, item, on=local_day(at))
    beside.check_may_close(by, item, on=local_day(at))
    if reason not in CloseReason.values:
        raise BadInput({"reason": _("Choose why no reply is needed.")})
    first_read.check(item)
    move(item, to=ItemState.CLOSED, moves=ITEM_MOVES, at=at, close_reason=reason)
    discharge(
        kind=(ANSWER, READ, READ_AGAIN, TAKE_DOWN, NAME_OFF, NO_PICTURE, GIVEN),
        subject=item,
        by=by,
        at=at,
        how=reason,
    )
    note_read(by=by, at=at, item=item, how=reason)
    _settle_failed(item, by=by, at=at, how="closed")
    end_requests(at=at, about=item, by=by)
    record("item.closed", subject=item, at=at, actor=by, reason=reason, decision=item.decision)
    return item


@action
def say_how_the_answer_stands(*, by: Person, at: datetime, answer: Answer, there: bool) -> Answer:
    """Record what a person saw on the network: the answer is there or not. It settles what no program can
    prove."""
    answer.item = locked_item(answer.item_id)
    seeing.check_may_answer(by, answer.item, on=local_day(at))
    to = Intent.CONFIRMED if there else Intent.FAILED
    because = "seen_by_person" if there else "not_there"
    move(answer, to=to, moves=MOVES, at=at, because=because)
    discharge(kind=LOOK, subject=answer, by=by, at=at, how=because)
    record(f"answer.{to}", subject=answer, at=at, actor=by, because=because, item=answer.item_id)
    follow_answer(answer, at=at)
    return answer


@action
def take_back_answer(*, by: Person, at: datetime, answer: Answer) -> Answer:
    """Withdraw an answer that was not sent yet, so that another can be written.

    Raises NotAllowed; NotNow where it is on its way already.
    """
    seeing.check_may_answer(by, answer.item, on=local_day(at))
    move(answer, to=Intent.CANCELLED, moves=MOVES, at=at, because="taken_back")
    discharge(kind=BY_HAND, subject=answer, by=by, at=at, how="taken_back")
    move(answer.item, to=ItemState.OPEN, moves=ITEM_MOVES, at=at)
    record("answer.cancelled", subject=answer, at=at, actor=by, because="taken_back", item=answer.item_id)
    return answer


def _settle_failed(item: Item, *, by: Person, at: datetime, how: str) -> None:
    """End the task about a failed reply once another is written, or none is needed any more."""
    for answer in item.answers.filter(state=Intent.FAILED):
        discharge(kind=FAILED, subject=answer, by=by, at=at, how=how)


def follow_answer(answer: Answer, *, at: datetime) -> None:
    """Apply a reply's new state to the item and to the task of replying."""
    item = answer.item
    if answer.state == Intent.CONFIRMED:
        note_arrived(answer, at=at)
    elif answer.state == Intent.FAILED:
        note_not_sent(answer, at=at)
    elif answer.state in (Intent.ASKED, Intent.DIFFERENT):
        open_task(item, subject=answer, kind=LOOK, at=at, person=answer.by)
    if must_go(answer):
        step_off(answer, at=at)


@action
def open_closed_item(*, by: Person, at: datetime, item: Item) -> Item:
    """Reopen an item that was closed a moment ago: its duties are open again, with the same deadline.

    Raises NotAllowed; NotNow where it is not closed, or was closed too long ago.
    """
    seeing.check_may_answer(by, item, on=local_day(at))
    if item.state == ItemState.CLOSED:
        check_may_still_undo(item.state_at, at=at)
    _open_again(item, by=by, at=at)
    return item


def _open_again(item: Item, *, by: Person, at: datetime) -> None:
    closed_at = item.state_at
    move(item, to=ItemState.OPEN, moves=ITEM_MOVES, at=at, close_reason="")
    reopen(subjects=[item, *item.answers.all()], ended_at=closed_at, by=by, at=at)
    record("item.reopened", subject=item, at=at, actor=by)


def follow_spam(moderation: Moderation, item: Item, *, by: Person, at: datetime) -> None:
    """Close what was hidden or deleted as spam, which needs no reply, where this person may close it; reopen
    it once it is shown again after all."""
    is_closed = item.state == ItemState.CLOSED and item.close_reason == CloseReason.SPAM
    if moderation.how == Sight.SHOWN and is_closed:
        _open_again(item, by=by, at=at)
    elif moderation.reason == WhyKeptBack.SPAM and item.state == ItemState.OPEN:
        with suppress(NotAllowed, NotNow):
            close_item(by=by, at=at, item=item, reason=CloseReason.SPAM)


Connect = Callable[[Account], Network]


def advance(federation_id: int, answer_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one answer as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, answer_id, clock=clock)


def outgoing(answer: Answer) -> OutgoingReply:
    """Return what the network will receive."""
    there = answer.item.where
    root = Ref.from_json(answer.item.root) if answer.item.root else there
    parent = root if answer.below_post else there
    return OutgoingReply(
        intent_key=answer.intent_key,
        text=answer.text,
        created_at=answer.written_at,
        parent=parent,
        root=root,
        languages=(answer.language,),
    )


def _spec(connect: Connect) -> DeliverySpec[Answer]:
    return DeliverySpec(
        load=_load,
        may_start=_may_start,
        network_of=lambda answer: answer.item.account.network,
        event="answer",
        connect=lambda answer: connect(answer.item.account),
        send=_send,
        wanted=lambda answer: outgoing(answer).normal(),
        removes=lambda _: False,
        follow=lambda answer, at: follow_answer(answer, at=at),
    )


def _load(answer_id: int) -> Answer:
    """Return the row, its item locked first: whether people can read it mustn't change meanwhile."""
    row = seeing.answer(answer_id)
    row.item = seeing.locked_item(row.item_id)
    return row


def _may_start(answer: Answer, at: datetime) -> bool:
    """Apply the rule for posts; an answer to words that changed meanwhile is not sent either, nor one from
    before the item was locked: then the safeguarding leads decide what is said."""
    item = answer.item
    if item.locked_at is not None and answer.written_at < item.locked_at:
        outdated = "locked"
    else:
        outdated = "" if item.version == answer.item_version else "changed"
    if not outdated and reply_is_held(item, answer.text, at=at):
        outdated = "words_held"
    return may_begin(
        answer,
        account_id=item.account_id,
        school_id=item.school_id,
        at=at,
        event="answer",
        follow=lambda row, instant: follow_answer(row, at=instant),
        outdated=outdated,
        item=item.pk,
    )


def _send(answer: Answer, network: Network) -> Receipt:
    return network.reply(outgoing(answer))
