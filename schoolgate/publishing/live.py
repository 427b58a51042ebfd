"""Read published posts back from their network, account by account: outside any transaction, so that a slow
network holds nothing up, and each answer in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from schoolgate.accounts.connecting import client_for, keep_session
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.errors import NotFound
from schoolgate.core.tenancy import scope
from schoolgate.networks import threads
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Network, NetworkError, PublishedPost, Reactions, Ref
from schoolgate.publishing import sending
from schoolgate.publishing.actions.live import note_look, note_unread
from schoolgate.publishing.live_models import LiveCheck

Connect = Callable[[Account], Network]
AT_ONCE = 50
LONGEST = timedelta(seconds=45)
"""How many posts one job reads, and how long it may take before the rest waits for the next."""


def accounts_to_look_at(at: datetime) -> list[tuple[int, bool]]:
    """Return the open accounts with a post that is to be read by now, and whether its network couldn't be
    read before. One query."""
    due = LiveCheck.objects.filter(next_at__lte=at, delivery__account__state=AccountState.OPEN)
    found: dict[int, bool] = {}
    for account, unread in (
        due.order_by("delivery__account").values_list("delivery__account", "unread_since").distinct()
    ):
        found[account] = found.get(account, False) or unread is not None
    return list(found.items())


def look(
    federation_id: int,
    account_id: int,
    *,
    clock: Callable[[], datetime],
    connect: Connect = client_for,
    limit: timedelta = LONGEST,
) -> None:
    """Read the posts of one account that are due. May run twice, side by side, or be killed at any point:
    what was not recorded is read again.

    A network that can't be read leaves every post as it is; the rest is read later.
    """
    began = clock()
    with scope(federation_id):
        due = _due(account_id, at=began)
    if not due:
        return
    account = due[0].delivery.account
    seen: list[tuple[LiveCheck, PublishedPost | None]] = []
    unread: list[LiveCheck] = []
    counted: dict[str, Reactions] = {}
    whole = True
    try:
        network = connect(account)
        for each in due:
            if clock() - began > limit:
                break
            try:
                seen.append((each, network.read_back(_ref(each))))
            except NetworkError as error:
                if error.what_next != "give_up":
                    raise
                unread.append(each)
        counted = _counted(network, [_ref(each) for each, there in seen if there is not None])
        keep_session(account, network)
    except NetworkError:
        whole = False
    done = {each.pk for each, _there in seen}
    rest = [each for each in due if each.pk not in done]
    at, proves = clock(), all_capabilities()[account.network].proves_absence
    for each, there in seen:
        wanted = _wanted(each) if there is not None else None
        with scope(federation_id):
            note_look(
                at=at, check=each, wanted=wanted, there=there.normal if there else None,
                proves_absence=proves, reactions=threads.reactions_of(_ref(each), counted),
            )  # fmt: skip
    with scope(federation_id):
        note_unread(at=at, checks=unread if whole else rest)


def _due(account_id: int, *, at: datetime) -> list[LiveCheck]:
    rows = LiveCheck.objects.filter(
        next_at__lte=at, delivery__account=account_id, delivery__account__state=AccountState.OPEN,
        delivery__receipt__isnull=False,
    )  # fmt: skip
    related = ("delivery__account__federation", "delivery__post__school", "delivery__post__author")
    return list(rows.select_related(*related, "delivery__done_by").order_by("next_at", "pk")[:AT_ONCE])


def _ref(check: LiveCheck) -> Ref:
    ref = check.delivery.ref
    if ref is None:
        raise NetworkError("not_found", what_next="give_up")
    return ref


def _wanted(check: LiveCheck) -> NormalPost | None:
    """Return what was approved, in normal form; None where a picture's file is lost."""
    try:
        return sending.outgoing(check.delivery).normal()
    except NotFound:
        return None


def _counted(network: Network, refs: Sequence[Ref]) -> dict[str, Reactions]:
    """Return what the network counts, of a thread for each part; nothing where it tells none, or not now:
    the posts were read all the same."""
    if not refs or not network.capabilities.tells_reactions:
        return {}
    try:
        return network.reactions([part for ref in refs for part in threads.refs_of(ref)])
    except NetworkError:
        return {}
