"""Between an account and its network: sign-in, marks on its page, connections that end, the server's own
limits. Nothing here that talks to a network runs inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access
from schoolgate.accounts.addresses import key_of
from schoolgate.accounts.duty_kinds import NOT_CONNECTED, OF_CARE, OF_CONNECTION, OPEN, RENEW, RENEW_NOW
from schoolgate.accounts.keys import destroy_all, leads_here
from schoolgate.accounts.looking import Opener, PageSeen
from schoolgate.accounts.models import ACCOUNT_MOVES, Account, AccountCode, AccountState, Mark, SeenThere
from schoolgate.accounts.register import note_former_address, note_looks
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.home import origin
from schoolgate.core.models import Federation
from schoolgate.core.moves import move
from schoolgate.core.outside.client import CannotRead
from schoolgate.core.restored import may_speak_to_networks
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import in_scope, one_at_a_time, scope
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.capabilities import OURS, Capabilities, all_capabilities
from schoolgate.networks.known import run_out_at
from schoolgate.networks.port import Credential, Network, NetworkError, Profile
from schoolgate.networks.registry import capabilities, connect
from schoolgate.networks.signing_in import ends_soon, offered, renewed
from schoolgate.networks.told import SERVERS_DIFFER, told_at, told_in
from schoolgate.people.models import Person
from schoolgate.policy.queries import in_force

KEYS = "account_keys"
"""What the vault calls the credentials of official accounts."""


@dataclass(frozen=True)
class SignedIn:
    """Proof that a credential works: what the network showed, and the credential with the session it gave."""

    credential: Credential
    profile: Profile


Connect = Callable[[str, Credential], Network]
ConnectAccount = Callable[[Account], Network]


def sign_in(network_key: str, credential: Credential, *, connect: Connect = connect) -> SignedIn:
    """Try a credential on its network, outside any scope.

    Raises NetworkError, RuntimeError inside a transaction.
    """
    check_no_transaction()
    network = connect(network_key, credential)
    profile = network.profile()
    session = network.session_to_keep()
    return SignedIn(replace(credential, session=session) if session else credential, profile)


def is_the_account(account: Account, profile: Profile) -> bool:
    """Return whether what a network showed is the account on the register, which may have no handle yet.

    A handle may name its server (`@north@social.example`). If the register's does not, the account's address
    has to lead there, if it has one.
    """
    ours, theirs = account.handle.lower().lstrip("@"), profile.handle.lower()
    if not ours or not theirs or ours == theirs:
        return True
    if capabilities(account.network).with_app and account.address:
        return key_of(account.address) in {key_of(one) for one in (profile.address, *profile.also)}
    name, at, _server = theirs.partition("@")
    if not at or name != ours:
        return False
    return not account.address or key_of(account.address) in (key_of(f"@{theirs}"), key_of(profile.address))


def abilities_of(account: Account) -> Capabilities:
    """Return what can be done on this account: on a network that is connected through the operator's
    application, a person does what the program does on one that is connected."""
    found = capabilities(account.network)
    return found.connected() if account.vault_ref is not None and offered(account.network) else found


def credential_of(account: Account) -> Credential:
    """Return what a client needs to act for the account, inside a scope.

    The noticeboard is ours and posts by hand need no key: for these it only says whose they are. Raises
    NetworkError (`sign_in`, reconnect) where the keys have not been given yet, or can't be opened any more.
    """
    if account.vault_ref is not None:
        try:
            return Credential.from_text(vault.reveal(account.vault_ref))
        except vault.CannotOpen:  # the installation's keys were lost, or a backup was restored without them
            raise NetworkError("sign_in", what_next="reconnect", detail="cannot be opened") from None
    if capabilities(account.network).connector in (OURS, "manual"):
        return Credential(
            handle=account.handle, federation_id=account.federation_id, school_id=account.school_id
        )
    raise NetworkError("sign_in", what_next="reconnect")


def client_for(account: Account) -> Network:
    """Return a client that acts for the account, outside any scope. Raises NetworkError in an installation
    that was restored from a backup and is not released yet, except to look up what was published since."""
    check_no_transaction()
    if not may_speak_to_networks():
        raise NetworkError("restored", what_next="try_again")
    with scope(cast("int", account.federation_id)):
        credential = credential_of(account)
    if ends_soon(account.network, credential, at=now()):
        credential = _next_keys(account)
    return connect(account.network, credential)


def _next_keys(account: Account) -> Credential:
    """Renew keys that count only once, and return them: one process at a time, since who came second would
    ask with the ones before and lose the connection. Raises NetworkError."""
    with one_at_a_time(f"accounts.keys:{account.pk}"):
        with scope(cast("int", account.federation_id)):
            account.refresh_from_db(fields=["vault_ref"])
            credential = credential_of(account)
        if not ends_soon(account.network, credential, at=now()):
            return credential
        fresh = renewed(account.network, credential, at=now())
        with scope(cast("int", account.federation_id)):
            row = Account.objects.select_for_update().get(pk=account.pk)
            if row.vault_ref == account.vault_ref:
                put_keys(row, fresh)
                row.save(update_fields=["vault_ref", "told_limits", "limits_told_at"])
            account.vault_ref = row.vault_ref
        return fresh


def keep_session(account: Account, network: Network) -> None:
    """Store the session in the vault again if the network renewed it; outside any scope.

    Not where other keys were given meanwhile through the operator's application: these have a session of
    their own, with what was said when they were given.
    """
    session = network.session_to_keep()
    if not session:
        return
    with scope(cast("int", account.federation_id)):
        fresh = Account.objects.select_for_update().get(pk=account.pk)
        outdated = capabilities(account.network).with_app and fresh.vault_ref != account.vault_ref
        if fresh.vault_ref is not None and not outdated:
            credential = Credential.from_text(vault.reveal(fresh.vault_ref))
            put_keys(fresh, replace(credential, session=session))
            fresh.save(update_fields=["vault_ref", "told_limits", "limits_told_at"])


def put_keys(account: Account, credential: Credential) -> None:
    """Put a credential into the vault in place of the one before; the caller saves the row's `vault_ref`,
    `told_limits` and `limits_told_at`."""
    before = account.vault_ref
    account.told_limits = told_in(account.network, credential.session)
    account.limits_told_at = told_at(account.network, credential.session)
    account.vault_ref = vault.put(KEYS, credential.to_text(), about=subject_of(account))
    if before is not None:
        vault.forget(before)


def check_no_transaction() -> None:
    """Raise RuntimeError inside a scope's transaction: a network that hangs would hold its locks."""
    if in_scope():
        raise RuntimeError("networks are not talked to inside a transaction")


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
    access.check_may_hold_keys(by, account, on=on)
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
    access.check_may_open(by, account, on=local_day(at))
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


