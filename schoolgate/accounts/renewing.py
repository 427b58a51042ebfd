"""Renew connections that end, and notice those that the network no longer accepts. The calls run outside any
transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from schoolgate.accounts.actions.connecting import lose_connection, renew_connection, warn_of_end
from schoolgate.accounts.connecting import check_no_transaction, client_for, credential_of
from schoolgate.accounts.models import Account
from schoolgate.accounts.states import AccountState
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.known import run_out_at
from schoolgate.networks.port import Network, NetworkError
from schoolgate.networks.signing_in import renewed

RENEW_BEFORE = timedelta(days=30)
"""How long before its end a connection is renewed, once a day until that succeeds."""

Connect = Callable[[Account], Network]


def connected() -> list[int]:
    """Return the accounts that are connected through the operator's application, inside a scope."""
    networks = [key for key, can in all_capabilities().items() if can.with_app is not None]
    rows = Account.objects.filter(network__in=networks, vault_ref__isnull=False)
    return list(rows.exclude(state=AccountState.CLOSED).order_by("pk").values_list("pk", flat=True))


def look_after(federation_id: int, account_id: int, *, at: datetime, connect: Connect = client_for) -> None:
    """Ask whether an account's connection still works, renew one that ends, and warn where that fails. A
    network that can't be reached leaves everything unchanged, but the warnings come all the same."""
    check_no_transaction()
    with scope(federation_id):
        account = Account.objects.select_related("school").get(pk=account_id)
        ends = account.keys_run_out_at
    try:
        if ends is not None and ends <= at:
            raise NetworkError("sign_in", what_next="reconnect", detail="ended")
        connect(account).profile()
        if ends is not None and ends - at <= RENEW_BEFORE:
            _renew(federation_id, account, at=at)
    except NetworkError as error:
        if error.code == "sign_in":
            with scope(federation_id):
                lose_connection(account=account, at=at)
            return
    with scope(federation_id):
        warn_of_end(account=Account.objects.select_related("school").get(pk=account_id), at=at)


def _renew(federation_id: int, account: Account, *, at: datetime) -> None:
    """Store keys that live longer, if the network gives any. Raises NetworkError; a refusal to renew is none
    while the present keys still work."""
    with scope(federation_id):
        credential = credential_of(account)
    try:
        fresh = renewed(account.network, credential, at=at)
    except NetworkError as error:
        if error.code == "sign_in":
            return
        raise
    ends = run_out_at(fresh)
    if ends is not None and account.keys_run_out_at is not None and ends <= account.keys_run_out_at:
        return
    with scope(federation_id):
        row = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if row.vault_ref == account.vault_ref:
            renew_connection(account=row, at=at, credential=fresh, run_out_at=ends)
