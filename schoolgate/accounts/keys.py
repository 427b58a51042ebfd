"""Store, show, change and destroy an account's keys, and say who may. Each action is on record, no key ever
is; no read opens one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for, may_set_up
from schoolgate.accounts.duty_kinds import CHANGE_KEY
from schoolgate.accounts.models import (
    Account,
    AccountKey,
    AccountState,
    ChangeReason,
    KeyChange,
    KeyEnd,
    KeyKind,
    KeyShown,
    PaperKey,
    PaperLine,
    PaperState,
    Part,
    TeamMember,
)
from schoolgate.accounts.opening_facts import open_facts
from schoolgate.accounts.proposals import actor
from schoolgate.accounts.totp import Passing, Seed
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import (
    Where,
    assignments,
    book_for,
    capacities_of_roles,
    held_on,
    holders_of_capacity,
)
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.choices import password_change
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook.situations.account_run import AccountKeys


def has_part(person: Person, account: Account, *, on: date) -> bool:
    """Return whether the person has a part in this very account: on its team, or keeping its sign-in by a
    role held for it alone. A role for a whole school or federation does not count: under some policies all
    staff have one."""
    here = Q(to_day=None) | Q(to_day__gt=on)
    if account.team.filter(here, person=person, from_day__lte=on).exists():
        return True
    held = assignments(person, on=on, where=Where(account=account))
    roles = held.filter(scope_kind=ScopeKind.ACCOUNT).values_list("role_key", flat=True)
    return "hold_keys" in capacities_of_roles(roles, book_for(person))


def keys_facts(
    account: Account,
    policy: PolicyInForce,
    *,
    by: Person,
    at: datetime,
    kind: str,
    act: Literal["see", "keep"],
    place: Literal["vault", "locked"] = "vault",
) -> AccountKeys:
    """Return the facts of seeing or storing a key of an account.

    A recovery code, a seed or a token opens the account as its password does, and counts as one. Nothing
    can be read in the vault. The same goes for a sealed paper: people who open the safe can't read it
    without breaking a seal, and a broken seal is on record and makes the key fall due for change.
    """
    on = local_day(at)
    return AccountKeys(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        what="account details" if kind == KeyKind.PARTICULARS else "passwords",
        act=act,
        by_has_part=has_part(by, account, on=on),
        place=place if act == "keep" else None,
        in_clear=False if act == "keep" else None,
    )


def check_has_part(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team, or keeps its sign-in by a role for it
    alone. The next step names its leads."""
    if has_part(by, account, on=on):
        return
    rows = account.team.filter(part=Part.LEAD, to_day=None).select_related("person").order_by("id")
    names = ", ".join(row.person.name for row in rows[:3])
    raise NotAllowed(
        _("Only people who run this account can view and save its passwords."),
        format_lazy(_("Ask {names}."), names=names) if names else _("Ask the people who open accounts here."),
    )


def check_takes_keys(account: Account) -> None:
    """Raise NotFound for our own noticeboard, which has no keys, and NotNow for a closed account."""
    if capabilities(account.network).ours:
        raise NotFound
    if account.state == AccountState.CLOSED:
        raise NotNow(
            _("This account is closed and its keys are destroyed."),
            _("Use another account, or propose a new one."),
        )


def check_live(key: AccountKey) -> None:
    """Raise NotNow for a key that was changed or destroyed."""
    if key.ended:
        raise NotNow(
            _("This password is no longer stored: it was changed or destroyed."),
            _("Check the account’s passwords for its replacement."),
        )


MOST_KEYS = 50
"""Live keys that one account shows; more is unrealistic."""


def inside_of_keys(person: Person, pk: int, *, on: date) -> Account:
    """Return the account, for people who may know which keys it has: its team, and those who keep keys,
    decide or oversee.

    Raises NotFound, also for our own noticeboard; NotAllowed, naming who to ask.
    """
    account = account_for(person, pk)
    check_takes_keys(account)
    if not may_set_up(person, account, on=on):
        check_has_part(person, account, on=on)
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
        check_has_part(person, inside, on=on)
    return found


def key_to_show(pk: int) -> AccountKey:
    """Return one key of the federation, for any asker: the policy answers, and a refusal is on record."""
    found = AccountKey.objects.filter(pk=pk).select_related("account__school").first()
    if found is None:
        raise NotFound
    return found


def _reasons() -> Prefetch[str]:
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
        check_has_part(person, inside, on=on)
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


PURPOSE = "account_key"
"""What the vault calls keys of accounts that people use themselves."""
LONGEST = 4000
DAYS_BEFORE = 7
"""How long before a chosen day the leads see it: ours, and a reminder creates no obligation."""