READ_ON_PAGE: Mapping[str, frozenset[Mark]] = {"mastodon": frozenset({Mark.LINK, Mark.TEXT})}
"""What is publicly readable on the network's own pages, without signing in."""
READ_BY_CLIENT: Mapping[str, frozenset[Mark]] = {"bluesky": frozenset({Mark.TEXT})}
"""What the network tells a program that has the account's keys. On every other network a person looks."""
LOOK_AGAIN = timedelta(days=7)
AT_ONCE = 200

Open = Callable[[str], PageSeen]


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
    connect: ConnectAccount = client_for,
) -> dict[Mark, SeenThere]:  # fmt: skip
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
    account: Account, code: str | None, wanted: frozenset[Mark], connect: ConnectAccount
) -> dict[Mark, SeenThere]:
    if account.network not in READ_BY_CLIENT or not code or Mark.TEXT not in wanted:
        return {}
    try:
        there = code.casefold() in connect(account).profile().description.casefold()
    except NetworkError:
        return {Mark.TEXT: SeenThere.UNREADABLE}
    return {Mark.TEXT: SeenThere.THERE if there else SeenThere.MISSING}


def _on_page(account: Account, code: str, wanted: frozenset[Mark], opener: Open) -> dict[Mark, SeenThere]:
    if account.network not in READ_ON_PAGE or not account.address:
        return {}
    federation = Federation.objects.get(pk=cast("int", account.federation_id))
    try:
        page = opener(account.address)
    except CannotRead:
        return dict.fromkeys(wanted, SeenThere.UNREADABLE)
    found = {Mark.LINK: page.links_back_to(register_address(federation)), Mark.TEXT: page.says(code)}
    return {mark: SeenThere.THERE if found[mark] else SeenThere.MISSING for mark in wanted}


RENEW_BEFORE = timedelta(days=30)
"""How long before its end a connection is renewed, once a day until that succeeds."""


def connected() -> list[int]:
    """Return the accounts that are connected through the operator's application, inside a scope."""
    networks = [key for key, can in all_capabilities().items() if can.with_app is not None]
    rows = Account.objects.filter(network__in=networks, vault_ref__isnull=False)
    return list(rows.exclude(state=AccountState.CLOSED).order_by("pk").values_list("pk", flat=True))


def look_after(
    federation_id: int, account_id: int, *, at: datetime, connect: ConnectAccount = client_for
) -> None:
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


OLD = timedelta(days=2)
"""They are asked daily: after this the server could not be asked at least once."""


def with_own() -> list[int]:
    """Return the connected accounts whose servers have limits of their own, inside a scope."""
    networks = [key for key, can in all_capabilities().items() if can.connector in SERVERS_DIFFER]
    rows = Account.objects.filter(network__in=networks, vault_ref__isnull=False)
    return list(rows.exclude(state=AccountState.CLOSED).order_by("pk").values_list("pk", flat=True))


def ask(federation_id: int, account_id: int, *, connect: ConnectAccount = client_for) -> None:
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
