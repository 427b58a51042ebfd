"""Reads of keys and sealed papers. None of them opens anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from schoolgate.accounts import rules
from schoolgate.accounts.models import (
    Account,
    AccountKey,
    KeyChange,
    KeyShown,
    PaperKey,
    PaperLine,
    TeamMember,
)
from schoolgate.accounts.queries.accounts import account_for, may_set_up
from schoolgate.accounts.states import ChangeReason, KeyKind, Part
from schoolgate.core.errors import NotFound
from schoolgate.people.holding import holders_of_capacity
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import book_for, held_on
from schoolgate.people.states import ScopeKind

MOST_KEYS = 50
"""Live keys that one account shows; more is unrealistic."""


def inside_of_keys(person: Person, pk: int, *, on: date) -> Account:
    """Return the account, for people who may know which keys it has: its team, and those who keep keys,
    decide or oversee.

    Raises NotFound, also for our own noticeboard; NotAllowed, naming who to ask.
    """
    account = account_for(person, pk)
    rules.check_takes_keys(account)
    if not may_set_up(person, account, on=on):
        rules.check_has_part(person, account, on=on)
    return account


def live_keys(account: Account) -> list[AccountKey]:
    """Return the keys that an account has now, oldest first, with when each was last seen (`seen_at`) and why
    it must be changed (`reasons`). Two queries."""
    latest = KeyShown.objects.filter(key=OuterRef("pk")).order_by("-id")
    rows = account.keys.filter(ended="").select_related("kept_by", "account__school")
    rows = rows.annotate(seen_at=Subquery(latest.values("at")[:1]))
    return list(rows.prefetch_related(_reasons()).order_by("id")[:MOST_KEYS])


def key_for(person: Person, pk: int, *, on: date) -> AccountKey:
    """Return one key of an account whose keys the person may know of. Raises NotFound, NotAllowed."""
    found = (
        AccountKey.objects.filter(pk=pk)
        .select_related("kept_by", "ended_by", "account__school")
        .prefetch_related(_reasons())
        .first()
    )
    if found is None:
        raise NotFound
    inside = account_for(person, found.account_id)
    if not may_set_up(person, inside, on=on):
        rules.check_has_part(person, inside, on=on)
    return found


def key_to_show(pk: int) -> AccountKey:
    """Return one key of the federation, for any asker: the policy answers, and a refusal is on record."""
    found = AccountKey.objects.filter(pk=pk).select_related("account__school").first()
    if found is None:
        raise NotFound
    return found


def _reasons() -> "Prefetch[str]":
    rows = KeyChange.objects.select_related("person").order_by("id")
    return Prefetch("changes", rows, to_attr="reasons")


def showings(key: AccountKey) -> QuerySet[KeyShown]:
    """Return the people a key was shown to, for paging, newest first."""
    return key.showings.select_related("by").order_by("-id")


def last_showing(key: AccountKey) -> int:
    """Return the number of the newest showing; 0 before the first. A resent page has an older one."""
    return key.showings.order_by("-id").values_list("pk", flat=True).first() or 0


def papers(account: Account) -> QuerySet[PaperKey]:
    """Return the sealed papers of an account, for paging, newest first, each with what is on it in
    `.on_it`."""
    lines = PaperLine.objects.select_related("key").order_by("id")
    rows = account.papers.select_related("made_by", "opened_by", "ended_by")
    return rows.prefetch_related(Prefetch("lines", lines, to_attr="on_it")).order_by("-id")


def paper_for(person: Person, pk: int, *, on: date) -> PaperKey:
    """Return one sealed paper. Raises NotFound, NotAllowed."""
    found = PaperKey.objects.filter(pk=pk).select_related("account__school").first()
    if found is None:
        raise NotFound
    inside = account_for(person, found.account_id)
    if not may_set_up(person, inside, on=on):
        rules.check_has_part(person, inside, on=on)
    return found


def names_of_others(person: Person, *, limit: int) -> list[tuple[int, str]]:
    """Return the id and name of everyone else who has not left, by name. One query."""
    rows = Person.objects.filter(left_on=None).exclude(pk=person.pk).order_by("name", "pk")
    return list(rows.values_list("pk", "name")[:limit])


def who_is_told(account: Account, *, but: Iterable[int], on: date) -> list[Person]:
    """Return who is told about an action with the keys: the other leads, or if there are none, those who
    look after people and roles."""
    left_out = set(but)
    others = [person for person in leads_here(account, on=on) if person.pk not in left_out]
    if others:
        return others
    others = holders_of_capacity("administer", federation=account.federation, on=on)
    return [person for person in others if person.pk not in left_out]


def leads_here(account: Account, *, on: date) -> list[Person]:
    """Return the account's leads on a day who have not left, in the order in which they came to it."""
    rows = account.team.filter(_on_team(on), part=Part.LEAD).select_related("person").order_by("id")
    return [row.person for row in rows if row.person.left_on is None or row.person.left_on > on]


def _on_team(on: date) -> Q:
    return Q(to_day=None) | Q(to_day__gt=on)


@dataclass(frozen=True)
class Knows:
    """A person who knows a key but no longer has a part in its account."""

    key_id: int
    person_id: int
    because: ChangeReason


def knows_and_gone(of: Person | None = None, *, on: date) -> list[Knows]:
    """Return who has seen or given a key that is still good, and has left or lost the part, on the day `on`.

    Five queries, however many keys. `of`: this person only.
    """
    known = set(_known(of))
    people = {person for _key, _account, person in known}
    if not people:
        return []
    left = set(Person.objects.filter(pk__in=people, left_on__lte=on).values_list("pk", flat=True))
    team = set(
        TeamMember.objects.filter(_on_team(on), from_day__lte=on, person_id__in=people).values_list(
            "account_id", "person_id"
        )
    )
    keepers = _keepers(people, on=on)
    found = []
    for key, account, person in sorted(known):
        if person in left:
            found.append(Knows(key, person, ChangeReason.LEFT))
        elif (account, person) not in team | keepers:
            found.append(Knows(key, person, ChangeReason.PART_ENDED))
    return found


def _known(of: Person | None) -> Iterator[tuple[int, int, int]]:
    """Return (key, account, person) for each valid key and each person who knows it.

    A passing code reveals nothing of its seed, and a login name opens nothing.
    """
    kept = AccountKey.objects.filter(ended="").exclude(kind=KeyKind.PARTICULARS)
    shown = KeyShown.objects.filter(key__ended="", code_only=False).exclude(key__kind=KeyKind.PARTICULARS)
    if of is not None:
        kept, shown = kept.filter(kept_by=of), shown.filter(by=of)
    yield from kept.values_list("pk", "account_id", "kept_by_id")
    yield from shown.values_list("key_id", "key__account_id", "by_id").distinct()


def _keepers(people: set[int], *, on: date) -> set[tuple[int, int]]:
    """Return (account, person) for each of these people who keeps an account's sign-in by a role for it
    alone."""
    some = Person.objects.select_related("federation").filter(pk__in=people).first()
    if some is None:
        return set()
    roles = [role.key for role in book_for(some).pack.roles_with("hold_keys")]
    held = RoleAssignment.objects.filter(
        held_on(on), person_id__in=people, role_key__in=roles, scope_kind=ScopeKind.ACCOUNT
    )
    return {(account or 0, person) for account, person in held.values_list("account_id", "person_id")}