@action
def keep_key(
    *,
    account: Account,
    by: Person,
    at: datetime,
    kind: str,
    secret: str,
    the_schools_own: bool,
    note: str = "",
    change_by: date | None = None,
    replaces: AccountKey | None = None,
) -> AccountKey:
    """Store a key of one of the school's own accounts in the vault; `replaces` is destroyed and its change
    done.

    `the_schools_own`: the giver's confirmation that it opens no private account. A seed of codes goes
    through `keep_seed`. Raises BadInput, NotAllowed, NotNow for a closed account, and Refused where the
    account runs under a private account (a rule of this program) or the policy says no.
    """
    if kind not in KeyKind.values or kind == KeyKind.TOTP:
        raise BadInput({"kind": _("Choose a type.")})
    given = _Given(kind, secret, the_schools_own, note, change_by, replaces)
    return _keep(account, given, by=by, at=at)


@action
def keep_seed(
    *,
    account: Account,
    by: Person,
    at: datetime,
    seed: str,
    code: str,
    the_schools_own: bool,
    note: str = "",
    change_by: date | None = None,
    replaces: AccountKey | None = None,
) -> AccountKey:
    """Store the seed from which an app makes codes, verified by one code that another app made from it.

    `seed` is an otpauth:// address or the letters that the network shows. Raises as `keep_key`, and
    BadInput (`code`) where the code does not match this seed now.
    """
    read = Seed.read(seed)
    if not read.fits(code, at):
        raise BadInput(
            {
                "code": _(
                    "The code doesn’t match this setup key, or it’s too old. Wait for the "
                    "next code and enter that."
                )
            }
        )
    given = _Given(KeyKind.TOTP, read.to_text(), the_schools_own, note, change_by, replaces)
    return _keep(account, given, by=by, at=at)


@dataclass(frozen=True)
class Particulars:
    """The name for signing in, and where the network sends what is needed to recover a lost account."""

    login: str = field(repr=False, default="")
    recovery_email: str = field(repr=False, default="")
    recovery_phone: str = field(repr=False, default="")

    def to_text(self) -> str:
        """Return the text for the vault; empty where nothing was given."""
        said = [self.login.strip(), self.recovery_email.strip(), self.recovery_phone.strip()]
        return json.dumps(said) if any(said) else ""

    @classmethod
    def from_text(cls, text: str) -> Particulars:
        """Return the object rebuilt from `to_text`."""
        return cls(*json.loads(text))


@dataclass(frozen=True)
class _Given:
    """The submitted values. Its repr leaves the secret out."""

    kind: str
    secret: str = field(repr=False)
    the_schools_own: bool
    note: str
    change_by: date | None
    replaces: AccountKey | None


def _keep(account: Account, given: _Given, *, by: Person, at: datetime) -> AccountKey:
    on, replaces = local_day(at), given.replaces
    check_takes_keys(account)
    _refuse_private(account, by, at)
    check_has_part(by, account, on=on)
    _check_given(account, given, on=on)
    asked = keys_facts(account, in_force(on), by=by, at=at, kind=given.kind, act="keep")
    kept = record_decision("account.keys", asked, at=at, by=by, subject=account)
    require(kept)
    if replaces is not None:
        end_key(replaces, KeyEnd.REPLACED, by=by, at=at)
    ref = vault.put(PURPOSE, given.secret, about=subject_of(account))
    key = AccountKey.objects.create(
        account=account, kind=given.kind, vault_ref=ref, note=given.note.strip(), change_by=given.change_by,
        kept_by=by, kept_at=at, decision=kept,
    )  # fmt: skip
    record(
        "accountkey.kept", subject=key, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        account=account.pk, kind=given.kind, replaces=replaces.pk if replaces else None,
    )  # fmt: skip
    return key


def _refuse_private(account: Account, by: Person, at: datetime) -> None:
    """Apply the house rule: where an account runs under a private one, no one is asked for its password."""
    if account.setup.get("login_is_private"):
        facts = open_facts(account, in_force(local_day(at)), by=by, at=at)
        require(record_decision("account.open", facts, at=at, by=by, subject=account), "private_login")


