"""The public register: marks and evidence that an account is ours, what is new on it, whether a page is
ours, and pages of Friends and PTAs, which aren't ours and are known to us."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, cast

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import NameKey, check_may_open, leads
from schoolgate.accounts.addresses import Typed, handle_of, key_of, likeness, on_record, read
from schoolgate.accounts.addresses import read as read_address
from schoolgate.accounts.duty_kinds import MARK_LOST
from schoolgate.accounts.models import (
    Account,
    AccountCode,
    AccountMark,
    AccountState,
    AssociatedPage,
    Fake,
    FakeState,
    FormerAddress,
    FoundPage,
    Mark,
    Notice,
    SeenThere,
    TeamMember,
)
from schoolgate.accounts.proposals import permission_on
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.capabilities import OURS
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import assignments as assignments_of
from schoolgate.people.queries import holders
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import record_decision, verdict, verdicts
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none, school_in_rules
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.facts import Given
from schoolgate.rulebook.situations.account_run import AccountLookedUp
from schoolgate.rulebook.situations.accounts import AccountOpen


def named_role(decision: Decision | None, book: Book) -> str:
    """Return the key of the role that the policy itself assigns to handle a page in its name; empty where it
    names none."""
    for duty in decision.duties if decision else ():
        for role in book.roles:
            if role.name == duty.who:
                return role.key
    return ""


def role_for(named: str, book: Book, *, on: date) -> str:
    """Return the role that is asked to act: the one that the policy names, else the first administering role
    that a person holds. That second half is a rule of this program, and pages say so."""
    if named:
        return named
    administers = [role.key for role in book.pack.roles_with("administer")]
    return next((key for key in administers if holders(key, on=on)), administers[0])


def permission_for_associated_pages(book: Book) -> dict[str, str]:
    """Return, for each thing of ours (name, logo) that a Friends page may use only with permission, the role
    that gives it. A page that is not proposed has no form, so a signature can't replace the permission."""
    found: dict[str, str] = {}
    for bound in book.at("account.open", "name_and_logo"):
        given = [one for one in bound.stated("permissions") if one in bound.roles_named]
        found |= {thing: role for thing in bound.stated("covers") for role in given if thing not in found}
    return found


def check_may_handle(by: Person, fake: Fake, *, on: date) -> None:
    """Raise NotFound where it may be about the person, NotAllowed unless they have the role that the policy
    names, or administer where it names none."""
    if not Fake.objects.filter(not_meant("accounts.fake", by), pk=fake.pk).exists():
        raise NotFound
    if fake.role_key and assignments_of(by, on=on).filter(role_key=fake.role_key).exists():
        return
    check_capacity(by, "administer", on=on, school=fake.school, anywhere=fake.school is None)


def check_may_keep_register(by: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person administers somewhere in the federation: found pages and the pages
    of Friends are theirs to settle. A rule of this program."""
    check_capacity(by, "administer", on=on, anywhere=True)


def check_may_vouch(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person runs this account, or opens accounts there."""
    if TeamMember.objects.filter(account=account, person=by, to_day=None).exists():
        return
    check_capacity(by, "open_account", on=on, school=account.school, account=account)


@action
def enter_associated(
    *, by: Person, at: datetime, name: str, address: str, school: School | None = None, purpose: str = "",
    contact: str = "", uses_name: bool | None = None, uses_logo: bool | None = None,
) -> AssociatedPage:  # fmt: skip
    """Enter a page of people beside the school. Raises NotAllowed, BadInput by field."""
    check_may_keep_register(by, on=local_day(at))
    wrong: dict[str, Text] = {}
    typed = read(address) if address.startswith("https://") else None
    if not name.strip() or len(name) > 120:
        wrong["name"] = _("Enter a name for the page, up to 120 characters.")
    if typed is None or not typed.key or len(address) > 500:
        wrong["address"] = _("Enter the full web address, starting with https://")
    elif AssociatedPage.objects.filter(address=address, ended_at=None).exists():
        wrong["address"] = _("This page has already been added. Look for it in the list.")
    if any("\x00" in text for text in (name, address, purpose, contact)):
        wrong["name"] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)
    check_leaving(
        Door.REGISTER, {"name": name, "address": address, "purpose": purpose, "contact": contact},
        about=school or by.federation, by=by, at=at, school=school,
    )  # fmt: skip
    page = AssociatedPage.objects.create(
        name=name.strip(), network=typed.network if typed else "", address=address, school=school,
        purpose=purpose.strip()[:1000], contact=contact.strip()[:300], uses_name=uses_name,
        uses_logo=uses_logo, entered_at=at, entered_by=by,
    )  # fmt: skip
    record("associatedpage.entered", subject=page, at=at, actor=by)
    return page


