"""What a network returned comes in: polled outside any transaction, each item stored once, with its
deadline and reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of, client_for, keep_session, lose_connection, note_read
from schoolgate.accounts.models import Account, AccountState
from schoolgate.accounts.sites import hosting
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.rows import insert, reserve
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import Opened, discharge, open_duties, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox.duty_kinds import READ, RECONNECT, TAKE_DOWN
from schoolgate.inbox.first_read import Looking, who_looks_after
from schoolgate.inbox.judged import due_of, duty_to_answer, open_again
from schoolgate.inbox.listing import note_words
from schoolgate.inbox.models import (
    Answer,
    DueWords,
    Item,
    ItemKind,
    ItemLanguage,
    ItemState,
    ItemVersion,
    KeptBack,
)
from schoolgate.inbox.ranking import COLUMNS, before_each_item, known_at, rank, rank_again
from schoolgate.inbox.reaching import follow_sight, note_replies_gone
from schoolgate.inbox.reply_facts import received_facts
from schoolgate.inbox.retention import destroyed_among
from schoolgate.inbox.seeing import locked_item
from schoolgate.inbox.sight import only_by_hand
from schoolgate.inbox.telling import named_by_item, tell_of_danger, without_named
from schoolgate.networks.capabilities import OURS, Way, all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.noticeboard.models import CommentState, NoticeboardComment
from schoolgate.networks.port import (
    Attachment,
    AttachmentKind,
    IncomingItem,
    Network,
    NetworkError,
    Newest,
    Ref,
)
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import FactsGiven, answered, record_decisions
from schoolgate.policy.choices import calendar_of, chosen_times, working_day_choice
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.models.states import Purpose
from schoolgate.rulebook.situations.items import ItemLook
from schoolgate.rulebook.working_time import Calendar

_CALLED: Mapping[AttachmentKind, str | Promise] = {
    "picture": _("Picture"),
    "film": _("Film"),
    "sound": _("Sound"),
    "poll": _("Poll"),
    "card": _("Link"),
    "quote": _("Quoted post"),
    "other": _("Attachment"),
}
_LONGEST = 2_000
"""Letters of one description."""


def in_words(item: IncomingItem, federation: Federation) -> str:
    """Return everything that came in, in the language that the federation writes in first: a comment that is
    only a picture, poll or card is never empty."""
    with translation.override(next(iter(federation.languages), "en")):
        parts = [item.text.strip("\n"), *(_described(each) for each in item.attachments)]
    return "\n".join(part for part in parts if part) if item.attachments else item.text


def _described(each: Attachment) -> str:
    words = " ".join((each.words or " / ".join(each.options)).split())[:_LONGEST]
    if not words and each.kind in ("picture", "film"):
        words = str(_("no description"))
    told = format_lazy("[{what}: {words}]" if words else "[{what}]", what=_CALLED[each.kind], words=words)
    return f"{told} {each.link}".rstrip()


READ_IT = "read_it"


def ask_to_read(
    rows: Iterable[Item],
    account: Account,
    looking: Looking,
    *,
    named: Mapping[int, frozenset[int]],
    at: datetime,
) -> None:
    """Open a task to read each new comment by the policy's time. What a person brought in has been read, and
    where no time is named the task to reply is all. `named`: the people each names, who aren't asked."""
    if not book_in_scope().at("item.look", "read_in_time"):
        return
    new = [row for row in rows if row.pasted_by_id is None and not row.private]
    if not new or (host := hosting(account)) != "school":
        return
    choices = chosen_times(on=local_day(at))
    asked = [
        ItemLook(
            now=at,
            account_is_official=True,
            hosting=host,
            received_at=row.received_at,
            seen=(),
            choices=choices,
            calendar=calendar_of(row.school, local_day(row.received_at)),
        )
        for row in new
    ]
    wanted = []
    for row, kept in zip(
        new,
        record_decisions("item.look", list(zip(asked, new, strict=True)), at=at, by=None),
        strict=True,
    ):
        duty = next((one for one in answered(kept).duties if one.what == READ_IT), None)
        due = Due.of(duty.due) if duty else Due.none_promised()
        if duty is None or due == Due.none_promised():
            continue
        wanted.append(
            Opened(
                kind=READ,
                subject=row,
                due=due,
                school=row.school,
                account=row.account_id,
                clauses=tuple(duty.clauses),
                decision=kept,
                **without_named(looking, row, named[row.pk], at=at).asked(),
            )
        )
    open_duties(at=at, wanted=wanted)


LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class TakenIn:
    """What one ingest found: rows new, changed, and known already."""

    new: int
    changed: int
    known: int