def _check_given(account: Account, given: _Given, *, on: date) -> None:
    """Raise BadInput by field; none of its sentences repeats what was given."""
    if not given.the_schools_own:
        raise BadInput(
            {
                "own": _(
                    "Only passwords for the school’s own accounts can be stored here. Confirm "
                    "that this is one, or don’t store it."
                )
            }
        )
    if not given.secret.strip():
        raise BadInput({"secret": _("Enter what you want to store.")})
    if len(given.secret) > LONGEST or "\x00" in given.secret:
        raise BadInput(
            {"secret": _("This is too long, or contains characters that can’t be saved. Copy it again.")}
        )
    if given.change_by is not None and given.change_by <= on:
        raise BadInput({"change_by": _("Choose a date in the future.")})
    if given.replaces is not None:
        check_live(given.replaces)
        if (given.replaces.account_id, given.replaces.kind) != (account.pk, given.kind):
            raise BadInput(
                {"kind": _("A different type can’t replace it. Choose the same type, or save it separately.")}
            )
    elif given.kind == KeyKind.PARTICULARS and account.keys.filter(kind=given.kind, ended="").exists():
        raise NotNow(_("They are already stored."), _("Change the existing ones."))


@dataclass(frozen=True)
class Shown:
    """A secret shown once. Its repr says nothing, so that no log can."""

    secret: str = field(repr=False, default="")
    passing: Passing | None = field(repr=False, default=None)


@action
def show_key(*, key: AccountKey, by: Person, at: datetime, seen: int) -> Shown:
    """Show a key once to a person who may see it; for codes the current one, never the seed.

    `seen`: number of the last showing when the page was made, so that a resent page shows nothing. The
    caller has verified the person's identity again. Raises Refused with the decision, NotAllowed, NotNow,
    CannotOpen where the program's own keys are lost.
    """
    on = local_day(at)
    check_live(key)
    kept = asked_to_see(key, by=by, at=at)
    require(kept)
    check_has_part(by, key.account, on=on)
    AccountKey.objects.select_for_update().get(pk=key.pk)
    if last_showing(key) != seen:
        raise NotNow(_("It has been shown once."), _("To see it again, ask for it on its own page."))
    secret = _open(key)
    totp = key.kind == KeyKind.TOTP
    note_shown(key, kept, by=by, at=at, code_only=totp)
    return Shown(passing=Seed.from_text(secret).code(at)) if totp else Shown(secret=secret)


def asked_to_see(key: AccountKey, *, by: Person, at: datetime) -> DecisionRecord:
    """Ask the policy whether this person may see this key, and record the answer."""
    policy = in_force(local_day(at))
    facts = keys_facts(key.account, policy, by=by, at=at, kind=key.kind, act="see")
    return record_decision("account.keys", facts, at=at, by=by, subject=key)


def note_shown(key: AccountKey, kept: DecisionRecord, *, by: Person, at: datetime, code_only: bool) -> None:
    """Record a showing; a handler tells the account's other leads."""
    shown = KeyShown.objects.create(key=key, by=by, at=at, code_only=code_only, decision=kept)
    record(
        "accountkey.shown", subject=key, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        account=key.account_id, kind=key.kind, by=by.pk, showing=shown.pk,
    )  # fmt: skip


def _open(key: AccountKey) -> str:
    if key.vault_ref is None:
        raise vault.CannotOpen
    return vault.reveal(key.vault_ref)


@action
def choose_change_day(*, key: AccountKey, by: Person, at: datetime, on: date | None) -> AccountKey:
    """Set the day by which a key must be changed: the federation's own choice. None clears it.

    Raises NotAllowed, NotNow, BadInput.
    """
    check_live(key)
    check_has_part(by, key.account, on=local_day(at))
    if on is not None and on <= local_day(at):
        raise BadInput({"change_by": _("Choose a date in the future.")})
    key.change_by = on
    key.save(update_fields=["change_by"])
    record("accountkey.day_chosen", subject=key, at=at, actor=by, day=on.isoformat() if on else None)
    return key


@action
def destroy_key(*, key: AccountKey, by: Person, at: datetime) -> None:
    """Destroy a key that is no longer needed. Raises NotAllowed, NotNow."""
    check_live(key)
    check_has_part(by, key.account, on=local_day(at))
    end_key(key, KeyEnd.DESTROYED, by=by, at=at)


@action
def destroy_all(*, account: Account, by: Person, at: datetime) -> int:
    """Destroy every key of an account that is closed, and void its sealed papers; returns how many keys.

    The caller has checked whether `by` may close it.
    """
    keys = list(account.keys.filter(ended="").order_by("id"))
    for key in keys:
        end_key(key, KeyEnd.CLOSED, by=by, at=at)
    for paper in account.papers.filter(state=PaperState.SEALED).order_by("id"):
        paper.state, paper.why, paper.ended_at, paper.ended_by = PaperState.VOID, KeyEnd.CLOSED, at, by
        paper.save(update_fields=["state", "why", "ended_at", "ended_by"])
        record("paperkey.voided", subject=paper, at=at, actor=by, account=account.pk)
    return len(keys)


