"""Poll a network for new items of an account: read outside any transaction, store in one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from schoolgate.accounts.connecting import abilities_of, client_for, keep_session, lose_connection, note_read
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.inbox.actions import ingest, note_gone
from schoolgate.inbox.actions.reaching import note_replies_gone
from schoolgate.inbox.duty_kinds import RECONNECT
from schoolgate.inbox.looking_after import who_looks_after
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.sight import only_by_hand
from schoolgate.networks.capabilities import OURS, Way, all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.noticeboard.models import CommentState, NoticeboardComment
from schoolgate.networks.port import IncomingItem, Network, NetworkError, Ref
from schoolgate.publishing.models import Delivery, Purpose

Connect = Callable[[Account], Network]
LIVE_FOR = timedelta(days=60)
"""The program no longer reads posts older than this on other networks; comments on them are then not seen."""
FRESH_FOR = timedelta(days=14)
"""Posts younger than this are read in every round, older ones once an hour, spread over its minutes: a
network counts requests."""
MOST_POSTS = 500
MINUTES = 60
MOST_ASKED = 20
"""Replies of ours that are asked for in one round because they aren't shown where they should be. Each has
its quarter of the hour, so that one that is there, but not shown, isn't asked for all the time."""
EACH = 15
"""Minutes between two readings of an account on a network that counts the calls of the whole application."""
LONGEST = timedelta(minutes=3)
"""How long reading one account may take by default."""
OVERLAP = timedelta(hours=1)
"""How far before the last successful reading the next one starts: networks show things late and out of
order."""


@dataclass(frozen=True)
class _Round:
    account: Account
    copies: list[Delivery]
    since: datetime | None


def networks() -> list[str]:
    """Return the networks that the program reads automatically, on some only the accounts that are
    connected."""
    return [
        key for key, can in all_capabilities().items() if can.connected().way("read_replies") is Way.PROGRAM
    ]


def reads(account: Account) -> bool:
    """Return whether the program reads this account automatically."""
    return abilities_of(account).way("read_replies") is Way.PROGRAM


def its_turn(account: Account, at: datetime) -> bool:
    """Return whether it is read in the round of this minute: where the operator's application is used, its
    calls are counted for all accounts together."""
    counted = all_capabilities()[account.network].with_app is not None
    return reads(account) and (not counted or (account.pk + at.minute) % EACH == 0)


def poll(
    federation_id: int,
    account_id: int,
    *,
    clock: Callable[[], datetime],
    connect: Connect = client_for,
    limit: timedelta = LONGEST,
) -> None:
    """Read the new items of one account and store them; safe to run twice, or to be killed at any point.

    A network that cannot be read leaves everything unchanged; keys that are rejected open a task. If it is so
    slow that `limit` is over, what was read until then is stored, and the next round begins elsewhere; that
    does not count as a good reading.
    """
    began = clock()
    with scope(federation_id):
        reading = _round(account_id, at=began)
    if reading is None:
        return
    found: list[tuple[Delivery, list[IncomingItem]]] = []
    elsewhere: list[IncomingItem] = []
    whole = True
    try:
        network = connect(reading.account)
        for copy in reading.copies:
            whole = clock() - began <= limit
            if not whole:
                break
            found.append((copy, _under(network, copy)))
        if whole:
            elsewhere = network.mentions(reading.since)
        gone = _gone(federation_id, network, found)
        lost = _lost(federation_id, network, found, at=began)
        keep_session(reading.account, network)
    except NetworkError as error:
        with scope(federation_id):
            _trouble(reading.account, error, at=clock())
        return
    at = clock()
    with scope(federation_id):
        for copy, items in found:
            ingest(at=at, account=reading.account, items=items, post=copy.post, root=copy.ref)
        under_ours = {item.ref.id for _, items in found for item in items}
        others = [item for item in elsewhere if item.ref.id not in under_ours]
        ingest(at=at, account=reading.account, items=others)
        note_gone(at=at, items=gone)
        note_replies_gone(at=at, answers=lost)
        if whole:
            note_read(account=reading.account, at=at)
        discharge(kind=RECONNECT, subject=reading.account, by=None, at=at, how="read_again")


