"""Store an account's keys in the vault, note successful reads, close an account."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.keys import destroy_all
from schoolgate.accounts.actions.marks import note_former_address
from schoolgate.accounts.connecting import SignedIn, is_the_account, put_keys
from schoolgate.accounts.duty_kinds import OF_CARE, OPEN
from schoolgate.accounts.models import Account
from schoolgate.accounts.states import ACCOUNT_MOVES, AccountState
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person


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
            "vault_ref", "told_limits", "connected_at", "keys_run_out_at", "handle", "address",
            "last_good_read_at",
        ]
    )  # fmt: skip
    record("account.connected", subject=account, at=at, actor=by)
    return account


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
    for kind in (OPEN, *OF_CARE):
        cancel(kind=kind, subject=account, because="closed", at=at, by=by)
    record("account.closed", subject=account, at=at, actor=by)
    return account
