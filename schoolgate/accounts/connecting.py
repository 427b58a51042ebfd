"""Between an account and its network. Nothing here that talks to a network runs inside a transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from schoolgate.accounts.addresses import key_of
from schoolgate.accounts.models import Account
from schoolgate.core import vault
from schoolgate.core.restored import may_speak_to_networks
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.networks.capabilities import OURS, Capabilities
from schoolgate.networks.port import Credential, Network, NetworkError, Profile
from schoolgate.networks.registry import capabilities, connect
from schoolgate.networks.signing_in import offered
from schoolgate.networks.told import told_at, told_in

KEYS = "account_keys"
"""What the vault calls the credentials of official accounts."""


@dataclass(frozen=True)
class SignedIn:
    """Proof that a credential works: what the network showed, and the credential with the session it gave."""

    credential: Credential
    profile: Profile


Connect = Callable[[str, Credential], Network]


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
    return connect(account.network, credential)


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