def _round(account_id: int, *, at: datetime) -> _Round | None:
    account = Account.objects.select_related("school", "federation").filter(pk=account_id).first()
    if account is None or account.state != AccountState.OPEN:
        return None
    if not reads(account):
        return None
    live = (
        Delivery.objects.filter(
            account=account,
            purpose=Purpose.PUBLISH,
            state=Intent.CONFIRMED,
            by_hand=False,
            state_at__gte=at - LIVE_FOR,
        )
        .exclude(take_downs__state=Intent.CONFIRMED)
        .select_related("post__school")
        .order_by("-id")[:MOST_POSTS]
    )
    last = account.last_good_read_at
    due = [copy for copy in live if _is_due(copy, at)]
    due += [copy for copy in _unread_on_our_board(account, last) if copy not in due]
    first = int(at.timestamp()) // 60 % len(due) if due else 0
    return _Round(account, due[first:] + due[:first], last - OVERLAP if last else None)


def _unread_on_our_board(account: Account, last: datetime | None) -> list[Delivery]:
    """Return the posts on our own page below which someone has written what the inbox doesn't have yet,
    however old they are, and also where they were taken down since: reading there costs no one anything."""
    if account.network != OURS:
        return []
    known = Item.every.filter(account=account, network_id=OuterRef("key"))
    rows = NoticeboardComment.objects.filter(~Exists(known), ours=False, post__school=account.school_id)
    if last is not None:
        rows = rows.filter(written_at__gte=last - OVERLAP)
    keys = rows.exclude(state=CommentState.REMOVED).values("post__key")
    copies = Delivery.objects.filter(account=account, purpose=Purpose.PUBLISH, intent_key__in=keys)
    return list(copies.select_related("post__school").order_by("pk")[:MOST_POSTS])


def _is_due(copy: Delivery, at: datetime) -> bool:
    """Return whether a copy is read in the round of this minute."""
    return at - copy.state_at <= FRESH_FOR or (copy.pk + at.minute) % MINUTES == 0


def _under(network: Network, copy: Delivery) -> list[IncomingItem]:
    """Return the replies below one copy; nothing if the network no longer has the copy itself."""
    ref = copy.ref
    if ref is None:
        return []
    try:
        return network.replies(ref)
    except NetworkError as error:
        if error.code == "not_found":
            return []
        raise


def _gone(
    federation_id: int, network: Network, found: list[tuple[Delivery, list[IncomingItem]]]
) -> list[Item]:
    """Return the items that we know below these copies and that the network, asked once more, no longer
    has. It never had what only came in by hand."""
    shown = {item.ref.id for _, items in found for item in items}
    with scope(federation_id):
        known = Item.every.filter(
            post_id__in=[copy.post_id for copy, _ in found], gone_at=None, destroyed_at=None
        )
        known = known.filter(account_id__in={copy.account_id for copy, _ in found})
        missing = {
            item.network_id: item for item in known.exclude(network_id__in=shown) if not only_by_hand(item)
        }
    if not missing:
        return []
    again = network.look_again([Ref.from_json(item.ref) for item in missing.values()])
    return [item for key, item in missing.items() if key in again and again[key] is None]


def _lost(
    federation_id: int,
    network: Network,
    found: list[tuple[Delivery, list[IncomingItem]]],
    *,
    at: datetime,
) -> list[Answer]:
    """Return our replies below these copies that the network no longer shows there and, asked for each of
    them, no longer has. Only what is missing is asked for."""
    if not network.capabilities.proves_absence:
        return []
    shown = {item.ref.id for _, items in found for item in items}
    with scope(federation_id):
        ours = Answer.objects.filter(
            state=Intent.CONFIRMED, by_hand=False, gone_at=None, item__destroyed_at=None,
            item__account__in={copy.account_id for copy, _ in found},
            item__post__in=[copy.post_id for copy, items in found if items],
        )  # fmt: skip
        refs = [(answer, ref) for answer in ours.order_by("pk") if (ref := answer.ref) is not None]
    quarter = at.minute // EACH
    missing = [
        (answer, ref)
        for answer, ref in refs
        if ref.id not in shown and (answer.pk + quarter) % (MINUTES // EACH) == 0
    ]
    lost = []
    with suppress(NetworkError):  # what was read is stored all the same; the rest is asked for in an hour
        for answer, ref in missing[:MOST_ASKED]:
            if network.read_back(ref) is None:
                lost.append(answer)
    return lost


def _trouble(account: Account, error: NetworkError, *, at: datetime) -> None:
    """Open a task to renew keys that are rejected; anything else is tried again at the next round."""
    if error.what_next != "reconnect":
        return
    if error.code == "sign_in":
        lose_connection(account=account, at=at)
    looking = who_looks_after(account, at=at)
    open_duty(
        kind=RECONNECT,
        subject=account,
        at=at,
        due=Due.none_promised(),
        school=account.school,
        account=account.pk,
        **looking.asked(),
    )
