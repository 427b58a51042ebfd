"""Ingest what a network returned: each item once, each version stored, each with its deadline by the
policy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.core.rows import insert, reserve
from schoolgate.duties.actions import discharge, open_duties
from schoolgate.inbox.actions.owing import due_of, duty_to_answer, open_again
from schoolgate.inbox.actions.ranking import named_by_item, tell_of_danger, without_named
from schoolgate.inbox.actions.reaching import follow_sight
from schoolgate.inbox.actions.reading import ask_to_read
from schoolgate.inbox.came_in import in_words
from schoolgate.inbox.duty_kinds import TAKE_DOWN
from schoolgate.inbox.facts import received_facts
from schoolgate.inbox.looking_after import Looking, who_looks_after
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.queries import locked_item
from schoolgate.inbox.ranking import COLUMNS, before_each_item, known_at, rank, rank_again
from schoolgate.inbox.retention import destroyed_among
from schoolgate.inbox.states import DueWords, ItemKind, ItemLanguage, ItemState, KeptBack
from schoolgate.inbox.words import note_words
from schoolgate.networks.port import IncomingItem, Ref
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import FactsGiven, answered, record_decisions
from schoolgate.policy.choices import working_day_choice
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.school_days import calendar_of
from schoolgate.publishing.models import Post
from schoolgate.rulebook.working_time import Calendar

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
