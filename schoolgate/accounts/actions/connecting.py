"""Store an account's keys in the vault, note successful reads, close an account."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.keys import destroy_all
from schoolgate.accounts.actions.marks import note_former_address
from schoolgate.accounts.connecting import SignedIn, is_the_account, put_keys
from schoolgate.accounts.duty_kinds import NOT_CONNECTED, OF_CARE, OF_CONNECTION, OPEN, RENEW, RENEW_NOW
from schoolgate.accounts.models import Account
from schoolgate.accounts.queries.keys import leads_here
from schoolgate.accounts.states import ACCOUNT_MOVES, AccountState
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.port import Credential
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person
from schoolgate.policy.queries import in_force

WARN_BEFORE, WARN_AGAIN_BEFORE = timedelta(days=14), timedelta(days=3)


@action
def connect_account(
    *, account: Account, by: Person, at: datetime, signed_in: SignedIn, run_out_at: datetime | None = None
) -> Account:
    """Store the keys with which `connecting.sign_in` has just succeeded in the vault; the row holds a
    reference.

    Handle and address are taken from the network's own answer. Raises NotAllowed, NotNow for a closed
    account, BadInput where the keys belong to another account than the one on the register.
    """
    on = local_day(at)
    rules.check_may_hold_keys(by, account, on=on)
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    profile = signed_in.profile
    if not is_the_account(account, profile):
        raise BadInput(
            {"handle": _("These keys belong to a different account. Enter the keys for this one.")}
        )
    moved = bool(profile.address and account.address) and profile.address != account.address
    if moved and account.state == AccountState.OPEN:
        note_former_address(account, by=by, at=at)
    put_keys(account, signed_in.credential)
    account.connected_at = at
    account.keys_run_out_at = run_out_at
    account.handle = profile.handle or account.handle
    account.address = profile.address or account.address
    account.last_good_read_at = at
    account.save(
        update_fields=[
            "vault_ref", "told_limits", "limits_told_at", "connected_at", "keys_run_out_at", "handle",
            "address", "last_good_read_at",
        ]
    )  # fmt: skip
    record("account.connected", subject=account, at=at, actor=by)
    _connected_again(account, by, at=at)
    return account


@action
def renew_connection(
    *, account: Account, at: datetime, credential: Credential, run_out_at: datetime | None
) -> None:
    """Store keys that live longer in place of those before; they are of the same account."""
    put_keys(account, credential)
    account.keys_run_out_at = run_out_at
    account.save(update_fields=["vault_ref", "keys_run_out_at"])
    record("account.connection_renewed", subject=account, at=at)
    _connected_again(account, None, at=at)


@action
def lose_connection(*, account: Account, at: datetime) -> None:
    """Destroy keys that the network no longer accepts, where posts can go out by hand instead, and ask the
    account's leads to connect it again. Other networks' accounts stay as they are."""
    fresh = Account.objects.select_for_update().get(pk=account.pk)
    if capabilities(fresh.network).with_app is None or fresh.vault_ref is None:
        return
    vault.forget(fresh.vault_ref)
    fresh.vault_ref = fresh.connected_at = fresh.keys_run_out_at = None
    fresh.save(update_fields=["vault_ref", "connected_at", "keys_run_out_at"])
    record("account.connection_lost", subject=fresh, at=at)
    cancel(kind=(RENEW, RENEW_NOW), subject=fresh, because="not_connected", at=at)
    ask_to_connect(account=fresh, kind=NOT_CONNECTED, due=Due.none_promised(), at=at)


@action
def warn_of_end(*, account: Account, at: datetime) -> None:
    """Ask for a new connection two weeks and three days before this one ends. A rule of this program."""
    ends = account.keys_run_out_at
    if ends is None:
        return
    for kind, before in ((RENEW, WARN_BEFORE), (RENEW_NOW, WARN_AGAIN_BEFORE)):
        if at >= ends - before:
            ask_to_connect(account=account, kind=kind, due=Due.day(local_day(ends)), at=at)


def ask_to_connect(*, account: Account, kind: str, due: Due, at: datetime) -> None:
    """Open a duty for each lead or, if there is none, for the role that looks after people and roles."""
    on = local_day(at)
    given: dict[str, Any] = {
        "kind": kind, "subject": account, "school": account.school, "account": account.pk, "due": due,
        "at": at,
    }  # fmt: skip
    leads = leads_here(account, on=on)
    for lead in leads:
        open_duty(person=lead, **given)
    office = next((role.key for role in in_force(on).book.roles if "administer" in role.capacities), None)
    if not leads and office is not None:
        open_duty(role=office, **given)


def _connected_again(account: Account, by: Person | None, *, at: datetime) -> None:
    discharge(kind=OF_CONNECTION, subject=account, by=by, at=at, how="connected")


@action
def note_read(*, account: Account, at: datetime) -> None:
    """Note that the network answered a read: shown beside the account, because silence doesn't mean that it
    works."""
    Account.objects.filter(pk=account.pk).update(last_good_read_at=at)


@action
def close_account(*, account: Account, by: Person, at: datetime) -> Account:
    """Close an account: it can no longer post, its keys are destroyed, and it stays on record.

    Raises NotAllowed, NotNow.
    """
    rules.check_may_open(by, account, on=local_day(at))
    keys = account.vault_ref
    move(
        account,
        to=AccountState.CLOSED,
        moves=ACCOUNT_MOVES,
        at=at,
        closed_at=at,
        vault_ref=None,
        connected_at=None,
    )
    if keys is not None:
        vault.forget(keys)
    destroy_all(account=account, by=by, at=at)
    cancel(kind=(OPEN, *OF_CARE), subject=account, because="closed", at=at, by=by)
    record("account.closed", subject=account, at=at, actor=by)
    return account
