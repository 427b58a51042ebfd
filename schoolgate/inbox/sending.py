"""What the driver of intents needs from answers."""

from collections.abc import Callable
from datetime import datetime

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.inbox import queries
from schoolgate.inbox.actions.answering import follow_answer
from schoolgate.inbox.models import Answer
from schoolgate.inbox.shown_words import reply_is_held
from schoolgate.networks import driving
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.port import Network, OutgoingReply, Receipt, Ref
from schoolgate.publishing.going_out import may_begin

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
    row = queries.answer(answer_id)
    row.item = queries.locked_item(row.item_id)
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
