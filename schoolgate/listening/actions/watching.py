"""Start a watch, change what it searches, and end it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import unquote

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.outside.pages import CannotRead
from schoolgate.core.web_address import parts_of
from schoolgate.listening import rules
from schoolgate.listening.actions.noticing import watch_searches
from schoolgate.listening.facts import search_facts
from schoolgate.listening.feeds import FEEDS
from schoolgate.listening.models import Source, Watch
from schoolgate.listening.people_known import known_names, known_people
from schoolgate.listening.queries import searchable_accounts
from schoolgate.listening.words import (
    A_PERSON,
    MOST_PHRASES,
    NO_NAME,
    OTHER_WORDS,
    TOO_LONG,
    TOO_SHORT,
    names_a_person,
    plain,
    why_not,
)
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.screening.names import NameIndex

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
    rules.check_sets_up(by, wanted.school, on=on)
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
    rules.check_sets_up(by, watch.school, on=on)
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
    rules.check_sets_up(by, watch.school, on=on)
    if not rules.is_running(watch, on=on):
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
