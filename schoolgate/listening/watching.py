"""Watches: what they may search for and for how long, and the reading of each place, outside any
transaction.

A watch searches for the names of schools. So each of its words must come from such a name, from a handle of
an official account, or from a short list of words about schools; a person's name can't be made of these.
The policy is asked where no one looks, where a school is left out, and where the last look is too long ago.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.connecting import client_for, keep_session
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import Federation, School
from schoolgate.core.moves import done_before
from schoolgate.core.outside.client import Answer, CannotRead, Opener
from schoolgate.core.outside.feeds import KINDS, Feed, NoFeed, read_feed
from schoolgate.core.rows import reserve
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.inbox.ingesting import in_words
from schoolgate.inbox.models import Item
from schoolgate.listening import finding
from schoolgate.listening.finding import (
    Found,
    is_running,
    keep_found,
    note_trouble,
    search_facts,
    searchable_accounts,
)
from schoolgate.listening.models import SEARCH, How, Source, Trouble, Watch
from schoolgate.networks.port import IncomingItem, Network, NetworkError
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.choices import LISTENING, choose_days
from schoolgate.policy.models import Choice
from schoolgate.policy.queries import policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.pupils.models import Consent, ParentLink, Pupil
from schoolgate.pupils.named import with_other_names
from schoolgate.rulebook.kinds import Kind
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold, simple, words_of
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import Listed, NameIndex

SITUATION, POINT = "listening.search", "searched_for"
MISSED = (Kind.REQUIRES, Kind.BREACHED)
MOST_DAYS = 366


@action
def choose_how_often(*, by: Person, at: datetime, days: int) -> Choice:
    """Choose after how many days without a search a watch is overdue, where the policy names no number.

    Raises NotAllowed for all but the policy's owner, BadInput (days).
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadInput({"days": _("Enter a number of days from 1 to 366.")})
    choice = choose_days(by=by, at=at, what=LISTENING, days=days, from_day=local_day(at))
    watch_searches(at=at, asks=False)
    return choice


@action
def watch_searches(*, at: datetime, asks: bool = True) -> None:
    """Open the task for the role that looks after the policy while the policy in force misses a search, and
    end it once it misses none; with `asks` False it only ends. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not policy.book.clauses_at(SITUATION, POINT):
        return
    facts = search_facts(by=None, at=at)
    missed = verdict(SITUATION, facts, on=on).clauses_at(POINT, kinds=MISSED)
    if not missed:
        discharge(kind=SEARCH, subject=policy.version, by=None, at=at, how="searched")
        return
    owner, _overseer = keepers_of(policy.book)
    there = Duty.objects.filter(kind=SEARCH, state__in=STILL_TO_DO).exists()
    if asks and owner is not None and not there:
        kept = record_decision(SITUATION, facts, at=at, by=None, subject=policy.version)
        open_duty(
            kind=SEARCH, subject=policy.version, at=at, role=owner, due=Due.none_promised(), clauses=missed,
            decision=kept,
        )  # fmt: skip


FEEDS: Final = Opener(kinds=KINDS, agent="Schoolgate (reads feeds)")


LONGEST, SHORTEST = 80, 4
"""Letters of what is searched for. Shorter words are part of too many others."""
MOST_PHRASES = 6
LONGEST_READ = 20_000
"""Characters of a text that are looked at."""
FILE = Path(__file__).with_name("about_schools.txt")
TOO_SHORT, TOO_LONG, NO_NAME, OTHER_WORDS, A_PERSON = "short", "long", "no_name", "words", "person"


def plain(text: str) -> list[str]:
    """Return the words of a text as they are compared: lower case, no accents, no possessive."""
    return list(words_of(fold(text[:LONGEST_READ]).text).plain)


@dataclass(frozen=True)
class Names:
    """The names that a watch may search for: of schools and the federation, and the accounts' handles."""

    names: tuple[str, ...]
    handles: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return every word of a name."""
        return frozenset(word for name in self.names for word in plain(name))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Return the words that tell one school from another, and short forms of whole names."""
        whole = {"".join(plain(name)) for name in self.names}
        initials = {"".join(word[0] for word in plain(name)) for name in self.names}
        return frozenset((self.parts - about_schools()) | whole | {one for one in initials if len(one) > 2})

    @cached_property
    def known_handles(self) -> frozenset[str]:
        """Return the handles of our accounts as they are compared."""
        return frozenset(simple(handle) for handle in self.handles if handle)

    def contains(self, words: Sequence[str]) -> bool:
        """Return whether these words are, in this order, part of one of the names."""
        return any(_in_order(plain(name), words) for name in self.names)


