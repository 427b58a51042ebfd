"""Reads for the public: the register, what is new on it, and whether a page is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.accounts.addresses import Typed, handle_of, key_of, likeness, on_record
from schoolgate.accounts.addresses import read as read_address
from schoolgate.accounts.facts import permission_on
from schoolgate.accounts.facts.register import account_facts, associated_facts, stranger_facts
from schoolgate.accounts.models import Account, AssociatedPage, Fake, FormerAddress, Notice
from schoolgate.accounts.queries.accounts import NameKey
from schoolgate.accounts.states import AccountState, FakeState
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Permission
from schoolgate.policy.asking import verdict, verdicts
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook import Decision
from schoolgate.rulebook.situations.account_run import AccountLookedUp

MOST_ASSOCIATED = 50
MOST_NOTICES = 50
MOST_FAKES_COMPARED = 1000
SETTLED = frozenset({"permitted", "silent"})
Where = Callable[[Account], str]
"""Where an account is: its address, or that of our own noticeboard, which only the door knows."""


class Genuine(StrEnum):
    """The public answer about a page."""

    OURS = "ours"
    MOVED = "moved"
    CLOSED = "closed"
    FAKE = "fake"
    KNOWN = "known"
    ALIKE = "alike"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verification:
    """The answer, with its accounts; `decision`: what the policy says, None where none is in force."""

    answer: Genuine
    typed: Typed | None = None
    accounts: list[Account] = field(default_factory=list)
    fake: Fake | None = None
    page: AssociatedPage | None = None
    until: datetime | None = None
    decision: Decision | None = None


def with_proofs(rows: QuerySet[Account]) -> QuerySet[Account]:
    """Return the rows with all that the public page shows of an account, in a constant number of queries."""
    notices = Prefetch("notices", Notice.objects.order_by("id"))
    return rows.select_related("school", "code", "imported").prefetch_related("marks", notices)


def public_register(*, after: NameKey | None = None, limit: int = 50) -> tuple[list[Account], NameKey | None]:
    """Open accounts by name with their proofs, and the key of the next page. Three queries."""
    rows = with_proofs(Account.objects.filter(state=AccountState.OPEN))
    if after is not None:
        rows = rows.filter(name__gte=after[0]).exclude(name=after[0], pk__lte=after[1])
    found = list(rows.order_by("name", "pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], (last.name, last.pk) if last else None


def public_accounts(*, school: School | None, limit: int) -> tuple[list[Account], bool]:
    """Return open accounts by name for a first page, and whether there are more: all, or those of one school
    and of the whole federation. Three queries."""
    rows = with_proofs(Account.objects.filter(state=AccountState.OPEN))
    if school is not None:
        rows = rows.filter(Q(school=school) | Q(school=None))
    found = list(rows.order_by("name", "pk")[: limit + 1])
    return found[:limit], len(found) > limit


def notices_of_fakes(*, limit: int = MOST_NOTICES) -> list[Fake]:
    """Return confirmed fakes that are still online, newest first."""
    rows = Fake.objects.filter(state=FakeState.CONFIRMED, confirmed_at__isnull=False)
    return list(rows.select_related("school").order_by("-confirmed_at", "-pk")[:limit])


def known_to_us(*, at: datetime) -> list[AssociatedPage]:
    """Return pages of Friends and the like that may be shown: with permission on record where the policy
    requires it."""
    standings = associated_pages(at=at)
    return [page for page, decision in standings if may_be_shown(decision)]


def may_be_shown(decision: Decision | None) -> bool:
    """Return whether no permission for name or logo is outstanding. Without a policy in force nothing is
    shown."""
    return decision is not None and str(decision.points["name_and_logo"]) in SETTLED


def associated_pages(*, at: datetime) -> list[tuple[AssociatedPage, Decision | None]]:
    """Return every associated page that has not ended, with what the policy says about its name and logo."""
    policy = policy_or_none(local_day(at))
    rows = AssociatedPage.objects.filter(ended_at=None).select_related("school").order_by("name", "pk")
    pages = list(rows[:MOST_ASSOCIATED])
    if policy is None or not pages:
        return [(page, None) for page in pages]
    subjects = [subject_of(page) for page in pages]
    leaves = list(permission_on(local_day(at)).filter(subject__in=subjects, covers__in=["name", "logo"]))
    asked = [associated_facts(page, leaves, policy.book, at=at) for page in pages]
    answers = verdicts("account.open", asked, on=local_day(at))
    return list(zip(pages, answers, strict=True))


def permissions_about(subjects: Sequence[str], *, covers: Iterable[str]) -> list[Permission]:
    """Return the permissions in force about these subjects for one of these things, with who gave them."""
    rows = Permission.objects.filter(subject__in=subjects, covers__in=list(covers), ended_at=None)
    return list(rows.select_related("given_by"))


def associated_page(pk: int) -> AssociatedPage:
    """Return one associated page. Raises NotFound, also for another federation's."""
    found = AssociatedPage.objects.select_related("school", "entered_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def look_up(text: str, *, at: datetime, where: Where) -> Verification:
    """Return whether a page or a handle is ours, according to the register at `at`.

    Every account's address is compared in its normal form, which the program computes: two queries over the
    federation's own accounts, four in all at most.
    """
    typed = read_address(text)
    if typed is None:
        return Verification(Genuine.UNREADABLE)
    told = _among_accounts(typed, where) or _among_the_rest(typed, at) or Verification(Genuine.UNKNOWN, typed)
    return _with_decision(told, on=local_day(at))


def is_ours(key: str, *, where: Where) -> Account | None:
    """Return the open account at this address, in its normal form."""
    open_ones = Account.objects.filter(state=AccountState.OPEN).select_related("school")
    return next((account for account in open_ones if key in _keys(account, where)), None)


def _among_accounts(typed: Typed, where: Where) -> Verification | None:
    rows = list(Account.objects.exclude(state=AccountState.WAITING).select_related("school").order_by("pk"))
    same = [account for account in rows if _is_it(typed, account, where)]
    if here := [account for account in same if account.state == AccountState.OPEN]:
        return Verification(Genuine.OURS, typed, _in_full(here))
    fake = _fake(typed)
    if fake is not None:
        return Verification(Genuine.FAKE, typed, fake=fake)
    if same:
        return Verification(Genuine.CLOSED, typed, _in_full(same), until=same[-1].closed_at)
    moved = _moved(typed)
    if moved is not None:
        return Verification(Genuine.MOVED, typed, _in_full([moved.account]), until=moved.until)
    alike = [account for account in rows if account.state == AccountState.OPEN and _is_like(typed, account)]
    return Verification(Genuine.ALIKE, typed, _in_full(alike[:3])) if alike else None


def _in_full(found: list[Account]) -> list[Account]:
    return list(with_proofs(Account.objects.filter(pk__in=[one.pk for one in found])).order_by("pk"))


def _among_the_rest(typed: Typed, at: datetime) -> Verification | None:
    if not typed.key:
        return None
    for page in known_to_us(at=at):
        if key_of(page.address) == typed.key:
            return Verification(Genuine.KNOWN, typed, page=page)
    return None


def _is_it(typed: Typed, account: Account, where: Where) -> bool:
    if not typed.key:
        return typed.handle in _handles(account)
    keys = _keys(account, where)
    return typed.key in keys or any(
        key and account.network == OURS and typed.key.startswith(f"{key}/") for key in keys
    )


def _keys(account: Account, where: Where) -> set[str]:
    keys = {key_of(account.address or where(account))}
    if account.handle and account.network not in ("mastodon", OURS):
        keys.add(f"{account.network}:{handle_of(account.handle)}")
    if account.network == "mastodon" and "@" in account.handle.lstrip("@"):
        keys.add(key_of(f"@{account.handle.lstrip('@')}"))
    return keys - {""}


def _handles(account: Account) -> set[str]:
    typed = on_record(account.address) if account.address else None
    handle = handle_of(account.handle)
    return {handle, handle.partition("@")[0], typed.handle if typed else ""} - {""}


def _is_like(typed: Typed, account: Account) -> bool:
    """Return whether another page's address or handle looks the same at a glance, or the same on a look-alike
    host."""
    ours = on_record(account.address) if account.address else None
    if ours is not None and typed.key:
        return _glance(typed) == _glance(ours)
    likes = {likeness(handle) for handle in _handles(account)}
    return not typed.key and likeness(typed.handle) in likes


def _glance(typed: Typed) -> str:
    """Return what host and profile look like at a glance."""
    profile = typed.key.replace(":", "/").rpartition("/")[2]
    return f"{likeness(typed.host)}/{likeness(profile.lstrip('@'))}"


def _fake(typed: Typed) -> Fake | None:
    confirmed = Fake.objects.filter(
        confirmed_at__isnull=False, destroyed_at=None, state__in=[FakeState.CONFIRMED, FakeState.GONE]
    ).select_related("school")
    if typed.key:
        return confirmed.filter(key=typed.key).order_by("-confirmed_at", "-pk").first()
    newest = confirmed.order_by("-confirmed_at", "-pk")[:MOST_FAKES_COMPARED]
    return next((fake for fake in newest if fake.key.rpartition(":")[2].lstrip("@") == typed.handle), None)


def _moved(typed: Typed) -> FormerAddress | None:
    rows = FormerAddress.objects.filter(account__state=AccountState.OPEN).select_related("account__school")
    for row in rows.order_by("-until", "-pk")[:MOST_FAKES_COMPARED]:
        if typed.key and key_of(row.address) == typed.key:
            return row
        if not typed.key and handle_of(row.handle) == typed.handle:
            return row
    return None


def _with_decision(told: Verification, *, on: date) -> Verification:
    if policy_or_none(on) is None:
        return told
    facts = _facts(told, on=on)
    return Verification(
        told.answer, told.typed, told.accounts, told.fake, told.page, told.until,
        verdict("account.looked_up", facts, on=on),
    )  # fmt: skip


def _facts(told: Verification, *, on: date) -> AccountLookedUp:
    if told.accounts and told.answer in (Genuine.OURS, Genuine.CLOSED):
        return account_facts(told.accounts[0], on=on)
    network = told.typed.network if told.typed else ""
    if told.fake is not None:
        return stranger_facts(
            on=on, network=network, in_our_name=True, school=told.fake.school, made_by="somebody else"
        )
    return stranger_facts(on=on, network=network)


@dataclass(frozen=True)
class News:
    """One entry of the feed. `what`: opened, taken_in, closed, moved, fake, fake_ended."""

    what: str
    at: datetime
    account: Account | None = None
    fake: Fake | None = None

    @property
    def key(self) -> str:
        """Return a key that is stable for the same piece of news."""
        about = f"account-{self.account.pk}" if self.account else f"fake-{self.fake.pk if self.fake else 0}"
        return f"{self.what}-{about}-{int(self.at.timestamp())}"


def news(*, limit: int = 40) -> list[News]:
    """Return openings, closings, new addresses and notices about fakes, newest first. Five queries."""
    ever = Account.objects.select_related("school", "imported")
    opened = ever.filter(opened_at__isnull=False).order_by("-opened_at", "-pk")[:limit]
    closed = ever.filter(closed_at__isnull=False, opened_at__isnull=False).order_by("-closed_at", "-pk")
    moved = FormerAddress.objects.select_related("account__school").order_by("-until", "-pk")[:limit]
    fakes = Fake.objects.filter(confirmed_at__isnull=False, destroyed_at=None).select_related("school")
    ended = fakes.filter(state__in=[FakeState.GONE, FakeState.OURS]).order_by("-ended_at", "-pk")[:limit]
    told = [
        *(News(_came(one), one.opened_at, one) for one in opened if one.opened_at),
        *(News("closed", one.closed_at, one) for one in closed[:limit] if one.closed_at),
        *(News("moved", one.until, one.account) for one in moved),
        *(News("fake", one.confirmed_at, fake=one) for one in fakes.order_by("-confirmed_at", "-pk")[:limit]
          if one.confirmed_at),
        *(News("fake_ended", one.ended_at, fake=one) for one in ended if one.ended_at),
    ]  # fmt: skip
    return sorted(told, key=lambda one: (one.at, one.key), reverse=True)[:limit]


def _came(account: Account) -> str:
    """Return how an account came onto the register."""
    return "opened" if getattr(account, "imported", None) is None else "taken_in"


def fakes(*, standing: bool | None = None) -> QuerySet[Fake]:
    """Return reported fakes for paging by `reported_at`; those still to be handled, those over, or all."""
    rows = Fake.objects.select_related("school")
    if standing is None:
        return rows
    ended = Q(ended_at=None)
    return rows.filter(ended if standing else ~ended)


def fake_by_id(pk: int) -> Fake:
    """Return one reported fake. Raises NotFound, also for another federation's."""
    found = Fake.objects.select_related("school", "confirmed_by", "ended_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