@action
def end_associated(*, page: AssociatedPage, by: Person, at: datetime) -> AssociatedPage:
    """Take a page off the list of those that we know. Raises NotAllowed, NotNow."""
    check_may_keep_register(by, on=local_day(at))
    if not AssociatedPage.objects.filter(pk=page.pk, ended_at=None).update(ended_at=at):
        raise done_before(
            page, _("This page has already been removed from the list."), ended_at__isnull=False
        )
    page.ended_at = at
    record("associatedpage.ended", subject=page, at=at, actor=by)
    return page


_FORMER_NAMES = {"x": "Twitter"}
"""Networks that policies still call by the name they had."""


def named(network: str) -> str | None:
    """Return a network as policies name it; None where it is not known."""
    return _FORMER_NAMES.get(network, network) or None


def account_facts(account: Account, *, on: date) -> AccountLookedUp:
    """Return an account that is on the register, or was. Reads `account.marks.all()` and `.notices.all()`,
    which lists fetch together."""
    notices = sorted(notice.at for notice in account.notices.all())
    in_our_name = True if account.kind in ("school", "teaching") else account.setup.get("uses_name")
    return AccountLookedUp(
        on=on,
        in_register=account.state == AccountState.OPEN,
        notified_on=local_day(notices[0]) if notices else None,
        teaching=account.kind == "teaching",
        has_official_mark=has_policy_link(account),
        in_schools_name=in_our_name,
        made_by="school",
        school=school_in_rules(account.school),
        network=named(account.network),
        page=account.name,
    )


def has_policy_link(account: Account) -> bool | None:
    """Return whether the account shows the link by which the policy recognises official accounts: as last
    seen by a person, else as stated when the account was set up."""
    for mark in account.marks.all():
        if mark.mark == Mark.POLICY_LINK and mark.seen != SeenThere.UNREADABLE:
            return bool(mark.seen == SeenThere.THERE)
    said = account.setup.get("acceptable_use_link")
    return None if said is None else said == "school_website"


def stranger_facts(
    *, on: date, network: str = "", in_our_name: bool | None = None, school: School | None = None,
    made_by: str = "", page: str = "", comparable_to: Sequence[str] | None = None,
) -> AccountLookedUp:  # fmt: skip
    """Return the facts of a page that is not on the register, with what its reporter said. Not said: not
    known."""
    return AccountLookedUp(
        on=on,
        in_register=False,
        in_schools_name=in_our_name,
        made_by=cast("Literal['school', 'for the school', 'somebody else'] | None", made_by or None),
        school=school_in_rules(school) if school else None,
        network=named(network),
        page=page or None,
        comparable_to=None if comparable_to is None else tuple(comparable_to),
    )


def found_facts(found: FoundPage, *, on: date) -> AccountLookedUp:
    """Return the facts of an unofficial page in our name."""
    return stranger_facts(
        on=on,
        network=found.network,
        in_our_name=found.in_our_name,
        school=found.school,
        made_by=found.made_by,
        page=found.name,
        comparable_to=found.comparable_to,
    )


def associated_facts(
    page: AssociatedPage, leaves: Sequence[Permission], book: Book, *, at: datetime
) -> AccountOpen:
    """Return what the page of Friends or a PTA uses of ours, and who allowed it: enough for the point on name
    and logo, and for no other."""
    names = book.role_names
    return AccountOpen(
        now=at,
        on=local_day(at),
        kind="other",
        uses_name=page.uses_name,
        uses_logo=page.uses_logo,
        signatures=(),
        permissions=tuple(
            Given(
                by=person_key(leave.given_by_id),
                roles=(names[leave.role_key],),
                at=leave.at,
                written=leave.written,
                covers=(leave.covers,),
            )
            for leave in leaves
            if leave.subject == subject_of(page) and leave.role_key in names
        ),
    )


_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that are easily confused when typed."""


@action
def give_code(*, account: Account, by: Person, at: datetime) -> AccountCode:
    """Return the code for the text of the account's profile; the same one every time. Raises NotAllowed."""
    check_may_vouch(by, account, on=local_day(at))
    code = "sg-" + "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
    found, new = AccountCode.objects.get_or_create(account=account, defaults={"code": code, "at": at})
    if new:
        record("account.code_given", subject=account, at=at, actor=by)
    return found