def about_schools() -> frozenset[str]:
    """Return the words about schools that may be beside a name, in English and Welsh."""
    global _known  # noqa: PLW0603 - a file of the program, read once
    if _known is None:
        lines = FILE.read_text(encoding="utf-8").splitlines()
        _known = frozenset(word for line in lines if not line.startswith("#") for word in plain(line))
    return _known


_known: frozenset[str] | None = None


def why_not(phrase: str, names: Names, people: NameIndex) -> tuple[str, tuple[str, ...]] | None:
    """Return why a watch may not search for this, as a code and the words it is about; None where it may.

    `people`: everyone here whose name is known: pupils, parents, staff, governors.
    """
    if len(phrase) > LONGEST:
        return TOO_LONG, ()
    if simple(phrase) in names.known_handles:
        return None
    words = plain(phrase)
    if len("".join(words)) < SHORTEST:
        return TOO_SHORT, ()
    if not names.contains(words) and names_a_person(phrase, people):
        return A_PERSON, ()
    others = tuple(word for word in words if word not in names.parts | names.telling | about_schools())
    if others:
        return OTHER_WORDS, others
    return None if names.telling & set(words) else (NO_NAME, ())


def names_a_person(text: str, people: NameIndex) -> bool:
    """Return whether a text has the name of a person who is known here, or a handle made of it. A first name
    alone is no one's."""
    for written in (text, text.title()):
        hits = find_names(fold(written), people)
        if any(hit.strength in (Strength.STOP, Strength.ASK) for hit in hits):
            return True
    return False


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """Return whether a text contains one of these, its words in order and next to each other, or written as
    one word as in a hashtag."""
    words = plain(text)
    there = frozenset(words)
    for phrase in phrases:
        wanted = plain(phrase)
        if wanted and ("".join(wanted) in there or _in_order(words, wanted)):
            return True
    return False


