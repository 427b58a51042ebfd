"""Store, show, change and destroy an account's keys; each action is on record, no key ever is."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.duty_kinds import CHANGE_KEY
from schoolgate.accounts.facts import open_facts
from schoolgate.accounts.facts.keys import keys_facts
from schoolgate.accounts.models import Account, AccountKey, KeyChange, KeyShown
from schoolgate.accounts.queries.keys import Knows, knows_and_gone, last_showing, leads_here
from schoolgate.accounts.states import ChangeReason, KeyEnd, KeyKind, PaperState
from schoolgate.accounts.totp import Passing, Seed
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.promised import password_change
from schoolgate.policy.queries import in_force

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
    def from_text(cls, text: str) -> "Particulars":
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
    rules.check_takes_keys(account)
    _refuse_private(account, by, at)
    rules.check_has_part(by, account, on=on)
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
        rules.check_live(given.replaces)
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
    rules.check_live(key)
    kept = asked_to_see(key, by=by, at=at)
    require(kept)
    rules.check_has_part(by, key.account, on=on)
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
    rules.check_live(key)
    rules.check_has_part(by, key.account, on=local_day(at))
    if on is not None and on <= local_day(at):
        raise BadInput({"change_by": _("Choose a date in the future.")})
    key.change_by = on
    key.save(update_fields=["change_by"])
    record("accountkey.day_chosen", subject=key, at=at, actor=by, day=on.isoformat() if on else None)
    return key


@action
def destroy_key(*, key: AccountKey, by: Person, at: datetime) -> None:
    """Destroy a key that is no longer needed. Raises NotAllowed, NotNow."""
    rules.check_live(key)
    rules.check_has_part(by, key.account, on=local_day(at))
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
