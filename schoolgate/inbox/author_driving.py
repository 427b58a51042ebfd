"""What the driver of intents needs to block the author of a comment, end a block, or report a comment."""

from __future__ import annotations

from collections.abc import Callable

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import scope
from schoolgate.inbox import queries
from schoolgate.inbox.actions.authors import follow_author_step
from schoolgate.inbox.author_models import AuthorStep
from schoolgate.inbox.moderating import as_the_network_has_it
from schoolgate.inbox.states import AuthorStepKind
from schoolgate.networks import driving
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import IncomingItem, Network, NetworkError

Connect = Callable[[Account], Network]
REASONS = {
    "spam": "spam",
    **dict.fromkeys(("hateful", "bullying", "improper"), "rude"),
    **dict.fromkeys(("child", "adult"), "violation"),
}
"""A moderator's reason -> the reason that networks are given; all others are told as "other"."""


def advance(federation_id: int, step_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one step about an author as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect, federation_id), federation_id, step_id, clock=clock)


def _spec(connect: Connect, federation_id: int) -> DeliverySpec[AuthorStep]:
    return DeliverySpec(
        load=_load,
        may_start=lambda row, _at: not row.waits_for_another,
        network_of=lambda row: row.account.network,
        event="author_step",
        connect=lambda row: connect(row.account),
        send=lambda row, network: _send(row, network, federation_id),
        wanted=lambda _row: NormalPost.of("", ()),
        removes=lambda _row: True,
        still_there=_not_answered,
        follow=lambda row, at: follow_author_step(row, at=at),
    )


def _load(step_id: int) -> AuthorStep:
    """Return the row, its comment locked first, as every action on a comment does."""
    row = queries.author_step(step_id)
    row.item = queries.locked_item(row.item_id)
    return row


def _send(row: AuthorStep, network: Network, federation_id: int) -> None:
    given = as_the_network_has_it(row.item)
    if row.how == AuthorStepKind.BLOCK:
        network.block(given.author, intent_key=row.intent_key, at=row.written_at)
    elif row.how == AuthorStepKind.UNBLOCK:
        network.unblock(given.author, block_key=row.ends.intent_key if row.ends else "")
    else:
        number = _report(row, given, network)
        with scope(federation_id):
            AuthorStep.objects.filter(pk=row.pk).update(number=number)
        row.number = number
    row.answered = True  # type: ignore[attr-defined]


def _report(row: AuthorStep, given: IncomingItem, network: Network) -> str:
    """Return the network's number. A report whose outcome is not known is not sent again: a person looks."""
    try:
        return network.report(given, reason=REASONS.get(row.reason, "other"))[:100]
    except NetworkError as error:
        if error.outcome_unknown:
            raise NetworkError(error.code, what_next="give_up", detail=error.detail) from error
        raise


def _not_answered(row: AuthorStep, _network: Network) -> bool:
    """Return whether the network has yet to answer: only its own answer shows that it was done. A worker that
    died may have blocked already, which is done again; a report is not."""
    if getattr(row, "answered", False):
        return False
    if row.how == AuthorStepKind.REPORT:
        raise NetworkError("no_proof", what_next="give_up")
    return True