def _in_order(words: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(
        words[start] == wanted[0] and list(words[start : start + size]) == list(wanted)
        for start in range(len(words) - size + 1)
    )


def known_names(federation: Federation) -> Names:
    """Return what a watch may search for: the names of the schools and the federation, and the handles of
    their open accounts."""
    schools = School.objects.values_list("name", flat=True)
    handles = open_accounts().exclude(handle="").values_list("handle", flat=True)
    return Names((federation.name, *schools), tuple(handles))


def known_people() -> NameIndex:
    """Return the names of pupils, also those that they had before, of their parents, and of everyone with a
    place here: staff, governors, volunteers, parents. People who left are among them."""
    rows = Pupil.objects.values_list("pk", "first_name", "last_name", "known_as")
    pupils = [Listed(*row) for row in rows]
    return NameIndex([*pupils, *with_other_names(pupils), *_adults()])


def _adults() -> Iterator[Listed]:
    names = {
        *Person.objects.values_list("name", flat=True),
        *ParentLink.objects.exclude(who="").values_list("who", flat=True),
        *Consent.objects.exclude(who="").values_list("who", flat=True),
    }
    for name in sorted(names):
        words = [word for word in name.split() if word.strip(".").lower() not in _TITLES]
        if len(words) > 1:
            yield Listed(0, words[0], words[-1])
            if len(words) > 2:
                yield Listed(0, words[0], " ".join(words[1:]))


_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir", "dame"})


LONGEST_RUN = timedelta(days=365)
"""How long a watch may run: a year later someone decides again. House rule: no policy names a time."""
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_ADDRESS = 100, 500, 500
MOST_FEEDS = 10
COVERED = "search_covered"
WORDS_REFUSED = {
    TOO_LONG: _("Use up to 80 characters for each."),
    TOO_SHORT: _("Use at least 4 letters for each: shorter words are part of too many others."),
    NO_NAME: _("Add your school’s name: these words alone could be about any school."),
    A_PERSON: _(
        "This is the name of someone at your schools. Saved searches never look for people: use "
        "the school’s name."
    ),
}
_ONE_PERSON = re.compile(r"/(@|profile/|users?/|u/|people/|in/)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person enters for a new watch. `school` None: the federation as a whole."""

    name: str
    phrases: Sequence[str]
    purpose: str
    until: date | None
    school: School | None = None
    accounts: Sequence[Account] = ()
    feeds: Sequence[str] = ()


@action
def start_watch(*, by: Person, at: datetime, wanted: Wanted) -> Watch:
    """Start a watch for the names of a school or the federation.

    The policy is asked with all watches that run and this one. Raises NotAllowed, BadInput (also for words
    that are a person's name), Refused where the policy stops it.
    """
    on = local_day(at)
    finding.check_sets_up(by, wanted.school, on=on)
    phrases = list(dict.fromkeys(tidy for one in wanted.phrases if (tidy := " ".join(one.split()))))
    feeds = list(dict.fromkeys(tidy for one in wanted.feeds if (tidy := one.strip())))
    until = _check(by, wanted, phrases, feeds, on=on)
    watch = Watch(
        pk=reserve(Watch, 1)[0], name=wanted.name.strip(), phrases=phrases, purpose=wanted.purpose.strip(),
        school=wanted.school, until=until, by=by, at=at,
    )  # fmt: skip
    kept = record_decision(
        "listening.search", search_facts(by=by, at=at, also=[watch]), at=at, by=by, subject=watch
    )
    require(kept, COVERED)
    watch.decision = kept
    watch.save(force_insert=True)
    for account in wanted.accounts:
        Source.objects.create(watch=watch, account=account)
    for address in feeds:
        Source.objects.create(watch=watch, address=address)
    record("watch.started", subject=watch, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    watch_searches(at=at, asks=False)
    return watch


@action
def end_watch(*, by: Person, at: datetime, watch: Watch) -> Watch:
    """End a watch before its last day; what it found stays to be read. Raises NotAllowed, NotNow (ended
    already)."""
    on = local_day(at)
    finding.check_sets_up(by, watch.school, on=on)
    running = Watch.objects.filter(pk=watch.pk, ended_at=None, until__gte=on)
    if not running.update(ended_at=at, ended_by=by):
        raise done_before(
            watch,
            _("This search has already ended."),
            _("Open the list again."),
            otherwise=NotNow(_("This search ended on its last day."), _("Open the list again.")),
            ended_at__isnull=False,
        )
    watch.refresh_from_db()
    kept = record_decision("listening.search", search_facts(by=by, at=at), at=at, by=by, subject=watch)
    record("watch.ended", subject=watch, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return watch


@action
def add_feed(*, by: Person, at: datetime, watch: Watch, address: str) -> Source:
    """Have a watch read another feed. Raises NotAllowed, NotNow (ended), BadInput on `address`."""
    check_runs(by, watch, on=local_day(at))
    tidy = address.strip()
    there = set(watch.sources.exclude(address="").values_list("address", flat=True))
    if why := why_no_feed(tidy, known_people()):
        raise BadInput({"address": why})
    if len(there | {tidy}) > MOST_FEEDS:
        raise BadInput({"address": _("A saved search can read up to 10 feeds. Remove one first.")})
    source, new = Source.objects.get_or_create(watch=watch, address=tidy, account=None)
    if new:
        record("watch.feed_added", subject=watch, at=at, actor=by, source=source.pk)
    return source


@action
def remove_feed(*, by: Person, at: datetime, watch: Watch, pk: int) -> None:
    """Have a watch no longer search a place; what it found there stays. Raises NotAllowed, NotNow (ended),
    NotFound."""
    check_runs(by, watch, on=local_day(at))
    if not Source.objects.filter(watch=watch, pk=pk).delete()[0]:
        raise NotFound
    record("watch.feed_removed", subject=watch, at=at, actor=by, source=pk)


def check_runs(by: Person, watch: Watch, *, on: date) -> None:
    """Raise NotAllowed unless the person may set up watches there, NotNow where this one has ended."""
    finding.check_sets_up(by, watch.school, on=on)
    if not finding.is_running(watch, on=on):
        raise NotNow(_("This search has ended."), _("Start a new one."))


def why_no_feed(address: str, people: NameIndex) -> Text:
    """Return why a feed can't be read: no public address, or the page of one person. Empty where it can."""
    parts = parts_of(address)
    try:
        FEEDS.where(address)
    except CannotRead as error:
        if error.why == "not_public":
            return _("This address is inside a private network. Use a feed that anyone on the web can read.")
        return _("Paste the whole address of the feed, starting with https://")
    if len(address) > LONGEST_ADDRESS:
        return _("Paste the whole address of the feed, starting with https://")
    said = unquote(f"{parts.path} {parts.query}")
    if _ONE_PERSON.search(said) or names_a_person(" ".join(plain(said)), people):
        return _("This is one person’s page. Saved searches never follow people: use a news feed.")
    return ""


def _check(by: Person, wanted: Wanted, phrases: list[str], feeds: list[str], *, on: date) -> date:
    people = known_people()
    wrong: dict[str, Text] = {}
    for name, text, longest, empty in (
        ("name", wanted.name, LONGEST_NAME, _("Give the search a name, up to 100 characters.")),
        ("purpose", wanted.purpose, LONGEST_PURPOSE, _("Say what the search is for, up to 500 characters.")),
    ):
        if not text.strip() or len(text.strip()) > longest:
            wrong[name] = empty
        elif names_a_person(text, people):
            wrong[name] = _("Leave out people’s names: a saved search is about a school.")
    if wanted.until is None or not on <= wanted.until <= on + LONGEST_RUN:
        wrong["until"] = _("Choose today or a later day, at most a year ahead.")
    if why := _wrong_words(by, phrases, people):
        wrong["phrases"] = why
    if len(feeds) > MOST_FEEDS:
        wrong["feeds"] = _("A saved search can read up to 10 feeds. Remove one first.")
    elif why := next((found for one in feeds if (found := why_no_feed(one, people))), ""):
        wrong["feeds"] = why
    able = {one.pk for one in searchable_accounts(wanted.school)}
    if any(one.pk not in able for one in wanted.accounts):
        wrong["accounts"] = _("Choose from the accounts of this school.")
    if wrong or wanted.until is None:
        raise BadInput(wrong)
    return wanted.until


def _wrong_words(by: Person, phrases: list[str], people: NameIndex) -> Text:
    if not 1 <= len(phrases) <= MOST_PHRASES:
        return _("Enter 1 to 6 names or phrases, each on its own line.")
    names = known_names(by.federation)
    for phrase in phrases:
        found = why_not(phrase, names, people)
        if found is None:
            continue
        why, words = found
        if why == OTHER_WORDS:
            return format_lazy(
                _("Saved searches only look for your schools’ names. Remove these words: {words}."),
                words=", ".join(words),
            )
        return WORDS_REFUSED[why]
    return ""


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