@action
def vouch_for_mark(*, account: Account, by: Person, at: datetime, mark: str, there: bool) -> AccountMark:
    """Record what a person saw on the account's page. Raises NotAllowed, NotNow once it is closed,
    BadInput."""
    check_may_vouch(by, account, on=local_day(at))
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    if mark not in Mark.values:
        raise BadInput({"mark": _("Choose what you checked for.")})
    if mark == Mark.TEXT and not AccountCode.objects.filter(account=account).exists():
        raise BadInput({"mark": _("Get the code first and add it to the profile text.")})
    return _note(account, Mark(mark), SeenThere.THERE if there else SeenThere.MISSING, by=by, at=at)


@action
def note_looks(*, account: Account, at: datetime, seen: Mapping[Mark, SeenThere]) -> None:
    """Record what the program found on the account's page."""
    for mark, what in seen.items():
        _note(account, mark, what, by=None, at=at)


def _note(account: Account, mark: Mark, seen: SeenThere, *, by: Person | None, at: datetime) -> AccountMark:
    before = AccountMark.objects.select_for_update().filter(account=account, mark=mark).first()
    row = before or AccountMark(account=account, mark=mark)
    was = before.seen if before else ""
    row.tried_at = at
    if seen != SeenThere.UNREADABLE or before is None:
        row.seen = seen
    if seen != SeenThere.UNREADABLE:
        row.looked_at, row.by = at, by
        row.there_at = at if seen == SeenThere.THERE else row.there_at
    row.save()
    if seen == SeenThere.THERE and was != SeenThere.THERE:
        record("account.mark_seen", subject=account, at=at, actor=by, mark=str(mark))
        _settle(account, by=by, at=at)
    if seen == SeenThere.MISSING and was == SeenThere.THERE:
        kept = _ask(account, by=by, at=at)
        record(
            "account.mark_lost", subject=account, at=at, actor=by, mark=str(mark),
            clauses=kept.clauses if kept else [], decision=kept.pk if kept else None,
        )  # fmt: skip
        tell_leads(account, kept, at=at)
    return row


def _settle(account: Account, *, by: Person | None, at: datetime) -> None:
    """Mark a missing mark as found again, once no other mark is missing."""
    if not AccountMark.objects.filter(
        account=account, seen=SeenThere.MISSING, there_at__isnull=False
    ).exists():
        discharge(kind=MARK_LOST, subject=account, by=by, at=at, how="there_again")


def _ask(account: Account, *, by: Person | None, at: datetime) -> DecisionRecord | None:
    """Ask what the policy says about the account now; None before one is in force."""
    if policy_or_none(local_day(at)) is None:
        return None
    fresh = Account.objects.select_related("school").get(pk=account.pk)
    return record_decision(
        "account.looked_up", account_facts(fresh, on=local_day(at)), at=at, by=by, subject=account
    )


def tell_leads(account: Account, kept: DecisionRecord | None, *, at: datetime) -> None:
    """Ask each lead of the account to restore its marks. No policy gives a deadline for it."""
    for lead in leads(account):
        open_duty(
            kind=MARK_LOST, subject=account, at=at, due=Due.none_promised(), person=lead,
            school=account.school, account=account.pk, decision=kept,
            clauses=kept.clauses[:20] if kept else (),
        )  # fmt: skip


@action
def move_account(*, account: Account, by: Person, at: datetime, address: str, handle: str = "") -> Account:
    """Give an open account its new address; the old one stays on record and leads to the new one.

    Evidence from the old address proves nothing about the new one, so its marks are looked for again.
    Raises NotAllowed, NotNow unless it is open, BadInput.
    """
    check_may_open(by, account, on=local_day(at))
    if account.state != AccountState.OPEN:
        raise NotNow(
            _("Only an open account can move to a new address."),
            _("While an account is being set up, change its address there."),
        )
    wrong: dict[str, Text] = {}
    if not address.startswith("https://") or not key_of(address):
        wrong["address"] = _("Enter the full web address, starting with https://")
    elif (address, handle) == (account.address, account.handle):
        wrong["address"] = _("The account already has that address. Enter its new one.")
    taken = Account.objects.filter(network=account.network, address=address).exclude(pk=account.pk)
    if not wrong and taken.exclude(state=AccountState.CLOSED).exists():
        wrong["address"] = _("Another of our accounts has this address. Find it on the register.")
    if wrong:
        raise BadInput(wrong)
    note_former_address(account, by=by, at=at)
    account.address, account.handle = address, handle
    account.save(update_fields=["address", "handle"])
    AccountMark.objects.filter(account=account).delete()
    cancel(kind=MARK_LOST, subject=account, because="moved", at=at, by=by)
    record("account.moved", subject=account, at=at, actor=by)
    return account


def note_former_address(account: Account, *, by: Person | None, at: datetime) -> None:
    """Record an account's previous address, inside the action that moves it."""
    FormerAddress.objects.create(
        account=account, address=account.address, handle=account.handle, until=at, by=by
    )


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
