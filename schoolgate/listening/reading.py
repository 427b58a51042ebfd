"""Search one place of a watch: read outside any transaction, stored in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.connecting import client_for, keep_session
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.clock import local_day
from schoolgate.core.outside.feeds import Feed, NoFeed, read_feed
from schoolgate.core.outside.pages import Answer, CannotRead
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.inbox.came_in import in_words
from schoolgate.inbox.models import Item
from schoolgate.listening.actions.finding import Found, keep_found, note_trouble
from schoolgate.listening.feeds import FEEDS
from schoolgate.listening.models import Source
from schoolgate.listening.rules import is_running
from schoolgate.listening.states import How, Trouble
from schoolgate.listening.words import mentions
from schoolgate.networks.port import IncomingItem, Network, NetworkError
from schoolgate.screening.folding import simple

Connect = Callable[[Account], Network]
Fetch = Callable[[str], Answer]
OVERLAP: Final = timedelta(hours=3)
"""How far before the last good reading a search starts: networks show things late and out of order."""
BEFORE: Final = timedelta(days=7)
"""How long before a watch was made something may have been written: older things are no news."""
_TROUBLES: Final = {
    "sign_in": Trouble.KEYS,
    "not_allowed": Trouble.RIGHTS,
    "too_few_rights": Trouble.RIGHTS,
    "not_offered": Trouble.REFUSED,
    "refused": Trouble.REFUSED,
    "not_found": Trouble.REFUSED,
}
_NO_FEED: Final = frozenset({"no_page", "unreadable", "not_there", "bad_address"})


def fetch_feed(address: str) -> Answer:
    """Fetch a feed from the open web. Raises CannotRead, and RuntimeError inside a scope."""
    if in_scope():
        raise RuntimeError("a feed is not fetched inside a transaction")
    return FEEDS.fetch(address)[-1]


@dataclass(frozen=True)
class _Round:
    source: Source
    since: datetime
    ours: frozenset[str]
    """The handles of our own accounts, as they are compared."""


def read_source(
    federation_id: int,
    source_id: int,
    *,
    clock: Callable[[], datetime],
    connect: Connect = client_for,
    fetch: Fetch = fetch_feed,
) -> None:
    """Search one place and store what is new; safe to run twice, or to be killed at any point.

    A place that can't be read leaves everything unchanged but the note of it. Raises RuntimeError inside a
    scope: nothing is fetched inside a transaction.
    """
    began = clock()
    with scope(federation_id):
        reading = _round(source_id, at=began)
    if reading is None:
        return
    source, title, how = reading.source, "", How.NETWORK
    try:
        if source.account is not None:
            found = _searched(reading, connect(source.account))
        else:
            feed = _feed_of(fetch(source.address))
            found, title, how = _entries(reading, feed), feed.title, How.FEED
    except NetworkError as error:
        _note(federation_id, source, _TROUBLES.get(error.code, Trouble.AWAY), at=clock())
        return
    except NoFeed:
        _note(federation_id, source, Trouble.NO_FEED, at=clock())
        return
    except CannotRead as error:
        trouble = Trouble.NO_FEED if error.why in _NO_FEED else Trouble.AWAY
        _note(federation_id, source, trouble, at=clock())
        return
    with scope(federation_id):
        known = _in_the_inbox(found)
        new = [one for one in found if one.ref is None or one.ref.get("id") not in known]
        keep_found(at=clock(), source=source, found=new, how=how, title=title)


def _round(source_id: int, *, at: datetime) -> _Round | None:
    """Return what to search, None where the watch or the account has ended meanwhile."""
    rows = Source.objects.select_related("watch__federation", "watch__decision", "watch__school", "watch__by")
    source = rows.select_related("account__school", "account__federation").filter(pk=source_id).first()
    if source is None or not is_running(source.watch, on=local_day(at)):
        return None
    if source.account is not None and source.account.state != AccountState.OPEN:
        return None
    first = source.watch.at - BEFORE
    since = max(first, source.read_at - OVERLAP) if source.read_at else first
    handles = open_accounts().exclude(handle="").values_list("handle", flat=True)
    return _Round(source, since, frozenset(simple(one) for one in handles))


def _searched(reading: _Round, network: Network) -> list[Found]:
    """Return what the network finds for each phrase that really contains it; nothing of ours."""
    source, found = reading.source, {}
    account = source.account
    assert account is not None
    for phrase in source.watch.phrases:
        for item in network.search(phrase, reading.since):
            if not item.ours and item.created_at >= source.watch.at - BEFORE:
                found[item.ref.id] = item
    keep_session(account, network)
    public = [one for one in found.values() if not one.private]
    others = [one for one in public if simple(one.author.handle) not in reading.ours]
    place, federation = network.capabilities.own_name, account.federation
    told = [(one, in_words(one, federation)) for one in others]
    return [_of_item(one, text, place) for one, text in told if mentions(text, source.watch.phrases)]


def _of_item(item: IncomingItem, text: str, place: str) -> Found:
    return Found(
        text=text,
        address=item.ref.address,
        place=place,
        author_id=item.author.id,
        author_handle=item.author.handle,
        author_name=item.author.display,
        written_at=item.created_at,
        ref=item.ref.to_json(),
        version=item.version,
    )


def _feed_of(answer: Answer) -> Feed:
    return read_feed(answer.body, charset=answer.charset, address=answer.address)


def _entries(reading: _Round, feed: Feed) -> list[Found]:
    """Return the entries that contain a phrase of the watch and aren't older than it by more than a week."""
    watch = reading.source.watch
    return [
        Found(
            text=f"{one.title}\n\n{one.text}".strip(),
            address=one.address,
            place=feed.title,
            author_name=one.author,
            written_at=one.at,
        )
        for one in feed.entries
        if (one.at is None or one.at >= watch.at - BEFORE)
        and mentions(f"{one.title} \n {one.text}", watch.phrases)
    ]


def _in_the_inbox(found: Iterable[Found]) -> set[str]:
    """Return the ids of those that reached an inbox already: they were written to us."""
    ids = [str(one.ref["id"]) for one in found if one.ref]
    return set(Item.every.filter(network_id__in=ids).values_list("network_id", flat=True)) if ids else set()


def _note(federation_id: int, source: Source, trouble: str, *, at: datetime) -> None:
    with scope(federation_id):
        note_trouble(at=at, source=source, trouble=trouble)
