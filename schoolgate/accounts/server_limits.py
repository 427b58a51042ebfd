"""The limits of an account's own server, asked again each day. The calls run outside any transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from schoolgate.accounts.connecting import check_no_transaction, client_for, keep_session
from schoolgate.accounts.models import Account
from schoolgate.accounts.states import AccountState
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.port import Network, NetworkError
from schoolgate.networks.told import SERVERS_DIFFER

OLD = timedelta(days=2)
"""They are asked daily: after this the server could not be asked at least once."""

Connect = Callable[[Account], Network]


def with_own() -> list[int]:
    """Return the connected accounts whose servers have limits of their own, inside a scope."""
    networks = [key for key, can in all_capabilities().items() if can.connector in SERVERS_DIFFER]
    rows = Account.objects.filter(network__in=networks, vault_ref__isnull=False)
    return list(rows.exclude(state=AccountState.CLOSED).order_by("pk").values_list("pk", flat=True))


def ask(federation_id: int, account_id: int, *, connect: Connect = client_for) -> None:
    """Ask an account's server for its limits and store them. One that can't be asked changes nothing: what it
    told last stays, with its time."""
    check_no_transaction()
    with scope(federation_id):
        account = Account.objects.select_related("school").get(pk=account_id)
    try:
        network = connect(account)
        network.limits()
    except NetworkError:
        return
    keep_session(account, network)


def are_old(account: Account, *, at: datetime) -> bool:
    """Return whether these limits are from before the last days, because the server could not be asked."""
    return account.limits_told_at is not None and at - account.limits_told_at > OLD
