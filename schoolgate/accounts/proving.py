"""Check on an account's page whether it shows that it is ours. Outside any transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Min, Q
from django.urls import reverse

from schoolgate.accounts.actions.marks import note_looks
from schoolgate.accounts.connecting import check_no_transaction, client_for
from schoolgate.accounts.looking import Opener, PageSeen
from schoolgate.accounts.models import Account, AccountCode
from schoolgate.accounts.states import AccountState, Mark, Seen
from schoolgate.core.models import Federation
from schoolgate.core.outside.pages import CannotRead
from schoolgate.core.reached import origin
from schoolgate.core.tenancy import scope
from schoolgate.networks.port import Network, NetworkError

READ_ON_PAGE: Mapping[str, frozenset[Mark]] = {"mastodon": frozenset({Mark.LINK, Mark.TEXT})}
"""What is publicly readable on the network's own pages, without signing in."""
READ_BY_CLIENT: Mapping[str, frozenset[Mark]] = {"bluesky": frozenset({Mark.TEXT})}
"""What the network tells a program that has the account's keys. On every other network a person looks."""
LOOK_AGAIN = timedelta(days=7)
AT_ONCE = 200

Open = Callable[[str], PageSeen]
Connect = Callable[[Account], Network]


def reads(network: str) -> frozenset[Mark]:
    """Return the marks that the program can look for on this network; the others need a person."""
    return READ_ON_PAGE.get(network, frozenset()) | READ_BY_CLIENT.get(network, frozenset())


def register_address(federation: Federation) -> str:
    """Return the address of a federation's public register, which an account's page links back to."""
    return origin() + reverse("register", args=[federation.slug])


def due_for_a_look(*, at: datetime, limit: int = AT_ONCE) -> list[int]:
    """Open accounts whose marks were not looked for within a week, longest ago first. One query."""
    known = [*READ_ON_PAGE, *READ_BY_CLIENT]
    rows = Account.objects.filter(state=AccountState.OPEN, network__in=known).annotate(
        tried=Min("marks__tried_at", filter=Q(marks__mark__in=[Mark.LINK, Mark.TEXT]))
    )
    rows = rows.filter(Q(tried=None) | Q(tried__lte=at - LOOK_AGAIN))
    return list(rows.order_by("tried", "pk").values_list("pk", flat=True)[:limit])


def look(
    federation_id: int, account_id: int, *, at: datetime, opener: Open | None = None,
    connect: Connect = client_for,
) -> dict[Mark, Seen]:  # fmt: skip
    """Look for the marks of one account and record the result; returns it, empty where the program can look
    for none. A page that can't be read proves nothing, neither way."""
    check_no_transaction()
    with scope(federation_id):
        account = Account.objects.filter(pk=account_id).first()
        code = AccountCode.objects.filter(account_id=account_id).values_list("code", flat=True).first()
    if account is None or account.state != AccountState.OPEN:
        return {}
    wanted = reads(account.network) - (frozenset() if code else {Mark.TEXT})
    seen = _by_client(account, code, wanted, connect) or _on_page(
        account, code or "", wanted, opener or Opener()
    )
    with scope(federation_id):
        note_looks(account=account, at=at, seen=seen)
    return seen


def _by_client(
    account: Account, code: str | None, wanted: frozenset[Mark], connect: Connect
) -> dict[Mark, Seen]:
    if account.network not in READ_BY_CLIENT or not code or Mark.TEXT not in wanted:
        return {}
    try:
        there = code.casefold() in connect(account).profile().description.casefold()
    except NetworkError:
        return {Mark.TEXT: Seen.UNREADABLE}
    return {Mark.TEXT: Seen.THERE if there else Seen.MISSING}


def _on_page(account: Account, code: str, wanted: frozenset[Mark], opener: Open) -> dict[Mark, Seen]:
    if account.network not in READ_ON_PAGE or not account.address:
        return {}
    federation = Federation.objects.get(pk=cast("int", account.federation_id))
    try:
        page = opener(account.address)
    except CannotRead:
        return dict.fromkeys(wanted, Seen.UNREADABLE)
    found = {Mark.LINK: page.links_back_to(register_address(federation)), Mark.TEXT: page.says(code)}
    return {mark: Seen.THERE if found[mark] else Seen.MISSING for mark in wanted}