def end_key(key: AccountKey, how: KeyEnd, *, by: Person, at: datetime) -> None:
    """Remove a key from the vault for good; its row stays, and its open duties are done."""
    ref = key.vault_ref
    ended = AccountKey.objects.filter(pk=key.pk, ended="").update(
        ended=how, ended_at=at, ended_by=by, vault_ref=None
    )
    if not ended:
        raise NotNow(
            _("Someone else changed it first: this password is no longer stored."),
            _("Check the account’s passwords for its replacement."),
        )
    if ref is not None:
        vault.forget(ref)
    key.ended, key.ended_at, key.ended_by, key.vault_ref = how, at, by, None
    if how == KeyEnd.REPLACED:
        discharge(kind=CHANGE_KEY, subject=key, by=by, at=at, how="changed")
    else:
        cancel(kind=CHANGE_KEY, subject=key, because=str(how), at=at, by=by)
    record("accountkey.ended", subject=key, at=at, actor=by, account=key.account_id, how=str(how))


def ask_for_change(
    key: AccountKey, because: ChangeReason, *, at: datetime, person: Person | None = None
) -> bool:
    """Make a key due for change, and a duty of those who lead its account; returns whether that is new.

    Who has to do it, and by when, is the policy's to say where someone left who knows it. Where it doesn't,
    that it is changed is a rule of this program, with no time.
    """
    change, new = KeyChange.objects.get_or_create(
        key=key, because=because, person=person, defaults={"at": at}
    )
    if new:
        record(
            "accountkey.change_due", subject=key, at=at, account=key.account_id, because=str(because),
            person=change.person_id,
        )  # fmt: skip
    if because == ChangeReason.LEFT and person is not None and person.left_on is not None:
        last_day = person.left_on - timedelta(days=1)
        named = password_change(in_force(local_day(at)).book, last_day=last_day, at=at)
        _open_duties(key, Due.of(named.due) if named else Due.none_promised(), at=at, to=named and named.who)
        return new
    due = Due.day(key.change_by) if because == ChangeReason.DAY and key.change_by else Due.none_promised()
    _open_duties(key, due, at=at)
    return new


def _open_duties(key: AccountKey, due: Due, *, at: datetime, to: str | None = None) -> None:
    """Open a duty for each lead and the role that the policy names; if there is none, for the role that looks
    after people and roles."""
    account, on = key.account, local_day(at)
    given: dict[str, Any] = {
        "kind": CHANGE_KEY, "subject": key, "school": account.school, "account": account.pk, "due": due,
        "at": at,
    }  # fmt: skip
    named = next((role.key for role in in_force(on).book.roles if role.name == to), None)
    if named is not None:
        open_duty(role=named, **given)
    leads = leads_here(account, on=on)
    for lead in leads:
        open_duty(person=lead, **given)
    office = next((role.key for role in in_force(on).book.roles if "administer" in role.capacities), None)
    if not leads and named is None and office is not None:
        open_duty(role=office, **given)


@action
def ask_where_known(*, at: datetime, of: Person | None = None) -> int:
    """Make every key due for change that is known to a person who has left or lost their part; returns how
    many are new. Safe to run twice. `of`: only keys that this person knows."""
    return _ask_for(knows_and_gone(of, on=local_day(at)), at=at)


def _ask_for(found: Iterable[Knows], *, at: datetime) -> int:
    found = list(found)
    asked = set(
        KeyChange.objects.filter(key__in=[one.key_id for one in found]).values_list("key_id", "person_id")
    )
    keys = AccountKey.objects.select_related("account__school").in_bulk([one.key_id for one in found])
    people = Person.objects.in_bulk([one.person_id for one in found])
    fresh = [one for one in found if (one.key_id, one.person_id) not in asked]
    return sum(
        ask_for_change(keys[one.key_id], one.because, at=at, person=people[one.person_id]) for one in fresh
    )


@action
def sweep_keys(*, at: datetime) -> int:
    """Find the keys whose chosen day comes within a week, and those known to people who have left; returns
    how many are new. The handlers do the same at once; this catches what they missed, and days that
    come."""
    on = local_day(at)
    last = date.fromordinal(on.toordinal() + DAYS_BEFORE)
    soon = AccountKey.objects.filter(ended="", change_by__lte=last).exclude(changes__because=ChangeReason.DAY)
    new = 0
    for key in soon.select_related("account__school").order_by("id"):
        new += ask_for_change(key, ChangeReason.DAY, at=at)
    return new + ask_where_known(at=at)
