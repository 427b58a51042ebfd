"""Reads of watches and of what they found; one that a person may not know of does not exist for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.inbox.polling import reads
from schoolgate.listening.models import Find, Source, Watch
from schoolgate.listening.rules import SETS_UP, finds_seen, is_open_to_all, may_see, reach
from schoolgate.listening.states import FindState, How
from schoolgate.networks.capabilities import Way
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person

LAST_FINDS = 5


def running(on: date) -> list[Watch]:
    """Return the watches that search on this day, oldest first."""
    rows = Watch.objects.filter(ended_at=None, until__gte=on).select_related("school", "by")
    return list(rows.order_by("id"))


def watch_of_alert(text: str, *, school: School | None, on: date) -> Watch | None:
    """Return the running watch to which an alert belongs: the oldest of this school, or of the federation,
    whose words are in it. Without such words the only one there is; None where that isn't settled."""
    here = [each for each in running(on) if each.school_id in (None, school.pk if school else None)]
    said = " ".join(text.casefold().split())
    named = [each for each in here if any(phrase.casefold() in said for phrase in each.phrases)]
    if named:
        return named[0]
    return here[0] if len(here) == 1 else None


def watches_for(person: Person, *, on: date, limit: int = 100) -> list[Watch]:
    """Return the watches that the person may know of, those that end last first, each with `waiting`, the
    number of its finds to read."""
    rows = Watch.objects.filter(may_see(person, on), destroyed_at=None)
    rows = rows.select_related("school", "by", "ended_by")
    theirs = not_meant("listening.find", person, prefix="finds__")
    waiting = Count("finds", filter=Q(finds__state=FindState.OPEN) & is_open_to_all("finds__") & theirs)
    return list(rows.annotate(waiting=waiting).order_by("ended_at", "-until", "-id")[:limit])


def watch_for(person: Person, pk: int, *, on: date) -> Watch:
    """Return one watch, for a person who may know of it. Raises NotFound for anyone else."""
    rows = Watch.objects.select_related("school", "by", "ended_by", "decision", "federation")
    found = rows.filter(may_see(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def sources_of(watch: Watch) -> list[Source]:
    """Return the places that a watch searches, networks before feeds."""
    return list(watch.sources.select_related("account__school").order_by("address", "id"))


def last_reading(watch: Watch) -> datetime | None:
    """Return when a watch was last looked at: its last good reading, or what a person added."""
    read: datetime | None = watch.sources.aggregate(last=Max("read_at"))["last"]
    by_hand = watch.finds.filter(how__in=[How.HAND, How.ALERT]).aggregate(last=Max("found_at"))["last"]
    return max((one for one in (read, by_hand) if one), default=None)


def _finds() -> QuerySet[Find]:
    return Find.objects.select_related(
        "watch__school", "watch__by", "account__school", "found_by", "settled_by", "item", "enquiry"
    )


def find_for(person: Person, pk: int, *, on: date) -> Find:
    """Return one find, for a person who may know of its watch. Raises NotFound for anyone else."""
    found = _finds().filter(finds_seen(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def finds_for(
    person: Person,
    *,
    on: date,
    state: str = FindState.OPEN,
    watch: Watch | None = None,
    before: int | None = None,
    limit: int = 25,
) -> tuple[list[Find], int | None]:
    """Return the finds that the person may know of, newest first, older than the id `before`; with the id to
    continue from. `state` "": all of them."""
    rows = _finds().filter(finds_seen(person, on), wiped_at=None)
    if state:
        rows = rows.filter(state=state)
    if watch is not None:
        rows = rows.filter(watch=watch)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


@dataclass(frozen=True)
class Places:
    """Where a person may set up watches: these schools, and the whole federation."""

    schools: list[School]
    federation: bool


def places_for(person: Person, *, on: date) -> Places:
    """Return where the person may set up watches."""
    there = reach(person, SETS_UP, on=on)
    rows = School.objects.order_by("name")
    return Places([one for one in rows if there.has(one)], there.everywhere)


def accounts_to_answer(find: Find) -> list[Account]:
    """Return the open accounts from which a find can be answered: the one that found it, and those whose
    replies people post by hand. Others would look for it on a network that doesn't have it."""
    school = find.watch.school
    rows = open_accounts().filter(Q(school=school) | Q(school=None)) if school else open_accounts()
    able = [one for one in rows if one.pk == find.account_id or not reads(one)]
    return sorted(able, key=lambda one: (one.pk != find.account_id, one.name))


def searchable_accounts(school: School | None) -> list[Account]:
    """Return the open accounts through which the program can search their network for a watch of this school
    or, for None, of the federation: the school's own, and those of no single school."""
    rows = open_accounts().exclude(vault_ref=None)
    if school is not None:
        rows = rows.filter(Q(school=school) | Q(school=None))
    return [one for one in rows if abilities_of(one).way("search") is Way.PROGRAM]