@dataclass(frozen=True)
class Pasted:
    """What a person states who copied something in; no one of ours where it was written in a form here."""

    by: Person | None
    kind: ItemKind = ItemKind.COMMENT


@action
def ingest(
    *,
    at: datetime,
    account: Account,
    items: Sequence[IncomingItem],
    post: Post | None = None,
    root: Ref | None = None,
    pasted: Pasted | None = None,
) -> TakenIn:
    """Store new items of `account`, under `post` if it is one of ours.

    One that was destroyed here is left out. A duplicate is stored once, also where two read the same at the
    same moment; another text of a known item is a further version and reopens it. The number of queries does
    not grow with the items.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)  # two readings at once find the same
    theirs = {
        each.ref.id: each for each in items if not each.ours
    }  # a network may answer twice: the later one counts
    if theirs and pasted is None:
        for key in destroyed_among(account.pk, theirs):
            del theirs[key]
    known = {
        row.network_id: row
        for row in Item.every.filter(account=account, network_id__in=list(theirs)).iterator()
    }
    new = [each for key, each in theirs.items() if key not in known]
    changed = [
        (known[key], each)
        for key, each in theirs.items()
        if key in known and known[key].version != each.version
    ]
    _add(new, at=at, account=account, post=post, root=root, pasted=pasted)
    for row, each in changed:
        _add_version(row, each, at=at)
    _note_sight(known, theirs, at=at)
    return TakenIn(new=len(new), changed=len(changed), known=len(theirs) - len(new) - len(changed))


@action
def note_gone(*, at: datetime, items: Iterable[Item]) -> int:
    """Note that a network no longer has these; their text stays with us. Returns how many were not known to
    be gone."""
    gone = 0
    for row in items:
        if Item.every.filter(pk=row.pk, gone_at=None).update(gone_at=at):
            follow_sight(locked_item(row.pk), at=at)
            discharge(kind=TAKE_DOWN, subject=row, by=None, at=at, how="gone")
            record("item.gone", subject=row, at=at)
            gone += 1
    return gone


def _add(
    new: Sequence[IncomingItem],
    *,
    at: datetime,
    account: Account,
    post: Post | None,
    root: Ref | None,
    pasted: Pasted | None,
) -> None:
    if not new:
        return
    rows = [_row(each, at=at, account=account, post=post, root=root, pasted=pasted) for each in new]
    texts = [_readable(in_words(each, account.federation)) for each in new]
    known = known_at(on=local_day(at))
    for row, text, before in zip(rows, texts, before_each_item(rows, texts), strict=True):
        rank(row, text, known, before)
    kept = _judge(rows, account=account, post=post, at=at)
    insert(
        [
            ItemVersion(pk=pk, item=row, number=1, version=row.version, text=text, seen_at=at)
            for pk, row, text in zip(reserve(ItemVersion, len(rows)), rows, texts, strict=True)
        ]
    )
    note_words(list(zip(rows, texts, strict=True)))
    usual = who_looks_after(account, at=at)
    named = named_by_item(rows, book=book_for(account), on=local_day(at))
    tell_of_danger(rows, usual, at=at)
    asked = zip(rows, kept, _looking(rows, account, usual, at=at), strict=True)
    open_duties(
        at=at,
        wanted=[
            duty_to_answer(row, one, without_named(by, row, named[row.pk], at=at))
            for row, one, by in asked
            if row.locked_at is None
        ],
    )
    ask_to_read([row for row in rows if row.locked_at is None], account, usual, named=named, at=at)
    for row, one in zip(rows, kept, strict=True):
        record("item.received", subject=row, at=at, clauses=one.clauses, decision=one.pk, account=account.pk)


def _looking(rows: Sequence[Item], account: Account, usual: Looking, *, at: datetime) -> list[Looking]:
    """Return who is asked about each: where the federation writes in Welsh, a reader of Welsh first about
    Welsh, and about what may be."""
    if "cy" not in account.federation.languages:
        return [usual] * len(rows)
    welsh = [row.language in (ItemLanguage.WELSH, ItemLanguage.MIXED) for row in rows]
    reader = who_looks_after(account, at=at, in_welsh=True) if any(welsh) else usual
    return [reader if is_welsh else usual for is_welsh in welsh]


def _judge(rows: list[Item], *, account: Account, post: Post | None, at: datetime) -> list[DecisionRecord]:
    """Write the rows, each with its due time by the policy in force and the decision behind it."""
    school = post.school if post else account.school
    choice = working_day_choice(on=local_day(at))
    calendars: dict[date, Calendar | None] = {}
    asked: list[tuple[FactsGiven, str]] = []
    for pk, row in zip(reserve(Item, len(rows)), rows, strict=True):
        row.pk = pk
        day = local_day(row.received_at)
        if day not in calendars:
            calendars[day] = calendar_of(school, day)
        asked.append((received_facts(row, calendar=calendars[day], working_day=choice), f"inbox.item:{pk}"))
    kept = record_decisions("item.received", asked, at=at, by=None)
    for row, one in zip(rows, kept, strict=True):
        row.due_words, row.due_at, row.due_day = due_of(answered(one))
        row.decision = one.pk
    insert(rows)
    return kept


def _add_version(row: Item, each: IncomingItem, *, at: datetime) -> None:
    number = row.versions_seen + 1
    text = _readable(in_words(each, row.account.federation))
    changed = Item.every.filter(pk=row.pk, version=row.version).update(
        version=each.version, versions_seen=number
    )
    if not changed:  # another poll was quicker
        return
    ItemVersion.objects.create(item=row, number=number, version=each.version, text=text, seen_at=at)
    note_words([(row, text)])
    rank_again(row, text, known_at(on=local_day(at)))
    row.save(update_fields=COLUMNS)
    record("item.changed", subject=row, at=at, number=number)
    row.refresh_from_db(fields=["state"])  # the row is locked now: an answer may have ended a moment ago
    tell_of_danger([row], who_looks_after(row.account, at=at), at=at, edited=True)
    if row.locked_at is not None:
        return
    if row.state in (ItemState.ANSWERED, ItemState.CLOSED):
        open_again(row, at=at)


def _note_sight(known: Mapping[str, Item], theirs: Mapping[str, IncomingItem], *, at: datetime) -> None:
    """Record what is public on the network by now and what it hides, regardless of who did it. Our replies to
    it follow."""
    shown, hidden = [], []
    for key, row in known.items():
        each = theirs[key]
        if each.hidden and not row.kept_back and row.released:
            hidden.append(row.pk)
        elif each.released and not each.hidden and (row.kept_back == KeptBack.HIDDEN or not row.released):
            shown.append(row.pk)
    if shown:
        Item.every.filter(pk__in=shown).update(released=True, kept_back="")
    closed = [row.pk for key, row in known.items() if theirs[key].private and not row.private]
    if closed:
        Item.every.filter(pk__in=closed).update(private=True)
    if hidden:
        Item.every.filter(pk__in=hidden).update(kept_back=KeptBack.HIDDEN)
    for pk in (*shown, *hidden):
        follow_sight(locked_item(pk), at=at)


def _row(
    each: IncomingItem,
    *,
    at: datetime,
    account: Account,
    post: Post | None,
    root: Ref | None,
    pasted: Pasted | None,
) -> Item:
    return Item(
        account=account,
        school=post.school if post else account.school,
        post=post,
        network_id=each.ref.id,
        ref=each.ref.to_json(),
        root=root.to_json() if root else None,
        author_id_there=each.author.id[:300],
        author_handle=each.author.handle[:300],
        author_name=each.author.display[:300],
        kind=_kind(each, pasted),
        private=each.private,
        released=each.released,
        kept_back=KeptBack.HIDDEN if each.hidden else "",
        version=each.version,
        received_at=min(each.seen_at or each.created_at, at),
        first_seen_at=at,
        pasted_by=pasted.by if pasted else None,
        due_words=DueWords.NOT_KNOWN,
        state_at=at,
        worded=True,
    )


def _kind(each: IncomingItem, pasted: Pasted | None) -> ItemKind:
    if pasted is not None:
        return pasted.kind
    return ItemKind.COMMENT if each.kind == "comment" else ItemKind.MENTION


def _readable(text: str) -> str:
    """The text as a database can hold it: what PostgreSQL refuses (NUL, halves of characters) is shown as
    a mark."""
    clean = text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:LONGEST_TEXT]


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
    has. It never had what only came in by hand. What is older than the newest of very many isn't asked
    for."""
    shown = {item.ref.id for _, items in found for item in items}
    from_then: dict[int | None, IncomingItem] = {
        copy.post_id: items[0] for copy, items in found if items and isinstance(items, Newest)
    }
    with scope(federation_id):
        known = Item.every.filter(
            post_id__in=[copy.post_id for copy, _ in found], gone_at=None, destroyed_at=None
        )
        known = known.filter(account_id__in={copy.account_id for copy, _ in found})
        missing = {
            item.network_id: item
            for item in known.exclude(network_id__in=shown)
            if not only_by_hand(item) and not _is_older(item, from_then.get(item.post_id))
        }
    if not missing:
        return []
    again = network.look_again([Ref.from_json(item.ref) for item in missing.values()])
    return [item for key, item in missing.items() if key in again and again[key] is None]


def _is_older(item: Item, oldest: IncomingItem | None) -> bool:
    return oldest is not None and item.received_at < (oldest.seen_at or oldest.created_at)


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
